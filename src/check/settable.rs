//! What the user may set about each rule, and why not the rest: a rule is never said to be an error
//! where nothing is rejected, nor less than one where the standard cannot hold the alert.

use super::rule::{Check, Effect, Escalation, Rule};
use super::rules::RULES;
use crate::finding::Severity;
use crate::profile::rules_section::{SettableRule, Wish};
use crate::standard::Standard;

/// What may be set about each rule of the catalogue, in its order.
pub fn settable_rules(standard: &Standard) -> Vec<SettableRule> {
    let settable = |rule: &&Rule| SettableRule {
        id: rule.id,
        slug: rule.slug,
        refused: refused(rule, standard),
        thresholds: rule
            .thresholds
            .iter()
            .map(|own| (own.name, own.least))
            .collect(),
        unwaivable: firm(rule, standard),
        unscoped: match rule.check {
            Check::Input(_)
            | Check::StrayQuote
            | Check::HeldLine
            | Check::List(_)
            | Check::ListKey => &["codes", "references", "values", "from", "to"],
            // what is found at the end knows its record, and no longer what stands in it
            Check::Dataset(_) | Check::Born(_) => &["codes", "values", "from", "to"],
            Check::History(_) => &["codes", "references", "values", "from", "to"],
            _ => &[],
        },
    };
    RULES.iter().map(settable).collect()
}

/// Whether a finding of the rule can reject an alert.
pub fn can_reject(rule: &Rule) -> bool {
    match rule.check {
        Check::Record(_)
        | Check::Cell(_)
        | Check::Cells(_)
        | Check::Batch(_)
        | Check::Blank
        | Check::Fields(_)
        | Check::Mend(..)
        | Check::Text(..)
        | Check::Schema
        | Check::ExtraSchema => true,
        Check::Input(_)
        | Check::StrayQuote
        | Check::HeldLine
        | Check::Gate(_)
        | Check::Dataset(_)
        | Check::Born(_)
        | Check::History(_)
        | Check::List(_)
        | Check::ListKey => rule.severity == Severity::Error,
    }
}

/// Why errors of the rule stay errors, where they do.
pub fn firm(rule: &Rule, standard: &Standard) -> Option<String> {
    let required = required(rule, standard);
    let emptied = matches!(rule.check, Check::Cell(_) | Check::Cells(_))
        && rule.severity == Severity::Error
        && required.len() == rule.reads.len();
    match (rule.firm, &rule.check) {
        ("", Check::Record(_)) => Some("what cannot be read holds no alert".to_owned()),
        ("", Check::Schema) => {
            Some("what breaks the schema of the standard cannot be written".to_owned())
        }
        ("", _) if emptied => Some(without(&required)),
        ("", _) => None,
        (why, _) => Some(why.to_owned()),
    }
}

/// Why the rule cannot be switched off, where it cannot.
pub fn needed(rule: &Rule, standard: &Standard) -> Option<String> {
    let required = required(rule, standard);
    let empties = matches!(rule.check, Check::Cell(_) | Check::Cells(_))
        && (rule.severity == Severity::Error || rule.escalates == Escalation::WhereRequired);
    let fills = matches!(rule.check, Check::Mend(..))
        && rule.effect == Effect::Defaulted
        && rule
            .reads
            .first()
            .is_some_and(|field| required.contains(field));
    match firm(rule, standard) {
        None if empties && !required.is_empty() => Some(without(&required)),
        None if fills => Some(format!("{} is filled in by it", without(&required[..1]))),
        firm => firm,
    }
}

fn without(fields: &[&str]) -> String {
    format!("an alert without {} cannot be written", fields.join(" or "))
}

/// The fields that the rule reads and without which no alert can be written.
fn required(rule: &Rule, standard: &Standard) -> Vec<&'static str> {
    let Some(table) = standard.table(rule.table) else {
        return Vec::new();
    };
    let required = |name: &&&'static str| {
        // a key that is not there is generated
        let described = table
            .field(name)
            .filter(|_| !table.primary_key.iter().any(|key| key == *name));
        described.is_some_and(|field| !field.nullable)
    };
    rule.reads.iter().filter(required).copied().collect()
}

fn refused(rule: &Rule, standard: &Standard) -> Vec<(Wish, String)> {
    let id = rule.id;
    let mut refused = Vec::new();
    if !can_reject(rule) {
        let why = format!("{id} cannot be an error, as it rejects nothing; the most is warning");
        refused.push((Wish::As(Severity::Error), why));
    }
    if let Some(why) = firm(rule, standard) {
        for lower in [Severity::Warning, Severity::Info] {
            refused.push((Wish::As(lower), format!("{id} cannot be lowered: {why}")));
        }
    }
    if let Some(why) = needed(rule, standard) {
        refused.push((Wish::Off, format!("{id} cannot be switched off: {why}")));
    }
    refused
}
