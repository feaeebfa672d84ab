//! A code list: the rows of a lookup table, read from the CSV beside its schema.

use super::field::FieldType;
use super::table::Table;

/// The rows of one lookup table, as text in the order of the table's fields; an empty cell is `None`.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// Name of the table.
    pub table: String,
    /// The rows, in the order of the file.
    pub rows: Vec<Vec<Option<String>>>,
}

impl Lookup {
    /// Reads a code list by the names in its header; columns that the table does not have are
    /// refused, so that a slip in a name cannot lose a column.
    ///
    /// # Errors
    /// A sentence that names the file's line and what is wrong with it.
    pub(super) fn parse(table: &Table, bytes: &[u8]) -> Result<Lookup, String> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = csv::Reader::from_reader(bytes);
        let header = reader.headers().map_err(|error| error.to_string())?.clone();
        if let Some(stranger) = header.iter().find(|name| table.position(name).is_none()) {
            return Err(format!("{stranger} is no column of {}", table.name));
        }
        let mut places = Vec::new();
        for field in &table.fields {
            let place = header.iter().position(|name| name == field.name);
            if place.is_none() && !field.nullable {
                return Err(format!("column {} is missing", field.name));
            }
            places.push(place);
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| error.to_string())?;
            let line = record.position().map_or(0, |position| position.line());
            let cells: Vec<Option<String>> = places
                .iter()
                .map(|place| place.and_then(|at| record.get(at)))
                .map(|cell| cell.filter(|text| !text.is_empty()).map(str::to_owned))
                .collect();
            check_cells(table, &cells).map_err(|why| format!("line {line}: {why}"))?;
            rows.push(cells);
        }
        let lookup = Lookup {
            table: table.name.clone(),
            rows,
        };
        lookup.check_keys(table)?;
        Ok(lookup)
    }

    fn check_keys(&self, table: &Table) -> Result<(), String> {
        let keys = std::iter::once(&table.primary_key).chain(&table.unique);
        for key in keys {
            let places: Vec<usize> = key.iter().filter_map(|name| table.position(name)).collect();
            let mut seen = std::collections::HashSet::new();
            for row in &self.rows {
                let value: Vec<String> = places
                    .iter()
                    .map(|&at| row[at].as_deref().unwrap_or_default().to_lowercase())
                    .collect();
                if !seen.insert(value.clone()) {
                    return Err(format!(
                        "{} {} occurs twice",
                        key.join("+"),
                        value.join("+")
                    ));
                }
            }
        }
        Ok(())
    }
}

fn check_cells(table: &Table, cells: &[Option<String>]) -> Result<(), String> {
    for (field, cell) in table.fields.iter().zip(cells) {
        let Some(text) = cell else {
            if field.nullable {
                continue;
            }
            return Err(format!("{} is empty", field.name));
        };
        let fits = match field.field_type {
            FieldType::Int32 => text.parse::<i32>().is_ok_and(|id| id > 0),
            FieldType::Int64 => text.parse::<i64>().is_ok_and(|id| id > 0),
            FieldType::Bool => text == "true" || text == "false",
            FieldType::Text => field.allowed.is_empty() || field.allowed.contains(text),
            FieldType::Date | FieldType::Timestamp => true,
        };
        if !fits {
            return Err(format!("{} cannot be {text:?}", field.name));
        }
        if field
            .max_length
            .is_some_and(|max| text.chars().count() as u64 > max)
        {
            return Err(format!("{} is too long", field.name));
        }
    }
    Ok(())
}
