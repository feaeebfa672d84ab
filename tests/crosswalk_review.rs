//! `pac crosswalk`: from the values of an export to reviewers and back.

use std::path::Path;
use std::process::Command;

/// Runs pac; returns what it prints and says, and its exit code.
fn pac(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pac"));
    let done = command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        text(done.stdout),
        text(done.stderr),
        done.status.code().unwrap(),
    )
}

fn sound(folder: &Path, arguments: &[&str]) -> String {
    let (out, err, code) = pac(folder, arguments);
    assert_eq!(code, 0, "{out}{err}");
    out
}

/// A landlord's folder with an export and its draft.
fn drafted(extra: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let mut rows = "Ref,Tenant,Alert Type,Date From,Reported By\n".to_owned();
    for row in 0..40 {
        let kind = ["Asthma", "Home oxygen", "Two person visit", "Zorbing"][row % 4];
        let source = ["GP", "Family"][row % 2];
        rows += &format!("A{row:04},{},{kind},25/04/2024,{source}\n", 4000 + row);
    }
    std::fs::write(home.path().join("alerts.csv"), rows + extra).unwrap();
    sound(home.path(), &["draft", "alerts.csv", "--out", "riv"]);
    home
}

fn crosswalk(home: &Path) -> String {
    std::fs::read_to_string(home.join("riv/alert_types.csv")).unwrap()
}

/// Writes decisions as a reviewer does in CSV.
fn review(home: &Path, rows: &str) {
    let text = format!("value,target,status,relation,reviewer,date\n{rows}");
    std::fs::write(home.join("reviewed.csv"), text).unwrap();
}

const IMPORT: [&str; 7] = [
    "crosswalk",
    "import",
    "reviewed.csv",
    "--profile",
    "riv/profile.toml",
    "--crosswalk",
    "alert_types",
];
const DECIDED: &str = "Asthma,MED1.01,approved,exact,housing officer,2026-11-20\n\
    Home oxygen,RISK5.01,approved,exact,housing officer,2026-11-20\n\
    Zorbing,,gap,none,housing officer,2026-11-20\n";

#[test]
fn approved_codes_are_applied_and_nothing_else() {
    let home = drafted("");
    let convert = |out: &str| {
        let arguments = [
            "convert",
            "alerts.csv",
            "--profile",
            "riv/profile.toml",
            "--out",
            out,
            "--as-of",
            "2026-11-22",
            "--fail-on",
            "never",
        ];
        sound(home.path(), &arguments);
        let report = std::fs::read(home.path().join(out).join("report.json")).unwrap();
        let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
        let total = &report["ledger"]["total"];
        let count = |name: &str| total[name].as_u64().unwrap();
        (count("emitted"), count("review"), count("gap"))
    };
    assert_eq!(convert("before"), (0, 40, 0));
    review(home.path(), DECIDED);
    let told = sound(home.path(), &IMPORT);
    assert!(told.contains("3 decided anew, 0 changed"), "{told}");
    assert_eq!(convert("after"), (20, 10, 10));
}

#[test]
fn a_second_export_asks_about_what_is_new_or_open_alone() {
    let home = drafted("B1,9001,Trampoline,25/04/2024,GP\n");
    let arguments = |out: &'static str| {
        [
            "crosswalk",
            "export",
            "alerts.csv",
            "--profile",
            "riv/profile.toml",
            "--out",
            out,
        ]
    };
    let first = sound(home.path(), &arguments("first.csv"));
    assert!(
        first.contains("alert_types: 0 decided before, 5 open, 0 new"),
        "{first}"
    );
    review(home.path(), DECIDED);
    sound(home.path(), &IMPORT);
    let mut rows = std::fs::read_to_string(home.path().join("alerts.csv")).unwrap();
    rows += "B2,9002,asthma,25/04/2024,GP\nB3,9003,Slippery steps,25/04/2024,GP\n";
    std::fs::write(home.path().join("alerts.csv"), rows).unwrap();
    let second = sound(home.path(), &arguments("second.csv"));
    assert!(
        second.contains("alert_types: 3 decided before, 2 open, 1 new"),
        "{second}"
    );
    let written = std::fs::read_to_string(home.path().join("second.csv")).unwrap();
    assert!(
        written.contains("Slippery steps") && !written.contains("\nAsthma"),
        "{written}"
    );
    // a workbook has both crosswalks, and comes back unchanged
    sound(home.path(), &arguments("second.xlsx"));
    let told = sound(
        home.path(),
        &[
            "crosswalk",
            "import",
            "second.xlsx",
            "--profile",
            "riv/profile.toml",
        ],
    );
    assert!(
        told.contains("alert_types: 0 decided anew, 0 changed"),
        "{told}"
    );
    assert!(
        told.contains("sources: 0 decided anew, 0 changed"),
        "{told}"
    );
    assert!(crosswalk(home.path()).contains("Slippery steps"));
    assert!(crosswalk(home.path()).contains("MED1.01,approved,exact"));
    assert_eq!(pac(home.path(), &arguments("second.xlsx")).2, 2);
}

