//! The `[persons]` and `[organisations]` of a profile: which columns of a reference file hold what.

use super::document::Placed;
use super::section::Section;

pub(super) const KEYS: &[&str] = &["key", "id"];

/// Which columns of a reference file hold what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceColumns {
    /// The columns that hold the key as the export writes it, several where it is composed; none where the
    /// profile does not name them.
    pub key: Vec<String>,
    /// The column that holds the number that a key stands for; without one keys are merely checked.
    pub id: Option<String>,
}

pub(super) fn read(section: &Section<'_, '_>) -> ReferenceColumns {
    let named = |key: &str, text: Placed<String>| {
        if text.value.trim().is_empty() {
            let problem = format!("{}: {key} must name a column", section.name);
            section.document.problem(&text.span, problem);
        }
        text.value.trim().to_owned()
    };
    let key = section.text_or_texts("key").into_iter();
    ReferenceColumns {
        key: key.map(|text| named("key", text)).collect(),
        id: section.text("id").map(|text| named("id", text)),
    }
}
