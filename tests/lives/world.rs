//! Invented lives of alerts, month by month: what each export holds, and what was really done.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};

/// What was done to an alert.
#[derive(Debug, Clone, PartialEq)]
pub struct Deed {
    /// The landlord's key of the alert.
    pub alert: String,
    pub kind: Kind,
    pub month: u32,
    pub user: i64,
    /// When, in UTC.
    pub time: String,
    /// The changed fields before and after, by the standard's names.
    pub old: Map<String, Value>,
    pub new: Map<String, Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Insert,
    Update,
    Delete,
    /// The alert is left out of the export by mistake, or is in it again; nobody has done anything.
    Vanish,
    Return,
}

/// An alert as the landlord's system holds it.
#[derive(Debug, Clone)]
struct Alert {
    reference: String,
    fields: Map<String, Value>,
    changed: String,
    user: i64,
    deleted: bool,
    /// Months for which the export leaves it out.
    away: u32,
}

/// A landlord's system over twelve months.
pub struct World {
    random: u64,
    alerts: Vec<Alert>,
    pub deeds: Vec<Deed>,
    /// The export of each month, without its header.
    pub exports: Vec<String>,
}

pub const HEADER: &str =
    "Ref,Person,Type,Start,End,Review,Progress,Notes,Status,Active,Informed,Source,Changed,By\n";
const FIELDS: [(&str, &str); 11] = [
    ("person_id", "Person"),
    ("person_alert_code_id", "Type"),
    ("start_date", "Start"),
    ("end_date", "End"),
    ("review_date", "Review"),
    ("alert_progress", "Progress"),
    ("alert_description", "Notes"),
    ("alert_status", "Status"),
    ("is_active", "Active"),
    ("informed_resident", "Informed"),
    ("source_type_id", "Source"),
];
const CODES: [&str; 4] = ["MED1.01", "MED1.02", "COMM1.01", "RISK1.01"];

const SOURCES: [&str; 4] = ["GP", "SELF", "SW", "OTH"];

/// The last day of a month of 2025.
pub fn as_of(month: u32) -> String {
    let days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    format!("2025-{month:02}-{}", days[month as usize - 1])
}

/// The profile that reads the exports and the log; `policy` is what its `[policy]` says beside the user.
pub fn profile(code: &str, keyed: bool, policy: &str) -> String {
    let mut text = format!(
        "[landlord]\nname = \"{code} Homes\"\ncode = \"{code}\"\n\n[input]\ndate_formats = [\"yyyy-mm-dd\"]\n\
         timestamp_formats = [\"yyyy-mm-dd HH:MM:SS\"]\ntimezone = \"UTC\"\n\n\
         [policy]\nsystem_user = 7\n{policy}\n\n[fields]\n"
    );
    for (field, column) in FIELDS {
        let _ = writeln!(text, "{field} = \"{column}\"");
    }
    text.push_str("last_updated = \"Changed\"\nupdated_by_user_id = \"By\"\n");
    match keyed {
        true => text.push_str("person_alert_id = \"Ref\"\n"),
        false => text.push_str("\n[columns]\ndrop = [\"Ref\"]\n"),
    }
    text.push_str(
        "\n[history.fields]\nperson_alert_id = \"Ref\"\naction_type = \"Action\"\nchanged_by_user_id = \"Who\"\n\
         change_timestamp = \"When\"\nold_value = \"Before\"\nnew_value = \"After\"\n",
    );
    text
}

impl World {
    /// Twelve months, in each of which every alert has one deed at most.
    pub fn new(seed: u64) -> World {
        let mut world = World {
            random: seed * 2 + 1,
            alerts: Vec::new(),
            deeds: Vec::new(),
            exports: Vec::new(),
        };
        for month in 1..=12 {
            world.live(month);
            let mut text = String::new();
            for alert in world
                .alerts
                .iter()
                .filter(|own| !own.deleted && own.away == 0)
            {
                text.push_str(&line(
                    &alert.reference,
                    &alert.fields,
                    &alert.changed,
                    alert.user,
                ));
            }
            world.exports.push(text);
        }
        world
    }

    /// The log of what was done, as the landlord's system would export it.
    pub fn log(&self) -> String {
        log(&self.deeds)
    }

