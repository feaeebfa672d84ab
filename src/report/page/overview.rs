//! The top of the page: whose report it is, the verdict, and the figures that matter most.

use serde::Serialize;

use super::picture::HIDDEN;
use crate::report::Report;
use crate::report::audience::Audience;
use crate::report::numerals::{number, percent, plural};
use crate::report::portrait::Portrait;
use crate::report::shown::shown;
use crate::report::verdict::Use;

/// Characters of a name that the page shows.
pub(super) const MOST_NAME: usize = 120;

#[derive(Debug, Serialize)]
pub(super) struct Head {
    title: String,
    heading: String,
    subheading: String,
    mark: String,
    foot: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Verdict {
    kind: Use,
    words: &'static str,
    sentence: String,
}

/// A figure with its name.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    name: &'static str,
    count: String,
    note: String,
}

pub(super) fn head(report: &Report, audience: Audience) -> Head {
    let all = report.landlords.len() as u64;
    let who = match report.landlords.as_slice() {
        [only] if !only.name.is_empty() => shown(&only.name, MOST_NAME),
        _ => plural(all, "landlord"),
    };
    let mark = match audience {
        Audience::Owner { values: false } => {
            "Confidential: for those who may see the data. It shows no value of a record, but places and small counts."
                .to_owned()
        }
        Audience::Owner { values: true } => {
            "Confidential: for those who may see the data. It shows values of records.".to_owned()
        }
        Audience::Others { least } => {
            format!("To be shared: it shows no value and no place of a record, and no count of alerts or people below {least}.")
        }
    };
    Head {
        title: format!("Person alerts of {who}, as of {}", report.days()),
        heading: format!("Person alerts: {who}"),
        subheading: format!(
            "{} converted to {}, edition {}, as of {}",
            capital(&plural(report.inputs.len() as u64, "input")),
            report.standard.name,
            report.standard.edition,
            report.days()
        ),
        mark,
        foot: format!(
            "Made by {} {} from the files of the run. The numbers are those of report.json.",
            report.tool.name, report.tool.version
        ),
    }
}

pub(super) fn verdict(report: &Report, audience: Audience) -> Verdict {
    let own = &report.verdict;
    let sentence = match audience.is_others() {
        true => for_others(report, audience),
        false => own.in_full(),
    };
    Verdict {
        kind: own.result,
        words: match own.result {
            Use::Usable => "The result can be used",
            Use::WithCare => "The result can be used with care",
            Use::NotYet => "The result is not to be used yet",
            Use::Nothing => "There is nothing to use",
        },
        sentence: capital(&sentence) + ".",
    }
}

/// The verdict without a sum that a small count could be worked out from.
fn for_others(report: &Report, audience: Audience) -> String {
    let total = &report.ledger.total;
    let mut sentence = match total.set_aside() {
        0 if total.stated() == 0 => "no input states an alert".to_owned(),
        0 => "no alert is set aside".to_owned(),
        aside => format!("{} alerts are set aside", audience.count(aside)),
    };
    if report.failed() > 0 {
        let landlords = plural(report.landlords.len() as u64, "landlord");
        let failed = number(report.failed());
        sentence.push_str(&format!("; {failed} of {landlords} not converted"));
    }
    sentence
}

pub(super) fn figures(report: &Report, audience: Audience) -> Vec<Figure> {
    let figure = |name, count, note| Figure { name, count, note };
    let total = &report.ledger.total;
    let sums = Sums::of(report);
    let deleted = report.ledger.deleted.unwrap_or_default().emitted;
    let (others, hides) = (audience.is_others(), |count| audience.hides(count));
    let emitted = match others {
        // what comes from logs may be few, and is not told apart
        true => figure(
            "Alerts in the output",
            audience.count(sums.alerts),
            String::new(),
        ),
        false => {
            let logs = match deleted {
                0 => String::new(),
                more => format!("and {} from logs of changes", number(more)),
            };
            figure("Alerts in the output", number(total.emitted), logs)
        }
    };
    let aside = total.set_aside();
    let share = match others {
        true => String::new(),
        false => format!("{} of what was stated", percent(aside, total.stated())),
    };
    let undecided = number(report.unmapped_values as u64);
    let mut figures = vec![
        emitted,
        figure("Set aside", audience.count(aside), share),
        figure("Values to decide on", undecided, String::new()),
    ];
    if !report.portraits.is_empty() {
        // what is told must not tell of the rest, which may be few
        let people = match hides(sums.alerts - sums.people.min(sums.alerts)) {
            true if !sums.people_estimated => HIDDEN.to_owned(),
            _ => audience.estimate(sums.people, sums.people_estimated),
        };
        figures.insert(1, figure("People", people, String::new()));
        let active = match hides(sums.alerts - sums.active) {
            true => HIDDEN.to_owned(),
            false => audience.count(sums.active),
        };
        let untold = hides(sums.overdue)
            || hides(sums.active - sums.overdue)
            || hides(sums.alerts - sums.active)
            || hides(sums.active);
        let (overdue, note) = match untold {
            true => (HIDDEN.to_owned(), String::new()),
            false => {
                let share = percent(sums.overdue, sums.active);
                (number(sums.overdue), format!("{share} of the active"))
            }
        };
        figures.push(figure("Active alerts", active, String::new()));
        figures.push(figure("Review overdue", overdue, note));
    }
    figures
}

/// The portraits of all landlords, added up.
struct Sums {
    alerts: u64,
    people: u64,
    people_estimated: bool,
    active: u64,
    overdue: u64,
}

impl Sums {
    fn of(report: &Report) -> Sums {
        let sum = |of: fn(&Portrait) -> u64| report.portraits.iter().map(of).sum();
        Sums {
            alerts: sum(|own| own.alerts),
            people: sum(|own| own.people),
            people_estimated: report.portraits.iter().any(|own| own.people_estimated),
            active: sum(|own| own.active),
            overdue: sum(|own| own.overdue),
        }
    }
}

/// A sentence with a capital letter at its beginning.
pub(super) fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
