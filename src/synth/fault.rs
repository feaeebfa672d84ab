//! The kinds of fault that can be planted, and what `pac convert` is to say of each.

use super::cells::Column;
use super::shape::Shape;

macro_rules! faults {
    ($($variant:ident, $name:literal, $docs:literal, $column:expr, $rule:expr;)+) => {
        /// A kind of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Fault {
            $(#[doc = $docs] $variant,)+
        }

        impl Fault {
            /// All kinds.
            pub const ALL: &[Fault] = &[$(Fault::$variant,)+];

            /// Its name on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Fault::$variant => $name,)+ }
            }

            /// The column in which it stands, where it is one, and the rule that finds it, where one is to.
            fn place(self) -> (Option<Column>, Option<&'static str>) {
                match self { $(Fault::$variant => ($column, $rule),)+ }
            }
        }
    };
}

faults! {
    UnmappedLabel, "unmapped-label", "A label that the crosswalk does not know.", Some(Column::AlertType), Some("PAC202");
    MissingPerson, "missing-person", "No key of the person.", Some(Column::PersonRef), Some("PAC101");
    PlaceholderPerson, "placeholder-person", "A word in the place of the person's key.", Some(Column::PersonRef), Some("PAC102");
    BadDate, "bad-date", "A first day that does not exist.", Some(Column::DateFrom), Some("PAC411");
    EndBeforeStart, "end-before-start", "A last day before the first.", Some(Column::DateTo), Some("PAC404");
    ActiveButEnded, "active-but-ended", "An alert that ended and still holds.", Some(Column::Live), Some("PAC409");
    ReviewBeforeStart, "review-before-start", "A review before the first day.", Some(Column::ReviewDue), Some("PAC406");
    BadNumber, "bad-number", "A number of days that is no number.", Some(Column::Days), Some("PAC502");
    NoDuration, "no-duration", "A number of days below 1.", Some(Column::Days), Some("PAC501");
    UnknownWord, "unknown-word", "A word that no list has.", Some(Column::Trend), Some("PAC504");
    BadBoolean, "bad-boolean", "Neither yes nor no.", Some(Column::Live), Some("PAC503");
    BadFlag, "bad-flag", "A flag that says neither yes nor no.", Some(Column::Flag(0)), Some("PAC511");
    SpreadsheetError, "spreadsheet-error", "The error of a formula.", Some(Column::SourceDetail), Some("PAC025");
    Duplicate, "duplicate", "The copy of an earlier record.", None, Some("PAC701");
    BareQuote, "bare-quote", "A quote in a cell without quotes, which is read as it stands.", Some(Column::Notes), None;
    StrayQuote, "stray-quote", "A quote within a quoted cell.", Some(Column::Notes), Some("PAC006");
    Ragged, "ragged", "A record without its last cell.", None, Some("PAC001");
}

/// Where a fault stands and which rule finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The column.
    pub column: Option<Column>,
    /// Id of the rule; `None` where nothing is to be said.
    pub rule: Option<&'static str>,
}

impl Fault {
    /// The kind with that name.
    pub fn find(name: &str) -> Option<Fault> {
        Fault::ALL
            .iter()
            .copied()
            .find(|fault| fault.name() == name)
    }

    /// The kinds that a shape can hold.
    pub fn of(shape: Shape) -> impl Iterator<Item = Fault> {
        let able = move |fault: &Fault| fault.told(shape).is_some();
        Fault::ALL.iter().copied().filter(able)
    }

    /// Where the fault stands in a shape and which rule finds it; `None` where the shape cannot hold it.
    pub fn told(self, shape: Shape) -> Option<Told> {
        let (column, rule) = self.place();
        let needs_csv = matches!(self, Fault::BareQuote | Fault::StrayQuote | Fault::Ragged);
        let there = column.is_none_or(|column| column.stands_in(shape));
        (there && (!needs_csv || shape.is_csv())).then_some(Told { column, rule })
    }
}
