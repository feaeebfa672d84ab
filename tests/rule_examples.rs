//! Every rule's own examples, run through the whole pipeline.

mod examples;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use person_alerts::check::rule::{Example, Rule};
use person_alerts::check::rules::RULES;
use person_alerts::conversion::{self, Options, ReferencePaths, Subject, parse_day};
use person_alerts::pipeline::Progress;
use person_alerts::profile::Allowances;
use person_alerts::standard::Standard;

use examples::{FAULTLESS, csv, log, profile, written};

/// Rules whose trigger lies in a profile or in bytes, and not in the cells of a CSV: each is tried by
/// a test of its own below; PAC104, which needs two keys with one hash, beside the gate; and those that
/// need dates of birth in tests/birth_dates.rs.
const TRIED_BELOW: [&str; 28] = [
    "PAC003", "PAC021", "PAC022", "PAC023", "PAC026", "PAC104", "PAC111", "PAC202", "PAC203",
    "PAC204", "PAC302", "PAC414", "PAC415", "PAC416", "PAC417", "PAC418", "PAC419", "PAC506",
    "PAC801", "PAC802", "PAC803", "PAC706", "PAC707", "PAC708", "PAC804", "PAC805", "PAC901",
    "PAC902",
];

struct Silent;

impl Progress for Silent {
    fn advance(&mut self, _: u64, _: u64) {}
}

/// Ids of the rules that speak about an input.
fn rules_for(input: &[u8], profile: &str, standard: Standard) -> HashSet<&'static str> {
    rules_beside(input, profile, standard, ReferencePaths::default())
}

/// As [`rules_for`], with reference files.
fn rules_beside(
    input: &[u8],
    profile: &str,
    standard: Standard,
    references: ReferencePaths,
) -> HashSet<&'static str> {
    rules_beside_all(input, profile, standard, references, Vec::new())
}

/// As [`rules_beside`], with logs of changes.
fn rules_beside_all(
    input: &[u8],
    profile: &str,
    standard: Standard,
    references: ReferencePaths,
    logs: Vec<PathBuf>,
) -> HashSet<&'static str> {
    let home = tempfile::tempdir().unwrap();
    let (export, mapping) = (home.path().join("input"), home.path().join("profile.toml"));
    std::fs::write(&export, input).unwrap();
    std::fs::write(&mapping, profile).unwrap();
    let subject = Subject::Landlord {
        profile: mapping,
        inputs: vec![export],
        logs,
        references,
    };
    let options = Options {
        standard: Arc::new(standard),
        as_of: parse_day("2026-11-22").unwrap(),
        threads: 1,
        show_values: false,
        allowances: Allowances::default(),
        max_reject_percent: None,
        rules: None,
        schemas: Vec::new(),
    };
    let done = conversion::convert(&subject, None, &options, &mut Silent).unwrap();
    done.report
        .findings
        .rules
        .iter()
        .map(|rule| rule.rule)
        .collect()
}

fn embedded() -> Standard {
    Standard::embedded().unwrap()
}

fn speaks(rule: &Rule, example: &Example) -> bool {
    let (input, profile) = written(example);
    let standard = match example {
        Example::List(table, changes) => match with_list(table, changes) {
            Ok(standard) => standard,
            Err(error) => return error.to_string().contains(rule.id),
        },
        _ => embedded(),
    };
    let home = tempfile::tempdir().unwrap();
    let logs = log(example).map(|text| {
        let path = home.path().join("log.csv");
        std::fs::write(&path, text).unwrap();
        path
    });
    let logs = logs.into_iter().collect();
    rules_beside_all(
        input.as_bytes(),
        &profile,
        standard,
        ReferencePaths::default(),
        logs,
    )
    .contains(rule.id)
}

/// The standard with a list of the user's own, which differs from the one that is built in.
fn with_list(table: &str, changes: &[(&str, &str)]) -> person_alerts::error::Result<Standard> {
    let file = format!("{table}.csv");
    let list = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("schemas")
        .join(&file);
    let mut text = std::fs::read_to_string(list).unwrap();
    for (usual, changed) in changes {
        assert!(text.contains(usual), "{table}: {usual}");
        text = text.replace(usual, changed);
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(file), text).unwrap();
    Standard::load(Some(folder.path()))
}

