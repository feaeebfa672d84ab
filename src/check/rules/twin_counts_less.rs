//! `twin_counts_less`: a code is chosen that counts for more than its near-equal twin

use crate::cell::CellFault;
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// A code is chosen that counts for more than its near-equal twin.
pub static RULE: Rule = Rule {
    id: "PAC220",
    slug: "twin_counts_less",
    severity: Severity::Info,
    docs: "A code is chosen that counts for more than its near-equal twin. MED4.03 counts for Awaab's Law and RISK5.06 does not, and the two mean nearly the same. The careful choice; but two landlords that choose differently cannot be compared by that count.",
    fix: "nothing; or give the row of the crosswalk the status confirmed",
    reads: &["person_alert_code_id"],
    message: "{value} stands for {code}, which has a flag that its near-equal twin{twin} lacks",
    check: Check::Cells(&[
        (
            CellFault::CountsForAwaabAlone,
            "{value} stands for {code}, which counts for Awaab's Law, and its near-equal twin{twin} does not",
        ),
        (
            CellFault::CriticalAlone,
            "{value} stands for {code}, which is critical, and its near-equal twin{twin} is not",
        ),
    ]),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Low immunity,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Both,2024-01-01\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,s\n1,Hoarding,2024-01-01\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,s\n1,Immunity,2024-01-01\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
start_date = "s"
person_alert_code_id = { column = "c", crosswalk = "types" }
[crosswalks.types]
values = { "Low immunity" = "RISK5.06", "Immunity" = "MED4.03", "Both" = ["MED4.03", "RISK5.06"], "Hoarding" = "RISK1.03" }
"#;
