//! From a keyword of a member's subschema to the kernel over its column.

use serde_json::{Number, Value};

use super::judge::{CodeListKeys, REFERENCES, keyword_judge};
use super::kernel::{Cells, Kernel, NumberSet};
use super::record::{Empty, Kind, Shape, Source, date_text};
use super::vocabulary::{is_of_containers, only_describes, stands_alone};

/// The cells of a member that break a keyword; `None` where the keyword has no kernel.
pub(super) fn cells(
    keyword: &str,
    value: &Value,
    source: &Source,
    shape: &Shape,
    keys: &CodeListKeys,
) -> Option<Cells> {
    if only_describes(keyword) || is_of_containers(keyword) {
        return Some(Cells::NONE);
    }
    match source {
        Source::Column { kind, stand_in, .. } => Some(Cells {
            kernel: of_column(keyword, value, kind, keys)?,
            empty: match shape.for_empty(stand_in) {
                None => false,
                Some(empty) => breaks_alone(keyword, value, &empty)?,
            },
        }),
        Source::Listed { words, .. } => {
            let judge = alone(keyword, value)?;
            let breaks = |word: &Value| !judge.is_valid(word);
            let empty = shape.for_empty(&None);
            Some(Cells {
                kernel: listed(words.iter().map(|(key, word)| (*key, breaks(word))))?,
                empty: empty.is_some_and(|empty| breaks(&empty)),
            })
        }
        Source::Landlord => Some(Cells {
            kernel: Kernel::Judged(Box::new(alone(keyword, value)?)),
            empty: false,
        }),
        Source::Fixed(fixed) => Some(everywhere(breaks_alone(keyword, value, fixed)?)),
    }
}

/// The cells of a member that break a boolean schema, or those that `required` speaks of: those with a
/// value, and those without.
pub(super) fn by_presence(
    source: &Source,
    shape: &Shape,
    present: bool,
    absent: bool,
) -> Option<Cells> {
    let empty = match (source, shape.empty) {
        (
            Source::Column {
                stand_in: Some(_), ..
            },
            _,
        )
        | (_, Empty::Null) => present,
        (_, Empty::LeftOut) => absent,
    };
    match source {
        Source::Listed { words, .. } => Some(Cells {
            kernel: listed(words.keys().map(|key| (*key, present)))?,
            empty,
        }),
        Source::Column { .. } => Some(Cells {
            empty,
            ..everywhere(present)
        }),
        Source::Landlord | Source::Fixed(_) => Some(everywhere(present)),
    }
}

fn everywhere(breaks: bool) -> Cells {
    Cells {
        kernel: if breaks {
            Kernel::Always
        } else {
            Kernel::Never
        },
        empty: breaks,
    }
}

/// A table by the keys of a code list; `None` where they lie too far apart.
fn listed(words: impl Iterator<Item = (i32, bool)>) -> Option<Kernel> {
    const HIGHEST: usize = 1 << 16;
    let mut table = Vec::new();
    for (key, breaks) in words {
        let at = usize::try_from(key).ok().filter(|at| *at < HIGHEST)?;
        if table.len() <= at {
            table.resize(at + 1, None);
        }
        table[at] = Some(breaks);
    }
    Some(Kernel::Table(table))
}

/// A judge of a keyword that asserts the same whatever stands beside it.
fn alone(keyword: &str, value: &Value) -> Option<jsonschema::Validator> {
    stands_alone(keyword)
        .then(|| keyword_judge(keyword, value))
        .flatten()
}

fn breaks_alone(keyword: &str, value: &Value, instance: &Value) -> Option<bool> {
    let about_null = matches!(keyword, "type" | "enum" | "const");
    if instance.is_null() && !about_null {
        return Some(false);
    }
    if keyword == REFERENCES {
        return None;
    }
    Some(!alone(keyword, value)?.is_valid(instance))
}

fn of_column(keyword: &str, value: &Value, kind: &Kind, keys: &CodeListKeys) -> Option<Kernel> {
    match (keyword, kind) {
        ("type", _) => Some(of_type(value, kind)),
        (REFERENCES, Kind::Integer) => Some(match keys.allowed(value) {
            Some(keys) => Kernel::NotIn(NumberSet::new(keys.iter().copied())),
            None => Kernel::Never,
        }),
        (REFERENCES, _) => Some(Kernel::Never),
        (_, Kind::Integer) => of_integers(keyword, value),
        (_, Kind::Boolean) => table(keyword, value, [false, true]),
        (_, Kind::Term(words)) => table(keyword, value, words.iter().map(String::as_str)),
        ("minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf", _) => {
            Some(Kernel::Never)
        }
        (_, Kind::Text) => of_text(keyword, value),
        (_, Kind::Date) => of_dates(keyword, value),
        ("format", Kind::Instant) if value == "date-time" => Some(Kernel::Never),
        (_, Kind::Instant) => judged(keyword, value),
    }
}

