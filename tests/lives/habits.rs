//! A landlord with other habits: whole batches are corrected at one moment, an alert is changed several times a
//! day and sometimes back, alerts are missing for two months and change meanwhile, two alerts get other keys and
//! a new one the key of the first, and the code list changes in the summer.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::output::{events, references, run};
use crate::told::{Told, deed, in_order, told};
use crate::world::{Deed, HEADER, Kind, as_of, line, log, profile};

/// The user under whose name batches are corrected.
const BATCH: i64 = 3;
const PROGRESS: [&str; 3] = ["Stable", "Improving", "Deteriorating"];

struct Life {
    reference: String,
    fields: Map<String, Value>,
    changed: String,
    user: i64,
    /// The month from which exports hold it again.
    back: u32,
    deleted: bool,
}

struct Habits {
    lives: Vec<Life>,
    deeds: Vec<Deed>,
    /// Of each deed the month whose export is the first to show it.
    shown: Vec<u32>,
    month: u32,
    /// Minutes that have passed in the month.
    clock: u32,
}

impl Habits {
    /// The next moment, so many minutes later.
    fn later(&mut self, minutes: u32) -> String {
        self.clock += minutes;
        let (day, minute) = (1 + self.clock / 1440, self.clock % 1440);
        format!(
            "2025-{:02}-{day:02}T{:02}:{:02}:00Z",
            self.month,
            minute / 60,
            minute % 60
        )
    }

    fn put_down(&mut self, reference: &str, number: usize, time: &str) {
        let fields = json!({
            "person_id": 9000 + number / 3,
            "person_alert_code_id": (["MED1.01", "COMM1.01", "RISK1.01"][number % 3]),
            "start_date": format!("2025-01-{:02}", 1 + number % 28),
            "alert_description": format!("habit {number}"),
            "alert_status": "Open",
            "is_active": true,
            "informed_resident": (number.is_multiple_of(2)),
            "source_type_id": (["GP", "SELF", "SW"][number / 3 % 3]),
        });
        let fields = fields.as_object().unwrap().clone();
        self.lives.push(Life {
            reference: reference.to_owned(),
            fields: fields.clone(),
            changed: String::new(),
            user: 0,
            back: 0,
            deleted: false,
        });
        let at = self.lives.len() - 1;
        self.note(at, Kind::Insert, BATCH, time, (Map::new(), fields));
    }

    fn change(&mut self, at: usize, user: i64, time: &str, changes: &Value) {
        let (mut old, mut new) = (Map::new(), Map::new());
        for (name, value) in changes.as_object().unwrap() {
            let fields = &mut self.lives[at].fields;
            let before = fields.insert(name.clone(), value.clone());
            let before = before.unwrap_or(Value::Null);
            if before != *value {
                old.insert(name.clone(), before);
                new.insert(name.clone(), value.clone());
            }
        }
        if !new.is_empty() {
            self.note(at, Kind::Update, user, time, (old, new));
        }
    }

    fn note(
        &mut self,
        at: usize,
        kind: Kind,
        user: i64,
        time: &str,
        (old, new): (Map<String, Value>, Map<String, Value>),
    ) {
        let life = &mut self.lives[at];
        (life.changed, life.user) = (time.to_owned(), user);
        self.shown.push(self.month.max(life.back));
        self.deeds.push(Deed {
            // keys are put in at the end
            alert: at.to_string(),
            kind,
            month: self.month,
            user,
            time: time.to_owned(),
            old,
            new,
        });
    }

    /// What is done in a month.
    fn live(&mut self) {
        let month = self.month;
        if month == 1 {
            for number in 0..60_usize {
                let time = self.later(if number.is_multiple_of(20) { 1440 } else { 0 });
                self.put_down(&format!("H{number:03}"), number, &time);
            }
            return;
        }
        if month == 3 {
            let time = self.later(700);
            for at in 0..self.lives.len() {
                if self.lives[at].fields["source_type_id"] == "GP" {
                    self.change(at, BATCH, &time, &json!({ "source_type_id": "OTH" }));
                }
            }
        }
        if month == 5 {
            self.lives[20..24].iter_mut().for_each(|life| life.back = 7);
        }
        if month == 6 {
            let time = self.later(60);
            // nobody sees this before the alert is back
            self.change(21, 12, &time, &json!({ "alert_progress": "Improving" }));
            for at in [3, 4] {
                self.lives[at].reference = format!("X{at:03}");
            }
            self.put_down("H003", 60, &time);
            // one of the two that have other keys has changed as well
            self.change(4, 12, &time, &json!({ "alert_description": "another key" }));
        }
        if month == 10 {
            for at in 30..32 {
                let time = self.later(5);
                let old = self.lives[at].fields.clone();
                self.note(at, Kind::Delete, 12, &time, (old, Map::new()));
                self.lives[at].deleted = true;
            }
        }
        for step in 0..6 {
            let at = (month as usize * 7 + step * 5) % self.lives.len();
            if !self.lives[at].deleted && self.lives[at].back <= month {
                self.several(at, step);
            }
        }
    }

