//! The months in which alerts start, as columns with their table.

use serde::Serialize;

use super::picture::{Bars, Counted, bars, hide};
use crate::report::numerals::{number, plural};
use crate::report::portrait::Portrait;

/// Months that are shown apart.
const MOST_MONTHS: usize = 36;

#[derive(Debug, Serialize)]
pub(super) struct Months {
    label: String,
    highest: String,
    note: String,
    columns: Vec<Column>,
    table: Bars,
}

#[derive(Debug, Serialize)]
struct Column {
    x: u64,
    y: u64,
    width: u64,
    height: u64,
    label: String,
}

/// The last months up to that of the run, each with its alerts; what is earlier or later is counted together.
pub(super) fn months(portraits: &[Portrait], as_of: &str, all: u64, least: u64) -> Months {
    let last = as_of.get(..7).unwrap_or_default();
    let names: Vec<String> = std::iter::successors(Some(last.to_owned()), |month| before(month))
        .take(MOST_MONTHS)
        .collect();
    let mut rows: Vec<Counted> = names
        .iter()
        .rev()
        .map(|name| Counted::new(name, 0))
        .collect();
    let (mut earlier, mut later) = (Counted::new("earlier", 0), Counted::new("later", 0));
    let first = names.last().map_or("", String::as_str);
    for (month, count) in portraits.iter().flat_map(|own| &own.by_month) {
        let row = match month.as_str() {
            month if month < first => &mut earlier,
            month if month > last => &mut later,
            month => rows
                .iter_mut()
                .find(|row| row.name == month)
                .unwrap_or(&mut later),
        };
        row.count += count;
    }
    let note = note_of_months(&earlier, &later, all, least);
    let mut counted: Vec<&mut Counted> = std::iter::once(&mut earlier)
        .chain(&mut rows)
        .chain(std::iter::once(&mut later))
        .collect();
    let are_told = hide(&mut counted, least);
    let highest = rows
        .iter()
        .filter(|row| !row.is_hidden)
        .map(|row| row.count)
        .max()
        .unwrap_or(0);
    let columns = match highest {
        0 => Vec::new(),
        highest => columns(&rows, highest),
    };
    let table = std::iter::once(earlier)
        .chain(rows)
        .chain(std::iter::once(later));
    let table: Vec<Counted> = table.filter(|_| are_told).collect();
    Months {
        label: format!(
            "columns: alerts by month of start, from {first} to {last}; the table below has the numbers"
        ),
        highest: format!("highest month: {}", number(highest)),
        note,
        columns,
        table: bars(
            "Month",
            "Alerts by month of start".to_owned(),
            table,
            all,
            Some(all),
        ),
    }
}

fn note_of_months(earlier: &Counted, later: &Counted, all: u64, least: u64) -> String {
    match least {
        0 => format!(
            "{} of {} start earlier, and {} after the month of the run.",
            number(earlier.count),
            plural(all, "alert"),
            number(later.count)
        ),
        _ => "Months of which the count is not told have no column.".to_owned(),
    }
}

fn columns(rows: &[Counted], highest: u64) -> Vec<Column> {
    const STEP: u64 = 1000 / MOST_MONTHS as u64;
    const BASE: u64 = 190;
    const TALLEST: u64 = 165;
    let columns = rows.iter().enumerate().map(|(at, row)| {
        let height = match (row.is_hidden, highest) {
            (true, _) | (_, 0) => 0,
            (false, highest) => (row.count * TALLEST).div_ceil(highest),
        };
        Column {
            x: at as u64 * STEP + 2,
            y: BASE - height,
            width: STEP - 4,
            height,
            label: match row.name.ends_with("-01") {
                true => row.name.get(..4).unwrap_or_default().to_owned(),
                false => String::new(),
            },
        }
    });
    columns.collect()
}

/// The month before one such as `2024-05`.
fn before(month: &str) -> Option<String> {
    let (year, number) = month.split_once('-')?;
    let (year, number): (i32, u32) = (year.parse().ok()?, number.parse().ok()?);
    match number {
        1 => Some(format!("{:04}-12", year - 1)),
        number => Some(format!("{year:04}-{:02}", number - 1)),
    }
}
