//! The filter of a schema may flag too much and never too little: on random schemas and cells, every
//! row that the `jsonschema` crate by itself finds fault with is flagged.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Write;

use person_alerts::candidate::{Candidates, Column, Outcome, TextValues, Values};
use person_alerts::check::schema::{
    CodeListKeys, CompiledSchema, Empty, Kind, Member, Shape, Source,
};
use person_alerts::standard::Standard;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestError, TestRunner};
use serde_json::{Map, Value, json};

/// Rows of a batch.
const ROWS: usize = 120;
/// Schemas that a batch is tried with.
const SCHEMAS: usize = 12;
/// Batches.
const BATCHES: u32 = 72;

const TERMS: [&str; 3] = ["Stable", "Worse", "Ünder"];
const SUBCODES: [(i32, &str); 4] = [(1, "MED1.01"), (2, "MED1.02"), (4, "RISK1.01"), (9, "ü")];
const TEXTS: &[&str] = &[
    "",
    "a",
    "ab",
    "é",
    "ééé",
    "🏠🔑",
    "12",
    "٣",
    "a b\n",
    "MED1.01",
    "2024-02-29",
    "2024-02-30",
    "2024-02-29T12:00:00Z",
    "a@example.org",
    "a@",
    "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
    "https://example.org/a",
    "not a uri",
    "1",
    "null",
];
const NUMBERS: &[i64] = &[
    0,
    1,
    -1,
    2,
    3,
    7,
    8,
    9,
    100,
    i32::MAX as i64,
    i32::MIN as i64,
];
const LONG_NUMBERS: &[i64] = &[i64::MIN, i64::MAX, 9_007_199_254_740_993, 4_294_967_297];
const DAYS: &[i32] = &[-719_162, 0, 19_782, 19_783, 20_000, 2_932_896];
const MEMBERS: &[&str] = &[
    "number", "long", "text", "term", "flag", "day", "time", "subcode", "landlord", "fixed",
];

/// A column of every kind, some of its cells empty.
fn batch() -> impl Strategy<Value = Candidates> {
    fn cells<T: Clone + std::fmt::Debug + 'static>(
        values: Vec<T>,
    ) -> impl Strategy<Value = Vec<Option<T>>> {
        prop::collection::vec(prop::option::weighted(0.8, select(values)), ROWS)
    }
    fn column<T: Clone + Default>(cells: Vec<Option<T>>) -> Values<T> {
        let mut column = Values::blank(ROWS);
        for (row, cell) in cells.into_iter().enumerate() {
            if let Some(value) = cell {
                column.set(row, value);
            }
        }
        column
    }
    let small: Vec<i32> = NUMBERS.iter().map(|number| *number as i32).collect();
    let large: Vec<i64> = NUMBERS.iter().chain(LONG_NUMBERS).copied().collect();
    let random = prop_oneof![select(TEXTS).prop_map(str::to_owned), "[abé1@. ]{0,6}",];
    let texts = prop::collection::vec(prop::option::weighted(0.8, random), ROWS);
    let times: Vec<i64> = DAYS
        .iter()
        .map(|day| i64::from(*day) * 86_400_000_000 + 500_000)
        .collect();
    let columns = (
        cells(small),
        cells(large),
        texts,
        cells(vec![0_u8, 1, 2]),
        cells(vec![false, true]),
        cells(DAYS.to_vec()),
        cells(times),
        cells(vec![1, 2, 3, 4, 9, -1]),
    );
    columns.prop_map(|(number, long, text, term, flag, day, time, code)| {
        let mut texts = TextValues::default();
        text.iter().for_each(|text| texts.push(text.as_deref()));
        let columns = vec![
            Column::Int32(column(number)),
            Column::Int64(column(long)),
            Column::Text(texts),
            Column::Term(column(term)),
            Column::Bool(column(flag)),
            Column::Date(column(day)),
            Column::Timestamp(column(time)),
            Column::Int32(column(code)),
        ];
        Candidates {
            rows: ROWS,
            names: columns.iter().map(|_| String::new()).collect(),
            columns,
            outcomes: vec![Outcome::Accepted; ROWS],
            ..Candidates::default()
        }
    })
}

