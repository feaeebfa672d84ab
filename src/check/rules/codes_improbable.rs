//! `codes_improbable`: a person has two active alerts that are hardly ever true of one person

use crate::check::context::Context;
use crate::check::dataset::{Blame, Person};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::code_sets::Relation;

/// A person has two active alerts that are hardly ever true of one person.
pub static RULE: Rule = Rule {
    id: "PAC705",
    slug: "codes_improbable",
    severity: Severity::Warning,
    docs: "A person has two active alerts that are hardly ever true of one person, such as a pregnancy and the age of a child, and their periods share a day. One of them is mostly about another person of the household, who then has no alert. Both are kept. The codes are those of person_alert_code_sets.csv with the relation improbable. The later record is blamed, once.",
    fix: "find out which person of the household each alert is about",
    reads: &[
        "person_alert_code_id",
        "person_id",
        "is_active",
        "start_date",
        "end_date",
    ],
    message: "the person has an active alert in {other} that is hardly ever true together with this one",
    check: Check::Dataset(check),
    passing: &[
        Example::Records(&[
            &[("person_alert_code_id", "PREG1.01")],
            &[("person_alert_code_id", "AGE1.06")],
        ]),
        Example::Records(&[
            &[("person_alert_code_id", "PREG1.01")],
            &[("person_alert_code_id", "PREG1.05")],
        ]),
    ],
    failing: &[
        Example::Records(&[
            &[("person_alert_code_id", "PREG1.01")],
            &[("person_alert_code_id", "AGE1.02")],
        ]),
        Example::Records(&[
            &[("person_alert_code_id", "AGE1.07")],
            &[("person_alert_code_id", "PREG1.14")],
        ]),
    ],
    ..Rule::ALERT
};

fn check(person: Person<'_>, context: &Context<'_>) -> Vec<Blame> {
    person.related(&context.standard.code_sets, Relation::Improbable)
}
