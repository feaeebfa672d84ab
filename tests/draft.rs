//! `pac draft`: its profiles run untouched, apply no code that nobody has reviewed, and find the columns that
//! the profiles of the fixtures name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use toml::Value;

/// Fields for which a draft may take another column than the fixture's profile, and why that is no fault of it.
const DISPUTED: [(&str, &str, &str); 1] = [(
    "larkhill_multivalued",
    "alert_description",
    "the notes hold codes too, which the profile states as alerts of their own",
)];

fn pac(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pac"));
    command.current_dir(folder).args(arguments);
    command.output().unwrap()
}

/// An export with a profile that somebody wrote for it.
struct Case {
    name: String,
    inputs: Vec<PathBuf>,
    profile: PathBuf,
}

fn cases(synthesized: &Path) -> Vec<Case> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = std::fs::read_dir(fixtures).unwrap();
    let mut cases: Vec<Case> = folders
        .map(|entry| case(&entry.unwrap().path(), "input"))
        .filter(|case| case.profile.exists() && !case.inputs.is_empty())
        .collect();
    for shape in ["long", "wide", "multi", "nested-json", "ndjson", "xlsx"] {
        let out = synthesized.join(shape);
        let out = out.to_str().unwrap();
        let made = [
            "synth",
            "--rows",
            "120",
            "--seed",
            "5",
            "--fault",
            "all=0.004",
            "--shape",
            shape,
            "--out",
            out,
        ];
        assert!(pac(synthesized, &made).status.success());
        cases.push(case(&synthesized.join(shape), "alerts"));
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

fn case(folder: &Path, prefix: &str) -> Case {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().path());
    let mut inputs: Vec<PathBuf> = names
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(prefix)
        })
        .collect();
    inputs.sort();
    Case {
        name: folder.file_name().unwrap().to_str().unwrap().to_owned(),
        inputs,
        profile: folder.join("profile.toml"),
    }
}

/// The columns of the fields of a profile.
fn columns(profile: &toml::Table) -> BTreeMap<String, Value> {
    let fields = profile["fields"].as_table().unwrap();
    let column = |value: &Value| match value {
        Value::Table(keys) => keys.get("column").or(keys.get("columns")).cloned(),
        other => Some(other.clone()),
    };
    let named = |field: &str| match field {
        "active" => "is_active".to_owned(),
        // the same key, as it is written
        "source_alert_ref" => "person_alert_id".to_owned(),
        other => other.to_owned(),
    };
    fields
        .iter()
        .filter_map(|(field, value)| Some((named(field), column(value)?)))
        .collect()
}

#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: Vec<String>,
    unsure: usize,
    missed: usize,
}

#[test]
fn drafts_run_untouched_and_find_the_columns() {
    let home = tempfile::tempdir().unwrap();
    let mut all = Score::default();
    for case in cases(home.path()) {
        let out = home.path().join(format!("draft-{}", case.name));
        let inputs: Vec<&str> = case
            .inputs
            .iter()
            .map(|path| path.to_str().unwrap())
            .collect();
        let arguments = [&["draft"], &inputs[..], &["--out", out.to_str().unwrap()]].concat();
        let done = pac(home.path(), &arguments);
        let told = String::from_utf8(done.stderr).unwrap();
        assert!(done.status.success(), "{}: {told}", case.name);
        let text = std::fs::read_to_string(out.join("profile.toml")).unwrap();
        let drafted: toml::Table = text.parse().unwrap();
        let score = compare(&case, &text, &drafted);
        println!(
            "{:<22} {} right, {} unsure, {} missed, wrong: {}",
            case.name,
            score.right,
            score.unsure,
            score.missed,
            score.wrong.join("; ")
        );
        all.right += score.right;
        all.unsure += score.unsure;
        all.missed += score.missed;
        all.wrong.extend(score.wrong);
        nothing_unreviewed_is_applied(&case.name, &drafted, &inputs, &out);
    }
    println!("all: {all:?}");
    assert!(all.right >= 240, "{}", all.right);
    assert!(all.wrong.len() <= 2, "{:?}", all.wrong);
}

