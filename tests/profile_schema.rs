//! `schemas/profile.schema.json` and `schemas/batch.schema.json` say what the readers of profiles and
//! batch files accept, no more and no less.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use person_alerts::check::settable::settable_rules;
use person_alerts::conversion::batch;
use person_alerts::error::Error;
use person_alerts::profile::{self, Allowances, Profile};
use person_alerts::standard::{Standard, document_schema};
use serde_json::{Map, Value, json};

/// Fields that pac fills itself.
const OURS: [&str; 3] = ["landlord", "source_file", "source_record"];

fn schema(name: &str) -> Value {
    serde_json::from_str(document_schema(name).unwrap()).unwrap()
}

fn validator(name: &str) -> Validator {
    let schema = schema(name);
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// A file of rules holds what a profile may hold about them.
fn rules_validator() -> Validator {
    let profile = schema("profile");
    let own = ["rules", "waivers"].map(|key| (key.to_owned(), profile["properties"][key].clone()));
    let schema = json!({
        "$defs": profile["$defs"],
        "properties": Map::from_iter(own),
        "additionalProperties": false,
    });
    jsonschema::validator_for(&schema).unwrap()
}

/// A TOML value as an editor's validator sees it: dates are text.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Table(table) => {
            let pairs = table
                .iter()
                .map(|(key, value)| (key.clone(), as_json(value)));
            Value::Object(pairs.collect())
        }
        toml::Value::Array(list) => list.iter().map(as_json).collect(),
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn read_toml(text: &str) -> Value {
    as_json(&toml::from_str(text).unwrap())
}

fn fixtures(ending: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let pattern = format!("{}/**/*{ending}", root.display());
    glob::glob(&pattern).unwrap().map(Result::unwrap).collect()
}

fn problems(validator: &Validator, value: &Value) -> Vec<String> {
    let errors = validator.iter_errors(value);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn load(path: &Path, standard: &Standard) -> Result<Profile, Error> {
    let rules = settable_rules(standard);
    profile::load(path, standard, Allowances::default(), &rules)
}

/// What the reader says of a profile: nothing, or its problems.
fn reader_says(text: &str) -> Result<(), String> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("profile.toml");
    std::fs::write(&path, text).unwrap();
    std::fs::write(home.path().join("codes.csv"), "value,target\na,MED1.01\n").unwrap();
    let standard = Standard::embedded().unwrap();
    let loaded = load(&path, &standard);
    loaded.map(|_| ()).map_err(|error| error.to_string())
}

fn keys(value: &Value) -> BTreeSet<String> {
    let object = value.as_object();
    object
        .into_iter()
        .flatten()
        .map(|(key, _)| key.clone())
        .collect()
}

fn known(keys: &[&str]) -> BTreeSet<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

#[test]
fn profiles_and_batches_of_the_fixtures_are_valid() {
    let (profile, batch) = (validator("profile"), validator("batch"));
    let rules = rules_validator();
    let standard = Standard::embedded().unwrap();
    let mut sound = 0;
    for path in fixtures(".toml") {
        let value = read_toml(&std::fs::read_to_string(&path).unwrap());
        let is_profile = value.get("fields").is_some();
        let judge = match (is_profile, value.get("landlord")) {
            (true, _) => &profile,
            (false, Some(_)) => &batch,
            (false, None) => &rules,
        };
        let problems = problems(judge, &value);
        // Some fixtures are broken on purpose; then the reader must say so too.
        if is_profile && load(&path, &standard).is_err() {
            continue;
        }
        let told = problems.join("\n");
        assert!(problems.is_empty(), "{}: {told}", path.display());
        sound += usize::from(is_profile);
    }
    assert!(sound > 0);
}

