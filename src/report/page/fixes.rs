//! What to mend first, and what to look at then.

use serde::Serialize;

use super::overview::{MOST_NAME, capital};
use crate::finding::Severity;
use crate::report::Report;
use crate::report::account::Account;
use crate::report::audience::Audience;
use crate::report::finding_counts::is_cell;
use crate::report::fix_first::FixItem;
use crate::report::numerals::{estimate, number, percent, plural};
use crate::report::shown::shown;

/// Things that the sentence above the list speaks of.
const PROMISED: usize = 8;
/// Rules that are looked at then.
const MOST_LOOKS: usize = 8;

#[derive(Debug, Serialize)]
pub(super) struct Fixes {
    promise: String,
    order: &'static str,
    rows: Vec<Row>,
    more: Vec<Row>,
    more_label: String,
    further: String,
}

#[derive(Debug, Serialize)]
struct Row {
    what: String,
    fix: String,
    rule: String,
    slug: String,
    unmapped: String,
    alerts: String,
    people: String,
    grave: String,
    first: String,
    through: String,
    through_share: String,
}

/// A rule that rejects nothing by itself.
#[derive(Debug, Serialize)]
pub(super) struct Look {
    rule: String,
    severity: Severity,
    says: String,
    fix: String,
    count: String,
}

pub(super) fn fixes(account: &Account, audience: Audience) -> Fixes {
    let fix = &account.report.fix_first;
    let promised = &fix.items[..fix.items.len().min(PROMISED)];
    let promise = promised.last().map_or(String::new(), |last| {
        let things = match promised {
            [_] => "this".to_owned(),
            several => format!("these {}", several.len()),
        };
        match audience.is_others() {
            true => share_for_others(last.through, fix.set_aside, audience)
                .map_or(String::new(), |share| {
                    format!("Mend {things}, and {share} of what is set aside goes through.")
                }),
            false => format!(
                "Mend {things}, and {} of the {} set aside go through ({}).",
                number(last.through),
                number(fix.set_aside),
                percent(last.through, fix.set_aside)
            ),
        }
    });
    let rows = |items: &[FixItem]| -> Vec<Row> {
        items
            .iter()
            .map(|item| row(item, account, audience))
            .collect()
    };
    let more = rows(&fix.items[promised.len()..]);
    Fixes {
        promise,
        more_label: format!("{} to mend then", plural(more.len() as u64, "thing")),
        more,
        rows: rows(promised),
        order: match audience.is_others() {
            true => {
                "By the people concerned; an alert whose code is critical or relevant to Awaab's Law weighs as ten, and one of which no code is known as three."
            }
            false => {
                "By the people concerned; an alert whose code is critical or relevant to Awaab's Law (grave) weighs as ten, and one of which no code is known as three. “Go through then” counts what passes once this line and all above it are mended, and nothing else. A place such as alerts.csv:17 C16 is line 17 of that file, and cell C16 when a spreadsheet has it open."
            }
        },
        further: match fix.further {
            0 => String::new(),
            more => format!(
                "{} more, each of less weight: they are in the findings.",
                number(more)
            ),
        },
    }
}

/// A share in whole percent, where neither the part nor the rest is small.
fn share_for_others(part: u64, of: u64, audience: Audience) -> Option<String> {
    let untold = [part, of, of.saturating_sub(part)];
    let untold = untold.into_iter().any(|count| audience.hides(count));
    (!untold && of > 0).then(|| format!("{} %", part * 100 / of))
}

fn row(item: &FixItem, account: &Account, audience: Audience) -> Row {
    let several = account.report.landlords.len() > 1;
    let set_aside = account.report.fix_first.set_aside;
    let told = |count: String| match audience.is_others() {
        true => String::new(),
        false => count,
    };
    Row {
        what: what(item, several, audience),
        fix: capital(&item.fix),
        rule: item.rule.to_string(),
        slug: item.slug.to_string(),
        unmapped: told(unmapped(item, account)),
        alerts: told(number(item.alerts)),
        people: told(match item.people {
            0 => "not known".to_owned(),
            people => estimate(people, item.people_estimated),
        }),
        grave: told(grave(item)),
        first: told(shown(&item.first, MOST_NAME)),
        through: told(number(item.through)),
        through_share: told(percent(item.through, set_aside)),
    }
}

fn what(item: &FixItem, several: bool, audience: Audience) -> String {
    let value = item.value.as_deref().filter(|_| audience.sees_values());
    let column = shown(&item.column, MOST_NAME);
    let what = match (column.as_str(), item.values, value) {
        ("", _, _) => "Whole records".to_owned(),
        (column, _, _) if item.empty => format!("Empty cells of {column}"),
        (column, _, _) if audience.is_others() => format!("Values of {column}"),
        (column, 1, Some(value)) => format!("“{}” in {column}", shown(value, MOST_NAME)),
        (column, 1, None) => match item.first.rsplit_once(' ') {
            Some((_, cell)) if is_cell(cell) => {
                format!("The value of {column} that stands in cell {cell}")
            }
            _ => format!("One value of {column}"),
        },
        (column, values, _) => format!("{} of {column}", plural(values, "value")),
    };
    match several {
        true => format!("{what} ({})", item.landlord),
        false => what,
    }
}

/// Where the value stands among those without a code.
fn unmapped(item: &FixItem, account: &Account) -> String {
    let place = item
        .first
        .rsplit_once(':')
        .map_or(&*item.first, |(file, _)| file);
    let first_seen = format!("{place} record {}", item.record);
    let row = account
        .unmapped
        .iter()
        .find(|row| row.cell("first_seen") == first_seen && row.cell("column") == item.column);
    match row.filter(|_| item.values == 1) {
        Some(row) => format!("{} line {}", row.file, row.line),
        None => String::new(),
    }
}

fn grave(item: &FixItem) -> String {
    match (item.grave, item.uncoded) {
        (known, 0) => number(known),
        (0, _) => "not known".to_owned(),
        (known, _) => format!("{} or more", number(known)),
    }
}

pub(super) fn looks(report: &Report, audience: Audience) -> Vec<Look> {
    let listed = |rule: &str| report.fix_first.items.iter().any(|own| own.rule == rule);
    let rules = report.findings.gravest_first().into_iter();
    let rules = rules.filter(|rule| match rule.severity {
        Severity::Error => report.fix_first.further == 0 && !listed(&rule.rule),
        severity => severity == Severity::Warning,
    });
    let looks = rules.take(MOST_LOOKS).map(|rule| Look {
        rule: rule.rule.to_string(),
        severity: rule.severity,
        says: rule.says.to_string(),
        fix: capital(&rule.fix),
        count: match audience.is_others() {
            true => String::new(),
            false => format!("{}: ", plural(rule.count, "finding")),
        },
    });
    looks.collect()
}
