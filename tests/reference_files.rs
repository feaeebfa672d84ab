//! Reference files of persons and organisations: how they are read, what becomes of alerts, and what is
//! said where a file cannot serve.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use person_alerts::conversion::{self, Options, ReferencePaths, Subject, parse_day};
use person_alerts::error::Error;
use person_alerts::pipeline::Progress;
use person_alerts::profile::Allowances;
use person_alerts::report::Report;
use person_alerts::standard::Standard;
use tempfile::TempDir;

const PROFILE: &str = r#"
[landlord]
name = "Example"
code = "EX"
[fields]
person_id = "Tenant ref"
person_alert_code_id = "Code"
start_date = "From"
organisation_id = "Partner"
"#;

struct Silent;

impl Progress for Silent {
    fn advance(&mut self, _: u64, _: u64) {}
}

/// A folder with an export of one alert about each of the persons.
fn home(persons: &[&str], sections: &str) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let rows = persons
        .iter()
        .enumerate()
        .map(|(at, person)| format!("{person},MED1.01,2024-01-{:02},5\n", at + 1));
    let input = "Tenant ref,Code,From,Partner\n".to_owned() + &rows.collect::<String>();
    std::fs::write(home.path().join("export.csv"), input).unwrap();
    std::fs::write(
        home.path().join("profile.toml"),
        PROFILE.to_owned() + sections,
    )
    .unwrap();
    home
}

fn check(home: &Path, persons: Option<PathBuf>) -> Result<Report, Error> {
    run(&Subject::Landlord {
        profile: home.join("profile.toml"),
        inputs: vec![home.join("export.csv")],
        logs: Vec::new(),
        references: ReferencePaths {
            persons,
            organisations: None,
        },
    })
}

fn run(subject: &Subject) -> Result<Report, Error> {
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
    conversion::convert(subject, None, &options, &mut Silent).map(|done| done.report)
}

fn count(report: &Report, rule: &str) -> u64 {
    let counted = report.findings.rules.iter().filter(|own| own.rule == rule);
    counted.map(|own| own.count).sum()
}

/// What the run says where it stops, and with which exit code.
fn refusal(sections: &str, persons: &str) -> (String, u8) {
    let home = home(&["1"], sections);
    let path = home.path().join("people.csv");
    std::fs::write(&path, persons).unwrap();
    let error = check(home.path(), Some(path)).unwrap_err();
    let folder = format!("{}/", home.path().display());
    (error.to_string().replace(&folder, ""), error.exit_code())
}

#[test]
fn without_files_nothing_is_checked_and_it_is_said() {
    let home = home(&["1", "2"], "");
    let report = check(home.path(), None).unwrap();
    let checks: Vec<&str> = report
        .not_run
        .iter()
        .filter_map(|own| own.check.as_deref())
        .collect();
    assert_eq!(checks, ["history", "persons", "organisations"]);
    assert_eq!(report.ledger.total.emitted, 2);
    assert_eq!(count(&report, "PAC802"), 0);
}

#[test]
fn keys_are_compared_as_keys_are_read() {
    let persons = [
        "7d444840-9dc0-11d1-b245-5ffdce74fad2",
        "123",
        "0123",
        "P7",
        "p7",
    ];
    let home = home(&persons, "");
    let path = home.path().join("people.csv");
    let text = "name;Tenant ref\nx;{7D444840-9DC0-11D1-B245-5FFDCE74FAD2}\nx;123\nx;P7\n";
    std::fs::write(&path, text).unwrap();
    let report = check(home.path(), Some(path)).unwrap();
    // 0123 and p7 are other keys than 123 and P7.
    assert_eq!(count(&report, "PAC802"), 2);
    assert_eq!(report.ledger.total.emitted, 5);
    let reference = &report.references[0];
    assert_eq!((reference.rows, reference.keys), (3, 3));
    assert_eq!(
        (&*reference.list, &*reference.keys_are),
        ("persons", "checked")
    );
    let checks: Vec<&str> = report
        .not_run
        .iter()
        .filter_map(|own| own.check.as_deref())
        .collect();
    assert_eq!(checks, ["history", "organisations"]);
}

#[test]
fn parquet_is_known_by_its_content() {
    let home = home(
        &["P1", "P2", "P3", "P4"],
        "[persons]\nkey = \"ref\"\nid = \"id\"\n",
    );
    let path = home.path().join("people.csv");
    let columns: [(&str, ArrayRef); 3] = [
        (
            "id",
            Arc::new(Float64Array::from(vec![
                Some(11.0),
                Some(12.0),
                None,
                Some(14.5),
            ])),
        ),
        ("age", Arc::new(Int64Array::from(vec![40, 41, 42, 43]))),
        (
            "ref",
            Arc::new(StringArray::from(vec!["P1", "P2", "P3", "P4"])),
        ),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    let file = std::fs::File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties.build())).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let report = check(home.path(), Some(path)).unwrap();
    // P3 has no number, and that of P4 is none.
    assert_eq!(
        (report.ledger.total.emitted, count(&report, "PAC801")),
        (2, 2)
    );
    let reference = &report.references[0];
    assert_eq!(
        (reference.rows, reference.rows_unusable, reference.keys),
        (4, 2, 2)
    );
}

