//! `[views]`: what is written beside the tables, for those who may not see them.

use super::section::Section;

pub(super) const KEYS: &[&str] = &["contractor"];

/// What is written for those who may not see the tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Views {
    /// What contractors may see of active alerts.
    pub contractor: bool,
}

pub(super) fn read(top: &Section<'_, '_>) -> Views {
    let section = top.section("views", KEYS);
    let contractor = section.and_then(|section| section.flag("contractor"));
    Views {
        contractor: contractor.unwrap_or_default(),
    }
}