fn judged(keyword: &str, value: &Value) -> Option<Kernel> {
    alone(keyword, value).map(|judge| Kernel::Judged(Box::new(judge)))
}

fn of_type(value: &Value, kind: &Kind) -> Kernel {
    let named = |name: &str| {
        let among = |several: &Vec<Value>| several.iter().any(|one| one == name);
        value == name || value.as_array().is_some_and(among)
    };
    let fits = match kind {
        Kind::Integer => named("integer") || named("number"),
        Kind::Boolean => named("boolean"),
        Kind::Date | Kind::Instant | Kind::Term(_) | Kind::Text => named("string"),
    };
    if fits { Kernel::Never } else { Kernel::Always }
}

fn table<T: Into<Value>>(
    keyword: &str,
    value: &Value,
    values: impl IntoIterator<Item = T>,
) -> Option<Kernel> {
    let judge = alone(keyword, value)?;
    let table = values
        .into_iter()
        .map(|value| Some(!judge.is_valid(&value.into())));
    let table: Vec<Option<bool>> = table.collect();
    match table.contains(&Some(true)) {
        true => Some(Kernel::Table(table)),
        false => Some(Kernel::Never),
    }
}

/// The values of `enum` and `const`.
fn listed_values<'v>(keyword: &str, value: &'v Value) -> Option<&'v [Value]> {
    match keyword {
        "const" => Some(std::slice::from_ref(value)),
        "enum" => value.as_array().map(Vec::as_slice),
        _ => None,
    }
}

fn of_integers(keyword: &str, value: &Value) -> Option<Kernel> {
    if let Some(values) = listed_values(keyword, value) {
        let numbers = values.iter().filter_map(|value| whole(value.as_number()?));
        return Some(Kernel::NotIn(NumberSet::new(numbers)));
    }
    let (low, high) = match keyword {
        "minimum" => (least(value.as_number()?)?, i128::MAX),
        "exclusiveMinimum" => (greatest(value.as_number()?)? + 1, i128::MAX),
        "maximum" => (i128::MIN, greatest(value.as_number()?)?),
        "exclusiveMaximum" => (i128::MIN, least(value.as_number()?)? - 1),
        "multipleOf" => return judged(keyword, value),
        "minLength" | "maxLength" | "pattern" | "format" => return Some(Kernel::Never),
        _ => return None,
    };
    let (low, high) = (low.max(i64::MIN.into()), high.min(i64::MAX.into()));
    match (i64::try_from(low), i64::try_from(high)) {
        (Ok(low), Ok(high)) => Some(Kernel::Outside(low, high)),
        _ => Some(Kernel::Always),
    }
}

fn whole(number: &Number) -> Option<i64> {
    let whole = least(number).filter(|least| Some(*least) == greatest(number));
    i64::try_from(whole?).ok()
}

/// The least whole number that is not below a number.
fn least(number: &Number) -> Option<i128> {
    match number.as_i128() {
        Some(whole) => Some(whole),
        None => bounded(number.as_f64()?.ceil()),
    }
}

/// The greatest whole number that is not above a number.
fn greatest(number: &Number) -> Option<i128> {
    match number.as_i128() {
        Some(whole) => Some(whole),
        None => bounded(number.as_f64()?.floor()),
    }
}

/// A whole number as such; beyond all columns' values any will do.
fn bounded(whole: f64) -> Option<i128> {
    whole.is_finite().then(|| whole.clamp(-1e30, 1e30) as i128)
}

fn of_text(keyword: &str, value: &Value) -> Option<Kernel> {
    if let Some(values) = listed_values(keyword, value) {
        let words = values.iter().filter_map(Value::as_str);
        return Some(Kernel::NotAmong(words.map(str::to_owned).collect()));
    }
    match (
        keyword,
        value
            .as_u64()
            .and_then(|length| usize::try_from(length).ok()),
    ) {
        ("minLength", Some(least)) => Some(Kernel::Length(least, usize::MAX)),
        ("maxLength", Some(most)) => Some(Kernel::Length(0, most)),
        _ => judged(keyword, value),
    }
}

fn of_dates(keyword: &str, value: &Value) -> Option<Kernel> {
    if let Some(values) = listed_values(keyword, value) {
        let days = values.iter().filter_map(|value| day(value.as_str()?));
        return Some(Kernel::NotIn(NumberSet::new(days)));
    }
    match keyword {
        "format" if value == "date" => Some(Kernel::Never),
        _ => judged(keyword, value),
    }
}

/// The day that a text is, if it is written as records have it.
fn day(text: &str) -> Option<i64> {
    let date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let days = crate::cell::date::days(
        chrono::Datelike::year(&date),
        chrono::Datelike::month(&date),
        chrono::Datelike::day(&date),
    )?;
    (date_text(days).as_deref() == Some(text)).then_some(i64::from(days))
}