#[test]
fn the_tables_have_the_keys_that_the_reader_knows() {
    let schema = schema("profile");
    for (place, expected) in profile::known_keys() {
        let properties = match place {
            "" => keys(&schema["properties"]),
            "fields.*" => {
                let plans = schema["$defs"].as_object().unwrap().iter();
                let plans = plans.filter(|(name, _)| name.ends_with("_plan"));
                plans
                    .flat_map(|(_, plan)| keys(&plan["oneOf"][1]["properties"]))
                    .collect()
            }
            "flags.*" => keys(&schema["$defs"]["flag"]["oneOf"][2]["properties"]),
            "input.only" => {
                keys(&schema["properties"]["input"]["properties"]["only"]["properties"])
            }
            "waivers.*" => keys(&schema["$defs"]["waiver"]["properties"]),
            "crosswalks.*" => keys(&schema["$defs"]["crosswalk"]["properties"]),
            "crosswalks.*.values.*" => keys(&schema["$defs"]["meaning"]["properties"]),
            section => keys(&schema["properties"][section]["properties"]),
        };
        assert_eq!(properties, known(expected), "[{place}]");
    }
}

#[test]
fn a_batch_has_the_keys_that_the_reader_knows() {
    let schema = schema("batch");
    for (place, expected) in batch::known_keys() {
        let properties = match place {
            "" => keys(&schema["properties"]),
            section => keys(&schema["properties"][section]["items"]["properties"]),
        };
        assert_eq!(properties, known(expected), "[{place}]");
    }
}

#[test]
fn the_fields_are_those_of_the_standard() {
    let standard = Standard::embedded().unwrap();
    let fields = standard.person_alert().fields.iter();
    let fields = fields.filter(|field| !OURS.contains(&field.name.as_str()));
    let names: BTreeSet<String> = fields
        .flat_map(|field| field.aliases.iter().chain([&field.name]).cloned())
        .collect();
    assert_eq!(
        keys(&schema("profile")["$defs"]["field_plans"]["properties"]),
        names
    );
}

#[test]
fn the_fields_of_the_log_are_those_of_the_standard() {
    let standard = Standard::embedded().unwrap();
    let fields = standard
        .table("person_alert_history")
        .unwrap()
        .fields
        .iter();
    let names: BTreeSet<String> = fields.map(|field| field.name.clone()).collect();
    let history = &schema("profile")["properties"]["history"]["properties"];
    assert_eq!(keys(&history["fields"]["properties"]), names);
}

/// A profile that is sound but for one field, written as `plan`.
fn with_field(name: &str, plan: &str) -> String {
    let needed = [
        ("person_id", "\"person\""),
        ("person_alert_code_id", "\"code\""),
        ("start_date", "\"from\""),
    ];
    let mut text = "[landlord]\nname = \"Try\"\ncode = \"TRY\"\n[fields]\n".to_owned();
    for (field, column) in needed.into_iter().filter(|(field, _)| *field != name) {
        text += &format!("{field} = {column}\n");
    }
    text + &format!("{name} = {plan}\n")
}

/// The names of a field in the schema, and the plan that it refers to.
fn plans() -> Vec<(String, Value)> {
    let schema = schema("profile");
    let fields = schema["$defs"]["field_plans"]["properties"]
        .as_object()
        .unwrap();
    let plan = |(name, field): (&String, &Value)| {
        let reference = field["$ref"].as_str().unwrap();
        let plan = schema.pointer(reference.strip_prefix('#').unwrap());
        (name.clone(), plan.unwrap().clone())
    };
    fields.iter().map(plan).collect()
}

/// A cell that can be read in that field.
fn cell(field: &str) -> &'static str {
    match field {
        "person_alert_code_id" => "MED1.01",
        "source_type_id" => "GP",
        "special_category_data_id" => "HEALTH",
        "informed_resident" | "is_active" | "active" => "no",
        "alert_progress" => "Stable",
        "alert_duration_type" => "Temporary",
        "alert_status" => "Open",
        "confidentiality_level" => "Private",
        "last_updated" => "2024-01-01T12:00:00",
        date if date.ends_with("_date") => "2024-01-01",
        _ => "7",
    }
}

/// What the key may hold in that field, where it may stand.
fn sample(field: &str, key: &str) -> String {
    match key {
        "default" => format!("{:?}", cell(field)),
        "optional" => "true".to_owned(),
        "formats" => "[\"dd/mm/yyyy HH:MM\"]".to_owned(),
        "yes" | "no" | "null_values" => "[\"ja\"]".to_owned(),
        "decimal" | "thousands" => "\".\"".to_owned(),
        "split" | "code_ends_at" => "[\";\"]".to_owned(),
        "words" => format!("{{ x = {:?} }}", cell(field)),
        _ => "\"own\"".to_owned(),
    }
}

