//! SQL that creates a table of the standard and fills its code list, derived from the table's
//! description.
//!
//! The DDL holds what the schema says of a single value: type, emptiness, default, allowed values,
//! range, length, keys and references. What no database can hold portably (`pattern`, say) and
//! what relates fields to each other is left to the checker.

use serde_json::Value;

use super::Standard;
use super::field::{Field, FieldType};
use super::table::Table;

/// The database that SQL is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.37 or later, for its strict tables.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// Keywords of JSON Schema that bound a number, with the operator that says the same.
const BOUNDS: [(&str, &str); 4] = [
    ("minimum", ">="),
    ("maximum", "<="),
    ("exclusiveMinimum", ">"),
    ("exclusiveMaximum", "<"),
];

/// Longest `VARCHAR` that PostgreSQL takes.
const LONGEST_VARCHAR: u64 = 10_485_760;

/// The statements that create a table, with the meaning of table and fields as comments.
///
/// Tables must be created in the order of [`Standard::tables`], so that references resolve. SQLite
/// checks them only under `PRAGMA foreign_keys = ON`.
pub fn ddl(standard: &Standard, table: &Table, dialect: Dialect) -> String {
    let mut entries: Vec<String> = table
        .fields
        .iter()
        .map(|field| match dialect {
            Dialect::Sqlite => format!(
                "  -- {}\n  {}",
                one_line(&field.description),
                column(field, dialect)
            ),
            Dialect::Postgres => format!("  {}", column(field, dialect)),
        })
        .collect();
    if !table.primary_key.is_empty() {
        entries.push(format!("  PRIMARY KEY ({})", names(&table.primary_key)));
    }
    for key in &table.unique {
        entries.push(format!("  UNIQUE ({})", names(key)));
    }
    let tail = match dialect {
        // Without a rowid an empty key is refused; with one SQLite would invent a key.
        Dialect::Sqlite if !table.primary_key.is_empty() => " STRICT, WITHOUT ROWID",
        Dialect::Sqlite => " STRICT",
        Dialect::Postgres => "",
    };
    let mut sql = format!(
        "-- {}: {} ({}, edition {})\nCREATE TABLE {} (\n{}\n){tail};\n",
        one_line(&table.name),
        one_line(&table.description),
        one_line(&standard.name),
        one_line(&standard.edition),
        name(&table.name),
        entries.join(",\n")
    );
    if dialect == Dialect::Postgres {
        sql.push_str(&comments(table));
    }
    sql
}

