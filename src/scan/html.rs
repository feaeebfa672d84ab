//! A scan as a page that any browser shows, without scripts and without anything from elsewhere.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value, context};
use serde::Serialize;

use super::description::{counted, dialect, distinct, grouped, layout, notes, records, share};
use super::privacy::Listing;
use super::{Column, Table};
use crate::error::{Error, Result};

const PAGE: &str = include_str!("page.html");

#[derive(Serialize)]
struct TablePart {
    id: String,
    title: String,
    dialect: String,
    records: String,
    others: Vec<String>,
    layout: String,
    columns: Vec<ColumnPart>,
    late_members: Vec<String>,
}

#[derive(Serialize)]
struct ColumnPart {
    number: usize,
    name: String,
    holds: &'static str,
    filled: String,
    filled_percent: u64,
    distinct: String,
    notes: Vec<String>,
    values: Vec<ValuePart>,
    why_none: Option<&'static str>,
    hidden: Option<String>,
    more_than_counted: bool,
}

#[derive(Serialize)]
struct ValuePart {
    value: String,
    cells: String,
    share: u64,
}

/// The scan as a page.
///
/// # Errors
/// A bug of ours.
pub fn html(tables: &[Table], listing: Listing) -> Result<String> {
    let bug = |error: minijinja::Error| Error::Internal(format!("scan.html: {error:#}"));
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true);
    environment.set_syntax(syntax.build().map_err(bug)?);
    environment.add_template("page.html", PAGE).map_err(bug)?;
    let parts: Vec<TablePart> = tables
        .iter()
        .enumerate()
        .map(|(at, own)| part(own, at, listing))
        .collect();
    let template = environment.get_template("page.html").map_err(bug)?;
    let page = template.render(context! {
        tables => Value::from(Serde(&parts)),
        threshold => listing.threshold,
        show_values => listing.show_values,
        version => env!("CARGO_PKG_VERSION"),
    });
    page.map_err(bug)
}

fn part(table: &Table, at: usize, listing: Listing) -> TablePart {
    let place = table.dialect.records.as_ref().map(|path| path.as_str());
    let place = place.or(table.sheet.as_deref());
    TablePart {
        id: format!("table-{}", at + 1),
        title: match place {
            Some(place) => format!("{}: {place}", table.input),
            None => table.input.clone(),
        },
        dialect: dialect(table),
        records: grouped(table.records.read),
        others: records(&table.records),
        layout: layout(table),
        columns: table
            .columns
            .iter()
            .map(|own| column(own, table, listing))
            .collect(),
        late_members: table.late_members.clone(),
    }
}

fn column(column: &Column, table: &Table, listing: Listing) -> ColumnPart {
    let list = listing.list(column);
    let hidden = list.hidden_values > 0 && list.why_none.is_none();
    ColumnPart {
        number: column.number,
        name: column.name.clone(),
        holds: column.holds.as_str(),
        filled: share(column.filled, table.records.read),
        filled_percent: (column.filled * 100)
            .checked_div(table.records.read)
            .unwrap_or_default(),
        distinct: distinct(column),
        notes: notes(column),
        values: list
            .listed
            .iter()
            .map(|own| ValuePart {
                value: own.value.clone(),
                cells: grouped(own.cells),
                share: (own.cells * 100)
                    .checked_div(column.filled)
                    .unwrap_or_default(),
            })
            .collect(),
        why_none: list.why_none,
        hidden: hidden.then(|| {
            format!(
                "too rare, or naming a person: {} in {}",
                counted(list.hidden_values, "value"),
                counted(list.hidden_cells, "cell")
            )
        }),
        more_than_counted: list.more_than_counted,
    }
}