#[test]
fn schema_and_reader_agree_on_every_key_of_every_field() {
    let validator = validator("profile");
    for (field, _) in plans() {
        for key in [
            "default",
            "optional",
            "null_values",
            "formats",
            "formats_by",
            "decimal",
            "thousands",
            "yes",
            "no",
            "words",
            "crosswalk",
            "or",
            "split",
            "code_ends_at",
        ] {
            let value = sample(&field, key);
            let plan = format!("{{ column = \"x\", {key} = {value} }}");
            let mut text = with_field(&field, &plan);
            if key == "crosswalk" {
                text += &format!("[crosswalks.own.values]\nx = {:?}\n", cell(&field));
            }
            let by_reader = reader_says(&text);
            let by_schema = problems(&validator, &read_toml(&text));
            assert_eq!(
                by_reader.is_ok(),
                by_schema.is_empty(),
                "{text}\nreader: {by_reader:?}\nschema: {by_schema:?}"
            );
        }
    }
}

#[test]
fn schema_and_reader_agree_on_whole_profiles() {
    let sound = "[landlord]\nname = \"Try\"\ncode = \"TRY\"\n\
                 [fields]\nperson_id = \"p\"\nperson_alert_code_id = \"c\"\nstart_date = \"s\"\n";
    let needed = "[fields]\nperson_id = \"p\"\nperson_alert_code_id = \"c\"\nstart_date = \"s\"\n";
    let crosswalked = "[landlord]\nname = \"Try\"\ncode = \"TRY\"\n[fields]\nperson_id = \"p\"\n\
                       start_date = \"s\"\n\
                       person_alert_code_id = { column = \"c\", crosswalk = \"own\" }\n";
    let with = |more: &str| format!("{sound}{more}");
    let crosswalk = |more: &str| format!("{crosswalked}{more}");
    let texts = [
        with(""),
        needed.to_owned(),
        format!("[landlord]\nname = \" \"\ncode = \"TRY\"\n{needed}"),
        format!("[landlord]\nname = \"Try\"\ncode = \"T R\"\n{needed}"),
        format!("[landlord]\nname = \"Try\"\n{needed}"),
        sound.replace("start_date", "end_date"),
        with("colour = \"red\"\n"),
        with("landlord = \"x\"\n"),
        with("active = \"x\"\n"),
        with("end_date = { constant = 2030-01-01 }\n"),
        with("alert_duration = { constant = 7 }\n"),
        with("alert_duration = { constant = 7.5 }\n"),
        with("end_date = { column = \"x\", constant = \"2030-01-01\" }\n"),
        with("end_date = { optional = true }\n"),
        with("end_date = { column = \"x\", or = \"y\" }\n"),
        with("end_date = { constant = \"2030-01-01\", or = \"y\" }\n"),
        with("end_date = { column = \"x\", optional = \"yes\" }\n"),
        with("end_date = [\"x\"]\n"),
        with("[input]\nformat = \"xml\"\n"),
        with("[input]\nformat = \"ndjson\"\nencoding = \"utf-16le\"\n"),
        with("[input]\nencoding = \"latin1\"\n"),
        with("[input]\ndelimiter = \"\\t\"\nquote = \"\"\n"),
        with("[input]\ndelimiter = \"\"\n"),
        with("[input]\ndelimiter = \"||\"\n"),
        with("[input]\ndelimiter = \"\\n\"\n"),
        with("[input]\nquote = \"£\"\n"),
        with("[input]\nnull_values = \"NULL\"\n"),
        with("[input]\nnull_values = [\"NULL\", \"\"]\n"),
        with("[input]\ntimestamp_formats = [\"dd/mm/yyyy\"]\n"),
        with("[input]\ntimestamp_formats = [\"excel\"]\ndate_formats = [\"mmm-yy\"]\n"),
        with("[input]\ndate_formats_by = \"s\"\ndate_formats = { a = [\"d/m/yy\"] }\n"),
        with("[input]\ndate_formats_by = \"s\"\ndate_formats = [\"d/m/yy\"]\n"),
        with("[input]\ndate_formats_by = \"s\"\n"),
        with("[input]\ndate_formats_by = \" \"\ndate_formats = { a = [\"d/m/yy\"] }\n"),
        with("[input]\ndate_formats = { a = [\"d/m/yy\"] }\n"),
        with("end_date = { column = \"x\", formats_by = \"s\", formats = { a = [\"d/m/yy\"] } }\n"),
        with("end_date = { column = \"x\", formats_by = \"s\", formats = { a = \"d/m/yy\" } }\n"),
        with("end_date = { column = \"x\", formats_by = \"s\", formats = { a = [] } }\n"),
        with("end_date = { column = \"x\", formats_by = \"s\", formats = {} }\n"),
        with("end_date = { column = \"x\", formats = { a = [\"d/m/yy\"] } }\n"),
        with("[input]\ntimestamp_formats_by = \"s\"\ntimestamp_formats = { a = [\"excel\"] }\n"),
        with("[input]\ntimestamp_formats_by = \"s\"\ntimestamp_formats = { a = [\"d/m/yy\"] }\n"),
        with("[input]\nyear_pivot = 1930\nno_dates = [\"00/00/0000\"]\n"),
        with("[input]\nyear_pivot = 1899\n"),
        with("[input]\nyear_pivot = 2001\n"),
        with("[input]\nyear_pivot = \"1930\"\n"),
        with("[input]\nno_dates = \"00/00/0000\"\n"),
        with("[input]\ndecimal = \",\"\nthousands = \".\"\n"),
        with("[input]\ndecimal = \";\"\n"),
        with("[input]\nthousands = \"\"\n"),
        with("alert_duration = { column = \"x\", thousands = \"0\" }\n"),
        with("[input]\ncomment = \"#\"\n"),
        with("[[alerts]]\nperson_alert_code_id = \"d\"\n"),
        with("[[alerts]]\nstart_date = \"d\"\n"),
        with("[[alerts]]\nperson_alert_code_id = \"d\"\ncolour = \"d\"\n"),
        with("[alerts]\nperson_alert_code_id = \"d\"\n"),
        with("[flags]\nOXYGEN = \"RISK5.01\"\n"),
        with("[flags]\nOXYGEN = [\"RISK5.01\", \"RISK5.04\"]\n"),
        with("[flags]\nOXYGEN = 5\n"),
        with("[flags]\nOXYGEN = { status = \"review\" }\n"),
        with("[flags]\nOXYGEN = { note = \"x\" }\n"),
        with("[flags]\nDOG = { target = \"RISK4.01\", start_date = \"d\", yes = [\"J\"] }\n"),
        with("[flags]\nDOG = { target = \"RISK4.01\", person_alert_code_id = \"d\" }\n"),
        with("[flags]\nDOG = { target = \"RISK4.01\", colour = \"d\" }\n"),
        with("[flag_words]\nrefused = [\"REF\"]\n"),
        with("[flag_words]\nperhaps = [\"P\"]\n"),
        needed.replace("person_alert_code_id = \"c\"\n", "")
            + "[landlord]\nname = \"Try\"\ncode = \"TRY\"\n[flags]\nDOG = \"RISK4.01\"\n",
        with("[input]\nrecords = \"/value/*/alerts/*\"\n"),
        with("[input]\nrecords = \"/*\"\nformat = \"ndjson\"\n"),
        with("[input]\nrecords = \"/value/*/alerts\"\n"),
        with("[input]\nrecords = \"alerts/*\"\n"),
        with("[input]\nrecords = [\"/alerts/*\"]\n"),
        with(&format!("[input]\nrecords = \"{}/*\"\n", "/a".repeat(15))),
        with(&format!("[input]\nrecords = \"{}/*\"\n", "/a".repeat(16))),
        with("[input.only]\ncolumn = \"kind\"\nvalues = [\"a\", \"b\"]\n"),
        with("[input.only]\ncolumn = \"kind\"\n"),
        with("[input.only]\nvalues = [\"a\"]\n"),
        with("[input.only]\ncolumn = \" \"\nvalues = [\"a\"]\n"),
        with("[input.only]\ncolumn = \"kind\"\nvalues = [\" \"]\n"),
        with("[input.only]\ncolumn = \"kind\"\nvalues = \"a\"\n"),
        with("person_alert_id = { columns = [\"a\", \"b\"] }\n"),
        with("source_alert_ref = { columns = [\"a\", \"b\"], join = \"-\" }\n"),
        with("organisation_id = { columns = [\"a\", \"b\"], join = \" | \", optional = true }\n"),
        with("person_alert_id = { columns = [\"a\", \"b\"], join = \"\" }\n"),
        with("person_alert_id = { columns = [\"a\", \"b\"], join = \"x\" }\n"),
        with("person_alert_id = { columns = [\"a\"] }\n"),
        with("person_alert_id = { columns = [\"a\", \"a\"] }\n"),
        with("person_alert_id = { columns = [\"a\", \" \"] }\n"),
        with("person_alert_id = { columns = \"a\" }\n"),
        with("person_alert_id = { column = \"a\", join = \"/\" }\n"),
        with("person_alert_id = { column = \"a\", columns = [\"a\", \"b\"] }\n"),
        with("end_date = { columns = [\"a\", \"b\"] }\n"),
        with("created_by_user_id = { columns = [\"a\", \"b\"] }\n"),
        with("[persons]\nkey = \"a\"\nid = \"b\"\n"),
        with("[persons]\nkey = [\"a\", \"b\"]\n"),
        with("[persons]\nkey = 1\n"),
        with("[organisations]\nid = \" \"\n"),
        with("[organisations]\nname = \"a\"\n"),
        with("[columns]\ndrop = [\"a\"]\n"),
        with("[columns]\ndrop = \"a\"\n"),
        with("[columns]\nkeep = [\"a\"]\n"),
        with("[policy]\nautoclose = false\nduplicates = \"keep\"\nunreadable = \"reject\"\n"),
        with("[policy]\nautoclose = \"no\"\n"),
        with("[policy]\nduplicates = \"drop\"\n"),
        with("[policy]\nunreadable = \"keep\"\n"),
        with("[privacy]\ntext = \"redact\"\n"),
        with("[privacy]\ntext = \"hide\"\n"),
        with("[privacy]\nnames = \"redact\"\n"),
        crosswalk("[crosswalks.own]\nbase = \"psr-needs-codes\"\n"),
        crosswalk("[crosswalks.own]\nbase = \"hact-ukhds-3.5\"\nvalues = { 40 = \"MED1.01\" }\n"),
        crosswalk("[crosswalks.own]\nbase = \"psr\"\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = \"MED1.01\" }\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = { status = \"gap\", note = \"none\" } }\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = { note = \"none\" } }\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = { status = \"approved\" } }\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = { target = \"MED1.01\", status = \"x\" } }\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = { target = \"MED1.01\", why = \"x\" } }\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = 1 }\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = [\"MED1.01\", \"RISK5.01\"] }\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = [1] }\n"),
        crosswalk("[crosswalks.own]\nvalues = { a = [] }\n"),
        crosswalk(
            "[crosswalks.own]\nvalues.a = { target = \"MED1.01\", when = { role = \"x\" } }\n",
        ),
        crosswalk("[crosswalks.own]\nvalues.a = { target = \"MED1.01\", when = { role = 1 } }\n"),
        crosswalk(
            "[crosswalks.own]\nvalues.a = [{ target = \"MED1.01\" }, { status = \"gap\", when = { b = [\"x\"] } }]\n",
        ),
        crosswalk(
            "[crosswalks.own]\nvalues.a = { target = \"MED1.01\", sets = { alert_duration = 7 } }\n",
        ),
        crosswalk("[crosswalks.own]\nfile = \"codes.csv\"\n"),
        crosswalk("[crosswalks.own]\nfile = \"codes.csv\"\nunmapped = \"reject\"\n"),
        crosswalk("[crosswalks.own]\nunmapped = \"reject\"\n"),
        crosswalk("[crosswalks.own]\nfiles = \"codes.csv\"\n"),
    ];
    let validator = validator("profile");
    for text in texts {
        let by_reader = reader_says(&text);
        let by_schema = problems(&validator, &read_toml(&text));
        assert_eq!(
            by_reader.is_ok(),
            by_schema.is_empty(),
            "{text}\nreader: {by_reader:?}\nschema: {by_schema:?}"
        );
    }
}

