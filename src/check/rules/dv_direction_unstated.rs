//! `dv_direction_unstated`: domestic abuse is recorded, and nobody says whether the person suffers or commits it

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// Domestic abuse is recorded, and nobody says whether the person suffers or commits it.
pub static RULE: Rule = Rule {
    id: "PAC222",
    slug: "dv_direction_unstated",
    severity: Severity::Error,
    docs: "Domestic abuse is recorded, and nobody says whether the person suffers or commits it. SAF1.01 is the code of a survivor, and the standard has none for a perpetrator. To write to the one as if to the other endangers a life. The direction counts as stated where the label has a word such as survivor, victim, fleeing or perpetrator, or where its row of the crosswalk depends on another column.",
    fix: "look into the case; then let the label or another column say it, or give the row of the crosswalk the status confirmed where the landlord uses the label for survivors alone",
    reads: &["person_alert_code_id"],
    message: "{value} speaks of domestic abuse and does not say whether the person suffers or commits it; a person must decide",
    effect: Effect::Review,
    check: Check::Cell(CellFault::DirectionUnstated),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,DV survivor,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,DVS,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,DV perpetrator,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,DVLA,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,DV,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Domestic Violence,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,DA,2024-01-01\n",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
start_date = "s"
person_alert_code_id = { column = "c", crosswalk = "types" }
[crosswalks.types]
values = { "DV" = "SAF1.01", "DA" = "SAF1.01", "DV survivor" = "SAF1.01", "DVS" = { target = "SAF1.01", status = "confirmed" }, "DV perpetrator" = { status = "gap" } }
"#;
