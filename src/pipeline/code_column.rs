//! Where the codes of an input stand, for rules over the dataset that speak behind its end.

use super::sheet_rows::SheetRows;
use super::supply::Scene;
use crate::check::dataset::{Hit, tell_hit};
use crate::finding::Finding;
use crate::profile::ALERT_CODE;

/// The column of the codes of one input.
#[derive(Debug, Default)]
pub(super) struct CodeColumn {
    title: String,
    /// In which column of a spreadsheet it stands.
    sheet_column: Option<u32>,
    /// In which rows its records stand.
    pub rows: SheetRows,
}

impl CodeColumn {
    /// That of an input.
    pub(super) fn of(scene: &Scene<'_>) -> CodeColumn {
        let mut plans = scene.profile.fields.iter();
        let Some(field) = plans.position(|plan| plan.name == ALERT_CODE) else {
            return CodeColumn::default();
        };
        CodeColumn {
            title: scene.binding.shared_title(field, ALERT_CODE).to_owned(),
            sheet_column: scene.in_sheet(scene.binding.shared_column(field)),
            rows: SheetRows::default(),
        }
    }

    /// What a rule over the dataset speaks about, as a finding; `others` names the input of the alert that
    /// it goes against.
    pub(super) fn tell(&self, hit: &Hit, others: &str) -> Option<Finding> {
        let finding = tell_hit(hit, &self.title, self.sheet_column, others)?;
        let row = self.rows.row(finding.record);
        Some(Finding { row, ..finding })
    }
}
