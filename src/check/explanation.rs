//! What there is to know of a rule, in words: for the terminal, and for the page of all rules.

use std::fmt::Write;

use super::rule::{Check, Escalation, Example, Rule};
use super::rules::{RULES, SUBJECTS, subject};
use super::settable::{can_reject, firm, needed};
use crate::finding::Severity;
use crate::standard::Standard;

/// Examples of each kind that are shown.
const MOST_EXAMPLES: usize = 2;

/// A rule explained for the terminal.
pub fn text(rule: &Rule, standard: &Standard) -> String {
    let mut text = format!("{} {}\n\n{}\n\n", rule.id, rule.slug, rule.docs);
    for (name, fact) in facts(rule, standard) {
        // writing to a string cannot fail
        let _ = writeln!(text, "{name:<9} {fact}");
    }
    text
}

/// The page of all rules, by subject, as Markdown.
pub fn page(standard: &Standard) -> String {
    let mut page = "# The rules\n\n\
        Every rule of the catalogue, by subject, as `pac rules explain` prints it. Ids are never used again. The\n\
        profile may set what stands under *settable*, and thresholds: see\n\
        [profile.md](profile.md#rules). Examples name the cells in which a record differs from one without\n\
        fault, in the standard's own words.\n\n"
        .to_owned();
    for subject in SUBJECTS {
        // writing to a string cannot fail
        let _ = writeln!(page, "* [{}](#{})", subject.title, anchor(subject.title));
    }
    for own in SUBJECTS {
        let _ = writeln!(page, "\n## {}", own.title);
        let rules = RULES.iter().filter(|rule| subject(rule.id) == Some(own));
        for rule in rules {
            let _ = writeln!(page, "\n### {} `{}`\n\n{}\n", rule.id, rule.slug, rule.docs);
            for (name, fact) in facts(rule, standard) {
                let _ = writeln!(page, "* **{name}** {fact}");
            }
        }
    }
    page
}

/// The anchor of a heading, as Markdown readers make it.
fn anchor(title: &str) -> String {
    let letters = title.to_lowercase();
    let kept = letters.chars().filter(|c| c.is_alphanumeric() || *c == ' ');
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn facts(rule: &Rule, standard: &Standard) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("severity", severity(rule)),
        ("settable", settable(rule, standard)),
    ];
    for own in rule.thresholds {
        let (name, usual, least) = (own.name, own.usual, own.least);
        let numbers = format!("{usual} unless set, at least {least}");
        facts.push(("threshold", format!("{name}: {numbers}; {}", own.docs)));
    }
    facts.push(("effect", rule.effect.as_str().to_owned()));
    facts.push(("table", rule.table.to_owned()));
    if !rule.reads.is_empty() {
        facts.push(("reads", rule.reads.join(", ")));
    }
    facts.push(("remedy", rule.fix.to_owned()));
    for (name, examples) in [("speaks at", rule.failing), ("silent at", rule.passing)] {
        let shown = examples.iter().filter_map(cells).take(MOST_EXAMPLES);
        facts.extend(shown.map(|cells| (name, cells)));
    }
    facts
}

fn severity(rule: &Rule) -> String {
    let usual = rule.severity.as_str();
    match rule.escalates {
        Escalation::Never
            if matches!(rule.check, Check::Text(..)) && rule.severity == Severity::Error =>
        {
            "error; warning with privacy.text = \"redact\" or \"drop\"".to_owned()
        }
        Escalation::Never => usual.to_owned(),
        Escalation::WhereRequired => format!(
            "{usual}; error where the standard requires the field, or with policy.unreadable = \"reject\""
        ),
        Escalation::WithoutAutoclose => format!("{usual}; error with policy.autoclose = false"),
    }
}

/// What the severity may be set to, and why not to more.
fn settable(rule: &Rule, standard: &Standard) -> String {
    let firm = firm(rule, standard);
    let off = if firm.is_none() && needed(rule, standard).is_none() {
        ", off"
    } else {
        ""
    };
    let held = match rule.severity {
        Severity::Error if off.is_empty() => {
            "; an error still where the standard requires the field"
        }
        _ => "",
    };
    match firm {
        Some(why) if rule.severity == Severity::Error => format!("no: {why}"),
        _ if can_reject(rule) => format!("error, warning, info{off}{held}"),
        _ => format!("warning, info{off}"),
    }
}

/// An example by the cells that it is about; `None` where it is about a whole input, or about none.
fn cells(example: &Example) -> Option<String> {
    match example {
        Example::Cells(cells) if !cells.is_empty() => Some(record(cells)),
        Example::Long(field, length) => Some(format!("{field} of {length} characters")),
        Example::Records(records) => {
            let records = records.iter().map(|cells| match cells.is_empty() {
                true => "one without fault".to_owned(),
                false => record(cells),
            });
            Some(records.collect::<Vec<_>>().join("; then "))
        }
        _ => None,
    }
}

fn record(cells: &[(&str, &str)]) -> String {
    let cells = cells
        .iter()
        .map(|(name, value)| format!("{name} `{value}`"));
    let cells: Vec<String> = cells.map(|cell| cell.replace("``", "empty")).collect();
    cells.join(", ")
}