#[test]
fn the_choices_are_those_that_the_reader_offers() {
    let schema = schema("profile");
    let choice = |pointer: &str, more: &str| {
        let refused = with_field("end_date", "\"x\"") + more;
        let said = reader_says(&refused).unwrap_err();
        let allowed = schema.pointer(pointer).unwrap().as_array().unwrap().iter();
        let allowed: Vec<&str> = allowed.map(|value| value.as_str().unwrap()).collect();
        let offered = format!("of {}", allowed.join(", "));
        assert!(said.contains(&offered), "{pointer}: {offered}\n{said}");
    };
    let input = "/properties/input/properties";
    choice(&format!("{input}/format/enum"), "[input]\nformat = \"?\"\n");
    choice(
        &format!("{input}/encoding/enum"),
        "[input]\nencoding = \"?\"\n",
    );
    let policy = "/properties/policy/properties";
    choice(
        &format!("{policy}/duplicates/enum"),
        "[policy]\nduplicates = \"?\"\n",
    );
    choice(
        "/properties/privacy/properties/text/enum",
        "[privacy]\ntext = \"?\"\n",
    );
    choice(
        &format!("{policy}/unreadable/enum"),
        "[policy]\nunreadable = \"?\"\n",
    );
    choice(
        "/$defs/status/enum",
        "source_type_id = { column = \"s\", crosswalk = \"own\" }\n\
         [crosswalks.own.values]\na = { status = \"?\" }\n",
    );
    for (field, plan) in plans() {
        let words = &plan["oneOf"][1]["properties"]["words"]["additionalProperties"]["enum"];
        if let Some(allowed) = words.as_array() {
            let allowed: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
            let text = with_field(&field, "{ column = \"x\", words = { y = \"?\" } }");
            let said = reader_says(&text).unwrap_err();
            let offered = format!("none of {}", allowed.join(", "));
            assert!(said.contains(&offered), "{field}: {offered}\n{said}");
        }
    }
}

