//! Readers between which another cell of the record chooses.

use super::fold;
use super::{CellFault, Reading};

/// The reader of a field: one for all records, or one for each word of another column.
#[derive(Debug, Clone)]
pub enum Chosen<R> {
    /// The same for all records.
    Always(R),
    /// Chosen by another cell of the record.
    ByWord(ByWord<R>),
}

/// Readers by the words of another column.
#[derive(Debug, Clone)]
pub struct ByWord<R> {
    /// Name of that column.
    pub column: String,
    /// The words as the profile writes them and folded, each with its reader, in the profile's order.
    readers: Vec<(String, String, R)>,
}

impl<R> ByWord<R> {
    /// Readers by the words of the column of that name.
    pub fn new(column: String, readers: Vec<(String, R)>) -> ByWord<R> {
        let folded = |(word, reader): (String, R)| {
            let folded = fold(&word).into_owned();
            (word, folded, reader)
        };
        ByWord {
            column,
            readers: readers.into_iter().map(folded).collect(),
        }
    }

    /// Reads a cell as the word of its record says. A word without a reader says nothing; then the cell
    /// is read only if all readers read it alike.
    pub fn read<T: PartialEq>(&self, word: &str, read: impl Fn(&R) -> Reading<T>) -> Reading<T> {
        let word = fold(word);
        match self.readers.iter().find(|(_, known, _)| *known == word) {
            Some((.., reader)) => read(reader),
            None => self.read_alike(read),
        }
    }

    fn read_alike<T: PartialEq>(&self, read: impl Fn(&R) -> Reading<T>) -> Reading<T> {
        let mut readings = self.readers.iter().map(|(.., reader)| read(reader));
        match readings.next() {
            Some(first) if readings.all(|other| other == first) => first,
            _ => Reading::Fault(CellFault::UndecidedFormat),
        }
    }
}

impl<R> Chosen<R> {
    /// The column whose cells choose.
    pub fn column(&self) -> Option<&str> {
        match self {
            Chosen::Always(_) => None,
            Chosen::ByWord(readers) => Some(&readers.column),
        }
    }

    /// The same choice between readers made of these.
    pub fn map<S>(self, make: impl Fn(R) -> S) -> Chosen<S> {
        match self {
            Chosen::Always(reader) => Chosen::Always(make(reader)),
            Chosen::ByWord(ByWord { column, readers }) => {
                let made = |(word, folded, reader)| (word, folded, make(reader));
                Chosen::ByWord(ByWord {
                    column,
                    readers: readers.into_iter().map(made).collect(),
                })
            }
        }
    }

    /// Reads a cell of a record of which nothing else is known.
    pub fn read_alone<T: PartialEq>(&self, read: impl Fn(&R) -> Reading<T>) -> Reading<T> {
        match self {
            Chosen::Always(reader) => read(reader),
            Chosen::ByWord(readers) => readers.read_alike(read),
        }
    }

    /// What is expected of a cell, for a message.
    pub fn expected(&self, expected: impl Fn(&R) -> String) -> String {
        let readers = match self {
            Chosen::Always(reader) => return expected(reader),
            Chosen::ByWord(readers) => readers,
        };
        let column = &readers.column;
        let each = readers.readers.iter();
        let each = each
            .map(|(word, _, reader)| format!("{} where {column} is {word:?}", expected(reader)));
        each.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::number::{NumberReader, Separators};

    #[test]
    fn the_word_chooses_and_an_unknown_one_only_where_all_agree() {
        let comma = Separators {
            decimal: None,
            thousands: Some(','),
        };
        let readers = ByWord::new(
            "System".to_owned(),
            vec![
                ("Old".to_owned(), NumberReader::new(comma)),
                ("New".to_owned(), NumberReader::default()),
            ],
        );
        let read = |word: &str, cell: &str| readers.read(word, |reader| reader.read(cell));
        assert_eq!(read(" OLD", "1,250"), Reading::Value(1250));
        assert_eq!(read("new", "1,250"), Reading::Fault(CellFault::NoNumber));
        let undecided = Reading::Fault(CellFault::UndecidedFormat);
        assert_eq!(read("other", "1,250"), undecided);
        assert_eq!(read("", "1,250"), undecided);
        assert_eq!(read("", "7"), Reading::Value(7));
        assert_eq!(read("", "seven"), Reading::Fault(CellFault::NoNumber));
    }
}
