//! Findings about alerts that a waiver lets pass.

use super::Teller;
use crate::candidate::Candidates;
use crate::check::rule::Rule;
use crate::check::waivers::Alert;
use crate::finding::{Finding, Severity};
use crate::profile::ALERT_REFERENCE;

impl Teller<'_> {
    /// The finding, let pass if a waiver says so and the alert can be held.
    pub(in crate::check) fn waived(
        &self,
        finding: Finding,
        rule: &'static Rule,
        batch: &Candidates,
        row: usize,
        field: Option<usize>,
    ) -> Finding {
        let waivers = &self.scene.rules.waivers;
        let held = |field: usize| finding.severity == Severity::Error && self.is_firm(rule, field);
        if !waivers.are_about(rule) || field.is_some_and(held) {
            return finding;
        }
        let plan = field.and_then(|field| self.plan(batch.statement(row), field));
        let code = batch.int32s("person_alert_code_id");
        let alert = Alert {
            input: self.scene.input,
            column: &finding.remark.column,
            field: plan.map_or("", |plan| &plan.name),
            code: code.and_then(|column| column.get(row)).copied(),
            day: day_of_record(batch, row),
        };
        let value = || match field {
            Some(field) => self.cell(batch, row, field).into_owned(),
            None => String::new(),
        };
        let waiver = waivers.about_alert(rule, &alert, || self.reference(batch, row), value);
        match waiver {
            Some(at) => Finding {
                effect: rule.effect.at(Severity::Waived),
                ..waivers.marked(finding, at)
            },
            None => finding,
        }
    }

    /// The landlord's own key of an alert.
    fn reference(&self, batch: &Candidates, row: usize) -> String {
        let field = batch.position(ALERT_REFERENCE);
        field.map_or(String::new(), |field| {
            self.cell(batch, row, field).into_owned()
        })
    }

    /// The alerts that waivers of rules over the dataset name.
    pub fn named_alerts(&self, batch: &Candidates) -> Vec<(u16, u32, u64)> {
        let mut named = Vec::new();
        for (at, references) in self.scene.rules.waivers.of_dataset() {
            for row in 0..batch.rows {
                if references.contains(&self.reference(batch, row)) {
                    let record = self.record(batch, row).number;
                    named.push((at, self.scene.input as u32, record));
                }
            }
        }
        named
    }
}

/// The day on which an alert starts, or a change was made, in days since 1970-01-01.
fn day_of_record(batch: &Candidates, row: usize) -> Option<i32> {
    const DAY: i64 = 86_400_000_000;
    let start = batch.dates("start_date");
    let changed = batch.timestamps("change_timestamp");
    let start = start.and_then(|column| column.get(row)).copied();
    let changed = changed.and_then(|column| column.get(row)).copied();
    start.or_else(|| i32::try_from(changed?.div_euclid(DAY)).ok())
}
