//! `contractor_view.csv` and `contractor_view.parquet`: what contractors may see of active alerts.
//!
//! What may be seen follows from the code alone, so no text of a record can get here. Before rows are
//! written they are held against the code list once more, by themselves: a leak is worse than a lost row.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Int64Builder, StringBuilder};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;

use super::layout::Layout;
use super::{ROW_GROUP, folder, properties};
use crate::candidate::{Candidates, Outcome};
use crate::error::{Error, Result};
use crate::standard::arrow::arrow_schema;
use crate::standard::contractor_view::Seen;
use crate::standard::{CONTRACTOR_VIEW, Field, Standard};

/// The level of confidentiality of which contractors see nothing, whatever the code.
const CONFIDENTIAL: &str = "Confidential";

/// The two files in the making.
pub struct ContractorView {
    sight: Sight,
    rows: Rows,
    landlord: Option<String>,
    csv: csv::Writer<File>,
    csv_path: PathBuf,
    parquet: ArrowWriter<File>,
    parquet_path: PathBuf,
    schema: SchemaRef,
    counts: ViewCounts,
}

/// How many active alerts a view shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ViewCounts {
    /// Those that it shows, a row each.
    pub alerts: u64,
    /// Those of which contractors see nothing.
    pub withheld: u64,
}

/// What may be seen.
struct Sight {
    by_code: HashMap<i32, Seen>,
    /// The place of the level of which nothing may be seen.
    confidential: Option<u8>,
    /// All that may be told to do.
    actions: HashSet<String>,
}

/// Rows that wait to be written.
#[derive(Default)]
struct Rows {
    persons: Int64Builder,
    critical: BooleanBuilder,
    impact: StringBuilder,
    support: StringBuilder,
    count: usize,
}

/// Begins both files of one landlord.
///
/// # Errors
/// Why one of them cannot be written.
pub fn begin(layout: &Layout, standard: &Standard, landlord: &str) -> Result<ContractorView> {
    let table = Standard::contractor_view()?;
    let partitioned = layout.is_partition();
    let schema = arrow_schema(&table, |field| !(partitioned && field.name == "landlord"));
    let csv_path = layout.file(CONTRACTOR_VIEW, "csv")?;
    let parquet_path = layout.file(CONTRACTOR_VIEW, "parquet")?;
    let mut csv = csv::Writer::from_writer(folder::create_file(&csv_path)?);
    let names = schema.fields().iter().map(|field| field.name());
    let header = csv.write_record(names);
    header.map_err(|error| Error::output(&csv_path, &error.into()))?;
    let properties = properties(standard);
    let file = folder::create_file(&parquet_path)?;
    let parquet = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties));
    Ok(ContractorView {
        sight: Sight::new(standard),
        rows: Rows::default(),
        landlord: (!partitioned).then(|| landlord.to_owned()),
        csv,
        csv_path,
        parquet: parquet.map_err(|error| Error::parquet(&parquet_path, &error))?,
        parquet_path,
        schema,
        counts: ViewCounts::default(),
    })
}

impl ContractorView {
    /// Adds what may be seen of the accepted and active alerts of a batch.
    ///
    /// # Errors
    /// Why they cannot be written, or what must not be seen.
    pub fn add(&mut self, alerts: &Candidates) -> Result<()> {
        let columns = (
            alerts.int64s("person_id"),
            alerts.int32s("person_alert_code_id"),
            alerts.bools("is_active"),
            alerts.terms("confidentiality_level"),
        );
        let (Some(persons), Some(codes), Some(active), Some(levels)) = columns else {
            return Err(Error::Internal(
                "contractor_view: a column is missing".to_owned(),
            ));
        };
        for row in 0..alerts.rows {
            let holds = active.get(row) == Some(&true);
            if alerts.outcomes[row] != Outcome::Accepted || !holds {
                continue;
            }
            let level = levels.get(row).copied();
            let is_confidential = level.is_some() && level == self.sight.confidential;
            let seen = codes.get(row).and_then(|code| self.sight.by_code.get(code));
            let seen = seen.filter(|_| !is_confidential);
            match (persons.get(row), seen) {
                (Some(person), Some(seen)) => self.rows.push(*person, seen),
                _ => self.counts.withheld += 1,
            }
        }
        match self.rows.count >= ROW_GROUP {
            true => self.write(),
            false => Ok(()),
        }
    }

    /// Ends both files; returns how many alerts they show.
    ///
    /// # Errors
    /// Why they cannot be written.
    pub fn finish(mut self) -> Result<ViewCounts> {
        self.write()?;
        self.csv
            .flush()
            .map_err(|error| Error::output(&self.csv_path, &error))?;
        let path = &self.parquet_path;
        let closed = self.parquet.close();
        let footer = closed.map_err(|error| Error::parquet(path, &error))?;
        match footer.file_metadata().num_rows() as u64 {
            rows if rows == self.counts.alerts => Ok(self.counts),
            rows => Err(Error::Ledger(format!(
                "{} rows for contractors, {rows} in the file",
                self.counts.alerts
            ))),
        }
    }

