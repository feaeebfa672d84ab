//! `no_date_meant`: a cell stands for no date, as the profile says

use crate::cell::CellFault;
use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;

/// A cell stands for no date, as the profile says.
pub static RULE: Rule = Rule {
    id: "PAC416",
    slug: "no_date_meant",
    severity: Severity::Info,
    docs: "A cell stands for no date, as the profile says. Systems that cannot leave a date empty write 1900-01-01 or 31/12/2099 instead; input.no_dates names such days, and they are read as an empty cell.",
    fix: "nothing; or leave such dates empty in the source",
    reads: &["start_date", "end_date", "review_date", "last_updated"],
    message: "{value} stands for no date, as the profile says, and is emptied",
    effect: Effect::Corrected,
    check: Check::Cell(CellFault::NoDateMeant),
    passing: &[
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,e\n1,MED1.01,01/03/2022,30/12/2098\n",
        },
        Example::Profiled {
            profile: PROFILE,
            input: "p,c,d,e\n1,MED1.01,01/03/2022,\n",
        },
    ],
    failing: &[Example::Profiled {
        profile: PROFILE,
        input: "p,c,d,e\n1,MED1.01,01/03/2022,31/12/2098\n",
    }],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[input]
date_formats = ["dd/mm/yyyy"]
no_dates = ["31/12/2098"]
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
end_date = "e"
"#;
