//! The words of a finding about a cell, with or without what stands in it.

use super::{MASKED, MASKED_REMEDY, Teller};
use crate::candidate::Candidates;
use crate::profile::ALERT_CODE;

impl Teller<'_> {
    pub(super) fn quoted(&self, batch: &Candidates, row: usize, field: usize) -> String {
        match self.cell(batch, row, field).as_ref() {
            "" => MASKED.to_owned(),
            cell => format!("{cell:?}"),
        }
    }

    pub(super) fn text(
        &self,
        words: &str,
        batch: &Candidates,
        row: usize,
        field: usize,
        (value, proposal): (&str, &str),
    ) -> String {
        let Some(plan) = self.plan(batch.statement(row), field) else {
            return words.to_owned();
        };
        let words = words.replace("{expected}", &plan.expected());
        let words = words.replace("{proposal}", proposal);
        let words = words.replace("{value}", value);
        let masked = [
            ("{code}", "a code"),
            ("{twin}", ""),
            ("{remedy}", MASKED_REMEDY),
        ];
        let words = masked
            .iter()
            .fold(words, |words, (name, masked)| words.replace(name, masked));
        match self.number(batch, row, field) {
            None => format!("{}: {words}", plan.name),
            Some(number) => format!("{}: {words} (value {number} of the cell)", plan.name),
        }
    }

    /// Words with the codes that they are about, where these may be shown: the code of the candidate, its
    /// near-equal twin, and what to take in the place of a code that there is not.
    pub(super) fn with_codes(
        &self,
        words: &str,
        batch: &Candidates,
        row: usize,
        value: &str,
    ) -> String {
        let codes = &self.scene.standard.codes;
        let id = batch.int32s(ALERT_CODE).and_then(|ids| ids.get(row));
        let code = id.and_then(|id| codes.by_id(*id));
        let twin = code.and_then(|code| codes.twin_of(code));
        let twin = twin.map(|twin| format!(" {}", twin.subcode));
        let shown = [
            ("{code}", code.map(|code| code.subcode.clone())),
            ("{twin}", twin),
            (
                "{remedy}",
                codes.remedy_for_unknown(value.trim_matches('"')),
            ),
        ];
        let shown = shown
            .into_iter()
            .filter_map(|(name, text)| Some((name, text?)));
        shown.fold(words.to_owned(), |words, (name, text)| {
            words.replace(name, &text)
        })
    }

    /// Which value of its cell a code is, where cells hold several.
    pub(super) fn number(&self, batch: &Candidates, row: usize, field: usize) -> Option<u32> {
        let stated = batch.stated.as_ref()?;
        let plan = self.plan(batch.statement(row), field)?;
        plan.parts.as_ref()?;
        stated.numbers.get(row).map(|number| number.value)
    }
}
