//! Formats for the dates of columns, with the order of day and month as far as it is proven.

use super::columns::DraftColumn;
use super::fitness::is_day_numbers;
use crate::cell::date_order::{DateOrder, OrderEvidence};
use crate::scan::mirrored;

/// The formats of one column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ColumnFormats {
    /// As a profile lists them; none where all dates are read without.
    pub formats: Vec<String>,
    /// What there is to say of the order of day and month; empty where nothing is.
    pub said: String,
    /// Whether some cells have no time of day, and are not written as ISO 8601.
    pub lacks_time: bool,
}

/// The formats that a column needs; `all` is what all dates of the export say of the order.
pub(super) fn of_column(column: &DraftColumn<'_>, all: &OrderEvidence) -> ColumnFormats {
    let mut found = ColumnFormats::default();
    let own = column.order();
    let ordered = |format: &str| mirrored(format) != format;
    for (format, _) in column.formats() {
        if is_iso(&format) {
            continue;
        }
        found.lacks_time |= !format.contains("HH");
        if !ordered(&format) {
            found.formats.push(format);
            continue;
        }
        let (orders, said) = orders(&own, all);
        found.said = said;
        for order in orders {
            found.formats.push(match order {
                DateOrder::DayMonth => format.clone(),
                DateOrder::MonthDay => mirrored(&format),
            });
        }
    }
    if column.day_numbers() > 0
        && (!found.formats.is_empty()
            || is_day_numbers(column)
            || column.formats().iter().any(|(own, _)| is_iso(own)))
    {
        found.formats.push("excel".to_owned());
    }
    found
}

/// The orders that a column may be written in, and how that is known.
fn orders(own: &OrderEvidence, all: &OrderEvidence) -> (Vec<DateOrder>, String) {
    let both = vec![DateOrder::DayMonth, DateOrder::MonthDay];
    if own.contradicts_itself() {
        let said = "both orders of day and month occur; what could be either is for review";
        return (both, said.to_owned());
    }
    if let Some(order) = own.proven() {
        let cells = own.day_month.max(own.month_day);
        return (
            vec![order],
            format!("{}, proven by {cells} of its cells", said(order)),
        );
    }
    match all.proven() {
        Some(order) => (
            vec![order],
            format!("{}, which other columns of the export prove and this one does not; check it", said(order)),
        ),
        None => (
            both,
            "nothing proves the order of day and month, so what could be either is for review; if you know it, delete the other format".to_owned(),
        ),
    }
}

fn said(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayMonth => "day before month",
        DateOrder::MonthDay => "month before day",
    }
}

/// Whether dates of a format are read without it.
fn is_iso(format: &str) -> bool {
    format.starts_with("yyyy-mm-dd")
}
