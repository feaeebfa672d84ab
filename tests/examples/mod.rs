//! The examples of rules, as inputs with their profiles.

use person_alerts::check::rule::Example;

/// A faultless record, in the standard's own words.
pub const FAULTLESS: [(&str, &str); 20] = [
    ("person_alert_id", "77"),
    ("person_id", "1001"),
    ("person_alert_code_id", "MED1.01"),
    ("source_type_id", "GP"),
    ("organisation_id", "12"),
    ("created_by_user_id", "3"),
    ("source_details", "surgery"),
    ("alert_description", "inhaler by the bed"),
    ("informed_resident", "true"),
    ("alert_progress", "Stable"),
    ("alert_duration_type", "Long Term"),
    ("alert_duration", ""),
    ("start_date", "2024-01-01"),
    ("end_date", ""),
    ("review_date", ""),
    ("is_active", "true"),
    ("alert_status", "Open"),
    ("last_updated", "2024-05-01T10:00:00Z"),
    ("confidentiality_level", "Restricted"),
    ("special_category_data_id", "HEALTH"),
];

/// A profile that maps the given columns onto the fields of the same names.
pub fn profile(columns: &[&str]) -> String {
    let mut text = "[landlord]\nname = \"Example\"\ncode = \"EX\"\n[fields]\n".to_owned();
    for column in columns {
        text.push_str(&format!("{column} = \"{column}\"\n"));
    }
    text
}

/// A CSV of faultless records with those changes.
pub fn csv(records: &[&[(&str, &str)]]) -> String {
    let header: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    let mut text = header.join(",") + "\n";
    for changes in records {
        for (name, _) in *changes {
            assert!(header.contains(name), "{name} is no field");
        }
        let cells = FAULTLESS.iter().map(|(name, usual)| {
            let changed = changes.iter().find(|(changed, _)| changed == name);
            changed.map_or(*usual, |(_, value)| *value)
        });
        text.push_str(&cells.collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    text
}

/// A faultless change of the alert that a faultless record states.
const CHANGE: [(&str, &str); 9] = [
    ("person_alert_history_id", ""),
    ("person_alert_id", "77"),
    ("action_type", "INSERT"),
    ("changed_by_user_id", "3"),
    ("change_timestamp", "2024-01-02T10:00:00Z"),
    ("change_summary", "put down"),
    ("old_value", ""),
    ("new_value", "{\"alert_status\": \"Open\"}"),
    ("reason_for_change", ""),
];

/// The log of changes that an example has beside its input, where it has one.
pub fn log(example: &Example) -> Option<String> {
    let Example::Changes(records) = example else {
        return None;
    };
    let mut log = csv::Writer::from_writer(Vec::new());
    log.write_record(CHANGE.map(|(name, _)| name)).unwrap();
    for changes in *records {
        let cells = CHANGE.map(|(name, usual)| {
            let changed = changes.iter().find(|(changed, _)| *changed == name);
            changed.map_or(usual, |(_, value)| *value)
        });
        log.write_record(cells).unwrap();
    }
    Some(String::from_utf8(log.into_inner().unwrap()).unwrap())
}

/// The input of an example and its profile.
pub fn written(example: &Example) -> (String, String) {
    let all: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    match example {
        Example::Cells(cells) => (csv(&[cells]), profile(&all)),
        Example::Records(records) => (csv(records), profile(&all)),
        Example::Changes(_) => {
            let fields = CHANGE.map(|(name, _)| format!("{name} = \"{name}\"\n"));
            let history = format!("[history.fields]\n{}", fields.concat());
            (csv(&[&[]]), profile(&all) + &history)
        }
        Example::Text(text) => {
            let known = ["person_id", "person_alert_code_id", "start_date"];
            let more = text.contains("source_details").then_some("source_details");
            let columns: Vec<&str> = known.into_iter().chain(more).collect();
            ((*text).to_owned(), profile(&columns))
        }
        // what there is to say of a list does not depend on alerts
        Example::List(..) => (csv(&[&[]]), profile(&all)),
        Example::Profiled { profile, input } => {
            let landlord = "[landlord]\nname = \"Example\"\ncode = \"EX\"\n";
            ((*input).to_owned(), format!("{landlord}{profile}"))
        }
    }
}
