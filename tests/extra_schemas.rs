//! JSON Schemas of the user's own: what they see, what they find, and what is refused.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use person_alerts::check::schema::{ExtraSchema, WORDS};
use person_alerts::standard::Standard;
use serde_json::{Value, json};
use tempfile::TempDir;

const PROFILE: &str = r#"[landlord]
name = "Example"
code = "EX"
[fields]
person_alert_id = { column = "ref", optional = true }
person_id = "person"
person_alert_code_id = "code"
start_date = "from"
review_date = "review"
source_details = "details"
alert_description = "note"
"#;

/// A folder with an input of these records, a profile, and a schema.
struct Desk(TempDir);

impl Desk {
    fn new(records: &[&str], schema: &Value) -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        let header = "person,code,from,review,details,note";
        desk.write("input.csv", &format!("{header}\n{}\n", records.join("\n")));
        desk.write("profile.toml", PROFILE);
        desk.write("own.schema.json", &schema.to_string());
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn run(&self, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pac"));
        command
            .current_dir(self.0.path())
            .args(["convert", "input.csv"]);
        command.args(["--profile", "profile.toml", "--as-of", "2026-11-22"]);
        command.args(["--out", "out", "--force", "--fail-on", "never", "--quiet"]);
        command.args(more).output().unwrap()
    }

    /// Severity, record, column and message of what the schema has found.
    fn found(&self, more: &[&str]) -> Vec<[String; 4]> {
        let output = self.run(&[&["--schema", "own.schema.json"], more].concat());
        assert_eq!(told(&output), "");
        let mut findings = csv::Reader::from_path(self.path("out/findings.csv")).unwrap();
        let header = findings.headers().unwrap().clone();
        let place = |name: &str| header.iter().position(|own| own == name).unwrap();
        let places = ["severity", "record", "column", "message"].map(place);
        let records = findings.records().map(Result::unwrap);
        let own = records.filter(|record| &record[place("rule")] == "PAC902");
        own.map(|record| places.map(|at| record[at].to_owned()))
            .collect()
    }

