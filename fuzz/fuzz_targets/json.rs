//! What is read of JSON text of any kind depends neither on where chunks end nor on the records in front: read
//! at once, where a record may be of the shape of one before it, it is what it is read record by record.
//!
//! `cargo +nightly fuzz run json` in the folder above runs it until something differs.

#![no_main]

#[path = "../../tests/reading/mod.rs"]
mod reading;

use libfuzzer_sys::fuzz_target;
use person_alerts::dialect::record_path::RecordPath;
use person_alerts::dialect::{DialectWish, Encoding, Format};
use reading::read_with;

fuzz_target!(|text: &str| {
    // the second time the shapes of the first are known, and what stands last is in one chunk
    let ending = "\n".repeat(5000);
    let kinds = [
        (Format::Ndjson, None, format!("{{}}\n{text}\n{text}{ending}")),
        (Format::Json, None, format!("[{text},\n{text}{ending}]")),
        (
            Format::Json,
            Some("/v/*/w/*"),
            format!("{{\"v\":[{{\"i\":1,\"w\":[{text},\n{text}{ending}"),
        ),
    ];
    for (format, records, input) in kinds {
        let wish = DialectWish {
            format: Some(format),
            encoding: Some(Encoding::Utf8),
            records: records.and_then(|path| RecordPath::parse(path).ok()),
            ..DialectWish::default()
        };
        let names = ["a", "b", "/c/d", "../i"];
        let wanted = names.iter().take(3 + usize::from(records.is_some()));
        let wanted: Vec<String> = wanted.map(|name| (*name).to_owned()).collect();
        let whole = read_with(input.as_bytes(), &wish, &wanted, None);
        let single = read_with(input.as_bytes(), &wish, &wanted, Some(1));
        assert_eq!(whole.rows, single.rows);
        assert_eq!(whole.unreadable, single.unreadable);
        assert_eq!(whole.facts.records, single.facts.records);
    }
});
