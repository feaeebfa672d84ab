//! Alert candidates as typed columns: one row each, one column a field of `person_alert`.
//!
//! Columns are mutable vectors rather than Arrow arrays, because rules correct and default values
//! between mapping and writing. Each cell knows whether the source said nothing ([`State::Blank`]) or
//! something that could not be read ([`State::Faulty`]), which rules must be able to tell apart.

use crate::cell::CellFault;
use crate::cell::crosswalk::GivenValue;
use crate::cell::flag::FlagWord;
use crate::cell::key_widths::KeyWidths;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A value.
    Value,
    /// Nothing: the source does not say.
    Blank,
    /// Nothing, because what the source says could not be read.
    Faulty,
}

/// The cells of one column; a cell without a value holds the type's default.
#[derive(Debug, Clone)]
pub struct Values<T> {
    /// The values.
    pub values: Vec<T>,
    /// What stands in each cell.
    pub states: Vec<State>,
}

impl<T: Clone + Default> Values<T> {
    /// A column of so many blank cells.
    pub fn blank(rows: usize) -> Values<T> {
        Values {
            values: vec![T::default(); rows],
            states: vec![State::Blank; rows],
        }
    }

    /// The value of a cell.
    pub fn get(&self, row: usize) -> Option<&T> {
        (self.states[row] == State::Value).then(|| &self.values[row])
    }

    /// Puts a value into a cell.
    pub fn set(&mut self, row: usize, value: T) {
        self.values[row] = value;
        self.states[row] = State::Value;
    }

    /// Empties a cell.
    pub fn clear(&mut self, row: usize) {
        self.values[row] = T::default();
        self.states[row] = State::Blank;
    }
}

/// A column of text, all cells in one buffer; it is written once, and written anew where texts change.
#[derive(Debug, Clone, Default)]
pub struct TextValues {
    /// The text of all cells, one after another.
    pub buffer: String,
    /// Where each cell's text ends in the buffer.
    pub ends: Vec<u32>,
    /// What stands in each cell.
    pub states: Vec<State>,
}

impl TextValues {
    /// An empty column with room for so many cells.
    pub fn with_room(rows: usize) -> TextValues {
        TextValues {
            buffer: String::new(),
            ends: Vec::with_capacity(rows),
            states: Vec::with_capacity(rows),
        }
    }

    /// Adds a cell.
    pub fn push(&mut self, text: Option<&str>) {
        self.buffer.push_str(text.unwrap_or_default());
        self.ends.push(self.buffer.len() as u32);
        self.states.push(if text.is_some() {
            State::Value
        } else {
            State::Blank
        });
    }

    /// Adds a cell without text, because what the source says is none.
    pub fn push_faulty(&mut self) {
        self.ends.push(self.buffer.len() as u32);
        self.states.push(State::Faulty);
    }

    /// The text of a cell.
    pub fn get(&self, row: usize) -> Option<&str> {
        let start = match row {
            0 => 0,
            _ => self.ends[row - 1] as usize,
        };
        let text = self.buffer.get(start..self.ends[row] as usize);
        text.filter(|_| self.states[row] == State::Value)
    }

    /// Puts other texts in the place of some, or empties them; `changes` are ordered by row.
    pub fn change(&mut self, changes: impl IntoIterator<Item = (usize, Option<String>)>) {
        let mut changes = changes.into_iter().peekable();
        if changes.peek().is_none() {
            return;
        }
        let mut changed = TextValues::default();
        for row in 0..self.states.len() {
            match changes.next_if(|(own, _)| *own == row) {
                Some((_, text)) => changed.push(text.as_deref()),
                None if self.states[row] == State::Faulty => changed.push_faulty(),
                None => changed.push(self.get(row)),
            }
        }
        *self = changed;
    }
}

/// One column of candidates.
#[derive(Debug, Clone)]
pub enum Column {
    /// 64-bit integers and keys.
    Int64(Values<i64>),
    /// 32-bit integers and keys of code lists.
    Int32(Values<i32>),
    /// Days since 1970-01-01.
    Date(Values<i32>),
    /// Microseconds since 1970-01-01T00:00:00Z.
    Timestamp(Values<i64>),
    /// True or false.
    Bool(Values<bool>),
    /// Places in the field's list of allowed values.
    Term(Values<u8>),
    /// Text.
    Text(TextValues),
}

impl Column {
    /// What stands in each cell.
    pub fn states(&self) -> &[State] {
        match self {
            Column::Int64(column) | Column::Timestamp(column) => &column.states,
            Column::Int32(column) | Column::Date(column) => &column.states,
            Column::Bool(column) => &column.states,
            Column::Term(column) => &column.states,
            Column::Text(column) => &column.states,
        }
    }
}

impl Column {
    /// Whether a cell holds the value that a crosswalk gives to the field; `None` where it holds none. A
    /// blank cell takes it.
    pub fn give(&mut self, row: usize, given: &GivenValue) -> Option<bool> {
        fn give<T: Clone + Default + PartialEq>(
            column: &mut Values<T>,
            row: usize,
            given: T,
        ) -> Option<bool> {
            match column.states[row] {
                State::Value => Some(column.values[row] == given),
                State::Faulty => None,
                State::Blank => {
                    column.set(row, given);
                    Some(true)
                }
            }
        }
        let GivenValue::Number(number) = *given else {
            return None;
        };
        match self {
            Column::Int64(column) | Column::Timestamp(column) => give(column, row, number),
            Column::Int32(column) | Column::Date(column) => {
                give(column, row, i32::try_from(number).ok()?)
            }
            Column::Bool(column) => give(column, row, number != 0),
            Column::Term(column) => give(column, row, u8::try_from(number).ok()?),
            Column::Text(_) => None,
        }
    }
}

