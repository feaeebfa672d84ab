//! What stands in the way of the alerts of a chunk that do not go through.

use xxhash_rust::xxh3::xxh3_64;

use super::rule::FREE_TEXTS;
use super::tell::{Scene, Teller};
use crate::candidate::{Candidates, Outcome};
use crate::cell::fold;
use crate::chunk::Chunk;
use crate::finding::{Finding, NO_CANDIDATE, Severity};
use crate::obstacle::{Obstacle, Obstacles, Place, StoppedAlert};

/// Characters of a value that are kept where values are asked for.
const MOST_SHOWN: usize = 80;

/// The obstacles of a chunk; `findings` are ordered by record.
pub(super) fn obstacles(
    chunk: &Chunk,
    batch: &Candidates,
    scene: &Scene<'_>,
    teller: &Teller<'_>,
    findings: &[Finding],
) -> Obstacles {
    let mut all = Obstacles::default();
    for unreadable in &chunk.unreadable {
        let errors = errors_of(findings, unreadable.record.number);
        let met = errors.map(|finding| (whole_record(finding), Place::of(finding)));
        all.note(StoppedAlert::default(), met);
    }
    for (row, outcome) in batch.outcomes.iter().enumerate() {
        if !matches!(outcome, Outcome::Rejected | Outcome::Review | Outcome::Gap) {
            continue;
        }
        let alert = stopped_alert(batch, row, scene);
        if *outcome == Outcome::Gap {
            all.note_gap(alert);
            continue;
        }
        let errors = errors_of(findings, teller.record(batch, row).number);
        let own = errors
            .filter(|finding| finding.candidate == row as u32 || finding.candidate == NO_CANDIDATE);
        let met = own.map(|finding| {
            let obstacle = match finding.candidate {
                NO_CANDIDATE => whole_record(finding),
                _ => at_value(finding, batch, row, scene, teller),
            };
            (obstacle, Place::of(finding))
        });
        all.note(alert, met);
    }
    all
}

/// What the gate has put in the way of alerts that had come so far; `findings` are what it said.
pub fn gate_obstacles(
    chunk: &Chunk,
    batch: &Candidates,
    scene: Scene<'_>,
    findings: &[Finding],
) -> Obstacles {
    let teller = Teller::new(scene, chunk);
    let mut all = Obstacles::default();
    for finding in findings {
        let row = finding.candidate as usize;
        let stopped = batch.outcomes.get(row) == Some(&Outcome::Rejected);
        if stopped && finding.severity == Severity::Error {
            let obstacle = at_value(finding, batch, row, &scene, &teller);
            let met = std::iter::once((obstacle, Place::of(finding)));
            all.note(stopped_alert(batch, row, &scene), met);
        }
    }
    all
}

fn stopped_alert(batch: &Candidates, row: usize, scene: &Scene<'_>) -> StoppedAlert {
    let codes = batch.int32s("person_alert_code_id");
    let code = codes.and_then(|codes| codes.get(row));
    let code = code.and_then(|id| scene.standard.codes.by_id(*id));
    let persons = batch.int64s("person_id");
    StoppedAlert {
        person: persons.and_then(|persons| persons.get(row)).copied(),
        code: code.map(|code| (code.is_critical, code.is_awaab_relevant)),
    }
}

fn errors_of(findings: &[Finding], record: u64) -> impl Iterator<Item = &Finding> {
    let first = findings.partition_point(|finding| finding.record < record);
    let own = findings.iter().skip(first);
    own.take_while(move |finding| finding.record == record)
        .filter(|finding| finding.severity == Severity::Error)
}

fn whole_record(finding: &Finding) -> Obstacle {
    Obstacle {
        rule: finding.remark.rule,
        column: finding.remark.column.clone(),
        value: 0,
        empty: false,
        shown: None,
    }
}

fn at_value(
    finding: &Finding,
    batch: &Candidates,
    row: usize,
    scene: &Scene<'_>,
    teller: &Teller<'_>,
) -> Obstacle {
    let statement = batch.statement(row);
    let fields = scene.profile.fields.iter().enumerate();
    let mut fields =
        fields.filter(|(at, _)| scene.binding.title(statement, *at) == &*finding.remark.column);
    let Some((field, plan)) = fields.next() else {
        return whole_record(finding);
    };
    let cell = teller.cell(batch, row, field);
    let private =
        FREE_TEXTS.contains(&plan.name.as_str()) || finding.remark.rule.subject == "privacy";
    let shown = scene.show_values && !private && !cell.is_empty();
    Obstacle {
        value: xxh3_64(fold(&cell).as_bytes()),
        empty: cell.is_empty(),
        shown: shown.then(|| cell.chars().take(MOST_SHOWN).collect()),
        ..whole_record(finding)
    }
}
