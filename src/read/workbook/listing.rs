//! The sheets of a workbook.

use super::book::{Book, BookFault};
use super::told;
use crate::error::Result;

/// A sheet as a workbook has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFacts {
    /// Its name.
    pub name: String,
    /// Whether it is shown.
    pub shown: bool,
    /// Whether any of its cells has content.
    pub has_content: bool,
}

/// The sheets of the workbook that has these bytes, in their order; `input` is its name for messages.
pub(in crate::read) fn sheets(bytes: Vec<u8>, input: &str) -> Result<Vec<SheetFacts>> {
    let listed = || -> std::result::Result<Vec<SheetFacts>, BookFault> {
        let mut book = Book::open(bytes)?;
        let mut sheets = Vec::new();
        for (name, shown) in book.sheets() {
            let has_content = book.has_content(&name)?;
            sheets.push(SheetFacts {
                name,
                shown,
                has_content,
            });
        }
        Ok(sheets)
    };
    // a panic of the parser on a damaged workbook is told as such, as where it is read
    let parser = std::thread::Builder::new().name(super::THREAD.to_owned());
    let done = std::thread::scope(|scope| {
        let parser = parser.spawn_scoped(scope, listed);
        parser.map(|parser| parser.join().unwrap_or(Err(BookFault::Damaged)))
    });
    match done {
        Ok(found) => found.map_err(|fault| told(input, fault)),
        Err(error) => Err(crate::error::Error::input(input, &error)),
    }
}