#[test]
fn two_keys_of_one_person_are_one_person() {
    let home = home(&["P1", "P2"], "[persons]\nkey = \"ref\"\nid = \"id\"\n");
    let path = home.path().join("people.csv");
    std::fs::write(&path, "ref,id\nP1,c-7\nP2,c-7\n").unwrap();
    let report = check(home.path(), Some(path)).unwrap();
    assert_eq!(report.ledger.total.emitted, 2);
    // The same person has the same active alert twice.
    assert_eq!((count(&report, "PAC104"), count(&report, "PAC702")), (0, 1));
}

#[test]
fn a_file_that_cannot_serve_is_refused_with_the_remedy() {
    let (said, code) = refusal(
        "[persons]\nkey = \"Tenant rfe\"\n",
        "Tenant ref,name\n1,x\n",
    );
    let expected = "people.csv: there is no column Tenant rfe, which key under [persons] names; did you mean Tenant ref?";
    assert_eq!((said.as_str(), code), (expected, 2));
    let (said, _) = refusal("", "number,name\n1,x\n");
    let expected = "people.csv: has no column Tenant ref and no other named person_id; name the one that holds the keys as key under [persons]";
    assert_eq!(said, expected);
    let (said, _) = refusal("[persons]\nkey = \"a\"\n", "a,a\n1,1\n");
    assert_eq!(
        said,
        "people.csv: several columns are named a; say which one, as in a (2)"
    );
    let (said, _) = refusal("[persons]\nkey = \"a\"\nid = \"a\"\n", "a,b\n1,1\n");
    assert_eq!(
        said,
        "people.csv: key and id under [persons] are one column; leave id out to have keys checked"
    );
    let (said, _) = refusal("", "Tenant ref\n0\nNot found\n");
    assert_eq!(
        said,
        "people.csv: has no row with what the columns should hold; is it the right file?"
    );
    let (said, _) = refusal("", "");
    assert_eq!(
        said,
        "people.csv: has no column Tenant ref and no other named person_id; name the one that holds the keys as key under [persons]"
    );
    let (said, code) = refusal("", "PAR1 and nothing more");
    assert!(
        said.starts_with("people.csv: cannot be read as Parquet: "),
        "{said}"
    );
    assert_eq!(code, 3);
}

#[test]
fn a_missing_file_is_told_before_anything_is_read() {
    let home = home(&["1"], "");
    let absent = home.path().join("absent.csv");
    let error = check(home.path(), Some(absent)).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("absent.csv: there is no such file or folder"),
        "{error}"
    );
}

#[test]
fn a_profile_that_resolves_needs_the_file() {
    let home = home(&["1"], "[persons]\nid = \"number\"\n");
    let error = check(home.path(), None).unwrap_err();
    let said = "[persons] id says that a reference file resolves the keys, and none was given; name it with --persons, or as persons in the batch file";
    assert!(error.to_string().ends_with(said), "{error}");
    assert_eq!(error.exit_code(), 2);
}

#[test]
fn each_landlord_of_a_batch_has_files_of_its_own() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text).unwrap();
    let mut batch = String::new();
    for (code, people) in [("ONE", "persons = \"people.csv\"\n"), ("TWO", "")] {
        let profile = PROFILE.replace("\"EX\"", &format!("\"{code}\""));
        write(&format!("{code}.toml"), &profile);
        let inputs = "inputs = [\"export.csv\"]";
        batch += &format!("[[landlord]]\nprofile = \"{code}.toml\"\n{inputs}\n{people}");
    }
    write(
        "export.csv",
        "Tenant ref,Code,From,Partner\n1,MED1.01,2024-01-01,5\n",
    );
    write("people.csv", "Tenant ref\n2\n");
    write("batch.toml", &batch);
    let report = run(&Subject::Batch(home.path().join("batch.toml"))).unwrap();
    assert_eq!(
        (report.ledger.total.emitted, count(&report, "PAC802")),
        (2, 1)
    );
    let read: Vec<&str> = report
        .references
        .iter()
        .map(|own| own.landlord.as_str())
        .collect();
    assert_eq!(read, ["ONE"]);
    let not_run = report.not_run.iter();
    let not_run: Vec<(&str, &str)> = not_run
        .filter_map(|own| Some((own.landlord.as_str(), own.check.as_deref()?)))
        .collect();
    let expected = [
        ("ONE", "history"),
        ("ONE", "organisations"),
        ("TWO", "history"),
        ("TWO", "persons"),
        ("TWO", "organisations"),
    ];
    assert_eq!(not_run, expected);
}
