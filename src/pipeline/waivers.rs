//! The waivers of a landlord: how often each was needed, and what is told of them at the end.

use super::supply::Job;
use crate::cell::date::date_of;
use crate::check::rules::find;
use crate::check::waivers::{Bound, NamedAlerts};
use crate::finding::{Finding, NO_WAIVER};
use crate::profile::waivers_section::Waiver;
use crate::report::waivers::{ScopeReport, ScopeValues, WaiverReport};
use crate::standard::Standard;

/// What is remembered of waivers while the inputs of a landlord are consumed.
#[derive(Default)]
pub(super) struct UsedWaivers {
    /// Alerts that waivers of rules over the dataset name.
    pub named: NamedAlerts,
    /// Findings that each waiver has let pass.
    counts: Vec<u64>,
}

impl UsedWaivers {
    /// Counts a finding that a waiver has let pass.
    pub(super) fn count(&mut self, finding: &Finding) {
        let at = usize::from(finding.waiver);
        if finding.waiver == NO_WAIVER {
            return;
        }
        if self.counts.len() <= at {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] += 1;
    }

    /// What is told of waivers at the end.
    pub(super) fn tell(&self, job: &Job, standard: &Standard) -> Vec<Finding> {
        let files = job.rules.waivers.files();
        let place = |waiver: &Waiver| files.iter().position(|name| *name == waiver.by);
        // the files that waivers stand in are named behind the inputs and the code lists
        let named = job.inputs.len() + standard.lookups().iter().count();
        let input = |waiver: &Waiver| named + place(waiver).unwrap_or_default();
        job.rules.waivers.tell(&self.counts, input)
    }

    /// What the report says of them; values are shown only where the user asked for them.
    pub(super) fn report(&self, job: &Job, show_values: bool) -> Vec<WaiverReport> {
        let reports = job.rules.waivers.iter().enumerate().map(|(at, bound)| {
            let count = self.counts.get(at).copied().unwrap_or_default();
            report(&job.profile.code, bound, count, show_values)
        });
        reports.collect()
    }
}

fn report(landlord: &str, bound: &Bound, count: u64, show_values: bool) -> WaiverReport {
    let Waiver {
        rule,
        scope,
        reason,
        owner,
        expires,
        by,
        line,
    } = &bound.waiver;
    let files = scope.files.iter().map(|file| file.as_str().to_owned());
    WaiverReport {
        landlord: landlord.to_owned(),
        rule: (*rule).into(),
        slug: find(rule).map_or("", |rule| rule.slug).into(),
        file: by.to_string(),
        line: *line,
        scope: ScopeReport {
            columns: scope.columns.clone(),
            codes: scope.codes.clone(),
            files: files.collect(),
            references: Some(scope.references.len()).filter(|count| *count > 0),
            values: match (scope.values.as_slice(), show_values) {
                ([], _) => None,
                (values, true) => Some(ScopeValues::Shown(values.to_vec())),
                (values, false) => Some(ScopeValues::Counted(values.len())),
            },
            from: scope.from.map(day),
            to: scope.to.map(day),
        },
        reason: reason.clone(),
        owner: owner.clone(),
        expires: day(*expires),
        expired: bound.expired,
        count,
    }
}

fn day(days: i32) -> String {
    let date = date_of(days);
    date.map(|date| date.to_string()).unwrap_or_default()
}
