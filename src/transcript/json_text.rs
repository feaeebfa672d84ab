//! Records as JSON, one a line.

use std::collections::HashSet;
use std::io::Write;

use serde_json::{Map, Value};

use super::output_failed;
use crate::error::{Error, Result};

/// Member that holds the text of a record that is no JSON object.
const UNREADABLE: &str = "pac_unreadable";

/// Names for columns, each of them once: the second `Notes` is `Notes (2)`, and a column without a name
/// has its number.
pub(super) fn names(columns: &[String]) -> Vec<String> {
    let mut taken = HashSet::new();
    let name = |(at, column): (usize, &String)| {
        let own = match column.is_empty() {
            true => (at + 1).to_string(),
            false => column.clone(),
        };
        let others = (2..).map(|number| format!("{own} ({number})"));
        let mut candidates = std::iter::once(own.clone()).chain(others);
        let free = candidates.find(|name| !taken.contains(name)).unwrap_or(own);
        taken.insert(free.clone());
        free
    };
    columns.iter().enumerate().map(name).collect()
}

/// Writes a record of cells; those beyond the last name are named by their numbers.
pub(super) fn object<'c>(
    out: &mut dyn Write,
    names: &[String],
    cells: impl Iterator<Item = &'c str>,
) -> Result<()> {
    let mut members = Map::new();
    for (at, cell) in cells.enumerate() {
        let name = names.get(at).cloned();
        let name = name.unwrap_or_else(|| format!("column {}", at + 1));
        members.insert(name, Value::from(cell));
    }
    line(out, &Value::Object(members).to_string())
}

/// Writes a JSON text without the white space between its parts, and otherwise as it is written.
pub(super) fn on_one_line(out: &mut dyn Write, text: &str) -> Result<()> {
    let (mut quoted, mut escaped) = (false, false);
    let kept = text.chars().filter(|c| {
        let keep = quoted || !c.is_ascii_whitespace();
        quoted ^= *c == '"' && !escaped;
        escaped = quoted && *c == '\\' && !escaped;
        keep
    });
    line(out, &kept.collect::<String>())
}

/// Writes what is no JSON object.
pub(super) fn unreadable(out: &mut dyn Write, text: &str) -> Result<()> {
    object(out, &[UNREADABLE.to_owned()], std::iter::once(text))
}

/// The name by which a reader is asked for a member of the record itself.
pub(super) fn pointer_to(member: &str) -> String {
    match member.starts_with('/') {
        true => format!("/{}", member.replace('~', "~0").replace('/', "~1")),
        false => member.to_owned(),
    }
}

fn line(out: &mut dyn Write, text: &str) -> Result<()> {
    let written = out.write_all(text.as_bytes());
    let ended = written.and_then(|()| out.write_all(b"\n"));
    ended.map_err(|error| -> Error { output_failed(&error) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let columns = ["Notes", "", "Notes", "Notes (2)", "2"].map(str::to_owned);
        assert_eq!(
            names(&columns),
            ["Notes", "2", "Notes (2)", "Notes (2) (2)", "2 (2)"]
        );
    }

    #[test]
    fn only_white_space_between_parts_is_left_out() {
        let mut out = Vec::new();
        on_one_line(&mut out, "{ \"a b\" :\n [1.50, \"\\\" c\\\\\" ] }").unwrap();
        assert_eq!(out, b"{\"a b\":[1.50,\"\\\" c\\\\\"]}\n");
    }
}
