//! `person_unlisted`: the reference file of persons does not list a key

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// The reference file of persons does not list a key.
pub static RULE: Rule = Rule {
    id: "PAC802",
    slug: "person_unlisted",
    severity: Severity::Warning,
    docs: "The reference file of persons does not list a key. The person may have left, or the key may be wrong. The alert is kept, because losing it is worse.",
    fix: "add the person to the reference file, or mend the key",
    reads: &["person_id"],
    message: "{value} is not in the reference file of persons",
    check: Check::Cell(CellFault::UnlistedPerson),
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
    failing: &[Example::Beside {
        profile: PROFILE,
        input: "p,c,d\nP9,MED1.01,2024-01-01\n",
        persons: "key,number\nP1,1\nP3,3\nP3,4\n",
        organisations: "",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
[persons]
key = "key"
"#;
