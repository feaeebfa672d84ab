//! A code list: the rows of a lookup table, read from the CSV beside its schema.

use std::collections::HashMap;

use super::field::FieldType;
use super::table::Table;

/// Words of the standard's own documents for values of its lists: column, word, value.
const SYNONYMS: [(&str, &str, &str); 2] = [
    (
        "alert_category_name",
        "Communication",
        "Communication Needs",
    ),
    ("category_code", "MED", "HEALTH"),
];

/// Columns whose words and lengths are judged by rules, which do not stop a run.
const JUDGED_BY_RULES: [&str; 4] = [
    "repairs_impact",
    "alert_name",
    "alert_subname",
    "source_code",
];

/// The rows of one lookup table, as text in the order of the table's fields; an empty cell is `None`.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// Name of the table.
    pub table: String,
    /// Name of the file.
    pub file: String,
    /// The rows, in the order of the file.
    pub rows: Vec<Vec<Option<String>>>,
    /// The physical line of each row, counted from 1.
    pub lines: Vec<u64>,
    /// Whether it stands in the place of the list that the binary carries.
    pub is_supplied: bool,
    /// Cells that held another word for their value: row and column.
    pub corrected: Vec<(usize, String)>,
}

impl Lookup {
    /// Reads a code list by the names in its header; columns that the table does not have are
    /// refused, so that a slip in a name cannot lose a column.
    ///
    /// # Errors
    /// A sentence that names the file's line and what is wrong with it.
    pub(super) fn parse(table: &Table, bytes: &[u8], is_supplied: bool) -> Result<Lookup, String> {
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
        let mut lookup = Lookup {
            table: table.name.clone(),
            file: format!("{}.csv", table.name),
            rows: Vec::new(),
            lines: Vec::new(),
            is_supplied,
            corrected: Vec::new(),
        };
        for record in reader.records() {
            let record = record.map_err(|error| error.to_string())?;
            let line = record.position().map_or(0, |position| position.line());
            let cells: Vec<Option<String>> = places
                .iter()
                .map(|place| place.and_then(|at| record.get(at)))
                .map(|cell| cell.filter(|text| !text.is_empty()).map(str::to_owned))
                .collect();
            check_cells(table, &cells).map_err(|why| format!("line {line}: {why}"))?;
            lookup.push(table, cells, line);
        }
        lookup.check_keys(table)?;
        Ok(lookup)
    }

    fn push(&mut self, table: &Table, mut cells: Vec<Option<String>>, line: u64) {
        for (field, cell) in table.fields.iter().zip(&mut cells) {
            let Some(text) = cell else { continue };
            let meant = SYNONYMS.iter().find(|(column, word, _)| {
                *column == field.name && word.eq_ignore_ascii_case(text.trim())
            });
            if let Some((column, _, value)) = meant {
                *text = (*value).to_owned();
                self.corrected.push((self.rows.len(), (*column).to_owned()));
            }
        }
        self.rows.push(cells);
        self.lines.push(line);
    }

    /// A key that stands twice would leave open which of two rows a value is mapped to.
    fn check_keys(&self, table: &Table) -> Result<(), String> {
        let keys = std::iter::once(&table.primary_key).chain(&table.unique);
        for key in keys {
            let places: Vec<usize> = key.iter().filter_map(|name| table.position(name)).collect();
            let mut seen = HashMap::new();
            for (row, line) in self.rows.iter().zip(&self.lines) {
                let cells = places.iter().map(|&at| row[at].as_deref());
                let cells = cells.map(|cell| cell.unwrap_or_default().trim().to_lowercase());
                let value = cells.collect::<Vec<_>>().join("+");
                if let Some(first) = seen.insert(value.clone(), line) {
                    let (key, rule) = (key.join("+"), repeated_key_rule(&table.name));
                    return Err(format!(
                        "line {line}: {key} {value} stands on line {first} already ({rule})"
                    ));
                }
            }
        }
        Ok(())
    }
}

/// The rule about keys that stand twice in a list.
fn repeated_key_rule(table: &str) -> &'static str {
    match table {
        "person_alert_codes" => "PAC861 code_pair_unique",
        _ => "PAC873 list_key_repeated",
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
            FieldType::Text | FieldType::Date | FieldType::Timestamp => true,
        };
        if !fits {
            return Err(format!("{} cannot be {text:?}", field.name));
        }
        let judged = JUDGED_BY_RULES.contains(&field.name.as_str());
        let allowed = field.allowed.is_empty() || field.allowed.contains(text);
        let most = field.max_length.unwrap_or(u64::MAX);
        if !judged && !allowed {
            return Err(format!("{} cannot be {text:?}", field.name));
        }
        if !judged && text.chars().count() as u64 > most {
            return Err(format!("{} is too long", field.name));
        }
    }
    Ok(())
}
