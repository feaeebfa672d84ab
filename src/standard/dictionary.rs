//! Data dictionary of the standard: a table and its fields in words, as Markdown.

use serde_json::Value;

use super::Standard;
use super::field::{Field, FieldType};
use super::table::Table;

/// The dictionary entry of a table: what a row is, its keys, and one line a field.
pub fn markdown(standard: &Standard, table: &Table) -> String {
    let mut text = format!(
        "## {}\n\n{}\n\n{}, edition {}.",
        table.name, table.description, standard.name, standard.edition
    );
    if !table.primary_key.is_empty() {
        text.push_str(&format!(" Key: {}.", code_words(&table.primary_key)));
    }
    for key in &table.unique {
        text.push_str(&format!(" Unique: {}.", code_words(key)));
    }
    if let Some(lookup) = standard.lookup(&table.name) {
        text.push_str(&format!(" Code list of {} rows.", lookup.rows.len()));
    }
    text.push_str(
        "\n\n| field | type | null | allowed values | references | sensitivity | meaning |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for field in &table.fields {
        text.push_str(&line(field));
    }
    text
}

fn line(field: &Field) -> String {
    let references = field.references.as_ref().map_or(String::new(), |target| {
        format!("`{}.{}`", target.table, target.field)
    });
    let cells = [
        format!("`{}`", field.name),
        type_words(field.field_type).to_owned(),
        if field.nullable { "yes" } else { "no" }.to_owned(),
        allowed(field),
        references,
        field.sensitivity.clone(),
        field.description.clone(),
    ];
    format!("| {} |\n", cells.map(|cell| escaped(&cell)).join(" | "))
}

fn type_words(field_type: FieldType) -> &'static str {
    match field_type {
        FieldType::Int32 => "int32",
        FieldType::Int64 => "int64",
        FieldType::Text => "text",
        FieldType::Date => "date",
        FieldType::Timestamp => "timestamp, UTC",
        FieldType::Bool => "bool",
    }
}

fn allowed(field: &Field) -> String {
    let mut parts = Vec::new();
    if !field.allowed.is_empty() {
        parts.push(field.allowed.join(", "));
    }
    for (word, target) in &field.synonyms {
        parts.push(format!("{word} is read as {target}"));
    }
    for (keyword, words) in [
        ("minimum", "at least"),
        ("maximum", "at most"),
        ("exclusiveMinimum", "above"),
        ("exclusiveMaximum", "below"),
    ] {
        if let Some(Value::Number(bound)) = field.schema.get(keyword) {
            parts.push(format!("{words} {bound}"));
        }
    }
    let shortest = field.schema.get("minLength").and_then(Value::as_u64);
    parts.extend(length_words(shortest.unwrap_or(0), field.max_length));
    if let Some(value) = field.schema.get("default") {
        parts.push(format!("default {value}"));
    }
    parts.join("; ")
}

fn length_words(shortest: u64, longest: Option<u64>) -> Option<String> {
    match (shortest, longest) {
        (0, None) => None,
        (1, None) => Some("not the empty text".to_owned()),
        (_, None) => Some(format!("{shortest} characters or more")),
        (0, Some(longest)) => Some(format!("up to {longest} characters")),
        (_, Some(longest)) => Some(format!("{shortest} to {longest} characters")),
    }
}

fn code_words(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(" with ")
}

/// A bar or a line break would end the cell of a Markdown table.
fn escaped(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_told_in_one_line() {
        let standard = Standard::embedded().unwrap();
        let text = markdown(&standard, standard.person_alert());
        for line in [
            "## person_alert\n",
            "| `alert_duration_type` | text | yes | Long Term, Temporary, Unknown; \
             Short Term is read as Temporary |  | personal | \
             Whether the alert is expected to last. |\n",
            "| `person_alert_code_id` | int32 | no | at least 1 | \
             `person_alert_codes.person_alert_code_id` | special-category | ",
            "| `informed_resident` | bool | no | default false |",
        ] {
            assert!(text.contains(line), "{line} is missing from\n{text}");
        }
        let codes = standard.table("person_alert_codes").unwrap();
        let text = markdown(&standard, codes);
        assert!(text.contains("Unique: `alert_code` with `alert_subcode`. Code list of 126 rows."));
        assert!(text.contains("| `alert_code` | text | no | 1 to 10 characters |"));
    }

    #[test]
    fn every_line_has_seven_cells() {
        let standard = Standard::embedded().unwrap();
        for table in standard.tables() {
            let text = markdown(&standard, table);
            let lines = text.lines().filter(|line| line.starts_with('|'));
            for line in lines {
                assert_eq!(line.replace("\\|", "").matches('|').count(), 8, "{line}");
            }
        }
    }
}
