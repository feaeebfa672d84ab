//! Findings as Arrow columns. Texts come as dictionaries, one entry for all findings that say the same.

use std::sync::Arc;

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Int32Array, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use super::kinds::Kinds;
use super::{COLUMNS, FindingNames};
use crate::error::{Error, Result};
use crate::finding::Finding;

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

/// Findings of which one Arrow column after another is made.
pub(super) struct FindingColumns<'f> {
    pages: &'f [Arc<Vec<Finding>>],
    names: &'f FindingNames,
    /// A finding of each kind, and the kind of each finding.
    examples: Vec<&'f Finding>,
    places: Int32Array,
}

impl<'f> FindingColumns<'f> {
    pub(super) fn new(
        pages: &'f [Arc<Vec<Finding>>],
        names: &'f FindingNames,
    ) -> FindingColumns<'f> {
        let Kinds { examples, places } = Kinds::of(pages.iter().flat_map(|page| page.iter()));
        FindingColumns {
            pages,
            names,
            examples,
            places: places.into(),
        }
    }

    /// The column of that name.
    ///
    /// # Errors
    /// [`Error::Internal`] where the dictionary of a column does not fit its findings.
    pub(super) fn column(&self, name: &str) -> Result<ArrayRef> {
        let names = self.names;
        match name {
            "record" => Ok(self.numbers(|finding| finding.record)),
            "line" => Ok(self.numbers(|finding| finding.line)),
            "cell" => Ok(self.cells()),
            "rule" => self.texts(|finding| Some(finding.remark.rule.id)),
            "slug" => self.texts(|finding| Some(finding.remark.rule.slug)),
            "severity" => self.texts(|finding| Some(finding.severity.as_str())),
            "effect" => self.texts(|finding| Some(finding.effect.as_str())),
            "file" => self.texts(|finding| Some(names.file(finding.input))),
            "column" => {
                self.texts(|finding| Some(&*finding.remark.column).filter(|name| !name.is_empty()))
            }
            "message" => self.texts(|finding| Some(&finding.remark.message)),
            "fix" => self.texts(|finding| Some(finding.remark.rule.fix)),
            "subject" => self.texts(|finding| Some(finding.remark.rule.subject)),
            "table" => self.texts(|finding| Some(finding.remark.rule.table)),
            "landlord" => self.texts(|_| Some(&names.landlord)),
            other => Err(Error::Internal(format!("findings have no {other}"))),
        }
    }

    fn findings(&self) -> impl Iterator<Item = &'f Finding> {
        self.pages.iter().flat_map(|page| page.iter())
    }

    fn numbers(&self, number: impl Fn(&Finding) -> u64) -> ArrayRef {
        let mut builder = Int64Builder::with_capacity(self.places.len());
        for finding in self.findings() {
            let number = Some(number(finding)).filter(|number| *number > 0);
            builder.append_option(number.map(|number| number as i64));
        }
        Arc::new(builder.finish())
    }

    fn cells(&self) -> ArrayRef {
        use std::fmt::Write;
        let mut builder = StringBuilder::with_capacity(self.places.len(), self.places.len() * 8);
        for finding in self.findings() {
            match finding.cell() {
                None => builder.append_null(),
                Some(cell) => {
                    // writing to a builder cannot fail
                    let _ = write!(builder, "{cell}");
                    builder.append_value("");
                }
            }
        }
        Arc::new(builder.finish())
    }

    fn texts(&self, text: impl Fn(&'f Finding) -> Option<&'f str>) -> Result<ArrayRef> {
        let texts = self.examples.iter().map(|finding| text(finding));
        let texts: StringArray = texts.collect();
        let column = DictionaryArray::<Int32Type>::try_new(self.places.clone(), Arc::new(texts));
        let column = column.map_err(|error| Error::Internal(error.to_string()))?;
        Ok(Arc::new(column))
    }
}
