//! Findings that somebody answers for: which waivers hold in a run, and which findings they let pass.
//!
//! A waived finding is told like any other, with the severity `waived` and the place of its waiver, and
//! rejects nothing. What the standard cannot hold is not waived.

use std::collections::HashSet;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::rule::{Check, InputFault, Rule};
use super::rules::find;
use super::whole_inputs::{about_input, rule_about};
use crate::cell::date::date_of;
use crate::cell::fold;
use crate::finding::{Finding, Severity};
use crate::profile::waivers_section::Waiver;

/// Alerts that the scope of a waiver names: the waiver's place, the input's, and the record's number.
pub type NamedAlerts = FxHashSet<(u16, u32, u64)>;

/// The waivers of a landlord.
#[derive(Debug, Clone, Default)]
pub struct Waivers {
    all: Vec<Bound>,
    /// Places of those that have not expired, by id of the rule.
    by_rule: FxHashMap<&'static str, Vec<u16>>,
}

/// A waiver bound to the inputs of a landlord.
#[derive(Debug, Clone)]
pub struct Bound {
    /// As it is written.
    pub waiver: Waiver,
    /// Whether it has expired.
    pub expired: bool,
    /// Whether it stands in a file for all landlords, so that it may be meant for others.
    pub shared: bool,
    /// The inputs that it holds for; `None` where it holds for all.
    inputs: Option<HashSet<usize>>,
    /// Folded names of columns and fields.
    columns: HashSet<String>,
    /// Folded texts of cells.
    values: HashSet<String>,
}

impl Bound {
    fn holds_for(&self, input: usize) -> bool {
        let inputs = self.inputs.as_ref();
        inputs.is_none_or(|inputs| inputs.contains(&input))
    }

    /// Whether it holds for a column of the input, or the field that is read from it.
    fn holds_in(&self, column: &str, field: &str) -> bool {
        let named = |name: &str| self.columns.contains(fold(name).as_ref());
        self.columns.is_empty() || named(column) || named(field)
    }

    /// Whether it holds for a record of that day.
    fn holds_on(&self, day: Option<i32>) -> bool {
        let scope = &self.waiver.scope;
        let within = |day: i32| {
            scope.from.is_none_or(|from| from <= day) && scope.to.is_none_or(|to| day <= to)
        };
        !scope.is_dated() || day.is_some_and(within)
    }

    /// What a finding that it lets pass says behind its message.
    fn mark(&self) -> String {
        let Waiver { by, line, .. } = &self.waiver;
        format!(" (waived by {by}:{line})")
    }
}

/// What a waiver asks of an alert.
pub struct Alert<'a> {
    /// Index of the input.
    pub input: usize,
    /// The column that the finding is about.
    pub column: &'a str,
    /// The field that it is about.
    pub field: &'a str,
    /// Key of the alert's code.
    pub code: Option<i32>,
    /// The day of the record, in days since 1970-01-01, where it can be read.
    pub day: Option<i32>,
}

impl Waivers {
    /// The waivers of a landlord whose inputs have these names, on a day; so many of the first stand in
    /// files for all landlords.
    pub fn of(waivers: &[Waiver], shared: usize, inputs: &[&str], as_of: i32) -> Waivers {
        let mut all = Vec::new();
        let mut by_rule: FxHashMap<&'static str, Vec<u16>> = FxHashMap::default();
        for (at, waiver) in waivers.iter().enumerate() {
            let expired = waiver.expires < as_of;
            if !expired {
                by_rule.entry(waiver.rule).or_default().push(at as u16);
            }
            let fits = |name: &&str| waiver.scope.files.iter().any(|file| file.matches(name));
            let fitting = inputs.iter().enumerate().filter(|(_, name)| fits(name));
            let columns = waiver.scope.columns.iter();
            let values = waiver.scope.values.iter();
            all.push(Bound {
                expired,
                shared: at < shared,
                inputs: (!waiver.scope.files.is_empty())
                    .then(|| fitting.map(|(at, _)| at).collect()),
                columns: columns.map(|name| fold(name).into_owned()).collect(),
                values: values.map(|text| fold(text).into_owned()).collect(),
                waiver: waiver.clone(),
            });
        }
        Waivers { all, by_rule }
    }

    /// Whether there is no waiver that could let a finding pass.
    pub fn is_empty(&self) -> bool {
        self.by_rule.is_empty()
    }

    /// All waivers, expired ones among them.
    pub fn iter(&self) -> impl Iterator<Item = &Bound> {
        self.all.iter()
    }

    /// Whether some waiver is about the rule.
    pub fn are_about(&self, rule: &Rule) -> bool {
        !self.by_rule.is_empty() && self.by_rule.contains_key(rule.id)
    }

