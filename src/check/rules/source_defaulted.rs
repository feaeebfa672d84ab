//! `source_defaulted`: the crosswalk does not know a source, and the profile's default stands in

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// The crosswalk does not know a source, and the profile's default stands in.
pub static RULE: Rule = Rule {
    id: "PAC302",
    slug: "source_defaulted",
    severity: Severity::Warning,
    docs: "The crosswalk does not know a source, and the profile's default stands in. The original word is lost unless source_details keeps it.",
    fix: "add the value to the crosswalk of sources",
    reads: &["source_type_id"],
    message: "the crosswalk does not know {value}; the default of the profile stands in",
    effect: Effect::Defaulted,
    check: Check::Cell(CellFault::UnmappedDefaulted),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,s\n1,MED1.01,2024-01-01,Doctor\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,s\n1,MED1.01,2024-01-01,\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,d,s\n1,MED1.01,2024-01-01,nurse\n",
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