#[test]
fn an_import_refuses_what_cannot_be_and_keeps_what_was_approved() {
    let home = drafted("");
    review(home.path(), DECIDED);
    sound(home.path(), &IMPORT);
    let before = crosswalk(home.path());
    review(
        home.path(),
        "Asthma,MED1.99,approved,,,\nHome oxygen,,approved,,,\n",
    );
    let (_, err, code) = pac(home.path(), &IMPORT);
    assert_eq!(code, 2);
    assert!(
        err.contains("reviewed.csv:2: Asthma: MED1.99 is no code"),
        "{err}"
    );
    assert!(
        err.contains("reviewed.csv:3: Home oxygen: is approved and has no target"),
        "{err}"
    );
    assert_eq!(crosswalk(home.path()), before);
    review(
        home.path(),
        "Asthma,,review,,,\nHome oxygen,RISK5.02,approved,,officer,2026-11-21\n",
    );
    let told = sound(home.path(), &IMPORT);
    assert!(
        told.contains("kept  Asthma: stays approved MED1.01"),
        "{told}"
    );
    assert!(
        told.contains("changed  Home oxygen: was approved RISK5.01, is approved RISK5.02"),
        "{told}"
    );
    assert!(crosswalk(home.path()).contains("Asthma,MED1.01,approved"));
}

#[test]
fn decisions_of_another_landlord_are_proposals_with_their_provenance() {
    let home = drafted("");
    std::fs::write(
        home.path().join("harbour.csv"),
        "value,target,status\nZorbing,RISK5.07,approved\nAsthma,MED1.02,draft\n",
    )
    .unwrap();
    let arguments = [
        "crosswalk",
        "export",
        "alerts.csv",
        "--profile",
        "riv/profile.toml",
        "--learn",
        "harbour.csv",
        "--out",
        "review.csv",
    ];
    sound(home.path(), &arguments);
    let written = std::fs::read_to_string(home.path().join("review.csv")).unwrap();
    let row = written
        .lines()
        .find(|line| line.starts_with("Zorbing"))
        .unwrap();
    assert!(
        row.contains("RISK5.07") && row.contains("harbour.csv"),
        "{row}"
    );
    // it is a proposal: the row is not approved by it
    assert!(!row.contains("approved,"), "{row}");
}

#[test]
fn a_check_tells_what_to_look_at() {
    let home = drafted("");
    review(home.path(), DECIDED);
    sound(home.path(), &IMPORT);
    let profile = ["crosswalk", "check", "--profile", "riv/profile.toml"];
    let (out, _, code) = pac(home.path(), &profile);
    assert_eq!(code, 0, "{out}");
    std::fs::write(
        home.path().join("other.csv"),
        "value,target,status\nAsthma,MED1.02,approved\nTwo person visit,RISK2.01,approved\n",
    )
    .unwrap();
    let (out, _, code) = pac(home.path(), &[&profile[..], &["other.csv"]].concat());
    assert_eq!(code, 1);
    assert!(
        out.contains("other.csv:2: warning: Asthma: is MED1.02 here, and MED1.01 in"),
        "{out}"
    );
    assert!(
        out.contains("other.csv:3: warning: Two person visit: says how to visit"),
        "{out}"
    );
    assert_eq!(pac(home.path(), &["crosswalk", "check"]).2, 2);
}

