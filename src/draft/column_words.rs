//! Names of columns as words, and how well they name a field.

use std::sync::LazyLock;

use crate::cell::fold;

/// How alike, of 1, two names must be to be one of them misspelt.
const ALIKE: f64 = 0.94;
/// Letters of the shortest name that is looked at for slips.
const SHORTEST_MISSPELT: usize = 6;
/// Letters of the longest prefix that a system puts before its names.
const LONGEST_PREFIX: usize = 4;
/// What is left of the weight of a name that is misspelt.
const OF_MISSPELT: f64 = 0.85;

/// A name under which a field is known in exports.
struct FieldName {
    field: String,
    words: Vec<String>,
    joined: String,
    /// From 0 to 1: how sure the name is.
    weight: f64,
}

static NAMES: LazyLock<Vec<FieldName>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(include_str!("field_names.csv").as_bytes());
    let rows = reader.records().flatten();
    rows.filter_map(|row| {
        let words = words(row.get(1)?);
        Some(FieldName {
            field: row.get(0)?.to_owned(),
            joined: words.concat(),
            words,
            weight: row.get(2)?.parse::<f64>().ok()? / 100.0,
        })
    })
    .collect()
});

/// The words of a name: parted by everything but letters and digits, and where a capital begins.
///
/// Of a JSON Pointer the last two members count, because an object often says what its member `id` is of.
pub(super) fn words(name: &str) -> Vec<String> {
    let bare = name.split("@OData.").next().unwrap_or(name);
    let bare = bare.trim_start_matches("../");
    let members: Vec<&str> = bare.split('/').filter(|part| !part.is_empty()).collect();
    let relevant = match name.starts_with('/') || name.starts_with("../") {
        true => members
            .get(members.len().saturating_sub(2)..)
            .unwrap_or_default()
            .join(" "),
        false => bare.to_owned(),
    };
    let mut spaced = String::new();
    let mut before: Option<char> = None;
    for c in relevant.chars() {
        let begins = c.is_uppercase() && before.is_some_and(|before| before.is_lowercase());
        if begins {
            spaced.push(' ');
        }
        spaced.push(if c.is_alphanumeric() { c } else { ' ' });
        before = Some(c);
    }
    let folded = fold(&spaced);
    folded.split_whitespace().map(str::to_owned).collect()
}

/// How well a column's name names a field of the standard, from 0 to 1.
pub(super) fn names(column: &[String], field: &str) -> f64 {
    let joined = column.concat();
    if joined.is_empty() {
        return 0.0;
    }
    if joined == field.replace('_', "") {
        return 1.0;
    }
    let own = NAMES.iter().filter(|name| name.field == field);
    own.map(|name| fit(column, &joined, name))
        .fold(0.0, f64::max)
}

fn fit(column: &[String], joined: &str, name: &FieldName) -> f64 {
    if joined == name.joined {
        return name.weight;
    }
    // a prefix that belongs to the system, as in `bro_alertid`
    if let [prefix, last] = column
        && prefix.len() <= LONGEST_PREFIX
        && *last == name.joined
    {
        return name.weight * 0.92;
    }
    // a name with a word around it, as `alert start date` or the prefix of a system
    let contained = column
        .windows(name.words.len())
        .any(|part| part == name.words.as_slice());
    if contained {
        let share = name.joined.len() as f64 / joined.len() as f64;
        return name.weight * (0.55 + 0.4 * share);
    }
    let long = joined.len() >= SHORTEST_MISSPELT && name.joined.len() >= SHORTEST_MISSPELT;
    if long && strsim::jaro_winkler(joined, &name.joined) >= ALIKE {
        return name.weight * OF_MISSPELT;
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Standard;

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(words("PersonKey"), ["person", "key"]);
        assert_eq!(words("DATE_FROM"), ["date", "from"]);
        assert_eq!(words("/dates/start"), ["dates", "start"]);
        assert_eq!(words("../../tenant/key"), ["tenant", "key"]);
        assert_eq!(words("CURRENT?"), ["current"]);
        assert_eq!(
            words("bro_type@OData.Community.Display.V1.FormattedValue"),
            ["bro", "type"]
        );
    }

    #[test]
    fn a_name_fits_its_field_best() {
        let cases = [
            ("Person No", "person_id"),
            ("ALERT_DESC", "person_alert_code_id"),
            ("bro_alertid", "person_alert_id"),
            ("/dates/review", "review_date"),
            ("lastUpdated", "last_updated"),
            ("Reveiw Date", "review_date"),
            ("TempEnd", "end_date"),
        ];
        let standard = Standard::embedded().unwrap();
        for (column, field) in cases {
            let column = words(column);
            let own = names(&column, field);
            let table = standard.person_alert();
            let best = table.fields.iter().map(|own| names(&column, &own.name));
            assert!(
                own > 0.5 && own >= best.fold(0.0, f64::max),
                "{column:?} {own}"
            );
        }
        assert_eq!(names(&words("Patch"), "person_id"), 0.0);
    }

    #[test]
    fn the_list_of_names_is_of_fields() {
        let standard = Standard::embedded().unwrap();
        assert!(NAMES.len() > 300);
        for name in NAMES.iter() {
            let field = standard.person_alert().field(&name.field);
            assert!(field.is_some(), "{}", name.field);
            assert!((0.1..=1.0).contains(&name.weight) && !name.words.is_empty());
        }
    }
}
