//! How well a column fits a field: by its name, by what it holds, and by what its cells say.

use super::column_words::names;
use super::columns::DraftColumn;
use super::labels::Recognised;
use super::vocabulary::{has_vocabulary, vocabulary};
use crate::profile::ALERT_CODE;
use crate::scan::{Holds, Unique};
use crate::standard::Standard;

/// How well a column fits a field, and why.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// From 0 to 1.
    pub confidence: f64,
    /// Why, for people.
    pub reason: String,
}

/// How well a column fits a field; `recognised` says how many of its cells are labels of a code list.
pub(super) fn fit(
    column: &DraftColumn<'_>,
    field: &str,
    recognised: &Recognised,
    standard: &Standard,
) -> Fit {
    let name = names(&column.words, field);
    let kind = kind(column, field);
    let (content, said) = content(column, field, recognised, standard);
    // a name that says nothing can be made up for by what the cells say, but not wholly
    let known = match content {
        Some(share) if name > 0.0 => name + (1.0 - name) * share * 0.6 - (1.0 - share) * 0.15,
        // any column of flags holds words for yes and no
        Some(share) if column.holds == Holds::Flags => share * 0.3,
        Some(share) => share * 0.62,
        None => name,
    };
    let mut reasons = Vec::new();
    if name >= 0.3 {
        reasons.push("by its name".to_owned());
    }
    reasons.push(format!("it holds {}", column.holds.as_str()));
    reasons.extend(said);
    Fit {
        confidence: (known * kind).clamp(0.0, 0.99),
        reason: reasons.join(", "),
    }
}

/// How well what a column holds fits a field.
fn kind(column: &DraftColumn<'_>, field: &str) -> f64 {
    use Holds::*;
    let pick = |fits: &[(Holds, f64)], otherwise: f64| {
        let own = fits.iter().find(|(holds, _)| *holds == column.holds);
        own.map_or(otherwise, |(_, fit)| *fit)
    };
    match field {
        "person_id" => pick(
            &[
                (Keys, 1.0),
                (Numbers, 0.9),
                (Labels, 0.7),
                (PersonalDetails, 0.2),
                (Nothing, 0.2),
            ],
            0.05,
        ),
        "person_alert_id" => {
            let own = pick(
                &[(Keys, 1.0), (Numbers, 0.9), (Labels, 0.95), (Nothing, 0.2)],
                0.0,
            );
            let one_word = column.holds != Labels || !is_worded(column);
            own * if is_nearly_unique(column) && one_word {
                1.0
            } else {
                0.5
            }
        }
        ALERT_CODE => pick(
            &[
                (Labels, 1.0),
                (Numbers, 0.9),
                (Keys, 0.7),
                (Text, 0.75),
                (Json, 0.6),
                (Nothing, 0.3),
                (Flags, 0.15),
            ],
            0.0,
        ),
        "alert_description" => pick(
            &[
                (Text, 1.0),
                (Labels, 0.9),
                (PersonalDetails, 0.85),
                (Nothing, 0.7),
                (Json, 0.3),
                (Flags, 0.1),
            ],
            0.2,
        ),
        "source_type_id" => pick(
            &[(Labels, 1.0), (Numbers, 0.6), (Text, 0.5), (Nothing, 0.5)],
            0.1,
        ),
        "source_details" => pick(
            &[
                (Labels, 1.0),
                (Text, 1.0),
                (PersonalDetails, 0.9),
                (Nothing, 0.6),
                (Json, 0.5),
            ],
            0.15,
        ),
        "organisation_id" => pick(
            &[(Keys, 1.0), (Numbers, 1.0), (Labels, 1.0), (Nothing, 0.6)],
            0.2,
        ),
        // keys of users are numbers; words are who reported it, and would be lost
        "created_by_user_id" | "updated_by_user_id"
            if column.holds == Labels && !is_numeric(column) =>
        {
            0.3
        }
        "created_by_user_id" | "updated_by_user_id" => pick(
            &[(Keys, 1.0), (Numbers, 1.0), (Labels, 0.85), (Nothing, 0.6)],
            0.05,
        ),
        "last_updated" => match is_day_numbers(column) {
            true => 0.9,
            false => pick(&[(Timestamps, 1.0), (Dates, 0.8), (Nothing, 0.5)], 0.0),
        },
        "start_date" | "end_date" | "review_date" => match is_day_numbers(column) {
            true => 0.9,
            false => pick(&[(Dates, 1.0), (Timestamps, 0.96), (Nothing, 0.75)], 0.02),
        },
        "is_active" | "informed_resident" => pick(
            &[(Flags, 1.0), (Labels, 1.0), (Numbers, 0.5), (Nothing, 0.4)],
            0.0,
        ),
        "alert_duration" if column.holds == Labels && is_numeric(column) => 0.95,
        "alert_duration" => pick(
            &[(Numbers, 1.0), (Keys, 0.8), (Labels, 0.5), (Nothing, 0.6)],
            0.0,
        ),
        _ => pick(
            &[(Labels, 1.0), (Numbers, 0.6), (Text, 0.2), (Nothing, 0.5)],
            0.0,
        ),
    }
}

/// How much of a column is known as content of a field, and what to say of that.
fn content(
    column: &DraftColumn<'_>,
    field: &str,
    recognised: &Recognised,
    standard: &Standard,
) -> (Option<f64>, Option<String>) {
    let percent = |share: f64| (share * 100.0).round();
    if has_vocabulary(field) && !column.values.is_empty() {
        let share = vocabulary(field, &column.values, standard).share();
        let said = format!("{} % of its cells are words for it", percent(share));
        return (Some(share), Some(said));
    }
    let share = match field {
        ALERT_CODE => recognised.alerts,
        "source_type_id" => recognised.sources,
        _ => return (None, None),
    };
    let said = format!("{} % of its cells read like labels of it", percent(share));
    ((!column.values.is_empty()).then_some(share), Some(said))
}

/// Whether most values of a column are several words.
fn is_worded(column: &DraftColumn<'_>) -> bool {
    let worded = column
        .values
        .iter()
        .filter(|(value, _)| value.contains(' '));
    worded.count() * 2 > column.values.len()
}

/// Whether half of a column's values are numbers.
fn is_numeric(column: &DraftColumn<'_>) -> bool {
    let numeric = |value: &str| {
        value
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
    };
    let numbers = column.values.iter().filter(|(value, _)| numeric(value));
    numbers.count() * 2 >= column.values.len()
}

/// Whether hardly any value of a column occurs twice.
fn is_nearly_unique(column: &DraftColumn<'_>) -> bool {
    column
        .parts
        .iter()
        .all(|part| part.unique != Unique::No || part.distinct.values * 10 >= part.filled * 8)
}

/// Whether most cells of a column of numbers may be day numbers of a spreadsheet.
pub(super) fn is_day_numbers(column: &DraftColumn<'_>) -> bool {
    let numbers = matches!(column.holds, Holds::Numbers | Holds::Keys | Holds::Labels);
    numbers && column.filled() > 0 && column.day_numbers() * 10 >= column.filled() * 8
}
