//! Invented lives of alerts over twelve months: exports, converted one after the other, must tell the same
//! history as the log of what was really done.

mod output;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use output::{Event, events, long, pac, references, rows, run, text};
use serde_json::{Map, Value};
use world::{Deed, HEADER, Kind, World, as_of, by_alert, profile};

/// Writes the profile, the exports and the log of a world into a folder.
fn write(home: &Path, world: &World, keyed: bool, policy: &str) {
    std::fs::write(home.join("profile.toml"), profile("LIVES", keyed, policy)).unwrap();
    std::fs::write(home.join("log.csv"), world.log()).unwrap();
    for (at, export) in world.exports.iter().enumerate() {
        let name = format!("export_{:02}.csv", at + 1);
        std::fs::write(home.join(name), format!("{HEADER}{export}")).unwrap();
    }
}

/// Converts the exports one after the other into `out_01` to `out_12`.
fn chain(home: &Path, more: &[&str]) {
    for month in 1..=12 {
        let (input, out) = (format!("export_{month:02}.csv"), format!("out_{month:02}"));
        let (before, day) = (format!("out_{:02}", month - 1), as_of(month));
        let mut arguments = vec![
            "convert",
            &input,
            "--profile",
            "profile.toml",
            "--out",
            &out,
        ];
        arguments.extend(["--as-of", &day, "--fail-on", "never", "-q"]);
        if month > 1 {
            arguments.extend(["--since", &before]);
        }
        arguments.extend(more);
        run(home, &arguments);
    }
}

/// What is compared of an event: alert, action, user, time, old and new values.
type Told = (
    String,
    String,
    i64,
    String,
    Map<String, Value>,
    Map<String, Value>,
);

fn told(event: &Event, references: &BTreeMap<i64, String>) -> Told {
    // what the conversion has derived or filled in was never in the source
    let own = |values: &Map<String, Value>| {
        let mut values = values.clone();
        values.retain(|name, _| {
            name != "confidentiality_level" && name != "special_category_data_id"
        });
        // in a batch a key carries the number of its landlord in the bits from 41 upwards
        if let Some(person) = values.get("person_id").and_then(Value::as_i64) {
            values.insert("person_id".to_owned(), (person & ((1 << 41) - 1)).into());
        }
        sorted(&values)
    };
    (
        references[&event.alert].clone(),
        event.action.clone(),
        event.user,
        event.time.clone(),
        own(&event.old),
        own(&event.new),
    )
}

fn sorted(values: &Map<String, Value>) -> Map<String, Value> {
    let all: BTreeMap<_, _> = values.clone().into_iter().collect();
    let filled = all.into_iter();
    filled.collect()
}

fn in_order(mut all: Vec<Told>) -> Vec<Told> {
    all.sort_by(|one, other| (&one.0, &one.3, &one.1).cmp(&(&other.0, &other.3, &other.1)));
    all
}

fn deed(deed: &Deed, action: &str) -> Told {
    let (old, new) = (sorted(&deed.old), sorted(&deed.new));
    let (user, time) = (deed.user, deed.time.clone());
    (deed.alert.clone(), action.to_owned(), user, time, old, new)
}

/// What the log says, deletions left out.
fn changes(world: &World) -> Vec<Told> {
    let told = world.deeds.iter().filter_map(|own| match own.kind {
        Kind::Insert => Some(deed(own, "INSERT")),
        Kind::Update => Some(deed(own, "UPDATE")),
        _ => None,
    });
    in_order(told.collect())
}

