//! `mojibake_repaired`: a text that was read in the wrong encoding has been read back

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A text that was read in the wrong encoding has been read back.
pub static RULE: Rule = Rule {
    id: "PAC028",
    slug: "mojibake_repaired",
    severity: Severity::Info,
    docs: "A text that was read in the wrong encoding has been read back, as the profile asks. Its bytes give the text as it came, so nothing is lost.",
    fix: "open the export as UTF-8 wherever it is opened on its way",
    reads: &["alert_description", "source_details"],
    message: "the text was read in the wrong encoding on its way, and is read back",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::MojibakeRepaired),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,1-5,2024-01-01,it’s\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,1-5,2024-01-01,cafÃ© René\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,1-5,2024-01-01,itâ€™s\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s,d\n1,Visit â€“ two,2024-01-01,\n",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input]
repair = ["mojibake"]
[fields]
person_id = "p"
start_date = "s"
source_details = { column = "d", optional = true }
person_alert_code_id = { column = "c", crosswalk = "types" }
[crosswalks.types]
values = { "20-10" = "MED1.01", "10-20" = "MED1.02", "1-5" = "MED1.03", "Visit – two" = "MED1.04" }
"#;
