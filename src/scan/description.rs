//! What there is to say about a table and its columns, in words.

use super::column::{Column, Holds, Unique};
use super::{Records, Table};
use crate::cell::date_order::OrderEvidence;
use crate::text_scan::Kind;

/// What a person is called by, or reached at, and how it is named.
pub(super) fn identifier(kind: Kind) -> &'static str {
    match kind {
        Kind::NhsNumber => "NHS number",
        Kind::NationalInsurance => "National Insurance number",
        Kind::AccessCode => "code to a home",
        Kind::BirthDate => "date of birth",
        Kind::Phone => "telephone number",
        Kind::Email => "e-mail address",
        Kind::Postcode => "postcode",
        Kind::Surname => "name",
        Kind::Offence => "word about an offence",
        Kind::JusticeBody => "body that deals with offenders",
        Kind::Health => "word about health",
        Kind::OwnCode => "own code",
    }
}

/// How a table is written, in one line.
pub(super) fn dialect(table: &Table) -> String {
    let dialect = &table.dialect;
    let mut words = vec![dialect.format.as_str().to_owned()];
    if let Some(sheet) = &table.sheet {
        words.push(format!("sheet {sheet}"));
    }
    if let Some(path) = &dialect.records {
        words.push(format!("records at {}", path.as_str()));
    }
    if dialect.format == crate::dialect::Format::Csv {
        let delimiter = match dialect.delimiter {
            b'\t' => "tab".to_owned(),
            other => char::from(other).to_string(),
        };
        words.push(format!("separated by {delimiter}"));
        if dialect.quote.is_none() {
            words.push("no quotes".to_owned());
        }
    }
    match dialect.encoding {
        Some(encoding) if table.sheet.is_none() => words.push(encoding.as_str().to_owned()),
        _ => {}
    }
    if dialect.bom {
        words.push("byte order mark".to_owned());
    }
    if dialect.gzip {
        words.push("gzip".to_owned());
    }
    if let Some(line) = dialect.header_line.filter(|line| *line > 1) {
        words.push(format!("header on line {line}"));
    }
    words.join(", ")
}

