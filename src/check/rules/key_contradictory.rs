//! `key_contradictory`: a reference file lists a key for two persons or organisations

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Example, Rule};
use crate::finding::Severity;

/// A reference file lists a key for two persons or organisations.
pub static RULE: Rule = Rule {
    id: "PAC803",
    slug: "key_contradictory",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A reference file lists a key for two persons or organisations. Nothing says which of the two is meant, and a guess would warn of the wrong one. An alert about a person is for review; an organisation is left empty.",
    fix: "leave the key in the reference file once",
    reads: &["person_id", "organisation_id"],
    message: "{value} stands for two numbers in the reference file",
    effect: Effect::Review,
    check: Check::Cell(CellFault::ContradictoryKey),
    passing: &[
        Example::Beside {
            profile: RESOLVED,
            input: "p,c,d,o\nP1,MED1.01,2024-01-01,7\n",
            persons: "key,number\nP1,1\nP3,3\nP3,4\n",
            organisations: "key,number\n7,70\n8,80\n8,81\n",
        },
        Example::Beside {
            profile: RESOLVED,
            input: "p,c,d,o\nP9,MED1.01,2024-01-01,9\n",
            persons: "key,number\nP1,1\nP3,3\nP3,4\n",
            organisations: "key,number\n7,70\n8,80\n8,81\n",
        },
        Example::Beside {
            profile: LISTED,
            input: "p,c,d,o\nP3,MED1.01,2024-01-01,8\n",
            persons: "key,number\nP1,1\nP3,3\nP3,4\n",
            organisations: "key,number\n7,70\n8,80\n8,81\n",
        },
    ],
    failing: &[
        Example::Beside {
            profile: RESOLVED,
            input: "p,c,d,o\nP3,MED1.01,2024-01-01,7\n",
            persons: "key,number\nP1,1\nP3,3\nP3,4\n",
            organisations: "key,number\n7,70\n8,80\n8,81\n",
        },
        Example::Beside {
            profile: RESOLVED,
            input: "p,c,d,o\nP1,MED1.01,2024-01-01,8\n",
            persons: "key,number\nP1,1\nP3,3\nP3,4\n",
            organisations: "key,number\n7,70\n8,80\n8,81\n",
        },
    ],
    ..Rule::ALERT
};

const RESOLVED: &str = r#"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
organisation_id = "o"
[persons]
key = "key"
id = "number"
[organisations]
key = "key"
id = "number"
"#;

const LISTED: &str = r#"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
organisation_id = "o"
[persons]
key = "key"
[organisations]
key = "key"
"#;
