//! Keys that are composed of several columns, as a profile says so.

use std::ops::Range;

use super::field_plan::{CellReader, Composition, FieldPlan};
use super::fields_section::Surroundings;
use super::section::Section;

/// What stands between two parts, where the profile does not say.
const JOIN: &str = "/";

impl Surroundings<'_, '_> {
    /// The composition of a field, where the profile has one.
    pub(super) fn composed(
        &self,
        plan: &FieldPlan,
        section: &Section<'_, '_>,
        span: &Range<usize>,
    ) -> Option<Composition> {
        let name = &section.name;
        let problem = |text: &str| self.document.problem(span, format!("{name}: {text}"));
        let columns = section.columns("columns");
        let join = section.text("join");
        let Some(columns) = columns else {
            if join.is_some() {
                problem("join has no meaning without columns; remove it");
            }
            return None;
        };
        let keyed = matches!(
            plan.reader,
            CellReader::PersonKey | CellReader::AlertKey | CellReader::OrganisationKey
        );
        if !keyed && plan.name != "source_alert_ref" {
            problem("columns has no meaning for this field; remove it");
        }
        if plan.width.is_some() {
            problem("width has no meaning beside columns; remove it");
        }
        let columns: Vec<String> = columns
            .into_iter()
            .map(|text| text.value.trim().to_owned())
            .collect();
        let twice = |(at, column): (usize, &String)| columns[..at].contains(column);
        if columns.len() < 2 || columns.iter().any(String::is_empty) {
            problem("columns must name two columns or more");
        } else if columns.iter().enumerate().any(twice) {
            problem("columns names a column twice");
        }
        let join = join.map_or_else(|| JOIN.to_owned(), |text| text.value);
        if join.is_empty() || join.contains(char::is_alphanumeric) {
            problem(
                "join must be a character such as / or -, and no letter or digit; without it 1 and 23 \
                 would be the same key as 12 and 3",
            );
        }
        Some(Composition { columns, join })
    }
}
