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