#[test]
fn lists_like_those_built_in_have_no_finding() {
    for list in embedded().lookups() {
        let standard = with_list(&list.table, &[]).unwrap();
        let columns: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
        let spoken = rules_for(csv(&[&[]]).as_bytes(), &profile(&columns), standard);
        assert_eq!(spoken, HashSet::new(), "{}", list.table);
    }
}

#[test]
fn every_rule_speaks_about_its_failing_examples_only() {
    for rule in RULES {
        for example in rule.passing {
            assert!(
                !speaks(rule, example),
                "{} speaks about {example:?}",
                rule.id
            );
        }
        for example in rule.failing {
            assert!(
                speaks(rule, example),
                "{} is silent about {example:?}",
                rule.id
            );
        }
        let tried = !rule.failing.is_empty() || TRIED_BELOW.contains(&rule.id);
        assert!(tried, "{} is never seen to speak", rule.id);
    }
}

#[test]
fn findings_about_a_list_name_its_file_and_line() {
    let changes = [("Asthma,true,true,High", "Asthma,true,false,High")];
    let standard = with_list("person_alert_codes", &changes).unwrap();
    let home = tempfile::tempdir().unwrap();
    let all: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    let (export, mapping) = (home.path().join("input"), home.path().join("profile.toml"));
    std::fs::write(&export, csv(&[&[]])).unwrap();
    std::fs::write(&mapping, profile(&all)).unwrap();
    let subject = Subject::Landlord {
        profile: mapping,
        inputs: vec![export],
        logs: Vec::new(),
        references: ReferencePaths::default(),
    };
    let options = Options {
        standard: Arc::new(standard),
        as_of: parse_day("2026-11-22").unwrap(),
        threads: 1,
        show_values: false,
        allowances: Allowances::default(),
        max_reject_percent: None,
        rules: None,
        schemas: Vec::new(),
    };
    let destination = conversion::Destination {
        folder: home.path().join("out"),
        force: false,
    };
    conversion::convert(&subject, Some(&destination), &options, &mut Silent).unwrap();
    let text = std::fs::read_to_string(home.path().join("out/findings.csv")).unwrap();
    let mut findings = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = findings.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), 1, "{text}");
    let header = findings.headers().unwrap().clone();
    let cell = |name: &str| &rows[0][header.iter().position(|own| own == name).unwrap()];
    assert_eq!(cell("file"), "person_alert_codes.csv");
    assert_eq!((cell("record"), cell("line")), ("1", "2"));
    assert_eq!(cell("table"), "person_alert_codes");
    assert_eq!(cell("column"), "is_awaab_relevant");
    assert!(cell("message").ends_with("its alerts leave the count of Awaab's Law"));
}

#[test]
fn a_faultless_record_has_no_finding() {
    let columns: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    let spoken = rules_for(csv(&[&[]]).as_bytes(), &profile(&columns), embedded());
    assert_eq!(spoken, HashSet::new());
}

#[test]
fn a_text_as_long_as_a_cell_can_be() {
    let columns = [
        "person_id",
        "person_alert_code_id",
        "start_date",
        "source_details",
    ];
    let speaks = |length: usize| {
        let text = "x".repeat(length);
        let input = format!("{}\n1,MED1.01,2024-01-01,{text}\n", columns.join(","));
        rules_for(input.as_bytes(), &profile(&columns), embedded()).contains("PAC026")
    };
    assert!(speaks(32_767));
    assert!(!speaks(32_766));
    assert!(!speaks(32_768));
}

#[test]
fn undecodable_bytes() {
    let columns = [
        "person_id",
        "person_alert_code_id",
        "start_date",
        "source_details",
    ];
    let mut input = columns.join(",").into_bytes();
    input.extend_from_slice("\n1,MED1.01,2024-01-01,é\n2,MED1.01,2024-01-01,".as_bytes());
    input.extend_from_slice(b"\xE9\n");
    let text = profile(&columns).replace("[fields]", "[input]\nencoding = \"utf-8\"\n[fields]");
    assert!(rules_for(&input, &text, embedded()).contains("PAC003"));
}

