//! What rules know beyond the batch they check.

use rustc_hash::FxHashMap;

use super::rule::Rule;
use super::settings::RuleSettings;
use crate::candidate::Candidates;
use crate::profile::Policy;
use crate::standard::{Code, PERSON_ALERT_HISTORY, Standard};

/// What rules know beyond the batch they check.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// The profile's choices.
    pub policy: Policy,
    /// What the user has set about rules.
    pub rules: &'a RuleSettings,
    /// The day as of which alerts are judged, in days since 1970-01-01.
    pub as_of: i32,
}

impl<'a> Context<'a> {
    /// A rule's threshold of that name.
    pub fn threshold(&self, rule: &Rule, name: &str) -> i64 {
        self.rules.threshold(rule, name)
    }

    /// The code of a candidate.
    pub fn code(&self, batch: &Candidates, row: usize) -> Option<&'a Code> {
        let id = batch.int32s("person_alert_code_id")?.get(row)?;
        self.standard.codes.by_id(*id)
    }

    /// Place of a word in a field's list of allowed values.
    pub fn term(&self, field: &str, word: &str) -> Option<u8> {
        let alerts = self.standard.person_alert().field(field);
        let history = || self.standard.table(PERSON_ALERT_HISTORY)?.field(field);
        let field = alerts.or_else(history)?;
        let at = field.allowed.iter().position(|allowed| allowed == word)?;
        u8::try_from(at).ok()
    }

    /// What is known of codes, by their keys.
    pub fn by_code<T>(&self, known: impl Fn(&Code) -> Option<T>) -> ByCode<T> {
        let codes = self.standard.codes.iter();
        ByCode(
            codes
                .filter_map(|code| Some((code.id, known(code)?)))
                .collect(),
        )
    }
}

/// What is known of some codes: built once a batch, so that a row costs one lookup by key.
#[derive(Debug)]
pub struct ByCode<T>(FxHashMap<i32, T>);

impl<T> ByCode<T> {
    /// What is known of the codes of a batch's candidates, by their rows.
    pub fn in_batch<'k>(&'k self, batch: &'k Candidates) -> impl Fn(usize) -> Option<&'k T> {
        let codes = batch.int32s("person_alert_code_id");
        move |row| self.0.get(codes?.get(row)?)
    }

    /// What is known of the codes of some rows, with the row; those of which nothing is are left out.
    pub fn of_rows(&self, batch: &Candidates, rows: &[usize]) -> Vec<(usize, T)>
    where
        T: Copy,
    {
        let known = self.in_batch(batch);
        let rows = rows.iter();
        rows.filter_map(|row| Some((*row, *known(*row)?))).collect()
    }
}
