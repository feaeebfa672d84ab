//! One field of a profile, as a line of TOML with its reasons.

use super::Scene;
use super::assignment::{Choice, Field, SURE};
use super::columns::DraftColumn;
use super::date_formats::ColumnFormats;
use super::toml_text::{comment, commented_out, list, text};
use super::vocabulary::{Vocabulary, has_vocabulary, vocabulary};
use crate::cell::Reading;
use crate::cell::boolean::BooleanReader;
use crate::profile::ALERT_CODE;
use crate::scan::Holds;

/// How near another column must come to be named beside the one that is chosen.
const CLOSE: f64 = 0.15;
/// The share of cells that must be known for a field to be mapped that rejects what it does not know.
const KNOWN: f64 = 0.97;

/// The line of a field, active or commented out, behind its reasons; empty where nothing fits it.
pub(super) fn field(scene: &Scene<'_>, field: &Field, usual: &[String]) -> String {
    let mut lines = String::new();
    let Some(chosen) = &field.chosen else {
        if field.required {
            return missing(field);
        }
        for proposal in &field.proposals {
            lines.push_str(&comment(&reason(scene, proposal, "unsure")));
            lines.push_str(&commented_out(&line(scene, field, proposal, usual)));
        }
        return lines;
    };
    let doubt = doubt(scene, field, chosen);
    let sure = match (chosen.fit.confidence >= SURE, &doubt) {
        (_, Some(_)) | (false, _) => "unsure",
        (true, None) => "sure",
    };
    lines.push_str(&comment(&reason(scene, chosen, sure)));
    lines.push_str(&doubt.iter().map(|doubt| comment(doubt)).collect::<String>());
    let formats = scene.formats(chosen.column).said;
    if is_date(field.name) && !formats.is_empty() {
        lines.push_str(&comment(&formats));
    }
    let own = line(scene, field, chosen, usual);
    match doubt.is_some() && !field.required {
        true => lines.push_str(&commented_out(&own)),
        false => lines.push_str(&format!("{own}\n")),
    }
    let close = |own: &&Choice| {
        chosen.fit.confidence < SURE || own.fit.confidence + CLOSE >= chosen.fit.confidence
    };
    if field.required {
        for proposal in field.proposals.iter().filter(close) {
            lines.push_str(&comment(&reason(scene, proposal, "or")));
            lines.push_str(&commented_out(&line(scene, field, proposal, usual)));
        }
    }
    lines
}

/// A field that must be mapped, and for which there is no column.
fn missing(field: &Field) -> String {
    let name = format!("column of {}?", field.name);
    let why = format!(
        "No column fits. Every alert is rejected until this names one: {}",
        field.name
    );
    format!(
        "{}{} = {{ column = {}, optional = true }}\n",
        comment(&why),
        field.name,
        text(&name)
    )
}

fn reason(scene: &Scene<'_>, choice: &Choice, sure: &str) -> String {
    let name = scene
        .columns
        .get(choice.column)
        .map_or("", |own| own.name.as_str());
    let Choice { fit, .. } = choice;
    format!("{sure} ({:.2}): {name}, {}", fit.confidence, fit.reason)
}

/// Why a field is better left out for now, though its column is likely the right one.
fn doubt(scene: &Scene<'_>, field: &Field, choice: &Choice) -> Option<String> {
    let column = scene.columns.get(choice.column)?;
    if has_vocabulary(field.name) && !column.values.is_empty() {
        let known = vocabulary(field.name, &column.values, scene.standard).share();
        let percent = ((1.0 - known) * 100.0).ceil();
        return (known < KNOWN).then(|| {
            format!("{percent} % of its cells hold other words, which would reject their alerts: say under words, yes or no what they mean")
        });
    }
    let formats = scene.formats(choice.column);
    let timeless = field.name == "last_updated" && formats.lacks_time;
    timeless
        .then(|| "some of its cells have no time of day, which a point in time needs".to_owned())
}