    /// Changes one alert several times within minutes.
    fn several(&mut self, at: usize, step: usize) {
        let begin = self.later(1000);
        let first = PROGRESS[(self.month as usize + step) % 3];
        let before = self.lives[at].fields.get("alert_progress").cloned();
        self.change(at, 13, &begin, &json!({ "alert_progress": first }));
        let second = self.later(2);
        match step % 3 {
            // closed, and opened again at once
            0 => {
                let closed = json!({ "is_active": false, "alert_status": "Closed", "end_date": "2025-02-01" });
                self.change(at, 14, &second, &closed);
                let third = self.later(2);
                let open = json!({ "is_active": true, "alert_status": "Open", "end_date": null });
                self.change(at, 14, &third, &open);
            }
            // taken back
            1 => {
                let back = json!({ "alert_progress": before.unwrap_or(Value::Null) });
                self.change(at, 14, &second, &back);
            }
            _ => {
                let review = format!("2025-12-{:02}", self.month);
                self.change(at, 14, &second, &json!({ "review_date": review }));
            }
        }
    }

    fn export(&self) -> String {
        let there = self.lives.iter();
        let there = there.filter(|life| !life.deleted && life.back <= self.month);
        let lines = there.map(|life| line(&life.reference, &life.fields, &life.changed, life.user));
        format!("{HEADER}{}", lines.collect::<String>())
    }

    /// What exports can tell of it: of all that one export is the first to show of an alert, one event.
    fn as_exports_tell(&self) -> Vec<Told> {
        let mut parts: BTreeMap<(&str, u32), Vec<&Deed>> = BTreeMap::new();
        for (own, shown) in self.deeds.iter().zip(&self.shown) {
            if own.kind != Kind::Delete {
                parts.entry((&own.alert, *shown)).or_default().push(own);
            }
        }
        let mut stamps: BTreeMap<&str, (String, i64)> = BTreeMap::new();
        let mut all = Vec::new();
        for ((alert, _), deeds) in parts {
            let (mut old, mut new) = (Map::new(), Map::new());
            for own in &deeds {
                for (name, value) in &own.new {
                    let before = own.old.get(name).cloned().unwrap_or(Value::Null);
                    old.entry(name.clone()).or_insert(before);
                    new.insert(name.clone(), value.clone());
                }
            }
            let last = deeds[deeds.len() - 1];
            let stamp = (last.time.clone(), last.user);
            let before = stamps.insert(alert, stamp);
            let event = |action, old, new| {
                let own = Deed {
                    old,
                    new,
                    ..last.clone()
                };
                deed(&own, action)
            };
            if deeds[0].kind == Kind::Insert {
                new.retain(|_, value| !value.is_null());
                all.push(event("INSERT", Map::new(), new));
                continue;
            }
            let unchanged: Vec<String> = new
                .iter()
                .filter(|(name, value)| old[*name] == **value)
                .map(|(name, _)| name.clone())
                .collect();
            for name in &unchanged {
                old.remove(name);
                new.remove(name);
            }
            if new.is_empty() {
                // all was taken back: the time has moved, and perhaps the user
                let (time, user) = before.unwrap();
                old.insert("last_updated".to_owned(), time.into());
                new.insert("last_updated".to_owned(), last.time.clone().into());
                if user != last.user {
                    old.insert("updated_by_user_id".to_owned(), user.into());
                    new.insert("updated_by_user_id".to_owned(), last.user.into());
                }
            }
            all.push(event("UPDATE", old, new));
        }
        all
    }
}

/// Gives events the key that the landlord's system has for each alert at the end.
fn keyed(mut all: Vec<Told>, lives: &[Life]) -> Vec<Told> {
    for own in &mut all {
        own.0 = lives[own.0.parse::<usize>().unwrap()].reference.clone();
    }
    in_order(all)
}

/// A list of codes in which another one is critical.
fn other_codes(folder: &Path) {
    std::fs::create_dir(folder).unwrap();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/person_alert_codes.csv");
    let mut reader = csv::Reader::from_path(list).unwrap();
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|own| own == name).unwrap();
    let (code, critical) = (place("alert_subcode"), place("is_critical"));
    let mut writer = csv::Writer::from_path(folder.join("person_alert_codes.csv")).unwrap();
    writer.write_record(&header).unwrap();
    for row in reader.records().map(Result::unwrap) {
        let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
        if cells[code] == "COMM1.01" {
            cells[critical] = (cells[critical] != "true").to_string();
        }
        writer.write_record(&cells).unwrap();
    }
    writer.flush().unwrap();
}

