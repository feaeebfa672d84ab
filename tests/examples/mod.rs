//! The examples of rules, as inputs with their profiles.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use person_alerts::check::rule::Example;
use person_alerts::conversion::{self, Options, ReferencePaths, Subject, parse_day};
use person_alerts::error::Result;
use person_alerts::pipeline::Progress;
use person_alerts::profile::Allowances;
use person_alerts::report::Report;
use person_alerts::standard::Standard;

/// The standard as it is built in.
pub static STANDARD: LazyLock<Arc<Standard>> =
    LazyLock::new(|| Arc::new(Standard::embedded().unwrap()));

pub struct Silent;

impl Progress for Silent {
    fn advance(&mut self, _: u64, _: u64) {}
}

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

/// What a run is given.
#[derive(Clone, Default)]
pub struct Given {
    /// The export.
    pub input: Vec<u8>,
    /// The profile.
    pub profile: String,
    /// A log of changes.
    pub log: Option<String>,
    /// The reference file of persons.
    pub persons: Option<String>,
    /// The reference file of organisations.
    pub organisations: Option<String>,
    /// A JSON Schema of the user's own.
    pub schema: Option<String>,
    /// A file of rules for all landlords.
    pub rules: Option<String>,
}

impl Given {
    /// An export and its profile, and nothing beside them.
    pub fn new(input: impl Into<Vec<u8>>, profile: impl Into<String>) -> Given {
        Given {
            input: input.into(),
            profile: profile.into(),
            ..Given::default()
        }
    }

    /// What comes of it; the files are written into the folder.
    pub fn report(&self, folder: &Path, standard: &Arc<Standard>) -> Result<Report> {
        let file = |name: &str, text: &[u8]| {
            let path = folder.join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let given = |name: &str, text: &Option<String>| -> Option<PathBuf> {
            text.as_ref().map(|text| file(name, text.as_bytes()))
        };
        let subject = Subject::Landlord {
            profile: file("profile.toml", self.profile.as_bytes()),
            inputs: vec![file("input", &self.input)],
            logs: given("log.csv", &self.log).into_iter().collect(),
            references: ReferencePaths {
                persons: given("persons.csv", &self.persons),
                organisations: given("organisations.csv", &self.organisations),
            },
        };
        let schemas = given("own.schema.json", &self.schema);
        let options = Options {
            schemas: schemas.into_iter().collect(),
            since: None,
            rules: given("shared.toml", &self.rules),
            ..options(standard)
        };
        Ok(conversion::convert(&subject, None, &options, &mut Silent)?.report)
    }
}

/// How examples are converted.
pub fn options(standard: &Arc<Standard>) -> Options {
    Options {
        standard: Arc::clone(standard),
        as_of: parse_day("2026-11-22").unwrap(),
        threads: 1,
        show_values: false,
        allowances: Allowances::default(),
        max_reject_percent: None,
        rules: None,
        schemas: Vec::new(),
        since: None,
    }
}

/// The standard that an example is run under.
pub fn standard(example: &Example) -> Result<Arc<Standard>> {
    let own = match example {
        Example::List(table, changes) => with_file(&format!("{table}.csv"), changes),
        Example::OwnSchema(changes, _) => with_file("person_alert.schema.json", changes),
        _ => return Ok(Arc::clone(&STANDARD)),
    };
    own.map(Arc::new)
}

/// The standard with a file of the user's own: that which is built in, with changes.
pub fn with_file(name: &str, changes: &[(&str, &str)]) -> Result<Standard> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let mut text = std::fs::read_to_string(folder.join(name)).unwrap();
    for (usual, changed) in changes {
        assert!(text.contains(usual), "{name}: {usual}");
        text = text.replace(usual, changed);
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), text).unwrap();
    Standard::load(Some(folder.path()))
}

fn changes(records: &[&[(&str, &str)]]) -> String {
    let mut log = csv::Writer::from_writer(Vec::new());
    log.write_record(CHANGE.map(|(name, _)| name)).unwrap();
    for changes in records {
        let cells = CHANGE.map(|(name, usual)| {
            let changed = changes.iter().find(|(changed, _)| *changed == name);
            changed.map_or(usual, |(_, value)| *value)
        });
        log.write_record(cells).unwrap();
    }
    String::from_utf8(log.into_inner().unwrap()).unwrap()
}

/// What an example gives its run.
pub fn written(example: &Example) -> Given {
    const LANDLORD: &str = "[landlord]\nname = \"Example\"\ncode = \"EX\"\n";
    let all: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    let records = |records: &[&[(&str, &str)]]| Given::new(csv(records), profile(&all));
    match example {
        Example::Cells(cells) | Example::OwnSchema(_, cells) => records(&[cells]),
        Example::Records(several) => records(several),
        Example::Long(field, length) => records(&[&[(field, &"x".repeat(*length))]]),
        // what there is to say of a list does not depend on alerts
        Example::List(..) => records(&[&[]]),
        Example::Changes(log) => {
            let fields = CHANGE.map(|(name, _)| format!("{name} = \"{name}\"\n"));
            let history = format!("[history.fields]\n{}", fields.concat());
            Given {
                log: Some(changes(log)),
                ..Given::new(csv(&[&[]]), profile(&all) + &history)
            }
        }
        Example::Text(text) => {
            let known = ["person_id", "person_alert_code_id", "start_date"];
            let more = text.contains("source_details").then_some("source_details");
            let columns: Vec<&str> = known.into_iter().chain(more).collect();
            Given::new(*text, profile(&columns))
        }
        Example::Profiled { profile, input } => Given::new(*input, format!("{LANDLORD}{profile}")),
        Example::Bytes { profile, input } => Given::new(*input, format!("{LANDLORD}{profile}")),
        Example::Beside {
            profile,
            input,
            persons,
            organisations,
        } => {
            let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Given {
                persons: given(persons),
                organisations: given(organisations),
                ..Given::new(*input, format!("{LANDLORD}{profile}"))
            }
        }
        Example::ExtraSchema(schema, cells) => Given {
            schema: Some((*schema).to_owned()),
            ..records(&[cells])
        },
    }
}
