//! A profile bound to one input: which of the input's columns each field reads.

use super::date_orders::{DateColumn, open_columns};
use crate::cell::fold;
use crate::chunk::REASON_COLUMN;
use crate::profile::document::did_you_mean;
use crate::profile::{FieldPlan, Profile, Source};

/// Where a field's cells come from in one input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellSource {
    /// Nowhere.
    Nothing,
    /// The column of that number.
    Column(usize),
    /// The same text for every record.
    Constant(String),
}

/// A profile bound to one input.
#[derive(Debug, Clone)]
pub struct Binding {
    sources: Vec<CellSource>,
    titles: Vec<String>,
    /// Columns that leave the order of day and month to their cells.
    pub(super) date_columns: Vec<DateColumn>,
    /// Columns of the input that the profile neither maps nor drops.
    pub forgotten: Vec<String>,
}

impl Binding {
    /// The binding to an input without columns, and so without records.
    pub fn unbound(profile: &Profile) -> Binding {
        Binding {
            sources: vec![CellSource::Nothing; profile.fields.len()],
            titles: profile
                .fields
                .iter()
                .map(|plan| plan.name.clone())
                .collect(),
            date_columns: Vec::new(),
            forgotten: Vec::new(),
        }
    }

    /// Where a field's cells come from.
    pub fn source(&self, field: usize) -> &CellSource {
        self.sources.get(field).unwrap_or(&CellSource::Nothing)
    }

    /// The name to show for a field: the input's column where it has one, else the field itself.
    pub fn title(&self, field: usize) -> &str {
        self.titles
            .get(field)
            .map(String::as_str)
            .unwrap_or_default()
    }
}

/// Binds a profile to the columns of an input.
///
/// # Errors
/// One sentence a column that the profile names and the input does not have, or has twice. Names of
/// the input's columns are told only where one is near, because an input without a header has values
/// of persons in its place.
pub fn bind(profile: &Profile, columns: &[String]) -> Result<Binding, Vec<String>> {
    let mut problems = Vec::new();
    let mut sources = Vec::new();
    let mut titles = Vec::new();
    let mut used = vec![false; columns.len()];
    for plan in &profile.fields {
        let source = match &plan.source {
            Source::Absent => CellSource::Nothing,
            Source::Constant(text) => CellSource::Constant(text.clone()),
            Source::Column(name) => column(plan, name, columns, &mut problems),
        };
        if let CellSource::Column(at) = source {
            used[at] = true;
        }
        titles.push(match (&source, &plan.source) {
            (CellSource::Column(at), _) => columns[*at].clone(),
            (CellSource::Nothing, Source::Column(name)) => name.clone(),
            _ => plan.name.clone(),
        });
        sources.push(source);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let known = |name: &str| name == REASON_COLUMN || profile.drops(name);
    let left = columns.iter().zip(&used).enumerate();
    let left = left.filter(|(_, (name, used))| !**used && !known(name));
    let shown = left.map(|(at, (name, _))| match name.is_empty() {
        true => format!("(column {}, which has no name)", at + 1),
        false => name.clone(),
    });
    let mut binding = Binding {
        sources,
        titles,
        date_columns: Vec::new(),
        forgotten: shown.collect(),
    };
    binding.date_columns = open_columns(profile, &binding, columns);
    Ok(binding)
}

fn column(
    plan: &FieldPlan,
    name: &str,
    columns: &[String],
    problems: &mut Vec<String>,
) -> CellSource {
    let exact = |column: &String| column == name;
    let folded = |column: &String| fold(column) == fold(name);
    let found = |fits: &dyn Fn(&String) -> bool| -> Vec<usize> {
        let places = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| fits(column));
        places.map(|(at, _)| at).collect()
    };
    let places = match found(&exact) {
        none if none.is_empty() => found(&folded),
        some => some,
    };
    match places.as_slice() {
        [at] => CellSource::Column(*at),
        [] if plan.optional => CellSource::Nothing,
        [] => {
            let near = did_you_mean(name, columns.iter().map(String::as_str));
            let field = &plan.name;
            problems.push(format!(
                "there is no column {name}, which fields.{field} needs{near}"
            ));
            CellSource::Nothing
        }
        _ => {
            problems.push(format!(
                "the column {name} stands twice in the header; rename one of them"
            ));
            CellSource::Nothing
        }
    }
}
