//! The report on the terminal: what came of each record, what was found, and what to do next.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use super::ledger::Counts;
use super::{Report, RuleCount};

/// Rules that are listed before the rest is left to the files.
const MOST_RULES: usize = 12;

/// The report in words. `out` is the folder that was written, where there is one.
pub fn summary(report: &Report, out: Option<&Path>) -> String {
    let mut text = String::new();
    heading(&mut text, report);
    ledger(&mut text, &report.ledger.total);
    if let Some(changes) = &report.ledger.history {
        history(&mut text, changes);
    }
    if let Some(alerts) = &report.ledger.deleted {
        deleted(&mut text, alerts);
    }
    findings(&mut text, report);
    not_run(&mut text, report, out.is_some());
    next(&mut text, report, out);
    text
}

fn heading(text: &mut String, report: &Report) {
    let converted = report
        .landlords
        .iter()
        .filter(|landlord| landlord.error.is_none())
        .count();
    let who = match report.landlords.as_slice() {
        [only] => format!("{} ({})", only.name, only.code),
        several => format!(
            "{converted} of {}",
            plural(several.len() as u64, "landlord")
        ),
    };
    let inputs = plural(report.inputs.len() as u64, "input");
    line(text, &format!("{who}, {inputs}, as of {}", report.as_of));
}

fn ledger(text: &mut String, total: &Counts) {
    let mut records = format!(
        "  records     {} read = {} with alerts + {} without + {} unreadable",
        number(total.records_read),
        number(total.records_with_alerts),
        number(total.records_without_alerts),
        number(total.records_unreadable),
    );
    if total.records_skipped > 0 {
        let skipped = number(total.records_skipped);
        records.push_str(&format!(" + {skipped} skipped"));
    }
    let candidates = format!(
        "  candidates  {} = {} emitted + {} merged + {} rejected + {} skipped",
        number(total.candidates),
        number(total.emitted),
        number(total.merged),
        number(total.rejected),
        number(total.skipped),
    );
    line(text, &records);
    line(text, &candidates);
    if total.review + total.gap > 0 {
        let review = number(total.review);
        let gap = number(total.gap);
        line(
            text,
            &format!(
                "  of the rejected, {review} for review and {gap} without a code in the standard"
            ),
        );
    }
}

fn history(text: &mut String, changes: &Counts) {
    let apart = changes.records_without_alerts + changes.records_skipped;
    let told = format!(
        "  history     {} read = {} emitted + {} merged + {} rejected + {} unreadable + {} without a change",
        number(changes.records_read),
        number(changes.emitted),
        number(changes.merged),
        number(changes.rejected),
        number(changes.records_unreadable),
        number(apart),
    );
    line(text, &told);
}

fn deleted(text: &mut String, alerts: &Counts) {
    let told = format!(
        "  deleted     {} in logs = {} emitted + {} rejected + {} in an export + {} of unknown state",
        number(alerts.records_read),
        number(alerts.emitted),
        number(alerts.rejected),
        number(alerts.merged + alerts.skipped),
        number(alerts.records_without_alerts),
    );
    line(text, &told);
}

fn findings(text: &mut String, report: &Report) {
    let counts = &report.findings;
    if counts.rules.is_empty() {
        return line(text, "  findings    none");
    }
    let mut told = vec![
        plural(counts.error, "error"),
        plural(counts.warning, "warning"),
        plural(counts.info, "info"),
    ];
    if counts.waived > 0 {
        told.push(format!("{} waived", number(counts.waived)));
    }
    line(text, &format!("  findings    {}", told.join(", ")));
    let rules = gravest_first(report);
    for rule in rules.iter().take(MOST_RULES) {
        let columns = match rule.columns.as_slice() {
            [] => String::new(),
            some => format!(", {}", some.join(", ")),
        };
        let shown = format!(
            "    {} {:<24} {:<8} {:>9}  {}{columns}",
            rule.rule,
            rule.slug,
            rule.severity,
            number(rule.count),
            rule.first
        );
        line(text, &shown);
    }
    if rules.len() > MOST_RULES {
        line(
            text,
            &format!("    and {} more rules", rules.len() - MOST_RULES),
        );
    }
}

fn not_run(text: &mut String, report: &Report, written: bool) {
    let rules: BTreeSet<&str> = report.not_run.iter().filter_map(|own| own.rule).collect();
    let whose = match report.landlords.as_slice() {
        [_] => "",
        _ => " for one landlord or more",
    };
    let place = match written {
        true => "not_run in report.json",
        false => "not_run of --format json",
    };
    if !rules.is_empty() {
        let rules = plural(rules.len() as u64, "rule");
        line(
            text,
            &format!("  not run     {rules}{whose}; {place} says why"),
        );
    }
}

fn gravest_first(report: &Report) -> Vec<&RuleCount> {
    let gravity = |severity: &str| {
        ["error", "warning", "info", "waived"]
            .iter()
            .position(|word| *word == severity)
    };
    let mut rules: Vec<&RuleCount> = report.findings.rules.iter().collect();
    rules.sort_by_key(|rule| (gravity(rule.severity), std::cmp::Reverse(rule.count)));
    rules
}

fn next(text: &mut String, report: &Report, out: Option<&Path>) {
    let total = &report.ledger.total;
    let changes = report.ledger.history.unwrap_or_default();
    let set_aside = [total, &changes].map(|counts| counts.rejected + counts.records_unreadable);
    let set_aside: u64 = set_aside.iter().sum();
    let Some(out) = out else {
        if let Some(rule) = gravest_first(report).first() {
            line(
                text,
                &format!(
                    "next: pac rules explain {} says why and what to do",
                    rule.rule
                ),
            );
        }
        return;
    };
    line(text, &format!("wrote {}", out.display()));
    let gaps = match report.gap_values {
        0 => String::new(),
        1 => "; 1 more is a gap of the standard".to_owned(),
        more => format!("; {} more are gaps of the standard", number(more as u64)),
    };
    if report.unmapped_values > 0 {
        let values = plural(report.unmapped_values as u64, "value");
        let next = "in unmapped_values, and say in the profile or its crosswalk what they mean";
        line(text, &format!("next: decide on {values} {next}{gaps}"));
    }
    let how = match report.landlords.as_slice() {
        [_] => "with the same profile",
        _ => "as a batch with the same profiles",
    };
    if set_aside > 0 {
        let records = plural(set_aside, "record");
        line(
            text,
            &format!("next: mend {records} in rejects/, and convert them {how}"),
        );
    }
    if !report.findings.rules.is_empty() {
        line(
            text,
            "next: findings.csv names every place; pac rules explain RULE says why and what to do",
        );
    }
}

fn line(text: &mut String, words: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{words}");
}

fn plural(count: u64, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {word}{ending}", number(count))
}

/// A number with separators: 12,431.
fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_separators() {
        assert_eq!(number(7), "7");
        assert_eq!(number(123), "123");
        assert_eq!(number(1234), "1,234");
        assert_eq!(number(1_234_567), "1,234,567");
    }
}
