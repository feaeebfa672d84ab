//! `other_kinds`: records are of other kinds than the profile asks for

use crate::check::rule::{Check, Example, InputFault, Rule};
use crate::finding::Severity;

/// Records are of other kinds than the profile asks for.
pub static RULE: Rule = Rule {
    id: "PAC023",
    slug: "other_kinds",
    severity: Severity::Info,
    docs: "Records are of other kinds than the profile asks for. They are passed over and counted. It is a warning where that befalls all records of an input, because a kind may be misspelt.",
    fix: "nothing, if the kinds under input.only are the right ones",
    message: "records are of other kinds than input.only asks for, and are passed over",
    check: Check::Input(InputFault::OtherKinds),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,k\n1,MED1.01,2024-01-01,ALERT\n2,MED1.01,2024-01-02,alert\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,k\n1,MED1.01,2024-01-01,\n2,MED1.01,2024-01-02,alert\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,k\n1,MED1.01,2024-01-01,visit\n2,MED1.01,2024-01-02,alert\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,k\n1,MED1.01,2024-01-01,visit\n",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input.only]
column = "k"
values = ["alert"]
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
"#;
