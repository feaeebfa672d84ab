//! `[privacy]`: what becomes of free text.

use super::section::Section;

pub(super) const KEYS: &[&str] = &["text"];

/// What becomes of free text in which something is found that does not belong there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TextPolicy {
    /// It stays as it is; an alert with what must not be there is rejected.
    #[default]
    Keep,
    /// A marker takes the place of what was found, and nothing else changes.
    Redact,
    /// No alert has a free text.
    Drop,
}

impl TextPolicy {
    /// The word used in a profile and in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            TextPolicy::Keep => "keep",
            TextPolicy::Redact => "redact",
            TextPolicy::Drop => "drop",
        }
    }
}

pub(super) fn read(section: &Section<'_, '_>) -> TextPolicy {
    let all = [TextPolicy::Keep, TextPolicy::Redact, TextPolicy::Drop];
    let chosen = section.choice("text", &all.map(TextPolicy::as_str));
    let chosen = all.into_iter().find(|own| Some(own.as_str()) == chosen);
    chosen.unwrap_or_default()
}
