//! The tables beside `person_alert`: the code lists, and the history as long as nothing feeds it.

use std::path::Path;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{BooleanBuilder, Int32Builder, Int64Builder, StringBuilder};

use super::write_table;
use crate::error::{Error, Result};
use crate::standard::arrow::arrow_schema;
use crate::standard::{FieldType, Standard};

/// Writes one code list.
///
/// # Errors
/// Why the file cannot be written.
pub fn write_lookup(path: &Path, standard: &Standard, table: &str) -> Result<()> {
    let (Some(table), Some(lookup)) = (standard.table(table), standard.lookup(table)) else {
        return Err(Error::Internal(format!("{table} is no code list")));
    };
    let cells = |at: usize| lookup.rows.iter().map(move |row| row[at].as_deref());
    let columns = table
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| match field.field_type {
            FieldType::Int32 => array::<Int32Builder>(cells(at)),
            FieldType::Int64 => array::<Int64Builder>(cells(at)),
            FieldType::Bool => array::<BooleanBuilder>(cells(at)),
            _ => array::<StringBuilder>(cells(at)),
        });
    let columns = columns.collect();
    write_table(path, standard, &arrow_schema(table, |_| true), columns)
}

/// A builder that takes cells of text which the code list's own check has found readable.
trait Cells: Default {
    fn add(&mut self, cell: Option<&str>);
    fn end(self) -> ArrayRef;
}

fn array<'a, B: Cells>(cells: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    let mut builder = B::default();
    for cell in cells {
        builder.add(cell);
    }
    builder.end()
}

macro_rules! cells {
    ($($builder:ty),+) => {$(
        impl Cells for $builder {
            fn add(&mut self, cell: Option<&str>) {
                self.append_option(cell.and_then(|cell| cell.parse().ok()));
            }
            fn end(mut self) -> ArrayRef {
                Arc::new(self.finish())
            }
        }
    )+};
}

cells!(Int32Builder, Int64Builder, BooleanBuilder);

impl Cells for StringBuilder {
    fn add(&mut self, cell: Option<&str>) {
        self.append_option(cell);
    }
    fn end(mut self) -> ArrayRef {
        Arc::new(self.finish())
    }
}
