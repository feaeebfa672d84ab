//! The ready-made crosswalks hold together: every code is there, every decision fits its relation, and no
//! value stands for two things.

use std::collections::HashMap;
use std::process::Command;

use person_alerts::cell::fold;
use person_alerts::ready_crosswalks::{names, ready_crosswalks, rows};
use person_alerts::standard::Standard;

/// Which relations a decision may have.
const FITTING: [(&str, &[&str]); 4] = [
    ("approved", &["exact", "broader"]),
    ("draft", &["narrower"]),
    ("review", &["ambiguous", "narrower", "none"]),
    ("gap", &["none"]),
];

type Row = HashMap<String, String>;

fn read(name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(rows(name).unwrap().as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn codes(row: &Row) -> Vec<&str> {
    row["target"]
        .split('|')
        .filter(|code| !code.is_empty())
        .collect()
}

#[test]
fn both_lists_are_whole_and_have_their_provenance() {
    let ready = ready_crosswalks().unwrap();
    let described: Vec<&str> = ready.all.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(described, names());
    assert_eq!(described, ["hact-ukhds-3.5", "psr-needs-codes"]);
    let lengths: Vec<usize> = described.iter().map(|name| read(name).len()).collect();
    assert_eq!(lengths, [16, 29]);
}

#[test]
fn every_code_exists() {
    let standard = Standard::embedded().unwrap();
    for name in names() {
        for row in read(name) {
            for code in codes(&row) {
                let id = standard.id_of("person_alert_codes", code);
                assert!(id.is_some(), "{name} {}: {code}", row["value"]);
            }
        }
    }
}

#[test]
fn every_decision_fits_its_relation() {
    for name in names() {
        for row in read(name) {
            let place = format!("{name} {}", row["value"]);
            let (status, relation) = (row["status"].as_str(), row["relation"].as_str());
            let fitting = FITTING.iter().find(|(own, _)| *own == status);
            let (_, relations) = fitting.unwrap_or_else(|| panic!("{place}: {status}"));
            assert!(
                relations.contains(&relation),
                "{place}: {status}, {relation}"
            );
            let count = codes(&row).len();
            match (status, relation) {
                ("approved" | "draft", _) => assert!(count > 0, "{place}: no code"),
                (_, "none") => assert_eq!(count, 0, "{place}: a code"),
                (_, "ambiguous") => assert_ne!(count, 1, "{place}: what is ambiguous?"),
                _ => {}
            }
            // What is certain by its very name needs no reason; all else does.
            assert!(
                relation == "exact" || !row["note"].is_empty(),
                "{place}: no reason"
            );
        }
    }
}

#[test]
fn no_value_and_no_name_stands_twice() {
    for name in names() {
        let mut seen = HashMap::new();
        for row in read(name) {
            for text in [&row["value"], &row["name"]] {
                assert!(!text.is_empty(), "{name}");
                let other = seen.insert(fold(text).into_owned(), row["value"].clone());
                assert_eq!(other, None, "{name}: {text}");
            }
        }
    }
}

#[test]
fn control_measures_and_unstated_directions_have_no_code() {
    let review = |name: &str, value: &str| {
        let row = read(name).into_iter().find(|row| row["value"] == value);
        row.unwrap()["status"].clone()
    };
    for value in ["10", "10-10", "20-70"] {
        assert_eq!(review("hact-ukhds-3.5", value), "review", "{value}");
    }
    assert_eq!(review("psr-needs-codes", "30"), "review");
}

#[test]
fn what_is_temporary_says_so() {
    let rows = read("psr-needs-codes");
    let temporary = rows
        .iter()
        .filter(|row| row["alert_duration_type"] == "Temporary");
    let temporary: Vec<&str> = temporary.map(|row| row["value"].as_str()).collect();
    assert_eq!(temporary, ["32", "33", "34"]);
}

#[test]
fn the_program_lists_and_shows_them() {
    let pac = |arguments: &[&str]| {
        let done = Command::new(env!("CARGO_BIN_EXE_pac"))
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.code(), text(done.stdout), text(done.stderr))
    };
    let (code, shown, _) = pac(&["crosswalks", "show", "hact-ukhds-3.5"]);
    assert_eq!(
        (code, shown.as_str()),
        (Some(0), rows("hact-ukhds-3.5").unwrap())
    );
    let (code, listed, _) = pac(&["crosswalks", "list"]);
    assert_eq!(code, Some(0));
    for part in [
        "psr-needs-codes  ",
        "29: 9 approved",
        "licence",
        "decided on",
    ] {
        assert!(listed.contains(part), "{listed}");
    }
    let (code, _, told) = pac(&["crosswalks", "show", "psr"]);
    assert_eq!(code, Some(2));
    assert!(
        told.contains("psr: there is no such ready-made crosswalk; "),
        "{told}"
    );
}
