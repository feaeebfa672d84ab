//! Lines below a table that say something about it, such as `-- 6 rows exported --`.

use super::decode::DecodedChunk;
use super::{Table, cells_of};

/// How many records at the end of an input may be footers without being declared.
const MOST: usize = 4;
/// Words of a line beyond which it is taken for no footer.
const MOST_WORDS: usize = 12;

const UNITS: &[&str] = &[
    "row",
    "rows",
    "row(s)",
    "record",
    "records",
    "record(s)",
    "line",
    "lines",
    "line(s)",
    "item",
    "items",
    "entries",
];
const TOTALS: &[&str] = &["total", "totals", "count", "rows", "records", "lines"];
const THINGS: &[&str] = &[
    "report", "file", "data", "export", "extract", "list", "listing", "output", "results",
    "records", "table",
];

/// The footers at the end of an input, behind which no other record comes: the place of each, and how
/// many rows it states. They have one cell with text where the table has several columns, and read
/// like nothing else.
pub(super) fn at_the_end(text: &DecodedChunk, table: &Table) -> Vec<(usize, Option<u64>)> {
    let mut found = Vec::new();
    let count = text.cuts.len();
    for index in (count.saturating_sub(MOST)..count).rev() {
        let (_, record) = text.record(index);
        if table.passes_over(record).is_some() {
            continue;
        }
        if !is_footer(record, table) {
            break;
        }
        found.push((index, stated_rows(record)));
    }
    found
}

fn is_footer(record: &str, table: &Table) -> bool {
    // a footer is a short line, and no other is worth the splitting
    if table.width < 2 || record.len() > 200 {
        return false;
    }
    let (cells, _) = cells_of(record.as_bytes(), None, table.separators);
    match cells.split_first() {
        Some((first, rest)) => rest.iter().all(String::is_empty) && reads_like_a_footer(first),
        None => false,
    }
}

fn reads_like_a_footer(line: &str) -> bool {
    let words = words(line);
    if words.is_empty() || words.len() > MOST_WORDS {
        return false;
    }
    let is = |at: usize, list: &[&str]| {
        words
            .get(at)
            .is_some_and(|word| list.contains(&word.as_str()))
    };
    let ends = is(0, &["end"]) && is(1, &["of"]) && (2..words.len()).any(|at| is(at, THINGS));
    let completed = is(0, &["completion"]) && is(1, &["time"]);
    ends || completed || stated_rows(line).is_some()
}

/// How many rows a line says that there are: the number in front of a word for rows, or behind one for
/// a total.
pub(super) fn stated_rows(line: &str) -> Option<u64> {
    let words = words(line);
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
    let is = |at: usize, list: &[&str]| {
        words
            .get(at)
            .is_some_and(|word| list.contains(&word.as_str()))
    };
    let counted = (1..words.len())
        .filter(|at| is(*at, UNITS))
        .find_map(|at| number(at - 1));
    let total = || {
        let led = is(0, TOTALS);
        let behind = (1..words.len()).find_map(number);
        behind.filter(|_| led && words.len() <= 5)
    };
    counted.or_else(total)
}

/// The words of a line in lower case, without the signs around them; thousands are joined.
fn words(line: &str) -> Vec<String> {
    let bare = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
        let word = match word.contains('(') {
            true => word,
            false => word.trim_end_matches(')'),
        };
        let number = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == ',');
        if number {
            word.replace(',', "")
        } else {
            word.to_lowercase()
        }
    };
    let parts = line.split(|c: char| c.is_whitespace() || matches!(c, ':' | '='));
    parts.map(bare).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footers_read_like_footers() {
        for (line, rows) in [
            ("-- 6 rows exported by HSGBATCH --", Some(6)),
            ("(6 rows affected)", Some(6)),
            ("(1 row(s) affected)", Some(1)),
            ("Total: 6", Some(6)),
            ("Total records = 1,204", Some(1204)),
            ("*** End of Report ***", None),
            ("End of the export file", None),
            ("Completion time: 2024-05-01T10:00:00", None),
            ("Rows:12", Some(12)),
        ] {
            assert!(reads_like_a_footer(line), "{line}");
            assert_eq!(stated_rows(line), rows, "{line}");
        }
    }

    #[test]
    fn other_lines_do_not() {
        for line in [
            "",
            "dog on premises",
            "A1034",
            "40129",
            "End of tenancy",
            "Total hearing loss",
            "two rows of houses",
            "--",
            "confidential",
        ] {
            assert!(!reads_like_a_footer(line), "{line}");
        }
    }
}