#[test]
fn decided_rows_are_a_mapping_set() {
    let home = drafted("");
    review(home.path(), DECIDED);
    sound(home.path(), &IMPORT);
    let arguments = [
        "crosswalk",
        "export",
        "--profile",
        "riv/profile.toml",
        "--out",
        "riv.sssom.tsv",
    ];
    sound(home.path(), &arguments);
    let text = std::fs::read_to_string(home.path().join("riv.sssom.tsv")).unwrap();
    assert!(
        text.contains("RIV:Asthma\tAsthma\tskos:exactMatch\tPAC:MED1.01\tAsthma\t"),
        "{text}"
    );
    assert!(
        text.contains("RIV:Zorbing\tZorbing\tskos:exactMatch\tsssom:NoTermFound\t"),
        "{text}"
    );
    assert!(!text.contains("Two person"));
}

/// A landlord's folder with a wide export and its draft.
fn drafted_wide() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let mut rows = "Tenant,Asthma,Two Up,Dog,Dog Since,Recorded On\n".to_owned();
    for row in 0..40 {
        let word = |every: usize| if row % every == 0 { "Y" } else { "N" };
        let (asthma, visit, dog) = (word(2), word(4), word(5));
        rows += &format!(
            "{},{asthma},{visit},{dog},14/03/2023,25/04/2024\n",
            4000 + row
        );
    }
    std::fs::write(home.path().join("alerts.csv"), rows).unwrap();
    sound(home.path(), &["draft", "alerts.csv", "--out", "riv"]);
    home
}

#[test]
fn flags_go_to_reviewers_and_back_as_labels_do() {
    let home = drafted_wide();
    let profile = ["--profile", "riv/profile.toml"];
    let export = |out: &str| {
        let arguments = ["crosswalk", "export", "alerts.csv", "--out", out];
        sound(home.path(), &[&arguments[..], &profile].concat())
    };
    export("asked.csv");
    let asked = std::fs::read_to_string(home.path().join("asked.csv")).unwrap();
    let row = |value: &str| {
        let rows = person_alerts::review::parse("asked.csv", asked.as_bytes()).unwrap();
        let found = rows.into_iter().find(|(_, row)| row.value == value);
        found.unwrap().1
    };
    assert_eq!((row("Asthma").cells, row("Dog").cells), (Some(20), Some(8)));
    assert_eq!(row("Asthma").target(), "MED1.01");
    assert_eq!(row("Asthma").status, "draft");
    assert!(row("Two Up").marks.contains("control measure"), "{asked}");
    review(
        home.path(),
        "Asthma,MED1.01,approved,exact,housing officer,2026-11-20\n\
         Dog,RISK3.03,review,narrower,,\n",
    );
    let import = |file: &str| {
        let arguments = ["crosswalk", "import", file, "--crosswalk", "flags"];
        sound(home.path(), &[&arguments[..], &profile].concat())
    };
    let told = import("reviewed.csv");
    assert!(told.contains("flags: 1 decided anew, 0 changed"), "{told}");
    let convert = [
        "convert",
        "alerts.csv",
        "--out",
        "out",
        "--as-of",
        "2026-11-22",
        "--fail-on",
        "never",
    ];
    sound(home.path(), &[&convert[..], &profile].concat());
    let report = std::fs::read(home.path().join("out/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let total = &report["ledger"]["total"];
    assert_eq!(
        (total["emitted"].as_u64(), total["review"].as_u64()),
        (Some(20), Some(18))
    );
    // a workbook has a sheet for them, and comes back as it went
    let told = export("asked.xlsx");
    assert!(
        told.contains("flags: 1 decided before, 2 open, 0 new"),
        "{told}"
    );
    let told = import("asked.xlsx");
    assert!(
        told.contains("flags: 0 decided anew, 0 changed, 0 as before, 2 open"),
        "{told}"
    );
}

#[test]
fn a_flag_whose_crosswalk_has_no_row_for_it_is_refused_with_the_remedy() {
    let home = drafted_wide();
    let file = home.path().join("riv/flags.csv");
    let rows = std::fs::read_to_string(&file).unwrap();
    let without: Vec<&str> = rows
        .lines()
        .filter(|line| !line.starts_with("Dog,"))
        .collect();
    std::fs::write(&file, without.join("\n")).unwrap();
    let arguments = [
        "convert",
        "alerts.csv",
        "--profile",
        "riv/profile.toml",
        "--out",
        "out",
    ];
    let (_, err, code) = pac(home.path(), &arguments);
    assert_eq!(code, 2);
    assert!(
        err.contains("crosswalks.flags has no row with the value Dog; add one"),
        "{err}"
    );
}
