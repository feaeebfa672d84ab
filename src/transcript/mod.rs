//! What the reader sees of an input, printed: every record and every cell.
//!
//! Nothing is left out in silence. A record that cannot be read is printed as far as it can be seen;
//! what is passed over, taken out or read otherwise than it is written is told, by its place and kind
//! and never by its content.

mod csv_text;
mod json_text;
mod notes;

use std::io::Write;
use std::path::Path;

use crate::chunk::RecordFault;
use crate::dialect::{DialectWish, Encoding, Format};
use crate::error::{Error, Result};
use crate::read::{InputPlace, InputReader, Splitter};

pub use notes::Note;
use notes::{Entry, Kind, entries, notes_of};

/// Bytes of text in a chunk.
const CHUNK: usize = 2 << 20;

/// How a transcript is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Delimited text as RFC 4180 has it: commas, double quotes, lines that end with CR and LF; UTF-8.
    Csv,
    /// One JSON object a line; UTF-8.
    Ndjson,
}

/// Prints an input to `out`, and calls `tell` for everything that is not printed as it stands. `name`
/// is the input as the operator named it.
///
/// # Errors
/// The input cannot be opened or read to its end, or `out` cannot be written.
pub fn print(
    place: &InputPlace,
    name: &str,
    wish: &DialectWish,
    form: Form,
    out: &mut dyn Write,
    tell: &mut dyn FnMut(&Note),
) -> Result<()> {
    let reader = InputReader::open_without_digest(place, name, wish, &[])?;
    match (reader.dialect().format, form) {
        (Format::Csv | Format::Sheet, Form::Csv) => {
            let mut csv = csv_text::CsvText::new(out);
            if reader.dialect().header_line.is_some() {
                csv.cells(reader.columns().iter())?;
            }
            transcribe(reader, tell, |entry, scene| match &entry.kind {
                Kind::Row(row) => {
                    csv.cells((0..entry.chunk.width).map(|at| entry.chunk.cell(*row, at)))
                }
                _ => csv.cells(scene.cells(entry).iter()),
            })
        }
        (Format::Csv | Format::Sheet, Form::Ndjson) => {
            let names = json_text::names(reader.columns());
            transcribe(reader, tell, |entry, scene| match &entry.kind {
                Kind::Row(row) => {
                    let cells = (0..entry.chunk.width).map(|at| entry.chunk.cell(*row, at));
                    json_text::object(out, &names, cells)
                }
                _ => {
                    let cells = scene.cells(entry);
                    json_text::object(out, &names, cells.iter().map(String::as_str))
                }
            })
        }
        (_, Form::Ndjson) => records_as_lines(reader, out, tell),
        (_, Form::Csv) => members_as_columns(reader, place, name, wish, out, tell),
    }
}

/// Prints the records of a JSON input as they stand, without the objects around them.
fn records_as_lines(
    reader: InputReader,
    out: &mut dyn Write,
    tell: &mut dyn FnMut(&Note),
) -> Result<()> {
    let mut around = false;
    transcribe(reader, tell, |entry, scene| {
        let members = &entry.chunk.unknown_members;
        around |= members.iter().any(|name| name.starts_with("../"));
        match &entry.kind {
            Kind::Row(_)
            | Kind::Unreadable(RecordFault::Misplaced | RecordFault::RepeatedMember) => {
                json_text::on_one_line(out, &scene.text(entry))
            }
            _ => json_text::unreadable(out, &scene.text(entry)),
        }
    })?;
    if around {
        let what = "left out: members of the objects around records, which --to csv prints";
        tell(&Note::about_all(what));
    }
    Ok(())
}

/// Prints a JSON input as delimited text. All of it is read once before, to learn its members.
fn members_as_columns(
    mut first: InputReader,
    place: &InputPlace,
    name: &str,
    wish: &DialectWish,
    out: &mut dyn Write,
    tell: &mut dyn FnMut(&Note),
) -> Result<()> {
    if *place == InputPlace::Stdin {
        let why = "standard input is read once, and the columns of JSON are known at its end; take --to ndjson, or a file";
        return Err(Error::Usage(why.to_owned()));
    }
    let splitter = first.splitter();
    let mut members: Vec<String> = Vec::new();
    while let Some(raw) = first.next_chunk()? {
        for member in splitter.split(raw).unknown_members {
            if !members.contains(&member) {
                members.push(member);
            }
        }
    }
    let wanted: Vec<String> = members
        .iter()
        .map(|name| json_text::pointer_to(name))
        .collect();
    let reader = InputReader::open_without_digest(place, name, wish, &wanted)?;
    let mut csv = csv_text::CsvText::new(out);
    if !members.is_empty() {
        csv.cells(members.iter())?;
    }
    transcribe(reader, tell, |entry, scene| match &entry.kind {
        Kind::Row(row) => csv.cells((0..entry.chunk.width).map(|at| entry.chunk.cell(*row, at))),
        _ => csv.cells([scene.text(entry)].iter()),
    })
}

/// What the records of an input are seen with.
struct Scene {
    splitter: Splitter,
    encoding: Option<Encoding>,
}

impl Scene {
    /// The cells of a record that cannot be read, as far as they can be seen.
    fn cells(&self, entry: &Entry<'_>) -> Vec<String> {
        let raw = entry.chunk.raw(entry.record);
        self.splitter.cells_of_unreadable(raw, self.encoding)
    }

    /// The text of a record.
    fn text(&self, entry: &Entry<'_>) -> String {
        let raw = entry.chunk.raw(entry.record);
        self.splitter.text_of(raw, self.encoding)
    }
}

/// Calls `print` for each record that is printed, in input order.
fn transcribe(
    mut reader: InputReader,
    tell: &mut dyn FnMut(&Note),
    mut print: impl FnMut(&Entry<'_>, &Scene) -> Result<()>,
) -> Result<()> {
    reader = reader.with_chunk_size(CHUNK);
    if reader.preamble_lines() > 0 {
        tell(&Note::preamble(reader.preamble_lines()));
    }
    while let Some(raw) = reader.next_chunk()? {
        let scene = Scene {
            splitter: reader.splitter(),
            encoding: reader.dialect().encoding,
        };
        let chunk = scene.splitter.split(raw);
        for entry in entries(&chunk) {
            for note in notes_of(&entry) {
                tell(&note);
            }
            if !matches!(entry.kind, Kind::PassedOver(_)) {
                print(&entry, &scene)?;
            }
        }
        if chunk.cut_off {
            tell(&Note::about_all("the input ends in the middle of a record"));
        }
    }
    let is_blank = reader.columns().is_empty() && reader.dialect().format == Format::Csv;
    for note in Note::of_input(&reader.finish(), is_blank) {
        tell(&note);
    }
    Ok(())
}

fn output_failed(error: &std::io::Error) -> Error {
    Error::output(Path::new("standard output"), error)
}
