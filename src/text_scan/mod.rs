//! Finds what does not belong in free text: numbers that name a person, ways to reach or to enter, and
//! words that say more of a person than the alert does.
//!
//! A column is scanned as it lies in memory, all its cells at once. Two fast passes, over figures and
//! over the words that something can begin with, pass by nearly all text; only where one of them stops
//! are the words around looked at. A pattern alone misfires on ordinary notes, so each kind knows what it
//! is often mistaken for: a cardiac arrest, a lithium battery, door number 214.
//!
//! Nothing here keeps or prints what was found; a [`Found`] is a place.

mod access_code;
mod birth;
mod email;
mod figures;
mod health;
mod markers;
mod names;
mod nino;
mod note;
mod numbers;
mod offences;
mod own_codes;
mod pass;
mod postcode;
mod terms;
mod triggers;

pub use markers::with_markers;
use note::Note;

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An NHS number whose check digit is right, those of the test range 999 among them.
    NhsNumber,
    /// A National Insurance number.
    NationalInsurance,
    /// A code to a key safe, a door, a gate or an alarm.
    AccessCode,
    /// A date of birth.
    BirthDate,
    /// A telephone number of a person.
    Phone,
    /// An e-mail address.
    Email,
    /// A full postcode.
    Postcode,
    /// A surname behind Mr, Mrs, Ms or Miss.
    Surname,
    /// A word about an offence or the suspicion of one.
    Offence,
    /// A body that deals with offenders, such as a probation service.
    JusticeBody,
    /// A diagnosis or a medication.
    Health,
    /// A code of the landlord's own alerts.
    OwnCode,
}

impl Kind {
    /// All kinds, in the order of the enumeration.
    pub const ALL: [Kind; 12] = [
        Kind::NhsNumber,
        Kind::NationalInsurance,
        Kind::AccessCode,
        Kind::BirthDate,
        Kind::Phone,
        Kind::Email,
        Kind::Postcode,
        Kind::Surname,
        Kind::Offence,
        Kind::JusticeBody,
        Kind::Health,
        Kind::OwnCode,
    ];

    /// What stands in the place of what is taken out of a text; `None` for what must stay, because
    /// visitors need it or nobody has put it into a column of its own.
    pub fn marker(self) -> Option<&'static str> {
        match self {
            Kind::NhsNumber => Some("[NHS number removed]"),
            Kind::NationalInsurance => Some("[National Insurance number removed]"),
            Kind::AccessCode => Some("[access code removed]"),
            Kind::BirthDate => Some("[date of birth removed]"),
            Kind::Phone => Some("[phone number removed]"),
            Kind::Email => Some("[e-mail address removed]"),
            Kind::Postcode => Some("[postcode removed]"),
            Kind::Surname => Some("[name removed]"),
            Kind::Health => Some("[health detail removed]"),
            Kind::Offence | Kind::JusticeBody | Kind::OwnCode => None,
        }
    }
}

/// Something found in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The cell's row.
    pub row: u32,
    /// Where it begins in the cell, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
}

/// What has been found so far, in cells that come one after another.
struct Finds {
    row: u32,
    found: Vec<Found>,
}

impl Finds {
    fn add(&mut self, kind: Kind, range: std::ops::Range<usize>) {
        self.found.push(Found {
            row: self.row,
            start: range.start as u32,
            end: range.end as u32,
            kind,
        });
    }
}

/// Scans the cells of a column, ordered by row and place: `text` holds all of them one after another,
/// and `ends` says where each of them ends. `is_own_code` says whether a text is a code of the landlord's
/// own alerts in a row.
pub fn scan(text: &str, ends: &[u32], is_own_code: &dyn Fn(usize, &str) -> bool) -> Vec<Found> {
    let mut finds = Finds {
        row: 0,
        found: Vec::new(),
    };
    if text.is_empty() {
        return finds.found;
    }
    let cells = Cells {
        text,
        lower: &separated(text, ends),
        ends,
    };
    pass::over(&cells, &mut finds, is_own_code);
    let mut found = finds.found;
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether [`scan`] can find anything in a cell that is no code of the landlord's own; it tells most cells
/// without words from others at little cost.
pub fn may_hold(cell: &str) -> bool {
    figures::can_hold(cell)
}

/// The cells in lower case, a line each, and enough behind them that eight bytes are left everywhere.
fn separated(text: &str, ends: &[u32]) -> String {
    let mut lines = String::with_capacity(text.len() + ends.len() + 16);
    let mut start = 0;
    for end in ends {
        let end = *end as usize;
        lines.push_str(text.get(start..end).unwrap_or_default());
        lines.push('\n');
        start = end;
    }
    lines.push_str("                ");
    lines.make_ascii_lowercase();
    lines
}

/// The cells of a column.
struct Cells<'t> {
    /// All cells, one after another.
    text: &'t str,
    /// All cells in lower case, a line each.
    lower: &'t str,
    /// Where each ends in the text.
    ends: &'t [u32],
}

impl<'t> Cells<'t> {
    /// Where a row begins among the lines.
    fn start(&self, row: usize) -> usize {
        row.checked_sub(1).map_or(0, |before| self.end(before))
    }

    /// Where the line of a row ends.
    fn end(&self, row: usize) -> usize {
        let end = self
            .ends
            .get(row)
            .map_or(self.text.len(), |end| *end as usize);
        end + row + 1
    }

    fn note(&self, row: usize) -> Note<'t> {
        let (start, end) = (self.start(row), self.end(row) - 1);
        Note {
            text: self.text.get(start - row..end - row).unwrap_or_default(),
            lower: self.lower.get(start..end).unwrap_or_default(),
        }
    }
}