/// What became of the records that are none, each in a few words.
pub(super) fn records(records: &Records) -> Vec<String> {
    let counts = [
        (
            records.unreadable,
            "unreadable record",
            "unreadable records",
        ),
        (
            records.preamble_lines,
            "line above the header",
            "lines above the header",
        ),
        (records.footers, "footer", "footers"),
        (
            records.repeated_headers,
            "repeated header",
            "repeated headers",
        ),
        (records.padding, "line of padding", "lines of padding"),
        (records.stray_quotes, "stray quote", "stray quotes"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let mut told: Vec<String> = counts
        .map(|(count, one, many)| {
            format!("{} {}", grouped(count), if count == 1 { one } else { many })
        })
        .collect();
    if records.cut_off {
        told.push("ends in the middle of a record".to_owned());
    }
    told
}

/// What the table looks like as a whole.
pub(super) fn layout(table: &Table) -> String {
    let flags = table.flags();
    match flags.len() {
        0..=2 if table.holds_others => {
            "its objects hold arrays of further objects, which are tables of their own".to_owned()
        }
        0..=2 => "probably one alert a record".to_owned(),
        many => format!("probably wide: {many} columns hold words for yes and no"),
    }
}

/// What there is to say of a column beyond its numbers.
pub(super) fn notes(column: &Column) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some((shape, cells)) = column
        .shape
        .as_ref()
        .filter(|_| column.holds == Holds::Keys)
    {
        notes.push(format!(
            "most are built as {shape} ({})",
            share(*cells, column.filled)
        ));
    }
    match column.unique {
        Unique::Yes if column.filled > 1 => notes.push("each value once".to_owned()),
        Unique::Probably => notes.push("probably each value once".to_owned()),
        _ => {}
    }
    if column.dense == Some(true) && column.holds == Holds::Keys {
        notes.push("numbers without large gaps".to_owned());
    }
    notes.extend(dates(column));
    notes.extend(flags(column));
    if let Some(several) = &column.several {
        let separators: Vec<&str> = several.separators.iter().map(|own| visible(own)).collect();
        notes.push(format!(
            "several values, separated by {}: {}; {} different ones",
            separators.join(" or "),
            cells(several.cells),
            several.parts
        ));
    }
    if column.says_nothing > 0 {
        notes.push(format!(
            "a word that says nothing, such as NULL or n/a: {}",
            cells(column.says_nothing)
        ));
    }
    for (kind, count) in &column.identifiers {
        notes.push(format!("{}: {}", identifier(*kind), cells(*count)));
    }
    let damage = &column.damage;
    let spoilt = [
        (damage.formula_errors, "the error of a formula"),
        (
            damage.rounded_numbers,
            "a number that a spreadsheet has rounded",
        ),
        (
            damage.codes_as_dates,
            "perhaps a code of which a spreadsheet made a day, such as 20-Oct",
        ),
        (damage.lost_zeros, "leading zeros lost, perhaps"),
        (damage.mojibake, "text in the wrong encoding"),
        (
            damage.cut_off,
            "text as long as a cell can be, and perhaps cut off",
        ),
    ];
    let spoilt = spoilt.into_iter().filter(|(count, _)| *count > 0);
    notes.extend(spoilt.map(|(count, what)| format!("{what}: {}", cells(count))));
    notes
}

fn dates(column: &Column) -> Vec<String> {
    let mut notes = Vec::new();
    let tally = &column.dates;
    let is_date = matches!(column.holds, Holds::Dates | Holds::Timestamps);
    if is_date {
        let formats: Vec<String> = column
            .date_formats()
            .iter()
            .map(|(format, count)| format!("{format} ({})", grouped(*count)))
            .collect();
        notes.push(format!("written {}", formats.join(", ")));
        notes.extend(order(&tally.order));
        match tally.years {
            Some((first, last)) if first == last => notes.push(format!("year {first}")),
            Some((first, last)) => notes.push(format!("years {first} to {last}")),
            None => {}
        }
        if tally.impossible > 0 {
            notes.push(format!(
                "written as dates that there are not: {}",
                cells(tally.impossible)
            ));
        }
    }
    let numbers = column.holds == Holds::Numbers && tally.serials * 5 > column.filled * 4;
    if is_date || numbers {
        if tally.serials > 0 {
            notes.push(format!(
                "perhaps day numbers of a spreadsheet: {}",
                cells(tally.serials)
            ));
        }
        for (value, count) in &tally.sentinels {
            notes.push(format!(
                "{value}, which may stand for no date: {}",
                cells(*count)
            ));
        }
    }
    if tally.compact > 0 && tally.compact * 5 > column.filled * 4 {
        notes.push(format!(
            "perhaps dates as yyyymmdd: {}",
            cells(tally.compact)
        ));
    }
    notes
}

fn order(order: &OrderEvidence) -> Option<String> {
    let (day, month) = (grouped(order.day_month), grouped(order.month_day));
    let open = match order.ambiguous {
        0 => String::new(),
        count => format!("; could be read either way: {}", cells(count)),
    };
    match (order.day_month, order.month_day) {
        (0, 0) if order.ambiguous == 0 => None,
        (0, 0) => Some(format!("nothing proves the order of day and month{open}")),
        (_, 0) => Some(format!("day before month, proven by {day}{open}")),
        (0, _) => Some(format!("month before day, proven by {month}{open}")),
        _ => Some(format!(
            "both orders occur: day first in {day}, month first in {month}{open}"
        )),
    }
}

fn flags(column: &Column) -> Vec<String> {
    if column.holds != Holds::Flags {
        return Vec::new();
    }
    let words: Vec<String> = column
        .flag_words
        .iter()
        .map(|(word, meaning, count)| {
            let meaning = meaning.as_str().replace('_', " ");
            format!("{word} = {meaning} ({})", grouped(*count))
        })
        .collect();
    let mut notes = vec![words.join(", ")];
    if column.flag_strangers > 0 {
        notes.push(format!("other words: {}", cells(column.flag_strangers)));
    }
    notes
}

/// A separator as it can be seen.
fn visible(separator: &str) -> &str {
    match separator {
        "\n" => "a line end",
        other => other,
    }
}

/// How many values a column has, in words.
pub(super) fn distinct(column: &Column) -> String {
    match column.distinct.exact {
        true => grouped(column.distinct.values),
        false => format!("about {}", grouped(column.distinct.values)),
    }
}

/// A share in percent, which is 0 and 100 only where nothing or everything is meant.
pub(super) fn share(part: u64, whole: u64) -> String {
    let percent = match (part * 100).checked_div(whole) {
        None => 0,
        Some(0) if part > 0 => return "< 1 %".to_owned(),
        Some(percent) => percent,
    };
    format!("{percent} %")
}

fn cells(count: u64) -> String {
    counted(count, "cell")
}

/// A number of things, of which there may be one.
pub(super) fn counted(count: u64, thing: &str) -> String {
    match count {
        1 => format!("1 {thing}"),
        count => format!("{} {thing}s", grouped(count)),
    }
}

/// A number with its thousands apart.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
