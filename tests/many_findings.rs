//! An input in which every record breaks several rules: findings fill many pages, and come
//! out the same for any number of threads.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::Command;

use parquet::file::reader::{FileReader, SerializedFileReader};

const RECORDS: usize = 12_000;

fn convert(home: &Path, threads: &str) -> BTreeMap<String, Vec<u8>> {
    let out = home.join(threads);
    let done = Command::new(env!("CARGO_BIN_EXE_pac"))
        .args([
            "convert",
            "input.csv",
            "--profile",
            "profile.toml",
            "--quiet",
        ])
        .args([
            "--as-of",
            "2026-11-22",
            "--fail-on",
            "never",
            "--threads",
            threads,
        ])
        .arg("--out")
        .arg(&out)
        .current_dir(home)
        .status()
        .unwrap();
    assert!(done.success());
    let names = [
        "findings.csv",
        "findings.parquet",
        "report.json",
        "person_alert.parquet",
    ];
    let read = |name: &str| (name.to_owned(), std::fs::read(out.join(name)).unwrap());
    names.into_iter().map(read).collect()
}

#[test]
fn many_findings_are_in_order_and_counted_once() {
    let home = tempfile::tempdir().unwrap();
    let profile = "[landlord]\nname = \"Example\"\ncode = \"EX\"\n[fields]\nperson_id = \"who\"\n\
                   person_alert_code_id = \"what\"\nstart_date = \"from\"\nreview_date = \"review\"\n\
                   informed_resident = \"told\"\nalert_status = \"status\"\n";
    std::fs::write(home.path().join("profile.toml"), profile).unwrap();
    let mut input = "who,what,from,review,told,status\n".to_owned();
    for record in 1..=RECORDS {
        let status = if record % 1000 == 0 { "Ajar" } else { "" };
        input.push_str(&format!("{record},MED1.01,2025-01-01,soon,,{status}\n"));
    }
    std::fs::write(home.path().join("input.csv"), input).unwrap();
    let one = convert(home.path(), "1");
    for threads in ["2", "7"] {
        assert!(one == convert(home.path(), threads), "{threads} threads");
    }
    let text = String::from_utf8(one["findings.csv"].clone()).unwrap();
    let records = text.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        cells.nth(5).unwrap().parse::<u64>().ok()
    });
    let records: Vec<u64> = records.collect();
    assert!(records.is_sorted());
    let report: serde_json::Value = serde_json::from_slice(&one["report.json"]).unwrap();
    let counted =
        ["error", "warning", "info"].map(|name| report["findings"][name].as_u64().unwrap());
    assert_eq!(counted[0], RECORDS as u64 / 1000);
    let told = text.lines().count() - 1;
    assert_eq!(counted.iter().sum::<u64>(), told as u64);
    assert!(told > RECORDS * 5 / 2, "{told}");
    let parquet = File::open(home.path().join("7/findings.parquet")).unwrap();
    let parquet = SerializedFileReader::new(parquet).unwrap();
    let metadata = parquet.metadata();
    assert_eq!(metadata.file_metadata().num_rows(), told as i64);
    assert_eq!(metadata.num_row_groups(), told.div_ceil(131_072));
}
