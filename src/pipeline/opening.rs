//! An input, opened and bound to its profile.

use std::sync::Arc;

use super::date_orders;
use super::supply::Input;
use crate::cell::fold;
use crate::dialect::Format;
use crate::error::{Error, Result};
use crate::map::{Binding, bind};
use crate::profile::Profile;
use crate::read::{InputPlace, InputReader, Splitter};

/// Bytes of text in a chunk.
pub(super) const CHUNK: usize = 1 << 20;

/// Opens an input and binds the profile to it, to find what is wrong before anything is written. What
/// can be read only once, as standard input and pipes, is left alone.
///
/// # Errors
/// The input cannot be opened, has not the columns that the profile names, or can be read only once
/// where it must be read twice.
pub fn inspect(profile: &Profile, input: &Input) -> Result<()> {
    let InputPlace::Path(path) = &input.place else {
        return date_orders::refuse_unrepeatable(profile, input);
    };
    match std::fs::metadata(path) {
        Ok(found) if !found.is_file() && !found.is_dir() => {
            date_orders::refuse_unrepeatable(profile, input)
        }
        _ => open_to_look(profile, input).map(|_| ()),
    }
}

/// Opens an input that is read to be converted, and binds the profile to it.
pub(super) fn open(profile: &Profile, input: &Input) -> Result<(InputReader, Binding)> {
    let wanted = profile.columns();
    let wish = profile.dialect_wish();
    let reader = InputReader::open(&input.place, &input.name, &wish, &wanted)?;
    bound(profile, input, reader)
}

/// The same for an input that is looked at before that, so that no digest is made twice.
pub(super) fn open_to_look(profile: &Profile, input: &Input) -> Result<(InputReader, Binding)> {
    let wanted = profile.columns();
    let wish = profile.dialect_wish();
    let reader = InputReader::open_without_digest(&input.place, &input.name, &wish, &wanted)?;
    bound(profile, input, reader)
}

fn bound(profile: &Profile, input: &Input, reader: InputReader) -> Result<(InputReader, Binding)> {
    let reader = reader.with_chunk_size(CHUNK);
    let bound = bind(profile, reader.columns());
    let binding = match bound {
        // An input without content has no columns, and no record that could miss one.
        Err(_) if reader.columns().is_empty() => Binding::unbound(profile),
        Ok(binding) => binding,
        Err(problems) => return Err(unfit(profile, &input.name, &reader, &problems)),
    };
    Ok((reader, binding))
}

fn unfit(profile: &Profile, input: &str, reader: &InputReader, problems: &[String]) -> Error {
    let named = profile.columns();
    let there = |name: &String| reader.columns().iter().any(|own| fold(own) == fold(name));
    let texts: Vec<String> = match named.iter().any(there) {
        false => vec![format!(
            "has none of the columns that the profile names; it was read as {}; is it the right file, \
             and does it begin with its header?",
            reading(reader)
        )],
        true => problems.to_vec(),
    };
    let problem = |text: String| crate::error::Problem {
        file: input.to_owned(),
        line: None,
        text,
    };
    Error::Profile(texts.into_iter().map(problem).collect())
}

/// How an input was read, and how to have it read otherwise.
fn reading(reader: &InputReader) -> String {
    let dialect = reader.dialect();
    let columns = match reader.columns().len() {
        1 => "1 column".to_owned(),
        many => format!("{many} columns"),
    };
    match dialect.format {
        Format::Csv => format!(
            "{columns} separated by {:?}, which delimiter and encoding under [input] change",
            char::from(dialect.delimiter)
        ),
        Format::Sheet => format!(
            "{columns} of the sheet {:?}, which sheet under [input] changes",
            dialect.sheet.as_deref().unwrap_or_default()
        ),
        format => format!("{}, which format under [input] changes", format.as_str()),
    }
}

/// The splitter of an input, which passes over the kinds of record that the profile does not ask for.
pub(super) fn splitter(profile: &Profile, reader: &InputReader, binding: &Binding) -> Splitter {
    let splitter = reader.splitter();
    match (&profile.input.only, binding.kind) {
        (Some(only), Some(column)) => splitter.only(column, Arc::clone(&only.values)),
        _ => splitter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::DialectWish;

    #[test]
    fn columns_are_counted_in_words_that_fit() {
        let home = tempfile::tempdir().unwrap();
        let read_as = |text: &str| {
            let path = home.path().join("input");
            std::fs::write(&path, text).unwrap();
            let wish = DialectWish::default();
            let reader = InputReader::open(&InputPlace::Path(path), "input", &wish, &[]);
            reading(&reader.unwrap())
        };
        assert!(read_as("a\n1\n").starts_with("1 column separated by ','"));
        assert!(read_as("a;b\n1;2\n").starts_with("2 columns separated by ';'"));
    }
}
