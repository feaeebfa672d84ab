//! `[policy]`: what is to be done where the standard leaves a choice.

use super::section::Section;

pub(super) const KEYS: &[&str] = &[
    "autoclose",
    "duplicates",
    "unreadable",
    "max_reject_percent",
    "absence",
    "system_user",
];

/// What is to be done where the standard leaves a choice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    /// Whether an alert that ended before the run's date is made inactive, rather than rejected.
    pub autoclose: bool,
    /// Whether an exact duplicate is merged into its first record, rather than kept.
    pub merge_duplicates: bool,
    /// Whether an unreadable cell of an optional field rejects the alert, rather than being emptied.
    pub reject_unreadable: bool,
    /// The most of the alerts that may be set aside before the run counts as failed, in percent.
    pub max_reject_percent: Option<f64>,
    /// Whether an alert that a later export no longer holds is deleted, and has not merely vanished.
    pub absence_deletes: bool,
    /// Who made the changes of which the source does not say who.
    pub system_user: Option<i64>,
}

/// The choices of a profile.
pub(super) fn read(top: &Section<'_, '_>) -> Policy {
    let section = top.section("policy", KEYS);
    let section = section.as_ref();
    let choice = |key, choices: &[&'static str]| section.and_then(|s| s.choice(key, choices));
    Policy {
        autoclose: section.and_then(|s| s.flag("autoclose")).unwrap_or(true),
        merge_duplicates: choice("duplicates", &["merge", "keep"]) != Some("keep"),
        reject_unreadable: choice("unreadable", &["null", "reject"]) == Some("reject"),
        max_reject_percent: section.and_then(|s| s.percent("max_reject_percent")),
        absence_deletes: choice("absence", &["vanished", "deleted"]) == Some("deleted"),
        system_user: section
            .and_then(|s| s.number("system_user", 1..=i32::MAX))
            .map(i64::from),
    }
}