/// What exports can tell where absence means deletion: the day of the export, and no user.
fn changes_and_absences(world: &World) -> Vec<Told> {
    let mut all = Vec::new();
    for deeds in by_alert(&world.deeds).values() {
        let mut state = Map::new();
        let mut stamp = (0, String::new());
        let mut returned = 0;
        for own in deeds {
            let again = returned == own.month;
            for (name, value) in &own.new {
                match value {
                    Value::Null => state.remove(name),
                    value => state.insert(name.clone(), value.clone()),
                };
            }
            let stamps = matches!(own.kind, Kind::Insert | Kind::Update);
            if stamps {
                stamp = (own.user, own.time.clone());
            }
            let absent = Deed {
                old: state.clone(),
                new: Map::new(),
                user: 7,
                time: format!("{}T00:00:00Z", as_of(own.month)),
                ..(*own).clone()
            };
            match own.kind {
                Kind::Insert => all.push(deed(own, "INSERT")),
                Kind::Update if again => {
                    all.pop();
                }
                Kind::Update => all.push(deed(own, "UPDATE")),
                Kind::Delete | Kind::Vanish => all.push(deed(&absent, "DELETE")),
                Kind::Return => {}
            }
            if own.kind == Kind::Return || own.kind == Kind::Update && again {
                let back = Deed {
                    old: Map::new(),
                    new: state.clone(),
                    user: stamp.0,
                    time: stamp.1.clone(),
                    ..(*own).clone()
                };
                all.push(deed(&back, "INSERT"));
            }
            if own.kind == Kind::Return {
                returned = own.month;
            }
        }
    }
    in_order(all)
}

#[test]
fn twelve_exports_tell_what_the_log_says() {
    let home = tempfile::tempdir().unwrap();
    let world = World::new(1);
    write(home.path(), &world, true, "");
    chain(home.path(), &["--accept-drop", "--quote-text"]);
    let out = home.path().join("out_12");
    let references = references(&out.join("person_alert.parquet"));
    let derived = events(&out.join("person_alert_history.parquet"));
    let derived = in_order(derived.iter().map(|own| told(own, &references)).collect());
    let expected = changes(&world);
    assert!(expected.len() > 500, "only {} changes", expected.len());
    assert_eq!(derived.len(), expected.len());
    for (own, other) in derived.iter().zip(&expected) {
        assert_eq!(own, other);
    }
    // the log, imported beside the last export, says the same of the alerts that are in it
    let day = as_of(12);
    let mut arguments = vec!["convert", "export_12.csv", "--history", "log.csv"];
    arguments.extend([
        "--profile",
        "profile.toml",
        "--out",
        "imported",
        "--as-of",
        &day,
    ]);
    run(
        home.path(),
        &[&arguments[..], &["--fail-on", "never", "-q"]].concat(),
    );
    let imported = home.path().join("imported");
    let there = output::references(&imported.join("person_alert.parquet"));
    let imported = events(&imported.join("person_alert_history.parquet"));
    let is_deleted = |own: &Told| own.1 == "DELETE";
    let mut imported: Vec<Told> = imported.iter().map(|own| told(own, &there)).collect();
    imported.retain(|own| !is_deleted(own));
    let there: BTreeSet<&String> = there.values().collect();
    let here: Vec<Told> = derived
        .iter()
        .filter(|own| there.contains(&own.0))
        .cloned()
        .collect();
    assert!(here.len() > 300, "only {} changes", here.len());
    assert_eq!(in_order(imported), here);
}