/// The statement that fills a lookup table with its code list; empty for a table that has none.
pub fn lookup_inserts(standard: &Standard, table: &Table, dialect: Dialect) -> String {
    let rows: Vec<String> = standard
        .lookup(&table.name)
        .into_iter()
        .flat_map(|lookup| &lookup.rows)
        .map(|row| {
            let cells: Vec<String> = table
                .fields
                .iter()
                .zip(row)
                .map(|(field, cell)| literal(field, cell.as_deref(), dialect))
                .collect();
            format!("  ({})", cells.join(", "))
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let fields: Vec<String> = table.fields.iter().map(|field| name(&field.name)).collect();
    format!(
        "INSERT INTO {} ({}) VALUES\n{};\n",
        name(&table.name),
        fields.join(", "),
        rows.join(",\n")
    )
}

fn column(field: &Field, dialect: Dialect) -> String {
    let mut parts = vec![name(&field.name), sql_type(field, dialect)];
    if !field.nullable {
        parts.push("NOT NULL".to_owned());
    }
    if let Some(value) = default(field, dialect) {
        parts.push(format!("DEFAULT {value}"));
    }
    for check in checks(field, dialect) {
        parts.push(format!("CHECK ({check})"));
    }
    if let Some(target) = &field.references {
        parts.push(format!(
            "REFERENCES {} ({})",
            name(&target.table),
            name(&target.field)
        ));
    }
    parts.join(" ")
}

fn sql_type(field: &Field, dialect: Dialect) -> String {
    let text = match (dialect, field.field_type) {
        (Dialect::Sqlite, FieldType::Int32 | FieldType::Int64 | FieldType::Bool) => "INTEGER",
        (Dialect::Sqlite, _) => "TEXT",
        (Dialect::Postgres, FieldType::Int32) => "INTEGER",
        (Dialect::Postgres, FieldType::Int64) => "BIGINT",
        (Dialect::Postgres, FieldType::Bool) => "BOOLEAN",
        (Dialect::Postgres, FieldType::Date) => "DATE",
        (Dialect::Postgres, FieldType::Timestamp) => "TIMESTAMPTZ",
        (Dialect::Postgres, FieldType::Text) => match varchar(field) {
            Some(longest) => return format!("VARCHAR({longest})"),
            None => "TEXT",
        },
    };
    text.to_owned()
}

fn varchar(field: &Field) -> Option<u64> {
    field
        .max_length
        .filter(|longest| (1..=LONGEST_VARCHAR).contains(longest))
}

fn default(field: &Field, dialect: Dialect) -> Option<String> {
    match field.schema.get("default")? {
        Value::Bool(value) => Some(boolean(*value, dialect).to_owned()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) => Some(quoted(value)),
        _ => None,
    }
}

/// What must hold of a value. Each condition holds for an empty value too, which `NOT NULL` judges.
fn checks(field: &Field, dialect: Dialect) -> Vec<String> {
    let column = name(&field.name);
    let mut checks = Vec::new();
    if dialect == Dialect::Sqlite {
        checks.extend(shape(&column, field.field_type));
    }
    if !field.allowed.is_empty() {
        let allowed: Vec<String> = field.allowed.iter().map(|value| quoted(value)).collect();
        checks.push(format!("{column} IN ({})", allowed.join(", ")));
    }
    for (keyword, operator) in BOUNDS {
        if let Some(Value::Number(bound)) = field.schema.get(keyword) {
            checks.push(format!("{column} {operator} {bound}"));
        }
    }
    if let Some(shortest) = field.schema.get("minLength").and_then(Value::as_u64) {
        checks.push(format!("length({column}) >= {shortest}"));
    }
    if let Some(longest) = field.max_length
        && (dialect == Dialect::Sqlite || varchar(field).is_none())
    {
        checks.push(format!("length({column}) <= {longest}"));
    }
    checks
}

/// SQLite has no types for dates, times and booleans: a value must survive being read as one.
fn shape(column: &str, field_type: FieldType) -> Option<String> {
    match field_type {
        FieldType::Bool => Some(format!("{column} IN (0, 1)")),
        FieldType::Date => Some(format!("{column} IS date({column})")),
        FieldType::Timestamp => {
            // As tools write it: with T or a space, with or without a fraction and the offset of UTC.
            let seconds = format!("replace(substr({column}, 1, 19), ' ', 'T')");
            let rest = format!("substr({column}, 20)");
            Some(format!(
                "{seconds} IS strftime('%Y-%m-%dT%H:%M:%S', {seconds}) AND \
                 ({rest} IN ('', 'Z', '+00', '+00:00') OR {rest} GLOB '.[0-9]*')"
            ))
        }
        FieldType::Int32 | FieldType::Int64 | FieldType::Text => None,
    }
}

fn comments(table: &Table) -> String {
    let mut sql = format!(
        "COMMENT ON TABLE {} IS {};\n",
        name(&table.name),
        quoted(&table.description)
    );
    for field in &table.fields {
        sql.push_str(&format!(
            "COMMENT ON COLUMN {}.{} IS {};\n",
            name(&table.name),
            name(&field.name),
            quoted(&field.description)
        ));
    }
    sql
}

fn literal(field: &Field, cell: Option<&str>, dialect: Dialect) -> String {
    let Some(text) = cell else {
        return "NULL".to_owned();
    };
    match field.field_type {
        FieldType::Int32 | FieldType::Int64 => text.to_owned(),
        FieldType::Bool => boolean(text == "true", dialect).to_owned(),
        FieldType::Text | FieldType::Date | FieldType::Timestamp => quoted(text),
    }
}

fn boolean(value: bool, dialect: Dialect) -> &'static str {
    match (dialect, value) {
        (Dialect::Sqlite, true) => "1",
        (Dialect::Sqlite, false) => "0",
        (Dialect::Postgres, true) => "true",
        (Dialect::Postgres, false) => "false",
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn name(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn names(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| name(text)).collect();
    quoted.join(", ")
}

/// A line break would end a `--` comment and turn the rest of the sentence into SQL.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(schema: &str) -> Table {
        Table::parse(schema).unwrap()
    }

    #[test]
    fn postgres_has_its_own_types_keys_and_comments() {
        let standard = Standard::embedded().unwrap();
        let sql = ddl(&standard, standard.person_alert(), Dialect::Postgres);
        for part in [
            "CREATE TABLE \"person_alert\" (\n",
            "\"person_alert_id\" BIGINT NOT NULL CHECK (\"person_alert_id\" >= 1)",
            "\"source_type_id\" INTEGER CHECK (\"source_type_id\" >= 1) \
             REFERENCES \"source_types\" (\"source_type_id\")",
            "\"informed_resident\" BOOLEAN NOT NULL DEFAULT false",
            "\"alert_duration_type\" TEXT CHECK (\"alert_duration_type\" IN \
             ('Long Term', 'Temporary', 'Unknown'))",
            "\"start_date\" DATE NOT NULL,",
            "\"last_updated\" TIMESTAMPTZ,",
            "  PRIMARY KEY (\"person_alert_id\")\n);\n",
            "COMMENT ON COLUMN \"person_alert\".\"person_id\" IS 'The landlord''s key of the person.';",
        ] {
            assert!(sql.contains(part), "{part} is missing from\n{sql}");
        }
        let codes = standard.table("person_alert_codes").unwrap();
        let sql = ddl(&standard, codes, Dialect::Postgres);
        assert!(sql.contains("\"alert_code\" VARCHAR(10) NOT NULL CHECK (length("));
        assert!(sql.contains("  UNIQUE (\"alert_code\", \"alert_subcode\")\n"));
    }

    #[test]
    fn names_texts_and_comments_cannot_break_out() {
        let standard = Standard::embedded().unwrap();
        let odd = table(
            r#"{"title": "t", "description": "one\nDROP TABLE t;", "properties": {
                "a\"b": {"type": "string", "description": "it's\n'); --", "enum": ["o'clock"]}}}"#,
        );
        let sqlite = ddl(&standard, &odd, Dialect::Sqlite);
        assert_eq!(
            sqlite,
            "-- t: one DROP TABLE t; (UKHDS person alert codes, edition 1.1)\n\
             CREATE TABLE \"t\" (\n  -- it's '); --\n  \
             \"a\"\"b\" TEXT NOT NULL CHECK (\"a\"\"b\" IN ('o''clock'))\n) STRICT;\n"
        );
        let postgres = ddl(&standard, &odd, Dialect::Postgres);
        assert!(postgres.contains("IS 'it''s\n''); --';"));
    }

    #[test]
    fn only_lookups_are_filled() {
        let standard = Standard::embedded().unwrap();
        let core = lookup_inserts(&standard, standard.person_alert(), Dialect::Sqlite);
        assert_eq!(core, "");
        let codes = standard.table("person_alert_codes").unwrap();
        let sql = lookup_inserts(&standard, codes, Dialect::Sqlite);
        assert!(sql.contains(
            "\n  (1, 'MED1', 'MED1.01', 1, 'Respiratory Condition', 'Asthma', 1, 1, 'High', "
        ));
        let sql = lookup_inserts(&standard, codes, Dialect::Postgres);
        assert!(sql.contains("'Asthma', true, true, 'High', "));
    }
}
