//! Reading of records within JSON: what encloses them, what becomes of broken documents.

mod reading;

use person_alerts::chunk::RecordFault;
use person_alerts::dialect::record_path::RecordPath;
use person_alerts::dialect::{DialectWish, Encoding, Format};
use person_alerts::read::MAX_RECORD;
use proptest::prelude::*;
use reading::{Everything, long_ending, read_with};

const PEOPLE: &str = "/people/*/alerts/*";

fn read(input: &str, records: &str, wanted: &[&str]) -> Everything {
    read_in(input.as_bytes(), records, wanted, None)
}

fn read_in(input: &[u8], records: &str, wanted: &[&str], chunk_size: Option<usize>) -> Everything {
    let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
    let wish = DialectWish {
        records: Some(RecordPath::parse(records).unwrap()),
        ..DialectWish::default()
    };
    read_with(input, &wish, &wanted, chunk_size)
}

fn cells(all: &Everything) -> Vec<Vec<&str>> {
    let rows = all.rows.iter();
    rows.map(|row| row.2.iter().map(String::as_str).collect())
        .collect()
}

fn faults(all: &Everything) -> Vec<(u64, &str, RecordFault)> {
    let text = |bytes| std::str::from_utf8(bytes).unwrap();
    let faults = all.unreadable.iter();
    faults
        .map(|(number, _, raw, fault)| (*number, text(raw), *fault))
        .collect()
}

#[test]
fn parents_count_wherever_their_members_stand() {
    let input = r#"{"area":"N","people":[
  {"id":1,"alerts":[{"a":"x"},{"a":"y"}],"name":{"first":"n"}},
  {"id":2,"alerts":[]}, {"id":3}, {"id":4,"alerts":null},
  {"alerts":[{"a":"z"}],"id":5}
],"next":null}"#;
    for size in [None, Some(1), Some(30)] {
        let wanted = ["a", "../id", "/people/*/name/first", "../../area"];
        let all = read_in(input.as_bytes(), PEOPLE, &wanted, size);
        all.assert_rows(&[
            (1, 2, vec!["x", "1", "n", "N"]),
            (2, 2, vec!["y", "1", "n", "N"]),
            (3, 4, vec!["z", "5", "", "N"]),
        ]);
        assert_eq!(all.dialect.format, Format::Json);
        assert!(all.unreadable.is_empty() && !all.facts.truncated && !all.facts.stray_commas);
        assert_eq!(all.facts.arrays, Some(3));
        assert_eq!(all.unknown_members, ["../../next"]);
    }
}

#[test]
fn arrays_within_arrays_and_objects_on_the_way() {
    let all = read("[[{\"a\":1}],[],[{\"a\":2}]]", "/*/*", &["a"]);
    assert_eq!(cells(&all), [["1"], ["2"]]);
    let input = "[{\"id\":7,\"data\":{\"from\":\"s\",\"alerts\":[{\"a\":1}]}}]";
    let wanted = ["a", "../from", "../../id"];
    let all = read(input, "/*/data/alerts/*", &wanted);
    assert_eq!(cells(&all), [["1", "s", "7"]]);
}

#[test]
fn each_line_has_its_own_parents() {
    let input = "{\"id\":1,\"alerts\":[{\"a\":1},\n{\"id\":2,\"alerts\":[{\"a\":2}]}\n\n\
                 {\"id\":3}\n[1]\n{\"alerts\":[{\"a\":4},5],\"id\":4} x\n\
                 {\"alerts\":[{\"a\":5},6],\"id\":5}\n";
    for size in [None, Some(1)] {
        let all = read_in(input.as_bytes(), "/alerts/*", &["a", "../id"], size);
        all.assert_rows(&[(2, 2, vec!["2", "2"]), (5, 7, vec!["5", "5"])]);
        let line = |at: usize| input.lines().nth(at).unwrap();
        let expected = [
            (1, line(0), RecordFault::Unparsable),
            (3, line(4), RecordFault::Misplaced),
            (4, line(5), RecordFault::Unparsable),
            (6, "6", RecordFault::Misplaced),
        ];
        assert_eq!(faults(&all), expected);
        assert_eq!(all.dialect.format, Format::Ndjson);
    }
}

