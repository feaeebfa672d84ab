//! The columns of an input that a profile names, by name or number, and what is wrong with those.

use super::binding::{CellSource, ComposedCells};
use crate::cell::column_name::{Found, find_column};
use crate::profile::document::did_you_mean;
use crate::profile::{Composition, FieldPlan};

/// Looks columns up by name, and notes which are used and what is wrong.
pub(super) struct Finder<'c> {
    pub(super) columns: &'c [String],
    pub(super) used: Vec<bool>,
    pub(super) problems: Vec<String>,
}

impl Finder<'_> {
    /// A field's column, and the one that is read where it says nothing.
    pub(super) fn either(&mut self, plan: &FieldPlan, name: &str) -> CellSource {
        let own = self.find(&plan.name, name, plan.optional);
        let other = plan.or.as_ref();
        let other = other.map(|other| self.find(&plan.name, other, plan.optional));
        match (own, other) {
            (CellSource::Column(own), Some(CellSource::Column(other))) => {
                CellSource::Either(own, other)
            }
            (CellSource::Nothing, Some(other)) => other,
            (own, _) => own,
        }
    }

    /// The columns of a composed key; a key that lacks a part is none.
    pub(super) fn compose(&mut self, plan: &FieldPlan, composition: &Composition) -> CellSource {
        let names = composition.columns.iter();
        let found: Vec<CellSource> = names
            .map(|name| self.find(&plan.name, name, plan.optional))
            .collect();
        let columns = found.iter().map(|source| match source {
            CellSource::Column(at) => Some(*at),
            _ => None,
        });
        match columns.collect() {
            Some(columns) => CellSource::Composed(ComposedCells {
                columns,
                join: composition.join.clone(),
            }),
            None => CellSource::Nothing,
        }
    }

    /// The column of that name, which `field` needs unless it is optional.
    pub(super) fn find(&mut self, field: &str, name: &str, optional: bool) -> CellSource {
        let place = self.place(&format!("fields.{field}"), name, optional);
        place.map_or(CellSource::Nothing, CellSource::Column)
    }

    /// The same, for what is no field.
    pub(super) fn place(&mut self, key: &str, name: &str, optional: bool) -> Option<usize> {
        let problem = match find_column(name, self.columns) {
            Found::One(at) => {
                self.used[at] = true;
                return Some(at);
            }
            Found::Nothing if optional => return None,
            Found::Nothing => {
                let near = did_you_mean(name, self.columns.iter().map(String::as_str));
                format!("there is no column {name}, which {key} needs{near}")
            }
            Found::Several => {
                format!("several columns are named {name}; say which one, as in {name} (2)")
            }
        };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
        None
    }
}
