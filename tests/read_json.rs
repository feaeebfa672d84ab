//! Reading of NDJSON and JSON arrays: where records end, which members become cells, what becomes of
//! broken ones.

mod reading;

use person_alerts::chunk::RecordFault;
use person_alerts::dialect::{DialectWish, Format};
use person_alerts::read::MAX_RECORD;
use proptest::prelude::*;
use reading::{Everything, long_ending, read_with};

fn read(input: &str, wanted: &[&str]) -> Everything {
    read_in(input, wanted, None)
}

fn read_in(input: &str, wanted: &[&str], chunk_size: Option<usize>) -> Everything {
    let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
    read_with(
        input.as_bytes(),
        &DialectWish::default(),
        &wanted,
        chunk_size,
    )
}

fn unreadable(all: &Everything) -> Vec<(u64, u64, &str, RecordFault)> {
    let text = |bytes| std::str::from_utf8(bytes).unwrap();
    all.unreadable
        .iter()
        .map(|(number, line, raw, fault)| (*number, *line, text(raw), *fault))
        .collect()
}

#[test]
fn members_become_cells_as_written() {
    let input =
        r#"{"s":"a\u00e9\n\"b\"","n":1.50,"b":true,"z":null,"o":{"x": [1, 2]},"t":"plain"}"#;
    let all = read(input, &["s", "n", "b", "z", "o", "missing", "t"]);
    assert_eq!(all.dialect.format, Format::Ndjson);
    let cells = vec![
        "aé\n\"b\"",
        "1.50",
        "true",
        "",
        "{\"x\": [1, 2]}",
        "",
        "plain",
    ];
    all.assert_rows(&[(1, 1, cells)]);
    assert!(all.unknown_members.is_empty());
}

#[test]
fn pointers_reach_into_objects() {
    let input = r#"{"person":{"id":7,"name":"n","a/b":{"~":1}},"x":0}
{"person":"seven"}
{"person":null,"pac_rejected":"why"}"#;
    let all = read(input, &["/person/id", "/person/a~1b/~0", "/x"]);
    all.assert_rows(&[
        (1, 1, vec!["7", "1", "0"]),
        (2, 2, vec!["", "", ""]),
        (3, 3, vec!["", "", ""]),
    ]);
    assert_eq!(all.unknown_members, ["/person/name", "person"]);
}

#[test]
fn strangers_are_told_once_and_not_below_a_whole_object() {
    let input = "{\"a\":1,\"b\":2,\"o\":{\"p\":1,\"q\":2}}\n{\"b\":3}\n";
    let all = read(input, &["a", "o", "/o/p"]);
    assert_eq!(all.unknown_members, ["b"]);
    all.assert_rows(&[
        (1, 1, vec!["1", "{\"p\":1,\"q\":2}", "1"]),
        (2, 2, vec!["", "", ""]),
    ]);
}

#[test]
fn lines_that_are_no_objects_are_unreadable() {
    let records = [
        r#"{"a":1}"#,
        "  ",
        "[1]",
        r#"{"a":"#,
        r#"{"a":"\ud800"}"#,
        r#"{"a":2} x"#,
        r#"{"a":3}"#,
    ];
    let all = read(&records.join("\r\n"), &["a"]);
    all.assert_rows(&[(1, 1, vec!["1"]), (6, 7, vec!["3"])]);
    let mut expected = [(2, 3), (3, 4), (4, 5), (5, 6)].map(|(number, line)| {
        let fault = RecordFault::Unparsable;
        (number, line, records[line as usize - 1], fault)
    });
    expected[0].3 = RecordFault::Misplaced;
    assert_eq!(unreadable(&all), expected);
}

#[test]
fn a_member_twice_is_told_wherever_a_column_looks() {
    for record in [
        r#"{"a":1,"a":1}"#,
        r#"{"y":1,"y":1}"#,
        r#"{"o":{"p":1,"p":2}}"#,
    ] {
        let all = read(record, &["a", "/o/p"]);
        let fault = RecordFault::RepeatedMember;
        assert_eq!(unreadable(&all), [(1, 1, record, fault)]);
    }
}

#[test]
fn an_array_in_any_layout() {
    let compact = r#"[{"a":1},{"a":2}]"#;
    let lines = "\n[ {\"a\":1}\n, {\"a\":2}\n ]\n";
    let pretty = "[\r\n  {\r\n    \"a\": 1\r\n  },\r\n  {\r\n    \"a\": 2\r\n  }\r\n]";
    for (input, first, second) in [(compact, 1, 1), (lines, 2, 3), (pretty, 2, 5)] {
        for size in [None, Some(1), Some(9)] {
            let all = read_in(input, &["a"], size);
            all.assert_rows(&[(1, first, vec!["1"]), (2, second, vec!["2"])]);
            assert!(all.unreadable.is_empty() && !all.facts.truncated);
        }
    }
}

