//! `pac scan`: what it says of exports, and what it does not show.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn pac(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pac"));
    command.current_dir(folder).args(arguments);
    command.output().unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn fixture(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("fixtures").join(name).display().to_string()
}

/// The tables of a scan, as `scan.json` has them.
fn scanned(inputs: &[&str], further: &[&str]) -> Vec<Value> {
    let home = tempfile::tempdir().unwrap();
    let arguments = [&["scan"], inputs, &["--out", "scan"], further].concat();
    let done = pac(home.path(), &arguments);
    assert!(done.status.success(), "{}", text(done.stderr));
    let json = std::fs::read(home.path().join("scan/scan.json")).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    json["tables"].as_array().unwrap().clone()
}

fn column<'t>(table: &'t Value, name: &str) -> &'t Value {
    let columns = table["columns"].as_array().unwrap();
    columns
        .iter()
        .find(|column| column["name"] == name)
        .unwrap_or_else(|| panic!("{name}"))
}

fn export(folder: &Path) {
    let mut rows = "Ref,Tenant,Name,Type,From,Live,Note\n".to_owned();
    for row in 0..60 {
        let kind = match row {
            0 => "Dangerous dog owned by Zebedee Quill",
            1..=6 => "<b>Stairs</b>",
            7..=12 => "ring 07700 900123",
            _ => "Asthma",
        };
        let day = 1 + row % 28;
        let live = if row % 3 == 0 { "N" } else { "Y" };
        rows += &format!(
            "A{row:04},{},Zebedee Quill,{kind},{day:02}/03/2024,{live},NHS 999 000 0018\n",
            500 + row / 7
        );
    }
    std::fs::write(folder.join("alerts.csv"), rows).unwrap();
}

#[test]
fn what_may_name_a_person_is_counted_and_not_shown() {
    let home = tempfile::tempdir().unwrap();
    export(home.path());
    let done = pac(home.path(), &["scan", "alerts.csv", "--out", "scan"]);
    let mut shown = text(done.stdout);
    for name in ["scan.json", "scan.txt", "scan.html"] {
        shown += &std::fs::read_to_string(home.path().join("scan").join(name)).unwrap();
    }
    for secret in ["Zebedee", "07700", "999 000", "A0007", "503"] {
        assert!(!shown.contains(secret), "{secret}");
    }
    assert!(shown.contains("Asthma"));
    assert!(shown.contains("&lt;b&gt;Stairs"));
    let page = std::fs::read_to_string(home.path().join("scan/scan.html")).unwrap();
    assert!(!page.contains("<b>Stairs") && !page.contains("<script"));
    let json = std::fs::read(home.path().join("scan/scan.json")).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    let note = column(&json["tables"][0], "Note");
    assert_eq!(note["identifiers"]["NHS number"], 60);
    let kind = column(&json["tables"][0], "Type");
    assert_eq!(kind["identifiers"]["telephone number"], 6);
    // the name of the owner is rare, and the telephone number is none of a label
    assert_eq!(kind["values"]["hidden_values"], 2);
    assert_eq!(kind["values"]["listed"][0]["cells"], 47);
}

#[test]
fn show_values_lifts_it_and_only_the_owner_can_read() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    export(home.path());
    let arguments = ["scan", "alerts.csv", "--out", "scan", "--show-values"];
    assert!(pac(home.path(), &arguments).status.success());
    let page = std::fs::read_to_string(home.path().join("scan/scan.txt")).unwrap();
    assert!(page.contains("Zebedee Quill"));
    let mode = |path: &str| {
        let facts = std::fs::metadata(home.path().join(path)).unwrap();
        facts.permissions().mode() & 0o777
    };
    assert_eq!((mode("scan"), mode("scan/scan.json")), (0o700, 0o600));
    let again = pac(home.path(), &arguments);
    assert_eq!(again.status.code(), Some(2));
}

