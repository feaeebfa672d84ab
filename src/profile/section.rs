//! One table of a TOML document: its values by key, each with what is wrong with it.

mod numbers;

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Document, Placed, did_you_mean};

const COLUMN: &str = "a column's name in quotes, or its number, counted from 1";

/// The name or number by which a value names a column.
pub fn column_name(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(name) => Some(name.to_string()),
        DeValue::Integer(number) => {
            let number: u32 = number.as_str().parse().ok()?;
            (number > 0).then(|| number.to_string())
        }
        _ => None,
    }
}

/// One table of a document, and the keys that it may have; any other key is a problem.
pub struct Section<'d, 'a> {
    /// The document that gathers problems.
    pub document: &'d Document<'a>,
    /// Name of the table as a message shows it, such as `fields.start_date`; empty at the top.
    pub name: String,
    table: &'d DeTable<'a>,
    keys: &'static [&'static str],
}

impl<'d, 'a> Section<'d, 'a> {
    /// A table and the keys that it may have.
    pub fn new(
        document: &'d Document<'a>,
        name: &str,
        table: &'d DeTable<'a>,
        keys: &'static [&'static str],
    ) -> Section<'d, 'a> {
        let section = Section::among(document, name, table, keys);
        for key in table.keys() {
            if !keys.contains(&key.get_ref().as_ref()) {
                let known = keys.iter().copied();
                section.unknown(&key.span(), "key", key.get_ref(), known);
            }
        }
        section
    }

    /// A table of which only some keys are of interest; others may be there.
    pub fn among(
        document: &'d Document<'a>,
        name: &str,
        table: &'d DeTable<'a>,
        keys: &'static [&'static str],
    ) -> Section<'d, 'a> {
        Section {
            document,
            name: name.to_owned(),
            table,
            keys,
        }
    }

    /// Whether the table may have the key.
    pub fn allows(&self, key: &str) -> bool {
        self.keys.contains(&key)
    }

    /// Notes a name that is not known, with the nearest known one.
    pub fn unknown<'n>(
        &self,
        span: &Range<usize>,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'n str>,
    ) {
        let text = format!(
            "{}unknown {what} {name}{}",
            self.prefix(),
            did_you_mean(name, known)
        );
        self.document.problem(span, text);
    }

    /// Notes that a key which must be there is not.
    pub fn missing(&self, key: &str, why: &str) {
        self.document
            .problem_anywhere(format!("{}{key} is missing; {why}", self.prefix()));
    }

    fn prefix(&self) -> String {
        match self.name.is_empty() {
            true => String::new(),
            false => format!("{}: ", self.name),
        }
    }

    fn get(&self, key: &'static str) -> Option<&'d Spanned<DeValue<'a>>> {
        debug_assert!(
            self.keys.contains(&key),
            "{key} must be among the known keys"
        );
        self.table.get(key)
    }

    /// Whether the key is there.
    pub fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// Where the table stands under the key, if it is one.
    pub fn table_at(&self, key: &'static str) -> Option<Range<usize>> {
        let value = self.get(key)?;
        value.get_ref().is_table().then(|| value.span())
    }

    /// Notes that a key does not hold what it must.
    pub fn wrong(&self, key: &str, span: &Range<usize>, wanted: &str) {
        let text = format!("{}{key} must be {wanted}", self.prefix());
        self.document.problem(span, text);
    }

    /// Text under a key.
    pub fn text(&self, key: &'static str) -> Option<Placed<String>> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(Placed {
                value: text.to_owned(),
                span: value.span(),
            }),
            None => {
                self.wrong(key, &value.span(), "text in quotes");
                None
            }
        }
    }

    /// True or false under a key.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(key, &value.span(), "true or false");
        }
        flag
    }

    /// A column under a key, by its name in quotes or by its number, counted from 1.
    pub fn column(&self, key: &'static str) -> Option<Placed<String>> {
        let value = self.get(key)?;
        let column = column_name(value.get_ref());
        if column.is_none() {
            self.wrong(key, &value.span(), COLUMN);
        }
        let span = value.span();
        column.map(|value| Placed { value, span })
    }

    /// A list of columns under a key; see [`Section::column`].
    pub fn columns(&self, key: &'static str) -> Option<Vec<Placed<String>>> {
        let value = self.get(key)?;
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(key, &value.span(), "a list of columns");
            return None;
        };
        let mut columns = Vec::new();
        for item in list.iter() {
            let span = item.span();
            match column_name(item.get_ref()) {
                Some(value) => columns.push(Placed { value, span }),
                None => self.wrong(key, &span, COLUMN),
            }
        }
        Some(columns)
    }

    /// A list of texts under a key.
    pub fn texts(&self, key: &'static str) -> Option<Vec<Placed<String>>> {
        let value = self.get(key)?;
        let Some(list) = value.get_ref().as_array() else {
            self.wrong(key, &value.span(), "a list of texts in quotes");
            return None;
        };
        let mut texts = Vec::new();
        for item in list.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push(Placed {
                    value: text.to_owned(),
                    span: item.span(),
                }),
                None => self.wrong(key, &item.span(), "a list of texts in quotes"),
            }
        }
        Some(texts)
    }

    /// Texts under a key that holds one or a list of them; none where the key is missing.
    pub fn text_or_texts(&self, key: &'static str) -> Vec<Placed<String>> {
        match self.get(key).map(|value| value.get_ref()) {
            None => Vec::new(),
            Some(value) if value.is_str() => self.text(key).into_iter().collect(),
            Some(_) => self.texts(key).unwrap_or_default(),
        }
    }

    /// The names under a key, each with one or several texts.
    pub fn lists(&self, key: &'static str) -> Vec<(String, Vec<String>)> {
        let table = self.open_table(key).into_iter().flatten();
        let lists = table.filter_map(|(name, value)| {
            let texts = match value.get_ref() {
                DeValue::Array(list) => list.iter().map(|item| item.get_ref().as_str()).collect(),
                one => one.as_str().map(|text| vec![text]),
            };
            if texts.is_none() {
                self.wrong(
                    name.get_ref(),
                    &value.span(),
                    "text in quotes, or a list of such",
                );
            }
            let texts = texts?.into_iter().map(str::to_owned).collect();
            Some((name.get_ref().to_string(), texts))
        });
        lists.collect()
    }

    /// The names under a key, each with a single value as text.
    pub fn scalars(&self, key: &'static str) -> Vec<(String, Placed<String>)> {
        let mut scalars = Vec::new();
        for (name, value) in self.open_table(key).into_iter().flatten() {
            match self.as_scalar(name.get_ref(), value) {
                Some(text) => scalars.push((name.get_ref().to_string(), text)),
                None => continue,
            }
        }
        scalars
    }

    /// A single value under a key, as text: quoted, a number, or true or false.
    pub fn scalar(&self, key: &'static str) -> Option<Placed<String>> {
        self.as_scalar(key, self.get(key)?)
    }

    fn as_scalar(&self, key: &str, value: &Spanned<DeValue<'a>>) -> Option<Placed<String>> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Boolean(flag) => flag.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                self.wrong(key, &value.span(), "a single value");
                return None;
            }
        };
        Some(Placed {
            value: text,
            span: value.span(),
        })
    }

    /// The choice under a key, as its place among `choices`.
    pub fn choice(&self, key: &'static str, choices: &[&'static str]) -> Option<&'static str> {
        let text = self.text(key)?;
        let found = choices
            .iter()
            .find(|choice| **choice == text.value)
            .copied();
        if found.is_none() {
            let known = choices.iter().copied();
            let near = did_you_mean(&text.value, known);
            let wanted = format!("one of {}{near}", choices.join(", "));
            self.wrong(key, &text.span, &wanted);
        }
        found
    }

    /// The table under a key, with whatever keys it has.
    pub fn open_table(&self, key: &'static str) -> Option<&'d DeTable<'a>> {
        let value = self.get(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(key, &value.span(), "a table");
        }
        table
    }

    /// The table under a key, with the keys that it may have.
    pub fn section(
        &self,
        key: &'static str,
        keys: &'static [&'static str],
    ) -> Option<Section<'d, 'a>> {
        let table = self.open_table(key)?;
        let name = match self.name.is_empty() {
            true => key.to_owned(),
            false => format!("{}.{key}", self.name),
        };
        Some(Section::new(self.document, &name, table, keys))
    }

    /// The tables of a list of tables under a key.
    pub fn sections(
        &self,
        key: &'static str,
        keys: &'static [&'static str],
    ) -> Vec<Section<'d, 'a>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let items = value
            .get_ref()
            .as_array()
            .into_iter()
            .flat_map(|list| list.iter());
        let tables = items.filter_map(|item| item.get_ref().as_table());
        let sections = tables.enumerate().map(|(at, table)| {
            Section::new(self.document, &format!("{key} {}", at + 1), table, keys)
        });
        let sections: Vec<_> = sections.collect();
        if sections.is_empty() {
            self.wrong(
                key,
                &value.span(),
                &format!("a list of tables, each begun with [[{key}]]"),
            );
        }
        sections
    }

    /// The tables of a list of tables under a key, with whatever keys they have, and their places.
    pub fn open_tables(&self, key: &'static str) -> Vec<(&'d DeTable<'a>, Range<usize>)> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let items = value.get_ref().as_array();
        let items = items.into_iter().flat_map(|list| list.iter());
        let tables: Option<Vec<_>> = items
            .map(|item| Some((item.get_ref().as_table()?, item.span())))
            .collect();
        let tables = tables.filter(|tables| !tables.is_empty());
        tables.unwrap_or_else(|| {
            let wanted = format!("a list of tables, each begun with [[{key}]]");
            self.wrong(key, &value.span(), &wanted);
            Vec::new()
        })
    }

    /// Pairs of texts under a key.
    pub fn pairs(&self, key: &'static str) -> Vec<(String, Placed<String>)> {
        let mut pairs = Vec::new();
        for (word, target) in self.open_table(key).into_iter().flatten() {
            match target.get_ref().as_str() {
                Some(text) => pairs.push((
                    word.get_ref().to_string(),
                    Placed {
                        value: text.to_owned(),
                        span: target.span(),
                    },
                )),
                None => self.wrong(word.get_ref(), &target.span(), "text in quotes"),
            }
        }
        pairs
    }
}
