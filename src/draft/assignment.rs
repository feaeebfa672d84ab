//! Which column goes into which field.

use super::columns::DraftColumn;
use super::fitness::{Fit, fit};
use super::labels::Recognised;
use crate::profile::ALERT_CODE;
use crate::scan::Holds;
use crate::standard::Standard;

/// Confidence from which on a field is mapped.
pub(super) const SURE: f64 = 0.68;
/// Confidence from which on a field is proposed, commented out.
const LIKELY: f64 = 0.4;
/// Confidence below which not even a field that is required takes a column.
const HOPELESS: f64 = 0.1;
/// Flags that make a table wide.
const FLAGS_OF_WIDE: usize = 3;
/// Proposals for one field.
const MOST_PROPOSALS: usize = 3;

/// Fields without which there is no alert.
const REQUIRED: [&str; 3] = [ALERT_CODE, "person_id", "start_date"];
/// Fields that a draft maps beside them, in the order in which they stand in a profile.
const OTHERS: [&str; 15] = [
    "person_alert_id",
    "source_type_id",
    "source_details",
    "organisation_id",
    "created_by_user_id",
    "alert_description",
    "informed_resident",
    "alert_progress",
    "alert_duration_type",
    "alert_duration",
    "end_date",
    "review_date",
    "is_active",
    "alert_status",
    "last_updated",
];
/// Fields that are mapped too, and whose columns other fields never need.
const LAST: [&str; 3] = [
    "updated_by_user_id",
    "confidentiality_level",
    "special_category_data_id",
];

/// A column for a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    /// The column's place.
    pub column: usize,
    /// How well it fits.
    pub fit: Fit,
}

/// What is known of a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    /// Its name.
    pub name: &'static str,
    /// Whether there is no alert without it.
    pub required: bool,
    /// The column that it is mapped to.
    pub chosen: Option<Choice>,
    /// Further columns that may be meant, the likeliest first.
    pub proposals: Vec<Choice>,
}

/// Which column goes where.
#[derive(Debug, Default)]
pub(super) struct Assignment {
    /// The fields, in the order of a profile.
    pub fields: Vec<Field>,
    /// Columns that are flags with a code each, where the table is wide.
    pub flags: Vec<usize>,
    /// Further columns of codes, numbered as the first one is.
    pub more_codes: Vec<usize>,
    /// A column that a person's number needs beside it, because it counts within a house.
    pub house: Option<usize>,
    /// Columns that nothing needs.
    pub unused: Vec<usize>,
}