#[test]
fn columns_are_told_by_what_they_hold() {
    let tables = scanned(&[&fixture("oakfield_csv/input.csv")], &[]);
    let table = &tables[0];
    let holds = [
        ("Alert Ref", "keys"),
        ("Person No", "keys"),
        ("Alert Type", "labels"),
        ("Notes", "text"),
        ("Resident Told", "flags"),
        ("Start Date", "dates"),
        ("Last Changed", "timestamps"),
    ];
    for (name, holds) in holds {
        assert_eq!(column(table, name)["holds"], holds, "{name}");
    }
    let start = &column(table, "Start Date")["dates"];
    assert_eq!(start["order"], "day-month");
    assert_eq!(start["impossible"], 1);
    assert_eq!(start["no_dates"]["01/01/1900"], 1);
    assert_eq!(table["records"]["unreadable"], 1);
    let damaged = &column(table, "Person No")["damage"];
    assert_eq!(damaged["rounded_numbers"], 1);
}

#[test]
fn an_order_of_day_and_month_is_proven_contradicted_or_open() {
    let inputs = [
        fixture("kestrel_dates/input_2025.csv"),
        fixture("kestrel_dates/input_2026.csv"),
    ];
    let tables = scanned(&[&inputs[0], &inputs[1]], &[]);
    let order = |table: &Value| column(table, "Review")["dates"]["order"].clone();
    assert_eq!(
        (order(&tables[0]), order(&tables[1])),
        ("day-month".into(), "both".into())
    );
}

#[test]
fn sheets_and_places_of_objects_are_tables() {
    let sheets = scanned(&[&fixture("elmtree_xlsx/input.xlsx")], &[]);
    let names: Vec<&Value> = sheets.iter().map(|table| &table["sheet"]).collect();
    assert_eq!(names, ["Guidance", "Alerts"]);
    let places = scanned(&[&fixture("brookside_odata/input.json")], &[]);
    let paths: Vec<&Value> = places.iter().map(|table| &table["records_at"]).collect();
    assert_eq!(paths, ["/value/*", "/value/*/bro_alerts/*"]);
    assert_eq!(column(&places[1], "../contactid")["holds"], "keys");
    let wide = scanned(&[&fixture("fernleigh_wide/input.csv")], &[]);
    let words = column(&wide[0], "OXYGEN")["flag_words"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(words, 6);
    let several = scanned(&[&fixture("larkhill_multivalued/input.csv")], &[]);
    assert_eq!(column(&several[0], "Needs")["several"]["cells"], 3);
}

#[test]
fn what_cannot_be_scanned_is_told() {
    let home = tempfile::tempdir().unwrap();
    let told = |arguments: &[&str]| {
        let done = pac(home.path(), arguments);
        (done.status.code(), text(done.stderr))
    };
    let (code, why) = told(&["scan", "-"]);
    assert_eq!(code, Some(2));
    assert!(why.contains("name a file"), "{why}");
    assert_eq!(told(&["scan", "absent.csv"]).0, Some(3));
    std::fs::write(home.path().join("empty.csv"), "").unwrap();
    let done = pac(home.path(), &["scan", "empty.csv"]);
    assert!(text(done.stdout).contains("0 records"));
}

#[test]
fn an_earlier_scan_is_replaced_on_request_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    export(home.path());
    let arguments = ["scan", "alerts.csv", "--out", "scan"];
    let forced = [&arguments[..], &["--force"]].concat();
    assert!(pac(home.path(), &forced).status.success());
    assert_eq!(pac(home.path(), &arguments).status.code(), Some(2));
    assert!(pac(home.path(), &forced).status.success());
    std::fs::write(home.path().join("scan/notes.txt"), "x").unwrap();
    let done = pac(home.path(), &forced);
    assert_eq!(done.status.code(), Some(2));
    let err = text(done.stderr);
    assert!(err.contains("holds notes.txt"), "{err}");
    std::fs::create_dir(home.path().join("letters")).unwrap();
    std::fs::write(home.path().join("letters/a.txt"), "x").unwrap();
    let arguments = ["scan", "alerts.csv", "--out", "letters", "--force"];
    let err = text(pac(home.path(), &arguments).stderr);
    assert!(err.contains("holds no earlier scan"), "{err}");
}
