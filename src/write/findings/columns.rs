//! The columns of findings. Nearly all of a finding is that of its kind, and is written once a row group.

use std::sync::Arc;

use arrow_schema::{DataType, Field, Schema, SchemaRef};

use super::super::chunks::{ChunkWriter, ColumnChunk, PlainTexts, kinds, single_int64s};
use super::{COLUMNS, FindingNames};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::finding::kinds::Kinds;

const NUMBERS: [&str; 2] = ["record", "line"];
/// Columns that are empty where a finding is about a whole input, or about no cell.
const NULLABLE: [&str; 4] = ["record", "line", "cell", "column"];

/// The schema of the Parquet file.
pub(super) fn schema() -> SchemaRef {
    let field = |name: &str| {
        let data_type = match NUMBERS.contains(&name) {
            true => DataType::Int64,
            false => DataType::Utf8,
        };
        Field::new(name, data_type, NULLABLE.contains(&name))
    };
    Arc::new(Schema::new(COLUMNS.map(field).to_vec()))
}

/// Findings of which one column after another is made.
pub(super) struct FindingColumns<'f> {
    pages: &'f [Arc<Vec<Finding>>],
    names: &'f FindingNames,
    kinds: Kinds<'f>,
}

impl<'f> FindingColumns<'f> {
    pub(super) fn new(
        pages: &'f [Arc<Vec<Finding>>],
        names: &'f FindingNames,
    ) -> FindingColumns<'f> {
        FindingColumns {
            pages,
            names,
            kinds: Kinds::of(pages.iter().flat_map(|page| page.iter())),
        }
    }

    /// The column of that name.
    ///
    /// # Errors
    /// [`Error::Internal`] where there is none.
    pub(super) fn column(&self, name: &str, writer: ChunkWriter<'_>) -> Result<ColumnChunk> {
        let chunk = match name {
            "record" => single_int64s(writer, self.numbers(|finding| finding.record)),
            "line" => single_int64s(writer, self.numbers(|finding| finding.line)),
            "cell" => self.cells(writer),
            name => {
                let text = text_of(name)?;
                let examples = self.kinds.examples.iter();
                let texts = examples.map(|example| text(example, self.names));
                kinds(writer, texts, &self.kinds.places)
            }
        };
        chunk.map_err(|error| Error::Internal(error.to_string()))
    }

    fn findings(&self) -> impl Iterator<Item = &'f Finding> {
        self.pages.iter().flat_map(|page| page.iter())
    }

    fn numbers(&self, number: impl Fn(&Finding) -> u64) -> impl Iterator<Item = Option<i64>> {
        let numbers = self.findings().map(number);
        numbers.map(|number| Some(number as i64).filter(|number| *number > 0))
    }

    fn cells(&self, writer: ChunkWriter<'_>) -> parquet::errors::Result<ColumnChunk> {
        let mut texts = PlainTexts::new(writer);
        let mut text = String::new();
        for finding in self.findings() {
            let cell = finding.cell().map(|cell| {
                text.clear();
                cell.push_onto(&mut text);
                text.as_str()
            });
            texts.push(cell)?;
        }
        texts.finish()
    }
}

/// What a finding says in a column of texts.
type Text = for<'t> fn(&'t Finding, &'t FindingNames) -> Option<&'t str>;

/// What findings of a kind say in the column of that name.
///
/// # Errors
/// [`Error::Internal`] where there is no such column.
fn text_of(name: &str) -> Result<Text> {
    Ok(match name {
        "rule" => |finding, _| Some(finding.remark.rule.id),
        "slug" => |finding, _| Some(finding.remark.rule.slug),
        "severity" => |finding, _| Some(finding.severity.as_str()),
        "effect" => |finding, _| Some(finding.effect.as_str()),
        "file" => |finding, names| Some(names.file(finding.input)),
        "column" => |finding, _| Some(&*finding.remark.column).filter(|name| !name.is_empty()),
        "message" => |finding, _| Some(&*finding.remark.message),
        "fix" => |finding, _| Some(finding.remark.rule.fix),
        "subject" => |finding, _| Some(finding.remark.rule.subject),
        "table" => |finding, _| Some(finding.remark.rule.table),
        "landlord" => |_, names| Some(&*names.landlord),
        other => return Err(Error::Internal(format!("findings have no {other}"))),
    })
}
