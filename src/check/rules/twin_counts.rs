//! `twin_counts`: a code is chosen that lacks what its near-equal twin counts for

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A code is chosen that lacks what its near-equal twin counts for.
pub static RULE: Rule = Rule {
    id: "PAC219",
    slug: "twin_counts",
    severity: Severity::Warning,
    docs: "A code is chosen that lacks what its near-equal twin counts for. Seven pairs of codes mean nearly the same, and some differ in their flags: RISK5.06 does not count for Awaab's Law and MED4.03 does; so with RISK4.02 and MH1.07, RISK4.03 and MH1.08, RISK5.08 and MED6.05. Which of the two a crosswalk takes decides what the landlord reports. The flags are those of the code list of the run.",
    fix: "take the twin that counts, or both; or give the row of the crosswalk the status confirmed",
    reads: &["person_alert_code_id"],
    message: "{value} stands for {code}, which lacks a flag that its near-equal twin{twin} has",
    check: Check::Cells(&[
        (
            CellFault::TwinCountsForAwaab,
            "{value} stands for {code}, which does not count for Awaab's Law, and its near-equal twin{twin} does: this alert is left out of that count",
        ),
        (
            CellFault::TwinIsCritical,
            "{value} stands for {code}, which is not critical, and its near-equal twin{twin} is: this alert is left out of the critical ones",
        ),
    ]),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Immunity,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Both,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Other immunity,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Hoarding,2024-01-01\n",
        },
    ],
    failing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Low immunity,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Epilepsy,2024-01-01\n",
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
values = { "Low immunity" = "RISK5.06", "Epilepsy" = "RISK5.08", "Immunity" = "MED4.03", "Both" = ["MED4.03", "RISK5.06"], "Hoarding" = "RISK1.03", "Other immunity" = { target = "RISK5.06", status = "confirmed" } }
"#;
