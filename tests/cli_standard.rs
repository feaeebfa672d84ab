//! The subcommands about the standard, as the built program answers them.

use std::process::{Command, Output};

fn pac(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pac"))
        .args(arguments)
        .output()
        .unwrap()
}

fn stdout(arguments: &[&str]) -> String {
    let output = pac(arguments);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {complaint}");
    assert_eq!(complaint, "", "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn complaint(arguments: &[&str]) -> String {
    let output = pac(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn json(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&stdout(arguments)).unwrap()
}

#[test]
fn codes_are_listed_in_every_format() {
    let text = stdout(&["codes", "list"]);
    assert_eq!(text.lines().count(), 126);
    assert!(text.starts_with("MED1.01    critical  Respiratory Condition: Asthma\n"));
    let listed = json(&["codes", "list", "--format", "json"]);
    assert_eq!(listed.as_array().unwrap().len(), 126);
    let csv = stdout(&["codes", "--format", "csv", "list"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(&reader.headers().unwrap()[2], "alert_subcode");
    assert_eq!(reader.records().map(Result::unwrap).count(), 126);
}

#[test]
fn a_code_is_shown_in_any_case() {
    let text = stdout(&["codes", "show", "risk5.01"]);
    assert!(text.starts_with("RISK5.01  Home Oxygen Use\n"), "{text}");
    let code = json(&["codes", "show", "MED1.01", "--format", "json"]);
    assert_eq!(code["alert_category"], "Medical");
    assert_eq!(code["is_critical"], true);
    assert_eq!(code["default_special_category"], "HEALTH");
}

#[test]
fn an_unknown_code_gets_a_remedy() {
    assert_eq!(
        complaint(&["codes", "show", "RISK1.04"]),
        "pac: RISK1.04: the standard has no such code; \
         choose from RISK1.01, RISK1.02, RISK1.03, RISK1.05, RISK1.06\n"
    );
    let text = complaint(&["codes", "show", "MED101"]);
    assert!(text.contains("did you mean MED1.01 (Asthma)?"), "{text}");
    let text = complaint(&["codes", "show", "asthma"]);
    assert!(text.contains("`pac codes search`"), "{text}");
}

#[test]
fn codes_are_searched() {
    let text = stdout(&["codes", "search", "OXYGEN"]);
    assert!(text.starts_with("RISK5.01 "), "{text}");
    let found = json(&["codes", "search", "Hoarding", "moder", "--format", "json"]);
    assert_eq!(found[0]["alert_subcode"], "RISK1.02");
    let nothing = json(&["codes", "search", "unicorn", "--format", "json"]);
    assert_eq!(nothing, serde_json::json!([]));
    assert!(stdout(&["codes", "search", "unicorn"]).starts_with("no code found for: unicorn"));
    let stairs = stdout(&["codes", "search", "can't manage stairs"]);
    assert!(
        stairs
            .starts_with("the standard has no code for: can't manage stairs; no code for mobility"),
        "{stairs}"
    );
    let dv = stdout(&["codes", "search", "DV"]);
    assert!(
        dv.contains("direction_unstated") && dv.contains("suffered or committed"),
        "{dv}"
    );
    let pairs = stdout(&["codes", "search", "visit in pairs"]);
    assert!(
        pairs.starts_with("no one code means: visit in pairs; how to visit and not why"),
        "{pairs}"
    );
    assert!(stdout(&["codes", "search", "asma"]).starts_with("MED1.01 "));
    complaint(&["codes", "search"]);
}

#[test]
fn schemas_are_printed_in_every_format() {
    let one = json(&["schema", "person_alert"]);
    assert_eq!(one["title"], "person_alert");
    let all = json(&["schema", "all"]);
    let names: Vec<&String> = all.as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 6);
    assert_eq!(all["person_alert"], one);
    for (format, head) in [
        ("sql-sqlite", "CREATE TABLE \"NAME\" ("),
        ("sql-postgres", "CREATE TABLE \"NAME\" ("),
        ("dictionary", "## NAME"),
    ] {
        let text = stdout(&["schema", "all", "--format", format]);
        let lines: Vec<&str> = text.lines().collect();
        let place = |name: &&String| {
            let head = head.replace("NAME", name);
            lines.iter().position(|line| **line == head).unwrap()
        };
        let places: Vec<usize> = names.iter().map(place).collect();
        assert!(places.is_sorted(), "{format}: {places:?}");
    }
    let text = complaint(&["schema", "person_alerts"]);
    assert!(text.contains("'person_alert'"), "{text}");
}

#[test]
fn printed_sql_loads() {
    let sql = stdout(&["schema", "all", "--format", "sql-sqlite"]);
    let database = rusqlite::Connection::open_in_memory().unwrap();
    database.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    database.execute_batch(&sql).unwrap();
    let count: i64 = database
        .query_row("SELECT count(*) FROM person_alert_codes", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(count, 126);
}

#[test]
fn a_folder_replaces_files_of_the_standard() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("alert_categories.csv");
    let mut list = "alert_category_id,alert_category_name\n".to_owned();
    for id in 1..=7 {
        list.push_str(&format!("{id},O'Clock {id}\n"));
    }
    std::fs::write(&path, &list).unwrap();
    let folder = dir.path().to_str().unwrap();
    let sql = stdout(&[
        "schema",
        "alert_categories",
        "--format",
        "sql-sqlite",
        "--standard",
        folder,
    ]);
    assert!(sql.ends_with("  (7, 'O''Clock 7');\n"), "{sql}");
    std::fs::write(&path, list.replace("7,O'Clock 7\n", "")).unwrap();
    let text = complaint(&["--standard", folder, "codes", "list"]);
    let why = "person_alert_codes.csv: alert_category_id 7 is not in alert_categories\n";
    assert!(text.ends_with(why), "{text}");
    let missing = dir.path().join("missing");
    let text = complaint(&["--standard", missing.to_str().unwrap(), "codes", "list"]);
    assert!(text.ends_with("missing is no folder\n"), "{text}");
}

#[test]
fn code_lists_are_checked_by_themselves() {
    let sound = pac(&["codes", "check"]);
    assert_eq!(sound.status.code(), Some(0));
    let text = String::from_utf8(sound.stdout).unwrap();
    assert!(text.ends_with("0 errors, 0 warnings, 0 infos\n"), "{text}");

    let dir = tempfile::tempdir().unwrap();
    let schemas = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let list = std::fs::read_to_string(schemas.join("person_alert_codes.csv")).unwrap();
    let own = dir.path().join("person_alert_codes.csv");
    let changed = "1,MED1,MED1.01,1,Respiratory Condition,Asthma,true,false,Severe";
    let usual = "1,MED1,MED1.01,1,Respiratory Condition,Asthma,true,true,High";
    std::fs::write(&own, list.replace(usual, changed)).unwrap();
    let folder = dir.path().to_str().unwrap();
    let faulty = pac(&["codes", "check", "--standard", folder, "--format", "json"]);
    assert_eq!(faulty.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&faulty.stdout).unwrap();
    let told = told.as_array().unwrap().iter();
    let told: Vec<String> = told
        .map(|own| format!("{} {} {}", own["rule"], own["line"], own["column"]))
        .collect();
    let expected = [
        r#""PAC865" 2 "repairs_impact""#,
        r#""PAC868" 2 "is_awaab_relevant""#,
        r#""PAC868" 2 "repairs_impact""#,
    ];
    assert_eq!(told, expected);

    std::fs::write(&own, list.replace("2,MED1,MED1.02", "2,MED1,MED1.01")).unwrap();
    let text = complaint(&["codes", "check", "--standard", folder]);
    let why = "person_alert_codes.csv: line 3: alert_subcode med1.01 stands on line 2 already (PAC861 code_pair_unique)\n";
    assert!(text.ends_with(why), "{text}");
}

#[test]
fn completions_are_written_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&["completions", shell]);
        assert!(script.contains("completions"), "{shell}");
        // The scripts of the other shells do not complete positional arguments.
        let knows_tables = script.contains("person_alert_history");
        assert_eq!(knows_tables, ["bash", "zsh"].contains(&shell), "{shell}");
    }
    complaint(&["completions", "tcsh"]);
}

#[test]
fn the_manual_is_printed_or_written() {
    let page = stdout(&["man"]);
    assert!(page.contains(".TH pac 1"), "{page}");
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("man1");
    assert_eq!(stdout(&["man", "--dir", folder.to_str().unwrap()]), "");
    for page in ["pac.1", "pac-codes.1", "pac-codes-show.1", "pac-schema.1"] {
        assert!(folder.join(page).is_file(), "{page}");
    }
    let file = folder.join("pac.1");
    let text = complaint(&["man", "--dir", file.to_str().unwrap()]);
    assert!(text.starts_with("pac: "), "{text}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = Command::new(env!("CARGO_BIN_EXE_pac"))
        .args(["schema", "all"])
        .stdout(writer)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{complaint}");
    assert_eq!(complaint, "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let output = Command::new(env!("CARGO_BIN_EXE_pac"))
        .args(["codes", "list"])
        .stdout(std::fs::File::create("/dev/full").unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "pac: standard output: the disk is full; free some room and run again\n"
    );
}
