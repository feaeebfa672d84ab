//! The report on the terminal: the verdict, the ledger, what to mend first, and what to do next. It has at
//! most [`MOST_LINES`] lines.

use std::collections::BTreeSet;
use std::path::Path;

use anstyle::{AnsiColor, Style};

use super::Report;
use super::changes::ChangesReport;
use super::finding_counts::RuleCount;
use super::fix_first::FixItem;
use super::ledger::Counts;
use super::numerals::{estimate, number, percent, plural};
use super::shown::shown;
use super::verdict::Use;
use crate::finding::Severity;

/// Lines that the report has at most.
pub const MOST_LINES: usize = 25;
/// Things to mend that are listed.
pub const MOST_FIXES: usize = 8;
/// Characters of a name that are shown.
const MOST_NAME: usize = 28;

/// Whether the text may be coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// It goes to a terminal that shows colours.
    Coloured,
    /// It goes anywhere else.
    Plain,
}

impl Paint {
    fn on(self, style: Style, text: &str) -> String {
        match self {
            Paint::Plain => text.to_owned(),
            Paint::Coloured => format!("{style}{text}{style:#}"),
        }
    }

    fn strong(self, text: &str) -> String {
        self.on(Style::new().bold(), text)
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        let colour = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info | Severity::Waived => AnsiColor::Cyan,
        };
        self.on(colour.on_default(), text)
    }

    fn verdict(self, result: Use) -> String {
        let colour = match result {
            Use::Usable => AnsiColor::Green,
            Use::WithCare | Use::Nothing => AnsiColor::Yellow,
            Use::NotYet => AnsiColor::Red,
        };
        self.on(colour.on_default().bold(), result.words())
    }
}

/// The report in words. `out` is the folder that was written, where there is one.
pub fn summary(report: &Report, out: Option<&Path>, paint: Paint) -> String {
    let mut lines = vec![heading(report), verdict(report, paint)];
    lines.extend(ledger(&report.ledger.total));
    lines.extend(report.ledger.history.as_ref().map(history));
    lines.extend(report.ledger.deleted.as_ref().map(deleted));
    lines.extend(report.since.iter().flat_map(ChangesReport::sums));
    lines.push(findings(report, paint));
    let mut last: Vec<String> = not_run(report, out.is_some()).into_iter().collect();
    last.extend(next(report, out));
    lines.extend(fixes(report, paint));
    let room = MOST_LINES.saturating_sub(lines.len() + last.len());
    lines.extend(looks(report, room, paint));
    lines.extend(last);
    lines.join("\n") + "\n"
}

fn heading(report: &Report) -> String {
    let all = report.landlords.len() as u64;
    let who = match report.landlords.as_slice() {
        [only] => format!("{} ({})", shown(&only.name, usize::MAX), only.code),
        _ => format!("{} of {}", all - report.failed(), plural(all, "landlord")),
    };
    let inputs = plural(report.inputs.len() as u64, "input");
    format!("{who}, {inputs}, as of {}", report.days())
}

fn verdict(report: &Report, paint: Paint) -> String {
    let verdict = &report.verdict;
    format!("{}: {}", paint.verdict(verdict.result), verdict.in_full())
}

fn ledger(total: &Counts) -> Vec<String> {
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
    let mut lines = vec![records, candidates];
    if total.review + total.gap > 0 {
        let review = number(total.review);
        let gap = number(total.gap);
        lines.push(format!(
            "  of the rejected, {review} for review and {gap} without a code in the standard"
        ));
    }
    lines
}

fn history(changes: &Counts) -> String {
    let apart = changes.records_without_alerts + changes.records_skipped;
    format!(
        "  history     {} read = {} emitted + {} merged + {} rejected + {} unreadable + {} without a change",
        number(changes.records_read),
        number(changes.emitted),
        number(changes.merged),
        number(changes.rejected),
        number(changes.records_unreadable),
        number(apart),
    )
}

fn deleted(alerts: &Counts) -> String {
    format!(
        "  deleted     {} in logs = {} emitted + {} rejected + {} in an export + {} of unknown state",
        number(alerts.records_read),
        number(alerts.emitted),
        number(alerts.rejected),
        number(alerts.merged + alerts.skipped),
        number(alerts.records_without_alerts),
    )
}

fn findings(report: &Report, paint: Paint) -> String {
    let counts = &report.findings;
    if counts.rules.is_empty() {
        return "  findings    none".to_owned();
    }
    let count = |severity: Severity, count: u64| {
        let text = plural(count, severity.as_str());
        match count {
            0 => text,
            _ => paint.severity(severity, &text),
        }
    };
    let mut told = vec![
        count(Severity::Error, counts.error),
        count(Severity::Warning, counts.warning),
        count(Severity::Info, counts.info),
    ];
    if counts.waived > 0 {
        told.push(format!("{} waived", number(counts.waived)));
    }
    format!("  findings    {}", told.join(", "))
}

fn fixes(report: &Report, paint: Paint) -> Vec<String> {
    let fix = &report.fix_first;
    let items = &fix.items[..fix.items.len().min(MOST_FIXES)];
    let Some(last) = items.last() else {
        return Vec::new();
    };
    let things = match items {
        [_] => "this".to_owned(),
        several => format!("these {}", several.len()),
    };
    let heading = format!(
        "fix first: mend {things}, and {} of {} set aside ({}) go through",
        number(last.through),
        number(fix.set_aside),
        percent(last.through, fix.set_aside),
    );
    let mut lines = vec![paint.strong(&heading)];
    lines.push("     alerts  people  of which grave  rule, column and first place".to_owned());
    let several = report.landlords.len() > 1;
    let line = |item| fix_line(item, several, paint);
    lines.extend(items.iter().map(line));
    lines
}

