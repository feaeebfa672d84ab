//! Columns of dates that leave the order of day and month to their cells.
//!
//! Where a profile gives formats of both orders for a column, `03/04/2024` may be either day. All cells
//! of that column in one input are then asked before the first is read: those that are dates in one
//! order alone prove it. One order may be proven, or none, or both; only the first settles anything.

use super::binding::{Binding, CellSource};
use super::is_null;
use crate::cell::date_order::{DateOrder, OrderEvidence};
use crate::chunk::{Chunk, REASON_COLUMN};
use crate::profile::{FieldPlan, Profile};

/// A column of one input that leaves the order to its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateColumn {
    /// The column's number.
    column: usize,
    /// The column that says why a record was rejected before.
    reason: Option<usize>,
    /// The name to show for it.
    pub title: String,
    /// What its cells say.
    pub evidence: OrderEvidence,
}

/// The columns that leave the order to their cells, which say nothing yet.
pub(super) fn open_columns(
    profile: &Profile,
    binding: &Binding,
    names: &[String],
) -> Vec<DateColumn> {
    let reason = names.iter().position(|name| name == REASON_COLUMN);
    let mut columns: Vec<DateColumn> = Vec::new();
    for (_, column) in asking(profile, binding) {
        if columns.iter().all(|known| known.column != column) {
            columns.push(DateColumn {
                column,
                reason,
                title: names.get(column).cloned().unwrap_or_default(),
                evidence: OrderEvidence::default(),
            });
        }
    }
    columns
}

/// The fields whose formats leave the order to the cells, each with the columns that these stand in.
fn asking<'p>(
    profile: &'p Profile,
    binding: &'p Binding,
) -> impl Iterator<Item = (&'p FieldPlan, usize)> {
    let plans = (0..profile.statements.len()).flat_map(move |statement| {
        let plan = move |field| Some((statement, field, profile.plan(statement, field)?));
        (0..profile.fields.len()).filter_map(plan)
    });
    let asking = plans.filter(|(.., plan)| plan.asks_date_order());
    asking.flat_map(|(statement, field, plan)| {
        let columns = binding.source(statement, field).single_columns();
        columns.into_iter().map(move |column| (plan, column))
    })
}

/// What the cells of a chunk say about the order, for each of [`Binding::date_columns`].
pub fn order_evidence(chunk: &Chunk, profile: &Profile, binding: &Binding) -> Vec<OrderEvidence> {
    let columns = binding.date_columns().iter();
    let evidence = columns.map(|open| {
        // Alerts of many kinds may share one plan.
        let mut plans: Vec<&FieldPlan> = Vec::new();
        for (plan, column) in asking(profile, binding) {
            if column == open.column && !plans.iter().any(|known| std::ptr::eq(*known, plan)) {
                plans.push(plan);
            }
        }
        let mut evidence = OrderEvidence::default();
        for row in 0..chunk.records.len() {
            let cell = chunk.trimmed(row, open.column);
            let mut hints =
                plans
                    .iter()
                    .filter_map(|plan| match is_null(cell, &plan.null_values) {
                        true => None,
                        false => plan.date_order_hint(cell),
                    });
            let rejected = open
                .reason
                .is_some_and(|reason| !chunk.cell(row, reason).is_empty());
            match hints.next() {
                Some(_) if rejected => evidence.rejected += 1,
                Some(hint) => evidence.count(hint),
                None => {}
            }
        }
        evidence
    });
    evidence.collect()
}

impl Binding {
    /// The columns that leave the order of day and month to their cells.
    pub fn date_columns(&self) -> &[DateColumn] {
        &self.date_columns
    }

    /// Takes what all cells of the input say, for each of [`Binding::date_columns`].
    pub fn settle_date_orders(&mut self, evidence: Vec<OrderEvidence>) {
        for (column, evidence) in self.date_columns.iter_mut().zip(evidence) {
            column.evidence = evidence;
        }
    }

    /// The columns of a source whose cells have proven an order.
    pub(super) fn date_orders(&self, source: &CellSource) -> Vec<(usize, DateOrder)> {
        if self.date_columns.is_empty() {
            return Vec::new();
        }
        let columns = source.single_columns();
        let open = self.date_columns.iter();
        let open = open.filter(|open| columns.contains(&open.column));
        let proven = open.filter_map(|open| Some((open.column, open.evidence.proven()?)));
        proven.collect()
    }
}
