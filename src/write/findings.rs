//! `findings.csv` and `findings.parquet`: every finding, in the order of the input.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;

use super::{folder, properties};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::standard::Standard;

/// Columns of both files.
const COLUMNS: [&str; 8] = [
    "rule", "slug", "severity", "file", "record", "line", "column", "message",
];
const NUMBERS: [&str; 2] = ["record", "line"];
/// Findings that are turned into one Arrow batch at a time.
const BATCH: usize = 8192;

/// The two files in the making.
pub struct FindingsFiles {
    csv_path: PathBuf,
    csv: csv::Writer<BufWriter<File>>,
    parquet_path: PathBuf,
    parquet: ArrowWriter<File>,
    schema: SchemaRef,
}

impl FindingsFiles {
    /// Begins both files.
    ///
    /// # Errors
    /// Why one of them cannot be written.
    pub fn begin(
        csv_path: &Path,
        parquet_path: &Path,
        standard: &Standard,
    ) -> Result<FindingsFiles> {
        let field = |name: &str| {
            let number = NUMBERS.contains(&name);
            let data_type = if number {
                DataType::Int64
            } else {
                DataType::Utf8
            };
            Field::new(name, data_type, number || name == "column")
        };
        let schema: SchemaRef = Arc::new(Schema::new(COLUMNS.map(field).to_vec()));
        let parquet = ArrowWriter::try_new(
            folder::create_file(parquet_path)?,
            Arc::clone(&schema),
            Some(properties(standard, &schema)),
        );
        let mut files = FindingsFiles {
            csv_path: csv_path.to_owned(),
            csv: csv::Writer::from_writer(BufWriter::new(folder::create_file(csv_path)?)),
            parquet_path: parquet_path.to_owned(),
            parquet: parquet.map_err(|error| Error::parquet(parquet_path, &error))?,
            schema,
        };
        files.csv_row(&COLUMNS)?;
        Ok(files)
    }

    /// Appends findings; `file` names the input of each.
    ///
    /// # Errors
    /// Why they cannot be written.
    pub fn append<'f>(
        &mut self,
        findings: &[Finding],
        file: impl Fn(&Finding) -> &'f str,
    ) -> Result<()> {
        for finding in findings {
            let number = |number: u64| {
                if number == 0 {
                    String::new()
                } else {
                    number.to_string()
                }
            };
            self.csv_row(&[
                finding.rule,
                finding.slug,
                finding.severity.as_str(),
                file(finding),
                &number(finding.record),
                &number(finding.line),
                &finding.column,
                &finding.message,
            ])?;
        }
        for part in findings.chunks(BATCH) {
            let batch = self.batch(part, &file)?;
            self.parquet
                .write(&batch)
                .map_err(|error| Error::parquet(&self.parquet_path, &error))?;
            if self.parquet.in_progress_rows() >= super::ROW_GROUP {
                self.parquet
                    .flush()
                    .map_err(|error| Error::parquet(&self.parquet_path, &error))?;
            }
        }
        Ok(())
    }

    /// Ends both files.
    ///
    /// # Errors
    /// Why they cannot be written.
    pub fn finish(mut self) -> Result<()> {
        self.csv
            .flush()
            .map_err(|error| Error::output(&self.csv_path, &error))?;
        let closed = self.parquet.close();
        closed
            .map(|_| ())
            .map_err(|error| Error::parquet(&self.parquet_path, &error))
    }

    fn csv_row(&mut self, cells: &[&str]) -> Result<()> {
        self.csv
            .write_record(cells)
            .map_err(|error| match error.into_kind() {
                csv::ErrorKind::Io(error) => Error::output(&self.csv_path, &error),
                other => Error::Internal(format!("findings: {other:?}")),
            })
    }

    fn batch<'f>(
        &self,
        findings: &[Finding],
        file: impl Fn(&Finding) -> &'f str,
    ) -> Result<RecordBatch> {
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(COLUMNS.len());
        for name in COLUMNS {
            columns.push(match name {
                "record" => numbers(findings, |finding| finding.record),
                "line" => numbers(findings, |finding| finding.line),
                "rule" => texts(findings, |finding| Some(finding.rule)),
                "slug" => texts(findings, |finding| Some(finding.slug)),
                "severity" => texts(findings, |finding| Some(finding.severity.as_str())),
                "file" => texts(findings, |finding| Some(file(finding))),
                "column" => texts(findings, |finding| {
                    Some(&*finding.column).filter(|name| !name.is_empty())
                }),
                _ => texts(findings, |finding| Some(&*finding.message)),
            });
        }
        RecordBatch::try_new(Arc::clone(&self.schema), columns)
            .map_err(|error| Error::Internal(error.to_string()))
    }
}

fn numbers(findings: &[Finding], number: impl Fn(&Finding) -> u64) -> ArrayRef {
    let mut builder = Int64Builder::with_capacity(findings.len());
    for finding in findings {
        builder.append_option(
            Some(number(finding))
                .filter(|number| *number > 0)
                .map(|number| number as i64),
        );
    }
    Arc::new(builder.finish())
}

fn texts<'f>(findings: &'f [Finding], text: impl Fn(&'f Finding) -> Option<&'f str>) -> ArrayRef {
    let mut builder = StringBuilder::new();
    for finding in findings {
        builder.append_option(text(finding));
    }
    Arc::new(builder.finish())
}
