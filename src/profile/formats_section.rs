//! Formats of dates and points in time, under `[input]` for all and in a field for its own: a list, or a
//! table of lists by the words of another column.

use chrono_tz::Tz;
use toml::Spanned;
use toml::de::DeValue;

use super::document::Placed;
use super::section::Section;
use crate::cell::chosen::{ByWord, Chosen};
use crate::cell::date::DateReader;
use crate::cell::date_format::DateFormat;
use crate::cell::fold;

/// The keys under which formats are written, and how they are read.
pub(super) struct FormatKeys {
    /// The formats.
    pub formats: &'static str,
    /// The column whose words choose between them.
    pub by: &'static str,
    /// Whether each must have a time of day.
    pub timed: bool,
    /// The year from which on years of two digits are counted.
    pub pivot: i32,
}

/// Formats, one list for all records or one for each word of a column.
pub type Formats = Chosen<Vec<DateFormat>>;

impl FormatKeys {
    /// The formats of a section; `None` where it names none.
    pub(super) fn read(&self, section: &Section<'_, '_>) -> Option<Formats> {
        let by = section.column(self.by);
        if let Some(column) = by.as_ref().filter(|column| column.value.trim().is_empty()) {
            let text = format!("{}: {} needs the name of a column", section.name, self.by);
            section.document.problem(&column.span, text);
            return None;
        }
        match (by, section.table_at(self.formats)) {
            (None, None) => {
                let texts = section.texts(self.formats)?;
                let formats = texts.iter().filter_map(|text| self.format(section, text));
                let formats: Vec<DateFormat> = formats.collect();
                (!formats.is_empty()).then_some(Chosen::Always(formats))
            }
            (Some(column), Some(span)) => {
                let readers = self.by_word(section);
                if readers.is_empty() {
                    let text = format!("{}: {} names no word", section.name, self.formats);
                    section.document.problem(&span, text);
                }
                let column = column.value.trim().to_owned();
                Some(Chosen::ByWord(ByWord::new(column, readers)))
            }
            (Some(column), None) => {
                let text = format!(
                    "{}: {} needs {} as a table from each word of that column to its formats",
                    section.name, self.by, self.formats
                );
                section.document.problem(&column.span, text);
                None
            }
            (None, Some(span)) => {
                let text = format!(
                    "{}: {} as a table needs {}, the column that holds its words",
                    section.name, self.formats, self.by
                );
                section.document.problem(&span, text);
                None
            }
        }
    }

    fn by_word(&self, section: &Section<'_, '_>) -> Vec<(String, Vec<DateFormat>)> {
        let mut readers: Vec<(String, Vec<DateFormat>)> = Vec::new();
        for (word, value) in section.open_table(self.formats).into_iter().flatten() {
            let (name, word) = (&section.name, word.get_ref().to_string());
            let problem = |why: &str| {
                let text = format!("{name}: {} {word:?} {why}", self.formats);
                section.document.problem(&value.span(), text);
            };
            let formats = self.list(section, value);
            if formats.is_empty() {
                problem("needs a list of formats in quotes");
            }
            // No cell can prove the order of some records of a column and not of others.
            if DateReader::new(formats.clone(), Tz::UTC, &[]).asks_order() {
                problem("has formats of both orders of day and month; give one order");
            }
            if readers.iter().any(|(known, _)| fold(known) == fold(&word)) {
                problem("stands twice");
            }
            readers.push((word, formats));
        }
        readers
    }

    /// The dates' formats that a key of a section lists; `None` where it lists none.
    pub(super) fn listed(
        formats: &'static str,
        section: &Section<'_, '_>,
        pivot: i32,
    ) -> Option<Vec<DateFormat>> {
        let keys = FormatKeys {
            formats,
            by: formats,
            timed: false,
            pivot,
        };
        let texts = section.texts(formats)?;
        let read = texts.iter().filter_map(|text| keys.format(section, text));
        let read: Vec<DateFormat> = read.collect();
        (!read.is_empty()).then_some(read)
    }

    /// The formats of a list; none where it is no list of texts.
    fn list(&self, section: &Section<'_, '_>, value: &Spanned<DeValue<'_>>) -> Vec<DateFormat> {
        let items = value.get_ref().as_array().into_iter();
        let items = items.flat_map(|list| list.iter());
        let texts: Option<Vec<Placed<String>>> = items
            .map(|item| {
                let value = item.get_ref().as_str()?.to_owned();
                let span = item.span();
                Some(Placed { value, span })
            })
            .collect();
        let texts = texts.unwrap_or_default();
        let formats = texts.iter().filter_map(|text| self.format(section, text));
        formats.collect()
    }

    fn format(&self, section: &Section<'_, '_>, text: &Placed<String>) -> Option<DateFormat> {
        let format = match DateFormat::parse(&text.value) {
            Ok(format) if self.timed && !format.has_time() => {
                Err("needs a time of day (HH:MM)".to_owned())
            }
            other => other,
        };
        match format {
            Ok(format) => Some(format.with_pivot(self.pivot)),
            Err(why) => {
                let problem = format!(
                    "{} {why}; a format looks like dd/mm/yyyy or dd-mmm-yy HH:MM:SS",
                    text.value
                );
                section.document.problem(&text.span, problem);
                None
            }
        }
    }
}
