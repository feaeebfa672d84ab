//! `organisation_unlisted`: the reference file of organisations does not list a key

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// The reference file of organisations does not list a key.
pub static RULE: Rule = Rule {
    id: "PAC805",
    slug: "organisation_unlisted",
    severity: Severity::Warning,
    docs: "The reference file of organisations does not list a key. The number joins with no organisation. It is kept as the source states it.",
    fix: "add the organisation to the reference file, or mend the key",
    reads: &["organisation_id"],
    message: "{value} is not in the reference file of organisations",
    check: Check::Cell(CellFault::UnlistedOrganisation),
    passing: &[
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d,o\n1,MED1.01,2024-01-01,7\n",
            persons: "",
            organisations: "key,number\n7,70\n8,80\n8,81\n",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d,o\n1,MED1.01,2024-01-01,8\n",
            persons: "",
            organisations: "key,number\n7,70\n8,80\n8,81\n",
        },
    ],
    failing: &[Example::Beside {
        profile: PROFILE,
        input: "p,c,d,o\n1,MED1.01,2024-01-01,9\n",
        persons: "",
        organisations: "key,number\n7,70\n8,80\n8,81\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
organisation_id = "o"
[organisations]
key = "key"
"#;
