//! The `[persons]` and `[organisations]` of a profile: which columns of a reference file hold what.

use super::document::Section;

pub(super) const KEYS: &[&str] = &["key", "id"];

/// Which columns of a reference file hold what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceColumns {
    /// The column that holds the key as the export writes it, where the profile names it.
    pub key: Option<String>,
    /// The column that holds the number that a key stands for; without one keys are merely checked.
    pub id: Option<String>,
}

pub(super) fn read(section: &Section<'_, '_>) -> ReferenceColumns {
    let column = |key: &'static str| {
        let text = section.text(key)?;
        if text.value.trim().is_empty() {
            let problem = format!("{}: {key} must name a column", section.name);
            section.document.problem(&text.span, problem);
        }
        Some(text.value.trim().to_owned())
    };
    ReferenceColumns {
        key: column("key"),
        id: column("id"),
    }
}
