//! What a contractor may see of an alert: what to do, or how urgent it is, and never why.

use super::{CONTRACTOR_VIEW, Code, EMBEDDED, Standard, Table, blame};
use crate::cell::fold;
use crate::error::Result;
use crate::text_scan::{Kind, scan};

/// What a contractor may see of an alert with some code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Whether somebody is in danger when the alert is missed.
    pub is_critical: bool,
    /// How much the alert bears on repairs.
    pub repairs_impact: String,
    /// What to do; `None` where no more may be told than how urgent the alert is.
    pub support_required: Option<String>,
}

/// What a code list would let a contractor see, and must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// Anything of an alert about safeguarding.
    Safeguarding,
    /// What to do, in words that tell why.
    Reason,
}

impl Standard {
    /// The table of what contractors may see. It is none of the standard's.
    ///
    /// # Errors
    /// Never for an unharmed binary.
    pub fn contractor_view() -> Result<Table> {
        let file = format!("{CONTRACTOR_VIEW}.schema.json");
        let text = EMBEDDED.get_file(&file).and_then(|own| own.contents_utf8());
        Table::parse(text.unwrap_or_default()).map_err(|why| blame(&file, &why))
    }

    /// What a contractor may see of an alert with that code; `None` where that is nothing. What the code list
    /// must not let through is left out, whatever it says.
    pub fn seen_by_contractors(&self, code: &Code) -> Option<Seen> {
        if self.is_about_safeguarding(code) {
            return None;
        }
        let support_required = match code.contractor_may_see.as_str() {
            ACTION if !tells_reason(code) => Some(code.support_required.clone()),
            ACTION | PRIORITY => None,
            _ => return None,
        };
        Some(Seen {
            is_critical: code.is_critical,
            repairs_impact: code.repairs_impact.clone(),
            support_required: support_required.filter(|text| !text.is_empty()),
        })
    }

    /// What the code list would let a contractor see of an alert with that code, and must not.
    pub fn leak(&self, code: &Code) -> Option<Leak> {
        match code.contractor_may_see.as_str() {
            ACTION | PRIORITY if self.is_about_safeguarding(code) => Some(Leak::Safeguarding),
            ACTION if tells_reason(code) => Some(Leak::Reason),
            _ => None,
        }
    }

    fn is_about_safeguarding(&self, code: &Code) -> bool {
        let category = self.id_of("alert_categories", "Safeguarding");
        code.group.starts_with("SAF") || category == Some(code.category_id)
    }
}

/// A contractor may see what to do, and how urgent the alert is.
const ACTION: &str = "action_only";
/// A contractor may see how urgent the alert is.
const PRIORITY: &str = "none_or_priority_only";

/// Whether what a visitor is to do says what the alert is about: by the code, by its name, or by words about
/// health or offences.
fn tells_reason(code: &Code) -> bool {
    let text = &code.support_required;
    let folded = fold(text);
    let names = [&code.group, &code.subcode, &code.name, &code.subname];
    let named = |name: &&String| !name.is_empty() && folded.contains(fold(name).as_ref());
    let tells = |kind: Kind| matches!(kind, Kind::Health | Kind::Offence | Kind::JusticeBody);
    let found = scan(text, &[text.len() as u32], &|_, _| false);
    names.iter().any(named) || found.iter().any(|own| tells(own.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_that_the_binary_carries_leaks_nothing() {
        let standard = Standard::embedded().unwrap();
        let seen = |code: &Code| standard.seen_by_contractors(code);
        for code in standard.codes.iter() {
            assert_eq!(standard.leak(code), None, "{}", code.subcode);
            let may_see = code.contractor_may_see.as_str();
            assert_eq!(seen(code).is_none(), may_see == "none", "{}", code.subcode);
            let action = seen(code).and_then(|seen| seen.support_required);
            assert_eq!(action.is_some(), may_see == ACTION, "{}", code.subcode);
        }
    }

    #[test]
    fn what_a_list_must_not_let_through_is_left_out() {
        let standard = Standard::embedded().unwrap();
        let code = |subcode: &str| standard.codes.by_subcode(subcode).unwrap().clone();
        let mut safeguarding = code("SAF2.01");
        safeguarding.contractor_may_see = ACTION.to_owned();
        assert_eq!(standard.leak(&safeguarding), Some(Leak::Safeguarding));
        assert_eq!(standard.seen_by_contractors(&safeguarding), None);
        for text in [
            "Home Oxygen Use: no flames",
            "Has COPD, no flames",
            "RISK5.01",
        ] {
            let mut oxygen = code("RISK5.01");
            oxygen.support_required = text.to_owned();
            assert_eq!(standard.leak(&oxygen), Some(Leak::Reason), "{text}");
            let seen = standard.seen_by_contractors(&oxygen).unwrap();
            assert_eq!((seen.is_critical, seen.support_required), (true, None));
        }
    }
}