/// `field = column`, with all that the field needs beside it.
fn line(scene: &Scene<'_>, field: &Field, choice: &Choice, usual: &[String]) -> String {
    let Some(column) = scene.columns.get(choice.column) else {
        return String::new();
    };
    let mut keys: Vec<String> = Vec::new();
    match field.name {
        ALERT_CODE => keys.extend(code_keys(scene, column)),
        "source_type_id" if !scene.own_sources => keys.push("crosswalk = \"sources\"".to_owned()),
        "person_id" if scene.assignment.house.is_some() => {
            return composed(scene, field.name, column);
        }
        "person_alert_id" if scene.assignment.house.is_some() && column.is_short_number() => {
            return composed(scene, field.name, column);
        }
        name if has_vocabulary(name) => {
            keys.extend(word_keys(
                name,
                &vocabulary(name, &column.values, scene.standard),
                column,
            ));
        }
        name if is_date(name) => {
            let own = scene.formats(choice.column).formats;
            let needed = name == "last_updated" || own != usual;
            if needed && !own.is_empty() {
                keys.push(format!("formats = {}", list(&own)));
            }
        }
        _ => {}
    }
    if column.is_missing_somewhere {
        keys.push("optional = true".to_owned());
    }
    match keys.is_empty() {
        true => format!("{} = {}", field.name, column.written),
        false => format!(
            "{} = {{ column = {}, {} }}",
            field.name,
            column.written,
            keys.join(", ")
        ),
    }
}

/// What a column of codes needs beside its name.
pub(super) fn code_keys(scene: &Scene<'_>, column: &DraftColumn<'_>) -> Vec<String> {
    let mut keys = Vec::new();
    if !scene.own_codes {
        keys.push("crosswalk = \"alert_types\"".to_owned());
    }
    let separators = column.separators();
    if !separators.is_empty() || column.holds == Holds::Json {
        keys.push(format!("split = {}", list(&separators)));
    }
    keys
}

/// A key that counts within a house.
fn composed(scene: &Scene<'_>, field: &str, column: &DraftColumn<'_>) -> String {
    let house = scene.assignment.house.and_then(|at| scene.columns.get(at));
    let house = house.map_or("", |own| own.written.as_str());
    format!(
        "{field} = {{ columns = [{house}, {}], join = \"/\" }}",
        column.written
    )
}

fn word_keys(field: &str, found: &Vocabulary, column: &DraftColumn<'_>) -> Vec<String> {
    let mut keys = Vec::new();
    let boolean = matches!(field, "is_active" | "informed_resident");
    if boolean && !found.own.is_empty() {
        let usual = BooleanReader::default();
        for (key, meaning) in [("yes", true), ("no", false)] {
            let usual = column
                .values
                .iter()
                .filter(|(value, _)| usual.read(value) == Reading::Value(meaning));
            let own = found.own.iter().filter(|(_, own)| own == key);
            let words = usual
                .map(|(value, _)| value)
                .chain(own.map(|(value, _)| value));
            let words: Vec<&String> = words.collect();
            if !words.is_empty() {
                keys.push(format!("{key} = {}", list(words)));
            }
        }
    } else if !found.own.is_empty() {
        let words = found
            .own
            .iter()
            .map(|(word, means)| format!("{} = {}", text(word), text(means)));
        keys.push(format!(
            "words = {{ {} }}",
            words.collect::<Vec<_>>().join(", ")
        ));
    }
    if !found.silent.is_empty() {
        keys.push(format!("null_values = {}", list(&found.silent)));
    }
    keys
}

pub(super) fn is_date(field: &str) -> bool {
    matches!(
        field,
        "start_date" | "end_date" | "review_date" | "last_updated"
    )
}

impl Scene<'_> {
    /// The formats of a column's dates.
    pub(super) fn formats(&self, column: usize) -> ColumnFormats {
        let mut all = crate::cell::date_order::OrderEvidence::default();
        for own in self
            .columns
            .iter()
            .filter(|own| matches!(own.holds, Holds::Dates | Holds::Timestamps))
        {
            all.add(&own.order());
        }
        let column = self.columns.get(column);
        column.map_or(ColumnFormats::default(), |own| {
            super::date_formats::of_column(own, &all)
        })
    }
}
