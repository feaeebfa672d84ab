//! `pac schema`: the tables of the standard in the form that another tool takes, and the JSON Schemas
//! that complete profiles and batch files in an editor.

use std::io::Write;

use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use serde_json::{Map, Value};

use super::{json, print};
use crate::error::{Error, Result};
use crate::standard::sql::{Dialect, ddl, lookup_inserts};
use crate::standard::{DOCUMENTS, Standard, TABLES, Table, dictionary, document_schema};

/// The word that stands for every table.
const ALL: &str = "all";

/// Arguments of `pac schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The table, all of them in an order in which references resolve, or the file that an editor is
    /// to complete
    #[arg(value_name = "TABLE", value_parser = table_names())]
    pub table: String,
    /// What to print; SQL fills the code lists too
    #[arg(long, value_enum, default_value_t = Format::JsonSchema)]
    pub format: Format,
}

/// What `pac schema` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// JSON Schema, 2020-12; of all tables an object by name
    JsonSchema,
    /// SQL for SQLite, 3.37 or later
    SqlSqlite,
    /// SQL for PostgreSQL
    SqlPostgres,
    /// Data dictionary in Markdown
    Dictionary,
}

fn table_names() -> PossibleValuesParser {
    PossibleValuesParser::new(TABLES.into_iter().chain([ALL]).chain(DOCUMENTS))
}

/// Prints one table, all of them, or the schema of a document.
///
/// # Errors
/// When there is no such table, a document is asked for in another form, or `out` cannot be written.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<()> {
    if DOCUMENTS.contains(&args.table.as_str()) {
        return document(args, out);
    }
    let tables: Vec<&Table> = standard
        .tables()
        .iter()
        .filter(|table| args.table == ALL || args.table == table.name)
        .collect();
    if tables.is_empty() {
        return Err(Error::Usage(format!(
            "{}: the standard has no such table; name one of {}, or {ALL}",
            args.table,
            TABLES.join(", ")
        )));
    }
    let texts: Vec<String> = match args.format {
        Format::JsonSchema => vec![json_schema(args, &tables)?],
        Format::SqlSqlite => sql(standard, &tables, Dialect::Sqlite),
        Format::SqlPostgres => sql(standard, &tables, Dialect::Postgres),
        Format::Dictionary => tables
            .iter()
            .map(|table| dictionary::markdown(standard, table))
            .collect(),
    };
    print(out, texts.join("\n").as_bytes())
}

fn document(args: &Args, out: &mut dyn Write) -> Result<()> {
    let name = &args.table;
    if args.format != Format::JsonSchema {
        return Err(Error::Usage(format!(
            "{name}: is no table; it has a JSON Schema alone"
        )));
    }
    let text = document_schema(name)
        .ok_or_else(|| Error::Internal(format!("{name}: the binary has no schema of it")))?;
    print(out, text.as_bytes())
}

fn json_schema(args: &Args, tables: &[&Table]) -> Result<String> {
    if args.table != ALL
        && let [table] = tables
    {
        return json(&table.schema);
    }
    let by_name: Map<String, Value> = tables
        .iter()
        .map(|table| (table.name.clone(), table.schema.clone()))
        .collect();
    json(&by_name)
}

fn sql(standard: &Standard, tables: &[&Table], dialect: Dialect) -> Vec<String> {
    tables
        .iter()
        .map(|table| ddl(standard, table, dialect) + &lookup_inserts(standard, table, dialect))
        .collect()
}
