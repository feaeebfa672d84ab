//! `person_unresolved`: the reference file of persons does not list a key that it is to resolve

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// The reference file of persons does not list a key that it is to resolve.
pub static RULE: Rule = Rule {
    id: "PAC801",
    slug: "person_unresolved",
    severity: Severity::Error,
    docs: "The reference file of persons does not list a key that it is to resolve. Or it lists the key without a number. There is no number for the person, and a made-up one would join with nobody. The alert is rejected until the file lists the key with a number.",
    fix: "add the person, or the missing number, to the reference file, or mend the key",
    reads: &["person_id"],
    message: "the reference file of persons has no number for {value}",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::UnresolvedPerson),
    passing: &[
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\nP1,MED1.01,2024-01-01\n",
            persons: "key,number\nP1,1\nP3,3\nP3,4\n",
            organisations: "",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\nP3,MED1.01,2024-01-01\n",
            persons: "key,number\nP1,1\nP3,3\nP3,4\n",
            organisations: "",
        },
    ],
    failing: &[
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\nP9,MED1.01,2024-01-01\n",
            persons: "key,number\nP1,1\nP3,3\nP3,4\n",
            organisations: "",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\nP2,MED1.01,2024-01-01\n",
            persons: "key,number\nP1,1\nP2,\n",
            organisations: "",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
[persons]
key = "key"
id = "number"
"#;
