//! The filter of the schema check may flag too much and never too little: on random schemas and
//! cells, filter and judge find what the judge alone finds.

use person_alerts::candidate::{Candidates, Column, Outcome, TextValues, Values};
use person_alerts::check::schema::SchemaCheck;
use person_alerts::standard::{FieldType, Standard};
use proptest::prelude::*;
use serde_json::{Value, json};

const ROWS: usize = 24;

/// What is added to the subschemas of two fields.
#[derive(Debug, Clone)]
struct Constraints {
    number: Value,
    text: Value,
}

fn constraints() -> impl Strategy<Value = Constraints> {
    let number = prop_oneof![
        (-3i64..3).prop_map(|least| json!({ "minimum": least })),
        (-3i64..3).prop_map(|most| json!({ "maximum": most })),
        (-3i64..3).prop_map(|bound| json!({ "exclusiveMinimum": bound })),
        (1i64..4).prop_map(|step| json!({ "multipleOf": step })),
        (-3i64..3).prop_map(|only| json!({ "const": only })),
        Just(json!({ "minimum": 0.5 })),
        Just(json!({ "not": { "const": 1 } })),
    ];
    let text = prop_oneof![
        (0u64..5).prop_map(|least| json!({ "minLength": least })),
        (0u64..5).prop_map(|most| json!({ "maxLength": most })),
        ("[abé]", 1u64..3)
            .prop_map(|(letter, most)| json!({ "pattern": letter, "maxLength": most })),
        Just(json!({ "format": "email" })),
        Just(json!({ "const": "ab" })),
    ];
    (number, text).prop_map(|(number, text)| Constraints { number, text })
}

fn standard(constraints: &Constraints, judge_all: bool) -> Standard {
    let dir = tempfile::tempdir().unwrap();
    let mut schema = Standard::embedded().unwrap().person_alert().schema.clone();
    let mut add = |field: &str, more: &Value| {
        for (key, value) in more.as_object().unwrap() {
            schema["properties"][field][key] = value.clone();
        }
    };
    add("alert_duration", &constraints.number);
    add("source_details", &constraints.text);
    if judge_all {
        // A keyword without a kernel, which says nothing.
        schema["$defs"] = json!({});
    }
    let path = dir.path().join("person_alert.schema.json");
    std::fs::write(path, schema.to_string()).unwrap();
    Standard::load(Some(dir.path())).unwrap()
}

fn candidates(
    standard: &Standard,
    numbers: &[Option<i32>],
    texts: &[Option<String>],
) -> Candidates {
    let fields = &standard.person_alert().fields;
    let columns = fields.iter().map(|field| match field.name.as_str() {
        "alert_duration" => {
            let mut column = Values::blank(ROWS);
            for (row, number) in numbers.iter().enumerate() {
                if let Some(number) = number {
                    column.set(row, *number);
                }
            }
            Column::Int32(column)
        }
        "source_details" => {
            let mut column = TextValues::default();
            for text in texts {
                column.push(text.as_deref());
            }
            Column::Text(column)
        }
        _ => filled(field.field_type, !field.allowed.is_empty()),
    });
    Candidates {
        rows: ROWS,
        columns: columns.collect(),
        names: fields.iter().map(|field| field.name.clone()).collect(),
        outcomes: vec![Outcome::Accepted; ROWS],
        ..Candidates::default()
    }
}

/// A column that no constraint of the test speaks about, with a faultless value in every row.
fn filled(field_type: FieldType, closed: bool) -> Column {
    fn same<T: Clone + Default>(value: T) -> Values<T> {
        let mut column = Values::blank(ROWS);
        for row in 0..ROWS {
            column.set(row, value.clone());
        }
        column
    }
    match field_type {
        FieldType::Int64 => Column::Int64(same(1)),
        FieldType::Int32 => Column::Int32(same(1)),
        FieldType::Date => Column::Date(same(20_000)),
        FieldType::Timestamp => Column::Timestamp(same(1_700_000_000_000_000)),
        FieldType::Bool => Column::Bool(same(true)),
        FieldType::Text if closed => Column::Term(same(0)),
        FieldType::Text => {
            let mut column = TextValues::default();
            for _ in 0..ROWS {
                column.push(Some("x"));
            }
            Column::Text(column)
        }
    }
}

fn found(standard: &Standard, batch: &Candidates) -> Vec<(usize, String)> {
    let check = SchemaCheck::new(standard).unwrap();
    let violations = check.violations(batch, "EX");
    violations
        .into_iter()
        .map(|(row, violation)| (row, violation.words))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn filter_and_judge_find_what_the_judge_finds(
        constraints in constraints(),
        numbers in prop::collection::vec(prop::option::of(-4i32..4), ROWS),
        texts in prop::collection::vec(prop::option::of("[abé@. ]{0,6}"), ROWS),
    ) {
        let filtered = standard(&constraints, false);
        let batch = candidates(&filtered, &numbers, &texts);
        let alone = standard(&constraints, true);
        prop_assert_eq!(found(&filtered, &batch), found(&alone, &batch));
    }
}

#[test]
fn the_judge_does_find_something() {
    let constraints = Constraints {
        number: json!({ "maximum": 2 }),
        text: json!({ "maxLength": 3 }),
    };
    let standard = standard(&constraints, false);
    let mut numbers = vec![Some(1); ROWS];
    numbers[3] = Some(9);
    let mut texts = vec![Some("ééé".to_owned()); ROWS];
    texts[5] = Some("éééé".to_owned());
    let batch = candidates(&standard, &numbers, &texts);
    let rows: Vec<usize> = found(&standard, &batch)
        .iter()
        .map(|(row, _)| *row)
        .collect();
    assert_eq!(rows, [3, 5]);
}
