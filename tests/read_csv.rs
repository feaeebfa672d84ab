//! Reading of delimited text: where records end, what their cells are, what becomes of broken ones.

mod reading;

use person_alerts::chunk::RecordFault;
use person_alerts::dialect::{DialectWish, Encoding, Format, QuoteWish};
use person_alerts::read::MAX_RECORD;
use proptest::prelude::*;
use reading::{csv_twin, long_ending, read, read_with};

#[test]
fn cells_records_and_lines() {
    let input =
        b"\n\nid , name\r\n1,\"a \"\"b\"\", c\"\r\n\r\n2,\"two\r\nlines\"\r\n3,5\" pipe\r\n";
    let all = read(input);
    assert_eq!(all.columns, ["id", "name"]);
    assert_eq!(all.header, b"id , name");
    assert_eq!(all.dialect.line_end, "\n");
    let rows = [
        (1, 4, vec!["1", "a \"b\", c"]),
        (2, 6, vec!["2", "two\r\nlines"]),
        (3, 8, vec!["3", "5\" pipe"]),
    ];
    all.assert_rows(&rows);
    assert!(all.unreadable.is_empty());
    assert_eq!(all.facts.records, 3);
}

#[test]
fn a_lone_quote_costs_one_line() {
    let input = b"id,name\n1,\"open\n2,b\n3,\"c\"\n4,\"d\ne\"\n";
    let all = read(input);
    all.assert_rows(&[
        (2, 3, vec!["2", "b"]),
        (3, 4, vec!["3", "c"]),
        (4, 5, vec!["4", "d\ne"]),
    ]);
    let fault = (1, 2, b"1,\"open".to_vec(), RecordFault::UnbalancedQuote);
    assert_eq!(all.unreadable, [fault]);
}

#[test]
fn a_lone_quote_in_the_last_record_costs_one_line() {
    let all = read(b"id,name\n1,\"open\n2,b\n");
    all.assert_rows(&[(2, 3, vec!["2", "b"])]);
    assert_eq!(all.unreadable.len(), 1);
}

#[test]
fn a_record_may_be_as_long_as_the_limit_and_no_longer() {
    for (extra, fits) in [(0, true), (1, false)] {
        let cell = "x\n".repeat((MAX_RECORD - 4) / 2);
        let pad = "y".repeat(extra);
        let input = format!("id,name\n1,\"{cell}{pad}\"\n2,b\n");
        let all = read(input.as_bytes());
        let unbalanced = all
            .unreadable
            .iter()
            .any(|u| u.3 == RecordFault::UnbalancedQuote);
        assert_eq!(unbalanced, !fits);
        assert_eq!(all.rows.last().unwrap().2, ["2", "b"]);
    }
}

#[test]
fn a_line_longer_than_a_record_is_kept_in_pieces() {
    let long = "x,".repeat(MAX_RECORD);
    let all = read(format!("id,name\n{long}\n2,b\n").as_bytes());
    let lengths: Vec<usize> = all.unreadable.iter().map(|u| u.2.len()).collect();
    assert_eq!(lengths, [MAX_RECORD, MAX_RECORD]);
    assert!(
        all.unreadable
            .iter()
            .all(|u| u.1 == 2 && u.3 == RecordFault::Unparsable)
    );
    all.assert_rows(&[(3, 3, vec!["2", "b"])]);
}

#[test]
fn ragged_records_and_stray_quotes_are_told() {
    let all = read(b"a,b\n1\n1,2,3\n\"x\"y,2\n");
    let ragged = |cells| RecordFault::Ragged { cells, expected: 2 };
    let faults: Vec<RecordFault> = all.unreadable.iter().map(|u| u.3).collect();
    assert_eq!(faults, [ragged(1), ragged(3)]);
    all.assert_rows(&[(3, 4, vec!["xy", "2"])]);
    assert_eq!(all.stray_quotes, [3]);
}

