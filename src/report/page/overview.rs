//! The top of the page: whose report it is, the verdict, and the figures that matter most.

use serde::Serialize;

use crate::report::Report;
use crate::report::audience::Audience;
use crate::report::numerals::{percent, plural};
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
            format!("To be shared: it shows no value and no place of a record, and no count of alerts below {least}.")
        }
    };
    Head {
        title: format!("Person alerts of {who}, as of {}", report.as_of),
        heading: format!("Person alerts: {who}"),
        subheading: format!(
            "{} converted to {}, edition {}, as of {}",
            capital(&plural(report.inputs.len() as u64, "input")),
            report.standard.name,
            report.standard.edition,
            report.as_of
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
        true => own.sentence.clone(),
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

pub(super) fn figures(report: &Report, audience: Audience) -> Vec<Figure> {
    let total = &report.ledger.total;
    let mut figures = Vec::new();
    let mut figure = |name, count, note| figures.push(Figure { name, count, note });
    let sum = |of: fn(&crate::report::portrait::Portrait) -> u64| -> u64 {
        report.portraits.iter().map(of).sum()
    };
    let estimated = report.portraits.iter().any(|own| own.people_estimated);
    let deleted = report.ledger.deleted.unwrap_or_default().emitted;
    let logs = match deleted {
        0 => String::new(),
        more => format!("and {} from logs of changes", audience.count(more)),
    };
    figure("Alerts in the output", audience.count(total.emitted), logs);
    if !report.portraits.is_empty() {
        let people = audience.estimate(sum(|own| own.people), estimated);
        figure("People", people, String::new());
    }
    figure(
        "Set aside",
        audience.count(total.set_aside()),
        format!(
            "{} of what was stated",
            percent(total.set_aside(), total.stated())
        ),
    );
    figure(
        "Values to decide on",
        audience.count(report.unmapped_values as u64),
        String::new(),
    );
    let active = sum(|own| own.active);
    if !report.portraits.is_empty() {
        figure("Active alerts", audience.count(active), String::new());
        let overdue = sum(|own| own.overdue);
        let note = match audience.is_others() && overdue < audience.least() {
            true => String::new(),
            false => format!("{} of the active", percent(overdue, active)),
        };
        figure("Review overdue", audience.count(overdue), note);
    }
    figures
}

/// A sentence with a capital letter at its beginning.
pub(super) fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
