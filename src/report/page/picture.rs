//! What the data looks like: bars that each stand in their table.

use std::collections::BTreeMap;

use serde::Serialize;

use super::months::{Months, months};
use super::overview::MOST_NAME;
use crate::report::Report;
use crate::report::audience::Audience;
use crate::report::numerals::{estimate, number, percent, plural};
use crate::report::portrait::{CodeInWords, Portrait};
use crate::report::shown::shown;
use crate::report::suppression::hidden;

/// Codes above the fold.
const MOST_CODES: usize = 15;
/// What stands in the place of a count that is not told.
pub(super) const HIDDEN: &str = "not told";

#[derive(Debug, Serialize)]
pub(super) struct Picture {
    intro: String,
    categories: Bars,
    sources: Bars,
    codes: Bars,
    further_codes: Option<Bars>,
    further_label: String,
    months: Months,
    fields: Bars,
}

/// A table with a bar in each row.
#[derive(Debug, Serialize)]
pub(super) struct Bars {
    caption: String,
    what: &'static str,
    of: &'static str,
    rows: Vec<Row>,
    total: Option<String>,
    /// Why there are no rows, where there are none.
    empty: &'static str,
}

#[derive(Debug, Serialize)]
struct Row {
    code: String,
    name: String,
    note: String,
    count: String,
    share: String,
    width: u64,
    kind: &'static str,
}

/// Something that is counted.
pub(super) struct Counted {
    pub code: String,
    pub name: String,
    pub note: String,
    pub count: u64,
    pub is_hidden: bool,
}

impl Counted {
    pub(super) fn new(name: &str, count: u64) -> Counted {
        Counted {
            code: String::new(),
            name: shown(name, MOST_NAME),
            note: String::new(),
            count,
            is_hidden: false,
        }
    }
}

pub(super) fn picture(report: &Report, audience: Audience) -> Option<Picture> {
    let portraits = report.portraits.as_slice();
    let all: u64 = portraits.iter().map(|own| own.alerts).sum();
    if all == 0 || audience.hides(all) {
        return None;
    }
    let least = audience.least();
    let (mut categories, mut codes) = by_code(report, least);
    order(&mut codes);
    let further = codes.split_off(codes.len().min(MOST_CODES));
    // a field or a source that some landlords always fill, and no other, would tell of their alerts
    let tells_of_landlords = least > 0 && {
        let alerts: Vec<u64> = portraits.iter().map(|own| own.alerts).collect();
        hidden(&alerts, least).is_none_or(|hidden| hidden.contains(&true))
    };
    let unless_it_tells = |rows: Vec<Counted>| match tells_of_landlords {
        true => Vec::new(),
        false => rows,
    };
    let bars = |what, caption: &str, rows: Vec<Counted>, total| {
        let caption = caption.to_owned();
        bars(what, caption, rows, all, total)
    };
    order(&mut categories);
    Some(Picture {
        intro: intro(portraits, all, audience),
        categories: bars("Category", "Alerts by category", categories, Some(all)),
        sources: bars(
            "Source",
            "Alerts by source",
            unless_it_tells(by_source(portraits, all, least)),
            Some(all),
        ),
        further_label: plural(further.len() as u64, "more code"),
        further_codes: (!further.is_empty()).then(|| {
            bars(
                "Code",
                "Alerts by code, those that are less frequent",
                further,
                None,
            )
        }),
        codes: bars("Code", "Alerts by code, the most frequent", codes, None),
        months: months(portraits, &report.as_of, all, least),
        fields: bars(
            "Field",
            "Alerts that fill each field of person_alert",
            unless_it_tells(fields(portraits, all, least)),
            None,
        ),
    })
}

fn intro(portraits: &[Portrait], all: u64, audience: Audience) -> String {
    let holds = match audience.is_others() {
        true => format!("The output holds {} alerts.", audience.count(all)),
        false => {
            let people: u64 = portraits.iter().map(|own| own.people).sum();
            let people = match portraits.iter().any(|own| own.people_estimated) {
                true => format!("{} people", estimate(people, true)),
                false if people == 1 => "1 person".to_owned(),
                false => format!("{} people", number(people)),
            };
            let alerts = plural(all, "alert");
            match people.starts_with("about") {
                true => format!("The output holds {alerts}, of {people}."),
                false => format!("The output holds {alerts} about {people}."),
            }
        }
    };
    format!("{holds} These numbers are counted from the output itself.")
}