#[test]
fn formats_by_another_column() {
    let columns = ["person_id", "person_alert_code_id", "start_date"];
    let input = "[input]\ndate_formats_by = \"System\"\n\
                 date_formats = { A = [\"dd/mm/yyyy\"], B = [\"mm/dd/yyyy\"] }\n[fields]";
    let text = profile(&columns).replace("[fields]", input);
    let speaks = |date: &str, system: &str| {
        let header = columns.join(",");
        let input = format!("{header},System\n1,MED1.01,{date},{system}\n");
        let mut spoken = rules_for(input.as_bytes(), &text, embedded());
        spoken.retain(|rule| rule.starts_with("PAC4") || *rule == "PAC007");
        spoken.retain(|rule| !["PAC408", "PAC410"].contains(rule));
        spoken
    };
    for (date, system) in [
        ("03/04/2024", "A"),
        ("03/04/2024", "b"),
        ("05/05/2024", ""),
        ("2024-04-03", "C"),
    ] {
        assert_eq!(speaks(date, system), HashSet::new(), "{date} {system}");
    }
    for (date, system) in [("03/04/2024", "C"), ("25/04/2024", "C"), ("03/04/2024", "")] {
        let undecided = HashSet::from(["PAC418"]);
        assert_eq!(speaks(date, system), undecided, "{date} {system}");
    }
    assert_eq!(speaks("25/04/2024", "B"), HashSet::from(["PAC411"]));
}

#[test]
fn dates_without_a_day_and_cells_that_are_no_dates() {
    let columns = [
        "person_id",
        "person_alert_code_id",
        "start_date",
        "end_date",
    ];
    let input = "[input]\ndate_formats = [\"dd/mm/yyyy\", \"mmm-yy\"]\n\
                 no_dates = [\"31/12/2098\"]\n[fields]";
    let text = profile(&columns).replace("[fields]", input);
    let speaks = |start: &str, end: &str| {
        let header = columns.join(",");
        let input = format!("{header}\n1,MED1.01,{start},{end}\n");
        rules_for(input.as_bytes(), &text, embedded())
    };
    assert!(speaks("Mar-22", "").contains("PAC415"));
    assert!(speaks("01/03/2022", "31/12/2098").contains("PAC416"));
    let emptied = speaks("31/12/2098", "");
    assert!(emptied.contains("PAC401") && emptied.contains("PAC416"));
    let quiet = speaks("01/03/2022", "30/12/2098");
    assert!(!quiet.contains("PAC415") && !quiet.contains("PAC416"));
}

#[test]
fn records_within_others() {
    let columns = ["person_alert_code_id", "start_date"];
    let records = "[input]\nrecords = \"/people/*/alerts/*\"\n[fields]\nperson_id = \"../id\"";
    let text = profile(&columns).replace("[fields]", records);
    let speaks = |input: &str| rules_for(input.as_bytes(), &text, embedded());
    let alert = "{\"person_alert_code_id\":\"MED1.01\",\"start_date\":\"2024-01-01\"}";
    let sound = format!("{{\"people\":[{{\"alerts\":[{alert}],\"id\":1}}]}}");
    let quiet = speaks(&sound);
    assert!(
        ["PAC020", "PAC021", "PAC022"]
            .iter()
            .all(|rule| !quiet.contains(rule))
    );
    assert!(speaks("{\"persons\":[]}").contains("PAC021"));
    assert!(speaks("[]").contains("PAC021"));
    // the first person is cut off, so that nobody knows whether a key was to follow
    assert!(speaks(&sound.replace("}],\"id\":1}]}", "}")).contains("PAC022"));
}

