//! A profile bound to one input: which of the input's columns each field reads.

use std::borrow::Cow;
use std::collections::HashSet;

use super::date_orders::{DateColumn, open_columns};
use super::finder::Finder;
use super::is_null;
use crate::candidate::PartNumber;
use crate::cell::column_name::{Found, find_column};
use crate::chunk::{Chunk, PARTS_COLUMN, REASON_COLUMN};
use crate::profile::{ALERT_CODE, CellReader, Profile, Source};

/// Where a field's cells come from in one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellSource {
    /// Nowhere.
    Nothing,
    /// The column of that number.
    Column(usize),
    /// The column of the first number, and where that says nothing the other one.
    Either(usize, usize),
    /// The columns of those numbers, which together are one key.
    Composed(ComposedCells),
    /// The same text for every record.
    Constant(String),
}

/// Columns that together are one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComposedCells {
    /// The columns' numbers, in the order of the parts.
    pub columns: Vec<usize>,
    /// What stands between two parts.
    pub join: String,
}

impl CellSource {
    /// The trimmed text that a record has here. A composed key of which a part is empty, or one of the
    /// values that say nothing, is empty.
    pub fn text<'c>(
        &'c self,
        chunk: &'c Chunk,
        row: usize,
        null_values: &HashSet<String>,
    ) -> Cow<'c, str> {
        match self {
            CellSource::Composed(cells) => {
                let parts = cells.columns.iter().map(|at| chunk.trimmed(row, *at));
                let parts: Vec<&str> = parts.collect();
                match parts.iter().any(|part| is_null(part, null_values)) {
                    true => Cow::Borrowed(""),
                    false => Cow::Owned(parts.join(&cells.join)),
                }
            }
            single => Cow::Borrowed(single.single(chunk, row, null_values)),
        }
    }

    /// As [`CellSource::text`], where it is no composed key.
    pub fn single<'c>(
        &'c self,
        chunk: &'c Chunk,
        row: usize,
        null_values: &HashSet<String>,
    ) -> &'c str {
        match (self.column(chunk, row, null_values), self) {
            (Some(column), _) => chunk.trimmed(row, column),
            (None, CellSource::Constant(text)) => text.trim(),
            (None, _) => "",
        }
    }

    /// The column that a record's text stands in, where it is a single one.
    pub fn column(
        &self,
        chunk: &Chunk,
        row: usize,
        null_values: &HashSet<String>,
    ) -> Option<usize> {
        match self {
            CellSource::Column(column) => Some(*column),
            CellSource::Either(first, other) => {
                let says_nothing = is_null(chunk.trimmed(row, *first), null_values);
                Some(if says_nothing { *other } else { *first })
            }
            CellSource::Nothing | CellSource::Composed(_) | CellSource::Constant(_) => None,
        }
    }

    /// The columns that a text may stand in by itself.
    pub(super) fn single_columns(&self) -> Vec<usize> {
        match self {
            CellSource::Column(column) => vec![*column],
            CellSource::Either(first, other) => vec![*first, *other],
            CellSource::Nothing | CellSource::Composed(_) | CellSource::Constant(_) => Vec::new(),
        }
    }
}

/// Stands between the names of the columns that a key is composed of.
const BETWEEN_COLUMNS: &str = " + ";

/// A profile bound to one input.
#[derive(Debug, Clone)]
pub struct Binding {
    /// By the profile's statements.
    statements: Vec<BoundStatement>,
    /// The column in which rejects say which alerts of a record are meant.
    parts: Option<usize>,
    /// Columns that leave the order of day and month to their cells.
    pub(super) date_columns: Vec<DateColumn>,
    /// The column that tells the kind of a record, where the profile asks for some kinds only.
    pub kind: Option<usize>,
    /// Columns of the input that the profile neither maps nor drops.
    pub forgotten: Vec<String>,
}

/// A statement bound to one input.
#[derive(Debug, Clone)]
pub struct BoundStatement {
    sources: Vec<CellSource>,
    titles: Vec<String>,
    /// The columns that choose between the formats of fields.
    deciders: Vec<Option<usize>>,
    /// The column of its flag, where it has one and the input does too.
    pub flag: Option<usize>,
    /// The columns that the meaning of its code depends on.
    pub conditions: Vec<usize>,
    /// What its alerts are called in rejects.
    label: String,
}