fn shape(empty: Empty) -> Shape {
    let terms = TERMS.iter().map(|term| (*term).to_owned()).collect();
    let kinds = [
        Kind::Integer,
        Kind::Integer,
        Kind::Text,
        Kind::Term(terms),
        Kind::Boolean,
        Kind::Date,
        Kind::Instant,
    ];
    let columns = kinds
        .into_iter()
        .enumerate()
        .map(|(at, kind)| Source::Column {
            at,
            kind,
            stand_in: (at == 1).then(|| 1.into()),
        });
    let words: HashMap<i32, Value> = SUBCODES
        .iter()
        .map(|(key, word)| (*key, Value::from(*word)))
        .collect();
    let others = [
        Source::Listed { at: 7, words },
        Source::Landlord,
        Source::Fixed(1.into()),
    ];
    let members = MEMBERS.iter().zip(columns.chain(others));
    Shape {
        members: members
            .map(|(name, source)| Member {
                name: (*name).to_owned(),
                source,
            })
            .collect(),
        empty,
    }
}

/// The record of a row, made without the program.
fn record(batch: &Candidates, row: usize, empty: Empty) -> Value {
    let utc = |micros: i64| chrono::DateTime::from_timestamp_micros(micros).unwrap();
    let mut record = Map::new();
    for (name, column) in MEMBERS.iter().zip(&batch.columns) {
        let value = match column {
            Column::Int32(column) if *name == "subcode" => {
                let word = |key: &i32| SUBCODES.iter().find(|(own, _)| own == key);
                column.get(row).and_then(word).map(|(_, word)| json!(word))
            }
            Column::Int32(column) => column.get(row).map(|number| json!(number)),
            Column::Int64(column) => Some(json!(column.get(row).unwrap_or(&1))),
            Column::Text(column) => column.get(row).map(|text| json!(text)),
            Column::Term(column) => column.get(row).map(|term| json!(TERMS[usize::from(*term)])),
            Column::Bool(column) => column.get(row).map(|flag| json!(flag)),
            Column::Date(column) => column.get(row).map(|day| {
                json!(
                    utc(i64::from(*day) * 86_400_000_000)
                        .format("%Y-%m-%d")
                        .to_string()
                )
            }),
            Column::Timestamp(column) => column
                .get(row)
                .map(|time| json!(utc(*time).format("%Y-%m-%dT%H:%M:%S%.fZ").to_string())),
        };
        match (value, empty) {
            (Some(value), _) => record.insert((*name).to_owned(), value),
            (None, Empty::Null) => record.insert((*name).to_owned(), Value::Null),
            (None, Empty::LeftOut) => None,
        };
    }
    record.insert("landlord".to_owned(), json!("EX"));
    record.insert("fixed".to_owned(), json!(1));
    Value::Object(record)
}