#[test]
fn records_of_other_kinds() {
    let columns = ["person_id", "person_alert_code_id", "start_date"];
    let only = "[input.only]\ncolumn = \"kind\"\nvalues = [\"alert\"]\n[fields]";
    let text = profile(&columns).replace("[fields]", only);
    let speaks = |kind: &str| {
        let rows = format!("1,MED1.01,2024-01-01,{kind}\n2,MED1.01,2024-01-01,alert\n");
        let input = format!("person_id,person_alert_code_id,start_date,kind\n{rows}");
        rules_for(input.as_bytes(), &text, embedded()).contains("PAC023")
    };
    assert!(speaks("visit"));
    assert!(!speaks("ALERT") && !speaks(""));
}

#[test]
fn crosswalk_statuses_and_defaults() {
    let text = r#"
[landlord]
name = "Example"
code = "EX"
[fields]
person_id = "p"
start_date = "d"
person_alert_code_id = { column = "c", crosswalk = "alerts" }
source_type_id = { column = "s", crosswalk = "sources", default = "UNK" }
[crosswalks.alerts.values]
asthma = "MED1.01"
twoup = { status = "review" }
deaf = { status = "gap" }
[crosswalks.sources]
unmapped = "OTH"
values = { doctor = "GP" }
"#;
    let speaks = |row: &str| {
        let input = format!("p,d,c,s\n{row}\n");
        rules_for(input.as_bytes(), text, embedded())
    };
    assert!(speaks("1,2024-01-01,twoup,doctor").contains("PAC203"));
    assert!(speaks("1,2024-01-01,deaf,doctor").contains("PAC204"));
    assert!(speaks("1,2024-01-01,other,doctor").contains("PAC202"));
    assert!(speaks("1,2024-01-01,asthma,nurse").contains("PAC302"));
    assert!(speaks("1,2024-01-01,asthma,").contains("PAC506"));
    let quiet = speaks("1,2024-01-01,Asthma,Doctor");
    for rule in ["PAC202", "PAC203", "PAC204", "PAC302", "PAC414", "PAC506"] {
        assert!(!quiet.contains(rule), "{rule}");
    }
}

#[test]
fn what_an_export_has_no_column_for_is_told_too() {
    let columns = ["person_id", "person_alert_code_id", "start_date"];
    let input = "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n";
    let spoken = rules_for(input.as_bytes(), &profile(&columns), embedded());
    let all = ["PAC301", "PAC408", "PAC410", "PAC507", "PAC601", "PAC603"];
    assert_eq!(spoken, HashSet::from(all));
}

#[test]
fn two_orders_of_day_and_month() {
    let columns = ["person_id", "person_alert_code_id", "start_date"];
    let formats = "[input]\ndate_formats = [\"dd/mm/yyyy\", \"mm/dd/yyyy\"]\n[fields]";
    let text = profile(&columns).replace("[fields]", formats);
    let speaks = |dates: &[&str]| {
        let rows = dates.iter().map(|date| format!("1,MED1.01,{date}\n"));
        let input = columns.join(",") + "\n" + &rows.collect::<String>();
        let mut spoken = rules_for(input.as_bytes(), &text, embedded());
        spoken.retain(|rule| ["PAC414", "PAC417", "PAC419"].contains(rule));
        spoken
    };
    assert_eq!(speaks(&["03/04/2024"]), HashSet::from(["PAC414"]));
    assert_eq!(speaks(&["25/04/2024", "05/05/2024"]), HashSet::new());
    let proven = HashSet::from(["PAC419"]);
    assert_eq!(speaks(&["25/04/2024", "03/04/2024"]), proven);
    assert_eq!(speaks(&["04/25/2024", "03/04/2024"]), proven);
    let both = speaks(&["25/04/2024", "04/25/2024", "03/04/2024"]);
    assert_eq!(both, HashSet::from(["PAC414", "PAC417"]));
}

