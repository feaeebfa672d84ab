//! Logs of changes as they come out of real systems: each tells its faults as findings, every record of it is
//! accounted for, and the run goes on.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

const PROFILE: &str = r#"
[landlord]
name = "Plover Homes"
code = "PLOVER"

[input]
date_formats = ["yyyy-mm-dd"]

[fields]
person_alert_id = "Ref"
person_id = "Person"
person_alert_code_id = "Type"
start_date = "Start"
is_active = "Active"
source_type_id = { column = "From", optional = true, default = "UNK" }

[history.fields]
person_alert_history_id = { column = "No", optional = true }
person_alert_id = "Alert"
action_type = "Action"
changed_by_user_id = "Who"
change_timestamp = "When"
old_value = { column = "Before", optional = true }
new_value = { column = "After", optional = true }
reason_for_change = { column = "Why", optional = true }
"#;
const ALERTS: &str =
    "Ref,Person,Type,Start,Active\nA1,1,MED1.01,2025-01-01,Y\nA2,2,COMM1.01,2025-01-01,Y\n";
const HEADER: &str = "No,Alert,Action,Who,When,Before,After,Why\n";
/// An alert is put down, and its progress is changed.
const PUT_DOWN: &str = r#"1,A1,I,5,2025-01-02 09:00,,"{""alert_status"":""Open""}","#;
const CHANGED: &str = r#"2,A1,U,5,2025-02-03 10:00,"{""alert_progress"":""Stable""}","{""alert_progress"":""Improving""}","#;

/// What a run says of a log.
struct Outcome {
    /// Records read, and what became of them: emitted, merged, rejected, unreadable.
    ledger: [u64; 5],
    /// How often each rule has spoken, beside those that speak about the alerts alone.
    findings: BTreeMap<String, u64>,
    /// The changes that went through: action and time, in the order of the table.
    changes: Vec<(String, String)>,
    /// Records in the rejects.
    rejects: usize,
}

/// Runs pac on the alerts, and on a log where there is one.
fn convert(home: &Path, log: Option<(&str, &[u8])>) -> Value {
    std::fs::write(home.join("profile.toml"), PROFILE).unwrap();
    std::fs::write(home.join("alerts.csv"), ALERTS).unwrap();
    let mut pac = Command::new(env!("CARGO_BIN_EXE_pac"));
    pac.current_dir(home)
        .args(["convert", "alerts.csv", "--profile", "profile.toml"])
        .args(["--out", "out", "--force", "--as-of", "2026-01-31"])
        .args(["--fail-on", "never", "--quiet"]);
    if let Some((name, bytes)) = log {
        std::fs::write(home.join(name), bytes).unwrap();
        pac.args(["--history", name]);
    }
    let done = pac.output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{told}");
    serde_json::from_slice(&std::fs::read(home.join("out/report.json")).unwrap()).unwrap()
}

fn findings(report: &Value) -> BTreeMap<String, u64> {
    let rules = report["findings"]["rules"].as_array().unwrap();
    let told = rules.iter().map(|rule| {
        let slug = rule["slug"].as_str().unwrap().to_owned();
        (slug, rule["count"].as_u64().unwrap())
    });
    told.collect()
}

fn outcome(name: &str, log: &[u8]) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let without = findings(&convert(home, None));
    let report = convert(home, Some((name, log)));
    let mut findings = findings(&report);
    for (slug, count) in without {
        let own = findings.remove(&slug).unwrap_or_default();
        if own > count {
            findings.insert(slug, own - count);
        }
    }
    let history = &report["ledger"]["history"];
    let of = |name: &str| history[name].as_u64().unwrap();
    // the alerts are as they are without the log
    assert_eq!(report["ledger"]["total"]["emitted"], 2);
    let ledger = [
        of("records_read"),
        of("emitted"),
        of("merged"),
        of("rejected"),
        of("records_unreadable"),
    ];
    assert_eq!(
        of("records_read"),
        of("emitted") + of("merged") + of("rejected") + of("records_unreadable"),
        "{history}"
    );
    Outcome {
        ledger,
        findings,
        changes: changes(&home.join("out/person_alert_history.parquet")),
        rejects: rejects(&home.join("out/rejects").join(name)),
    }
}

fn changes(path: &Path) -> Vec<(String, String)> {
    let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
    let change = |row: parquet::record::Row| {
        let mut columns = row.get_column_iter();
        let mut cell = |wanted: &str| columns.find(|(name, _)| *name == wanted).unwrap().1.clone();
        let action = match cell("action_type") {
            Field::Str(action) => action,
            other => panic!("{other:?}"),
        };
        match cell("change_timestamp") {
            Field::TimestampMicros(micros) => {
                let time = person_alerts::snapshot::cells::point_in_time(micros);
                (action, time)
            }
            other => panic!("{other:?}"),
        }
    };
    rows.map(change).collect()
}

/// Records of a rejects file, which may not be there; none of these has a line end in a cell.
fn rejects(path: &Path) -> usize {
    let Ok(text) = std::fs::read_to_string(path) else {
        return 0;
    };
    let header = usize::from(!text.starts_with('{'));
    text.lines().count() - header
}

