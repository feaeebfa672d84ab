//! `organisation_unresolved`: the reference file of organisations does not list a name or code that it is to resolve

use crate::cell::CellFault;
use crate::check::rule::{Check, Escalation, Example, Rule};
use crate::finding::Severity;

/// The reference file of organisations does not list a name or code that it is to resolve.
pub static RULE: Rule = Rule {
    id: "PAC804",
    slug: "organisation_unresolved",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "The reference file of organisations does not list a name or code that it is to resolve. There is no number for the organisation, so the field is emptied; the alert is kept.",
    fix: "add the organisation to the reference file, or mend its name",
    reads: &["organisation_id"],
    message: "{value} is not in the reference file of organisations",
    check: Check::Cell(CellFault::UnresolvedOrganisation),
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
id = "number"
"#;
