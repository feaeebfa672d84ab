//! What to mend first, and what to look at then.

use serde::Serialize;

use super::overview::{MOST_NAME, capital};
use crate::finding::Severity;
use crate::report::Report;
use crate::report::account::Account;
use crate::report::audience::Audience;
use crate::report::fix_first::FixItem;
use crate::report::numerals::{number, percent, plural};
use crate::report::shown::shown;

/// Things that the sentence above the list speaks of.
const PROMISED: usize = 8;
/// Rules that are looked at then.
const MOST_LOOKS: usize = 8;

#[derive(Debug, Serialize)]
pub(super) struct Fixes {
    promise: String,
    order: String,
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
        let (through, share) = through(last.through, fix.set_aside, audience);
        format!(
            "Mend {things}, and {through} of the {} set aside go through ({share}).",
            number(fix.set_aside)
        )
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
        order: "By the people concerned; an alert whose code is critical or relevant to Awaab's Law (grave) weighs as ten, and one of which no code is known as three. “Go through then” counts what passes once this line and all above it are mended, and nothing else.".to_owned(),
        further: match fix.further {
            0 => String::new(),
            more => format!("{} more, each of less weight: they are in the findings.", number(more)),
        },
    }
}

fn through(through: u64, of: u64, audience: Audience) -> (String, String) {
    let hidden = (1..audience.least()).contains(&through);
    let share = match hidden {
        true => "few".to_owned(),
        false => percent(through, of),
    };
    (audience.count(through), share)
}

fn row(item: &FixItem, account: &Account, audience: Audience) -> Row {
    let several = account.report.landlords.len() > 1;
    let set_aside = account.report.fix_first.set_aside;
    let (through, through_share) = through(item.through, set_aside, audience);
    Row {
        what: what(item, several, audience),
        fix: capital(&item.fix),
        rule: item.rule.to_string(),
        slug: item.slug.to_string(),
        unmapped: match audience.is_others() {
            true => String::new(),
            false => unmapped(item, account),
        },
        alerts: audience.count(item.alerts),
        people: match item.people {
            0 => "not known".to_owned(),
            people => audience.estimate(people, item.people_estimated),
        },
        grave: grave(item, audience),
        first: match audience.is_others() {
            true => String::new(),
            false => shown(&item.first, MOST_NAME),
        },
        through,
        through_share,
    }
}

fn what(item: &FixItem, several: bool, audience: Audience) -> String {
    let value = item.value.as_deref().filter(|_| audience.sees_values());
    let column = shown(&item.column, MOST_NAME);
    let what = match (column.as_str(), item.values, value) {
        ("", _, _) => "Whole records".to_owned(),
        (column, _, _) if item.empty => format!("Empty cells of {column}"),
        (column, 1, Some(value)) => format!("“{}” in {column}", shown(value, MOST_NAME)),
        (column, 1, None) => format!("One value of {column}"),
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

fn grave(item: &FixItem, audience: Audience) -> String {
    let known = item.grave;
    match (known, item.uncoded) {
        (known, 0) => audience.count(known),
        (0, _) => "not known".to_owned(),
        (known, _) => format!("{} or more", audience.count(known)),
    }
}

pub(super) fn looks(report: &Report) -> Vec<Look> {
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
        count: plural(rule.count, "finding"),
    });
    looks.collect()
}