    /// The waiver that lets a finding about an alert pass; `reference` is the landlord's key of the alert,
    /// `value` the text of the cell that the finding is about.
    pub fn about_alert(
        &self,
        rule: &Rule,
        alert: &Alert<'_>,
        reference: impl Fn() -> String,
        value: impl Fn() -> String,
    ) -> Option<u16> {
        self.first(rule.id, |_, bound| {
            let scope = &bound.waiver.scope;
            let coded = |code: i32| scope.code_ids.contains(&code);
            bound.holds_for(alert.input)
                && bound.holds_in(alert.column, alert.field)
                && bound.holds_on(alert.day)
                && (bound.values.is_empty() || bound.values.contains(fold(&value()).as_ref()))
                && (scope.codes.is_empty() || alert.code.is_some_and(coded))
                && (scope.references.is_empty() || scope.references.contains(&reference()))
        })
    }

    /// The waivers of rules over the dataset, whose findings come when their alerts are gone, with the
    /// keys of alerts that they name.
    pub fn of_dataset(&self) -> Vec<(u16, &[String])> {
        let late = |rule: &str| {
            find(rule).is_some_and(|own| matches!(own.check, Check::Dataset(_) | Check::Born(_)))
        };
        let named = (0..).zip(&self.all).filter_map(|(at, bound)| {
            let Waiver { rule, scope, .. } = &bound.waiver;
            let names = !bound.expired && !scope.references.is_empty();
            (names && late(rule)).then_some((at, scope.references.as_slice()))
        });
        named.collect()
    }

    /// Names of the files that they stand in, each once.
    pub fn files(&self) -> Vec<Arc<str>> {
        let mut files: Vec<Arc<str>> = Vec::new();
        for bound in &self.all {
            if !files.contains(&bound.waiver.by) {
                files.push(Arc::clone(&bound.waiver.by));
            }
        }
        files
    }

    /// Marks a finding about a whole input or the dataset where a waiver lets it pass; `named` are the
    /// alerts that waivers name.
    pub fn pass(&self, finding: &mut Finding, named: &NamedAlerts) {
        let column = &finding.remark.column;
        let waiver = self.first(finding.rule(), |at, bound| {
            let scope = &bound.waiver.scope;
            let place = (at, finding.input, finding.record);
            bound.holds_for(finding.input as usize)
                && bound.holds_in(column, column)
                && scope.codes.is_empty()
                && bound.values.is_empty()
                && !scope.is_dated()
                && (scope.references.is_empty() || named.contains(&place))
        });
        if let Some(at) = waiver {
            *finding = self.marked(finding.clone(), at);
        }
    }

    /// A finding as the waiver at that place lets it pass.
    pub fn marked(&self, finding: Finding, at: u16) -> Finding {
        let Some(bound) = self.all.get(usize::from(at)) else {
            return finding;
        };
        let message = format!("{}{}", finding.remark.message, bound.mark());
        Finding {
            severity: Severity::Waived,
            effect: finding.effect.at(Severity::Waived),
            waiver: at,
            ..finding.saying(&message)
        }
    }

    fn first(&self, rule: &str, holds: impl Fn(u16, &Bound) -> bool) -> Option<u16> {
        let places = self.by_rule.get(rule)?.iter().copied();
        let mut bound = places.filter_map(|at| Some((at, self.all.get(usize::from(at))?)));
        bound
            .find(|(at, bound)| holds(*at, bound))
            .map(|(at, _)| at)
    }

    /// What is told of the waivers at the end, given how many findings each has let pass: those that
    /// have expired, and those that nothing needed. `input` stands for the file of the waiver.
    pub fn tell(&self, counts: &[u64], input: impl Fn(&Waiver) -> usize) -> Vec<Finding> {
        let mut told = Vec::new();
        for (at, bound) in self.all.iter().enumerate() {
            let Waiver {
                rule,
                expires,
                line,
                ..
            } = &bound.waiver;
            let unused = counts.get(at).is_none_or(|count| *count == 0);
            let fault = match bound.expired {
                true => InputFault::ExpiredWaiver,
                false if unused && !bound.shared => InputFault::UnusedWaiver,
                false => continue,
            };
            let Some(about) = rule_about(fault) else {
                continue;
            };
            let day = date_of(*expires)
                .map(|day| day.to_string())
                .unwrap_or_default();
            let message = about.message.replace("{rule}", rule).replace("{day}", &day);
            told.push(Finding {
                line: *line as u64,
                ..about_input(about, input(&bound.waiver), "", &message)
            });
        }
        told
    }
}
