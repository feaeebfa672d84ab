//! `rejects/`: the records that did not go through, in the format and the bytes of their input, with
//! what was wrong. Mended, the file converts with the same profile.
//!
//! The rows of a workbook's sheet become CSV. CSV gets one more column, NDJSON and JSON one more member:
//! [`REASON_COLUMN`]; and in front of it [`PARTS_COLUMN`] where a record can state several alerts. A reader
//! of pac takes them for no columns of the landlord, so they may stay when the records are mended.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::folder;
use super::nesting;
pub use super::nesting::Surroundings;
use super::notes::with_notes;
use crate::chunk::{PARTS_COLUMN, REASON_COLUMN};
use crate::dialect::{Dialect, Encoding, Format};
use crate::error::{Error, Result};

/// A record that does not go through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject<'c> {
    /// Its bytes as they stand in the input, as UTF-8 for UTF-16.
    pub raw: &'c [u8],
    /// What was wrong.
    pub reason: String,
    /// Which of its alerts did not go through; empty for all.
    pub parts: String,
    /// How many those are; 1 for a record that cannot be read.
    pub alerts: u64,
    /// Whether it has been read: it has a cell for each column, or is a JSON object.
    pub readable: bool,
    /// What enclosed it, where the input is nested.
    pub around: Option<Surroundings<'c>>,
}

/// The rejects of one input; the file exists as soon as there is one.
pub struct RejectsFile {
    path: PathBuf,
    dialect: Dialect,
    header: Vec<u8>,
    /// How many columns of ours the input's own records end in, as it is a rejects file itself.
    older: usize,
    /// Whether records can state several alerts.
    plural: bool,
    file: Option<BufWriter<File>>,
    alerts: u64,
}

impl RejectsFile {
    /// The rejects of an input with that dialect and, for CSV, that header record. `plural` says whether
    /// its records can state several alerts.
    pub fn new(
        path: &Path,
        dialect: &Dialect,
        header: &[u8],
        columns: &[String],
        plural: bool,
    ) -> RejectsFile {
        let older = match columns {
            [.., parts, reason] if reason == REASON_COLUMN && parts == PARTS_COLUMN => 2,
            [.., reason] if reason == REASON_COLUMN => 1,
            _ => 0,
        };
        let mut dialect = dialect.clone();
        if dialect.format == Format::Sheet {
            // as spreadsheet programs save it, so that they open it
            dialect.bom = true;
            dialect.line_end = "\r\n";
        }
        RejectsFile {
            path: path.to_owned(),
            dialect,
            header: header.to_owned(),
            older,
            plural,
            file: None,
            alerts: 0,
        }
    }

