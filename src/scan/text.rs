//! A scan as text.

use super::description::{counted, dialect, distinct, grouped, layout, notes, records, share};
use super::privacy::{Listing, ValueList};
use super::{Column, Table};

/// The columns of a line in front of the notes.
const INDENT: &str = "      ";
/// Values of a column in the text; the page and the JSON have more.
const MOST_LISTED: usize = 12;

/// The scan for a terminal or an editor; with `values` the values are listed too.
pub fn text(tables: &[Table], listing: Listing, values: bool) -> String {
    let mut text = String::new();
    for table in tables {
        let mut facts = vec![format!("{} records", grouped(table.records.read))];
        facts.extend(records(&table.records));
        text.push_str(&format!("{}: {}\n", table.input, dialect(table)));
        text.push_str(&format!("  {}; {}\n", facts.join(", "), layout(table)));
        let width = table
            .columns
            .iter()
            .map(|own| own.name.chars().count())
            .max();
        let width = width.unwrap_or_default().clamp(6, 40);
        text.push_str(&format!(
            "  {:>3} {:width$}  {:<16} {:>6}  {:>14}\n",
            "no", "column", "holds", "filled", "values"
        ));
        for column in &table.columns {
            text.push_str(&line(column, table, width));
            for note in notes(column) {
                text.push_str(&format!("{INDENT}{note}\n"));
            }
            if values {
                text.push_str(&listed(&listing.list(column)));
            }
        }
        if !table.late_members.is_empty() {
            let late = table.late_members.join(", ");
            text.push_str(&format!(
                "  members that come late, and were not looked at: {late}\n"
            ));
        }
        text.push('\n');
    }
    text
}

fn line(column: &Column, table: &Table, width: usize) -> String {
    format!(
        "  {:>3} {:width$}  {:<16} {:>6}  {:>14}\n",
        column.number,
        column.name,
        column.holds.as_str(),
        share(column.filled, table.records.read),
        distinct(column),
    )
}

fn listed(list: &ValueList) -> String {
    let mut text = String::new();
    for own in list.listed.iter().take(MOST_LISTED) {
        let value = own.value.replace(['\n', '\r'], " ");
        text.push_str(&format!("{INDENT}{:>9}  {value}\n", grouped(own.cells)));
    }
    let shown = list.listed.len().min(MOST_LISTED);
    let more = list.listed.len() - shown;
    if more > 0 {
        text.push_str(&format!("{INDENT}and {more} more, which scan.html lists\n"));
    }
    match list.why_none {
        Some(why) => text.push_str(&format!("{INDENT}values are not listed: {why}\n")),
        None if list.hidden_values > 0 => text.push_str(&format!(
            "{INDENT}not listed, as too rare or naming a person: {} in {}\n",
            counted(list.hidden_values, "value"),
            counted(list.hidden_cells, "cell")
        )),
        None => {}
    }
    text
}
