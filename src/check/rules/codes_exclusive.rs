//! `codes_exclusive`: a person has two active alerts that cannot both be true

use crate::check::context::Context;
use crate::check::dataset::{Blame, Person};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::code_sets::Relation;

/// A person has two active alerts that cannot both be true.
pub static RULE: Rule = Rule {
    id: "PAC704",
    slug: "codes_exclusive",
    severity: Severity::Warning,
    docs: "A person has two active alerts that cannot both be true, such as two age bands or two degrees of hoarding, and their periods share a day. One of them is out of date or wrong, and a visitor may go by it. Both are kept, because nobody can tell which one holds, and losing an alert is worse. The codes are those of person_alert_code_sets.csv with the relation exclusive. The later record is blamed, once.",
    fix: "close the alert that no longer holds; it is often the older one",
    reads: &[
        "person_alert_code_id",
        "person_id",
        "is_active",
        "start_date",
        "end_date",
    ],
    message: "the person has an active alert in {other} whose code excludes this one",
    check: Check::Dataset(check),
    passing: &[
        Example::Records(&[
            &[
                ("person_alert_code_id", "RISK1.01"),
                ("is_active", "false"),
                ("alert_status", "Closed"),
            ],
            &[("person_alert_code_id", "RISK1.02")],
        ]),
        Example::Records(&[
            &[
                ("person_alert_code_id", "AGE1.05"),
                ("end_date", "2026-12-01"),
            ],
            &[
                ("person_alert_code_id", "AGE1.06"),
                ("start_date", "2026-12-02"),
            ],
        ]),
        Example::Records(&[
            &[("person_alert_code_id", "MED5.01")],
            &[("person_alert_code_id", "MED5.03")],
        ]),
    ],
    failing: &[
        Example::Records(&[
            &[("person_alert_code_id", "RISK1.03")],
            &[("person_alert_code_id", "RISK1.01")],
        ]),
        Example::Records(&[
            &[("person_alert_code_id", "AGE1.01")],
            &[("person_alert_code_id", "AGE1.07")],
        ]),
        Example::Records(&[
            &[("person_alert_code_id", "PREG1.01")],
            &[("person_alert_code_id", "PREG1.02")],
        ]),
    ],
    ..Rule::ALERT
};

fn check(person: Person<'_>, context: &Context<'_>) -> Vec<Blame> {
    person.related(&context.standard.code_sets, Relation::Exclusive)
}
