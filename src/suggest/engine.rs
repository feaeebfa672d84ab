//! One code list and all that is known about it, asked label by label.

use std::collections::{BTreeSet, HashMap};

use super::code::{CodeNames, name_rows};
use super::earlier::{Decisions, decisions, key};
use super::lexicon::Lexicon;
use super::matching::Tokens;
use super::suggestion::{Candidate, MOST, Mark, Relation, Suggestions};
use super::verdict::{put, verdict};
use super::{ApprovedMapping, CodeList, Label, synonyms};
use crate::standard::Standard;

/// Score of what a landlord's code alone may mean: likely, and never sure.
const BY_CODE: f64 = 0.5;
/// Score from which the reading of a landlord's code is worth showing.
const SURE_CODE: f64 = 0.9;
/// Score of what an earlier crosswalk decided.
const DECIDED: f64 = 1.0;

/// What there is to know about one code list.
#[derive(Debug)]
pub(super) struct Engine {
    names: CodeNames,
    lexicon: Lexicon,
    decisions: HashMap<String, Decisions>,
}

impl Engine {
    pub(super) fn new(standard: &Standard, list: CodeList, approved: &[ApprovedMapping]) -> Engine {
        let mut rows = synonyms::rows(list);
        rows.extend(name_rows(standard, list));
        Engine {
            names: CodeNames::new(standard, list),
            lexicon: Lexicon::new(rows),
            decisions: decisions(list, approved),
        }
    }

    /// The words of a label, and what there is to say about it.
    pub(super) fn suggest(&self, label: &Label<'_>) -> (Tokens, Suggestions) {
        let tokens = Tokens::of(label.text, &self.lexicon);
        let mut suggestions = verdict(label.text, &tokens, &self.lexicon, &self.names);
        if let Some(decisions) = self.decisions.get(&key(label.text)) {
            self.add(decisions, &mut suggestions);
        }
        let is_silent = |mark: &Mark| matches!(mark, Mark::Unsure | Mark::Uninformative);
        let says_nothing = !suggestions.candidates.iter().any(Candidate::is_likely)
            && suggestions.marks.iter().all(is_silent);
        if let (true, Some(code)) = (says_nothing, label.code) {
            self.read_code(code, &mut suggestions);
        }
        (tokens, suggestions)
    }

    /// Whether somebody is in danger when an alert of a code is missed.
    pub(super) fn is_critical(&self, code: &str) -> bool {
        self.names.is_critical(code)
    }

    /// What was decided before comes first; marks stay, except that the engine itself was not sure.
    fn add(&self, decisions: &Decisions, suggestions: &mut Suggestions) {
        let own = suggestions.candidates.first().filter(|own| own.is_likely());
        let own = own.map(|own| own.code.clone());
        for decision in decisions {
            let word = match decision.mark {
                None | Some(Mark::NoCode) => "decided",
                Some(_) => "left to a decision",
            };
            let reason = format!("{word} in {}", decision.provenance);
            suggestions.marks.extend(decision.mark);
            let relation = match (decision.codes.len(), decision.mark) {
                (1, Some(Mark::Narrower)) => Relation::Narrower,
                (1, _) => Relation::Broader,
                _ => Relation::Ambiguous,
            };
            for code in &decision.codes {
                put(
                    &mut suggestions.candidates,
                    &self.names,
                    code,
                    DECIDED,
                    relation,
                    reason.clone(),
                );
            }
        }
        let codes = decisions.iter().flat_map(|decision| &decision.codes);
        let codes: BTreeSet<&String> = codes.chain(&own).collect();
        match codes.len() {
            0 => {}
            1 => suggestions.marks.retain(|mark| *mark != Mark::Unsure),
            _ => suggestions.marks.push(Mark::Ambiguous),
        }
        suggestions
            .candidates
            .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        suggestions.candidates.truncate(MOST);
    }

    /// A landlord's code may be an abbreviation that says more than its text; it is never sure.
    fn read_code(&self, code: &str, suggestions: &mut Suggestions) {
        let tokens = Tokens::of(code, &self.lexicon);
        let read = verdict(code, &tokens, &self.lexicon, &self.names);
        for mut candidate in read
            .candidates
            .into_iter()
            .filter(|one| one.score >= SURE_CODE)
        {
            candidate.score = BY_CODE;
            candidate.relation = Relation::Ambiguous;
            candidate.reason = format!("the code {code} reads so");
            suggestions
                .candidates
                .retain(|own| own.code != candidate.code);
            suggestions.candidates.insert(0, candidate);
        }
        suggestions.candidates.truncate(MOST);
    }
}
