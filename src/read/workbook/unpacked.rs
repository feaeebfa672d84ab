//! The parts of a zip archive (`.xlsx`, `.xlsb`, `.ods`), looked through before they are parsed: a few
//! packed bytes can unpack to more than memory holds.

use std::io::{BufReader, Cursor, Read};

use memchr::{memchr_iter, memmem};
use quick_xml::events::Event;
use zip::ZipArchive;

use super::book::BookFault;
use super::spread::Spread;

type Result<T> = std::result::Result<T, BookFault>;

/// Bytes of all parts together.
const ALL: u64 = 4 << 30;
/// Bytes of a part that is kept in memory, as all are but the sheets.
const KEPT: u64 = 512 << 20;
/// Bytes of a single text; a cell holds 32,767 characters at most.
const TEXT: u64 = 16 << 20;
/// The fewest bytes that a shared string takes: `<si/>`.
const SHARED_STRING: u64 = 5;

/// Refuses an archive that unpacks to more than a workbook does. What cannot be unpacked is left to the
/// parser, which need not read it.
pub(super) fn look_through(bytes: &[u8]) -> Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BookFault::Damaged)?;
    let mut all = 0;
    for at in 0..archive.len() {
        let Ok(part) = archive.by_index(at) else {
            continue;
        };
        let Ok(name) = part.name().map(|name| name.to_ascii_lowercase()) else {
            continue;
        };
        if ![".xml", ".bin", ".rels"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            continue;
        }
        let mut sizes = Sizes::new(&name);
        let mut block = vec![0; 64 << 10];
        let mut part = part.take(ALL - all + 1);
        while let Ok(count @ 1..) = part.read(&mut block) {
            sizes.add(block.get(..count).unwrap_or_default())?;
            if all + sizes.bytes > ALL {
                return Err(BookFault::TooLarge);
            }
        }
        all += sizes.bytes;
        sizes.end()?;
    }
    Ok(())
}

/// Refuses a spreadsheet of OpenDocument whose repeated cells and rows are too many.
pub(super) fn look_through_repeats(bytes: &[u8]) -> Result<()> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BookFault::Damaged)?;
    let content = archive
        .by_name("content.xml")
        .map_err(|_| BookFault::Damaged)?;
    let mut xml = quick_xml::Reader::from_reader(BufReader::new(content));
    xml.config_mut().check_end_names = false;
    let mut spread = Spread::default();
    let mut text = Vec::new();
    loop {
        match xml.read_event_into(&mut text) {
            Ok(Event::Start(element)) => spread.begin(&element),
            Ok(Event::Empty(element)) => {
                spread.begin(&element);
                spread.end(element.name().0)?;
            }
            Ok(Event::End(element)) => spread.end(element.name().0)?,
            // the parser tells what is no XML
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
        text.clear();
    }
}

/// What is measured of a part.
struct Sizes<'n> {
    name: &'n str,
    bytes: u64,
    /// Bytes since the last `<`.
    text: u64,
    /// How many shared strings the part says that it has.
    shared: u64,
}

impl Sizes<'_> {
    fn new(name: &str) -> Sizes<'_> {
        Sizes {
            name,
            bytes: 0,
            text: 0,
            shared: 0,
        }
    }

    fn add(&mut self, block: &[u8]) -> Result<()> {
        if self.bytes == 0 && self.name.ends_with("sharedstrings.xml") {
            self.shared = shared_strings(block);
        }
        self.bytes += block.len() as u64;
        let kept = !self.name.contains("worksheets/");
        let mut begin = 0;
        for at in memchr_iter(b'<', block) {
            self.text += (at - begin) as u64;
            self.check(kept)?;
            (self.text, begin) = (0, at);
        }
        self.text += (block.len() - begin) as u64;
        self.check(kept)
    }

    fn check(&self, kept: bool) -> Result<()> {
        let text = self.text > TEXT && !self.name.ends_with(".bin");
        match text || kept && self.bytes > KEPT {
            true => Err(BookFault::TooLarge),
            false => Ok(()),
        }
    }

    /// The parser makes room for as many shared strings as the part says that it has.
    fn end(&self) -> Result<()> {
        match self.shared > self.bytes / SHARED_STRING {
            true => Err(BookFault::Damaged),
            false => Ok(()),
        }
    }
}

/// The number of shared strings that stands at the beginning of their part.
fn shared_strings(head: &[u8]) -> u64 {
    let name = b"uniqueCount=";
    let Some(at) = memmem::find(head, name) else {
        return 0;
    };
    let digits = head.get(at + name.len() + 1..).unwrap_or_default();
    let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number, digit| {
        number
            .saturating_mul(10_u64)
            .saturating_add(u64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(name: &str, block: &[u8], times: u64) -> Result<()> {
        let mut sizes = Sizes::new(name);
        for _ in 0..times {
            sizes.add(block)?;
        }
        sizes.end()
    }

    #[test]
    fn sheets_may_be_long_and_what_is_kept_may_not() {
        let mut block = [b'x'; 1 << 20];
        block[0] = b'<';
        assert_eq!(measured("xl/worksheets/sheet1.xml", &block, 600), Ok(()));
        let kept = measured("xl/sharedstrings.xml", &block, 513);
        assert_eq!(kept, Err(BookFault::TooLarge));
        assert_eq!(measured("xl/sharedstrings.xml", &block, 512), Ok(()));
    }

    #[test]
    fn no_text_is_endless() {
        let block = [b'x'; 1 << 20];
        let name = "xl/worksheets/sheet1.xml";
        assert_eq!(measured(name, &block, 16), Ok(()));
        assert_eq!(measured(name, &block, 17), Err(BookFault::TooLarge));
    }

    #[test]
    fn strings_are_counted_as_they_are() {
        let name = "xl/sharedstrings.xml";
        let fits = br#"<sst uniqueCount="2"><si/><si/></sst>"#;
        assert_eq!(measured(name, fits, 1), Ok(()));
        let far = br#"<sst uniqueCount="99999999"><si/></sst>"#;
        assert_eq!(measured(name, far, 1), Err(BookFault::Damaged));
    }
}
