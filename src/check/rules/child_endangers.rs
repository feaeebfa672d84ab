//! `child_endangers`: a small child is said to endanger staff or contractors

use crate::check::context::Context;
use crate::check::dataset::age::Age;
use crate::check::dataset::{Blame, Person};
use crate::check::rule::{Check, Example, Rule, Threshold};
use crate::finding::Severity;

/// A small child is said to endanger staff or contractors.
pub static RULE: Rule = Rule {
    id: "PAC708",
    slug: "child_endangers",
    severity: Severity::Warning,
    docs: "A small child is said to endanger staff or contractors, by the date of birth and on the day of the run. Toddlers stand on such lists because of an adult of the household, who then has no alert. The alert is kept. Only active alerts with codes of RISK2 and RISK3 are judged, and only where the file of persons holds dates of birth.",
    fix: "find out which person of the household the alert is about, or put the date of birth right",
    reads: &["person_alert_code_id", "person_id", "is_active"],
    message: "the code is improbable at the person's age",
    check: Check::Born(check),
    thresholds: &[Threshold {
        name: "least_age",
        usual: 10,
        least: 0,
        docs: "The youngest age, in whole years, that is not doubted.",
    }],
    passing: &[
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,RISK2.04,2026-11-01\n",
            persons: "p,born\n7,2016-11-22\n",
            organisations: "",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,RISK4.01,2026-11-01\n",
            persons: "p,born\n7,2026-11-01\n",
            organisations: "",
        },
    ],
    failing: &[
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,RISK2.04,2026-11-01\n",
            persons: "p,born\n7,2016-11-23\n",
            organisations: "",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,RISK3.02,2026-11-01\n",
            persons: "p,born\n7,2016-11-23\n",
            organisations: "",
        },
    ],
    ..Rule::ALERT
};

const PROFILE: &str = r#"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "d"
[persons]
date_of_birth = "born"
"#;

fn check(person: Person<'_>, born: i32, context: &Context<'_>) -> Vec<Blame> {
    let least = context.threshold(&RULE, "least_age");
    let age = Age::on(context.as_of, born);
    if age.is_none_or(|age| i64::from(age.years) >= least) {
        return Vec::new();
    }
    let codes = &context.standard.codes;
    person.blamed(|alert| {
        let code = codes.by_id(alert.code_id);
        code.is_some_and(|code| matches!(code.group.as_str(), "RISK2" | "RISK3"))
    })
}
