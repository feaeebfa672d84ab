//! What has changed since an earlier run.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::Severity;
use crate::report::Report;
use crate::report::numerals::number;

#[derive(Debug, Serialize)]
pub(super) struct Comparison {
    intro: String,
    counts: Vec<Count>,
    rules: Vec<Rule>,
}

#[derive(Debug, Serialize)]
struct Count {
    name: &'static str,
    before: String,
    now: String,
    change: String,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct Rule {
    rule: String,
    slug: String,
    severity: Severity,
    before: String,
    now: String,
    change: String,
    kind: &'static str,
    state: &'static str,
}

pub(super) fn comparison(earlier: &Report, report: &Report) -> Comparison {
    let counts = counts(earlier, report);
    Comparison {
        intro: format!(
            "The earlier run, as of {}: {}. This one, as of {}: {}.",
            earlier.as_of,
            earlier.verdict.result.words(),
            report.as_of,
            report.verdict.result.words()
        ),
        counts,
        rules: rules(earlier, report),
    }
}

fn counts(earlier: &Report, report: &Report) -> Vec<Count> {
    let (before, now) = (&earlier.ledger.total, &report.ledger.total);
    let rows = [
        ("alerts stated", before.stated(), now.stated(), None),
        (
            "alerts in the output",
            before.emitted,
            now.emitted,
            Some(Ordering::Greater),
        ),
        (
            "set aside",
            before.set_aside(),
            now.set_aside(),
            Some(Ordering::Less),
        ),
        (
            "errors",
            earlier.findings.error,
            report.findings.error,
            Some(Ordering::Less),
        ),
        (
            "warnings",
            earlier.findings.warning,
            report.findings.warning,
            Some(Ordering::Less),
        ),
        (
            "values to decide on",
            earlier.unmapped_values as u64,
            report.unmapped_values as u64,
            Some(Ordering::Less),
        ),
    ];
    let rows = rows.into_iter().map(|(name, before, now, good)| Count {
        name,
        before: number(before),
        now: number(now),
        change: change(before, now),
        kind: kind(before, now, good),
    });
    rows.collect()
}

fn change(before: u64, now: u64) -> String {
    match now.cmp(&before) {
        Ordering::Equal => "0".to_owned(),
        Ordering::Greater => format!("+{}", number(now - before)),
        Ordering::Less => format!("−{}", number(before - now)),
    }
}

fn kind(before: u64, now: u64, good: Option<Ordering>) -> &'static str {
    match (now.cmp(&before), good) {
        (Ordering::Equal, _) => "as before",
        (_, None) => "",
        (change, Some(good)) if change == good => "better",
        _ => "worse",
    }
}

fn rules(earlier: &Report, report: &Report) -> Vec<Rule> {
    let mut known: BTreeMap<(&str, Severity), (&str, u64, u64)> = BTreeMap::new();
    for rule in &earlier.findings.rules {
        known.insert((&rule.rule, rule.severity), (&rule.slug, rule.count, 0));
    }
    for rule in &report.findings.rules {
        let own = known.entry((&rule.rule, rule.severity));
        own.or_insert((&rule.slug, 0, 0)).2 = rule.count;
    }
    let changed = known
        .into_iter()
        .filter(|(_, (_, before, now))| before != now);
    let mut changed: Vec<_> = changed.collect();
    changed.sort_by_key(|((_, severity), (_, before, now))| {
        std::cmp::Reverse((*severity, before.abs_diff(*now)))
    });
    let changed = changed.into_iter();
    changed
        .map(|((rule, severity), (slug, before, now))| Rule {
            rule: rule.to_owned(),
            slug: slug.to_owned(),
            severity,
            before: number(before),
            now: number(now),
            change: change(before, now),
            kind: kind(before, now, Some(Ordering::Less)),
            state: match (before, now) {
                (0, _) => "new",
                (_, 0) => "gone",
                (before, now) if now < before => "better",
                _ => "worse",
            },
        })
        .collect()
}
