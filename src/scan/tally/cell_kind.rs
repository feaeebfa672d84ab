//! What one cell looks like, whatever its column.

use crate::cell::spreadsheet;

/// Cells that say nothing, in any case.
const NOTHING: [&str; 9] = [
    "null", "(null)", "n/a", "na", "-", "--", ".", "nan", "<null>",
];

/// What a cell looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::scan) enum CellKind {
    /// A word that says that there is nothing, such as `NULL`.
    Nothing,
    /// The error of a formula.
    SpreadsheetError,
    /// A whole number.
    Integer,
    /// A number with decimals or separators.
    Decimal,
    /// A number that a spreadsheet has rounded, such as `1.00023E+11`.
    Rounded,
    /// A GUID.
    Guid,
    /// A date, with or without a time of day.
    Date,
    /// `20-Oct`: a day without a year, which a spreadsheet may have made of a code.
    DayMonth,
    /// JSON.
    Json,
    /// Anything else.
    Text,
}

impl CellKind {
    /// All of them.
    pub(in crate::scan) const ALL: [CellKind; 10] = [
        CellKind::Nothing,
        CellKind::SpreadsheetError,
        CellKind::Integer,
        CellKind::Decimal,
        CellKind::Rounded,
        CellKind::Guid,
        CellKind::Date,
        CellKind::DayMonth,
        CellKind::Json,
        CellKind::Text,
    ];

    /// The word for it in the scan.
    pub(in crate::scan) fn as_str(self) -> &'static str {
        match self {
            CellKind::Nothing => "says nothing",
            CellKind::SpreadsheetError => "error of a formula",
            CellKind::Integer => "whole number",
            CellKind::Decimal => "number",
            CellKind::Rounded => "rounded number",
            CellKind::Guid => "GUID",
            CellKind::Date => "date",
            CellKind::DayMonth => "day without year",
            CellKind::Json => "JSON",
            CellKind::Text => "text",
        }
    }

    /// What a cell is that is not empty and no date.
    pub(super) fn of(cell: &str) -> CellKind {
        let bytes = cell.as_bytes();
        if NOTHING.iter().any(|word| word.eq_ignore_ascii_case(cell)) {
            return CellKind::Nothing;
        }
        match bytes.first() {
            Some(b'#') if spreadsheet::is_error(cell) => return CellKind::SpreadsheetError,
            Some(b'{' | b'[') if is_json(cell) => return CellKind::Json,
            _ => {}
        }
        if is_guid(cell) {
            return CellKind::Guid;
        }
        if is_day_month(cell) {
            return CellKind::DayMonth;
        }
        number(cell).unwrap_or(CellKind::Text)
    }
}

fn number(cell: &str) -> Option<CellKind> {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    if !digits.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(CellKind::Integer);
    }
    if let Some((mantissa, exponent)) = digits.split_once(['E', 'e']) {
        let power = exponent.strip_prefix('+')?;
        let numeric = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',')
        };
        let rounded = numeric(mantissa) && !power.is_empty() && numeric(power);
        return rounded.then_some(CellKind::Rounded);
    }
    let numeric = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    let separators = digits.bytes().filter(|byte| !byte.is_ascii_digit()).count();
    let ends = digits.as_bytes().last().is_some_and(u8::is_ascii_digit);
    (digits.bytes().all(numeric) && separators <= 3 && ends).then_some(CellKind::Decimal)
}

fn is_guid(cell: &str) -> bool {
    let bare = cell
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let bare = bare.unwrap_or(cell).as_bytes();
    bare.len() == 36
        && bare.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// `20-Oct` or `Oct-20`, as a spreadsheet shows a code that it took for a date.
fn is_day_month(cell: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let Some((one, other)) = cell.split_once('-') else {
        return false;
    };
    let is_month = |text: &str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(text));
    let is_day =
        |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
    is_day(one) && is_month(other)
}

fn is_json(cell: &str) -> bool {
    let closed = cell.ends_with('}') || cell.ends_with(']');
    closed && serde_json::from_str::<serde::de::IgnoredAny>(cell).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_of_one_kind() {
        let cases = [
            ("NULL", CellKind::Nothing),
            ("#REF!", CellKind::SpreadsheetError),
            ("0042", CellKind::Integer),
            ("-1", CellKind::Integer),
            ("1,250", CellKind::Decimal),
            ("12.50", CellKind::Decimal),
            ("1.00023E+11", CellKind::Rounded),
            ("{0C7A1D9E-3F52-4B8E-8A55-1F2E3D4C5B01}", CellKind::Guid),
            ("20-Oct", CellKind::DayMonth),
            ("[1, 2]", CellKind::Json),
            ("10-10", CellKind::Text),
            ("1E5X", CellKind::Text),
            ("12.", CellKind::Text),
            ("None", CellKind::Text),
        ];
        for (cell, kind) in cases {
            assert_eq!(CellKind::of(cell), kind, "{cell}");
        }
    }
}
