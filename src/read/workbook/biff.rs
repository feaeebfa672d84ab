//! The workbook inside a compound file (`.xls`), looked through before it is parsed: the parser lays the
//! cells of a sheet out densely, so that one damaged row or column number would take all memory.

use std::io::{Cursor, Read, Write};

use super::book::BookFault;

type Result<T> = std::result::Result<T, BookFault>;

/// Columns that a sheet of this format can have.
const COLUMNS: u16 = 256;
/// Places that the cells of a workbook may be strewn over, however few they are.
const PLACES: u64 = 4 << 20;
/// Places for each cell beyond that.
const PLACES_A_CELL: u64 = 20;

mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000a;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00bd;
    pub(super) const RICH_STRING: u16 = 0x00d6;
    pub(super) const LABEL_SST: u16 = 0x00fd;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const BOOL_ERR: u16 = 0x0205;
    pub(super) const RK: u16 = 0x027e;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// A compound file that holds nothing but the workbook of this one, which is sound enough to be parsed.
///
/// The file is put together anew because the parser would follow damaged chains of sectors in a circle.
pub(super) fn sound(bytes: Vec<u8>) -> Result<Vec<u8>> {
    let size = bytes.len() as u64;
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let stream = file.open_stream(name.ok_or(BookFault::NoWorkbook)?);
    let mut workbook = Vec::new();
    let mut stream = stream.map_err(damaged)?.take(size);
    stream.read_to_end(&mut workbook).map_err(damaged)?;
    look_through(&mut workbook)?;

    let anew = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()));
    let mut anew = anew.map_err(damaged)?;
    let mut stream = anew.create_stream("/Workbook").map_err(damaged)?;
    stream.write_all(&workbook).map_err(damaged)?;
    stream.flush().map_err(damaged)?;
    drop(stream);
    Ok(anew.into_inner().into_inner())
}

fn damaged(_: std::io::Error) -> BookFault {
    BookFault::Damaged
}

/// Refuses a workbook whose cells are strewn over more places than cells of a sheet ever are. What a
/// sheet says of its own size is wiped out: the parser would reserve that much.
fn look_through(workbook: &mut [u8]) -> Result<()> {
    let mut sheets = Vec::new();
    let mut at = 0;
    while let Some(record) = record(workbook, at)? {
        match record.kind {
            kind::SHEET => sheets.push(number(workbook, record.start)? as usize),
            kind::END => break,
            _ => {}
        }
        at = record.end;
    }
    sheets.sort_unstable();
    if sheets.windows(2).any(|two| two.first() == two.last()) {
        return Err(BookFault::Damaged);
    }
    let (mut cells, mut places) = (0, 0);
    for start in sheets {
        let (values, formulas) = sheet(workbook, start)?;
        cells += values.cells;
        places += values.places() + formulas.places();
    }
    match places <= PLACES + PLACES_A_CELL * cells {
        true => Ok(()),
        false => Err(BookFault::Damaged),
    }
}

/// Where the cells and the formulas of the sheet that begins there stand.
fn sheet(workbook: &mut [u8], start: usize) -> Result<(Extent, Extent)> {
    let (mut values, mut formulas) = (Extent::default(), Extent::default());
    // charts within the sheet have records like those of cells
    let mut depth = 0_u32;
    let mut at = start;
    while let Some(record) = record(workbook, at)? {
        at = record.end;
        match record.kind {
            kind::BEGIN => depth += 1,
            kind::END if depth <= 1 => break,
            kind::END => depth -= 1,
            _ if depth > 1 => {}
            kind::DIMENSIONS => {
                let own = workbook.get_mut(record.start..record.end);
                own.ok_or(BookFault::Damaged)?.fill(0);
            }
            kind::NUMBER | kind::LABEL | kind::RICH_STRING | kind::BOOL_ERR => {
                values.add(place(workbook, &record)?)?;
            }
            kind::RK | kind::LABEL_SST => values.add(place(workbook, &record)?)?,
            kind::FORMULA => {
                values.add(place(workbook, &record)?)?;
                formulas.add(place(workbook, &record)?)?;
            }
            kind::MUL_RK => {
                let (row, first) = place(workbook, &record)?;
                let last = short(workbook, record.end - 2)?;
                if last < first || last >= COLUMNS {
                    return Err(BookFault::Damaged);
                }
                for column in first..=last {
                    values.add((row, column))?;
                }
            }
            _ => {}
        }
    }
    Ok((values, formulas))
}