#[test]
fn examples_and_defaults_are_valid_where_they_stand() {
    fn walk(root: &Value, value: &Value, tried: &mut usize) {
        let Some(object) = value.as_object() else {
            return value
                .as_array()
                .into_iter()
                .flatten()
                .for_each(|item| walk(root, item, tried));
        };
        let examples = object.get("examples").and_then(Value::as_array);
        let samples = examples.into_iter().flatten().chain(object.get("default"));
        for sample in samples.filter(|_| object.contains_key("description")) {
            let mut schema: Map<String, Value> = object.clone();
            if let Some(shared) = root.get("$defs") {
                schema.insert("$defs".to_owned(), shared.clone());
            }
            let validator = jsonschema::validator_for(&Value::Object(schema)).unwrap();
            assert!(validator.is_valid(sample), "{sample} in {value}");
            *tried += 1;
        }
        object.values().for_each(|value| walk(root, value, tried));
    }
    for name in ["profile", "batch"] {
        let schema = schema(name);
        let mut tried = 0;
        walk(&schema, &schema, &mut tried);
        assert!(tried > 1, "{name}: {tried} examples");
    }
}

#[test]
fn a_batch_is_judged() {
    let validator = validator("batch");
    let landlord = json!({ "profile": "a/profile.toml", "inputs": ["a/*.csv"] });
    assert!(validator.is_valid(&json!({ "landlord": [landlord] })));
    for wrong in [
        json!({}),
        json!({ "landlord": [] }),
        json!({ "landlord": [{ "profile": "a" }] }),
        json!({ "landlord": [{ "profile": "a", "inputs": [] }] }),
        json!({ "landlord": [{ "profile": "a", "inputs": ["b"], "code": "c" }] }),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

#[test]
fn the_program_prints_the_schemas() {
    for name in ["profile", "batch"] {
        let pac = |arguments: &[&str]| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_pac"));
            command
                .args(["schema", name])
                .args(arguments)
                .output()
                .unwrap()
        };
        let printed = String::from_utf8(pac(&[]).stdout).unwrap();
        assert_eq!(Some(printed.as_str()), document_schema(name));
        assert_eq!(pac(&["--format", "sql-sqlite"]).status.code(), Some(2));
    }
}
