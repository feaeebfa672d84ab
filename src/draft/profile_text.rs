//! A drafted profile as TOML, commented so that somebody who knows the landlord can settle it line by line.

use std::collections::BTreeMap;

use super::columns::DraftColumn;
use super::field_text::{code_keys, field, is_date};
use super::labels::may_be_shown;
use super::ready_list::ReadyList;
use super::toml_text::{comment, commented_out, list, text};
use super::vocabulary::NOTHING;
use super::{ALERTS_FILE, FIRST_WORDS, FLAGS_FILE, SOURCES_FILE, Scene};
use crate::cell::fold;
use crate::dialect::Format;
use crate::profile::ALERT_CODE;
use crate::scan::{Holds, Table, holds_identifier};

/// The profile.
pub(super) fn profile(scene: &Scene<'_>) -> String {
    let usual = usual_formats(scene);
    let parts = [
        head(scene),
        landlord(scene),
        input(scene, &usual),
        fields(scene, &usual),
        more_alerts(scene),
        flags(scene, &usual),
        crosswalks(scene),
        unused(scene),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

fn head(scene: &Scene<'_>) -> String {
    let names: Vec<String> = scene.tables.iter().map(|table| table_name(table)).collect();
    let words = FIRST_WORDS.trim_start_matches("# ");
    let mut head = comment(&format!("{words}{}.", names.join(", ")));
    if !scene.others.is_empty() {
        let others: Vec<String> = scene.others.iter().map(|table| table_name(table)).collect();
        head += &comment(&format!(
            "Written otherwise, and not read by it: {}.",
            others.join(", ")
        ));
    }
    head += &comment(
        "Each field says why it takes its column, and how sure that is, from 0 to 1. Settle what is unsure and\n\
         delete the comment. Nothing in the crosswalks is approved: until somebody has reviewed them, every\n\
         alert is set aside for review.",
    );
    head
}

/// An input by its file name, with the sheet or place of the table.
fn table_name(table: &Table) -> String {
    let file = std::path::Path::new(&table.input).file_name();
    let file = file.map_or(table.input.clone(), |name| {
        name.to_string_lossy().into_owned()
    });
    let place = table.dialect.records.as_ref().map(|path| path.as_str());
    match place.or(table.sheet.as_deref()) {
        Some(place) => format!("{file} ({place})"),
        None => file,
    }
}

fn landlord(scene: &Scene<'_>) -> String {
    let own = scene.landlord;
    format!(
        "[landlord]\nname = {}\n{}code = {}\n",
        text(&own.name),
        comment("It goes into keys, rows and folder names: choose it once and keep it."),
        text(&own.code)
    )
}

fn input(scene: &Scene<'_>, usual: &[String]) -> String {
    let Some(lead) = scene.tables.first() else {
        return String::new();
    };
    let mut lines = String::new();
    match lead.dialect.format {
        Format::Json => lines += "format = \"json\"\n",
        Format::Ndjson => lines += "format = \"ndjson\"\n",
        Format::Csv | Format::Sheet => {}
    }
    if let Some(path) = &lead.dialect.records {
        lines += &format!("records = {}\n", text(path.as_str()));
    }
    if let Some(sheet) = lead.sheet.as_ref().filter(|_| lead.sheets > 1) {
        lines += &format!("sheet = {}\n", text(sheet));
    }
    let nothing = words_for_nothing(scene);
    if !nothing.is_empty() {
        lines += &format!("null_values = {}\n", list(&nothing));
    }
    if !usual.is_empty() {
        lines += &format!("date_formats = {}\n", list(usual));
    }
    let sentinels = sentinels(scene);
    if !sentinels.is_empty() {
        lines += &comment("These stand for no date, perhaps:");
        lines += &commented_out(&format!("no_dates = {}", list(sentinels.keys())));
    }
    lines += &kinds(scene);
    match lines.is_empty() {
        true => String::new(),
        false => format!("[input]\n{lines}"),
    }
}

/// A column that tells kinds of record apart, where records of an event log lie within each other.
fn kinds(scene: &Scene<'_>) -> String {
    let is_kind = |column: &&DraftColumn<'_>| {
        let last = column.words.last().map(String::as_str);
        let outer = column.name.starts_with("../") || column.name.starts_with('/');
        let of_event = column
            .words
            .iter()
            .any(|word| word == "event" || word == "message");
        outer && of_event && matches!(last, Some("type" | "kind" | "name"))
    };
    let unused = scene
        .assignment
        .unused
        .iter()
        .filter_map(|at| scene.columns.get(*at));
    let Some(column) = unused.into_iter().find(is_kind) else {
        return String::new();
    };
    let shown = column
        .values
        .iter()
        .filter(|(value, _)| may_be_shown(value));
    let values: Vec<&String> = shown.map(|(value, _)| value).take(20).collect();
    let mut lines = comment("If records of some kinds are no alerts, keep the others:");
    for line in [
        "[input.only]".to_owned(),
        format!("column = {}", column.written),
        format!("values = {}", list(values)),
    ] {
        lines += &commented_out(&line);
    }
    lines
}

fn fields(scene: &Scene<'_>, usual: &[String]) -> String {
    let lines = scene
        .assignment
        .fields
        .iter()
        .map(|own| field(scene, own, usual));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    format!("[fields]\n{}", lines.join("\n"))
}

/// Further columns of codes.
fn more_alerts(scene: &Scene<'_>) -> String {
    let more = scene
        .assignment
        .more_codes
        .iter()
        .filter_map(|at| scene.columns.get(*at));
    let lines = more.map(|column| {
        let mut keys = vec![format!("column = {}", column.written)];
        keys.extend(code_keys(scene, column));
        if column.is_missing_somewhere {
            keys.push("optional = true".to_owned());
        }
        format!("[[alerts]]\n{ALERT_CODE} = {{ {} }}\n", keys.join(", "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Columns of a wide table, each with the code that its name suggests as a draft.
fn flags(scene: &Scene<'_>, usual: &[String]) -> String {
    let flags = &scene.assignment.flags;
    if flags.is_empty() {
        return String::new();
    }
    let mut lines = comment(&format!(
        "Each yes is an alert, of the code that {FLAGS_FILE} has for the column once it is approved."
    ));
    lines += "[flags]\n";
    for column in flags.iter().filter_map(|at| scene.columns.get(*at)) {
        lines += &flag(scene, column, usual);
    }
    lines
}

fn flag(scene: &Scene<'_>, column: &DraftColumn<'_>, usual: &[String]) -> String {
    // the name of such a column stays out of the crosswalk, which travels
    let mut keys = match holds_identifier(&column.words.join(" ")) {
        true => vec!["status = \"review\"".to_owned()],
        false => vec!["crosswalk = \"flags\"".to_owned()],
    };
    if let Some((at, date)) = date_beside(scene, column) {
        let or = scene
            .chosen("start_date")
            .map(|own| format!(", or = {}", own.written));
        let formats = scene.formats(at).formats;
        let formats = (formats != usual && !formats.is_empty())
            .then(|| format!(", formats = {}", list(&formats)));
        keys.push(format!(
            "start_date = {{ column = {}{}{} }}",
            date.written,
            or.unwrap_or_default(),
            formats.unwrap_or_default()
        ));
    }
    if let Some((_, note)) = note_beside(scene, column) {
        keys.push(format!("alert_description = {}", note.written));
    }
    if column.is_missing_somewhere {
        keys.push("optional = true".to_owned());
    }
    // TOML names that are numbers are the columns of that number
    format!("{} = {{ {} }}\n", column.written, keys.join(", "))
}

/// The columns of dates and notes that belong to flags.
pub(super) fn beside_flags(scene: &Scene<'_>) -> Vec<usize> {
    let flags = scene.assignment.flags.iter();
    let flags = flags.filter_map(|at| scene.columns.get(*at));
    let found = flags.flat_map(|flag| [date_beside(scene, flag), note_beside(scene, flag)]);
    found.flatten().map(|(at, _)| at).collect()
}

fn date_beside<'s, 't>(
    scene: &'s Scene<'t>,
    flag: &DraftColumn<'_>,
) -> Option<(usize, &'s DraftColumn<'t>)> {
    beside(scene, flag, |own| matches!(own.holds, Holds::Dates))
}

fn note_beside<'s, 't>(
    scene: &'s Scene<'t>,
    flag: &DraftColumn<'_>,
) -> Option<(usize, &'s DraftColumn<'t>)> {
    beside(scene, flag, |own| {
        matches!(own.holds, Holds::Text | Holds::Labels)
    })
}

/// A column that nothing needs and whose name goes on behind that of a flag, as `DOG NOTE` does.
fn beside<'s, 't>(
    scene: &'s Scene<'t>,
    flag: &DraftColumn<'_>,
    fits: impl Fn(&DraftColumn<'_>) -> bool,
) -> Option<(usize, &'s DraftColumn<'t>)> {
    let unused = scene.assignment.unused.iter();
    let mut unused = unused.filter_map(|at| Some((*at, scene.columns.get(*at)?)));
    unused.find(|(_, own)| {
        let goes_on = own.words.len() > flag.words.len() && own.words.starts_with(&flag.words);
        goes_on && fits(own)
    })
}

fn crosswalks(scene: &Scene<'_>) -> String {
    let mut parts = Vec::new();
    if scene.chosen(ALERT_CODE).is_some() && !scene.own_codes {
        parts.push(format!(
            "[crosswalks.alert_types]\nfile = {}\n{}",
            text(ALERTS_FILE),
            scene.ready_list.as_ref().map(base).unwrap_or_default()
        ));
    }
    let flags = scene.assignment.flags.iter();
    let mut flags = flags.filter_map(|at| scene.columns.get(*at));
    if flags.any(|column| !holds_identifier(&column.words.join(" "))) {
        parts.push(format!("[crosswalks.flags]\nfile = {}\n", text(FLAGS_FILE)));
    }
    if scene.maps_sources() && !scene.own_sources {
        parts.push(format!(
            "[crosswalks.sources]\nfile = {}\n{}unmapped = \"UNK\"\n",
            text(SOURCES_FILE),
            comment("Sources that nobody has decided about are unknown, with a warning.")
        ));
    }
    parts.join("\n")
}

/// The ready-made crosswalk of a list that the column of codes holds. It is approved by us and not by the
/// landlord, and so it is proposed alone.
fn base(list: &ReadyList) -> String {
    let told = format!(
        "{} of its {} values are those of {}, whose decisions pac crosswalk show {} prints. To take these\n\
         over, take their rows out of {ALERTS_FILE}, which stand in place of them, and set:",
        list.known, list.all, list.crosswalk, list.crosswalk
    );
    comment(&told) + &commented_out(&format!("base = {}", text(list.crosswalk)))
}

/// Columns that no field takes: they are told at each run until somebody has said that they are not needed.
fn unused(scene: &Scene<'_>) -> String {
    let of_flags = beside_flags(scene);
    let unused = scene.assignment.unused.iter();
    let unused = unused.filter(|at| !of_flags.contains(at));
    let unused: Vec<&DraftColumn<'_>> = unused.filter_map(|at| scene.columns.get(*at)).collect();
    if unused.is_empty() {
        return String::new();
    }
    let mut lines = comment(
        "No field takes these columns. Name under drop what nobody needs, so that no run tells of it again.",
    );
    for column in &unused {
        lines += &comment(&format!(
            "  {}: holds {}",
            column.name,
            column.holds.as_str()
        ));
    }
    let names: Vec<&str> = unused.iter().map(|own| own.written.as_str()).collect();
    lines += &commented_out("[columns]");
    lines + &commented_out(&format!("drop = [{}]", names.join(", ")))
}

/// The formats of most columns of dates.
fn usual_formats(scene: &Scene<'_>) -> Vec<String> {
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let dated = scene
        .assignment
        .fields
        .iter()
        .filter(|own| is_date(own.name) && own.name != "last_updated");
    for choice in dated.filter_map(|own| own.chosen.as_ref()) {
        let formats = scene.formats(choice.column).formats;
        if !formats.is_empty() {
            *counts.entry(formats).or_default() += 1;
        }
    }
    let most = counts
        .into_iter()
        .max_by_key(|(formats, count)| (*count, formats.len()));
    most.map(|(formats, _)| formats).unwrap_or_default()
}

/// Words of all columns that say nothing.
fn words_for_nothing(scene: &Scene<'_>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (value, _) in scene.columns.iter().flat_map(|column| &column.values) {
        let known = words.iter().any(|own| fold(own) == fold(value));
        if !known && NOTHING.contains(&fold(value).as_ref()) {
            words.push(value.clone());
        }
    }
    words.sort();
    words
}

fn sentinels(scene: &Scene<'_>) -> BTreeMap<String, u64> {
    let mut all = BTreeMap::new();
    for part in scene.columns.iter().flat_map(|column| &column.parts) {
        for (value, count) in part.no_dates() {
            *all.entry(value.clone()).or_default() += count;
        }
    }
    all
}

impl Scene<'_> {
    /// Whether the field of sources stands in the profile, and not commented out.
    fn maps_sources(&self) -> bool {
        self.chosen("source_type_id").is_some()
    }
}