#[test]
fn composed_keys() {
    let text = profile(&["person_alert_code_id", "start_date"])
        + "person_id = { columns = [\"house\", \"person\"] }\n";
    let speaks = |house: &str, person: &str| {
        let header = "house,person,person_alert_code_id,start_date";
        let input = format!("{header}\n{house},{person},MED1.01,2024-01-01\n");
        let mut spoken = rules_for(input.as_bytes(), &text, embedded());
        spoken.retain(|rule| rule.starts_with("PAC1"));
        spoken
    };
    assert_eq!(speaks("E12", "3"), HashSet::new());
    assert_eq!(speaks("101", "102"), HashSet::new());
    assert_eq!(speaks("E/12", "3"), HashSet::from(["PAC111"]));
    assert_eq!(speaks("E12", ""), HashSet::from(["PAC101"]));
    assert_eq!(speaks("E12", "Not found"), HashSet::from(["PAC102"]));
}

#[test]
fn reference_files() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).unwrap();
        Some(path)
    };
    let references = ReferencePaths {
        persons: write("persons.csv", "key,number\nP1,1\nP2,2\nP3,3\nP3,4\n"),
        organisations: write("orgs.csv", "key,number\n7,70\n8,80\n8,81\n"),
    };
    let columns = [
        "person_id",
        "person_alert_code_id",
        "start_date",
        "organisation_id",
    ];
    let speaks = |more: &str, person: &str, organisation: &str| {
        let input = format!(
            "{}\n{person},MED1.01,2024-01-01,{organisation}\n",
            columns.join(",")
        );
        let text = profile(&columns)
            + &format!("[persons]\nkey = \"key\"\n{more}[organisations]\nkey = \"key\"\n{more}");
        let mut spoken = rules_beside(input.as_bytes(), &text, embedded(), references.clone());
        spoken.retain(|rule| rule.starts_with("PAC8"));
        spoken
    };
    let resolved = "id = \"number\"\n";
    assert_eq!(speaks(resolved, "P1", "7"), HashSet::new());
    assert_eq!(speaks(resolved, "P9", "7"), HashSet::from(["PAC801"]));
    assert_eq!(speaks(resolved, "P3", "7"), HashSet::from(["PAC803"]));
    assert_eq!(speaks(resolved, "P1", "8"), HashSet::from(["PAC803"]));
    assert_eq!(speaks(resolved, "P1", "9"), HashSet::from(["PAC804"]));
    assert_eq!(speaks("", "P3", "8"), HashSet::new());
    assert_eq!(speaks("", "P9", "7"), HashSet::from(["PAC802"]));
    assert_eq!(speaks("", "P1", "9"), HashSet::from(["PAC805"]));
}

#[test]
fn a_schema_of_the_users_own_has_the_last_word() {
    let dir = tempfile::tempdir().unwrap();
    let schema = embedded().person_alert().schema.clone();
    let mut schema = schema;
    schema["properties"]["source_details"]["pattern"] = "^[a-z]+$".into();
    std::fs::write(
        dir.path().join("person_alert.schema.json"),
        schema.to_string(),
    )
    .unwrap();
    let columns: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    let own = || Standard::load(Some(dir.path())).unwrap();
    let good = csv(&[&[]]);
    assert!(rules_for(good.as_bytes(), &profile(&columns), own()).is_empty());
    let bad = csv(&[&[("source_details", "Surgery 7")]]);
    assert_eq!(
        rules_for(bad.as_bytes(), &profile(&columns), own()),
        HashSet::from(["PAC901"])
    );
}

#[test]
fn a_schema_beside_the_standards_is_asked_too() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("own.schema.json");
    let text = r#"{ "properties": { "source_details": { "pattern": "^[a-z]+$" } } }"#;
    std::fs::write(&path, text).unwrap();
    let columns: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    let profile = format!("schemas = ['{}']\n{}", path.display(), profile(&columns));
    let good = csv(&[&[]]);
    assert!(rules_for(good.as_bytes(), &profile, embedded()).is_empty());
    let bad = csv(&[&[("source_details", "Surgery 7")]]);
    let told = rules_for(bad.as_bytes(), &profile, embedded());
    assert_eq!(told, HashSet::from(["PAC902"]));
}

#[test]
fn a_source_that_no_column_feeds_is_told_too() {
    let columns = ["person_id", "person_alert_code_id", "start_date"];
    let input = b"person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n";
    assert!(rules_for(input, &profile(&columns), embedded()).contains("PAC301"));
}
