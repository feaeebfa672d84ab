//! `pregnancy_at_age`: a pregnancy of a person who is too young or too old for one

use crate::check::context::Context;
use crate::check::dataset::age::Age;
use crate::check::dataset::{Blame, Person};
use crate::check::rule::{Check, Example, Rule, Threshold};
use crate::finding::Severity;

/// A pregnancy of a person who is too young or too old for one.
pub static RULE: Rule = Rule {
    id: "PAC707",
    slug: "pregnancy_at_age",
    severity: Severity::Warning,
    docs: "A pregnancy of a person who is too young or too old for one, by the date of birth and on the day of the run. The alert is mostly about another person of the household. It is kept. Only active alerts are judged, and only where the file of persons holds dates of birth.",
    fix: "find out which person of the household the alert is about, or put the date of birth right",
    reads: &["person_alert_code_id", "person_id", "is_active"],
    message: "the code is improbable at the person's age",
    check: Check::Born(check),
    thresholds: &[
        Threshold {
            name: "least_age",
            usual: 11,
            least: 0,
            docs: "The youngest age, in whole years, that is not doubted.",
        },
        Threshold {
            name: "most_age",
            usual: 60,
            least: 0,
            docs: "The highest age, in whole years, that is not doubted.",
        },
    ],
    passing: &[
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,PREG1.01,2026-11-01\n",
            persons: "p,born\n7,2015-11-22\n",
            organisations: "",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,PREG1.15,2026-11-01\n",
            persons: "p,born\n7,1965-11-23\n",
            organisations: "",
        },
    ],
    failing: &[
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,PREG1.01,2026-11-01\n",
            persons: "p,born\n7,2015-11-23\n",
            organisations: "",
        },
        Example::Beside {
            profile: PROFILE,
            input: "p,c,d\n7,PREG1.15,2026-11-01\n",
            persons: "p,born\n7,1965-11-22\n",
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
    let threshold = |name| context.threshold(&RULE, name);
    let probable = threshold("least_age")..=threshold("most_age");
    let age = Age::on(context.as_of, born);
    if age.is_none_or(|age| probable.contains(&i64::from(age.years))) {
        return Vec::new();
    }
    let codes = &context.standard.codes;
    person.blamed(|alert| {
        let code = codes.by_id(alert.code_id);
        code.is_some_and(|code| code.group == "PREG1")
    })
}
