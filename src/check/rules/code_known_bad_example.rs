//! `code_known_bad_example`: an alert about hypertension speaks of asthma or COPD

use crate::candidate::{Candidates, Column};
use crate::cell::label::Label;
use crate::check::context::Context;
use crate::check::rule::{Check, Example, Mask, Rule, mask};
use crate::finding::Severity;

/// An alert about hypertension speaks of asthma or COPD.
pub static RULE: Rule = Rule {
    id: "PAC218",
    slug: "code_known_bad_example",
    severity: Severity::Warning,
    docs: "An alert about hypertension speaks of asthma or COPD. An example published with the standard uses MED2.01 for asthma; in the code list it is hypertension. The code decides what visitors are told, and MED2.01 does not count for Awaab's Law.",
    fix: "use MED1.01 for asthma or MED1.02 for COPD",
    reads: &[
        "person_alert_code_id",
        "alert_description",
        "source_details",
    ],
    message: "the code is hypertension, and the text speaks of asthma or COPD, which the standard has as MED1",
    check: Check::Batch(check),
    passing: &[
        Example::Cells(&[("person_alert_code_id", "MED2.01")]),
        Example::Cells(&[
            ("person_alert_code_id", "MED1.01"),
            ("alert_description", "asthma"),
        ]),
        Example::Cells(&[
            ("person_alert_code_id", "MED2.01"),
            ("alert_description", "no asthma"),
        ]),
    ],
    failing: &[
        Example::Cells(&[
            ("person_alert_code_id", "MED2.01"),
            ("alert_description", "Severe asthma"),
        ]),
        Example::Cells(&[
            ("person_alert_code_id", "MED2.01"),
            ("source_details", "COPD clinic"),
        ]),
    ],
    ..Rule::ALERT
};

fn check(batch: &Candidates, context: &Context<'_>) -> Mask {
    let code = context.standard.codes.by_subcode("MED2.01");
    let codes = batch.int32s("person_alert_code_id");
    let (Some(code), Some(codes)) = (code, codes) else {
        return mask(batch, |_| false);
    };
    let columns = ["alert_description", "source_details"].map(|name| batch.column(name));
    let speaks = |row: usize| {
        columns.iter().any(|column| match column {
            Some(Column::Text(texts)) => {
                let text = texts.get(row);
                text.is_some_and(|text| Label::new(text).is_respiratory())
            }
            _ => false,
        })
    };
    mask(batch, |row| codes.values[row] == code.id && speaks(row))
}