    fn write(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        if rows.count == 0 {
            return Ok(());
        }
        self.counts.alerts += rows.count as u64;
        let batch = rows.batch(self.landlord.as_deref(), &self.schema)?;
        self.sight.guard(&batch)?;
        self.append_lines(&batch)?;
        let failed = |error| Error::parquet(&self.parquet_path, &error);
        self.parquet.write(&batch).map_err(failed)?;
        self.parquet.flush().map_err(failed)
    }

    fn append_lines(&mut self, batch: &RecordBatch) -> Result<()> {
        let cells: Vec<Vec<String>> = batch.columns().iter().map(texts).collect();
        for row in 0..batch.num_rows() {
            let line = cells.iter().filter_map(|column| column.get(row));
            let written = self.csv.write_record(line);
            written.map_err(|error| Error::output(&self.csv_path, &error.into()))?;
        }
        Ok(())
    }
}

impl Sight {
    fn new(standard: &Standard) -> Sight {
        let codes = standard.codes.iter();
        let seen = codes.filter_map(|code| Some((code.id, standard.seen_by_contractors(code)?)));
        let levels = standard.person_alert().field("confidentiality_level");
        let place = |field: &Field| field.allowed.iter().position(|word| word == CONFIDENTIAL);
        let told = standard.codes.iter().filter(|code| {
            code.contractor_may_see == "action_only" && !code.group.starts_with("SAF")
        });
        Sight {
            by_code: seen.collect(),
            confidential: levels.and_then(place).map(|at| at as u8),
            actions: told.map(|code| code.support_required.clone()).collect(),
        }
    }

    /// Refuses rows with a text that is none of those that may be told.
    fn guard(&self, batch: &RecordBatch) -> Result<()> {
        let texts = |name: &str| -> Option<&StringArray> {
            batch.column_by_name(name)?.as_any().downcast_ref()
        };
        let (Some(impact), Some(support)) = (texts("repairs_impact"), texts("support_required"))
        else {
            return Err(Error::Internal(
                "contractor_view: a column is missing".to_owned(),
            ));
        };
        let levels = ["High", "Medium", "Low", "None"];
        let known = impact.iter().flatten().all(|text| levels.contains(&text))
            && support
                .iter()
                .flatten()
                .all(|text| self.actions.contains(text));
        match known {
            true => Ok(()),
            false => Err(Error::Internal(
                "contractor_view: a row holds what contractors must not see".to_owned(),
            )),
        }
    }
}

impl Rows {
    fn push(&mut self, person: i64, seen: &Seen) {
        self.persons.append_value(person);
        self.critical.append_value(seen.is_critical);
        self.impact.append_value(&seen.repairs_impact);
        self.support.append_option(seen.support_required.as_deref());
        self.count += 1;
    }

    /// The rows, under the names of the schema.
    fn batch(mut self, landlord: Option<&str>, schema: &SchemaRef) -> Result<RecordBatch> {
        let landlords = landlord.map(|code| -> ArrayRef {
            Arc::new(StringArray::from_iter_values(std::iter::repeat_n(
                code, self.count,
            )))
        });
        let own: [ArrayRef; 4] = [
            Arc::new(self.persons.finish()),
            Arc::new(self.critical.finish()),
            Arc::new(self.impact.finish()),
            Arc::new(self.support.finish()),
        ];
        let columns = landlords.into_iter().chain(own).collect();
        RecordBatch::try_new(Arc::clone(schema), columns)
            .map_err(|error| Error::Internal(format!("contractor_view: {error}")))
    }
}

/// The cells of a column as texts.
fn texts(column: &ArrayRef) -> Vec<String> {
    use arrow_array::cast::AsArray;
    use arrow_array::types::Int64Type;
    if let Some(texts) = column.as_string_opt::<i32>() {
        return texts
            .iter()
            .map(|text| text.unwrap_or_default().to_owned())
            .collect();
    }
    if let Some(flags) = column.as_boolean_opt() {
        return flags
            .iter()
            .map(|flag| flag.unwrap_or_default().to_string())
            .collect();
    }
    let numbers = column.as_primitive_opt::<Int64Type>();
    let numbers = numbers.into_iter().flatten();
    numbers
        .map(|number| number.unwrap_or_default().to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_none_of_the_lists_is_refused() {
        let standard = Standard::embedded().unwrap();
        let sight = Sight::new(&standard);
        let schema = arrow_schema(&Standard::contractor_view().unwrap(), |_| true);
        let batch = |subcode: &str, text: Option<&str>| {
            let code = standard.codes.by_subcode(subcode).unwrap();
            let mut rows = Rows::default();
            let seen = Seen {
                is_critical: true,
                repairs_impact: "High".to_owned(),
                support_required: Some(text.unwrap_or(&code.support_required).to_owned()),
            };
            rows.push(7, &seen);
            rows.batch(Some("RIV"), &schema).unwrap()
        };
        assert!(sight.guard(&batch("RISK2.01", None)).is_ok());
        assert!(sight.guard(&batch("SAF2.01", None)).is_err());
        assert!(sight.guard(&batch("MED1.01", None)).is_err());
        assert!(
            sight
                .guard(&batch("RISK2.01", Some("has a knife")))
                .is_err()
        );
    }
}
