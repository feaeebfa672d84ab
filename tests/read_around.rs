//! What stands around a table: lines above the header, repeated headers, footers, padding.

mod reading;

use person_alerts::chunk::{PassedOver, RecordFault, Removed};
use person_alerts::dialect::{DialectWish, HeaderWish, QuoteWish};
use proptest::prelude::*;
use reading::{Everything, long_ending, read_with};

fn having(columns: &[&str]) -> DialectWish {
    let columns = columns.iter().map(|name| (*name).to_owned());
    header(HeaderWish::Having(columns.collect()))
}

fn header(header: HeaderWish) -> DialectWish {
    DialectWish {
        header,
        ..DialectWish::default()
    }
}

fn read(input: &str, wish: &DialectWish) -> Everything {
    read_with(input.as_bytes(), wish, &[], None)
}

fn passed(all: &Everything) -> Vec<(u64, PassedOver)> {
    all.passed_over.clone()
}

#[test]
fn the_header_is_the_first_record_with_the_columns_that_are_needed() {
    let input = "Alerts, all areas\n\nTaken on, 1 May\n id ,NAME,notes\n1,a,b\n";
    let all = read(input, &having(&["Id", "name"]));
    assert_eq!(all.columns, ["id", "NAME", "notes"]);
    all.assert_rows(&[(1, 5, vec!["1", "a", "b"])]);
    assert_eq!(all.dialect.header_line, Some(4));
    assert_eq!(all.facts.preamble_lines, 3);
    assert_eq!(all.header, input.as_bytes()[..input.find("\n1,a").unwrap()]);
}

#[test]
fn where_no_record_has_them_all_the_one_with_most_is_told_of() {
    let all = read("title\nid,name\n1,a\n", &having(&["id", "born"]));
    assert_eq!(all.columns, ["id", "name"]);
    let all = read("title\nid,name\n1,a\n", &having(&["ref", "born"]));
    assert_eq!(all.columns, ["title"]);
}

#[test]
fn the_columns_tell_the_delimiter_and_the_quotes() {
    let all = read("a, b, c and d\nid;na,me\n1;x\n", &having(&["id", "na,me"]));
    assert_eq!(all.dialect.delimiter, b';');
    all.assert_rows(&[(1, 3, vec!["1", "x"])]);
    let quoted = "'id','name'\n'1','x, y'\n'2','z'\n'3','z'\n";
    let all = read(quoted, &having(&["id", "name"]));
    assert_eq!(all.dialect.quote, Some(b'\''));
    all.assert_rows(&[
        (1, 2, vec!["1", "x, y"]),
        (2, 3, vec!["2", "z"]),
        (3, 4, vec!["3", "z"]),
    ]);
}

#[test]
fn a_line_names_the_delimiter() {
    let all = read("sep=|\r\nid|a,b\r\n1|2\r\n", &having(&["id"]));
    assert_eq!(all.columns, ["id", "a,b"]);
    all.assert_rows(&[(1, 3, vec!["1", "2"])]);
    assert_eq!(all.facts.preamble_lines, 1);
}

#[test]
fn the_header_is_where_the_profile_says() {
    let input = "id,name\n\n\"id\n2\",name\n1,a\n";
    let all = read(input, &header(HeaderWish::Line(2)));
    assert_eq!(all.columns, ["id\n2", "name"]);
    all.assert_rows(&[(1, 5, vec!["1", "a"])]);
    let all = read("1,a\n2,b\n", &header(HeaderWish::Nothing));
    assert_eq!(all.columns, ["1", "2"]);
    assert_eq!(all.dialect.header_line, None);
    all.assert_rows(&[(1, 1, vec!["1", "a"]), (2, 2, vec!["2", "b"])]);
    let all = read("1,2,pac_rejected\n1,a,PAC1\n", &header(HeaderWish::Nothing));
    all.assert_rows(&[(1, 2, vec!["1", "a", "PAC1"])]);
}

