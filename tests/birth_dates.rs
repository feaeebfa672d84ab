//! Dates of birth in the file of persons: how they are read, and the rules that go by them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Int64Array, RecordBatch, TimestampMicrosecondArray};
use parquet::arrow::ArrowWriter;
use person_alerts::conversion::{self, Options, ReferencePaths, Subject, parse_day};
use person_alerts::error::Error;
use person_alerts::pipeline::Progress;
use person_alerts::profile::Allowances;
use person_alerts::report::Report;
use person_alerts::standard::Standard;

const PROFILE: &str = r#"
[landlord]
name = "Example"
code = "EX"
[fields]
person_id = "person"
person_alert_code_id = "code"
start_date = "start"
"#;

struct Silent;

impl Progress for Silent {
    fn advance(&mut self, _: u64, _: u64) {}
}

/// Converts alerts about persons, each with its code, beside a file of persons.
fn convert(
    alerts: &[(&str, &str)],
    section: &str,
    persons: Option<&Path>,
) -> Result<Report, Error> {
    let home = tempfile::tempdir().unwrap();
    let (export, profile) = (home.path().join("export.csv"), home.path().join("p.toml"));
    let rows = alerts.iter();
    let rows = rows.map(|(person, code)| format!("{person},{code},2026-11-01\n"));
    let rows: String = rows.collect();
    std::fs::write(&export, format!("person,code,start\n{rows}")).unwrap();
    std::fs::write(&profile, format!("{PROFILE}{section}")).unwrap();
    let subject = Subject::Landlord {
        profile,
        inputs: vec![export],
        logs: Vec::new(),
        references: ReferencePaths {
            persons: persons.map(Path::to_owned),
            organisations: None,
        },
    };
    let options = Options {
        standard: Arc::new(Standard::embedded().unwrap()),
        as_of: parse_day("2026-11-22").unwrap(),
        threads: 1,
        show_values: false,
        allowances: Allowances::default(),
        max_reject_percent: None,
        rules: None,
        schemas: Vec::new(),
        since: None,
    };
    let done = conversion::convert(&subject, None, &options, &mut Silent);
    done.map(|done| done.report)
}

/// Which rules that go by dates of birth speak about the report's alerts.
fn spoken(report: &Report) -> BTreeSet<&'static str> {
    let spoken = |id: &&str| report.findings.rules.iter().any(|rule| rule.rule == *id);
    ["PAC706", "PAC707", "PAC708"]
        .into_iter()
        .filter(spoken)
        .collect()
}

/// Which of them speak about an alert of who was born on that day.
fn about(born: &str, code: &str) -> BTreeSet<&'static str> {
    let home = tempfile::tempdir().unwrap();
    let persons = home.path().join("persons.csv");
    std::fs::write(&persons, format!("person,born\n7,{born}\n")).unwrap();
    let section = "[persons]\ndate_of_birth = \"born\"\n";
    let report = convert(&[("7", code)], section, Some(&persons));
    spoken(&report.unwrap())
}

#[test]
fn age_groups_hold_from_where_the_one_before_ends() {
    // each group with the first and the last day of birth that it holds on 2026-11-22
    let groups = [
        ("AGE1.01", "2026-10-25", "2026-11-22"),
        ("AGE1.02", "2025-11-23", "2026-10-24"),
        ("AGE1.03", "2023-11-23", "2025-11-22"),
        ("AGE1.04", "2020-11-23", "2023-11-22"),
        ("AGE1.05", "2013-11-23", "2020-11-22"),
        ("AGE1.06", "2008-11-23", "2013-11-22"),
        ("AGE1.07", "1900-01-02", "1961-11-22"),
    ];
    let days = groups.iter().flat_map(|(_, first, last)| [*first, *last]);
    let mut days: Vec<&str> = days.chain(["2008-11-22", "1961-11-23"]).collect();
    days.sort_unstable();
    for (group, first, last) in groups {
        for day in &days {
            let fits = (first..=last).contains(day);
            assert_eq!(about(day, group).contains("PAC706"), !fits, "{group} {day}");
        }
    }
}

#[test]
fn codes_that_are_improbable_at_an_age() {
    let only = |rule| BTreeSet::from([rule]);
    for code in ["PREG1.01", "PREG1.15"] {
        assert_eq!(about("2015-11-23", code), only("PAC707"));
        assert_eq!(about("2015-11-22", code), BTreeSet::new());
        assert_eq!(about("1965-11-23", code), BTreeSet::new());
        assert_eq!(about("1965-11-22", code), only("PAC707"));
    }
    for code in ["RISK2.04", "RISK3.02"] {
        assert_eq!(about("2016-11-23", code), only("PAC708"));
        assert_eq!(about("2016-11-22", code), BTreeSet::new());
    }
    assert_eq!(about("2026-11-01", "RISK4.01"), BTreeSet::new());
    assert_eq!(about("1926-11-01", "MED1.01"), BTreeSet::new());
}