    /// Adds a record. `encoding` is the one that the input has turned out to have.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn add(&mut self, reject: &Reject<'_>, encoding: Option<Encoding>) -> Result<()> {
        self.dialect.encoding = encoding;
        let line_end = self.dialect.line_end;
        let around = reject.around.as_ref();
        let (front, back) = nesting::brackets(&self.dialect, around);
        let (mut bytes, end) = match self.dialect.format {
            Format::Csv | Format::Sheet => (self.csv_record(reject), line_end),
            Format::Ndjson => (self.json_record(reject), line_end),
            Format::Json => (self.json_record(reject), ""),
        };
        bytes.splice(0..0, front);
        bytes.extend(back);
        let first = self.file.is_none();
        if self.dialect.format == Format::Json {
            let mut lead = match first {
                true => nesting::head(&self.dialect, around),
                false => b",".to_vec(),
            };
            lead.push(b'\n');
            bytes.splice(0..0, lead);
        }
        bytes.extend_from_slice(end.as_bytes());
        if first {
            self.begin()?;
        }
        self.alerts += reject.alerts;
        self.put(&bytes)
    }

    /// Ends the file; returns how many alerts and unreadable records it holds.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn finish(mut self) -> Result<u64> {
        if self.dialect.format == Format::Json && self.file.is_some() {
            let foot = nesting::foot(&self.dialect);
            self.put(&[b"\n", foot.as_slice(), b"\n"].concat())?;
        }
        if let Some(file) = &mut self.file {
            file.flush()
                .map_err(|error| Error::output(&self.path, &error))?;
        }
        Ok(self.alerts)
    }

    fn begin(&mut self) -> Result<()> {
        if let Some(parent) = self.path.parent() {
            folder::create_folder(parent)?;
        }
        self.file = Some(BufWriter::new(folder::create_file(&self.path)?));
        if self.dialect.bom {
            self.put("\u{feff}".as_bytes())?;
        }
        if let Format::Csv | Format::Sheet = self.dialect.format {
            let mut header = self.without_ours(&self.header).to_vec();
            for name in [PARTS_COLUMN, REASON_COLUMN] {
                if name == REASON_COLUMN || self.plural {
                    header.push(self.dialect.delimiter);
                    header.extend_from_slice(name.as_bytes());
                }
            }
            header.extend_from_slice(self.dialect.line_end.as_bytes());
            self.put(&header)?;
        }
        Ok(())
    }

    /// Writes bytes of the chunk, which are UTF-8 where the input is UTF-16.
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        let wide = match self.dialect.encoding {
            Some(Encoding::Utf16Le) => Some(utf16(bytes, u16::to_le_bytes)),
            Some(Encoding::Utf16Be) => Some(utf16(bytes, u16::to_be_bytes)),
            _ => None,
        };
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let written = file.write_all(wide.as_deref().unwrap_or(bytes));
        written.map_err(|error| Error::output(&self.path, &error))
    }

    fn csv_record(&self, reject: &Reject<'_>) -> Vec<u8> {
        // An unreadable record may lack the older reason, and its last cell is the landlord's then.
        let end = last_delimiter(reject.raw, &self.dialect);
        let own = match reject.readable || is_reason(&reject.raw[end..], self.dialect.quote) {
            true => self.without_ours(reject.raw),
            false => reject.raw,
        };
        let mut record = own.to_vec();
        if self.plural {
            self.push_cell(&mut record, &reject.parts);
        }
        self.push_cell(&mut record, &reject.reason);
        record
    }

    /// A record without the cells of an older rejects file.
    fn without_ours<'r>(&self, mut record: &'r [u8]) -> &'r [u8] {
        for _ in 0..self.older {
            record = &record[..last_delimiter(record, &self.dialect)];
        }
        record
    }

    fn push_cell(&self, record: &mut Vec<u8>, text: &str) {
        record.push(self.dialect.delimiter);
        match self.dialect.quote {
            Some(_) if text.is_empty() => {}
            Some(quote) => {
                let quote = char::from(quote);
                let doubled = text.replace(quote, &format!("{quote}{quote}"));
                record.extend(self.encoded(&format!("{quote}{doubled}{quote}")));
            }
            None => {
                let plain = text.replace(char::from(self.dialect.delimiter), " ");
                record.extend(self.encoded(&plain));
            }
        }
    }

    /// An object with our notes as its last members; what is no object stays as it is, because a note
    /// would make it no more of one.
    fn json_record(&self, reject: &Reject<'_>) -> Vec<u8> {
        let text = match self.dialect.encoding {
            Some(Encoding::Windows1252) => {
                let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(reject.raw);
                Some(text)
            }
            _ => std::str::from_utf8(reject.raw).ok().map(Cow::Borrowed),
        };
        let mut notes = vec![(REASON_COLUMN, reject.reason.as_str())];
        if !reject.parts.is_empty() {
            notes.insert(0, (PARTS_COLUMN, &reject.parts));
        }
        let noted = text.and_then(|text| with_notes(&text, &notes, reject.readable));
        noted.map_or_else(|| reject.raw.to_vec(), |text| self.encoded(&text))
    }

    fn encoded(&self, text: &str) -> Vec<u8> {
        encoded(self.dialect.encoding, text)
    }
}

/// Text as the bytes of a chunk, which are UTF-8 where the input is UTF-16.
pub(super) fn encoded(encoding: Option<Encoding>, text: &str) -> Vec<u8> {
    match encoding {
        Some(Encoding::Windows1252) => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        _ => text.as_bytes().to_vec(),
    }
}

fn utf16(bytes: &[u8], order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes);
    text.encode_utf16().flat_map(order).collect()
}

/// Whether a last cell, with its delimiter, is a reason that pac has written.
fn is_reason(cell: &[u8], quote: Option<u8>) -> bool {
    let text = cell.get(1..).unwrap_or_default();
    let opened = quote.filter(|quote| text.first() == Some(quote));
    let text = text
        .get(usize::from(opened.is_some())..)
        .unwrap_or_default();
    [&b"PAC"[..], b"review: PAC", b"gap: PAC"]
        .iter()
        .any(|mark| text.starts_with(mark))
}

