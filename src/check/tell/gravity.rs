//! How grave a finding is, and whether a rule speaks at all.

use super::Teller;
use crate::candidate::Candidates;
use crate::check::rule::{Check, Escalation, Rule};
use crate::finding::Severity;
use crate::standard::{Field, Table};

impl Teller<'_> {
    /// How grave a finding of the rule is that is about no field.
    pub(super) fn usual_severity(&self, rule: &Rule) -> Severity {
        self.scene.rules.severity(rule).unwrap_or(rule.severity)
    }

    /// How grave a finding of the rule is in a field.
    pub fn severity(&self, rule: &Rule, field: usize) -> Severity {
        let policy = self.scene.profile.policy;
        let grave = match rule.escalates {
            Escalation::Never => false,
            Escalation::WithoutAutoclose => !policy.autoclose,
            Escalation::WhereRequired => {
                policy.reject_unreadable && !self.is_generated(field) || self.is_required(field)
            }
        };
        let usual = if grave {
            Severity::Error
        } else {
            rule.severity
        };
        match self.scene.rules.severity(rule) {
            Some(set) if usual < Severity::Error || !self.is_firm(rule, field) => set,
            _ => usual,
        }
    }

    /// Whether an error of the rule in a field stays one whatever the user sets: the value is gone, and
    /// no alert can be written without it, or the policy says so.
    pub(super) fn is_firm(&self, rule: &Rule, field: usize) -> bool {
        let by_cell = matches!(rule.check, Check::Cell(_) | Check::Cells(_));
        let by_policy =
            rule.escalates == Escalation::WithoutAutoclose && !self.scene.profile.policy.autoclose;
        by_policy || by_cell && self.is_required(field)
    }

    /// Whether the user has switched the rule off.
    pub fn is_off(&self, rule: &Rule) -> bool {
        self.scene.rules.is_off(rule)
    }

    /// Whether a rule about values says nothing here: it is switched off, or about another table.
    pub fn is_silent(&self, rule: &Rule) -> bool {
        rule.table != self.scene.profile.table || self.is_off(rule)
    }

    /// Whether a rule merely speaks of a field that the input has no cells for, without rejecting
    /// anything.
    pub fn fills_unfed(&self, rule: &Rule, batch: &Candidates) -> bool {
        let field = rule.reads.first().and_then(|name| batch.position(name));
        field.is_some_and(|field| {
            !self.scene.binding.feeds(field)
                && rule.severity == Severity::Info
                && self.severity(rule, field) != Severity::Error
        })
    }

    pub(super) fn is_generated(&self, field: usize) -> bool {
        let key =
            |table: &Table| table.primary_key.first() == table.fields.get(field).map(|f| &f.name);
        self.table().is_some_and(key)
    }

    pub(super) fn is_required(&self, field: usize) -> bool {
        let described = self.table().and_then(|table| table.fields.get(field));
        described.is_some_and(|field: &Field| !field.nullable) && !self.is_generated(field)
    }
}
