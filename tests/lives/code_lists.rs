//! Code lists that change between two snapshots.

use std::path::Path;

use serde_json::Value;

use crate::output::run;
use crate::world::World;
use crate::{convert, write};

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
    assert_eq!(drifts.len(), 2, "{drifts:?}");
    assert_eq!(drifts[0]["field"], "is_critical");
    assert_eq!(drifts[1]["field"], "person_alert_code_id");
    assert_eq!(
        drifts[1]["codes"]["MED1.01"],
        serde_json::json!(["1", "501"])
    );
    assert_eq!(drifts[1]["alerts"], 120);
    let asthma = world.exports[0]
        .lines()
        .filter(|line| line.contains(",MED1.01,"))
        .count();
    assert_eq!(drifts[0]["alerts"], asthma);
    assert!(drifts[0]["codes"].get("MED1.01").is_some());
}
