//! Twelve exports one after the other tell what the log says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::output::{events, long, references, rows, run, text};
use crate::told::{Told, changes, changes_and_absences, in_order, told};
use crate::world::{Kind, World, as_of, by_alert};
use crate::{chain, write};

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
    let there = crate::output::references(&imported.join("person_alert.parquet"));
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