/// Where the last cell's delimiter stands, or the record's end where there is none: the reason is the
/// last cell and was written by pac, so its quotes are balanced.
fn last_delimiter(raw: &[u8], dialect: &Dialect) -> usize {
    let mut quoted = false;
    let mut at = raw.len();
    for (place, byte) in raw.iter().enumerate().rev() {
        if Some(*byte) == dialect.quote {
            quoted = !quoted;
        } else if *byte == dialect.delimiter && !quoted {
            at = place;
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(format: Format) -> Dialect {
        Dialect {
            format,
            encoding: Some(Encoding::Utf8),
            bom: false,
            delimiter: b',',
            quote: Some(b'"'),
            escape: None,
            header_line: Some(1),
            line_end: "\r\n",
            gzip: false,
            sheet: None,
            records: None,
        }
    }

    fn reject<'c>(raw: &'c [u8], reason: &str) -> Reject<'c> {
        Reject {
            raw,
            reason: reason.to_owned(),
            parts: String::new(),
            alerts: 1,
            // as the reader of its input found it
            readable: !raw.windows(6).any(|word| word == b"ragged"),
            around: None,
        }
    }

    fn written(dialect: &Dialect, columns: &[&str], records: &[(&str, &str)]) -> String {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("rejects/input");
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        let header = columns.join(",");
        let mut file = RejectsFile::new(&path, dialect, header.as_bytes(), &columns, false);
        for (raw, reason) in records {
            file.add(&reject(raw.as_bytes(), reason), dialect.encoding)
                .unwrap();
        }
        assert_eq!(file.finish().unwrap(), records.len() as u64);
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn csv_gets_a_column() {
        let text = written(
            &dialect(Format::Csv),
            &["a", "b"],
            &[("1,\"x,y\"", "no \"date\", none")],
        );
        assert_eq!(
            text,
            "a,b,pac_rejected\r\n1,\"x,y\",\"no \"\"date\"\", none\"\r\n"
        );
    }

    #[test]
    fn an_older_reason_is_replaced() {
        let columns = ["a", "b", REASON_COLUMN];
        let records = [
            ("1,\"x,y\",\"old, \"\"reason\"\"\"", "new"),
            ("2,z,", "new"),
        ];
        let text = written(&dialect(Format::Csv), &columns, &records);
        assert_eq!(
            text,
            "a,b,pac_rejected\r\n1,\"x,y\",\"new\"\r\n2,z,\"new\"\r\n"
        );
        let records = [("{\"a\":1,\"pac_rejected\":\"old\"}", "new")];
        let text = written(&dialect(Format::Ndjson), &[], &records);
        assert_eq!(text, "{\"a\":1,\"pac_rejected\":\"new\"}\r\n");
        let sorted = "{\"a\": [1, 2], \"pac_rejected\": \"old\", \"z\": {\"pac_rejected\": 3}}";
        let text = written(&dialect(Format::Ndjson), &[], &[(sorted, "new")]);
        let kept = "{\"a\":[1, 2],\"z\":{\"pac_rejected\": 3},\"pac_rejected\":\"new\"}\r\n";
        assert_eq!(text, kept);
    }

    #[test]
    fn an_unreadable_record_keeps_what_is_no_reason() {
        let columns = ["a", "b", REASON_COLUMN];
        let records = [
            ("1,ragged", "new"),
            ("1,ragged,2,\"PAC001 old, told\"", "new"),
        ];
        let text = written(&dialect(Format::Csv), &columns, &records);
        assert_eq!(
            text,
            "a,b,pac_rejected\r\n1,ragged,\"new\"\r\n1,ragged,2,\"new\"\r\n"
        );
    }

    #[test]
    fn json_gets_a_member_and_stays_an_array() {
        let records = [("{ \"a\": 1 }", "one"), ("{}", "two")];
        let text = written(&dialect(Format::Json), &[], &records);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value[0]["a"], 1);
        assert_eq!(value[1][REASON_COLUMN], "two");
    }

    #[test]
    fn an_object_in_windows_1252_keeps_its_bytes_and_gets_its_member() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("input");
        let mut file = RejectsFile::new(&path, &dialect(Format::Ndjson), b"", &[], false);
        let encoding = Some(Encoding::Windows1252);
        file.add(&reject(b"{\"a\":\"caf\xe9\x81\"}", "one"), encoding)
            .unwrap();
        file.finish().unwrap();
        assert_eq!(
            std::fs::read(path).unwrap(),
            b"{\"a\":\"caf\xe9\x81\",\"pac_rejected\":\"one\"}\r\n"
        );
    }

    #[test]
    fn an_older_reason_in_other_quotes_is_replaced() {
        let single = Dialect {
            quote: Some(b'\''),
            ..dialect(Format::Csv)
        };
        let columns = ["a", "b", REASON_COLUMN];
        let records = [("1,ragged,2,'PAC001 old, told'", "new")];
        let text = written(&single, &columns, &records);
        assert_eq!(text, "a,b,pac_rejected\r\n1,ragged,2,'new'\r\n");
    }

    #[test]
    fn a_record_of_several_alerts_says_which_did_not_go_through() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("input");
        let columns = ["a", "b", PARTS_COLUMN, REASON_COLUMN].map(str::to_owned);
        let dialect = dialect(Format::Csv);
        let header = b"a,b,pac_alerts,pac_rejected";
        let mut file = RejectsFile::new(&path, &dialect, header, &columns, true);
        let rejects = [
            ("1,2,\"b #2; b #3\",\"PAC202 old, told\"", "b #3", "new"),
            ("3,4,,", "", "new"),
        ];
        for (raw, parts, reason) in rejects {
            let reject = Reject {
                parts: parts.to_owned(),
                alerts: 2,
                ..reject(raw.as_bytes(), reason)
            };
            file.add(&reject, dialect.encoding).unwrap();
        }
        assert_eq!(file.finish().unwrap(), 4);
        let text = std::fs::read_to_string(path).unwrap();
        let lines = "a,b,pac_alerts,pac_rejected\r\n1,2,\"b #3\",\"new\"\r\n3,4,,\"new\"\r\n";
        assert_eq!(text, lines);
    }

    #[test]
    fn a_broken_object_stays_as_it_is() {
        let text = written(&dialect(Format::Ndjson), &[], &[("{\"ragged\": tru", "x")]);
        assert_eq!(text, "{\"ragged\": tru\r\n");
    }
}