#[test]
fn a_quote_closes_its_cell_where_the_cell_ends() {
    let all = read(b"a,b\n\"the \"big\" one\",2\n\"round, 48\"\",3\n");
    all.assert_rows(&[(1, 2, vec!["the \"big\" one", "2"])]);
    assert_eq!(all.stray_quotes, [1]);
    let fault = RecordFault::UnbalancedQuote;
    assert_eq!(all.unreadable.len(), 1);
    assert_eq!((all.unreadable[0].0, all.unreadable[0].3), (2, fault));
}

#[test]
fn an_empty_input_has_no_columns() {
    for input in [&b""[..], b"\n\r\n\r", b"\xef\xbb\xbf"] {
        let all = read(input);
        assert!(all.columns.is_empty() && all.rows.is_empty() && all.unreadable.is_empty());
        assert_eq!(all.facts.bytes, input.len() as u64);
    }
}

#[test]
fn the_delimiter_is_detected_or_given() {
    assert_eq!(read(b"a;b;c,d\n").columns, ["a", "b", "c,d"]);
    let wish = DialectWish {
        delimiter: Some(b','),
        quote: QuoteWish::Nothing,
        ..DialectWish::default()
    };
    let all = read_with(b"a,\"b;c;d\n1,\"2\n", &wish, &[], None);
    assert_eq!(all.columns, ["a", "\"b;c;d"]);
    all.assert_rows(&[(1, 2, vec!["1", "\"2"])]);
}

#[test]
fn many_lines_with_an_opening_quote_take_no_more_than_a_moment() {
    let lines = [
        "a,\"\n",
        "b\",\"\n",
        "\"\n",
        "\"x\n",
        "\"\"\"\n",
        ",\"\"\"\n",
    ];
    let start = std::time::Instant::now();
    for line in lines {
        let input = ["a,b\n\"\n", &line.repeat(200_000)].concat();
        let all = read(input.as_bytes());
        assert_eq!(
            all.facts.records,
            (all.rows.len() + all.unreadable.len()) as u64
        );
    }
    assert!(start.elapsed().as_secs() < 60);
}

fn hostile_text() -> impl Strategy<Value = String> {
    let parts = ["a", ",", "\"", "\n", "\r", "\"\"", "é"];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..60)
        .prop_map(|parts| parts.concat())
}

fn csv_text() -> impl Strategy<Value = String> {
    let parts = ["a", ",", "\"", "\n", "\r", "\"a\"", ",\"", "\",", "\"\n"];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..30)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn what_is_read_does_not_depend_on_chunk_size(text in hostile_text(), size in 1usize..40) {
        let input = format!("h,i\n{text}\n{}", long_ending("a,b\n"));
        let wish = DialectWish::default();
        let whole = read_with(input.as_bytes(), &wish, &[], None);
        let pieces = read_with(input.as_bytes(), &wish, &[], Some(size));
        prop_assert_eq!(&whole, &pieces);
        let counted = (whole.rows.len() + whole.unreadable.len()) as u64;
        prop_assert_eq!(whole.facts.records, counted);
    }

    #[test]
    fn no_byte_is_lost_but_line_ends(text in hostile_text()) {
        let input = format!("h,i\n{text}");
        let all = read(input.as_bytes());
        let kept: Vec<u8> = all.raw_in_order().concat();
        let strip = |bytes: &[u8]| -> Vec<u8> {
            bytes.iter().copied().filter(|b| !matches!(b, b'\n' | b'\r')).collect()
        };
        prop_assert_eq!(strip(&kept), strip(text.as_bytes()));
    }

    #[test]
    fn cells_are_those_of_the_csv_crate(text in csv_text()) {
        if let Some(cells) = csv_twin::cells_of_all_records(&text) {
            prop_assert_eq!(cells, csv_twin::cells_of_the_crate(&text));
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for format in [Format::Csv, Format::Ndjson, Format::Json] {
            for encoding in [None, Some(Encoding::Windows1252), Some(Encoding::Utf16Le)] {
                let wish = DialectWish { format: Some(format), encoding, ..DialectWish::default() };
                let wanted = ["a".to_owned(), "/b/c".to_owned()];
                let all = read_with(&bytes, &wish, &wanted, Some(7));
                let counted = all.rows.len() + all.unreadable.len() + all.passed_over.len();
                prop_assert_eq!(all.facts.records, counted as u64);
            }
        }
    }
}