/// Decides where columns go.
pub(super) fn assign(
    columns: &[DraftColumn<'_>],
    recognised: &[Recognised],
    standard: &Standard,
) -> Assignment {
    let none = Recognised::default();
    let fit_of = |column: usize, field: &str| -> Option<Fit> {
        let own = columns.get(column)?;
        Some(fit(
            own,
            field,
            recognised.get(column).unwrap_or(&none),
            standard,
        ))
    };
    let ranked = |field: &str| -> Vec<Choice> {
        let all = (0..columns.len()).filter_map(|column| {
            let fit = fit_of(column, field)?;
            Some(Choice { column, fit })
        });
        let mut all: Vec<Choice> = all.collect();
        all.sort_by(|a, b| b.fit.confidence.total_cmp(&a.fit.confidence));
        all
    };
    let flags = flags(columns, |column, field| {
        fit_of(column, field).map_or(0.0, |fit| fit.confidence)
    });
    let best_code = ranked(ALERT_CODE)
        .first()
        .map_or(0.0, |own| own.fit.confidence);
    let wide = flags.len() >= FLAGS_OF_WIDE && best_code < SURE;
    let mut assignment = Assignment {
        flags: if wide { flags } else { Vec::new() },
        ..Assignment::default()
    };
    let mut taken: Vec<usize> = assignment.flags.clone();
    let of_flags = of_flags(columns, &assignment.flags);
    taken.extend(&of_flags);
    for name in REQUIRED
        .into_iter()
        .filter(|name| !wide || *name != ALERT_CODE)
    {
        let mut free = ranked(name);
        free.retain(|own| !taken.contains(&own.column) && own.fit.confidence >= HOPELESS);
        let mut free = free.into_iter();
        let chosen = free.next();
        taken.extend(chosen.as_ref().map(|own| own.column));
        assignment.fields.push(Field {
            name,
            required: true,
            chosen,
            proposals: free
                .filter(|own| own.fit.confidence >= LIKELY)
                .take(MOST_PROPOSALS)
                .collect(),
        });
    }
    assignment.more_codes = numbered_alike(columns, &assignment.fields);
    assignment.house = house(columns, &assignment.fields);
    taken.extend(&assignment.more_codes);
    taken.extend(assignment.house);
    assignment.fields.extend(others(&ranked, &mut taken));
    let unused =
        (0..columns.len()).filter(|column| of_flags.contains(column) || !taken.contains(column));
    assignment.unused = unused.collect();
    assignment
}

/// The fields that an alert can be without: each takes the column that fits it best and no other better.
fn others(ranked: &dyn Fn(&str) -> Vec<Choice>, taken: &mut Vec<usize>) -> Vec<Field> {
    let names = OTHERS.into_iter().chain(LAST);
    let mut fields: Vec<(Field, Vec<Choice>)> = names
        .map(|name| {
            let field = Field {
                name,
                required: false,
                chosen: None,
                proposals: Vec::new(),
            };
            (field, ranked(name))
        })
        .collect();
    loop {
        let mut best: Option<(usize, Choice)> = None;
        for (at, (field, choices)) in fields.iter().enumerate() {
            let mut free = choices.iter().filter(|own| !taken.contains(&own.column));
            let Some(own) = free.next().filter(|_| field.chosen.is_none()) else {
                continue;
            };
            let better = best
                .as_ref()
                .is_none_or(|(_, other)| own.fit.confidence > other.fit.confidence);
            if own.fit.confidence >= SURE && better {
                best = Some((at, own.clone()));
            }
        }
        let Some((at, choice)) = best else {
            break;
        };
        taken.push(choice.column);
        if let Some((field, _)) = fields.get_mut(at) {
            field.chosen = Some(choice);
        }
    }
    let finish = |(mut field, choices): (Field, Vec<Choice>)| {
        let free = choices
            .into_iter()
            .filter(|own| !taken.contains(&own.column));
        let likely = free.filter(|own| own.fit.confidence >= LIKELY);
        field.proposals = likely.take(MOST_PROPOSALS).collect();
        field
    };
    fields.into_iter().map(finish).collect()
}

/// Columns that hold flags and are neither about the whole alert nor about telling the person.
fn flags(columns: &[DraftColumn<'_>], confidence: impl Fn(usize, &str) -> f64) -> Vec<usize> {
    let of_alert = ["is_active", "informed_resident"];
    let is_flag = |(at, column): &(usize, &DraftColumn<'_>)| {
        let better = of_alert.iter().any(|field| {
            confidence(*at, field) >= SURE && {
                let name = super::column_words::names(&column.words, field);
                name >= 0.75
            }
        });
        column.holds == Holds::Flags && !better
    };
    let flags = columns.iter().enumerate().filter(is_flag);
    flags.map(|(at, _)| at).collect()
}

/// Columns whose names go on behind that of a flag, as `DOG NOTE` does: they say more of that flag.
fn of_flags(columns: &[DraftColumn<'_>], flags: &[usize]) -> Vec<usize> {
    let flags: Vec<&DraftColumn<'_>> = flags.iter().filter_map(|at| columns.get(*at)).collect();
    let goes_on = |column: &DraftColumn<'_>| {
        let longer = |flag: &&&DraftColumn<'_>| {
            column.words.len() > flag.words.len() && column.words.starts_with(&flag.words)
        };
        column.holds != Holds::Flags && flags.iter().any(|flag| longer(&flag))
    };
    let all = columns.iter().enumerate();
    all.filter(|(_, column)| goes_on(column))
        .map(|(at, _)| at)
        .collect()
}

/// Columns that are named as the column of codes but for a number at the end.
fn numbered_alike(columns: &[DraftColumn<'_>], fields: &[Field]) -> Vec<usize> {
    let code = fields.iter().find(|field| field.name == ALERT_CODE);
    let Some(chosen) = code.and_then(|field| field.chosen.as_ref()) else {
        return Vec::new();
    };
    let stem = |at: usize| -> Option<String> {
        let name = &columns.get(at)?.name;
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
        (stem.len() < name.len()).then(|| stem.trim().to_lowercase())
    };
    let own = stem(chosen.column);
    let alike = |at: &usize| *at != chosen.column && own.is_some() && stem(*at) == own;
    (0..columns.len()).filter(alike).collect()
}

/// The column of a house or household, where the number of a person has two digits at most and so counts
/// within it.
fn house(columns: &[DraftColumn<'_>], fields: &[Field]) -> Option<usize> {
    const OF_HOUSE: [&str; 5] = ["house", "household", "tenancy", "property", "account"];
    let person = fields.iter().find(|field| field.name == "person_id")?;
    let person = columns.get(person.chosen.as_ref()?.column)?;
    let counts = person.is_short_number()
        && matches!(person.holds, Holds::Numbers | Holds::Keys | Holds::Labels);
    let is_house = |column: &DraftColumn<'_>| {
        let named = column
            .words
            .iter()
            .any(|word| OF_HOUSE.contains(&word.as_str()));
        named && matches!(column.holds, Holds::Keys | Holds::Labels | Holds::Numbers)
    };
    columns.iter().position(is_house).filter(|_| counts)
}