    fn draw(&mut self, below: u64) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random % below
    }

    fn live(&mut self, month: u32) {
        for at in 0..self.alerts.len() {
            if self.alerts[at].deleted {
                continue;
            }
            if self.alerts[at].away > 0 {
                self.alerts[at].away -= 1;
                if self.alerts[at].away == 0 {
                    self.note(at, Kind::Return, month, Map::new(), Map::new());
                    if self.draw(2) == 0 {
                        self.change(at, month);
                    }
                }
                continue;
            }
            match self.draw(20) {
                0..=5 => self.change(at, month),
                6 => self.end(at, month),
                7 => {
                    self.alerts[at].away = 1 + self.draw(2) as u32;
                    self.note(at, Kind::Vanish, month, Map::new(), Map::new());
                }
                8 if month > 1 => {
                    self.alerts[at].deleted = true;
                    let old = self.alerts[at].fields.clone();
                    self.note(at, Kind::Delete, month, old, Map::new());
                }
                _ => {}
            }
        }
        let newcomers = if month == 1 { 120 } else { 12 };
        for _ in 0..newcomers {
            self.insert(month);
        }
    }

    fn insert(&mut self, month: u32) {
        let number = self.alerts.len() as u64 + 1;
        let code = CODES[self.draw(4) as usize];
        let day = 1 + self.draw(28);
        let fields = json!({
            "person_id": 5000 + number,
            "person_alert_code_id": code,
            "start_date": format!("2024-{:02}-{day:02}", 1 + self.draw(12)),
            "alert_description": format!("note {number}, with \"quotes\""),
            "alert_status": "Open",
            "is_active": true,
            "informed_resident": self.draw(2) == 0,
            "source_type_id": SOURCES[self.draw(4) as usize],
        });
        let fields = fields.as_object().unwrap().clone();
        self.alerts.push(Alert {
            reference: format!("A{number:05}"),
            fields: fields.clone(),
            changed: String::new(),
            user: 0,
            deleted: false,
            away: 0,
        });
        let at = self.alerts.len() - 1;
        self.note(at, Kind::Insert, month, Map::new(), fields);
    }

    /// Changes one or several fields.
    fn change(&mut self, at: usize, month: u32) {
        let words = ["Stable", "Improving", "Deteriorating"];
        let mut changes = Map::new();
        let word = words[self.draw(3) as usize];
        changes.insert("alert_progress".to_owned(), word.into());
        if self.draw(2) == 0 {
            let day = format!("2025-{month:02}-{:02}", 1 + self.draw(28));
            changes.insert("review_date".to_owned(), day.into());
        }
        if self.draw(4) == 0 {
            let text = format!("written in month {month}");
            changes.insert("alert_description".to_owned(), text.into());
        }
        self.apply(at, month, changes);
    }

    /// Closes an alert, or opens a closed one again.
    fn end(&mut self, at: usize, month: u32) {
        let is_open = self.alerts[at].fields["is_active"] == true;
        let end = match is_open {
            true => Value::from(format!("2025-{month:02}-01")),
            false => Value::Null,
        };
        let status = if is_open { "Closed" } else { "Open" };
        let changes = json!({ "end_date": end, "alert_status": status, "is_active": !is_open });
        self.apply(at, month, changes.as_object().unwrap().clone());
    }

    fn apply(&mut self, at: usize, month: u32, changes: Map<String, Value>) {
        let (mut old, mut new) = (Map::new(), Map::new());
        for (name, value) in changes {
            let before = self.alerts[at]
                .fields
                .get(&name)
                .cloned()
                .unwrap_or(Value::Null);
            if before != value {
                self.alerts[at].fields.insert(name.clone(), value.clone());
                old.insert(name.clone(), before);
                new.insert(name, value);
            }
        }
        if !new.is_empty() {
            self.note(at, Kind::Update, month, old, new);
        }
    }

    fn note(
        &mut self,
        at: usize,
        kind: Kind,
        month: u32,
        old: Map<String, Value>,
        new: Map<String, Value>,
    ) {
        let user = 10 + self.draw(5) as i64;
        let time = format!(
            "2025-{month:02}-{:02}T{:02}:{:02}:00Z",
            1 + self.draw(28),
            self.draw(24),
            self.draw(60)
        );
        let alert = &mut self.alerts[at];
        if matches!(kind, Kind::Insert | Kind::Update) {
            alert.changed = time.clone();
            alert.user = user;
        }
        self.deeds.push(Deed {
            alert: alert.reference.clone(),
            kind,
            month,
            user,
            time,
            old,
            new,
        });
    }
}

/// A line of an export.
pub fn line(reference: &str, fields: &Map<String, Value>, changed: &str, user: i64) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let cell = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(yes)) => if *yes { "Y" } else { "N" }.to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let mut cells = vec![reference.to_owned()];
    cells.extend(FIELDS.iter().map(|(field, _)| cell(field)));
    cells.push(changed.replace('T', " ").replace('Z', ""));
    cells.push(user.to_string());
    writer.write_record(&cells).unwrap();
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// The deeds of each alert, by its reference.
pub fn by_alert(deeds: &[Deed]) -> BTreeMap<&str, Vec<&Deed>> {
    let mut all: BTreeMap<&str, Vec<&Deed>> = BTreeMap::new();
    for deed in deeds {
        all.entry(&deed.alert).or_default().push(deed);
    }
    all
}

/// A log of what was done, as a landlord's system would export it.
pub fn log(deeds: &[Deed]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["Ref", "Action", "Who", "When", "Before", "After"])
        .unwrap();
    for deed in deeds {
        let action = match deed.kind {
            Kind::Insert => "I",
            Kind::Update => "U",
            Kind::Delete => "D",
            Kind::Vanish | Kind::Return => continue,
        };
        let text = |values: &Map<String, Value>| match values.is_empty() {
            true => String::new(),
            false => Value::Object(values.clone()).to_string(),
        };
        let (old, new) = (text(&deed.old), text(&deed.new));
        let time = deed.time.replace('T', " ").replace('Z', "");
        let user = deed.user.to_string();
        writer
            .write_record([&deed.alert, action, &user, &time, &old, &new])
            .unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