/// A record of the workbook: its kind, and where its data lie.
struct Record {
    kind: u16,
    start: usize,
    end: usize,
}

/// The record at a place; `None` at the end.
fn record(workbook: &[u8], at: usize) -> Result<Option<Record>> {
    if at == workbook.len() {
        return Ok(None);
    }
    let start = at.saturating_add(4);
    let end = start + usize::from(short(workbook, at.saturating_add(2))?);
    if end > workbook.len() {
        return Err(BookFault::Damaged);
    }
    Ok(Some(Record {
        kind: short(workbook, at)?,
        start,
        end,
    }))
}

/// Row and column of a cell, counted from 0.
fn place(workbook: &[u8], record: &Record) -> Result<(u16, u16)> {
    if record.end - record.start < 6 {
        return Err(BookFault::Damaged);
    }
    let row = short(workbook, record.start)?;
    Ok((row, short(workbook, record.start + 2)?))
}

fn short(workbook: &[u8], at: usize) -> Result<u16> {
    let bytes = workbook.get(at..).and_then(|rest| rest.first_chunk());
    Ok(u16::from_le_bytes(*bytes.ok_or(BookFault::Damaged)?))
}

fn number(workbook: &[u8], at: usize) -> Result<u32> {
    let bytes = workbook.get(at..).and_then(|rest| rest.first_chunk());
    Ok(u32::from_le_bytes(*bytes.ok_or(BookFault::Damaged)?))
}

/// The smallest rectangle around cells, and how many they are.
#[derive(Debug, Default)]
struct Extent {
    cells: u64,
    first: (u16, u16),
    last: (u16, u16),
}

impl Extent {
    fn add(&mut self, (row, column): (u16, u16)) -> Result<()> {
        if column >= COLUMNS {
            return Err(BookFault::Damaged);
        }
        if self.cells == 0 {
            (self.first, self.last) = ((row, column), (row, column));
        }
        self.first = (self.first.0.min(row), self.first.1.min(column));
        self.last = (self.last.0.max(row), self.last.1.max(column));
        self.cells += 1;
        Ok(())
    }

    fn places(&self) -> u64 {
        let rows = u64::from(self.last.0 - self.first.0) + 1;
        let columns = u64::from(self.last.1 - self.first.1) + 1;
        rows * columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let head = [kind.to_le_bytes(), (data.len() as u16).to_le_bytes()];
        [head.as_flattened(), data].concat()
    }

    /// A workbook of one sheet with these cells, which says that it has four thousand million rows.
    fn workbook(cells: &[(u16, u16)]) -> Vec<u8> {
        let begin = record(kind::BEGIN, &[0, 6, 5, 0]);
        let end = record(kind::END, &[]);
        // behind the two records, the sheet's own of 4 + 8 bytes, and the end
        let start = (begin.len() + 12 + end.len()) as u32;
        let sheet = record(
            kind::SHEET,
            &[&start.to_le_bytes()[..], &[0, 0, 1, 0]].concat(),
        );
        let dimensions = record(kind::DIMENSIONS, &[0xff; 14]);
        let cell = |(row, column): &(u16, u16)| {
            let place = [row.to_le_bytes(), column.to_le_bytes()];
            record(kind::NUMBER, &[place.as_flattened(), &[0; 10]].concat())
        };
        let cells: Vec<u8> = cells.iter().flat_map(cell).collect();
        [&begin, &sheet, &end, &begin, &dimensions, &cells, &end]
            .map(Vec::as_slice)
            .concat()
    }

    #[test]
    fn cells_of_a_table_are_sound() {
        let mut sound = workbook(&[(0, 0), (0, 255), (1000, 3)]);
        assert_eq!(look_through(&mut sound), Ok(()));
        assert!(!sound.windows(14).any(|bytes| bytes == [0xff; 14]));
    }

    #[test]
    fn a_column_or_row_out_of_the_way_is_damage() {
        for far in [(0, 256), (0, 0xffff), (0xffff, 255)] {
            let mut torn = workbook(&[(0, 0), far]);
            assert_eq!(look_through(&mut torn), Err(BookFault::Damaged), "{far:?}");
        }
    }

    #[test]
    fn an_incomplete_record_is_damage() {
        let mut torn = workbook(&[(0, 0)]);
        torn.truncate(torn.len() - 6);
        assert_eq!(look_through(&mut torn), Err(BookFault::Damaged));
    }
}
