//! Invented exports: what `pac synth` plants, `pac convert` finds, at the same records and nowhere else.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const SHAPES: [(&str, &str); 6] = [
    ("long", "alerts.csv"),
    ("wide", "alerts.csv"),
    ("multi", "alerts.csv"),
    ("nested-json", "alerts.json"),
    ("ndjson", "alerts.ndjson"),
    ("xlsx", "alerts.xlsx"),
];

fn pac(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pac"))
        .args(arguments)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

fn synth(shape: &str, seed: &str, share: &str, folder: &Path) {
    let fault = format!("all={share}");
    let out = folder.to_str().unwrap();
    pac(&[
        "synth", "--rows", "1500", "--seed", seed, "--shape", shape, "--fault", &fault, "--out",
        out,
    ]);
}

fn lines(path: &Path) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|line| line.unwrap()).collect()
}

/// Pairs of record and rule.
type Places = BTreeSet<(u64, String)>;

fn planted(folder: &Path) -> Places {
    let truth = lines(&folder.join("truth.csv")).into_iter();
    let told = truth.filter(|line| !line[3].is_empty());
    told.map(|line| (line[0].parse().unwrap(), line[3].to_owned()))
        .collect()
}

/// The findings of rules that may be planted, of those that speak about records.
fn found(folder: &Path, export: &str) -> Places {
    let out = folder.join("out");
    let input = folder.join(export);
    let profile = folder.join("profile.toml");
    let [input, profile, written] = [&input, &profile, &out].map(|path| path.to_str().unwrap());
    pac(&[
        "convert",
        input,
        "--profile",
        profile,
        "--out",
        written,
        "--as-of",
        "2026-11-22",
        "--fail-on",
        "never",
    ]);
    let rules = [
        "PAC001", "PAC006", "PAC025", "PAC101", "PAC102", "PAC202", "PAC404", "PAC406", "PAC409",
        "PAC411", "PAC501", "PAC502", "PAC503", "PAC504", "PAC511", "PAC701",
    ];
    let header = csv::Reader::from_path(out.join("findings.csv"))
        .unwrap()
        .headers()
        .unwrap()
        .clone();
    let place = |name: &str| header.iter().position(|own| own == name).unwrap();
    let (rule, record) = (place("rule"), place("record"));
    let findings = lines(&out.join("findings.csv")).into_iter();
    let told = findings.filter(|line| rules.contains(&&line[rule]) && !line[record].is_empty());
    told.map(|line| (line[record].parse().unwrap(), line[rule].to_owned()))
        .collect()
}

#[test]
fn what_is_planted_is_found_where_it_was_planted() {
    for (shape, export) in SHAPES {
        let home = tempfile::tempdir().unwrap();
        synth(shape, "11", "0.01", home.path());
        let planted = planted(home.path());
        assert!(planted.len() > 50, "{shape}: {} planted", planted.len());
        let rules: BTreeSet<&String> = planted.iter().map(|(_, rule)| rule).collect();
        assert!(rules.len() > 5, "{shape}: {rules:?}");
        assert_eq!(found(home.path(), export), planted, "{shape}");
    }
}

#[test]
fn a_clean_export_is_found_clean() {
    for (shape, export) in SHAPES {
        let home = tempfile::tempdir().unwrap();
        synth(shape, "12", "0", home.path());
        assert_eq!(planted(home.path()), Places::new(), "{shape}");
        assert_eq!(found(home.path(), export), Places::new(), "{shape}");
    }
}

#[test]
fn the_seed_decides_the_bytes() {
    for (shape, export) in SHAPES {
        let made = |seed| {
            let home = tempfile::tempdir().unwrap();
            synth(shape, seed, "0.01", home.path());
            [export, "truth.csv", "profile.toml"]
                .map(|name| std::fs::read(home.path().join(name)).unwrap())
        };
        let first = made("3");
        assert!(first == made("3"), "{shape}");
        assert!(first[0] != made("4")[0], "{shape}");
    }
}

#[test]
fn what_cannot_be_made_is_refused() {
    let refused = |arguments: &[&str]| {
        let home = tempfile::tempdir().unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_pac"))
            .args(["synth", "--rows", "3", "--out"])
            .arg(home.path())
            .args(arguments)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["--fault", "bad-data=0.1"]).contains("bad-date"));
    assert!(refused(&["--fault", "bad-date"]).contains("KIND=SHARE"));
    assert!(refused(&["--fault", "all=0.5"]).contains("1 together at most"));
    assert!(refused(&["--fault", "ragged=0.1", "--shape", "ndjson"]).contains("cannot hold it"));
    assert!(refused(&["--rows", "1048576", "--shape", "xlsx"]).contains("--rows"));
}
