//! `codes_overlap`: a person has two active alerts whose codes say the same in part

use crate::check::context::Context;
use crate::check::dataset::{Blame, Person};
use crate::check::rule::{Check, Example, Rule};
use crate::finding::Severity;
use crate::standard::code_sets::Relation;

/// A person has two active alerts whose codes say the same in part.
pub static RULE: Rule = Rule {
    id: "PAC703",
    slug: "codes_overlap",
    severity: Severity::Warning,
    docs: "A person has two active alerts whose codes say the same in part, such as MED4.03 and RISK5.06, and their periods share a day. Whoever closes one will forget the other, and the person is counted under both. Both are kept, because each may be meant. The pairs are those of person_alert_code_sets.csv with the relation overlapping. The later record is blamed, once.",
    fix: "if one need is meant, close the alert that says it less exactly; if both are, leave them",
    reads: &[
        "person_alert_code_id",
        "person_id",
        "is_active",
        "start_date",
        "end_date",
    ],
    message: "the person has an active alert in {other} whose code says the same in part",
    check: Check::Dataset(check),
    passing: &[
        Example::Records(&[
            &[("person_alert_code_id", "MH1.07")],
            &[("person_alert_code_id", "RISK4.03")],
        ]),
        Example::Records(&[
            &[("person_alert_code_id", "MH1.07")],
            &[("person_alert_code_id", "RISK4.02"), ("person_id", "1002")],
        ]),
        Example::Records(&[
            &[("person_alert_code_id", "MED5.01")],
            &[("person_alert_code_id", "MED5.02")],
        ]),
    ],
    failing: &[
        Example::Records(&[
            &[("person_alert_code_id", "MH1.07")],
            &[("person_alert_code_id", "RISK4.02")],
        ]),
        Example::Records(&[
            &[("person_alert_code_id", "PREG1.03")],
            &[("person_alert_code_id", "MED5.02")],
        ]),
    ],
    ..Rule::ALERT
};

fn check(person: Person<'_>, context: &Context<'_>) -> Vec<Blame> {
    person.related(&context.standard.code_sets, Relation::Overlapping)
}
