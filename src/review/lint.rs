//! Looks a crosswalk over: what cannot be read, what no value ever reaches, and what a second look is worth.

use std::collections::HashMap;
use std::fmt;

use super::import::faults;
use super::row::Row;
use crate::cell::label::Label;
use crate::standard::{Code, Standard};
use crate::suggest::CodeList;

/// How grave a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// A profile refuses the crosswalk.
    Error,
    /// Somebody should look.
    Warning,
    /// Worth knowing.
    Info,
}

impl fmt::Display for Gravity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Gravity::Error => "error",
            Gravity::Warning => "warning",
            Gravity::Info => "info",
        })
    }
}

/// Something to say about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The file as it was named.
    pub file: String,
    /// The line of the row.
    pub line: usize,
    /// How grave it is.
    pub gravity: Gravity,
    /// What it is, and the remedy.
    pub text: String,
}

/// A crosswalk that is looked over.
pub struct Linted<'r> {
    /// The file as it was named.
    pub file: String,
    /// What its codes are.
    pub list: CodeList,
    /// Its rows with their lines.
    pub rows: &'r [(usize, Row)],
}

/// Looks crosswalks over, each by itself and all together.
pub fn lint(crosswalks: &[Linted<'_>], standard: &Standard) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = crosswalks
        .iter()
        .flat_map(|own| {
            let mut remarks = of_rows(own, standard);
            remarks.extend(conflicts(own));
            remarks.sort_by_key(|remark| remark.line);
            remarks
        })
        .collect();
    remarks.extend(between(crosswalks));
    remarks
}

fn of_rows(own: &Linted<'_>, standard: &Standard) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (line, row) in own.rows {
        let mut tell = |gravity, text: String| {
            remarks.push(Remark {
                file: own.file.clone(),
                line: *line,
                gravity,
                text: format!("{}: {text}", row.value),
            });
        };
        let prefix = format!("{}: ", row.value);
        for fault in faults(row, own.list, standard) {
            let text = fault.strip_prefix(&prefix).unwrap_or(&fault);
            tell(Gravity::Error, text.to_owned());
        }
        if row.is_decided() && (row.reviewer.is_empty() || row.date.is_empty()) {
            tell(
                Gravity::Info,
                "nobody stands behind the decision; fill in reviewer and date".to_owned(),
            );
        }
        if own.list != CodeList::Alerts || row.status != "approved" {
            continue;
        }
        let label = Label::new(&row.value);
        let codes: Vec<&Code> = row
            .targets
            .iter()
            .filter_map(|code| standard.codes.by_subcode(code))
            .collect();
        for text in contradictions(&label, row, &codes) {
            tell(
                Gravity::Warning,
                format!("{text}; say confirmed if it is meant so"),
            );
        }
        for text in twins(row, &codes, standard) {
            tell(Gravity::Warning, text);
        }
    }
    remarks
}

/// What the words of a value say against its codes.
fn contradictions(label: &Label, row: &Row, codes: &[&Code]) -> Vec<String> {
    let unconditional = row.conditions().next().is_none();
    let said = [
        (label.is_control_measure(), "says how to visit, and not why"),
        (
            unconditional && label.leaves_direction_open(),
            "does not say who suffers the abuse and who commits it",
        ),
        (label.denies(), "denies what it names"),
        (
            label.is_of_property(),
            "is about a property, and nobody who lives there",
        ),
    ];
    let mut found: Vec<String> = said
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, text)| text.to_owned())
        .collect();
    for code in codes
        .iter()
        .filter(|code| label.disagrees_with(&code.subcode))
    {
        found.push(format!(
            "its words belong to other codes than {} {}",
            code.subcode, code.subname
        ));
    }
    found
}

/// What follows from taking a code and not its near-equal twin.
fn twins(row: &Row, codes: &[&Code], standard: &Standard) -> Vec<String> {
    let mut found = Vec::new();
    for code in codes {
        let Some(twin) = standard.codes.twin_of(code) else {
            continue;
        };
        let beside = codes.iter().any(|own| own.id == twin.id);
        let itself = row.value.trim().eq_ignore_ascii_case(&code.subcode);
        if beside || itself {
            continue;
        }
        let differs = |own: bool, other: bool, what: &str| match (own, other) {
            (false, true) => Some(format!(
                "{} {what} not, and its twin {} does; say confirmed if it is meant so",
                code.subcode, twin.subcode
            )),
            (true, false) => Some(format!(
                "{} {what}, and its twin {} does not; say confirmed if it is meant so",
                code.subcode, twin.subcode
            )),
            _ => None,
        };
        found.extend(differs(
            code.is_awaab_relevant,
            twin.is_awaab_relevant,
            "counts for Awaab's Law",
        ));
        found.extend(differs(
            code.is_critical,
            twin.is_critical,
            "counts as critical",
        ));
    }
    found
}