/// One keyword about a cell.
fn keyword() -> BoxedStrategy<(String, Value)> {
    let types = [
        "string", "integer", "number", "boolean", "null", "array", "object",
    ];
    let bound = prop_oneof![
        select(NUMBERS).prop_map(|number| json!(number)),
        select(LONG_NUMBERS).prop_map(|number| json!(number)),
        select(vec![0.5, -1.5, 2.0, 1e19, -1e19, 1e300]).prop_map(|number| json!(number)),
        Just(json!(u64::MAX)),
    ];
    let value = prop_oneof![
        select(NUMBERS).prop_map(|number| json!(number)),
        select(LONG_NUMBERS).prop_map(|number| json!(number)),
        select(TEXTS).prop_map(|text| json!(text)),
        select(&TERMS[..]).prop_map(|text| json!(text)),
        select(vec![
            json!(null),
            json!(true),
            json!(false),
            json!(2.0),
            json!(0.5),
            json!([1]),
            json!({})
        ]),
        select(vec![
            json!("EX"),
            json!("2024-02-30"),
            json!("1970-01-01"),
            json!("1970-1-1")
        ]),
    ];
    let bounds = select(vec![
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
    ]);
    let patterns = vec![
        "^\\d+$",
        "^[a-zé]*$",
        "a",
        "^2024-",
        "1\\.0",
        "^(?!a)",
        "^(.)\\1",
        "\\s",
        "^.{2,4}$",
        "^\\w",
        "\\p{Lu}",
        "^$",
        "Z$",
    ];
    let formats = vec!["date", "date-time", "email", "uuid", "uri", "regex", "time"];
    prop_oneof![
        3 => prop::sample::subsequence(types.to_vec(), 1..4).prop_map(|types| ("type".to_owned(), json!(types))),
        3 => prop::collection::vec(value.clone(), 1..4).prop_map(|values| ("enum".to_owned(), json!(values))),
        2 => value.prop_map(|value| ("const".to_owned(), value)),
        4 => (bounds, bound).prop_map(|(keyword, bound)| (keyword.to_owned(), bound)),
        1 => select(vec![json!(1), json!(2), json!(0.5), json!(7)]).prop_map(|step| ("multipleOf".to_owned(), step)),
        2 => (0_u64..12).prop_map(|least| ("minLength".to_owned(), json!(least))),
        2 => prop_oneof![(0_u64..30).prop_map(|most| json!(most)), Just(json!(10.0))]
            .prop_map(|most| ("maxLength".to_owned(), most)),
        3 => select(patterns).prop_map(|pattern| ("pattern".to_owned(), json!(pattern))),
        3 => select(formats).prop_map(|format| ("format".to_owned(), json!(format))),
        1 => Just(("x-note".to_owned(), json!("nothing"))),
        1 => Just(("required".to_owned(), json!(["a"]))),
    ]
    .boxed()
}

/// A schema about a cell. `open` adds keywords that have no kernel.
fn cell_schema(open: bool) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        12 => prop::collection::vec(keyword(), 1..4)
            .prop_map(|keywords| Value::Object(keywords.into_iter().collect())),
        1 => any::<bool>().prop_map(Value::Bool),
    ];
    leaf.prop_recursive(2, 6, 3, move |inner| joined(inner, open))
        .boxed()
}

/// Schemas joined to one.
fn joined(inner: BoxedStrategy<Value>, open: bool) -> BoxedStrategy<Value> {
    let several = prop::collection::vec(inner.clone(), 1..3);
    let parts = (
        inner.clone(),
        prop::option::of(inner.clone()),
        prop::option::of(inner.clone()),
    );
    let kernels = prop_oneof![
        several
            .clone()
            .prop_map(|schemas| json!({ "allOf": schemas })),
        several
            .clone()
            .prop_map(|schemas| json!({ "anyOf": schemas })),
        parts.prop_map(|(condition, then, otherwise)| {
            let mut schema = json!({ "if": condition });
            then.into_iter().for_each(|then| schema["then"] = then);
            otherwise
                .into_iter()
                .for_each(|otherwise| schema["else"] = otherwise);
            schema
        }),
    ];
    match open {
        false => kernels.boxed(),
        true => prop_oneof![
            4 => kernels,
            1 => several.prop_map(|schemas| json!({ "oneOf": schemas })),
            1 => inner.prop_map(|schema| json!({ "not": schema })),
        ]
        .boxed(),
    }
}