fn compare(case: &Case, text: &str, drafted: &toml::Table) -> Score {
    let written: toml::Table = std::fs::read_to_string(&case.profile)
        .unwrap()
        .parse()
        .unwrap();
    let (drafted, written) = (columns(drafted), columns(&written));
    let mut score = Score::default();
    for (field, column) in &written {
        let proposed = text
            .lines()
            .any(|line| line.starts_with(&format!("# {field} = ")));
        match drafted.get(field) {
            Some(own) if own == column => score.right += 1,
            Some(own) => score
                .wrong
                .push(format!("{} {field}: {own}, and not {column}", case.name)),
            None if proposed => score.unsure += 1,
            None => score.missed += 1,
        }
    }
    for (field, column) in &drafted {
        let disputed = DISPUTED
            .iter()
            .any(|(name, own, _)| *name == case.name && own == field);
        if !written.contains_key(field) && !disputed {
            score
                .wrong
                .push(format!("{} {field}: {column}, and not at all", case.name));
        }
    }
    score
}

/// Converts with an untouched draft.
fn nothing_unreviewed_is_applied(name: &str, drafted: &toml::Table, inputs: &[&str], draft: &Path) {
    let profile = draft.join("profile.toml");
    let out = draft.join("out");
    let arguments = [
        &["convert"],
        inputs,
        &[
            "--profile",
            profile.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
        ],
        &["--as-of", "2026-11-22", "--fail-on", "never"],
    ]
    .concat();
    let done = pac(draft, &arguments);
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{name}: {told}");
    let report = std::fs::read(out.join("report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&report).unwrap();
    let total = &report["ledger"]["total"];
    assert!(total["candidates"].as_u64().unwrap() > 0, "{name}");
    let code = drafted["fields"].get("person_alert_code_id");
    let reviewed = code.and_then(|code| code.get("crosswalk"));
    if reviewed.is_some() || drafted.contains_key("flags") {
        assert_eq!(total["emitted"], 0, "{name}");
    }
}

#[test]
fn a_draft_is_read_by_its_owner_only_and_replaces_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    std::fs::write(
        home.path().join("a.csv"),
        "Tenant,Type,From\n12,Asthma,25/04/2024\n",
    )
    .unwrap();
    let arguments = ["draft", "a.csv", "--out", "riverside-homes"];
    assert!(pac(home.path(), &arguments).status.success());
    let profile = home.path().join("riverside-homes/profile.toml");
    let mode = std::fs::metadata(&profile).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let text = std::fs::read_to_string(profile).unwrap();
    assert!(text.contains("name = \"Riverside Homes\"\n"), "{text}");
    assert!(text.contains("code = \"RIVERSIDE-HOMES\"\n"), "{text}");
    assert_eq!(pac(home.path(), &arguments).status.code(), Some(2));
}

#[test]
fn an_earlier_draft_is_replaced_on_request_unless_somebody_has_decided_in_it() {
    let home = tempfile::tempdir().unwrap();
    let input = "Tenant,Type,From\n12,Asthma,25/04/2024\n13,Zorbing,25/04/2024\n";
    std::fs::write(home.path().join("a.csv"), input).unwrap();
    let arguments = ["draft", "a.csv", "--out", "riv", "--force"];
    assert!(pac(home.path(), &arguments).status.success());
    assert!(pac(home.path(), &arguments).status.success());
    let refused = |why: &str| {
        let done = pac(home.path(), &arguments);
        let err = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{err}");
        assert!(err.contains(why), "{err}");
    };
    let crosswalk = home.path().join("riv/alert_types.csv");
    let rows = std::fs::read_to_string(&crosswalk).unwrap();
    let decided = rows.replace("Asthma,MED1.01,draft", "Asthma,MED1.01,approved");
    assert_ne!(rows, decided);
    std::fs::write(&crosswalk, decided).unwrap();
    refused("holds decisions in alert_types.csv");
    std::fs::write(&crosswalk, rows).unwrap();
    std::fs::write(home.path().join("riv/letter.docx"), "x").unwrap();
    refused("holds letter.docx, which is no output of pac");
    std::fs::remove_file(home.path().join("riv/letter.docx")).unwrap();
    let profile = home.path().join("riv/profile.toml");
    let text = std::fs::read_to_string(&profile).unwrap();
    let gone_through: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    std::fs::write(&profile, gone_through.join("\n")).unwrap();
    refused("one that somebody has gone through");
}

#[test]
fn an_export_without_a_column_for_a_field_that_is_needed_still_runs() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(
        home.path().join("a.csv"),
        "Tenant,Type\n12,Asthma\n13,Stairs\n",
    )
    .unwrap();
    assert!(
        pac(home.path(), &["draft", "a.csv", "--out", "d"])
            .status
            .success()
    );
    let convert = [
        "convert",
        "a.csv",
        "--profile",
        "d/profile.toml",
        "--out",
        "o",
        "--fail-on",
        "never",
    ];
    let done = pac(home.path(), &convert);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8(done.stderr).unwrap()
    );
    let told = String::from_utf8(done.stdout).unwrap();
    assert!(told.contains("2 rejected"), "{told}");
}