#[test]
fn every_run_is_proved_and_told_twice_adds_nothing() {
    let home = tempfile::tempdir().unwrap();
    let world = World::new(2);
    write(home.path(), &world, true, "");
    chain(home.path(), &["--accept-drop"]);
    let (last, day) = (home.path().join("out_12"), as_of(12));
    let mut arguments = vec!["convert", "export_12.csv", "--profile", "profile.toml"];
    arguments.extend(["--since", "out_12", "--out", "again", "--as-of", &day, "-q"]);
    run(
        home.path(),
        &[&arguments[..], &["--fail-on", "never"]].concat(),
    );
    let again = home.path().join("again");
    for table in ["person_alert", "person_alert_history"] {
        let name = format!("{table}.parquet");
        assert_eq!(rows(&last.join(&name)), rows(&again.join(&name)), "{table}");
    }
    let list = |folder: &Path| std::fs::read_to_string(folder.join("vanished.csv")).unwrap();
    assert_eq!(list(&last), list(&again));
    // each vanished and each deleted alert is absent at the end, and still in its table
    let absent = by_alert(&world.deeds)
        .into_iter()
        .filter(|(_, deeds)| {
            let last = deeds.iter().rfind(|own| own.kind != Kind::Insert);
            last.is_some_and(|own| matches!(own.kind, Kind::Vanish | Kind::Delete))
        })
        .map(|(alert, _)| alert.to_owned());
    let absent: BTreeSet<String> = absent.collect();
    let listed: BTreeSet<String> = csv::Reader::from_reader(list(&last).as_bytes())
        .records()
        .map(|row| row.unwrap()[1].to_owned())
        .collect();
    assert_eq!(listed, absent);
    let there = references(&last.join("person_alert.parquet"));
    assert!(
        absent
            .iter()
            .all(|own| there.values().any(|other| own == other))
    );
    let ids: BTreeSet<i64> = events(&last.join("person_alert_history.parquet"))
        .iter()
        .map(|own| own.id)
        .collect();
    assert_eq!(
        ids.len(),
        rows(&last.join("person_alert_history.parquet")).len()
    );
}

#[test]
fn absence_is_deletion_where_the_profile_says_so() {
    let home = tempfile::tempdir().unwrap();
    let world = World::new(3);
    write(home.path(), &world, true, "absence = \"deleted\"");
    chain(home.path(), &["--accept-drop", "--quote-text"]);
    let out = home.path().join("out_12");
    let alerts = rows(&out.join("person_alert.parquet"));
    let references = references(&out.join("person_alert.parquet"));
    let derived = events(&out.join("person_alert_history.parquet"));
    let gone = |id: i64| derived.iter().rfind(|own| own.alert == id).unwrap().action == "DELETE";
    for row in &alerts {
        let archived = text(row, "alert_status").as_deref() == Some("Archived");
        assert_eq!(archived, gone(long(row, "person_alert_id")), "{row}");
    }
    let told = derived.iter().map(|own| told(own, &references)).collect();
    let (derived, expected) = (in_order(told), in_order(changes_and_absences(&world)));
    assert_eq!(derived.len(), expected.len());
    for (own, other) in derived.iter().zip(&expected) {
        assert_eq!(own, other);
    }
}

#[test]
fn alerts_without_keys_keep_their_lives() {
    let home = tempfile::tempdir().unwrap();
    let world = World::new(4);
    write(home.path(), &world, false, "");
    chain(home.path(), &["--accept-drop", "--quote-text"]);
    let out = home.path().join("out_12");
    let derived = events(&out.join("person_alert_history.parquet"));
    // every person has one alert, so the person tells which it is
    let mut persons = BTreeMap::new();
    for own in derived.iter().filter(|own| own.action == "INSERT") {
        let number = own.new["person_id"].as_i64().unwrap() - 5000;
        assert_eq!(persons.insert(own.alert, format!("A{number:05}")), None);
    }
    let derived = in_order(derived.iter().map(|own| told(own, &persons)).collect());
    assert_eq!(derived, changes(&world));
    let alerts = rows(&out.join("person_alert.parquet"));
    let ids: BTreeSet<i64> = alerts
        .iter()
        .map(|row| long(row, "person_alert_id"))
        .collect();
    assert_eq!((ids.len(), alerts.len()), (persons.len(), persons.len()));
}

