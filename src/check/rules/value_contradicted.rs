//! `value_contradicted`: a record states otherwise what a row of the crosswalk sets

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A record states otherwise what a row of the crosswalk sets.
pub static RULE: Rule = Rule {
    id: "PAC206",
    slug: "value_contradicted",
    severity: Severity::Warning,
    docs: "A record states otherwise what a row of the crosswalk sets. The crosswalk sets a field for a value, such as Temporary for a temporary ban on lone visits, and the record itself states another one. The record's own word stands, because it is about this alert.",
    fix: "ask which is right, and mend the crosswalk or the record",
    reads: &["alert_duration_type"],
    message: "the crosswalk gives the field another value than the record; that of the record stands",
    check: Check::Cell(CellFault::SetOtherwise),
    passing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\nalert_duration_type = \"d\"\nperson_alert_code_id = { column = \"c\", crosswalk = \"own\" }\n[crosswalks.own]\nvalues.x = { target = \"MED1.01\", sets = { alert_duration_type = \"Temporary\" } }\n",
        input: "p,s,c,d\n1,2024-01-01,x,\n",
    }],
    failing: &[Example::Profiled {
        profile: "[fields]\nperson_id = \"p\"\nstart_date = \"s\"\nalert_duration_type = \"d\"\nperson_alert_code_id = { column = \"c\", crosswalk = \"own\" }\n[crosswalks.own]\nvalues.x = { target = \"MED1.01\", sets = { alert_duration_type = \"Temporary\" } }\n",
        input: "p,s,c,d\n1,2024-01-01,x,Long Term\n",
    }],
    ..Rule::ALERT
};
