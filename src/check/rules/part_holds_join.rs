//! `part_holds_join`: a part of a composed key holds the text that joins the parts

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Escalation, Example, Rule};
use crate::finding::Severity;

/// A part of a composed key holds the text that joins the parts.
pub static RULE: Rule = Rule {
    id: "PAC111",
    slug: "part_holds_join",
    severity: Severity::Warning,
    escalates: Escalation::WhereRequired,
    docs: "A part of a composed key holds the text that joins the parts. E/12 and 3 would become the same key as E and 12/3, and two persons one. An alert without a person is rejected; an alert's own key is generated instead.",
    fix: "choose a join that no part holds, such as join = \"|\"",
    reads: &["person_id", "person_alert_id"],
    message: "a part of {value} holds the text that joins the parts",
    effect: Effect::Rejected,
    check: Check::Cell(CellFault::JoinInPart),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "h,p,c,d\nE12,3,MED1.01,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "h,p,c,d\n101,102,MED1.01,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "h,p,c,d\nE12,,MED1.01,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "h,p,c,d\nE/12,3,MED1.01,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "h,p,c,d\nE,12/3,MED1.01,2024-01-01\n",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = { columns = ["h", "p"] }
person_alert_code_id = "c"
start_date = "d"
"#;
