//! What the shape of a value alone tells, so that it is found out once for all values of that shape.

use rustc_hash::FxHashMap;

use super::cell_kind::CellKind;
use super::date_shape::KnownFormats;
use super::dates::DateLook;
use super::shape::{Shape, Shapes};
use crate::text_scan;

/// Whether a value is written as a date, and what it is.
pub(super) fn looks(value: &str, formats: &mut KnownFormats) -> (DateLook, CellKind) {
    match DateLook::of(value, formats) {
        date @ DateLook::Written(_) => (date, CellKind::Date),
        other => (other, CellKind::of(value)),
    }
}

/// What is known of a shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShapeFacts {
    /// Its place among the shapes that are counted.
    pub(super) place: Option<usize>,
    /// Whether a person may be named in a cell of that shape.
    pub(super) may_name: bool,
    /// What [`looks`] says of a cell of that shape; `None` where that hangs on letters.
    pub(super) settled: Option<(DateLook, CellKind)>,
}

/// The shapes that were met in a column of a chunk.
#[derive(Debug, Default)]
pub(super) struct KnownShapes {
    places: FxHashMap<Shape, usize>,
    known: Vec<(Shape, ShapeFacts)>,
    last: usize,
}

impl KnownShapes {
    /// What the shape of a value tells; `None` where it has none, or is one of text, of which hardly two are
    /// alike.
    #[inline]
    pub(super) fn facts(
        &mut self,
        value: &str,
        shapes: &mut Shapes,
        formats: &mut KnownFormats,
    ) -> Option<ShapeFacts> {
        let shape = Shape::of(value)?;
        if shape.has_letters && shape.has_spaces {
            return None;
        }
        if let Some((own, facts)) = self.known.get(self.last)
            && *own == shape
        {
            return Some(*facts);
        }
        let known = self.places.get(&shape).copied();
        self.last = known.unwrap_or_else(|| self.add(value, shape, shapes, formats));
        self.known.get(self.last).map(|(_, facts)| *facts)
    }

    #[cold]
    fn add(
        &mut self,
        value: &str,
        shape: Shape,
        shapes: &mut Shapes,
        formats: &mut KnownFormats,
    ) -> usize {
        // whether text is JSON hangs on its figures too
        let is_open = shape.has_letters || value.starts_with(['{', '[']);
        let settled = || looks(value, formats);
        let facts = ShapeFacts {
            place: (!shape.has_spaces).then(|| shapes.place(&shape)).flatten(),
            may_name: text_scan::may_hold(value),
            settled: (!is_open).then(settled),
        };
        self.known.push((shape, facts));
        self.places.insert(shape, self.known.len() - 1);
        self.known.len() - 1
    }
}
