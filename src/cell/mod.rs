//! How the text of one cell becomes a typed value: one small reader a kind of value.
//!
//! A reader is compiled once from a profile and then reads millions of cells, so it holds resolved
//! tables and allocates nothing on the common path. None of them guesses: what it cannot read is a
//! [`CellFault`], and a rule says what becomes of it.

pub mod boolean;
pub mod changed_fields;
pub mod chosen;
pub mod code_dates;
pub mod column_name;
pub mod crosswalk;
pub mod date;
pub mod date_format;
mod date_formats;
pub mod date_order;
pub(crate) mod date_parts;
mod distinct_members;
mod excel_serial;
mod fixed_format;
pub mod flag;
pub mod key;
pub mod key_widths;
pub mod label;
pub mod mojibake;
mod no_dates;
pub mod number;
pub mod parts;
pub mod repairs;
pub mod several;
pub mod spreadsheet;
pub mod summary;
pub mod term;
pub mod text;
pub mod timestamp;
mod unknown_code;

/// What there is to say about a cell beyond its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellFault {
    /// A key that stands for nobody, such as `0`, `Not found` or the all-zero GUID.
    PlaceholderKey,
    /// A key that is spoilt, such as `123.0`.
    DamagedKey,
    /// A key that a spreadsheet has rounded, such as `1.00023E+11`.
    RoundedKey,
    /// A key with fewer digits than the profile says.
    ShortKey,
    /// A key that has got back the leading zeros that it had lost.
    ZerosRestored,
    /// Several keys, or the names of several people, in the place of one key.
    SeveralKeys,
    /// A part of a composed key holds the text that joins the parts.
    JoinInPart,
    /// The reference file that keys are resolved by does not list the person.
    UnresolvedPerson,
    /// The reference file that keys are checked against does not list the person.
    UnlistedPerson,
    /// The reference file that keys are resolved by does not list the organisation.
    UnresolvedOrganisation,
    /// The reference file that keys are checked against does not list the organisation.
    UnlistedOrganisation,
    /// The reference file lists the key for two persons or organisations.
    ContradictoryKey,
    /// No whole number, or one out of range.
    NoNumber,
    /// No date in any format of the profile.
    NoDate,
    /// A date that two formats of the profile read differently, as 03/04/2024 with day and month in
    /// either order.
    AmbiguousDate,
    /// No point in time in any format of the profile.
    NoTimestamp,
    /// A local time that the clock change skips.
    SkippedTime,
    /// No word for true or false.
    NoBoolean,
    /// No value that the standard allows, and no known word for one.
    UnknownTerm,
    /// The crosswalk does not know the value.
    Unmapped,
    /// No code of the standard, in a column that has no crosswalk.
    NotACode,
    /// A date that a spreadsheet made of a code that the crosswalk knows.
    CodeIsDate,
    /// A date that a spreadsheet made of one of several codes that the crosswalk knows.
    CodeDateAmbiguous,
    /// A date that has become the code again that it was.
    CodeDateRepaired,
    /// A value that the crosswalk knows, read in the wrong encoding.
    LabelMojibake,
    /// The crosswalk leaves the value to a person's decision.
    Review,
    /// The crosswalk knows the value, and the standard has no code for it.
    Gap,
    /// The value was read through a synonym that the standard itself has.
    Synonym,
    /// The crosswalk does not know the value; the profile's own default stands in.
    UnmappedDefaulted,
    /// The cell is empty; the profile's default stands in.
    Defaulted,
    /// The error of a formula, in the place of a value.
    SpreadsheetError,
    /// A text as long as a cell of a spreadsheet can be.
    TruncatedText,
    /// A text that was read in the wrong encoding.
    Mojibake,
    /// A text that was read in the wrong encoding, and has been read back.
    MojibakeRepaired,
    /// The standard's own key of a code, in a column that has no crosswalk.
    CodeByKey,
    /// The crosswalk gives the field a value, and the record states another one.
    SetOtherwise,
    /// No known word, in a flag column.
    UnknownFlag,
    /// The rejects name an alert that the record does not state.
    UnknownPart,
    /// A local time that happens twice when the clocks go back; the earlier one was taken.
    AmbiguousHour,
    /// A date whose format another cell of the record chooses, which says nothing known.
    UndecidedFormat,
    /// A month without a day; a day of it was chosen.
    DayChosen,
    /// A cell that stands for no date, as the profile says.
    NoDateMeant,
    /// A number that a group of codes does not have, such as `RISK1.04`.
    MissingSlot,
    /// Domestic abuse, and nobody says whether the person suffers or commits it.
    DirectionUnstated,
    /// How to visit the person, and not why.
    ControlMeasure,
    /// A word that says that there is no alert, such as `None`.
    Negative,
    /// A label that denies something, and stands for a code.
    LabelDenies,
    /// A label about a property, which stands for a code.
    LabelOfProperty,
    /// A label about somebody of the household, which stands for a code.
    LabelOfHousehold,
    /// A label whose words belong to other codes than the one that it stands for.
    LabelDisagrees,
    /// A label with the words asthma or COPD that stands for hypertension.
    KnownBadExample,
    /// The code does not count for Awaab's Law, and its near-equal twin does.
    TwinCountsForAwaab,
    /// The code counts for Awaab's Law, and its near-equal twin does not.
    CountsForAwaabAlone,
    /// The code is not critical, and its near-equal twin is.
    TwinIsCritical,
    /// The code is critical, and its near-equal twin is not.
    CriticalAlone,
    /// A source that the standard counts among other professionals.
    OtherSource,
    /// Safeguarding in the place of a special category of data.
    SafeguardingCategory,
    /// A text in the place of the fields that a change has changed; it became the member of an object.
    FieldsWrapped,
    /// The fields that a change has changed begin as a JSON object, and are none.
    BrokenFields,
    /// An object of the fields that a change has changed names one of them twice.
    RepeatedFields,
    /// A text that is too long for its field, and was cut off.
    SummaryShortened,
}