/// Holds a CSV log against what is expected of it; what is rejected or unreadable must lie in the rejects.
fn expect(lines: &[&str], ledger: [u64; 5], expected: &[(&str, u64)]) -> Outcome {
    let log = format!("{HEADER}{}\n", lines.join("\n"));
    expect_file("log.csv", log.as_bytes(), ledger, expected)
}

fn expect_file(name: &str, log: &[u8], ledger: [u64; 5], expected: &[(&str, u64)]) -> Outcome {
    let outcome = outcome(name, log);
    let expected = expected
        .iter()
        .map(|(slug, count)| ((*slug).to_owned(), *count));
    assert_eq!(outcome.findings, expected.collect());
    assert_eq!(outcome.ledger, ledger);
    assert_eq!(outcome.rejects as u64, ledger[3] + ledger[4]);
    assert_eq!(outcome.changes.len() as u64, ledger[1]);
    outcome
}

#[test]
fn a_sound_log_has_no_findings() {
    expect(&[PUT_DOWN, CHANGED], [2, 2, 0, 0, 0], &[]);
}

#[test]
fn a_log_out_of_order_is_ordered_by_time() {
    // that it begins with the change is no fault of the alert's life
    expect(
        &[CHANGED, PUT_DOWN],
        [2, 2, 0, 0, 0],
        &[("history_time_back", 1)],
    );
}

#[test]
fn an_alert_put_down_twice_is_told_and_kept() {
    let again = r#"3,A1,I,5,2025-03-02 09:00,,"{""alert_status"":""Open""}","#;
    expect(
        &[PUT_DOWN, CHANGED, again],
        [3, 3, 0, 0, 0],
        &[("history_inserted_again", 1)],
    );
}

#[test]
fn a_change_behind_a_deletion_is_told_and_kept() {
    let deleted = r#"3,A1,D,5,2025-01-20 09:00,"{""alert_status"":""Open""}",,moved away"#;
    // what goes on is not deleted at the end
    expect(
        &[PUT_DOWN, deleted, CHANGED],
        [3, 3, 0, 0, 0],
        &[("history_goes_on", 1)],
    );
    // the export has the alert, and it holds
    expect(
        &[PUT_DOWN, deleted],
        [2, 2, 0, 0, 0],
        &[("history_deleted_holds", 1)],
    );
}

#[test]
fn a_change_of_no_alert_is_set_aside() {
    let orphan = r#"3,A9,I,5,2025-03-02 09:00,,"{""alert_status"":""Open""}","#;
    expect(
        &[PUT_DOWN, orphan, CHANGED],
        [3, 2, 0, 1, 0],
        &[("history_alert_unknown", 1)],
    );
}

