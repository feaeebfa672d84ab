//! What the user has set about rules, beside what the rules say of themselves.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::rule::Rule;
use super::rules::RULES;
use super::waivers::{NamedAlerts, Waivers};
use crate::finding::{Finding, Severity};
use crate::profile::rules_section::{RuleChoices, Wish};

/// What the user has set about rules.
#[derive(Debug, Clone, Default)]
pub struct RuleSettings {
    /// Severities and whether rules run, by id.
    wishes: FxHashMap<&'static str, (Wish, Arc<str>)>,
    /// Thresholds, by id of the rule and name.
    thresholds: FxHashMap<(&'static str, &'static str), i64>,
    /// Findings that somebody answers for.
    pub waivers: Waivers,
}

impl RuleSettings {
    /// What files say about rules.
    pub fn of(files: &RuleChoices) -> RuleSettings {
        let mut settings = RuleSettings::default();
        for choice in &files.choices {
            if let Some(wish) = choice.severity {
                let by = Arc::clone(&choice.by);
                settings.wishes.insert(choice.rule, (wish, by));
            }
            for (name, value) in &choice.thresholds {
                settings.thresholds.insert((choice.rule, name), *value);
            }
        }
        settings
    }

    /// Sets a threshold of a rule.
    pub fn set_threshold(&mut self, rule: &Rule, name: &'static str, value: i64) {
        self.thresholds.insert((rule.id, name), value);
    }

    /// A rule's threshold of that name: as set, else as usual; 0 where the rule has none of that name.
    pub fn threshold(&self, rule: &Rule, name: &str) -> i64 {
        let known = rule.thresholds.iter().find(|known| known.name == name);
        known.map_or(0, |known| {
            let set = self.thresholds.get(&(rule.id, known.name));
            set.copied().unwrap_or(known.usual)
        })
    }

    /// Whether a rule does not run.
    pub fn is_off(&self, rule: &Rule) -> bool {
        self.wish(rule.id) == Some(Wish::Off)
    }

    /// The severity that is set for a rule.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        self.severity_of(rule.id)
    }

    /// The rules that do not run, each with the file that says so, in the order of the catalogue.
    pub fn switched_off(&self) -> Vec<(&'static Rule, &str)> {
        let by = |rule: &&'static Rule| match self.wishes.get(rule.id) {
            Some((Wish::Off, by)) => Some((*rule, by.as_ref())),
            _ => None,
        };
        RULES.iter().filter_map(by).collect()
    }

    /// Findings about whole inputs and the dataset, as grave as is set; those of rules that do not run
    /// are left out, and those that waivers let pass are marked. `named` are the alerts that waivers name.
    pub fn apply<'f>(&self, findings: &'f [Finding], named: &NamedAlerts) -> Cow<'f, [Finding]> {
        if self.wishes.is_empty() && self.waivers.is_empty() {
            return Cow::Borrowed(findings);
        }
        let mut applied = findings.to_vec();
        applied.retain(|finding| self.wish(finding.rule()) != Some(Wish::Off));
        for finding in &mut applied {
            finding.severity = self.severity_of(finding.rule()).unwrap_or(finding.severity);
            self.waivers.pass(finding, named);
        }
        Cow::Owned(applied)
    }

    fn severity_of(&self, rule: &str) -> Option<Severity> {
        match self.wish(rule) {
            Some(Wish::As(severity)) => Some(severity),
            _ => None,
        }
    }

    fn wish(&self, rule: &str) -> Option<Wish> {
        self.wishes.get(rule).map(|(wish, _)| *wish)
    }
}
