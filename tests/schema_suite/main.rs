//! JSON Schema cases, run through filter and judge on columns.
//!
//! A case file has the form of the official JSON-Schema-Test-Suite: groups of a schema and of
//! instances, each valid or not. Our own cases lie in `cases/`. The official ones are run where
//! `PAC_JSON_SCHEMA_SUITE` names a checkout of that repository:
//!
//! ```sh
//! PAC_JSON_SCHEMA_SUITE=~/JSON-Schema-Test-Suite cargo test --test schema_suite -- --nocapture
//! ```

mod columns;

use std::path::Path;

use columns::Layout;
use person_alerts::check::schema::{CodeListKeys, CompiledSchema, Empty};
use person_alerts::standard::Standard;
use serde_json::{Value, json};

/// Files of the official suite for the keywords that have kernels, and for those that join them.
/// `format.json` is not among them: it holds that formats assert nothing, and here they do.
const FILES: &[&str] = &[
    "type",
    "required",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "properties",
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if-then-else",
    "boolean_schema",
    "dependentRequired",
    "dependentSchemas",
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "ref",
    "optional/ecmascript-regex",
    "optional/format/date",
    "optional/format/date-time",
    "optional/format/email",
    "optional/format/uuid",
    "optional/format/uri",
];

/// What came of the cases of a file.
#[derive(Debug, Default)]
struct Tally {
    /// Cases.
    cases: usize,
    /// Cases whose instance can be the cells of columns.
    applicable: usize,
    /// How often these were run, each on every type of column that can hold its cells.
    runs: usize,
    /// Runs in which a valid instance went to the judge.
    needless: usize,
    /// Runs on valid instances.
    valid: usize,
    /// What went wrong.
    failures: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.cases += other.cases;
        self.applicable += other.applicable;
        self.runs += other.runs;
        self.needless += other.needless;
        self.valid += other.valid;
        self.failures.extend(other.failures);
    }
}

fn run(path: &Path, keys: &CodeListKeys) -> Tally {
    let text = std::fs::read_to_string(path).unwrap();
    let groups: Value = serde_json::from_str(&text).unwrap();
    let mut tally = Tally::default();
    for group in groups.as_array().unwrap() {
        for case in group["tests"].as_array().unwrap() {
            tally.cases += 1;
            let layouts = columns::layouts(&case["data"], &group["schema"]);
            tally.applicable += usize::from(!layouts.is_empty());
            for layout in layouts {
                let place = format!(
                    "{}: {}: {} ({})",
                    path.file_stem().unwrap().display(),
                    group["description"],
                    case["description"],
                    layout.name
                );
                let valid = case["valid"] == true;
                try_layout(&group["schema"], valid, layout, keys, &place, &mut tally);
            }
        }
    }
    tally
}

fn try_layout(
    schema: &Value,
    valid: bool,
    layout: Layout,
    keys: &CodeListKeys,
    place: &str,
    tally: &mut Tally,
) {
    let schema = match layout.is_record {
        true => schema.clone(),
        false => of_cell(schema),
    };
    tally.runs += 1;
    let compiled = match CompiledSchema::new(&schema, layout.shape, keys) {
        Ok(compiled) => compiled,
        Err(error) => {
            tally.failures.push(format!("{place}: {error}"));
            return;
        }
    };
    let mut broken = false;
    compiled.judge(&layout.batch, "EX", |_, _| broken = true);
    if broken == valid {
        tally.failures.push(format!("{place}: valid is {valid}"));
    }
    if valid {
        tally.valid += 1;
        let flagged = compiled.suspects(&layout.batch, "EX").value(0);
        tally.needless += usize::from(flagged);
    }
}

/// A schema of records whose one cell the schema of a case is about.
fn of_cell(schema: &Value) -> Value {
    let mut case = schema.clone();
    if let Value::Object(keywords) = &mut case {
        keywords.remove("$schema");
    }
    if !case.to_string().contains("\"$ref\"") {
        return json!({ "properties": { "cell": case } });
    }
    // References keep leading into the schema of the case.
    if case.get("$id").is_none() {
        case["$id"] = json!("urn:case");
    }
    json!({ "properties": { "cell": { "$ref": case["$id"] } }, "$defs": { "case": case } })
}

fn keys() -> CodeListKeys {
    CodeListKeys::new(&Standard::embedded().unwrap())
}

#[test]
fn our_own_cases_hold_on_columns() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema_suite/cases");
    let (keys, mut total) = (keys(), Tally::default());
    for file in std::fs::read_dir(folder).unwrap() {
        let tally = run(&file.unwrap().path(), &keys);
        assert_eq!(tally.cases, tally.applicable);
        total.add(tally);
    }
    assert!(total.failures.is_empty(), "{}", total.failures.join("\n"));
    assert!(total.cases >= 100, "{} cases", total.cases);
    assert_eq!(total.needless, 0, "every keyword of ours has a kernel");
}

#[test]
fn the_official_cases_hold_on_columns() {
    let Some(suite) = std::env::var_os("PAC_JSON_SCHEMA_SUITE") else {
        println!("skipped: PAC_JSON_SCHEMA_SUITE names no checkout of JSON-Schema-Test-Suite");
        return;
    };
    let folder = Path::new(&suite).join("tests/draft2020-12");
    let (keys, mut total) = (keys(), Tally::default());
    println!("file cases applicable runs needless/valid failures");
    for name in FILES {
        let tally = run(&folder.join(name).with_extension("json"), &keys);
        println!(
            "{name} {} {} {} {}/{} {}",
            tally.cases,
            tally.applicable,
            tally.runs,
            tally.needless,
            tally.valid,
            tally.failures.len()
        );
        total.add(tally);
    }
    println!(
        "total {} {} {} {}/{} {}",
        total.cases,
        total.applicable,
        total.runs,
        total.needless,
        total.valid,
        total.failures.len()
    );
    assert!(total.failures.is_empty(), "{}", total.failures.join("\n"));
    assert!(total.applicable > 0);
}

#[test]
fn an_empty_cell_is_null_or_left_out() {
    let required = json!({ "required": ["cell"] });
    let text = json!({ "properties": { "cell": { "type": "string" } } });
    for (schema, empty, breaks) in [
        (&required, Empty::LeftOut, true),
        (&required, Empty::Null, false),
        (&text, Empty::LeftOut, false),
        (&text, Empty::Null, true),
    ] {
        let layout = columns::empty_cell(empty);
        let compiled = CompiledSchema::new(schema, layout.shape, &keys()).unwrap();
        assert_eq!(compiled.suspects(&layout.batch, "EX").value(0), breaks);
    }
}
