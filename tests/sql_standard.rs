//! The DDL and the code lists are loaded into a real SQLite, which then refuses what the standard
//! refuses.

use person_alerts::standard::Standard;
use person_alerts::standard::sql::{Dialect, ddl, lookup_inserts};
use rusqlite::Connection;

/// A database with the six tables and their code lists, and one alert with the key 1.
fn database() -> Connection {
    let standard = Standard::embedded().unwrap();
    let database = Connection::open_in_memory().unwrap();
    database.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    for table in standard.tables() {
        for sql in [
            ddl(&standard, table, Dialect::Sqlite),
            lookup_inserts(&standard, table, Dialect::Sqlite),
        ] {
            database
                .execute_batch(&sql)
                .unwrap_or_else(|error| panic!("{error} in\n{sql}"));
        }
    }
    insert(&database, &[]).unwrap();
    database
}

/// Inserts an alert that is sound but for the values given.
fn insert(database: &Connection, changes: &[(&str, &str)]) -> rusqlite::Result<usize> {
    let mut values = vec![
        ("person_alert_id", "1"),
        ("person_id", "7"),
        ("person_alert_code_id", "98"),
        ("start_date", "'2024-02-29'"),
        ("landlord", "'hilltop'"),
        ("source_file", "'alerts.csv'"),
        ("source_record", "1"),
    ];
    for &(name, value) in changes {
        values.retain(|(known, _)| *known != name);
        values.push((name, value));
    }
    let (names, values): (Vec<&str>, Vec<&str>) = values.into_iter().unzip();
    let sql = format!(
        "INSERT INTO person_alert ({}) VALUES ({})",
        names.join(", "),
        values.join(", ")
    );
    database.execute(&sql, [])
}

fn refused(database: &Connection, change: (&str, &str), constraint: &str) {
    let error = insert(database, &[("person_alert_id", "2"), change]).unwrap_err();
    let text = error.to_string();
    assert!(text.contains(constraint), "{change:?}: {text}");
}

#[test]
fn the_code_lists_are_complete() {
    let database = database();
    for (table, expected) in [
        ("person_alert_codes", 126),
        ("alert_categories", 9),
        ("source_types", 8),
        ("special_category_data_types", 10),
    ] {
        let sql = format!("SELECT count(*) FROM {table}");
        let count: i64 = database.query_row(&sql, [], |row| row.get(0)).unwrap();
        assert_eq!(count, expected, "{table}");
    }
    let strays: i64 = database
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(strays, 0);
}

#[test]
fn what_is_not_stated_takes_the_default_of_the_standard() {
    let flags: (i64, i64) = database()
        .query_row(
            "SELECT informed_resident, is_active FROM person_alert",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!(flags, (0, 1));
}

#[test]
fn every_optional_field_takes_a_sound_value() {
    let changes = [
        ("person_alert_id", "2"),
        ("source_type_id", "8"),
        ("alert_progress", "'Unknown'"),
        ("alert_duration_type", "'Long Term'"),
        ("alert_duration", "1"),
        ("end_date", "'2024-03-01'"),
        ("alert_status", "'In Review'"),
        ("last_updated", "'2024-02-29T23:59:59.999999Z'"),
        ("confidentiality_level", "'Restricted'"),
        ("special_category_data_id", "10"),
    ];
    assert_eq!(insert(&database(), &changes).unwrap(), 1);
}

#[test]
fn unsound_alerts_are_refused() {
    let database = database();
    for (change, constraint) in [
        (("person_alert_code_id", "127"), "FOREIGN KEY"),
        (("source_type_id", "9"), "FOREIGN KEY"),
        (("alert_progress", "'stable'"), "CHECK"),
        (("alert_status", "'Resolved'"), "CHECK"),
        (("start_date", "NULL"), "NOT NULL"),
        (("start_date", "''"), "CHECK"),
        (("start_date", "'2023-02-29'"), "CHECK"),
        (("start_date", "'29/02/2024'"), "CHECK"),
        (("end_date", "'2024-2-3'"), "CHECK"),
        (("last_updated", "'2024-02-29'"), "CHECK"),
        (("last_updated", "'2024-02-29T24:00:00Z'"), "CHECK"),
        (("last_updated", "'2024-02-29T12:00:00+01:00'"), "CHECK"),
        (("alert_duration", "0"), "CHECK"),
        (("alert_duration", "'a week'"), "cannot store TEXT"),
        (("is_active", "2"), "CHECK"),
        (("is_active", "NULL"), "NOT NULL"),
        (("landlord", "''"), "CHECK"),
        (("person_alert_id", "NULL"), "NOT NULL"),
        (("person_alert_id", "1"), "UNIQUE"),
    ] {
        refused(&database, change, constraint);
    }
}

#[test]
fn history_needs_its_alert() {
    let database = database();
    let record = |history: i64, alert: i64, action: &str| {
        database.execute(
            "INSERT INTO person_alert_history (person_alert_history_id, person_alert_id, \
             action_type, changed_by_user_id, change_timestamp) \
             VALUES (?1, ?2, ?3, 5, '2024-03-01T09:30:00Z')",
            (history, alert, action),
        )
    };
    record(1, 1, "UPDATE").unwrap();
    let error = record(2, 2, "UPDATE").unwrap_err().to_string();
    assert!(error.contains("FOREIGN KEY"), "{error}");
    let error = record(2, 1, "MERGE").unwrap_err().to_string();
    assert!(error.contains("CHECK"), "{error}");
}

#[test]
fn a_subcode_occurs_once() {
    let database = database();
    let add = |subcode: &str| {
        database.execute(
            "INSERT INTO person_alert_codes VALUES \
             (127, 'LOCAL', ?1, 1, 'Local', 'Local', 0, 0, 'None', 'Phone first.')",
            [subcode],
        )
    };
    let error = add("MED1.01").unwrap_err().to_string();
    assert!(
        error.contains("UNIQUE") && error.contains("alert_subcode"),
        "{error}"
    );
    let error = add("LOCAL-TOO-LONG-BY-FAR").unwrap_err().to_string();
    assert!(error.contains("CHECK"), "{error}");
    add("LOCAL-DOG").unwrap();
}
