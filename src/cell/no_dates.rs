//! Cells that stand for no date although they look like one, such as 31/12/2099, as a profile names them.

use std::collections::HashSet;

use super::fold;

/// Cells that stand for no date, as they are written and as the days that they read as.
#[derive(Debug, Clone, Default)]
pub struct NoDates {
    texts: HashSet<String>,
    days: Vec<i32>,
}

impl NoDates {
    /// The cells named; `day` reads one of them as a date, where it is one.
    pub(super) fn new(named: &[String], day: impl Fn(&str) -> Option<i32>) -> NoDates {
        NoDates {
            texts: named.iter().map(|text| fold(text).into_owned()).collect(),
            days: named.iter().filter_map(|text| day(text.trim())).collect(),
        }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.days.is_empty()
    }

    /// Whether a cell is written like one of them.
    pub(super) fn has_text(&self, cell: &str) -> bool {
        !self.texts.is_empty() && self.texts.contains(fold(cell).as_ref())
    }

    /// Whether a day, counted from 1970-01-01, is one of them.
    pub(super) fn has_day(&self, day: i32) -> bool {
        self.days.contains(&day)
    }
}
