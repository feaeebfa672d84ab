//! The labels of a column: whether they read like alerts or sources, and what to propose for them.

use std::collections::HashMap;

use super::columns::DraftColumn;
use super::ready_list::ready_list;
use crate::cell::flag::{FlagReader, FlagWord};
use crate::cell::fold;
use crate::review::FoundLabel;
use crate::scan::several::split;
use crate::scan::{Holds, holds_identifier};
use crate::standard::Standard;
use crate::suggest::{Label, Mark, Suggester};

/// Labels that are asked about to tell what a column holds.
const ASKED: usize = 30;

/// The shares of a column's cells that read like labels, from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Recognised {
    /// Like alerts: codes of the standard, or labels that have a candidate or say why they have none.
    pub alerts: f64,
    /// Like sources.
    pub sources: f64,
}

/// How many cells of a column read like labels.
pub(super) fn recognised(
    column: &DraftColumn<'_>,
    standard: &Standard,
    suggester: &Suggester,
) -> Recognised {
    if !matches!(
        column.holds,
        Holds::Labels | Holds::Numbers | Holds::Text | Holds::Keys | Holds::Json
    ) {
        return Recognised::default();
    }
    if ready_list(column).is_some() {
        return Recognised {
            alerts: 1.0,
            sources: 0.0,
        };
    }
    let (mut alerts, mut sources, mut all) = (0, 0, 0);
    for label in labels(column).iter().take(ASKED) {
        all += label.cells;
        let asked = Label::new(&label.value);
        let is_word = label.value.chars().any(char::is_alphabetic);
        if is_alert(&asked, standard, suggester) && is_word {
            alerts += label.cells;
        }
        if is_word && suggester.suggest_source(&asked).default().is_some() {
            sources += label.cells;
        }
    }
    let share = |count: u64| match all {
        0 => 0.0,
        all => count as f64 / all as f64,
    };
    Recognised {
        alerts: share(alerts),
        sources: share(sources),
    }
}

fn is_alert(label: &Label<'_>, standard: &Standard, suggester: &Suggester) -> bool {
    if standard.codes.by_subcode(label.text).is_some() {
        return true;
    }
    let suggestions = suggester.suggest_code(label);
    let told = [
        Mark::ControlMeasure,
        Mark::DirectionUnstated,
        Mark::Perpetrator,
        Mark::NoCode,
        Mark::Narrower,
        Mark::SafetyCritical,
    ];
    suggestions.default().is_some() || told.iter().any(|mark| suggestions.has(*mark))
}

/// The share of a column's cells that are codes of the standard.
pub(super) fn share_of_subcodes(column: &DraftColumn<'_>, standard: &Standard) -> f64 {
    let labels = labels(column);
    let all: u64 = labels.iter().map(|label| label.cells).sum();
    let known = labels
        .iter()
        .filter(|own| standard.codes.by_subcode(own.value.trim()).is_some());
    let known: u64 = known.map(|label| label.cells).sum();
    known as f64 / all.max(1) as f64
}

/// The labels of a column, the most frequent first: where its cells hold several, each of these.
pub(super) fn labels(column: &DraftColumn<'_>) -> Vec<FoundLabel> {
    let separators = column.separators();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut labels: Vec<FoundLabel> = Vec::new();
    for (value, cells) in &column.values {
        let elements = elements(value);
        let parts = match &elements {
            Some(elements) => elements.iter().map(String::as_str).collect(),
            None => split(value, &separators),
        };
        for part in parts {
            let at = *places
                .entry(fold(part).into_owned())
                .or_insert(labels.len());
            match labels.get_mut(at) {
                Some(label) => label.cells += cells,
                None => labels.push(FoundLabel {
                    value: part.to_owned(),
                    cells: *cells,
                    column: column.name.clone(),
                    reads: None,
                }),
            }
        }
    }
    labels.sort_by(|a, b| b.cells.cmp(&a.cells).then(a.value.cmp(&b.value)));
    labels
}

/// A column of flags as a label: what its name says, and how many cells say yes.
pub(super) fn flag_label(column: &DraftColumn<'_>) -> FoundLabel {
    let yes = FlagReader::new(&Default::default()).ok();
    let says_yes = |word: &str| yes.as_ref().and_then(|own| own.read(word)) == Some(FlagWord::Yes);
    let cells = column.values.iter().filter(|(word, _)| says_yes(word));
    FoundLabel {
        value: column.key(),
        cells: cells.map(|(_, cells)| cells).sum(),
        column: column.name.clone(),
        reads: Some(column.words.join(" ")),
    }
}

/// The elements of a cell that holds a JSON array of texts and numbers.
fn elements(cell: &str) -> Option<Vec<String>> {
    if !cell.starts_with('[') {
        return None;
    }
    let elements: Vec<serde_json::Value> = serde_json::from_str(cell).ok()?;
    let text = |element: serde_json::Value| match element {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    Some(elements.into_iter().map(text).collect())
}

/// Whether a value may stand in a comment of a profile.
pub(super) fn may_be_shown(value: &str) -> bool {
    !holds_identifier(value)
}