#[test]
fn a_widely_used_list_is_known_by_its_values_and_proposed_as_base() {
    let home = tempfile::tempdir().unwrap();
    let drafted = |name: &str, header: &str, values: &[&str]| {
        let rows =
            (0..60).map(|row| format!("{},{},25/04/2024\n", 500 + row, values[row % values.len()]));
        let text = format!("Tenant,{header},From\n{}", rows.collect::<String>());
        std::fs::write(home.path().join(format!("{name}.csv")), text).unwrap();
        let done = pac(
            home.path(),
            &["draft", &format!("{name}.csv"), "--out", name],
        );
        assert!(done.status.success());
        let read = |file: &str| std::fs::read_to_string(home.path().join(name).join(file)).unwrap();
        (read("profile.toml"), read("alert_types.csv"))
    };
    let (profile, rows) = drafted(
        "hact",
        "Type",
        &["20-50", "20-30", "10-10", "40", "Elderly"],
    );
    assert!(
        profile.contains("# 5 of its 5 values are those of hact-ukhds-3.5"),
        "{profile}"
    );
    assert!(
        profile.contains("# base = \"hact-ukhds-3.5\"\n"),
        "{profile}"
    );
    assert!(rows.contains("20-50,Wheelchair,,review"), "{rows}");
    assert!(
        rows.contains("40,Language support,COMM1.11,draft"),
        "{rows}"
    );
    let (profile, rows) = drafted("psr", "PSR Needs Code", &["1", "8", "14", "26"]);
    assert!(
        profile.contains("# base = \"psr-needs-codes\"\n"),
        "{profile}"
    );
    assert!(rows.contains("26,Oxygen Use,RISK5.01,draft"), "{rows}");
    // the same numbers elsewhere may be anything
    let (profile, rows) = drafted("numbers", "Alert Type", &["1", "8", "14", "26"]);
    assert!(!profile.contains("base ="), "{profile}");
    assert!(!rows.contains("RISK5"), "{rows}");
}

#[test]
fn who_raised_an_alert_is_a_source_in_words_and_a_user_in_numbers() {
    let home = tempfile::tempdir().unwrap();
    for (name, who) in [
        ("words", ["GP", "SOCIAL WORKER"]),
        ("numbers", ["1040", "1077"]),
    ] {
        let rows = (0..60).map(|row| format!("{},Asthma,25/04/2024,{}\n", 500 + row, who[row % 2]));
        let text = format!("Tenant,Type,From,Raised By\n{}", rows.collect::<String>());
        std::fs::write(home.path().join(format!("{name}.csv")), text).unwrap();
        let done = pac(
            home.path(),
            &["draft", &format!("{name}.csv"), "--out", name],
        );
        assert!(done.status.success());
        let profile = std::fs::read_to_string(home.path().join(name).join("profile.toml")).unwrap();
        let field = match name {
            "words" => "source_type_id = { column = \"Raised By\"",
            _ => "created_by_user_id = \"Raised By\"",
        };
        let found = profile.lines().any(|line| line.starts_with(field));
        assert!(found, "{profile}");
    }
}