/// What a reader makes of a cell that is not empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading<T> {
    /// A value.
    Value(T),
    /// A value, and something to say about it.
    Noted(T, CellFault),
    /// No value, because the cell stands for none, and something to say about it.
    Nothing(CellFault),
    /// No value.
    Fault(CellFault),
    /// The profile says that the cell stands for no alert at all.
    NoAlert,
    /// The cell says itself that there is no alert.
    SaysNoAlert(CellFault),
}

impl<T> Reading<T> {
    /// The value, where there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Reading::Value(value) | Reading::Noted(value, _) => Some(value),
            Reading::Nothing(_)
            | Reading::Fault(_)
            | Reading::NoAlert
            | Reading::SaysNoAlert(_) => None,
        }
    }

    /// The reading with another value in place of its own.
    pub fn map<U>(self, other: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Reading::Value(value) => Reading::Value(other(value)),
            Reading::Noted(value, fault) => Reading::Noted(other(value), fault),
            Reading::Nothing(fault) => Reading::Nothing(fault),
            Reading::Fault(fault) => Reading::Fault(fault),
            Reading::NoAlert => Reading::NoAlert,
            Reading::SaysNoAlert(fault) => Reading::SaysNoAlert(fault),
        }
    }
}

/// Folds what people do not mean when they write a label: case, runs of white space, and the quotes and
/// dashes that a word processor puts in the place of plain ones.
///
/// Borrowed where the text is folded already, which is the common case for codes.
pub fn fold(text: &str) -> std::borrow::Cow<'_, str> {
    let text = text.trim();
    let folded =
        |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase() && !byte.is_ascii_control();
    let single = !text.as_bytes().windows(2).any(|pair| pair == b"  ");
    if single && text.bytes().all(folded) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        let words = text.split(char::is_whitespace);
        for word in words.filter(|word| !word.is_empty()) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(
                word.bytes()
                    .map(|byte| char::from(byte.to_ascii_lowercase())),
            );
        }
        return out.into();
    }
    for word in text.split_whitespace() {
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        let plain = word.chars().filter_map(plain_character);
        out.extend(plain.flat_map(char::to_lowercase));
    }
    out.truncate(out.trim_end().len());
    out.into()
}

/// The character that is on a keyboard in the place of a typographic one; `None` where nothing is seen
/// of it.
fn plain_character(character: char) -> Option<char> {
    Some(match character {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{02bc}' | '\u{00b4}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        // soft hyphen, zero-width spaces and joiners, byte order mark
        '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => return None,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folds_quotes_and_dashes() {
        assert_eq!(
            fold("Carer\u{2019}s \u{201c}call\u{201d}"),
            "carer's \"call\""
        );
        assert_eq!(fold("hearing \u{2013} BSL"), fold("Hearing - bsl"));
        assert_eq!(fold("no\u{2011}access"), fold("no-access"));
        assert_eq!(fold("a \u{200b} b\u{ad}c \u{feff}"), "a bc");
        assert_eq!(fold("\u{200b}"), "");
    }

    #[test]
    fn folds_case_and_white_space() {
        assert_eq!(fold("  Two\u{a0}PERSON \t visit "), "two person visit");
        assert_eq!(fold("asthma"), "asthma");
        assert_eq!(fold("a  b"), "a b");
        assert_eq!(fold("ÉCOLE"), "école");
        assert_ne!(fold("no-access"), fold("no access"));
    }
}
