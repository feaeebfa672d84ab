//! The ledger as a bar of parts that add up.

use serde::Serialize;

use crate::report::Report;
use crate::report::audience::Audience;
use crate::report::ledger::Counts;
use crate::report::numerals::{number, percent, plural};

/// The bar's length in the units of its drawing.
const LENGTH: u64 = 1000;

#[derive(Debug, Serialize)]
pub(super) struct Ledger {
    intro: String,
    label: String,
    parts: Vec<Part>,
    /// The sum of the parts; empty where it would tell what some part hides.
    total: String,
    total_share: String,
    records: String,
    history: Option<String>,
    deleted: Option<String>,
}

#[derive(Debug, Serialize)]
struct Part {
    name: &'static str,
    means: &'static str,
    fill: &'static str,
    count: String,
    share: String,
    x: u64,
    width: u64,
}

pub(super) fn ledger(report: &Report, audience: Audience) -> Ledger {
    if audience.is_others() {
        return for_others(report, audience);
    }
    let ledger = &report.ledger;
    let total = &ledger.total;
    let parts = parts(total);
    let named: Vec<String> = parts
        .iter()
        .filter(|part| part.count != "0")
        .map(|part| format!("{} {}", part.count, part.name))
        .collect();
    Ledger {
        intro: format!(
            "The inputs state {}, counting a record that cannot be read as one. Each of them ends in exactly one place.",
            plural(total.stated(), "alert")
        ),
        label: match named.is_empty() {
            true => "a bar of the alerts: there are none".to_owned(),
            false => format!("a bar of the alerts: {}", named.join(", ")),
        },
        parts,
        total: number(total.stated()),
        total_share: percent(total.stated(), total.stated()),
        records: format!(
            "{} read: {} with alerts, {} without, {} unreadable, {} skipped.",
            plural(total.records_read, "record"),
            number(total.records_with_alerts),
            number(total.records_without_alerts),
            number(total.records_unreadable),
            number(total.records_skipped),
        ),
        history: ledger.history.as_ref().map(history),
        deleted: ledger.deleted.as_ref().map(deleted),
    }
}

/// Of what others see the sum is not told, nor are the parts of which some rule tells by itself.
fn for_others(report: &Report, audience: Audience) -> Ledger {
    let written: u64 = report.portraits.iter().map(|own| own.alerts).sum();
    let parts = [
        ("in the output", "can be used", "f-good", written),
        (
            "set aside",
            "must be mended or decided on first",
            "f-bad",
            report.ledger.total.set_aside(),
        ),
    ];
    let parts = parts.map(|(name, means, fill, count)| Part {
        name,
        means,
        fill,
        count: audience.count(count),
        share: String::new(),
        x: 0,
        width: 0,
    });
    Ledger {
        intro: "Alerts that equal another one, or are none, are not counted here.".to_owned(),
        label: String::new(),
        parts: parts.into(),
        total: String::new(),
        total_share: String::new(),
        records: String::new(),
        history: None,
        deleted: None,
    }
}

fn parts(total: &Counts) -> Vec<Part> {
    let rejected = total.rejected - total.review - total.gap;
    let counts = [
        ("emitted", "are in the output", "f-good", total.emitted),
        (
            "merged",
            "equal an earlier alert in every mapped field",
            "f-bar",
            total.merged,
        ),
        (
            "skipped",
            "are no alerts, as the profile says",
            "f-bar-3",
            total.skipped,
        ),
        (
            "for review",
            "a person must decide what is meant",
            "f-care",
            total.review,
        ),
        (
            "without a code",
            "are known, and the standard has no code for them",
            "f-bar-2",
            total.gap,
        ),
        (
            "rejected",
            "have something wrong with them that can be mended",
            "f-bad",
            rejected,
        ),
        (
            "unreadable",
            "are records that cannot be read",
            "f-ink",
            total.records_unreadable,
        ),
    ];
    let all = total.stated();
    let mut sum = 0;
    let parts = counts.into_iter().map(|(name, means, fill, count)| {
        let edge = |sum: u64| match all {
            0 => 0,
            all => (u128::from(sum) * u128::from(LENGTH) / u128::from(all)) as u64,
        };
        let x = edge(sum);
        sum += count;
        Part {
            name,
            means,
            fill,
            count: number(count),
            share: percent(count, all),
            x,
            // what is there is seen
            width: (edge(sum) - x).max(u64::from(count > 0) * 2),
        }
    });
    parts.collect()
}

fn history(changes: &Counts) -> String {
    format!(
        "Logs of changes, counted apart: {} read, of which {} are in the output, {} merged, {} rejected, {} unreadable and {} without a change.",
        plural(changes.records_read, "record"),
        number(changes.emitted),
        number(changes.merged),
        number(changes.rejected),
        number(changes.records_unreadable),
        number(changes.records_without_alerts + changes.records_skipped),
    )
}

fn deleted(alerts: &Counts) -> String {
    format!(
        "Alerts that logs have deleted, counted apart: {}, of which {} are in the output, {} rejected, {} in an export and {} of unknown state.",
        number(alerts.records_read),
        number(alerts.emitted),
        number(alerts.rejected),
        number(alerts.merged + alerts.skipped),
        number(alerts.records_without_alerts),
    )
}
