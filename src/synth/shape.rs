//! What an export looks like, and the profile that reads it.

use super::labels::Labels;

/// What an export looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Shape {
    /// CSV, a record an alert
    Long,
    /// CSV, a record a person, with a column of yes or no for each need
    Wide,
    /// CSV, a record a person, with several needs in one cell
    Multi,
    /// A JSON document of persons, in each of whom alerts are nested
    NestedJson,
    /// A JSON object a line, each an alert
    Ndjson,
    /// A workbook, a row an alert
    Xlsx,
}

impl Shape {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Long => "long",
            Shape::Wide => "wide",
            Shape::Multi => "multi",
            Shape::NestedJson => "nested-json",
            Shape::Ndjson => "ndjson",
            Shape::Xlsx => "xlsx",
        }
    }

    /// Name of the export's file.
    pub fn file_name(self) -> &'static str {
        match self {
            Shape::Long | Shape::Wide | Shape::Multi => "alerts.csv",
            Shape::NestedJson => "alerts.json",
            Shape::Ndjson => "alerts.ndjson",
            Shape::Xlsx => "alerts.xlsx",
        }
    }

    /// Whether it is CSV.
    pub fn is_csv(self) -> bool {
        matches!(self, Shape::Long | Shape::Wide | Shape::Multi)
    }

    /// The profile that reads it.
    pub(super) fn profile(self, labels: &Labels) -> String {
        let own = match self {
            Shape::Wide => {
                let flags = labels.flags();
                let flag = |label: &super::labels::Label| {
                    format!("{:?} = {:?}\n", label.text, label.subcode)
                };
                let flags: String = flags.map(flag).collect();
                format!("{}\n[flags]\n{flags}", include_str!("profiles/wide.toml"))
            }
            Shape::Multi => include_str!("profiles/multi.toml").to_owned(),
            Shape::NestedJson => include_str!("profiles/nested.toml").to_owned(),
            Shape::Long | Shape::Ndjson | Shape::Xlsx => {
                include_str!("profiles/long.toml").to_owned()
            }
        };
        include_str!("profiles/landlord.toml").to_owned() + &own
    }
}
