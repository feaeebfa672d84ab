//! Rows for labels that nobody has decided about, with what they may mean.

use super::row::Row;
use crate::scan::holds_identifier;
use crate::suggest::{CodeList, Label, Suggester, Suggestions};

/// A candidate is worth reading where the best one has no more than so many times its score.
const OF_BEST: f64 = 2.5;

/// A label of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLabel {
    /// The label as it is written most often.
    pub value: String,
    /// In how many cells it stands.
    pub cells: u64,
    /// The column that it stands in.
    pub column: String,
    /// The words that it reads as, where it is the name of a flag's column and no text.
    pub reads: Option<String>,
}

impl FoundLabel {
    fn text(&self) -> &str {
        self.reads.as_deref().unwrap_or(&self.value)
    }
}

/// Rows that wait for a decision, those first whose labels look most dangerous without one; and how many
/// labels were left out because they hold something that names a person.
pub fn proposals(
    list: CodeList,
    labels: &[FoundLabel],
    suggester: &Suggester,
) -> (Vec<Row>, usize) {
    let mut ranked: Vec<(u8, Row)> = Vec::new();
    let mut left_out = 0;
    for label in labels {
        if holds_identifier(label.text()) {
            left_out += 1;
            continue;
        }
        let asked = Label {
            text: label.text(),
            code: None,
            column: Some(&label.column),
        };
        let suggestions = match list {
            CodeList::Alerts => suggester.suggest_code(&asked),
            CodeList::Sources => suggester.suggest_source(&asked),
        };
        ranked.push((suggestions.review_rank(), row(list, label, &suggestions)));
    }
    ranked.sort_by(|(rank, a), (other, b)| {
        let order = rank.cmp(other);
        order
            .then(b.cells.cmp(&a.cells))
            .then(a.value.cmp(&b.value))
    });
    (ranked.into_iter().map(|(_, row)| row).collect(), left_out)
}

fn row(list: CodeList, label: &FoundLabel, suggestions: &Suggestions) -> Row {
    let default = suggestions.default();
    let best = suggestions.candidates.first().map_or(0.0, |own| own.score);
    let candidates = suggestions
        .candidates
        .iter()
        .filter(|own| own.score * OF_BEST >= best)
        .map(|own| {
            let (code, name) = (&own.code, &own.name);
            format!("{code} {name} ({:.2}, {})", own.score, own.reason)
        });
    let row = Row {
        value: label.value.clone(),
        marks: marks(suggestions),
        cells: Some(label.cells),
        columns: label.column.clone(),
        suggestions: candidates.collect::<Vec<_>>().join("; "),
        ..Row::default()
    };
    match (list, default) {
        // an alert need not wait until somebody has decided who reported it
        (CodeList::Sources, _) => row,
        (CodeList::Alerts, None) => Row {
            status: "review".to_owned(),
            ..row
        },
        (CodeList::Alerts, Some(own)) => Row {
            targets: vec![own.code.clone()],
            status: "draft".to_owned(),
            relation: own.relation.as_str().to_owned(),
            ..row
        },
    }
}

/// What the reviewer should know: the marks, and what the engine says beside them.
fn marks(suggestions: &Suggestions) -> String {
    let marks = suggestions.marks.iter();
    let mut told: Vec<String> = marks.map(|mark| mark.as_str().replace('_', " ")).collect();
    if !suggestions.note.is_empty() {
        told.push(suggestions.note.clone());
    }
    told.join("; ")
}
