//! Takes decisions back into a crosswalk: what was approved stays, what is new is added, and what changed is
//! told.

use std::collections::HashMap;
use std::path::Path;

use super::row::{RELATIONS, Row, STATUSES};
use crate::cell::date_format::DateFormat;
use crate::error::{Error, Problem, Result};
use crate::profile::document::did_you_mean;
use crate::standard::Standard;
use crate::suggest::CodeList;

/// A crosswalk with decisions taken in, and what became of each.
#[derive(Debug, Default)]
pub struct Imported {
    /// The rows of the crosswalk.
    pub rows: Vec<Row>,
    /// Values that nobody had decided about before.
    pub decided: usize,
    /// Decided values on which somebody decided otherwise, each with what it was and is.
    pub changed: Vec<String>,
    /// Decided values that the review leaves open; what was decided is kept.
    pub kept: Vec<String>,
    /// Values that are open still.
    pub open: usize,
    /// Rows that are as they were.
    pub same: usize,
    /// Decisions that nobody's name, or no day, stands behind.
    pub unsigned: usize,
}

/// Who decided, and when, where a row does not say so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// Who, by role.
    pub reviewer: String,
    /// The day, as `yyyy-mm-dd`.
    pub date: String,
}

/// Takes reviewed rows into those of a crosswalk; `file` is what they were read from, for messages.
///
/// # Errors
/// Codes, statuses and relations that there are not, decisions without a code, and two decisions about one
/// value: all at once, and nothing is taken in.
pub fn import(
    file: &Path,
    crosswalk: Vec<Row>,
    reviewed: Vec<(usize, Row)>,
    list: CodeList,
    standard: &Standard,
    signature: &Signature,
) -> Result<Imported> {
    let mut problems = Vec::new();
    let mut seen: HashMap<_, (usize, Vec<String>, String)> = HashMap::new();
    for (line, row) in &reviewed {
        let mut problem = |text: String| {
            problems.push(Problem {
                file: file.display().to_string(),
                line: Some(*line),
                text,
            });
        };
        for text in faults(row, list, standard) {
            problem(text);
        }
        let own = (*line, row.targets.clone(), row.status.clone());
        match seen.get(&row.key()) {
            Some((first, targets, status)) if (targets, status) != (&own.1, &own.2) => {
                problem(format!(
                    "{}: line {first} decides otherwise about the same value",
                    row.value
                ));
            }
            Some(_) => {}
            None => {
                seen.insert(row.key(), own);
            }
        }
    }
    if !problems.is_empty() {
        return Err(Error::Profile(problems));
    }
    let mut imported = Imported {
        rows: crosswalk,
        ..Imported::default()
    };
    let places = imported.rows.iter().enumerate();
    let mut places: HashMap<_, usize> = places.map(|(at, row)| (row.key(), at)).collect();
    for (_, mut row) in reviewed {
        sign(&mut row, signature);
        let at = places.get(&row.key()).copied();
        match at.and_then(|at| imported.rows.get(at).cloned()) {
            Some(own) => {
                let settled = imported.settle(&own, row);
                if let Some(place) = at.and_then(|at| imported.rows.get_mut(at)) {
                    *place = settled;
                }
            }
            None => {
                imported.count_new(&row);
                places.insert(row.key(), imported.rows.len());
                imported.rows.push(row);
            }
        }
    }
    Ok(imported)
}

impl Imported {
    /// What becomes of a value that the crosswalk has already.
    fn settle(&mut self, own: &Row, row: Row) -> Row {
        let decision = |row: &Row| (row.targets.clone(), row.status.clone());
        let said = |row: &Row| format!("{} {}", row.status, row.target()).trim().to_owned();
        if own.is_decided() && !row.is_decided() {
            self.kept
                .push(format!("{}: stays {}", own.value, said(own)));
            return own.clone();
        }
        let further = match row.further.is_empty() {
            true => own.further.clone(),
            false => merged(&own.further, &row.further),
        };
        let settled = Row {
            name: if row.name.is_empty() {
                own.name.clone()
            } else {
                row.name.clone()
            },
            cells: row.cells.or(own.cells),
            further,
            ..row
        };
        match (own.is_decided(), settled.is_decided()) {
            (false, false) => self.open += 1,
            (false, true) => {
                self.decided += 1;
                self.unsigned += usize::from(is_unsigned(&settled));
            }
            (true, _) if decision(own) == decision(&settled) => self.same += 1,
            (true, _) => self.changed.push(format!(
                "{}: was {}, is {}",
                own.value,
                said(own),
                said(&settled)
            )),
        }
        settled
    }

    fn count_new(&mut self, row: &Row) {
        match row.is_decided() {
            true => {
                self.decided += 1;
                self.unsigned += usize::from(is_unsigned(row));
            }
            false => self.open += 1,
        }
    }
}

/// The further cells of a row, those of the review in place of the crosswalk's own.
fn merged(own: &[(String, String)], other: &[(String, String)]) -> Vec<(String, String)> {
    let mut all = own.to_vec();
    for (name, text) in other {
        match all.iter_mut().find(|(known, _)| known == name) {
            Some((_, place)) => place.clone_from(text),
            None => all.push((name.clone(), text.clone())),
        }
    }
    all
}

