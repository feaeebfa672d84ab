//! The rules that are not run for a landlord, and why: the user has switched them off, or the exports have
//! not what they look at, or nobody has said when persons were born.

use std::collections::BTreeMap;

use super::supply::{Job, Scene};
use crate::check::rule::{Check, Rule};
use crate::check::rules::RULES;
use crate::profile::Source;
use crate::report::not_run::NotRun;
use crate::standard::Standard;

/// The rules that are not run for want of columns, by their places in the catalogue.
#[derive(Default)]
pub(super) struct NotRunRules {
    unfed: BTreeMap<usize, Unfed>,
}

/// What a rule looks at and an input has not.
struct Unfed {
    fields: &'static [&'static str],
    /// Whether the profile maps no column to it.
    unmapped: bool,
    inputs: Vec<String>,
}

impl NotRunRules {
    /// Notes the rules that find nothing to look at in an input.
    pub(super) fn note(&mut self, scene: &Scene<'_>, standard: &Standard) {
        // an input without columns has no records either, and that is told
        if !scene.has_columns {
            return;
        }
        let Some(table) = standard.table(scene.profile.table) else {
            return;
        };
        let place = |name: &&'static str| table.fields.iter().position(|own| own.name == **name);
        let has = |name: &&'static str| {
            let fed = |at| scene.binding.feeds(at) || scene.profile.gives(at);
            place(name).is_none_or(fed)
        };
        let mapped = |name: &&'static str| {
            let plans = scene.profile.plans().filter(|plan| plan.name == **name);
            plans.into_iter().any(|plan| plan.source != Source::Absent)
        };
        for (at, rule) in RULES.iter().enumerate() {
            if rule.table != table.name || scene.rules.is_off(rule) {
                continue;
            }
            let mut needed = rule.needed().into_iter();
            if let Some(fields) = needed.find(|fields| !fields.iter().any(has)) {
                let unfed = self.unfed.entry(at).or_insert_with(|| Unfed {
                    fields,
                    unmapped: !fields.iter().any(mapped),
                    inputs: Vec::new(),
                });
                unfed.inputs.push(scene.name.to_string());
            }
        }
    }

    /// What there is to report of the landlord: what is switched off, and what had nothing to look at.
    pub(super) fn tell(&self, job: &Job) -> Vec<NotRun> {
        let told =
            |rule: &Rule, why: String| NotRun::rule(&job.profile.code, [rule.id, rule.slug], why);
        let off = job.rules.switched_off().into_iter();
        let off = off.map(|(rule, by)| told(rule, format!("switched off by {by}")));
        let unfed = self.unfed.iter().filter_map(|(at, unfed)| {
            let rule = RULES.get(*at)?;
            let fields = unfed.fields.join(" or ");
            Some(match unfed.unmapped {
                true => told(rule, format!("the profile maps no column to {fields}")),
                false => NotRun {
                    files: unfed.inputs.clone(),
                    ..told(rule, format!("the input has no column for {fields}"))
                },
            })
        });
        let unborn = without_births(job);
        let unborn = unborn
            .into_iter()
            .map(|(rule, why)| told(rule, why.to_owned()));
        let unlogged = !job.has_log();
        let history = unlogged.then(|| {
            let why = "no log of changes is given; --history names one";
            NotRun::check(&job.profile.code, "history", why)
        });
        let mut all: Vec<NotRun> = off.chain(unfed).chain(unborn).collect();
        all.sort_by(|one, other| one.rule.cmp(&other.rule));
        all.extend(history);
        all
    }
}

/// The rules that need dates of birth, where there are none, and why there are none.
fn without_births(job: &Job) -> Vec<(&'static Rule, &'static str)> {
    let why = match (&job.references, &job.profile.persons.date_of_birth) {
        (references, Some(_)) if references.births.is_some() => return Vec::new(),
        (references, _) if references.persons.is_none() => "no reference file of persons was given",
        _ => "the profile names no date_of_birth under [persons]",
    };
    let rules = RULES.iter().copied();
    let needy =
        rules.filter(|rule| matches!(rule.check, Check::Born(_)) && !job.rules.is_off(rule));
    needy.map(|rule| (rule, why)).collect()
}
