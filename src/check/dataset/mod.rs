//! Rules over the whole dataset: they see the active alerts of one landlord, a person at a time, and
//! never drop one.

mod active_alert;
pub mod age;
mod covered_days;
mod person;

use std::path::Path;
use std::sync::Arc;

pub use active_alert::{ActiveAlert, ENDLESS, Hit, active_alerts};
pub use person::{Blame, Person};

use super::context::Context;
use super::rule::{Check, Rule};
use super::rules::RULES;
use super::settings::RuleSettings;
use crate::error::Result;
use crate::finding::{Finding, NO_CANDIDATE, NO_WAIVER, Remark};
use crate::reference::BirthDates;
use crate::sorted_runs::SortedRuns;

/// The rules over the dataset that are not switched off, with their places in the catalogue.
fn rules_on(settings: &RuleSettings) -> impl Iterator<Item = (u32, &'static Rule)> {
    let rules = (0..).zip(RULES.iter().copied());
    let dataset = |rule: &Rule| matches!(rule.check, Check::Dataset(_) | Check::Born(_));
    rules.filter(move |(_, rule)| dataset(rule) && !settings.is_off(rule))
}

/// Whether there is any rule over the dataset to run, so that active alerts need to be gathered.
pub fn is_judged(settings: &RuleSettings) -> bool {
    rules_on(settings).next().is_some()
}

/// Runs the rules over the dataset of one landlord, a person at a time. What they speak about comes in the
/// order of the input; a hit is smaller than its finding, so that it is told by [`tell_hit`] when its turn
/// comes.
///
/// # Errors
/// A temporary file cannot be written or read.
pub fn dataset_hits(
    alerts: SortedRuns<ActiveAlert>,
    births: Option<&BirthDates>,
    context: &Context<'_>,
    folder: &Path,
) -> Result<SortedRuns<Hit>> {
    let rules: Vec<(u32, &Rule)> = rules_on(context.rules).collect();
    let mut births = births.into_iter().flat_map(BirthDates::iter).peekable();
    let mut hits = SortedRuns::new(folder);
    let mut alerts_of_one: Vec<ActiveAlert> = Vec::new();
    let mut judge = |alerts: &mut Vec<ActiveAlert>| {
        let key = alerts.first().map_or(i64::MIN, |alert| alert.person_id);
        // both come in the order of the persons
        while births.next_if(|(person, _)| *person < key).is_some() {}
        let born = births.peek().filter(|(person, _)| *person == key);
        let person = Person {
            alerts,
            born: born.map(|(_, day)| *day),
        };
        hits.extend(hits_of(person, &rules, context))?;
        alerts.clear();
        Ok(())
    };
    alerts.each(|alert| {
        let first = alerts_of_one.first();
        if first.is_some_and(|first| first.person_id != alert.person_id) {
            judge(&mut alerts_of_one)?;
        }
        alerts_of_one.push(alert);
        Ok(())
    })?;
    judge(&mut alerts_of_one)?;
    Ok(hits)
}

fn hits_of(person: Person<'_>, rules: &[(u32, &Rule)], context: &Context<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (at, rule) in rules {
        let blamed = match (&rule.check, person.born) {
            (Check::Dataset(speaks), _) => speaks(person, context),
            (Check::Born(speaks), Some(day)) => speaks(person, day, context),
            _ => continue,
        };
        for blame in blamed {
            let Some(alert) = person.alerts.get(blame.alert) else {
                continue;
            };
            let other = blame.against.and_then(|other| person.alerts.get(other));
            hits.push(Hit {
                input: alert.input,
                record: alert.record,
                rule: *at,
                line: alert.line,
                other_input: other.map_or(0, |other| other.input),
                other_record: other.map_or(0, |other| other.record),
            });
        }
    }
    hits
}

/// What a rule over the dataset speaks about, as a finding; `column` is the input's column of the
/// field that the rule blames, `sheet_column` that of a spreadsheet, and `others` the name of the input
/// where the alert stands that it goes against. The row of the spreadsheet is left open.
pub fn tell_hit(
    hit: &Hit,
    column: &str,
    sheet_column: Option<u32>,
    others: &str,
) -> Option<Finding> {
    let rule = RULES.get(hit.rule as usize)?;
    let field = rule.reads.first().copied().unwrap_or_default();
    let other = match (hit.other_input == hit.input, hit.other_record) {
        (true, record) if record == hit.record => "the same record".to_owned(),
        (true, record) => format!("record {record}"),
        (false, record) => format!("record {record} of {others}"),
    };
    let words = format!("{field}: {}", rule.message.replace("{other}", &other));
    let remark = Remark {
        rule: rule.facts(),
        column: column.into(),
        sheet_column,
        message: words.into(),
    };
    Some(Finding {
        remark: Arc::new(remark),
        record: u64::from(hit.record),
        line: u64::from(hit.line),
        row: 0,
        input: hit.input,
        candidate: NO_CANDIDATE,
        severity: rule.severity,
        effect: rule.effect.at(rule.severity),
        waiver: NO_WAIVER,
    })
}