#[test]
fn a_comparison_of_two_outputs_tells_the_same() {
    let home = tempfile::tempdir().unwrap();
    let world = World::new(5);
    write(home.path(), &world, true, "");
    chain(home.path(), &["--accept-drop"]);
    let mut all = 0;
    for month in 2..=12 {
        let (before, after) = (format!("out_{:02}", month - 1), format!("out_{month:02}"));
        let out = format!("diff_{month:02}");
        let mut arguments = vec!["diff", &before, &after, "--out", &out, "--accept-drop"];
        arguments.extend(["--profile", "profile.toml"]);
        let summary = run(home.path(), &arguments);
        let own = events(&home.path().join(&out).join("person_alert_history.parquet"));
        let carried = |folder: &str| {
            events(
                &home
                    .path()
                    .join(folder)
                    .join("person_alert_history.parquet"),
            )
        };
        let (earlier, carried) = (carried(&before), carried(&after));
        let beginnings = if month == 2 {
            rows(&home.path().join("out_01/person_alert.parquet")).len()
        } else {
            0
        };
        assert_eq!(own, carried[earlier.len() + beginnings..], "{summary}");
        all += own.len();
    }
    assert!(all > 300, "only {all} changes");
}

#[test]
fn a_broken_export_is_not_taken_for_a_wave_of_deletions() {
    let home = tempfile::tempdir().unwrap();
    let world = World::new(6);
    write(home.path(), &world, true, "absence = \"deleted\"");
    let first: Vec<&str> = world.exports[0].lines().take(60).collect();
    std::fs::write(
        home.path().join("broken.csv"),
        format!("{HEADER}{}\n", first.join("\n")),
    )
    .unwrap();
    let convert = |input: &str, out: &str, more: &[&str]| {
        let mut arguments = vec!["convert", input, "--profile", "profile.toml", "--out", out];
        arguments.extend(["--as-of", "2025-02-28", "--fail-on", "never", "-q"]);
        pac(home.path(), &[&arguments[..], more].concat())
    };
    assert!(convert("export_01.csv", "whole", &[]).status.success());
    let refused = convert("broken.csv", "next", &["--since", "whole"]);
    assert_eq!(refused.status.code(), Some(6));
    let why = String::from_utf8_lossy(&refused.stderr);
    assert!(why.contains("60 of 120 alerts are gone"), "{why}");
    assert!(!home.path().join("next").exists());
    let accepted = convert("broken.csv", "next", &["--since", "whole", "--accept-drop"]);
    assert_eq!(accepted.status.code(), Some(0));
}

/// The rows of `vanished.csv`, by the landlord's key: day, and why.
fn vanished(folder: &Path) -> BTreeMap<String, (String, String)> {
    let mut rows = csv::Reader::from_path(folder.join("vanished.csv")).unwrap();
    let rows = rows.records().map(Result::unwrap);
    rows.map(|row| (row[1].to_owned(), (row[2].to_owned(), row[3].to_owned())))
        .collect()
}

fn convert(home: &Path, input: &str, out: &str, more: &[&str]) {
    let mut arguments = vec!["convert", input, "--profile", "profile.toml", "--out", out];
    arguments.extend(["--fail-on", "never", "-q"]);
    run(home, &[&arguments[..], more].concat());
}

/// One landlord's report of what has changed.
fn since(folder: &Path) -> Value {
    let text = std::fs::read(folder.join("report.json")).unwrap();
    let report: Value = serde_json::from_slice(&text).unwrap();
    report["since"]["landlords"][0].clone()
}

