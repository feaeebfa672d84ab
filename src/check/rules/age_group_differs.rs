//! `age_group_differs`: an age group does not hold the age that follows from the date of birth

use crate::check::context::Context;
use crate::check::dataset::age::Age;
use crate::check::dataset::{Blame, Person};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;

/// An age group does not hold the age that follows from the date of birth.
pub static RULE: Rule = Rule {
    id: "PAC706",
    slug: "age_group_differs",
    severity: Severity::Warning,
    docs: "An age group does not hold the age that follows from the date of birth, on the day of the run. Age groups are set once and forgotten, or the alert is about another person of the household. The groups are taken as under 29 days, under 1 year, under 3, under 6, under 13, under 18, and 65 or more, each from where the one before ends. The alert is kept. Only active alerts are judged, and only where the file of persons holds dates of birth.",
    fix: "close the alert, or put the date of birth right; an age is better derived than stored",
    reads: &["person_alert_code_id", "person_id", "is_active"],
    message: "the person's age, by the date of birth, lies outside this age group",
    check: Check::Born(check),
    passing: &[
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,AGE1.04,2026-11-01\n",
            persons: "p,born\n7,2020-11-23\n",
            organisations: "",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,AGE1.07,2026-11-01\n",
            persons: "p,born\n7,1961-11-22\n",
            organisations: "",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,MED1.01,2026-11-01\n",
            persons: "p,born\n7,2020-11-23\n",
            organisations: "",
        },
    ],
    failing: &[
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,AGE1.04,2026-11-01\n",
            persons: "p,born\n7,2020-11-22\n",
            organisations: "",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,AGE1.07,2026-11-01\n",
            persons: "p,born\n7,1961-11-23\n",
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
    let Some(age) = Age::on(context.as_of, born) else {
        return Vec::new();
    };
    let codes = &context.standard.codes;
    person.blamed(|alert| {
        let code = codes.by_id(alert.code_id);
        code.is_some_and(|code| holds(&code.subcode, age) == Some(false))
    })
}

/// Whether an age group holds an age; `None` for other codes.
fn holds(subcode: &str, Age { days, years }: Age) -> Option<bool> {
    Some(match subcode {
        "AGE1.01" => days < 29,
        "AGE1.02" => days >= 29 && years < 1,
        "AGE1.03" => (1..3).contains(&years),
        "AGE1.04" => (3..6).contains(&years),
        "AGE1.05" => (6..13).contains(&years),
        "AGE1.06" => (13..18).contains(&years),
        "AGE1.07" => years >= 65,
        _ => return None,
    })
}