/// Alerts by category and by code. Of a category that is hidden no code is listed, since each stands for one
/// alert at least.
fn by_code(report: &Report, least: u64) -> (Vec<Counted>, Vec<Counted>) {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (code, count) in report.portraits.iter().flat_map(|own| &own.by_code) {
        *counts.entry(code).or_default() += count;
    }
    let mut categories: Vec<Counted> = Vec::new();
    let mut codes: Vec<(usize, Counted)> = Vec::new();
    for (code, count) in counts {
        let words = report.codes.iter().find(|own| own.code == code);
        let category = words.map_or("Not in the code list", |words| &words.category);
        let known = categories.iter().position(|own| own.name == category);
        let at = known.unwrap_or_else(|| {
            categories.push(Counted::new(category, 0));
            categories.len() - 1
        });
        categories[at].count += count;
        let counted = Counted {
            code: shown(code, MOST_NAME),
            note: words.map_or(String::new(), note),
            ..Counted::new(words.map_or("", |words| &words.name), count)
        };
        codes.push((at, counted));
    }
    let are_told = hide(&mut categories.iter_mut().collect::<Vec<_>>(), least);
    let mut listed = Vec::new();
    for (at, category) in categories.iter().enumerate() {
        let own = codes.extract_if(.., |(own, _)| *own == at);
        let mut own: Vec<Counted> = own.map(|(_, counted)| counted).collect();
        let is_told = are_told && !category.is_hidden;
        if is_told && hide(&mut own.iter_mut().collect::<Vec<_>>(), least) {
            listed.append(&mut own);
        }
    }
    if !are_told {
        categories.clear();
    }
    (categories, listed)
}

fn note(code: &CodeInWords) -> String {
    match (code.critical, code.awaab_relevant) {
        (true, true) => "critical, Awaab's Law".to_owned(),
        (true, false) => "critical".to_owned(),
        (false, true) => "Awaab's Law".to_owned(),
        (false, false) => String::new(),
    }
}

/// Hides what must not be told; returns whether anything may be.
pub(super) fn hide(counted: &mut [&mut Counted], least: u64) -> bool {
    let counts: Vec<u64> = counted.iter().map(|own| own.count).collect();
    let hidden = hidden(&counts, least);
    for (at, own) in counted.iter_mut().enumerate() {
        own.is_hidden = hidden.as_ref().is_none_or(|hidden| hidden[at]);
    }
    hidden.is_some()
}

/// The most frequent first; those that are hidden last and by name, so that their order tells nothing.
fn order(counted: &mut [Counted]) {
    counted.sort_by(|one, other| {
        let key = |own: &Counted| match own.is_hidden {
            true => (true, std::cmp::Reverse(0)),
            false => (false, std::cmp::Reverse(own.count)),
        };
        key(one)
            .cmp(&key(other))
            .then_with(|| (&one.code, &one.name).cmp(&(&other.code, &other.name)))
    });
}

fn by_source(portraits: &[Portrait], all: u64, least: u64) -> Vec<Counted> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (source, count) in portraits.iter().flat_map(|own| &own.by_source) {
        *counts.entry(source).or_default() += count;
    }
    let mut rows: Vec<Counted> = counts
        .iter()
        .map(|(name, count)| Counted::new(name, *count))
        .collect();
    let stated: u64 = counts.values().sum();
    if all > stated {
        rows.push(Counted::new("Not stated", all - stated));
    }
    if !hide(&mut rows.iter_mut().collect::<Vec<_>>(), least) {
        rows.clear();
    }
    order(&mut rows);
    rows
}

fn fields(portraits: &[Portrait], all: u64, least: u64) -> Vec<Counted> {
    let mut rows: Vec<Counted> = Vec::new();
    for (field, count) in portraits.iter().flat_map(|own| own.filled.iter()) {
        match rows.iter_mut().find(|row| row.name == field) {
            Some(row) => row.count += count,
            None => rows.push(Counted::new(field, count)),
        }
    }
    for row in &mut rows {
        let few = 1..least;
        // how many alerts state a source tells of the sources
        let tells_of_others = least > 0 && row.name == "source_type_id";
        row.is_hidden = tells_of_others
            || few.contains(&row.count)
            || few.contains(&(all - row.count.min(all)));
    }
    rows
}

pub(super) fn bars(
    what: &'static str,
    caption: String,
    rows: Vec<Counted>,
    all: u64,
    total: Option<u64>,
) -> Bars {
    let highest = match what {
        "Field" => all,
        _ => rows
            .iter()
            .filter(|row| !row.is_hidden)
            .map(|row| row.count)
            .max()
            .unwrap_or(0),
    };
    let rows = rows.into_iter().map(|row| Row {
        count: match row.is_hidden {
            true => HIDDEN.to_owned(),
            false => number(row.count),
        },
        share: match row.is_hidden {
            true => String::new(),
            false => percent(row.count, all),
        },
        width: match (row.is_hidden, highest) {
            (true, _) | (_, 0) => 0,
            (false, highest) => (row.count * 100).div_ceil(highest),
        },
        code: row.code,
        name: row.name,
        note: row.note,
        kind: "bar",
    });
    Bars {
        caption,
        what,
        of: "Alerts",
        rows: rows.collect(),
        total: total.map(number),
        empty: "Too few alerts to be told apart.",
    }
}