#[test]
fn what_is_no_array_is_told_and_not_searched() {
    let input =
        r#"{"people":[{"alerts":{"k1":{"a":1}}},7,null,{"alerts":"none"},{"alerts":[{"a":2}]}]}"#;
    let all = read(input, PEOPLE, &["a"]);
    assert_eq!(cells(&all), [["2"]]);
    let told = ["{\"k1\":{\"a\":1}}", "7", "null", "\"none\""];
    let fault = RecordFault::Misplaced;
    let expected = [1, 2, 3, 4].map(|number| (number, told[number as usize - 1], fault));
    assert_eq!(faults(&all), expected);
    let all = read("{\"persons\":[]}", PEOPLE, &["a"]);
    assert_eq!((all.facts.arrays, all.facts.records), (Some(0), 0));
    let arrays = |input: &str| read(input, PEOPLE, &["a"]).facts.arrays;
    assert_eq!(arrays("{\"people\":[]}"), Some(1));
    assert_eq!(
        arrays("{\"people\":[{\"id\":1},{\"Alerts\":[{}]}]}"),
        Some(0)
    );
}

#[test]
fn a_member_twice_in_a_parent_is_believed_neither_time() {
    for parent in [
        r#"{"id":1,"alerts":[{"a":1}],"id":2}"#,
        r#"{"id":1,"alerts":[{"a":1}],"alerts":[]}"#,
    ] {
        let all = read(
            &format!("{{\"people\":[{parent}]}}"),
            PEOPLE,
            &["a", "../id"],
        );
        let fault = RecordFault::RepeatedMember;
        assert_eq!(faults(&all), [(1, "{\"a\":1}", fault)]);
    }
}

#[test]
fn a_parent_longer_than_the_look_ahead_is_known_by_what_stands_in_front() {
    let filler = "x".repeat(MAX_RECORD / 2);
    let alerts =
        format!("[{{\"a\":1,\"t\":\"{filler}\"}},{{\"a\":2,\"t\":\"{filler}\"}},{{\"a\":3}}]");
    let front = format!(
        "{{\"people\":[{{\"id\":1,\"alerts\":{alerts},\"z\":9}},{{\"id\":2,\"alerts\":[{{\"a\":4}}]}}]}}"
    );
    let all = read(&front, PEOPLE, &["a", "../id"]);
    assert_eq!(
        cells(&all),
        [["1", "1"], ["2", "1"], ["3", "1"], ["4", "2"]]
    );
    assert!(all.unknown_members.contains(&"../z".to_owned()));
    let all = read(&front, PEOPLE, &["a", "../z"]);
    assert_eq!(cells(&all), [["4", ""]]);
    let unknown = |record: &(u64, &str, RecordFault)| record.2 == RecordFault::UnknownParent;
    assert!(faults(&all).iter().all(unknown) && all.unreadable.len() == 3);
}

#[test]
fn long_values_beside_the_records_are_passed() {
    let filler = "[1,{\"people\":\"]\"}],".repeat(MAX_RECORD / 8);
    let input = format!(
        "{{\"log\":[{filler}0],\"people\":[{{\"id\":1,\"alerts\":[{{\"a\":1}}]}}],\"end\":[{filler}0]}}"
    );
    let all = read(&input, PEOPLE, &["a", "../id"]);
    assert_eq!(cells(&all), [["1", "1"]]);
    assert!(!all.facts.truncated && all.unreadable.is_empty());
    let behind = &all.facts.unknown_members;
    let unknown: Vec<&String> = all.unknown_members.iter().chain(behind).collect();
    assert_eq!(unknown, ["../../log", "../../end"]);
}

/// An alert must never be taken for one of another person.
#[test]
fn a_broken_record_costs_itself_or_its_parent() {
    let people = |broken: &str| {
        format!(
            "{{\"people\": [\n  {{\n    \"id\": 1,\n    \"alerts\": [\n      {broken},\n      {{\"a\": 2}}\n    ]\n  }},\n  \
             {{\n    \"id\": 2,\n    \"alerts\": [\n      {{\"a\": 3}}\n    ]\n  }}\n]}}\n"
        )
    };
    for broken in ["{\"a\": \"x}", "{\"a\": [1}", "{\"a\": \"x\ny\"}"] {
        let all = read(&people(broken), PEOPLE, &["a", "../id"]);
        assert_eq!(cells(&all), [["2", "1"], ["3", "2"]], "{broken}");
        assert_eq!(faults(&all), [(1, broken, RecordFault::Unparsable)]);
        assert!(!all.facts.truncated);
    }
    // the next line of the same indent is one of another person
    let joined = "{\"people\": [{\n  \"id\": 1, \"alerts\": [\n    {\"a\": \"x}\n  ]}, {\"id\": 2, \"alerts\": [\n    {\"a\": 3}\n  ]}\n]}\n";
    let all = read(joined, PEOPLE, &["a", "../id"]);
    assert!(all.rows.is_empty());
    // lines without indent may be anything, and are looked at as parents alone
    let flat = "{\"people\":[\n{\"id\":1,\"alerts\":[\n{\"a\":\"x},\n{\"a\":2}\n]},\n{\"id\":2,\"alerts\":[\n{\"a\":3}\n]}\n]}\n";
    let all = read(flat, PEOPLE, &["a", "../id"]);
    assert_eq!(cells(&all), [["3", "2"]]);
    let fault = RecordFault::Unparsable;
    assert_eq!(
        faults(&all)[..2],
        [(1, "{\"a\":\"x}", fault), (2, "{\"a\":2}", fault)]
    );
}

