//! `cell_defaulted`: an empty cell was filled with the default of the profile

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// An empty cell was filled with the default of the profile.
pub static RULE: Rule = Rule {
    id: "PAC506",
    slug: "cell_defaulted",
    severity: Severity::Info,
    docs: "An empty cell was filled with the default of the profile. It should be known how much of a column rests on a default.",
    fix: "fill in the cell in the source",
    reads: &["source_type_id"],
    message: "the cell is empty; the default of the profile stands in",
    effect: Effect::Defaulted,
    check: Check::Cell(CellFault::Defaulted),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,s\n1,MED1.01,2024-01-01,Doctor\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,s\n1,MED1.01,2024-01-01,nurse\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,d,s\n1,MED1.01,2024-01-01,\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
start_date = "d"
person_alert_code_id = "c"
source_type_id = { column = "s", crosswalk = "sources", default = "UNK" }
[crosswalks.sources]
unmapped = "OTH"
values = { doctor = "GP" }
"#;
