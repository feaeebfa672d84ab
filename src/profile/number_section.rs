//! The separators of numbers, under `[input]` for all and in a field for its own.

use super::section::Section;
use crate::cell::number::Separators;

const DECIMALS: [&str; 2] = [",", "."];
const THOUSANDS: [&str; 4] = [",", ".", " ", "'"];

/// The separators that a section names; those it does not are as in `others`.
pub(super) fn separators(section: &Section<'_, '_>, others: Separators) -> Separators {
    let named = |key: &'static str, choices: &[&str]| {
        let text = section.text(key)?;
        if !choices.contains(&text.value.as_str()) {
            let shown: Vec<String> = choices.iter().map(|one| format!("{one:?}")).collect();
            let known = shown.join(", ");
            let problem = format!("{}: {key} must be one of {known}", section.name);
            section.document.problem(&text.span, problem);
        }
        Some(text)
    };
    let decimal = named("decimal", &DECIMALS);
    let thousands = named("thousands", &THOUSANDS);
    let separators = Separators {
        decimal: decimal
            .as_ref()
            .and_then(|text| text.value.chars().next())
            .or(others.decimal),
        thousands: thousands
            .as_ref()
            .and_then(|text| text.value.chars().next())
            .or(others.thousands),
    };
    if separators.decimal.is_some()
        && separators.decimal == separators.thousands
        && let Some(text) = decimal.or(thousands)
    {
        let problem = format!(
            "{}: decimal and thousands are both {:?}; a number could mean two things",
            section.name, text.value
        );
        section.document.problem(&text.span, problem);
    }
    separators
}