/// Rows about one value: those that contradict each other, and those that no cell ever reaches.
fn conflicts(own: &Linted<'_>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut tell = |line: usize, gravity, text: String| {
        remarks.push(Remark {
            file: own.file.clone(),
            line,
            gravity,
            text,
        });
    };
    let mut seen: HashMap<_, &(usize, Row)> = HashMap::new();
    let mut open: HashMap<String, usize> = HashMap::new();
    let mut written: HashMap<String, &(usize, Row)> = HashMap::new();
    for entry in own.rows {
        let (line, row) = entry;
        let same = |other: &Row| (&other.targets, &other.status) == (&row.targets, &row.status);
        match seen.get(&row.key()) {
            Some((first, other)) if same(other) => {
                tell(
                    *line,
                    Gravity::Warning,
                    format!("{}: repeats line {first}; delete one", row.value),
                );
            }
            Some((first, _)) => {
                tell(
                    *line,
                    Gravity::Error,
                    format!(
                        "{}: line {first} says otherwise about the same value",
                        row.value
                    ),
                );
            }
            None => {
                if let Some(first) = open.get(&row.folded()) {
                    tell(
                        *line,
                        Gravity::Warning,
                        format!(
                            "{}: is never reached, because line {first} holds whatever the conditions; move it up",
                            row.value
                        ),
                    );
                }
                seen.insert(row.key(), entry);
            }
        }
        if row.conditions().next().is_none() {
            open.entry(row.folded()).or_insert(*line);
        }
        match written.get(&plain(&row.value)) {
            Some((first, other))
                if row.is_approved()
                    && other.is_approved()
                    && other.folded() != row.folded()
                    && row.targets != other.targets =>
            {
                tell(
                    *line,
                    Gravity::Warning,
                    format!(
                        "{}: line {first} has another code for nearly the same words",
                        row.value
                    ),
                );
            }
            Some(_) => {}
            None => {
                written.insert(plain(&row.value), entry);
            }
        }
    }
    remarks
}

/// One label with two codes in different crosswalks.
fn between(crosswalks: &[Linted<'_>]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut seen: HashMap<_, (&str, usize, &Row)> = HashMap::new();
    for own in crosswalks.iter().filter(|own| own.list == CodeList::Alerts) {
        for (line, row) in own.rows.iter().filter(|(_, row)| row.is_approved()) {
            match seen.get(&row.key()) {
                Some((file, first, other)) if *file != own.file && other.targets != row.targets => {
                    remarks.push(Remark {
                        file: own.file.clone(),
                        line: *line,
                        gravity: Gravity::Warning,
                        text: format!(
                            "{}: is {} here, and {} in {file}:{first}",
                            row.value,
                            row.target(),
                            other.target()
                        ),
                    });
                }
                Some(_) => {}
                None => {
                    seen.insert(row.key(), (&own.file, *line, row));
                }
            }
        }
    }
    remarks
}

/// A value without what people write one time and not another: case, punctuation and white space.
fn plain(value: &str) -> String {
    let kept = value.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remarks(text: &str) -> Vec<String> {
        let standard = Standard::embedded().unwrap();
        let rows = super::super::csv_form::parse("a.csv", text.as_bytes()).unwrap();
        let own = Linted {
            file: "a.csv".to_owned(),
            list: CodeList::Alerts,
            rows: &rows,
        };
        let remarks = lint(&[own], &standard).into_iter();
        let grave = remarks.filter(|remark| remark.gravity != Gravity::Info);
        grave
            .map(|remark| format!("{} {} {}", remark.line, remark.gravity, remark.text))
            .collect()
    }

    #[test]
    fn what_is_wrong_with_a_crosswalk() {
        let text = "value,target,status,when Role\n\
            Asthma,MED1.01,approved,\n\
            asthma,MED1.02,approved,\n\
            DV,,review,\n\
            DV,SAF1.01,approved,survivor\n\
            Two person visit,RISK2.01,approved,\n\
            No-access,RISK2.01,confirmed,\n\
            no access,RISK2.02,confirmed,\n\
            Ventilator,RISK5.06,approved,\n\
            Fits,MED9.99,approved,\n";
        let told = remarks(text).join("\n");
        for part in [
            "3 error asthma: line 2 says otherwise",
            "5 warning DV: is never reached, because line 4",
            "6 warning Two person visit: says how to visit",
            "8 warning no access: line 7 has another code",
            "9 warning Ventilator: RISK5.06 counts for Awaab's Law not, and its twin MED4.03 does",
            "10 error Fits: MED9.99 is no code",
        ] {
            assert!(told.contains(part), "{part}\n{told}");
        }
        assert!(!told.contains("No-access: says"), "{told}");
    }

    #[test]
    fn a_sound_crosswalk_is_silent() {
        let text = "value,target,status,reviewer,date\nAsthma,MED1.01,approved,officer,2026-11-22\nDV,,review,,\n";
        assert!(remarks(text).is_empty());
    }
}
