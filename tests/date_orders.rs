//! The order of day and month where a profile gives formats of both: proven by the column, or left to a
//! person.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::Value;
use tempfile::TempDir;

const BOTH: &str = "[\"dd/mm/yyyy\", \"mm/dd/yyyy\"]";
const DAY_FIRST: &str = "[\"dd/mm/yyyy\"]";

/// A folder with a profile whose dates have these formats.
fn home(formats: &str) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let profile = format!(
        "[landlord]\nname = \"Try\"\ncode = \"TRY\"\n[input]\ndate_formats = {formats}\n\
         [fields]\nperson_id = \"p\"\nperson_alert_code_id = \"c\"\nstart_date = \"d\"\n"
    );
    std::fs::write(home.path().join("profile.toml"), profile).unwrap();
    home
}

fn pac(home: &Path, input: &Path, out: &str, threads: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pac"));
    command
        .arg("convert")
        .arg(input)
        .arg("--profile")
        .arg(home.join("profile.toml"))
        .arg("--out")
        .arg(home.join(out))
        .args(["--as-of", "2026-11-22", "--quiet", "--fail-on", "never"])
        .args(["--threads", threads]);
    command
}

/// Converts an input, and returns the folder with the output and its report.
fn converted(home: &Path, input: &Path, out: &str, threads: &str) -> (PathBuf, Value) {
    let done = pac(home, input, out, threads).output().unwrap();
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(0), "{told}");
    let out = home.join(out);
    let report = std::fs::read(out.join("report.json")).unwrap();
    (out, serde_json::from_slice(&report).unwrap())
}

fn csv(dates: &[&str]) -> String {
    let rows = dates.iter().enumerate();
    let rows = rows.map(|(at, date)| format!("{},MED1.01,{date}\n", at + 1));
    rows.fold("p,c,d\n".to_owned(), |text, row| text + &row)
}

/// What becomes of a column of dates: emitted, for review, rejected otherwise, and the order reported.
fn outcome(dates: &[&str]) -> (u64, u64, u64, String) {
    let home = home(BOTH);
    let input = home.path().join("input.csv");
    std::fs::write(&input, csv(dates)).unwrap();
    let (_, report) = converted(home.path(), &input, "out", "2");
    outcome_of(&report)
}

fn outcome_of(report: &Value) -> (u64, u64, u64, String) {
    let count = |name: &str| report["ledger"]["total"][name].as_u64().unwrap();
    let review = count("review");
    let order = report["inputs"][0]["date_orders"][0]["order"].as_str();
    (
        count("emitted"),
        review,
        count("rejected") - review,
        order.unwrap_or_default().to_owned(),
    )
}

fn mixed_findings(report: &Value) -> u64 {
    let rules = report["findings"]["rules"].as_array().unwrap().iter();
    let mixed = rules.filter(|rule| rule["rule"] == "PAC417");
    mixed.map(|rule| rule["count"].as_u64().unwrap()).sum()
}

#[test]
fn the_cells_of_a_column_prove_its_order() {
    let day_first = ["03/04/2024", "05/05/2024", "25/04/2024"];
    assert_eq!(outcome(&day_first), (3, 0, 0, "day-month".to_owned()));
    let month_first = ["03/04/2024", "04/25/2024"];
    assert_eq!(outcome(&month_first), (2, 0, 0, "month-day".to_owned()));
    let neither = ["03/04/2024", "05/05/2024", "06/07/2024", "31/02/2024"];
    assert_eq!(outcome(&neither), (1, 2, 1, "unproven".to_owned()));
    let both = ["03/04/2024", "25/04/2024", "04/25/2024", "05/05/2024"];
    assert_eq!(outcome(&both), (3, 1, 0, "both".to_owned()));
}

#[test]
fn two_orders_in_one_column_are_told_once() {
    let home = home(BOTH);
    let input = home.path().join("input.csv");
    let dates = ["03/04/2024", "25/04/2024", "26/04/2024", "04/25/2024"];
    std::fs::write(&input, csv(&dates)).unwrap();
    let (out, report) = converted(home.path(), &input, "out", "1");
    assert_eq!(mixed_findings(&report), 1);
    let findings = std::fs::read_to_string(out.join("findings.csv")).unwrap();
    let told = "only with the day first, 2; only with the month first, 1; either way, and so for review, 1";
    assert!(findings.contains(told), "{findings}");
    let orders = &report["inputs"][0]["date_orders"][0];
    assert_eq!(orders["column"], "d");
    assert_eq!(orders["day_month"], 2);
    assert_eq!(orders["month_day"], 1);
    assert_eq!(orders["ambiguous"], 1);
}

#[test]
fn rejects_prove_nothing_by_themselves() {
    let home = home(BOTH);
    let input = home.path().join("input.csv");
    // The record with an unknown code would prove the day first, were it not a reject.
    let text = csv(&["03/04/2024", "04/25/2024"]) + "3,Nonsense,25/04/2024\n";
    std::fs::write(&input, text).unwrap();
    let (out, report) = converted(home.path(), &input, "out", "1");
    assert_eq!(outcome_of(&report), (1, 1, 1, "both".to_owned()));
    let rejects = out.join("rejects/input.csv");
    let (again, report) = converted(home.path(), &rejects, "again", "1");
    assert_eq!(outcome_of(&report), (0, 1, 1, "unproven".to_owned()));
    assert_eq!(
        std::fs::read(rejects).unwrap(),
        std::fs::read(again.join("rejects/input.csv")).unwrap()
    );
}