#[test]
fn times_of_several_zones_are_one_order() {
    // noon in Paris is before half past eleven in London, and both are before noon as UTC has it
    let line = |no: u32, time: &str| {
        format!(
            r#"{no},A1,U,5,{time},"{{""alert_progress"":""Stable""}}","{{""alert_progress"":""Improving""}}","#
        )
    };
    let lines = [
        PUT_DOWN.to_owned(),
        line(2, "2025-06-01T12:00:00+02:00"),
        line(3, "2025-06-01 11:30"),
        line(4, "2025-06-01T12:00:00Z"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let told = expect(&lines, [4, 4, 0, 0, 0], &[]);
    let times: Vec<&str> = told.changes.iter().map(|(_, time)| time.as_str()).collect();
    assert_eq!(
        times,
        [
            "2025-01-02T09:00:00Z",
            "2025-06-01T10:00:00Z",
            "2025-06-01T10:30:00Z",
            "2025-06-01T12:00:00Z"
        ]
    );
}

#[test]
fn an_hour_that_never_was_is_no_time_and_one_that_was_twice_is_the_earlier() {
    let skipped = CHANGED.replace("2025-02-03 10:00", "2025-03-30 01:30");
    let twice = CHANGED
        .replace("2025-02-03 10:00", "2025-10-26 01:30")
        .replace("2,A1", "3,A1");
    let told = expect(
        &[PUT_DOWN, &skipped, &twice],
        [3, 2, 0, 1, 0],
        &[("timestamp_unreadable", 1), ("hour_ambiguous", 1)],
    );
    assert_eq!(told.changes[1].1, "2025-10-26T00:30:00Z");
}

#[test]
fn values_that_are_cut_off_are_set_aside() {
    let cut = r#"3,A1,U,5,2025-03-03 10:00,"{""alert_progress"":""Improving""}","{""alert_progress"":""Dete","#;
    expect(
        &[PUT_DOWN, CHANGED, cut],
        [3, 2, 0, 1, 0],
        &[("history_fields_broken", 1)],
    );
}

#[test]
fn an_unknown_action_is_set_aside_and_an_empty_one_too() {
    let unknown = CHANGED.replace(",U,", ",M,").replace("2,A1", "3,A1");
    let empty = CHANGED.replace(",U,", ",,").replace("2,A1", "4,A1");
    expect(
        &[PUT_DOWN, CHANGED, &unknown, &empty],
        [4, 2, 0, 2, 0],
        &[("term_unknown", 1), ("history_action_missing", 1)],
    );
}

#[test]
fn two_changes_with_one_key_are_two_and_one_told_twice_is_one() {
    let other = CHANGED.replace("2025-02-03", "2025-02-04");
    expect(
        &[PUT_DOWN, CHANGED, &other, CHANGED],
        [4, 3, 1, 0, 0],
        &[("history_key_repeated", 1), ("history_repeated", 1)],
    );
}

#[test]
fn a_log_that_begins_after_the_alerts_says_so() {
    let later = CHANGED.replace("2,A1", "3,A2");
    expect(
        &[CHANGED, &later],
        [2, 2, 0, 0, 0],
        &[("history_begins_late", 2)],
    );
}

#[test]
fn a_log_that_goes_on_after_the_day_of_the_run_says_so() {
    let later = CHANGED.replace("2025-02-03", "2026-02-03");
    expect(
        &[PUT_DOWN, &later],
        [2, 2, 0, 0, 0],
        &[("history_time_future", 1)],
    );
}

#[test]
fn the_log_of_another_landlord_goes_through_nowhere() {
    let lines: Vec<String> = (1..=3)
        .map(|no| PUT_DOWN.replace("1,A1", &format!("{no},B{no}")))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    expect(&lines, [3, 0, 0, 3, 0], &[("history_alert_unknown", 3)]);
}

#[test]
fn a_log_without_changes_is_told() {
    expect(&[], [0, 0, 0, 0, 0], &[("input_empty", 1)]);
    expect_file("log.csv", b"", [0, 0, 0, 0, 0], &[("input_blank", 1)]);
}

#[test]
fn values_as_another_language_writes_them_are_set_aside() {
    let python =
        r#"3,A1,U,5,2025-03-03 10:00,{'alert_progress': 'Improving'},{'alert_progress': None},"#;
    // a word is no object, and kept as a text
    let word = "4,A1,U,5,2025-03-04 10:00,improving,stable,";
    expect(
        &[PUT_DOWN, CHANGED, python, word],
        [4, 3, 0, 1, 0],
        &[("history_fields_broken", 2), ("history_fields_wrapped", 2)],
    );
}

#[test]
fn a_last_line_that_is_cut_off_is_unreadable_and_no_other() {
    let line = |no: u32, alert: &str| {
        format!(
            r#"{{"No":{no},"Alert":"{alert}","Action":"I","Who":5,"When":"2025-01-02T09:00:00Z","After":{{"alert_status":"Open"}}}}"#
        )
    };
    let whole = format!("{}\n{}\n", line(1, "A1"), line(2, "A2"));
    let cut = format!("{whole}{}", &line(3, "A1")[..60]);
    let told = expect_file(
        "log.ndjson",
        cut.as_bytes(),
        [3, 2, 0, 0, 1],
        &[("record_cut_off", 1), ("record_unparsable", 1)],
    );
    assert!(told.changes.iter().all(|(action, _)| action == "INSERT"));
}

#[test]
fn a_change_that_names_nobody_or_no_alert_or_no_time_is_set_aside() {
    let nobody = CHANGED.replace(",U,5,", ",U,,").replace("2,A1", "3,A1");
    let no_alert = CHANGED.replace("2,A1", "4,");
    let no_time = CHANGED
        .replace("2025-02-03 10:00", "")
        .replace("2,A1", "5,A1");
    let no_day = CHANGED
        .replace("2025-02-03 10:00", "2025-02-30 10:00")
        .replace("2,A1", "6,A1");
    expect(
        &[PUT_DOWN, CHANGED, &nobody, &no_alert, &no_time, &no_day],
        [6, 2, 0, 4, 0],
        &[
            ("history_user_missing", 1),
            ("history_alert_missing", 1),
            ("history_time_missing", 1),
            ("timestamp_unreadable", 1),
        ],
    );
}

#[test]
fn values_where_there_can_be_none_are_set_aside() {
    let born_old = PUT_DOWN.replace(",,\"{", ",\"{\"\"alert_status\"\":\"\"Pending\"\"}\",\"{");
    let unchanged = "3,A1,U,5,2025-03-03 10:00,,,";
    expect(
        &[&born_old, CHANGED, unchanged],
        [3, 1, 0, 2, 0],
        &[
            ("history_values_unfit", 3),
            // what has put the alert down is set aside
            ("history_begins_late", 1),
        ],
    );
}

#[test]
fn a_field_that_stands_twice_in_one_value_is_none() {
    let twice = r#"3,A1,U,5,2025-03-03 10:00,"{""alert_progress"":""Improving""}","{""alert_progress"":""Stable"",""alert_progress"":""Unknown""}","#;
    expect(
        &[PUT_DOWN, CHANGED, twice],
        [3, 2, 0, 1, 0],
        &[("history_fields_broken", 1)],
    );
}