#[test]
fn a_guessed_header_fills_more_than_half_of_the_columns() {
    let input = "report,,,\nof May,,,\nid,name,,born\n1,a,x,2\n2,b,,3\n";
    let all = read(input, &header(HeaderWish::Guessed));
    assert_eq!(all.columns, ["id", "name", "", "born"]);
    assert_eq!(all.facts.records, 2);
}

#[test]
fn escapes_and_spaces_are_found_where_they_mend_records() {
    let all = read("a,b\n1,\"48\\\", or so\"\n2,x\n", &having(&["a"]));
    assert_eq!(all.dialect.escape, Some(b'\\'));
    all.assert_rows(&[(1, 2, vec!["1", "48\", or so"]), (2, 3, vec!["2", "x"])]);
    let all = read("a,b\n1,\"C:\\\"\n2,x\n", &having(&["a"]));
    assert_eq!(all.dialect.escape, None);
    all.assert_rows(&[(1, 2, vec!["1", "C:\\"]), (2, 3, vec!["2", "x"])]);
    let all = read("a, b\n1, \"x, y\"\n2, z\n", &having(&["a"]));
    all.assert_rows(&[(1, 2, vec!["1", "x, y"]), (2, 3, vec!["2", "z"])]);
}

#[test]
fn escapes_may_be_escaped() {
    let wish = DialectWish {
        escape: Some(b'\\'),
        ..DialectWish::default()
    };
    let all = read("a,b\n\"x\\\\\",\"y\\n\\\"\n\"\n", &wish);
    all.assert_rows(&[(1, 2, vec!["x\\", "y\\n\"\n"])]);
}

#[test]
fn repeated_headers_footers_and_padding_are_passed_over() {
    let input = "id,name\n1,a\n\u{feff}id,name\n\u{feff}2,b\u{0}\n-- 3 rows, more or less\n3,c\n\
        (4 rows affected)\n\u{1a}\u{0}";
    let wish = DialectWish {
        footers: vec!["-- ".to_owned()],
        ..having(&["id"])
    };
    let all = read(input, &wish);
    all.assert_rows(&[
        (1, 2, vec!["1", "a"]),
        (3, 4, vec!["2", "b"]),
        (5, 6, vec!["3", "c"]),
    ]);
    let expected = [
        (2, PassedOver::RepeatedHeader),
        (4, PassedOver::Footer { rows: Some(3) }),
        (6, PassedOver::Footer { rows: Some(4) }),
        (7, PassedOver::Padding),
    ];
    assert_eq!(passed(&all), expected);
    let removed = [(3, Removed::ByteOrderMark), (3, Removed::Nul)];
    assert_eq!(all.removed, removed);
}

#[test]
fn only_the_end_has_footers_that_nobody_declared() {
    let all = read("id,name\n(4 rows affected)\n1,a\nnone\n", &having(&["id"]));
    assert!(all.passed_over.is_empty());
    assert_eq!(all.unreadable.len(), 2);
    let all = read("id\n(4 rows affected)\n", &having(&["id"]));
    assert!(all.passed_over.is_empty());
    all.assert_rows(&[(1, 2, vec!["(4 rows affected)"])]);
}

#[test]
fn a_last_record_that_is_not_whole_is_cut_off_unless_its_line_ends() {
    for (end, cut_off) in [
        ("2", true),
        ("2\n", false),
        ("2,b", false),
        ("2,\"b", true),
        ("2,b,c", false),
        ("Total: 1", false),
    ] {
        let all = read(&format!("id,name\n1,a\n{end}"), &having(&["id"]));
        assert_eq!(all.cut_off, cut_off, "{end:?}");
    }
    let all = read("{\"a\":1}\n{\"a\":", &DialectWish::default());
    assert!(all.cut_off);
    assert_eq!(all.unreadable[0].3, RecordFault::Unparsable);
}