#[test]
fn a_landlord_with_other_habits_has_the_same_history_both_ways() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let mut habits = Habits {
        lives: Vec::new(),
        deeds: Vec::new(),
        shown: Vec::new(),
        month: 0,
        clock: 0,
    };
    let plain = profile("HABIT", true, "");
    std::fs::write(
        home.join("keys.csv"),
        "previous,present\nH003,X003\nH004,X004\n",
    )
    .unwrap();
    other_codes(&home.join("summer"));
    for month in 1..=12 {
        (habits.month, habits.clock) = (month, 0);
        habits.live();
        std::fs::write(home.join("export.csv"), habits.export()).unwrap();
        // what is said of keys is forgotten two months later
        let told = match month {
            6 | 7 => "\n[previous]\nalert_keys = \"keys.csv\"\n",
            _ => "",
        };
        std::fs::write(home.join("profile.toml"), format!("{plain}{told}")).unwrap();
        let (out, before) = (format!("out_{month}"), format!("out_{}", month - 1));
        let day = as_of(month);
        let mut more = vec!["--as-of", &day, "--accept-drop", "--quote-text"];
        if month == 1 {
            more.truncate(2);
        } else {
            more.extend(["--since", &before]);
        }
        if month >= 7 {
            more.extend(["--standard", "summer"]);
        }
        crate::convert(home, "export.csv", &out, &more);
    }
    let out = home.join("out_12");
    let keys = references(&out.join("person_alert.parquet"));
    let derived = events(&out.join("person_alert_history.parquet"));
    let derived = in_order(derived.iter().map(|own| told(own, &keys)).collect());
    let expected = keyed(habits.as_exports_tell(), &habits.lives);
    for (own, other) in derived.iter().zip(&expected) {
        assert_eq!(own, other);
    }
    assert_eq!(derived.len(), expected.len());
    assert!(expected.len() > 100, "only {} events", expected.len());
    // the log tells each step; the system has put the present keys into it
    let mut deeds = habits.deeds.clone();
    for own in &mut deeds {
        own.alert = habits.lives[own.alert.parse::<usize>().unwrap()]
            .reference
            .clone();
    }
    std::fs::write(home.join("log.csv"), log(&deeds)).unwrap();
    let day = as_of(12);
    let arguments = [
        "convert",
        "export.csv",
        "--history",
        "log.csv",
        "--profile",
        "profile.toml",
    ];
    let more = [
        "--out",
        "imported",
        "--as-of",
        &day,
        "--fail-on",
        "never",
        "-q",
    ];
    run(home, &[&arguments[..], &more].concat());
    let imported = home.join("imported");
    let keys = references(&imported.join("person_alert.parquet"));
    let imported = events(&imported.join("person_alert_history.parquet"));
    let imported = in_order(imported.iter().map(|own| told(own, &keys)).collect());
    let all = deeds.iter().map(|own| match own.kind {
        Kind::Insert => deed(own, "INSERT"),
        Kind::Update => deed(own, "UPDATE"),
        _ => deed(own, "DELETE"),
    });
    assert_eq!(imported, in_order(all.collect()));
}

#[test]
fn alerts_that_no_log_tells_of_begin_with_the_first_export() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    std::fs::write(home.join("profile.toml"), profile("HABIT", true, "")).unwrap();
    let export = |name: &str, status: &str| {
        let mut text = HEADER.to_owned();
        for reference in ["A", "B", "C"] {
            text.push_str(&format!(
                "{reference},1,MED1.01,2024-05-06,,,,,{status},Y,Y,GP,2025-01-02 10:00:00,11\n"
            ));
        }
        std::fs::write(home.join(name), text).unwrap();
    };
    export("one.csv", "Open");
    export("two.csv", "In Review");
    // the log begins when A was there for long; it does not name B and C
    let log = "Ref,Action,Who,When,Before,After\n\
               A,U,12,2025-01-01 08:00:00,\"{\"\"alert_status\"\":\"\"Pending\"\"}\",\"{\"\"alert_status\"\":\"\"Open\"\"}\"\n";
    std::fs::write(home.join("log.csv"), log).unwrap();
    let more = ["--history", "log.csv", "--as-of", "2025-01-31"];
    crate::convert(home, "one.csv", "first", &more);
    for (before, after) in [("first", "second"), ("second", "third")] {
        let more = ["--since", before, "--as-of", "2025-02-28"];
        crate::convert(home, "two.csv", after, &more);
        let keys = references(&home.join(after).join("person_alert.parquet"));
        let all = events(&home.join(after).join("person_alert_history.parquet"));
        let told: Vec<(String, &str, bool)> = all
            .iter()
            .map(|own| {
                let summary = own.summary.as_deref().unwrap_or_default();
                let made = summary.starts_with("in the first export, and in no log (dated by");
                (keys[&own.alert].clone(), own.action.as_str(), made)
            })
            .collect();
        let expected = [
            ("A", "UPDATE", false),
            ("B", "INSERT", true),
            ("C", "INSERT", true),
            ("A", "UPDATE", false),
            ("B", "UPDATE", false),
            ("C", "UPDATE", false),
        ];
        assert_eq!(
            told,
            expected.map(|own| (own.0.to_owned(), own.1, own.2)),
            "{after}"
        );
        assert_eq!(all[1].new["alert_status"], "Open");
    }
}