impl Binding {
    /// The binding to an input without columns, and so without records.
    pub fn unbound(profile: &Profile) -> Binding {
        let names = profile.fields.iter().map(|plan| plan.name.clone());
        let statement = BoundStatement {
            sources: vec![CellSource::Nothing; profile.fields.len()],
            titles: names.collect(),
            deciders: Vec::new(),
            flag: None,
            conditions: Vec::new(),
            label: String::new(),
        };
        Binding {
            statements: vec![statement; profile.statements.len()],
            parts: None,
            date_columns: Vec::new(),
            kind: None,
            forgotten: Vec::new(),
        }
    }

    /// A statement of the profile.
    pub fn statement(&self, statement: usize) -> Option<&BoundStatement> {
        self.statements.get(statement)
    }

    /// Where a field's cells come from, in alerts of one kind.
    pub fn source(&self, statement: usize, field: usize) -> &CellSource {
        let bound = self.statements.get(statement);
        let source = bound.and_then(|bound| bound.sources.get(field));
        source.unwrap_or(&CellSource::Nothing)
    }

    /// The column that chooses between the formats of a field, in alerts of one kind.
    pub fn decider(&self, statement: usize, field: usize) -> Option<usize> {
        let bound = self.statements.get(statement)?;
        bound.deciders.get(field).copied().flatten()
    }

    /// Whether some alert's cells of a field come from the input or the profile.
    pub fn feeds(&self, field: usize) -> bool {
        let mut sources = (0..self.statements.len()).map(|at| self.source(at, field));
        sources.any(|source| *source != CellSource::Nothing)
    }

    /// The column that stands for a field: the first of those that its cells come from.
    pub fn column(&self, statement: usize, field: usize) -> Option<usize> {
        match self.source(statement, field) {
            CellSource::Column(at) | CellSource::Either(at, _) => Some(*at),
            CellSource::Composed(cells) => cells.columns.first().copied(),
            CellSource::Nothing | CellSource::Constant(_) => None,
        }
    }

    /// The same where alerts of all kinds are meant: a column if all have the same.
    pub fn shared_column(&self, field: usize) -> Option<usize> {
        let mut columns = (0..self.statements.len()).map(|at| self.column(at, field));
        let first = columns.next()??;
        columns.all(|column| column == Some(first)).then_some(first)
    }

    /// The name to show for a field: the input's column where it has one, else the field itself.
    pub fn title(&self, statement: usize, field: usize) -> &str {
        let bound = self.statements.get(statement);
        let title = bound.and_then(|bound| bound.titles.get(field));
        title.map(String::as_str).unwrap_or_default()
    }

    /// The name to show for a field where alerts of all kinds are meant: a column if all have the same.
    pub fn shared_title<'t>(&'t self, field: usize, name: &'t str) -> &'t str {
        let mut titles = (0..self.statements.len()).map(|at| self.title(at, field));
        let first = titles.next().unwrap_or(name);
        if titles.all(|title| title == first) {
            first
        } else {
            name
        }
    }

    /// The column in which rejects say which alerts of a record are meant.
    pub fn parts(&self) -> Option<usize> {
        self.parts
    }

    /// What the alerts of a statement are called in rejects; [`part_names`] goes on from there.
    pub fn label(&self, statement: usize) -> &str {
        let bound = self.statements.get(statement);
        bound.map(|bound| bound.label.as_str()).unwrap_or_default()
    }
}

/// What an alert may be called in rejects: by the label of its statement where its cell has one value, by
/// that value where it has several, and by one code of the value.
pub fn part_names(label: &str, number: PartNumber) -> [String; 2] {
    let PartNumber {
        value,
        values,
        code,
    } = number;
    let by_value = match values {
        0 | 1 => label.to_owned(),
        _ => format!("{label} #{value} of {values}"),
    };
    [
        by_value,
        format!("{label} #{value}.{} of {values}", code + 1),
    ]
}

/// The names in a cell of rejects.
pub fn names_in(cell: &str) -> Vec<&str> {
    cell.split(';').map(str::trim).collect()
}

