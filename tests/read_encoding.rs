//! Reading of encodings and of compressed files, and what cannot be opened.

mod reading;

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use person_alerts::chunk::RecordFault;
use person_alerts::dialect::{DialectWish, Encoding};
use person_alerts::error::Error;
use person_alerts::read::{InputPlace, InputReader, RawChunk, Splitter};
use reading::{read, read_with};

fn wish(encoding: Encoding) -> DialectWish {
    DialectWish {
        encoding: Some(encoding),
        ..DialectWish::default()
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn windows_1252_behind_a_mark() {
    let all = read(b"\xef\xbb\xbfid,caf\xe9\r\n1,\x80\r\n2,x\r\n");
    assert_eq!(all.columns, ["id", "café"]);
    assert_eq!(all.header, b"id,caf\xe9");
    assert_eq!(all.dialect.encoding, Some(Encoding::Windows1252));
    assert!(all.dialect.bom);
    all.assert_rows(&[(1, 2, vec!["1", "€"]), (2, 3, vec!["2", "x"])]);
    assert_eq!(all.rows[0].3, b"1,\x80");
}

#[test]
fn a_record_that_is_no_utf8_costs_itself() {
    let all = read("a,b\n£,£\n1,\u{e9}\n".as_bytes());
    assert_eq!(all.dialect.encoding, Some(Encoding::Utf8));
    let all = read(b"a,b\n\xc2\xa3,\xc2\xa3\n1,\xe9\n\"\"\"\xc2\xa3\",4\n");
    all.assert_rows(&[(1, 2, vec!["£", "£"]), (3, 4, vec!["\"£", "4"])]);
    let fault = RecordFault::Undecodable;
    assert_eq!(all.unreadable, [(2, 3, b"1,\xe9".to_vec(), fault)]);
}

#[test]
fn the_profile_decides_the_encoding() {
    let all = read_with(b"a\n\xc2\xa3\n", &wish(Encoding::Windows1252), &[], None);
    all.assert_rows(&[(1, 2, vec!["Â£"])]);
    let all = read_with(b"a\n\xa3\n", &wish(Encoding::Utf8), &[], None);
    assert_eq!(all.unreadable.len(), 1);
}

#[test]
fn the_encoding_is_undecided_while_all_is_ascii() {
    let all = read(b"a\nb\n");
    assert_eq!(all.dialect.encoding, None);
    assert_eq!(all.facts.dialect.encoding, None);
    let all = read_with(b"a\nb\nc\nd\n\xe9\n", &DialectWish::default(), &[], Some(2));
    assert_eq!(all.facts.dialect.encoding, Some(Encoding::Windows1252));
}

#[test]
fn utf16_with_and_without_a_mark() {
    let text = "id,name\r\n1,\"Zoë, 😀\"\r\n2,b\r\n";
    let units = || text.encode_utf16();
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    let marked = [&b"\xff\xfe"[..], &little].concat();
    let inputs = [
        (little, Encoding::Utf16Le, false),
        (big, Encoding::Utf16Be, false),
        (marked, Encoding::Utf16Le, true),
    ];
    for (input, encoding, bom) in inputs {
        let all = read(&input);
        assert_eq!(
            (all.dialect.encoding, all.dialect.bom),
            (Some(encoding), bom)
        );
        assert_eq!(all.header, b"id,name");
        all.assert_rows(&[(1, 2, vec!["1", "Zoë, 😀"]), (2, 3, vec!["2", "b"])]);
        assert_eq!(all.facts.bytes, input.len() as u64);
    }
}

#[test]
fn a_lone_surrogate_costs_its_record() {
    let mut units: Vec<u16> = "id\nx".encode_utf16().collect();
    units.extend([0xd800, 0x0a, 0x79]);
    let input: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let all = read(&input);
    all.assert_rows(&[(2, 3, vec!["y"])]);
    assert_eq!(all.unreadable[0].3, RecordFault::Undecodable);
}

#[test]
fn gzip_is_unpacked_in_all_its_members() {
    let packed = [gzip(b"a,b\n1,2\n"), gzip(b"3,4\n")].concat();
    let all = read(&packed);
    assert!(all.dialect.gzip);
    all.assert_rows(&[(1, 2, vec!["1", "2"]), (2, 3, vec!["3", "4"])]);
    assert_eq!(all.facts.bytes, packed.len() as u64);
}

#[test]
fn the_hash_is_that_of_the_stored_bytes() {
    let all = read(b"abc");
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(all.facts.sha256, sha256);
}

fn open(place: &std::path::Path) -> Result<usize, Error> {
    let place = InputPlace::Path(place.to_owned());
    let mut reader = InputReader::open(&place, "in.csv", &DialectWish::default(), &[])?;
    let mut records = 0;
    while let Some(raw) = reader.next_chunk()? {
        records += raw.records();
    }
    Ok(records)
}

#[test]
fn what_cannot_be_opened_is_an_error_of_the_input() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("damaged.gz");
    let mut packed = gzip("a,b\n1,2\n".repeat(1000).as_bytes());
    packed.truncate(packed.len() / 2);
    std::fs::write(&damaged, packed).unwrap();
    let cases = [
        (
            folder.path().to_owned(),
            "in.csv: is a folder, and a file is needed",
        ),
        (
            folder.path().join("none"),
            "in.csv: there is no such file or folder",
        ),
        (
            damaged,
            "in.csv: the gzip stream is damaged or incomplete; copy the file again",
        ),
    ];
    for (place, message) in cases {
        let error = open(&place).unwrap_err();
        assert_eq!(error.to_string(), message);
        assert_eq!(error.exit_code(), 3);
    }
}

#[test]
fn separators_must_fit() {
    let wish = DialectWish {
        delimiter: Some(0xa6),
        ..DialectWish::default()
    };
    let place = InputPlace::Path("unused".into());
    let error = InputReader::open(&place, "in.csv", &wish, &[]).unwrap_err();
    assert_eq!(error.exit_code(), 2);
}

#[test]
fn a_reader_may_move_to_its_thread_and_a_splitter_to_all() {
    fn assert_send<T: Send>() {}
    fn assert_shared<T: Clone + Send + Sync>() {}
    assert_send::<InputReader>();
    assert_send::<RawChunk>();
    assert_shared::<Splitter>();
}

#[test]
fn members_of_a_gzip_file_are_read_and_nul_bytes_behind_them_passed() {
    let members = [gzip(b"a,b\n1,2\n"), gzip(b"3,4\n")].concat();
    for padding in [0, 1, 7, 700, 200_000] {
        let packed = [members.clone(), vec![0; padding]].concat();
        let all = read(&packed);
        all.assert_rows(&[(1, 2, vec!["1", "2"]), (2, 3, vec!["3", "4"])]);
        assert_eq!(all.facts.bytes, packed.len() as u64);
    }
    let between = [gzip(b"a,b\n"), vec![0; 9], gzip(b"3,4\n")].concat();
    read(&between).assert_rows(&[(1, 2, vec!["3", "4"])]);
}
