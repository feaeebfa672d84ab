//! What was not checked, and why: silence about it is no praise.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A check that was not run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NotRun {
    /// Code of the landlord.
    pub landlord: String,
    /// What was not checked, where it is no single rule: `persons`, `organisations` or `history`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Cow<'static, str>>,
    /// Id of the rule that was not run, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Cow<'static, str>>,
    /// Its name in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slug: Option<Cow<'static, str>>,
    /// The inputs that it was not run on, where it was run on others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Why.
    pub why: String,
}

impl NotRun {
    /// Nothing was checked against a reference file, or no history was.
    pub fn check(landlord: &str, check: &'static str, why: &str) -> NotRun {
        NotRun {
            landlord: landlord.to_owned(),
            check: Some(check.into()),
            rule: None,
            slug: None,
            files: Vec::new(),
            why: why.to_owned(),
        }
    }

    /// A rule was not run, by its id and slug.
    pub fn rule(landlord: &str, [rule, slug]: [&'static str; 2], why: String) -> NotRun {
        NotRun {
            landlord: landlord.to_owned(),
            check: None,
            rule: Some(rule.into()),
            slug: Some(slug.into()),
            files: Vec::new(),
            why,
        }
    }
}
