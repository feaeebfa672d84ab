//! What a record can state: one alert, one for each value of a cell, one for each flag.

use std::collections::BTreeMap;

use super::field_plan::FieldPlan;
use crate::cell::flag::FlagReader;

/// One kind of alert that a record can state.
#[derive(Debug)]
pub struct Statement {
    /// The flag on which it depends, where it does.
    pub flag: Option<Flag>,
    /// Whether a record whose code is empty states no such alert; otherwise it states one without a
    /// code, which is rejected.
    pub may_be_empty: bool,
    /// Plans that differ from those that all alerts share, by the place of their field.
    pub(super) own: BTreeMap<usize, FieldPlan>,
}

impl Statement {
    /// The plan that it has for a field beside the one that all alerts share.
    pub fn own(&self, field: usize) -> Option<&FieldPlan> {
        self.own.get(&field)
    }
}

/// A column of yes and no, of which yes states an alert.
#[derive(Debug)]
pub struct Flag {
    /// The column.
    pub column: String,
    /// How its words are read.
    pub reader: FlagReader,
    /// Whether an input without the column is acceptable.
    pub optional: bool,
}
