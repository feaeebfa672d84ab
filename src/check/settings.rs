//! What the user has set about rules, beside what the rules say of themselves.

use rustc_hash::FxHashMap;

use super::rule::Rule;

/// What the user has set about rules.
#[derive(Debug, Clone, Default)]
pub struct RuleSettings {
    /// Thresholds, by id of the rule and name.
    thresholds: FxHashMap<(&'static str, &'static str), i64>,
}

impl RuleSettings {
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
}