    fn report(&self) -> Value {
        let text = std::fs::read_to_string(self.path("out/report.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn refused(schema: &Value) -> String {
    let standard = Standard::embedded().unwrap();
    let found = ExtraSchema::new("own.schema.json", &schema.to_string(), &standard);
    found.unwrap_err().join("\n")
}

#[test]
fn a_schema_sees_the_alert_as_it_is_to_be_written() {
    let schema = json!({
        "type": "object",
        "required": ["informed_resident", "is_active", "confidentiality_level"],
        "not": { "required": ["person_alert_id"] },
        "properties": {
            "landlord": { "const": "EX" },
            "person_id": { "const": 12 },
            "person_alert_code_id": { "const": 1 },
            "alert_code": { "const": "MED1" },
            "alert_subcode": { "const": "MED1.01" },
            "alert_category_name": { "const": "Medical" },
            "is_critical": { "const": true },
            "start_date": { "const": "2024-06-03" },
            "informed_resident": { "const": false },
            "confidentiality_level": { "const": "Restricted" },
            "category_code": { "const": "HEALTH" },
            "source_code": { "type": "string" },
            "source_details": false
        },
    });
    let desk = Desk::new(&["12,MED1.01,2024-06-03,,,"], &schema);
    assert_eq!(desk.found(&[]), Vec::<[String; 4]>::new());
    let desk = Desk::new(&["12,MED1.02,2024-06-03,,x,"], &schema);
    let columns: Vec<String> = desk
        .found(&[])
        .into_iter()
        .map(|[_, _, column, _]| column)
        .collect();
    assert_eq!(columns, ["code", "code", "details"]);
}

#[test]
fn every_word_of_the_code_lists_is_there_and_described() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas.md"));
    let page = page.unwrap();
    for (key, _, words) in WORDS {
        for word in *words {
            assert!(page.contains(&format!("`{word}`")), "{word}");
            // a schema that names what no alert has is refused
            let schema = json!({ "required": [key, word] });
            let standard = Standard::embedded().unwrap();
            ExtraSchema::new("own", &schema.to_string(), &standard).unwrap();
        }
    }
}

#[test]
fn severities_and_words_are_those_nearest_to_the_keyword() {
    let schema = json!({
        "x-severity": "warning",
        "properties": {
            "source_details": {
                "x-message": "say less",
                "maxLength": 3,
                "allOf": [{ "pattern": "^[a-z]*$", "x-severity": "info", "x-message": "small letters" }]
            },
            "alert_description": { "$ref": "#/$defs/filled" }
        },
        "$defs": { "filled": { "minLength": 2, "x-severity": "error" } }
    });
    let desk = Desk::new(
        &[
            "1,MED1.01,2024-06-03,,ABCD,x",
            "2,MED1.01,2024-06-03,,abc,xy",
        ],
        &schema,
    );
    let found = desk.found(&[]);
    let place = |at: usize| (found[at][0].as_str(), found[at][3].as_str());
    assert_eq!(found.len(), 3);
    let expected = [
        (
            "warning",
            "source_details: say less (own.schema.json#/properties/source_details/maxLength)",
        ),
        (
            "info",
            "source_details: small letters (own.schema.json#/properties/source_details/allOf/0/pattern)",
        ),
        (
            "error",
            "alert_description: the value is shorter than 2 characters (own.schema.json#/$defs/filled/minLength)",
        ),
    ];
    for wanted in expected {
        assert!(
            (0..3).any(|at| place(at) == wanted),
            "{wanted:?} is not among {found:?}"
        );
    }
    let total = &desk.report()["ledger"]["total"];
    assert_eq!(
        (&total["emitted"], &total["rejected"]),
        (&json!(1), &json!(1))
    );
}

#[test]
fn no_message_holds_a_value_unless_values_are_to_be_shown() {
    let schema = json!({
        "properties": {
            "alert_description": {
                "pattern": "^kept$", "maxLength": 3, "enum": ["kept"], "const": "kept",
                "format": "email", "not": { "minLength": 1 }, "anyOf": [false], "oneOf": [{ "maxLength": 1 }]
            },
            "start_date": { "pattern": "^2025" }
        },
        "anyOf": [{ "required": ["review_date"] }],
        "oneOf": [{ "required": ["review_date"] }],
        "not": { "required": ["alert_description"] },
        "maxProperties": 2,
        "propertyNames": { "maxLength": 3 },
        "unevaluatedProperties": false
    });
    let desk = Desk::new(&["4711,MED1.01,2024-06-03,,,secret"], &schema);
    let found = desk.found(&[]);
    assert!(found.len() >= 14, "{found:?}");
    for [_, _, _, message] in &found {
        for value in ["secret", "4711", "2024"] {
            assert!(!message.contains(value), "{message}");
        }
    }
    let shown = desk.found(&["--show-values"]);
    assert_eq!(shown.len(), found.len());
    let quotes = |message: &str, value: &str| message.contains(&format!("{value:?}"));
    assert!(
        shown
            .iter()
            .any(|[_, _, _, message]| quotes(message, "secret"))
    );
    // not even then is a whole record in a message
    assert!(
        !shown
            .iter()
            .any(|[_, _, _, message]| message.contains("4711"))
    );
}

#[test]
fn what_is_set_for_the_rule_prevails() {
    let schema = json!({ "required": ["review_date"] });
    let desk = Desk::new(&["1,MED1.01,2024-06-03,,,"], &schema);
    assert_eq!(desk.found(&[])[0][0], "error");
    desk.write("rules.toml", "[rules]\nPAC902 = { severity = \"info\" }\n");
    assert_eq!(desk.found(&["--rules", "rules.toml"])[0][0], "info");
    assert_eq!(desk.report()["ledger"]["total"]["emitted"], 1);
    desk.write("rules.toml", "[rules]\nPAC902 = { severity = \"off\" }\n");
    assert!(desk.found(&["--rules", "rules.toml"]).is_empty());
}

#[test]
fn the_schemas_of_a_run_and_of_its_profile_both_count() {
    let desk = Desk::new(
        &["1,MED1.01,2024-06-03,,,"],
        &json!({ "required": ["review_date"] }),
    );
    desk.write("second.json", "{ \"required\": [\"source_details\"] }");
    desk.write(
        "profile.toml",
        &format!("schemas = [\"third.json\"]\n{PROFILE}"),
    );
    desk.write("third.json", "{ \"required\": [\"alert_description\"] }");
    let columns: Vec<String> = desk
        .found(&["--schema", "second.json"])
        .into_iter()
        .map(|[_, _, column, _]| column)
        .collect();
    assert_eq!(columns, ["review", "details", "note"]);
    let schemas = &desk.report()["landlords"][0]["schemas"];
    let files: Vec<&Value> = schemas
        .as_array()
        .unwrap()
        .iter()
        .map(|file| &file["file"])
        .collect();
    assert_eq!(files, ["own.schema.json", "second.json", "third.json"]);
    assert_eq!(schemas[0]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn what_would_never_speak_is_refused() {
    let of = |member: &str, schema: Value| json!({ "properties": { member: schema } });
    for (schema, words) in [
        (json!(true), "#: a schema is a JSON object"),
        (
            json!({ "$schema": "http://json-schema.org/draft-07/schema#" }),
            "#/$schema: the dialect must be",
        ),
        (
            of("reveiw_date", json!({})),
            "#/properties: no alert has a field reveiw_date; did you mean review_date?",
        ),
        (
            json!({ "allOf": [{ "then": { "required": ["x"] } }] }),
            "#/allOf/0/then/required: no alert has a field x",
        ),
        (
            of("source_file", json!({})),
            "no alert has a field source_file",
        ),
        (
            of("start_date", json!({ "patern": "a" })),
            "#/properties/start_date/patern: no keyword of JSON Schema; did you mean pattern?",
        ),
        (
            of("start_date", json!({ "x-severty": "info" })),
            "#/properties/start_date/x-severty: no such keyword; did you mean x-severity?",
        ),
        (
            json!({ "x-severity": "fatal" }),
            "#/x-severity: must be \"error\", \"warning\" or \"info\"",
        ),
        (json!({ "x-message": 1 }), "#/x-message: must be text"),
        (
            of("start_date", json!({ "pattern": "(" })),
            "#/properties/start_date/pattern:",
        ),
        (
            of("start_date", json!({ "type": "text" })),
            "#/properties/start_date/type:",
        ),
        (of("start_date", json!({ "format": "dat" })), "dat"),
        (
            of("start_date", json!({ "$ref": "#/$defs/none" })),
            "#/$defs/name",
        ),
        (
            of("start_date", json!({ "$ref": "other.json" })),
            "no other file is read, and nothing is fetched",
        ),
        (
            of(
                "start_date",
                json!({ "$ref": "https://example.org/schema.json" }),
            ),
            "no other file is read, and nothing is fetched",
        ),
        (
            of("start_date", json!({ "$ref": "file:///etc/passwd" })),
            "no other file is read, and nothing is fetched",
        ),
    ] {
        let told = refused(&schema);
        assert!(told.contains(words), "{schema}: {told}");
    }
}

#[test]
fn notes_of_ones_own_are_let_be() {
    let schema = json!({
        "x-owner": "the housing team",
        "properties": { "start_date": { "x-reason": "we began then", "$comment": "so", "pattern": "^2" } }
    });
    let standard = Standard::embedded().unwrap();
    ExtraSchema::new("own", &schema.to_string(), &standard).unwrap();
}

#[test]
fn an_error_names_the_file_and_nothing_is_written() {
    let desk = Desk::new(&["1,MED1.01,2024-06-03,,,"], &json!({ "requird": [] }));
    let output = desk.run(&["--schema", "own.schema.json"]);
    assert_eq!(output.status.code(), Some(2));
    let expected = "own.schema.json: #/requird: no keyword of JSON Schema; did you mean required?";
    assert!(told(&output).contains(expected), "{}", told(&output));
    assert!(!desk.path("out").exists());
    desk.write("own.schema.json", "{ \"required\": [ }");
    let output = desk.run(&["--schema", "own.schema.json"]);
    assert!(
        told(&output).contains("own.schema.json: no JSON: "),
        "{}",
        told(&output)
    );
    assert!(told(&output).contains("line 1"), "{}", told(&output));
    let output = desk.run(&["--schema", "none.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(told(&output).contains("none.json"), "{}", told(&output));
}