#[test]
fn nothing_but_padding_is_no_table() {
    for input in ["\u{0}\u{0}\u{0}", "\u{1a}", "\n\u{0}\n\n\u{1a}"] {
        let all = read(input, &having(&["id"]));
        assert!(all.columns.is_empty() && all.rows.is_empty() && all.unreadable.is_empty());
    }
}

#[test]
fn quotes_may_have_no_meaning() {
    let wish = DialectWish {
        quote: QuoteWish::Nothing,
        ..having(&["id"])
    };
    let all = read("id,name\n1,\"a\n", &wish);
    all.assert_rows(&[(1, 2, vec!["1", "\"a"])]);
}

fn lines() -> impl Strategy<Value = String> {
    let parts = [
        "id,name\n",
        "1,a\n",
        "2,\"b\nc\"\r\n",
        "(2 rows affected)\n",
        "End of report\r\n",
        "\u{1a}",
        "\n",
        "x\n",
        "3,d",
        "\u{feff}4,e\n",
    ];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..30)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn what_is_passed_over_does_not_depend_on_chunk_size(text in lines(), size in 1usize..60) {
        let input = format!("title\nid,name\n{text}\n{}", long_ending("5,f\n"));
        let whole = read_with(input.as_bytes(), &having(&["id", "name"]), &[], None);
        let pieces = read_with(input.as_bytes(), &having(&["id", "name"]), &[], Some(size));
        prop_assert_eq!(&whole, &pieces);
        let counted = whole.rows.len() + whole.unreadable.len() + whole.passed_over.len();
        prop_assert_eq!(whole.facts.records, counted as u64);
    }
}

#[test]
fn records_above_the_header_are_told_and_not_lost() {
    let input =
        "Alerts,,\n1,a,2024-01-01\n\n2,\"b\nc\",2024-01-02\nid,name,start\n3,d,2024-01-03\n";
    let all = read(input, &having(&["id", "name"]));
    assert_eq!(all.columns, ["id", "name", "start"]);
    all.assert_rows(&[(3, 7, vec!["3", "d", "2024-01-03"])]);
    let above = |number, line, text: &str| {
        let bytes = text.as_bytes().to_vec();
        (number, line, bytes, RecordFault::AboveHeader)
    };
    assert_eq!(
        all.unreadable,
        [
            above(1, 2, "1,a,2024-01-01"),
            above(2, 4, "2,\"b\nc\",2024-01-02")
        ]
    );
    assert_eq!(all.facts.records, 3);
    // the title and the blank line
    assert_eq!(all.facts.preamble_lines, 2);
    // the header as it goes to the rejects, with what is not a record
    assert_eq!(all.header, b"Alerts,,\n\nid,name,start");
}

#[test]
fn a_header_below_all_records_leaves_none_to_be_read() {
    let all = read("1,a\n2,b\nid,name\n", &having(&["id", "name"]));
    assert_eq!((all.rows.len(), all.unreadable.len()), (0, 2));
    assert_eq!(all.facts.preamble_lines, 0);
    assert_eq!(all.header, b"id,name");
}

#[test]
fn lines_above_a_header_that_is_declared_or_has_another_shape_are_a_preamble() {
    let above = |input: &str, wish: &DialectWish| {
        let all = read(input, wish);
        (all.unreadable.len(), all.facts.preamble_lines)
    };
    let input = "1,a,\nid,name,start\n2,b,c\n";
    assert_eq!(above(input, &having(&["id"])), (1, 0));
    assert_eq!(above(input, &header(HeaderWish::Line(2))), (0, 1));
    for title in ["Alerts,,", "Alerts, all", "Alerts, of, all, areas"] {
        let input = format!("{title}\nid,name,start\n2,b,c\n");
        assert_eq!(above(&input, &having(&["id", "name"])), (0, 1), "{title}");
    }
    assert_eq!(above("Alerts\nid\n2\n", &having(&["id"])), (0, 1));
}