fn fix_line(item: &FixItem, several: bool, paint: Paint) -> String {
    let people = match item.people {
        0 => "-".to_owned(),
        people => estimate(people, item.people_estimated).replace("about ", "~"),
    };
    let what = [
        Some(format!("{} {}", item.rule, item.slug)),
        Some(shown(&item.column, MOST_NAME)).filter(|column| !column.is_empty()),
        (item.values > 1).then(|| plural(item.values, "value")),
        item.empty.then(|| "empty".to_owned()),
        Some(match several {
            true => format!("{} {}", item.landlord, shown(&item.first, 2 * MOST_NAME)),
            false => shown(&item.first, 2 * MOST_NAME),
        }),
    ];
    let what: Vec<String> = what.into_iter().flatten().collect();
    let numbers = format!(
        "  {:>9} {people:>7} {:>15}",
        number(item.alerts),
        grave(item)
    );
    format!(
        "{}  {}",
        paint.severity(Severity::Error, &numbers),
        what.join(", ")
    )
}

/// How many alerts of an item are known to be grave, and whether more may be.
fn grave(item: &FixItem) -> String {
    match (item.grave, item.uncoded) {
        (known, 0) => number(known),
        (0, _) => "not known".to_owned(),
        (known, _) => format!("{} or more", number(known)),
    }
}

/// What else there is to look at, the gravest first: errors that keep out no alert, such as those of a log of
/// changes, then warnings and infos.
fn looks(report: &Report, room: usize, paint: Paint) -> Vec<String> {
    let fix = &report.fix_first;
    let listed = |rule: &RuleCount| fix.items.iter().any(|own| own.rule == rule.rule);
    let rules = report.findings.gravest_first().into_iter();
    let rules = rules.filter(|rule| match rule.severity {
        Severity::Error => fix.further == 0 && !listed(rule),
        severity => severity != Severity::Waived,
    });
    let rules: Vec<&RuleCount> = rules.collect();
    if rules.is_empty() || room < 2 {
        return Vec::new();
    }
    let most = (room - 1).min(MOST_FIXES);
    let more = match rules.len().saturating_sub(most) {
        0 => String::new(),
        more => format!("; and {}", plural(more as u64, "more rule")),
    };
    let mut lines = vec![paint.strong(&format!("then look at{more}"))];
    lines.extend(rules.iter().take(most).map(|rule| look_line(rule, paint)));
    lines
}

fn look_line(rule: &RuleCount, paint: Paint) -> String {
    let severity = rule.severity.as_str();
    let count = format!("  {:>9}  {severity:<7}", number(rule.count));
    let columns = rule
        .columns
        .iter()
        .map(|(column, _)| shown(column, MOST_NAME));
    let columns = columns.filter(|column| !column.is_empty()).take(2);
    let mut what = vec![format!("{} {}", rule.rule, rule.slug)];
    what.extend(columns);
    what.push(shown(rule.first(), 2 * MOST_NAME));
    format!(
        "{}  {}",
        paint.severity(rule.severity, &count),
        what.join(", ")
    )
}

fn not_run(report: &Report, written: bool) -> Option<String> {
    let rules = report.not_run.iter().filter_map(|own| own.rule.as_deref());
    let rules: BTreeSet<&str> = rules.collect();
    let whose = match report.landlords.as_slice() {
        [_] => "",
        _ => " for one landlord or more",
    };
    let place = match written {
        true => "the report",
        false => "not_run of --format json",
    };
    let rules = Some(rules.len() as u64).filter(|count| *count > 0)?;
    let rules = plural(rules, "rule");
    Some(format!("  not run     {rules}{whose}; {place} says why"))
}

fn next(report: &Report, out: Option<&Path>) -> Vec<String> {
    let Some(out) = out else {
        let rule = report.findings.gravest_first().into_iter().next();
        let next = rule.map(|rule| {
            format!(
                "next: pac rules explain {} says why and what to do",
                rule.rule
            )
        });
        return next.into_iter().collect();
    };
    let place = out.display();
    let mut lines = vec![format!("wrote {place}; open {place}/report.html first")];
    let gaps = match report.gap_values {
        0 => String::new(),
        1 => "; 1 more is a gap of the standard".to_owned(),
        more => format!("; {} more are gaps of the standard", number(more as u64)),
    };
    if report.unmapped_values > 0 {
        let values = plural(report.unmapped_values as u64, "value");
        let next = "in unmapped_values, and say in the profile or its crosswalk what they mean";
        lines.push(format!("next: decide on {values} {next}{gaps}"));
    }
    let how = match report.landlords.as_slice() {
        [_] => "with the same profile",
        _ => "as a batch with the same profiles",
    };
    let changes = report.ledger.history.unwrap_or_default();
    let set_aside = report.ledger.total.set_aside() + changes.set_aside();
    if set_aside > 0 {
        let records = plural(set_aside, "record");
        lines.push(format!(
            "next: mend {records} in rejects/, and convert them {how}"
        ));
    }
    lines
}