/// A schema about a record.
fn record_schema(open: bool) -> BoxedStrategy<Value> {
    let names = || {
        select(
            MEMBERS
                .iter()
                .copied()
                .chain(["unknown"])
                .collect::<Vec<_>>(),
        )
    };
    let cells = prop::collection::vec((names(), cell_schema(open)), 1..4).prop_map(|cells| {
        let cells = cells
            .into_iter()
            .map(|(name, schema)| (name.to_owned(), schema));
        json!({ "properties": cells.collect::<Map<_, _>>() })
    });
    let others = (cells.clone(), cell_schema(open)).prop_map(|(mut schema, others)| {
        schema["additionalProperties"] = others;
        schema
    });
    let known: Vec<&str> = MEMBERS.iter().copied().chain(["unknown"]).collect();
    let required =
        prop::sample::subsequence(known, 1..3).prop_map(|names| json!({ "required": names }));
    let leaf = prop_oneof![
        8 => cells,
        1 => others,
        2 => required,
        1 => select(vec![json!({ "type": "object" }), json!({ "maximum": 1, "title": "nothing" }), json!(true)]),
    ];
    leaf.prop_recursive(2, 6, 3, move |inner| joined(inner, open))
        .boxed()
}

/// What was counted over all cases.
#[derive(Default)]
struct Share {
    cases: usize,
    broken: usize,
    needless: usize,
}

fn run(open: bool) -> Share {
    let share = RefCell::new(Share::default());
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(BATCHES)
    });
    let schemas = prop::collection::vec((record_schema(open), any::<bool>()), SCHEMAS);
    let keys = CodeListKeys::new(&Standard::embedded().unwrap());
    let tried = runner.run(&(batch(), schemas), |(batch, schemas)| {
        let records = |empty| {
            (0..ROWS)
                .map(|row| record(&batch, row, empty))
                .collect::<Vec<_>>()
        };
        let (nulls, left_out) = (records(Empty::Null), records(Empty::LeftOut));
        for (schema, is_null) in schemas {
            let (empty, records) = match is_null {
                true => (Empty::Null, &nulls),
                false => (Empty::LeftOut, &left_out),
            };
            let judge = jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .unwrap();
            let compiled = CompiledSchema::new(&schema, shape(empty), &keys).unwrap();
            let suspects = compiled.suspects(&batch, "EX");
            let mut share = share.borrow_mut();
            for (row, record) in records.iter().enumerate() {
                let broken = !judge.is_valid(record);
                prop_assert!(!broken || suspects.value(row), "{schema} misses {record}");
                share.cases += 1;
                share.broken += usize::from(broken);
                share.needless += usize::from(suspects.value(row) && !broken);
            }
        }
        Ok(())
    });
    if let Err(TestError::Fail(reason, _)) = tried {
        panic!("{reason}");
    }
    share.into_inner()
}

fn tell(about: &str, share: &Share) {
    let sound = share.cases - share.broken;
    // past the capture of tests, so that it is seen
    let mut out = std::io::stderr().lock();
    writeln!(
        out,
        "{about}: {} cases, {} break their schema, {} of {sound} others flagged needlessly ({:.2} %)",
        share.cases,
        share.broken,
        share.needless,
        100.0 * share.needless as f64 / sound as f64,
    )
    .unwrap();
    assert!(share.cases >= 100_000, "{} cases", share.cases);
    assert!(share.broken > share.cases / 20 && sound > share.cases / 20);
}

#[test]
fn keywords_with_kernels_flag_what_the_judge_finds_and_nothing_else() {
    let share = run(false);
    tell("keywords with kernels", &share);
    assert_eq!(share.needless, 0);
}

#[test]
fn no_schema_is_flagged_too_little() {
    let share = run(true);
    tell("any keywords", &share);
}

#[test]
fn days_that_no_record_can_name_go_to_the_judge() {
    let runner = &mut TestRunner::deterministic();
    let mut batch = batch().new_tree(runner).unwrap().current();
    let Column::Date(days) = &mut batch.columns[5] else {
        panic!("the sixth column holds dates");
    };
    days.set(3, i32::MAX);
    let schema = json!({ "if": { "properties": { "day": { "type": "string" } } }, "else": false });
    let keys = CodeListKeys::default();
    let compiled = CompiledSchema::new(&schema, shape(Empty::LeftOut), &keys).unwrap();
    assert!(compiled.suspects(&batch, "EX").value(3));
}