#[test]
fn what_is_broken_last_leaves_the_end_of_the_document() {
    let input = "{\"people\":[\n{\"id\":1,\"alerts\":[{\"a\":\"x}]},\n-- 1 row\n]}\n";
    let all = read(input, PEOPLE, &["a", "../id"]);
    let broken = "{\"a\":\"x}]},\n-- 1 row";
    assert_eq!(faults(&all), [(1, broken, RecordFault::Unparsable)]);
    assert!(!all.facts.truncated);
}

#[test]
fn a_document_that_is_cut_off_is_told() {
    let input =
        "{\"people\":[{\"id\":1,\"alerts\":[{\"a\":1}]},{\"id\":2,\"alerts\":[{\"a\":2},{\"a\":";
    let all = read(input, PEOPLE, &["a", "../id"]);
    assert_eq!(cells(&all), [["1", "1"], ["2", "2"]]);
    assert_eq!(faults(&all), [(3, "{\"a\":", RecordFault::Unparsable)]);
    assert!(all.facts.truncated);
}

#[test]
fn commas_out_of_place_are_told() {
    for (input, stray) in [
        ("{\"people\":[{\"alerts\":[{},{}]},{}]}", false),
        ("{\"people\":[{\"alerts\":[{},]}]}", true),
        ("{\"people\":[{\"alerts\":[{} {}]}]}", true),
        ("{\"people\":[{\"alerts\":[]} {\"alerts\":[]}]}", true),
        ("{\"people\":[{\"alerts\":[]}],}", true),
    ] {
        assert_eq!(
            read(input, PEOPLE, &[]).facts.stray_commas,
            stray,
            "{input}"
        );
    }
}

#[test]
fn parents_are_decoded_as_records_are() {
    let input = b"{\"people\":[{\"n\\u00e4me\":\"caf\xe9\",\"alerts\":[{\"a\":\"\xfc\"}]}]}";
    let all = read_in(input, PEOPLE, &["a", "../näme"], None);
    assert_eq!(cells(&all), [["ü", "café"]]);
    assert_eq!(all.dialect.encoding, Some(Encoding::Windows1252));
    let input =
        "{\"people\":[{\"name\":\"a\\\"b\",\"alerts\":[{\"a\":\"c\\\"d\"},{\"a\":\"e\"}]}]}";
    let all = read(input, PEOPLE, &["a", "../name"]);
    assert_eq!(cells(&all), [["c\"d", "a\"b"], ["e", "a\"b"]]);
}

#[test]
fn many_broken_parents_take_no_more_than_a_moment() {
    let start = std::time::Instant::now();
    for line in [
        "{\"id\":\n",
        "{\"alerts\":[{\n",
        "{\"alerts\":[{\"a\":\"\n",
        "{\"alerts\":[{]},\n",
        " {\"alerts\":[\n  {\"a\":1,\n",
    ] {
        let input = format!("{{\"people\":[{}", line.repeat(20_000));
        assert!(read(&input, PEOPLE, &["a", "../id"]).facts.records > 0);
    }
    assert!(start.elapsed().as_secs() < 60);
}

proptest! {
    #[test]
    fn what_is_read_does_not_depend_on_chunk_size(
        parts in proptest::collection::vec(proptest::sample::select(vec![
            "{", "}", "[", "]", ",", "\"", "\n", " ", "{\"a\":1}", "\"id\":2", "\"alerts\":[",
            "{\"alerts\":[{\"a\":\"é\"}],\"id\":3}", "]}", ",\n{", "\r\n", "null",
        ]), 0..40),
        size in 1usize..60,
    ) {
        for opening in ["{\"people\":[", "{\"people\":[\n{\"id\":1,\"alerts\":[", "{"] {
            let input = opening.to_owned() + &parts.concat() + &long_ending("\n");
            let wanted = ["a", "../id", "../../x"];
            let whole = read_in(input.as_bytes(), PEOPLE, &wanted, None);
            let pieces = read_in(input.as_bytes(), PEOPLE, &wanted, Some(size));
            prop_assert_eq!(&whole.rows, &pieces.rows);
            prop_assert_eq!(&whole.unreadable, &pieces.unreadable);
            let counted = (whole.rows.len() + whole.unreadable.len()) as u64;
            prop_assert_eq!(whole.facts.records, counted);
        }
    }
}
