//! What schemas of the user's own find, as findings.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::rules::extra_schema_violated::RULE;
use super::tell::{Scene, Teller};
use crate::candidate::Candidates;
use crate::finding::{Finding, Remark};

/// The findings about accepted alerts, by row. A severity that is set for the rule prevails over those
/// that the schemas give.
pub(super) fn tell(
    batch: &Candidates,
    scene: &Scene<'_>,
    teller: &Teller<'_>,
) -> Vec<(usize, Finding)> {
    let mut findings = Vec::new();
    if teller.is_off(&RULE) {
        return findings;
    }
    // Equal findings share what they say, as there may be one a row.
    let mut remarks: FxHashMap<String, Arc<Remark>> = FxHashMap::default();
    let set = scene.rules.severity(&RULE);
    for schema in scene.extra {
        for (row, violation) in schema.violations(batch, &scene.profile.code, scene.show_values) {
            let told = teller.in_words(&RULE, batch, row, violation.field, &violation.words);
            let severity = set.unwrap_or(violation.severity);
            let key = format!("{} {}", batch.statement(row), told.remark.message);
            let remark = remarks.entry(key).or_insert(told.remark);
            let finding = Finding {
                remark: Arc::clone(remark),
                severity,
                effect: RULE.effect.at(severity),
                ..told
            };
            findings.push((
                row,
                teller.waived(finding, &RULE, batch, row, violation.field),
            ));
        }
    }
    findings
}