#[test]
fn what_was_set_aside_is_not_deleted() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let world = World::new(7);
    write(home, &world, true, "absence = \"deleted\"");
    let lines: Vec<&str> = world.exports[0].lines().collect();
    let person = |line: &str| line.split(',').nth(1).unwrap().to_owned();
    let write = |name: &str, lines: &[String]| {
        std::fs::write(home.join(name), format!("{HEADER}{}\n", lines.join("\n"))).unwrap();
    };
    // A00001 has no person any more, A00002 is not there
    let mut next: Vec<String> = lines.iter().map(ToString::to_string).collect();
    next[0] = next[0].replacen(&person(lines[0]), "", 1);
    next.remove(1);
    write("next.csv", &next);
    convert(home, "export_01.csv", "first", &["--as-of", "2025-01-31"]);
    let more = ["--since", "first", "--as-of", "2025-02-28"];
    convert(home, "next.csv", "second", &more);
    let day = "2025-02-28".to_owned();
    let listed = vanished(&home.join("second"));
    let own = (day.clone(), "set_aside".to_owned());
    assert_eq!(listed, BTreeMap::from([("A00001".to_owned(), own)]));
    let counts = since(&home.join("second"));
    assert_eq!(
        (&counts["deleted"], &counts["set_aside"]),
        (&1.into(), &1.into())
    );
    // a line that is no record may be any alert
    next.push("A00002,5002".to_owned());
    write("ragged.csv", &next);
    convert(home, "ragged.csv", "ragged", &more);
    let counts = since(&home.join("ragged"));
    assert_eq!(
        (&counts["deleted"], &counts["undecided"]),
        (&0.into(), &1.into())
    );
    assert_eq!(
        vanished(&home.join("ragged"))["A00002"],
        (day, "gone".to_owned())
    );
    // once every record can be read, it is decided
    let more = ["--since", "ragged", "--as-of", "2025-03-31"];
    convert(home, "next.csv", "third", &more);
    let counts = since(&home.join("third"));
    assert_eq!(
        (&counts["deleted"], &counts["deleted_later"]),
        (&0.into(), &1.into())
    );
    let gone: Vec<Event> = events(&home.join("third/person_alert_history.parquet"))
        .into_iter()
        .filter(|own| own.action == "DELETE")
        .collect();
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0].time, "2025-03-31T00:00:00Z");
    // mended, the first is back, and nothing was ever said of it
    convert(
        home,
        "export_01.csv",
        "fourth",
        &["--since", "third", "--as-of", "2025-04-30"],
    );
    let counts = since(&home.join("fourth"));
    assert_eq!(
        (&counts["returned"], &counts["revived"]),
        (&1.into(), &1.into())
    );
    assert_eq!(
        (&counts["updated"], &counts["inserted"]),
        (&0.into(), &0.into())
    );
}

#[test]
fn what_leaves_a_choice_is_told_and_not_guessed() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    std::fs::write(home.join("profile.toml"), profile("LIVES", false, "")).unwrap();
    let line = |person: u32, note: &str| {
        format!(",{person},MED1.01,2024-05-06,,,,{note},Open,Y,Y,GP,2025-01-02 10:00:00,11\n")
    };
    let write = |name: &str, lines: [String; 4]| {
        std::fs::write(home.join(name), format!("{HEADER}{}", lines.concat())).unwrap();
    };
    // both alerts of 1 change, and one of the two of 2
    write(
        "one.csv",
        [line(1, "a"), line(1, "b"), line(2, "a"), line(2, "b")],
    );
    write(
        "two.csv",
        [line(1, "c"), line(1, "d"), line(2, "a"), line(2, "c")],
    );
    convert(home, "one.csv", "first", &["--as-of", "2025-01-31"]);
    let more = ["--since", "first", "--as-of", "2025-02-28", "--accept-drop"];
    convert(home, "two.csv", "second", &more);
    let counts = since(&home.join("second"));
    let of = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(
        (of("unchanged"), of("updated"), of("found_without_key")),
        (1, 1, 1)
    );
    assert_eq!((of("vanished"), of("ambiguous_old")), (2, 2));
    assert_eq!((of("inserted"), of("ambiguous_new")), (2, 2));
    let alerts = rows(&home.join("second/person_alert.parquet"));
    assert_eq!(alerts.len(), 6);
}