#[test]
fn a_proven_order_gives_the_same_as_declaring_it() {
    // Several chunks, of which only the last proves the order.
    let padding = "x".repeat(300);
    let mut text = "p,c,d,n\n".to_owned();
    for at in 0..12_000_u32 {
        let (day, month) = (at % 12 + 1, at / 12 % 12 + 1);
        text += &format!("{},MED1.01,{day:02}/{month:02}/2024,{padding}\n", at + 1);
    }
    text += "20000,MED1.01,31/12/2024,\n";
    let mut alerts = Vec::new();
    for (formats, threads) in [(BOTH, "1"), (BOTH, "8"), (DAY_FIRST, "2")] {
        let home = home(formats);
        let input = home.path().join("input.csv");
        std::fs::write(&input, &text).unwrap();
        let (out, report) = converted(home.path(), &input, "out", threads);
        assert_eq!(report["ledger"]["total"]["emitted"], 12_001);
        alerts.push(std::fs::read(out.join("person_alert.parquet")).unwrap());
    }
    assert!(alerts[0] == alerts[1] && alerts[1] == alerts[2]);
}

#[test]
fn json_and_compressed_inputs_are_read_twice_too() {
    let home = home(BOTH);
    let records = ["03/04/2024", "25/04/2024"].iter().enumerate();
    let records = records.map(|(at, date)| {
        let person = at + 1;
        format!("{{\"p\": {person}, \"c\": \"MED1.01\", \"d\": \"{date}\"}}\n")
    });
    let input = home.path().join("input.ndjson");
    std::fs::write(&input, records.collect::<String>()).unwrap();
    let (_, report) = converted(home.path(), &input, "json", "1");
    assert_eq!(outcome_of(&report), (2, 0, 0, "day-month".to_owned()));
    let rejected = "{\"p\": 3, \"c\": \"?\", \"d\": \"25/04/2024\", \"pac_rejected\": \"PAC205\"}\n\
                    {\"p\": 4, \"c\": \"MED1.01\", \"d\": \"03/04/2024\"}\n";
    std::fs::write(&input, rejected).unwrap();
    let (_, report) = converted(home.path(), &input, "rejected", "1");
    assert_eq!(outcome_of(&report), (0, 1, 1, "unproven".to_owned()));

    let input = home.path().join("input.csv.gz");
    let file = std::fs::File::create(&input).unwrap();
    let mut writer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    writer
        .write_all(csv(&["03/04/2024", "04/25/2024"]).as_bytes())
        .unwrap();
    writer.finish().unwrap();
    let (_, report) = converted(home.path(), &input, "gzip", "1");
    assert_eq!(outcome_of(&report), (2, 0, 0, "month-day".to_owned()));
}

#[test]
fn what_can_be_read_only_once_needs_a_declared_order() {
    for (formats, code) in [(BOTH, Some(2)), (DAY_FIRST, Some(0))] {
        let home = home(formats);
        let mut command = pac(home.path(), Path::new("-"), "out", "1");
        command.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A run that is refused may have closed its end already.
        let _ = child
            .stdin
            .take()
            .unwrap()
            .write_all(csv(&["25/04/2024"]).as_bytes());
        let done = child.wait_with_output().unwrap();
        let told = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), code, "{told}");
        let remedy = "give a file, or formats of one order";
        assert_eq!(told.contains(remedy), code == Some(2), "{told}");
    }
}

#[test]
fn each_of_two_columns_of_a_field_proves_its_own_order() {
    let home = tempfile::tempdir().unwrap();
    let profile = format!(
        "[landlord]\nname = \"Try\"\ncode = \"TRY\"\n[input]\ndate_formats = {BOTH}\n\
         [fields]\nperson_id = \"p\"\nperson_alert_code_id = \"c\"\n\
         start_date = {{ column = \"d\", or = \"e\" }}\n"
    );
    std::fs::write(home.path().join("profile.toml"), profile).unwrap();
    let input = home.path().join("input.csv");
    let text = "p,c,d,e\n1,MED1.01,25/04/2024,\n2,MED1.01,,04/25/2024\n\
                3,MED1.01,06/07/2024,\n4,MED1.01,,06/07/2024\n";
    std::fs::write(&input, text).unwrap();
    let (out, report) = converted(home.path(), &input, "out", "1");
    let orders = report["inputs"][0]["date_orders"].as_array().unwrap();
    let orders: Vec<&str> = orders
        .iter()
        .map(|column| column["order"].as_str().unwrap())
        .collect();
    assert_eq!(orders, ["day-month", "month-day"]);
    let file = std::fs::File::open(out.join("person_alert.parquet")).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    let starts = reader.get_row_iter(None).unwrap().map(|row| {
        let row = row.unwrap();
        let mut cells = row.get_column_iter();
        let (_, start) = cells.find(|(name, _)| *name == "start_date").unwrap();
        start.to_string()
    });
    let starts: Vec<String> = starts.collect();
    let expected = ["2024-04-25", "2024-04-25", "2024-07-06", "2024-06-07"];
    assert_eq!(starts, expected);
}
