//! The `[input.only]` of a profile: which kinds of record are asked for.

use std::collections::HashSet;
use std::sync::Arc;

use super::section::Section;
use crate::cell::fold;

pub(super) const KEYS: &[&str] = &["column", "values"];

/// Which kinds of record are asked for; those of other kinds are passed over.
#[derive(Debug, Clone)]
pub struct Only {
    /// The column that tells the kind.
    pub column: String,
    /// What stands there in the records that are wanted, folded.
    pub values: Arc<HashSet<String>>,
}

/// `null_values` are cells that say nothing: a record that does not say its kind is wanted too.
pub(super) fn read(section: &Section<'_, '_>, null_values: &HashSet<String>) -> Option<Only> {
    let column = section.column("column");
    let values = section.texts("values");
    if column
        .as_ref()
        .is_none_or(|text| text.value.trim().is_empty())
    {
        section.missing("column", "name the column that tells the kind of a record");
    }
    let mut folded = HashSet::new();
    for value in values.into_iter().flatten() {
        folded.insert(fold(&value.value).into_owned());
    }
    folded.remove("");
    if folded.is_empty() {
        section.missing("values", "list the kinds of record that are wanted");
    }
    folded.extend(null_values.iter().cloned());
    Some(Only {
        column: column?.value.trim().to_owned(),
        values: Arc::new(folded),
    })
}