#[test]
fn landlords_of_a_batch_keep_their_histories_apart() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let codes = ["AA", "BB"];
    let worlds = [World::new(8), World::new(9)];
    for (code, world) in codes.iter().zip(&worlds) {
        let folder = home.join(code);
        std::fs::create_dir(&folder).unwrap();
        write(&folder, world, true, "");
        std::fs::write(folder.join("profile.toml"), profile(code, true, "")).unwrap();
    }
    for month in 1..=3 {
        let entry = |code: &str| {
            format!(
                "[[landlord]]\nprofile = \"{code}/profile.toml\"\ninputs = [\"{code}/export_{month:02}.csv\"]\n\n"
            )
        };
        // in the second month BB sends nothing
        let there = codes.iter().filter(|code| month != 2 || **code == "AA");
        let batch: String = there.map(|code| entry(code)).collect();
        std::fs::write(home.join("batch.toml"), batch).unwrap();
        let (out, before) = (format!("out_{month}"), format!("out_{}", month - 1));
        let day = as_of(month);
        let mut arguments = vec![
            "convert",
            "--batch",
            "batch.toml",
            "--out",
            &out,
            "--as-of",
            &day,
        ];
        arguments.extend(["--fail-on", "never", "-q", "--accept-drop", "--quote-text"]);
        if month > 1 {
            arguments.extend(["--since", &before]);
        }
        run(home, &arguments);
    }
    for (code, world) in codes.iter().zip(&worlds) {
        let part = |table: &str| home.join(format!("out_3/{table}/landlord={code}/part-0.parquet"));
        let references = references(&part("person_alert"));
        let derived = events(&part("person_alert_history"));
        let derived = in_order(derived.iter().map(|own| told(own, &references)).collect());
        let last = format!("{}T99", as_of(3));
        let expected = changes(world).into_iter().filter(|own| own.3 < last);
        let expected: Vec<Told> = expected.collect();
        // of two changes that BB has made between two exports only the last state is known
        match *code {
            "AA" => assert_eq!(derived, expected),
            _ => assert!(!derived.is_empty() && derived.len() <= expected.len()),
        }
    }
}

#[test]
fn code_lists_that_change_are_no_changes_of_alerts() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let world = World::new(10);
    write(home, &world, true, "");
    // another key for each code, and MED1.01 critical or not
    let standard = home.join("standard");
    std::fs::create_dir(&standard).unwrap();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/person_alert_codes.csv");
    let mut reader = csv::Reader::from_path(list).unwrap();
    let mut writer = csv::Writer::from_path(standard.join("person_alert_codes.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    writer.write_record(&header).unwrap();
    let column = |name: &str| header.iter().position(|own| own == name).unwrap();
    let (id, code, critical) = (
        column("person_alert_code_id"),
        column("alert_subcode"),
        column("is_critical"),
    );
    for row in reader.records().map(Result::unwrap) {
        let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
        cells[id] = (cells[id].parse::<u32>().unwrap() + 500).to_string();
        if cells[code] == "MED1.01" {
            cells[critical] = (cells[critical] != "true").to_string();
        }
        writer.write_record(&cells).unwrap();
    }
    writer.flush().unwrap();
    convert(home, "export_01.csv", "first", &["--as-of", "2025-01-31"]);
    let more = ["--as-of", "2025-01-31", "--standard", "standard"];
    convert(home, "export_01.csv", "second", &more);
    run(
        home,
        &[
            "diff",
            "first",
            "second",
            "--out",
            "changes",
            "--system-user",
            "1",
            "-q",
        ],
    );
    let text = std::fs::read(home.join("changes/report.json")).unwrap();
    let report: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(
        (&report["total"]["updated"], &report["total"]["unchanged"]),
        (&0.into(), &120.into())
    );
    let drifts = report["code_lists"].as_array().unwrap();
    assert_eq!(drifts.len(), 1, "{drifts:?}");
    assert_eq!(drifts[0]["field"], "is_critical");
    let asthma = world.exports[0]
        .lines()
        .filter(|line| line.contains(",MED1.01,"))
        .count();
    assert_eq!(drifts[0]["alerts"], asthma);
    assert!(drifts[0]["codes"].get("MED1.01").is_some());
}