#[test]
fn what_is_no_date_of_birth_is_counted() {
    let home = tempfile::tempdir().unwrap();
    let persons = home.path().join("persons.csv");
    let rows = "1,01/01/1900\n2,31/12/2099\n3,31/02/1990\n4,\n5,03/04/2024\n5,03/04/2023\n6,04/2024\n\
                7,02/05/2024\n7,02/05/2024\n8,unknown\n,02/05/2024\n";
    std::fs::write(&persons, format!("person,born\n{rows}")).unwrap();
    let section = "[input]\nno_dates = [\"unknown\"]\n[persons]\nkey = \"person\"\n\
                   date_of_birth = \"born\"\ndate_formats = [\"dd/mm/yyyy\", \"mm/yyyy\"]\n";
    let alerts: Vec<(String, &str)> = (1..9).map(|at| (at.to_string(), "AGE1.07")).collect();
    let alerts: Vec<(&str, &str)> = alerts.iter().map(|(p, code)| (p.as_str(), *code)).collect();
    let report = convert(&alerts, section, Some(&persons)).unwrap();
    let dates = report.references[0].dates_of_birth.as_ref().unwrap();
    assert_eq!((dates.persons, dates.persons_contradictory), (1, 1));
    assert_eq!(dates.rows_unusable, 4);
    let told = report
        .findings
        .rules
        .iter()
        .find(|rule| rule.rule == "PAC706");
    assert_eq!(told.unwrap().count, 1);
    assert_eq!(report.ledger.total.emitted, 8);
}

#[test]
fn persons_are_found_by_their_numbers_and_by_composed_keys() {
    let home = tempfile::tempdir().unwrap();
    let persons = home.path().join("persons.csv");
    std::fs::write(
        &persons,
        "ref,number,born\nP1,41,2020-01-01\nP2,17,1950-01-01\n",
    )
    .unwrap();
    let resolved = "[persons]\nkey = \"ref\"\nid = \"number\"\ndate_of_birth = \"born\"\n";
    let alerts = [("P1", "AGE1.07"), ("P2", "AGE1.07")];
    let report = convert(&alerts, resolved, Some(&persons)).unwrap();
    let told = report
        .findings
        .rules
        .iter()
        .find(|rule| rule.rule == "PAC706");
    assert_eq!(told.unwrap().count, 1);
    assert_eq!(report.references[0].keys_are, "resolved");
}

#[test]
fn dates_of_parquet_are_read() {
    let days = Date32Array::from(vec![Some(18_262), None, Some(-7_305)]);
    // local midnight in summer, in UTC
    let summer = parse_day("2020-06-01").unwrap();
    let micros = i64::from(summer) * 86_400_000_000 - 3_600_000_000;
    let times = TimestampMicrosecondArray::from(vec![micros; 3]).with_timezone("UTC");
    let columns: [(&str, ArrayRef); 2] = [("born", Arc::new(days)), ("born", Arc::new(times))];
    for ((name, column), speaks) in columns.into_iter().zip([1, 3]) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("persons.parquet");
        let keys: ArrayRef = Arc::new(Int64Array::from(vec![1, 2, 3]));
        let batch = RecordBatch::try_from_iter([("person", keys), (name, column)]).unwrap();
        let file = std::fs::File::create(&path).unwrap();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        let section = "[persons]\ndate_of_birth = \"born\"\n";
        let alerts = [("1", "AGE1.07"), ("2", "AGE1.07"), ("3", "AGE1.07")];
        let report = convert(&alerts, section, Some(&path)).unwrap();
        let told = report
            .findings
            .rules
            .iter()
            .find(|rule| rule.rule == "PAC706");
        assert_eq!(told.unwrap().count, speaks);
    }
}

#[test]
fn a_rule_without_dates_of_birth_is_not_run_and_it_is_said() {
    let home = tempfile::tempdir().unwrap();
    let persons = home.path().join("persons.csv");
    std::fs::write(&persons, "person,born\n7,2020-01-01\n").unwrap();
    let alerts = [("7", "AGE1.07")];
    let why = |section: &str, persons: Option<&Path>| {
        let report = convert(&alerts, section, persons).unwrap();
        assert!(spoken(&report).is_empty());
        let mut not_run = report.not_run.into_iter();
        let not_run = not_run.find(|not_run| not_run.rule.as_deref() == Some("PAC706"));
        not_run.map(|not_run| not_run.why)
    };
    let named = "[persons]\ndate_of_birth = \"born\"\n";
    let given = Some(persons.as_path());
    let told = why(named, None);
    assert_eq!(told.unwrap(), "no reference file of persons was given");
    let told = why("[persons]\nkey = \"person\"\n", given);
    assert_eq!(
        told.unwrap(),
        "the profile names no date_of_birth under [persons]"
    );
    let report = convert(&alerts, named, given).unwrap();
    assert_eq!(spoken(&report), BTreeSet::from(["PAC706"]));
    let not_run = |rule| {
        report
            .not_run
            .iter()
            .any(|own| own.rule.as_deref() == Some(rule))
    };
    assert!(not_run("PAC804") && !not_run("PAC706"));
}

#[test]
fn a_column_that_is_not_there_is_told() {
    let home = tempfile::tempdir().unwrap();
    let persons = home.path().join("persons.csv");
    std::fs::write(&persons, "person,born\n7,2020-01-01\n").unwrap();
    let section = "[persons]\ndate_of_birth = \"borne\"\n";
    let error = convert(&[("7", "AGE1.07")], section, Some(&persons)).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("there is no column borne, which date_of_birth under [persons] names"));
    let section = "[persons]\ndate_formats = [\"dd/mm/yyyy\"]\n";
    let error = convert(&[("7", "AGE1.07")], section, Some(&persons)).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("persons: date_of_birth is missing")
    );
    let section = "[organisations]\ndate_of_birth = \"born\"\n";
    let error = convert(&[("7", "AGE1.07")], section, Some(&persons)).unwrap_err();
    assert!(error.to_string().contains("unknown key date_of_birth"));
}