/// Puts down who decided and when, where a decision does not say so.
fn sign(row: &mut Row, signature: &Signature) {
    if !row.is_decided() {
        return;
    }
    if row.reviewer.is_empty() {
        row.reviewer.clone_from(&signature.reviewer);
    }
    if row.date.is_empty() {
        row.date.clone_from(&signature.date);
    }
}

fn is_unsigned(row: &Row) -> bool {
    row.reviewer.is_empty() || row.date.is_empty()
}

/// The table of the standard that holds the codes of a list.
pub(super) fn table_of(list: CodeList) -> &'static str {
    match list {
        CodeList::Alerts => "person_alert_codes",
        CodeList::Sources => "source_types",
    }
}

/// What is wrong with a row by itself.
pub(super) fn faults(row: &Row, list: CodeList, standard: &Standard) -> Vec<String> {
    let mut faults = Vec::new();
    let table = table_of(list);
    for target in &row.targets {
        if standard.id_of(table, target).is_none() {
            let near = match standard.remedy_for_gap(table, target) {
                Some(remedy) => format!("; {remedy}"),
                None => did_you_mean(target, standard.codes_of(table).into_iter()),
            };
            faults.push(format!(
                "{}: {target} is no code of {table}{near}",
                row.value
            ));
        }
    }
    for (word, known, what) in [
        (&row.status, &STATUSES[..], "status"),
        (&row.relation, &RELATIONS[..], "relation"),
    ] {
        if !word.is_empty() && !known.contains(&word.as_str()) {
            let near = did_you_mean(word, known.iter().copied());
            faults.push(format!(
                "{}: {what} {word} is none of {}{near}",
                row.value,
                known.join(", ")
            ));
        }
    }
    if row.is_approved() && row.targets.is_empty() {
        faults.push(format!(
            "{}: is approved and has no target; choose a code, or gap, ignore or review",
            row.value
        ));
    }
    let day = DateFormat::parse("yyyy-mm-dd")
        .ok()
        .and_then(|format| format.read(&row.date));
    if !row.date.is_empty() && day.is_none() {
        faults.push(format!("{}: the date is none as 2026-11-22", row.value));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: &str, target: &str, status: &str) -> Row {
        Row {
            value: value.to_owned(),
            targets: super::super::row::targets(target),
            status: status.to_owned(),
            ..Row::default()
        }
    }

    fn imported(own: Vec<Row>, reviewed: Vec<Row>) -> Result<Imported> {
        let standard = Standard::embedded().unwrap();
        let reviewed = reviewed
            .into_iter()
            .enumerate()
            .map(|(at, row)| (at + 2, row))
            .collect();
        let signature = Signature {
            reviewer: "officer".to_owned(),
            date: "2026-11-22".to_owned(),
        };
        import(
            Path::new("review.xlsx"),
            own,
            reviewed,
            CodeList::Alerts,
            &standard,
            &signature,
        )
    }

    #[test]
    fn what_was_approved_stays_and_what_changed_is_told() {
        let own = vec![
            row("Asthma", "MED1.01", "approved"),
            row("Stairs", "RISK5.07", "approved"),
            row("Oxygen", "RISK5.01", "draft"),
            row("DV", "", "review"),
        ];
        let reviewed = vec![
            row("asthma", "MED1.01", "review"),
            row("Stairs", "", "gap"),
            row("Oxygen", "RISK5.01", "approved"),
            row("DV", "", "review"),
            row("Dog", "RISK3.03", "approved"),
        ];
        let done = imported(own, reviewed).unwrap();
        assert_eq!(done.kept, ["Asthma: stays approved MED1.01"]);
        assert_eq!(done.changed, ["Stairs: was approved RISK5.07, is gap"]);
        assert_eq!(
            (done.decided, done.open, done.same, done.unsigned),
            (2, 1, 0, 0)
        );
        let statuses: Vec<&str> = done.rows.iter().map(|row| row.status.as_str()).collect();
        assert_eq!(
            statuses,
            ["approved", "gap", "approved", "review", "approved"]
        );
        assert_eq!(done.rows[4].reviewer, "officer");
        assert_eq!(done.rows[0].reviewer, "");
    }

    #[test]
    fn unknown_words_are_all_told_and_nothing_is_taken_in() {
        let reviewed = vec![
            row("A", "MED1.99", "approved"),
            row("B", "", "approved"),
            row("C", "MED1.01", "approoved"),
            row("D", "MED1.01", "approved"),
            row("d", "MED1.02", "approved"),
        ];
        let told = imported(Vec::new(), reviewed).unwrap_err().to_string();
        for part in [
            "review.xlsx:2: A: MED1.99 is no code",
            "review.xlsx:3: B: is approved and has no target",
            "review.xlsx:4: C: status approoved is none of",
            "review.xlsx:6: d: line 5 decides otherwise",
        ] {
            assert!(told.contains(part), "{told}");
        }
    }
}
