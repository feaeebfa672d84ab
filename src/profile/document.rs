//! A TOML document read key by key, so that every problem is told at once, each with its line.

use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use crate::error::{Error, Problem, Result};

/// The problems of one document, gathered while it is read.
pub struct Document<'a> {
    name: String,
    text: &'a str,
    problems: RefCell<Vec<Problem>>,
}

/// A value with the place it was written at.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Bytes of the document.
    pub span: Range<usize>,
}

/// Reads a file whole, as UTF-8.
///
/// # Errors
/// A problem that names the file.
pub fn read_text(path: &Path) -> Result<String> {
    let problem = |text: String| {
        Error::Profile(vec![Problem {
            file: path.display().to_string(),
            line: None,
            text,
        }])
    };
    let bytes = std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => problem("there is no such file".to_owned()),
        _ => problem(error.to_string()),
    })?;
    String::from_utf8(bytes).map_err(|_| problem("is not UTF-8; save it as UTF-8".to_owned()))
}

impl<'a> Document<'a> {
    /// A document of that name with no problems yet.
    pub fn new(path: &Path, text: &'a str) -> Document<'a> {
        Document {
            name: path.display().to_string(),
            text,
            problems: RefCell::default(),
        }
    }

    /// The document's top table; what TOML itself refuses becomes problems.
    pub fn top(&self) -> DeTable<'a> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let span = error.span().unwrap_or_default();
            self.problem(&span, error.message().to_lowercase());
        }
        table.into_inner()
    }

    /// Notes a problem at a place of the document.
    pub fn problem(&self, span: &Range<usize>, text: impl Into<String>) {
        self.note(&self.name, Some(self.line(span)), text.into());
    }

    /// The physical line, counted from 1, on which a place of the document begins.
    pub fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.get(..span.start).unwrap_or_default();
        1 + before.bytes().filter(|byte| *byte == b'\n').count()
    }

    /// Notes a problem at the place where a text stands in quotes.
    pub fn problem_with(&self, quoted: &str, text: impl Into<String>) {
        let found = ['"', '\''].iter().find_map(|quote| {
            let start = self.text.find(&format!("{quote}{quoted}{quote}"))?;
            Some(start..start + quoted.len())
        });
        match found {
            Some(span) => self.problem(&span, text),
            None => self.problem_anywhere(text),
        }
    }

    /// Notes a problem that has no single place.
    pub fn problem_anywhere(&self, text: impl Into<String>) {
        self.note(&self.name, None, text.into());
    }

    /// Notes a problem of another file that the document refers to.
    pub fn problem_in(&self, file: &Path, line: Option<usize>, text: impl Into<String>) {
        self.note(&file.display().to_string(), line, text.into());
    }

    fn note(&self, file: &str, line: Option<usize>, text: String) {
        let problem = Problem {
            file: file.to_owned(),
            line,
            text,
        };
        let mut problems = self.problems.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// All problems in the order of their lines, or none.
    ///
    /// # Errors
    /// The problems, where there are any.
    pub fn finish(self) -> Result<()> {
        let mut problems = self.problems.into_inner();
        problems.sort_by_key(|problem| (problem.file != self.name, problem.line));
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Error::Profile(problems)),
        }
    }
}

/// `; did you mean X?` where a known name is near, or nothing.
pub fn did_you_mean<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let wanted = name.to_lowercase();
    let scored = known.map(|one| (strsim::jaro_winkler(&wanted, &one.to_lowercase()), one));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0));
    match best.filter(|(score, _)| *score > 0.8) {
        Some((_, one)) => format!("; did you mean {one}?"),
        None => String::new(),
    }
}

/// The folder that relative paths in a document start from.
pub fn folder_of(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_owned()
}