#[test]
fn a_broken_element_costs_itself() {
    let input =
        "[\n{\"a\":1,\"b\":\"x},\n{\"a\":2},\n{\"a\":[3},\n{\"a\":4},\n{\"a\":5,\n{\"a\":6}\n]\n";
    let all = read(input, &["a"]);
    all.assert_rows(&[(2, 3, vec!["2"]), (4, 5, vec!["4"]), (6, 7, vec!["6"])]);
    let fault = RecordFault::Unparsable;
    let expected = [
        (1, 2, "{\"a\":1,\"b\":\"x}", fault),
        (3, 4, "{\"a\":[3}", fault),
        (5, 6, "{\"a\":5", fault),
    ];
    assert_eq!(unreadable(&all), expected);
    assert!(!all.facts.truncated);
}

#[test]
fn objects_within_a_broken_element_are_no_elements() {
    let input = "[\n  {\n    \"a\": \"x,\n    \"l\": [\n      {\n        \"a\": 9\n      }\n    ]\n  },\n  {\n    \"a\": 2\n  }\n]\n";
    let all = read(input, &["a"]);
    all.assert_rows(&[(2, 10, vec!["2"])]);
    assert_eq!(all.unreadable.len(), 1);
    assert!(!all.facts.truncated);
}

#[test]
fn a_broken_last_element_leaves_the_end_of_the_array() {
    let all = read("[{\"a\":1},\n{\"a\":\"x}\n]\n", &["a"]);
    assert_eq!(
        unreadable(&all),
        [(2, 2, "{\"a\":\"x}", RecordFault::Unparsable)]
    );
    assert!(!all.facts.truncated);
}

#[test]
fn an_array_that_is_cut_off_is_told() {
    let all = read("[{\"a\":1},\n{\"a\":2", &["a"]);
    all.assert_rows(&[(1, 1, vec!["1"])]);
    assert_eq!(
        unreadable(&all),
        [(2, 2, "{\"a\":2", RecordFault::Unparsable)]
    );
    assert!(all.facts.truncated);
    assert!(read("[{\"a\":1}", &["a"]).facts.truncated);
}

#[test]
fn text_behind_the_array_is_told() {
    let all = read("[{\"a\":1}]\n-- 1 row\n{\"a\":2}\n", &["a"]);
    let fault = RecordFault::Unparsable;
    assert_eq!(
        unreadable(&all),
        [(2, 2, "-- 1 row", fault), (3, 3, "{\"a\":2}", fault)]
    );
}

#[test]
fn an_element_without_end_is_kept_in_pieces() {
    let filler = "1,".repeat(MAX_RECORD);
    let all = read(
        &format!("[{{\"a\":0}},{{\"a\":[{filler}\n{{\"a\":1}}]"),
        &["a"],
    );
    all.assert_rows(&[(1, 1, vec!["0"]), (5, 2, vec!["1"])]);
    let kept: usize = all.unreadable.iter().map(|record| record.2.len()).sum();
    assert!(kept >= filler.len());
}

#[test]
fn many_broken_elements_take_no_more_than_a_moment() {
    let start = std::time::Instant::now();
    for line in [
        "{\n",
        "{\"a\":\"\n",
        "{\"a\":[\n",
        "{]\n",
        "{\"a\":1,\n{},\n",
    ] {
        let all = read(&format!("[{}", line.repeat(40_000)), &["a"]);
        assert!(all.facts.records > 0);
    }
    assert!(start.elapsed().as_secs() < 60);
}

fn json_text() -> impl Strategy<Value = String> {
    let parts = [
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "\\",
        "\n",
        "\r",
        " ",
        "{\"a\":1}",
        "\"a\":",
        "é",
        "]\n",
        ",\n{",
    ];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..40)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn what_is_read_does_not_depend_on_chunk_size(text in json_text(), size in 1usize..40) {
        for opening in ["[", "{", "[{\"a\":"] {
            let input = format!("{opening}{text}{}", long_ending("\n"));
            let whole = read_in(&input, &["a", "/b/c"], None);
            let pieces = read_in(&input, &["a", "/b/c"], Some(size));
            prop_assert_eq!(&whole, &pieces);
            let counted = (whole.rows.len() + whole.unreadable.len()) as u64;
            prop_assert_eq!(whole.facts.records, counted);
        }
    }

    #[test]
    fn records_do_not_depend_on_those_in_front(
        kinds in proptest::collection::vec(json_text(), 1..4),
        order in proptest::collection::vec(any::<proptest::sample::Index>(), 1..10),
        lines in any::<bool>(),
    ) {
        let records: Vec<String> = order.iter().map(|at| at.get(&kinds).replace('\n', " ")).collect();
        let input = match lines {
            true => format!("{{{}{}", records.join("\n{"), long_ending("\n")),
            false => format!("[{{{}{}", records.join(",{"), long_ending("\n")),
        };
        let whole = read_in(&input, &["a", "/b/c"], None);
        prop_assert_eq!(whole, read_in(&input, &["a", "/b/c"], Some(1)));
    }

    #[test]
    fn no_byte_is_lost_but_what_separates(text in json_text()) {
        let input = format!("[{text}");
        let all = read(&input, &["a"]);
        let kept: Vec<u8> = all.raw_in_order().concat();
        let strip = |bytes: &[u8]| -> String {
            let text = String::from_utf8_lossy(bytes);
            text.chars().filter(|c| !matches!(c, '\n' | '\r' | ' ' | ',' | ']')).collect()
        };
        prop_assert_eq!(strip(&kept), strip(text.as_bytes()));
    }
}
