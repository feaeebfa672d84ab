//! Values that no code list and no crosswalk knows, and that say something all the same.

use std::collections::HashSet;

use super::label::Label;
use super::{CellFault, Reading, fold};

/// What the unknown values of a column are taken for, beyond being unknown.
#[derive(Debug, Clone, Default)]
pub enum UnknownCode {
    /// Codes of alerts.
    Alert {
        /// The groups of codes, folded.
        groups: HashSet<String>,
    },
    /// Codes of sources.
    Source {
        /// The key of other professionals.
        other: Option<i32>,
    },
    /// Codes of special categories.
    SpecialCategory,
    /// Codes of which nothing further is known.
    #[default]
    Other,
}

impl UnknownCode {
    /// Alerts, whose codes stand in these groups.
    pub fn alert<'a>(groups: impl Iterator<Item = &'a str>) -> UnknownCode {
        let groups = groups.map(|group| fold(group).into_owned()).collect();
        UnknownCode::Alert { groups }
    }

    /// Reads an unknown value, folded; `None` where there is nothing further to say.
    pub(super) fn read(&self, value: &str) -> Option<Reading<i32>> {
        match self {
            UnknownCode::Alert { groups } if is_of_group(value, groups) => {
                Some(Reading::Fault(CellFault::MissingSlot))
            }
            UnknownCode::Alert { .. } => {
                let label = Label::new(value);
                if label.is_negative() {
                    return Some(Reading::SaysNoAlert(CellFault::Negative));
                }
                undecidable(&label).map(Reading::Fault)
            }
            UnknownCode::Source { other } => {
                let other = other.filter(|_| Label::new(value).is_other_source());
                other.map(|other| Reading::Noted(other, CellFault::OtherSource))
            }
            UnknownCode::SpecialCategory => Label::new(value)
                .is_safeguarding()
                .then_some(Reading::Fault(CellFault::SafeguardingCategory)),
            UnknownCode::Other => None,
        }
    }
}

/// Why nobody can say from a label alone what code it stands for.
pub fn undecidable(label: &Label) -> Option<CellFault> {
    if label.leaves_direction_open() {
        return Some(CellFault::DirectionUnstated);
    }
    label
        .is_control_measure()
        .then_some(CellFault::ControlMeasure)
}

/// Whether a value is a group of codes with a number behind it.
fn is_of_group(value: &str, groups: &HashSet<String>) -> bool {
    value.split_once('.').is_some_and(|(group, number)| {
        number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit()) && groups.contains(group)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alerts_sources_and_categories() {
        let alerts = UnknownCode::alert(["RISK1", "MED2"].into_iter());
        let slot = Some(Reading::Fault(CellFault::MissingSlot));
        assert_eq!(alerts.read("risk1.04"), slot);
        assert_eq!(alerts.read("risk7.04"), None);
        assert_eq!(alerts.read("risk1.4"), None);
        let none = Some(Reading::SaysNoAlert(CellFault::Negative));
        assert_eq!(alerts.read("n/a"), none);
        let open = Some(Reading::Fault(CellFault::DirectionUnstated));
        assert_eq!(alerts.read("dv"), open);
        let measure = Some(Reading::Fault(CellFault::ControlMeasure));
        assert_eq!(alerts.read("two person visit"), measure);
        assert_eq!(alerts.read("no known allergies"), None);
        let sources = UnknownCode::Source { other: Some(7) };
        let other = Some(Reading::Noted(7, CellFault::OtherSource));
        assert_eq!(sources.read("nhs"), other);
        assert_eq!(sources.read("42"), None);
        let safe = Some(Reading::Fault(CellFault::SafeguardingCategory));
        assert_eq!(UnknownCode::SpecialCategory.read("safe"), safe);
        assert_eq!(UnknownCode::SpecialCategory.read("none"), None);
        assert_eq!(UnknownCode::Other.read("dv"), None);
    }
}
