//! One row of a crosswalk as people review it.

use crate::cell::fold;

/// What may be decided about a value, in the order in which it is offered.
pub const STATUSES: [&str; 6] = ["approved", "confirmed", "draft", "review", "gap", "ignore"];

/// How a code may stand to its value, in the order in which it is offered.
pub const RELATIONS: [&str; 5] = ["exact", "broader", "narrower", "ambiguous", "none"];

/// Between several codes of a row.
const SEVERAL: char = '|';

/// A value of a landlord, what it stands for, and who decided so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The value as it is written.
    pub value: String,
    /// Another way in which it is written.
    pub name: String,
    /// The codes that it stands for.
    pub targets: Vec<String>,
    /// One of [`STATUSES`]; empty where nobody has said anything.
    pub status: String,
    /// One of [`RELATIONS`], or empty.
    pub relation: String,
    /// What the reviewer should know, or says.
    pub note: String,
    /// In how many cells it stands, where that is known.
    pub cells: Option<u64>,
    /// In which columns it stands.
    pub columns: String,
    /// What there is to know before deciding, such as that it says how to visit and not why.
    pub marks: String,
    /// What it may mean, the likeliest first.
    pub suggestions: String,
    /// Who decided.
    pub reviewer: String,
    /// The day of the decision, as `yyyy-mm-dd`.
    pub date: String,
    /// Further cells that a profile may read, by the names of their columns: conditions, and fields that
    /// the row sets.
    pub further: Vec<(String, String)>,
}

impl Row {
    /// Whether somebody has decided about the value: it is neither a draft nor left to a decision.
    pub fn is_decided(&self) -> bool {
        matches!(
            self.status.as_str(),
            "approved" | "confirmed" | "gap" | "ignore"
        )
    }

    /// Whether a profile applies its codes.
    pub fn is_approved(&self) -> bool {
        matches!(self.status.as_str(), "approved" | "confirmed")
    }

    /// The value as crosswalks compare it.
    pub fn folded(&self) -> String {
        fold(&self.value).into_owned()
    }

    /// The conditions under which the row holds, by the columns of the export.
    pub fn conditions(&self) -> impl Iterator<Item = &(String, String)> {
        let filled = self.further.iter().filter(|(_, text)| !text.is_empty());
        filled.filter(|(name, _)| {
            let word = name.split_whitespace().next().unwrap_or_default();
            word.eq_ignore_ascii_case("when")
        })
    }

    /// What tells the row from others: its value and its conditions.
    pub fn key(&self) -> (String, Vec<(String, String)>) {
        let folded =
            |(name, text): &(String, String)| (fold(name).into_owned(), fold(text).into_owned());
        (self.folded(), self.conditions().map(folded).collect())
    }

    /// The codes in one cell.
    pub fn target(&self) -> String {
        self.targets.join("|")
    }
}

/// The codes of a cell, several of which are separated by `|`. A code may have its name behind it, as a list
/// to choose from shows it.
pub fn targets(cell: &str) -> Vec<String> {
    let code = |part: &str| part.split_whitespace().next().map(str::to_owned);
    cell.split(SEVERAL).filter_map(code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_may_have_their_names_behind_them() {
        assert_eq!(targets("MED1.01 Asthma"), ["MED1.01"]);
        assert_eq!(
            targets("RISK5.01|RISK5.04 Home ventilator"),
            ["RISK5.01", "RISK5.04"]
        );
        assert!(targets("  ").is_empty());
    }

    #[test]
    fn a_condition_makes_another_row() {
        let row = Row {
            value: "DV".to_owned(),
            further: vec![
                ("when Role".to_owned(), "Survivor".to_owned()),
                ("alert_progress".to_owned(), String::new()),
            ],
            ..Row::default()
        };
        let condition = ("when role".to_owned(), "survivor".to_owned());
        assert_eq!(row.key(), ("dv".to_owned(), vec![condition]));
    }
}
