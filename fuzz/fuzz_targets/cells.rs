//! Delimited text of any kind has the cells that the `csv` crate finds in it, or the reader says that a quote is
//! not where it should be; and no byte of it but line ends is lost.
//!
//! `cargo +nightly fuzz run cells` in the folder above runs it until something differs.

#![no_main]

#[path = "../../tests/reading/mod.rs"]
mod reading;

use libfuzzer_sys::fuzz_target;
use person_alerts::dialect::{DialectWish, Encoding, HeaderWish};
use reading::{csv_twin, read_with};

fuzz_target!(|text: &str| {
    if let Some(cells) = csv_twin::cells_of_all_records(text) {
        assert_eq!(cells, csv_twin::cells_of_the_crate(text));
    }
    let wish = DialectWish {
        delimiter: Some(b','),
        encoding: Some(Encoding::Utf8),
        header: HeaderWish::Line(1),
        ..DialectWish::default()
    };
    let all = read_with(format!("h,i\n{text}").as_bytes(), &wish, &[], None);
    let kept: Vec<u8> = all.raw_in_order().concat();
    let passed = !all.passed_over.is_empty();
    let bytes = |own: &[u8]| {
        own.iter()
            .filter(|byte| !matches!(byte, b'\n' | b'\r'))
            .count()
    };
    assert!(passed || bytes(&kept) == bytes(text.as_bytes()));
});