/// Binds a profile to the columns of an input.
///
/// # Errors
/// One sentence a column that the profile names and the input does not have, or has twice. Names of
/// the input's columns are told only where one is near, because an input without a header has values
/// of persons in its place.
pub fn bind(profile: &Profile, columns: &[String]) -> Result<Binding, Vec<String>> {
    let mut finder = Finder {
        columns,
        used: vec![false; columns.len()],
        problems: Vec::new(),
    };
    let statements = (0..profile.statements.len())
        .map(|statement| bind_statement(profile, statement, &mut finder));
    let mut statements: Vec<BoundStatement> = statements.collect();
    tell_labels_apart(&mut statements);
    let kind = profile.input.only.as_ref();
    let kind = kind.and_then(|only| finder.place("input.only", &only.column, false));
    let Finder { used, problems, .. } = finder;
    if !problems.is_empty() {
        return Err(problems);
    }
    let ours = |name: &str| name == REASON_COLUMN || name == PARTS_COLUMN;
    // by number, or as one of several of the same name
    let dropped = profile
        .dropped()
        .filter_map(|name| match find_column(name, columns) {
            Found::One(at) => Some(at),
            Found::Several | Found::Nothing => None,
        });
    let dropped: HashSet<usize> = dropped.collect();
    let known = |at: usize, name: &str| ours(name) || profile.drops(name) || dropped.contains(&at);
    let left = columns.iter().zip(&used).enumerate();
    let left = left.filter(|(at, (name, used))| !**used && !known(*at, name));
    let shown = left.map(|(at, (name, _))| match name.is_empty() {
        true => format!("(column {}, which has no name)", at + 1),
        false => name.clone(),
    });
    let parts = columns.iter().position(|name| name == PARTS_COLUMN);
    let mut binding = Binding {
        statements,
        parts: parts.filter(|_| profile.is_plural()),
        date_columns: Vec::new(),
        kind,
        forgotten: shown.collect(),
    };
    binding.date_columns = open_columns(profile, &binding, columns);
    Ok(binding)
}

fn bind_statement(profile: &Profile, statement: usize, finder: &mut Finder<'_>) -> BoundStatement {
    let mut sources = Vec::new();
    let mut titles = Vec::new();
    let mut deciders = Vec::new();
    let mut conditions = Vec::new();
    let mut label = String::new();
    for field in 0..profile.fields.len() {
        let Some(plan) = profile.plan(statement, field) else {
            continue;
        };
        let source = match &plan.source {
            Source::Absent => CellSource::Nothing,
            Source::Constant(text) => CellSource::Constant(text.clone()),
            Source::Column(name) => finder.either(plan, name),
            Source::Composed(composition) => finder.compose(plan, composition),
        };
        let decider = plan.deciding_column();
        let decider = decider.filter(|_| !source.single_columns().is_empty());
        deciders.push(
            decider.and_then(|name| match finder.find(&plan.name, name, false) {
                CellSource::Column(at) => Some(at),
                _ => None,
            }),
        );
        titles.push(match (&source, &plan.source) {
            (CellSource::Column(at) | CellSource::Either(at, _), _) => finder.columns[*at].clone(),
            (CellSource::Composed(cells), _) => {
                let names = cells.columns.iter().map(|at| finder.columns[*at].as_str());
                names.collect::<Vec<_>>().join(BETWEEN_COLUMNS)
            }
            (CellSource::Nothing, named) if !named.columns().is_empty() => {
                named.columns().join(BETWEEN_COLUMNS)
            }
            _ => plan.name.clone(),
        });
        sources.push(source);
        if let CellReader::Code(reader) = &plan.reader {
            for name in reader.conditions() {
                if let CellSource::Column(at) = finder.find(&plan.name, name, false) {
                    conditions.push(at);
                }
            }
        }
        if plan.name == ALERT_CODE {
            // what has a meaning in the names of several alerts cannot stand in one
            label = titles[field].replace([';', '#'], " ").trim().to_owned();
        }
    }
    let flag = profile.statements.get(statement);
    let flag = flag.and_then(|statement| statement.flag.as_ref());
    let flag = flag.and_then(
        |flag| match finder.find(ALERT_CODE, &flag.column, flag.optional) {
            CellSource::Column(at) => Some(at),
            _ => None,
        },
    );
    BoundStatement {
        sources,
        titles,
        deciders,
        flag,
        conditions,
        label,
    }
}

/// Numbers the labels that several statements have, such as two that read the same column.
fn tell_labels_apart(statements: &mut [BoundStatement]) {
    for at in 0..statements.len() {
        let mut label = statements[at].label.clone();
        let mut number = 1;
        while statements[..at].iter().any(|other| other.label == label) {
            number += 1;
            label = format!("{} ({number})", statements[at].label);
        }
        statements[at].label = label;
    }
}
