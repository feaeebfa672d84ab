//! What a report says of waivers: how much each has let pass, who answers for it and why.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A waiver of a landlord.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WaiverReport {
    /// Code of the landlord.
    pub landlord: String,
    /// Id of the rule.
    pub rule: Cow<'static, str>,
    /// Its name in a few words.
    pub slug: Cow<'static, str>,
    /// Name of the file that it stands in.
    pub file: String,
    /// Line of that file on which it begins.
    pub line: usize,
    /// Where it holds.
    pub scope: ScopeReport,
    /// Why the findings are let pass.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds.
    pub expires: String,
    /// Whether that day has passed, so that it lets nothing pass.
    pub expired: bool,
    /// Findings that it has let pass.
    pub count: u64,
}

/// Where a waiver holds. Keys of alerts are counted, and not shown; so are values, unless the user asked for
/// them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ScopeReport {
    /// Columns of the input, or fields of the standard.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Codes, or groups of codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Names of inputs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// How many keys of alerts it names, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub references: Option<usize>,
    /// The texts of cells that it names, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<ScopeValues>,
    /// The first day of the records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The last day of the records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// The texts of cells that a waiver names.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ScopeValues {
    /// How many.
    Counted(usize),
    /// As the profile has them.
    Shown(Vec<String>),
}
