//! Which records of a chunk go to the rejects, and why.

use std::ops::Range;

use crate::candidate::{Candidates, Outcome};
use crate::chunk::{Chunk, Record};
use crate::finding::{Finding, NO_CANDIDATE, Severity};
use crate::map::{Binding, names_in, part_names};
use crate::write::rejects::{Reject, Surroundings};

/// The records of a chunk that do not go through, in input order; `findings` are ordered by record.
pub(super) fn rejects<'c>(
    chunk: &'c Chunk,
    candidates: &Candidates,
    binding: &Binding,
    findings: &[Finding],
) -> Vec<(&'c Record, Reject<'c>)> {
    let unreadable = chunk.unreadable.iter().map(|own| {
        let told = findings_of(findings, own.record.number);
        let reject = Reject {
            raw: chunk.raw(&own.record),
            reason: reason(told.iter(), Outcome::Rejected),
            parts: String::new(),
            alerts: 1,
            readable: false,
            around: Surroundings::of(chunk, &own.record),
        };
        (&own.record, reject)
    });
    let mut all: Vec<_> = unreadable.collect();
    let mut first = 0;
    for rows in candidates.record_rows.chunk_by(|a, b| a == b) {
        let range = first..first + rows.len();
        first = range.end;
        let rejected: Vec<usize> = range
            .clone()
            .filter(|row| is_rejected(candidates.outcomes[*row]))
            .collect();
        if rejected.is_empty() {
            continue;
        }
        let record = &chunk.records[rows[0] as usize];
        let told = findings_of(findings, record.number);
        let before = binding.parts();
        let before = before.map_or("", |column| chunk.cell(rows[0] as usize, column).trim());
        let names = names(candidates, binding, &range, &rejected);
        let reject = Reject {
            raw: chunk.raw(record),
            reason: reasons(
                candidates,
                &rejected,
                told,
                (rows.len() > 1).then_some(&names),
            ),
            parts: match rejected.len() == rows.len() {
                // rejected before, the record may hold more than what was converted again
                true => before.to_owned(),
                false => still_named(before, &names),
            },
            alerts: rejected.len() as u64,
            readable: true,
            around: Surroundings::of(chunk, record),
        };
        all.push((record, reject));
    }
    all.sort_unstable_by_key(|(record, _)| record.number);
    all
}

fn is_rejected(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Rejected | Outcome::Review | Outcome::Gap)
}

fn findings_of(findings: &[Finding], record: u64) -> &[Finding] {
    let first = findings.partition_point(|finding| finding.record < record);
    let behind = findings.partition_point(|finding| finding.record <= record);
    findings.get(first..behind).unwrap_or_default()
}

/// What the rejected alerts of a record may be called, the shortest first that means them alone among all
/// that the record states.
fn names(
    candidates: &Candidates,
    binding: &Binding,
    all: &Range<usize>,
    rejected: &[usize],
) -> Vec<[String; 2]> {
    let Some(stated) = &candidates.stated else {
        return Vec::new();
    };
    let place = |row: usize| (stated.statements[row], stated.numbers[row].value);
    let names = |row: &usize| {
        let label = binding.label(candidates.statement(*row));
        let mut names = part_names(label, stated.numbers[*row]);
        // an alert that is the only one of its value may become several when it is mended
        if all
            .clone()
            .filter(|other| place(*other) == place(*row))
            .count()
            > 1
        {
            names.reverse();
        }
        names
    };
    rejected.iter().map(names).collect()
}

/// The cell that names the rejected alerts of a record: of the names that stood there `before` those that
/// mean one of them, else a name for each.
fn still_named(before: &str, names: &[[String; 2]]) -> String {
    let first = names.iter().map(|names| names[0].as_str());
    let kept = names_in(before).into_iter();
    let kept = kept.filter(|name| names.iter().flatten().any(|own| own == name));
    match before.is_empty() {
        true => first.collect::<Vec<_>>().join("; "),
        false => kept.collect::<Vec<_>>().join("; "),
    }
}

/// What was wrong with the alerts of one record, each named where the record states several.
fn reasons(
    candidates: &Candidates,
    rows: &[usize],
    told: &[Finding],
    names: Option<&Vec<[String; 2]>>,
) -> String {
    let reasons = rows.iter().enumerate().map(|(at, row)| {
        let own = told.iter().filter(|finding| {
            finding.candidate == *row as u32 || finding.candidate == NO_CANDIDATE
        });
        let reason = reason(own, candidates.outcomes[*row]);
        match names.and_then(|names| names.get(at)) {
            Some([name, _]) => format!("{reason} [{name}]"),
            None => reason,
        }
    });
    reasons.collect::<Vec<_>>().join("; ")
}

/// What was wrong with one alert, or with a whole record.
fn reason<'f>(findings: impl Iterator<Item = &'f Finding>, outcome: Outcome) -> String {
    let errors = findings.filter(|finding| finding.severity == Severity::Error);
    let told: Vec<String> = errors
        .map(|finding| format!("{} {}", finding.rule(), finding.remark.message))
        .collect();
    let mark = match outcome {
        Outcome::Review => "review: ",
        Outcome::Gap => "gap: ",
        _ => "",
    };
    format!("{mark}{}", told.join("; "))
}