/// Something to say about one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FaultyCell {
    /// The candidate's row.
    pub row: u32,
    /// Place of the field in the table.
    pub field: u16,
    /// What is to be said.
    pub fault: CellFault,
    /// Hash of the cell as written.
    pub text: u64,
}

/// What is to become of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing speaks against it yet.
    Accepted,
    /// Rejected by a rule of severity error.
    Rejected,
    /// Rejected, and a person must decide.
    Review,
    /// Rejected: known, but without a code in the standard.
    Gap,
    /// The profile says that it is no alert.
    Skipped,
    /// Equal to an earlier alert, and merged into it.
    Merged,
}

/// Where candidates stand in records that can state several alerts; a row a candidate.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    /// Which of the profile's statements.
    pub statements: Vec<u16>,
    /// Where in its cell.
    pub numbers: Vec<PartNumber>,
    /// The value that the code was read from.
    pub values: TextValues,
}

/// Where in its cell an alert is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartNumber {
    /// Which value of the cell, counted from 1.
    pub value: u32,
    /// How many values the cell has.
    pub values: u32,
    /// Which of the value's codes, counted from 0.
    pub code: u32,
}

/// How often each word stands in the cells of one flag.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FlagCounts {
    /// Words, in the order of [`FlagWord::ALL`].
    pub words: [u64; 5],
    /// Cells that say nothing.
    pub blank: u64,
    /// Cells that hold no known word.
    pub unreadable: u64,
}

impl FlagCounts {
    /// Counts a cell: a word, or `None` for what is no known word.
    pub fn count(&mut self, word: Option<FlagWord>) {
        match word {
            Some(word) => self.words[word as usize] += 1,
            None => self.unreadable += 1,
        }
    }

    /// Adds the counts of further cells.
    pub fn add(&mut self, other: &FlagCounts) {
        for (own, more) in self.words.iter_mut().zip(other.words) {
            *own += more;
        }
        self.blank += other.blank;
        self.unreadable += other.unreadable;
    }
}

/// The candidates of one chunk.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// How many candidates there are.
    pub rows: usize,
    /// One column a field of `person_alert`, in the order of the standard; the fields that pac adds
    /// (`landlord`, `source_file`, `source_record`) stay blank until they are written.
    pub columns: Vec<Column>,
    /// Names of the columns.
    pub names: Vec<String>,
    /// The chunk's row that each candidate comes from.
    pub record_rows: Vec<u32>,
    /// Rows of the chunk from which no candidate comes.
    pub empty_records: u64,
    /// What is to be said about single cells, ordered by row and field.
    pub faults: Vec<FaultyCell>,
    /// What is to become of each candidate.
    pub outcomes: Vec<Outcome>,
    /// Second hash of each candidate's person key; see [`crate::cell::key`].
    pub person_checks: Vec<u64>,
    /// How long the keys are, by the place of their field; a field may stand here more than once.
    pub key_widths: Vec<(u16, KeyWidths)>,
    /// Fingerprint of what the source says of each candidate.
    pub fingerprints: Vec<u128>,
    /// Where each stands in its record; `None` where every record states one alert.
    pub stated: Option<Stated>,
    /// The words of flags, by statement; nothing where there are no flags.
    pub flags: Vec<FlagCounts>,
}

impl Candidates {
    /// Which of the profile's statements a candidate is.
    pub fn statement(&self, row: usize) -> usize {
        let stated = self.stated.as_ref();
        stated.map_or(0, |stated| usize::from(stated.statements[row]))
    }

    /// Bytes of text in all columns.
    pub fn text_bytes(&self) -> usize {
        let texts = self.columns.iter().map(|column| match column {
            Column::Text(texts) => texts.buffer.len(),
            _ => 0,
        });
        texts.sum()
    }

    /// Place of a field's column.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|own| own == name)
    }

    /// The column of a field.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.get(self.position(name)?)
    }

    fn column_mut(&mut self, name: &str) -> Option<&mut Column> {
        let at = self.position(name)?;
        self.columns.get_mut(at)
    }

    /// What stands in each cell of a field.
    pub fn states(&self, name: &str) -> &[State] {
        self.column(name).map(Column::states).unwrap_or_default()
    }
}

macro_rules! typed_access {
    ($($shared:ident, $exclusive:ident, $variant:ident, $type:ty, $what:literal;)+) => {
        impl Candidates {$(
            #[doc = concat!("The ", $what, " of a field; `None` where the field is of another type.")]
            pub fn $shared(&self, name: &str) -> Option<&$type> {
                match self.column(name) {
                    Some(Column::$variant(column)) => Some(column),
                    _ => None,
                }
            }

            #[doc = concat!("The ", $what, " of a field, to be changed.")]
            pub fn $exclusive(&mut self, name: &str) -> Option<&mut $type> {
                match self.column_mut(name) {
                    Some(Column::$variant(column)) => Some(column),
                    _ => None,
                }
            }
        )+}
    };
}

typed_access! {
    int64s, int64s_mut, Int64, Values<i64>, "64-bit integers";
    int32s, int32s_mut, Int32, Values<i32>, "32-bit integers";
    dates, dates_mut, Date, Values<i32>, "dates";
    timestamps, timestamps_mut, Timestamp, Values<i64>, "timestamps";
    bools, bools_mut, Bool, Values<bool>, "booleans";
    terms, terms_mut, Term, Values<u8>, "list values";
    texts, texts_mut, Text, TextValues, "texts";
}
