//! Codes that do not go together in the active alerts of one person: they overlap in meaning, exclude
//! each other, or make each other improbable.
//!
//! They lie in `schemas/person_alert_code_sets.csv`, a set a row. The published draft does not state them;
//! they are our reading of its code list, each with its reason.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::codes::Codes;

/// Sets that a list may hold, a bit each.
const MOST: usize = u64::BITS as usize;

/// How the codes of a set stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// They say the same in part.
    Overlapping,
    /// No two of them can be true of one person at a time.
    Exclusive,
    /// Two of them are hardly ever true of one person.
    Improbable,
}

/// One set of codes, which has two sides or more; codes of one side go together.
#[derive(Debug, Clone)]
pub struct CodeSet {
    relation: Relation,
    sides: FxHashMap<i32, usize>,
}

impl CodeSet {
    /// Which side of the set a code is on, by its key.
    pub fn side(&self, code_id: i32) -> Option<usize> {
        self.sides.get(&code_id).copied()
    }
}

/// All sets of codes.
#[derive(Debug, Clone, Default)]
pub struct CodeSets {
    sets: Vec<CodeSet>,
    of_code: FxHashMap<i32, u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    relation: Relation,
    /// Sides with `|` between them, codes of a side with `+`; `PREG1.*` is all codes of a group.
    alert_subcodes: String,
    #[serde(rename = "reason")]
    _reason: String,
}

impl CodeSets {
    /// Reads sets. Codes that the code list does not have are passed over, since an edition need not have
    /// them all.
    ///
    /// # Errors
    /// A sentence that says what is wrong with which row.
    pub(super) fn parse(bytes: &[u8], codes: &Codes) -> Result<CodeSets, String> {
        let mut all = CodeSets::default();
        for row in csv::Reader::from_reader(bytes).into_deserialize() {
            let row: Row = row.map_err(|error| error.to_string())?;
            let mut sides = FxHashMap::default();
            for (side, subcodes) in row.alert_subcodes.split('|').enumerate() {
                for code in subcodes.split('+').flat_map(|text| named(codes, text)) {
                    if sides.insert(code, side).is_some_and(|other| other != side) {
                        let text = &row.alert_subcodes;
                        return Err(format!("{text}: a code is on two sides"));
                    }
                }
            }
            let first = sides.values().next();
            if sides.values().all(|side| Some(side) == first) {
                continue;
            }
            let at = all.sets.len();
            if at == MOST {
                return Err(format!("more than {MOST} sets"));
            }
            for code in sides.keys() {
                *all.of_code.entry(*code).or_default() |= 1 << at;
            }
            all.sets.push(CodeSet {
                relation: row.relation,
                sides,
            });
        }
        Ok(all)
    }

    /// The sets of a relation of which two of the codes, each named once by its key, are members.
    pub fn shared(&self, relation: Relation, codes: impl Iterator<Item = i32>) -> Vec<&CodeSet> {
        let (mut once, mut twice) = (0_u64, 0_u64);
        for code in codes {
            let own = self.of_code.get(&code).copied().unwrap_or_default();
            twice |= once & own;
            once |= own;
        }
        let sets = self.sets.iter().enumerate();
        let shared = sets.filter(|(at, set)| twice >> at & 1 == 1 && set.relation == relation);
        shared.map(|(_, set)| set).collect()
    }
}

/// Keys of the codes that a subcode names, or a group as `PREG1.*`.
fn named(codes: &Codes, text: &str) -> Vec<i32> {
    let text = text.trim();
    match text.strip_suffix(".*") {
        Some(group) => {
            let own = codes.iter().filter(|code| code.group == group);
            own.map(|code| code.id).collect()
        }
        None => codes.by_subcode(text).iter().map(|code| code.id).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Standard;

    fn parse(rows: &str) -> Result<CodeSets, String> {
        let standard = Standard::embedded().unwrap();
        let text = format!("relation,alert_subcodes,reason\n{rows}");
        CodeSets::parse(text.as_bytes(), &standard.codes)
    }

    fn shared(sets: &CodeSets, relation: Relation, subcodes: &[&str]) -> usize {
        let standard = Standard::embedded().unwrap();
        let id = |subcode: &&str| standard.codes.by_subcode(subcode).unwrap().id;
        sets.shared(relation, subcodes.iter().map(id)).len()
    }

    #[test]
    fn every_code_of_the_embedded_list_is_known() {
        let standard = Standard::embedded().unwrap();
        let sets = include_str!("../../schemas/person_alert_code_sets.csv");
        let mut count = 0;
        for line in sets.lines().skip(1) {
            let cell = line.split(',').nth(1).unwrap();
            for text in cell.split(['|', '+']) {
                assert!(!named(&standard.codes, text).is_empty(), "{text}");
            }
            count += 1;
        }
        assert_eq!(standard.code_sets.sets.len(), count);
    }

    #[test]
    fn two_members_share_a_set() {
        let sets = parse("exclusive,MED5.01|MED5.02,x\noverlapping,MED5.01+MED5.02|PREG1.*,x\n");
        let sets = sets.unwrap();
        assert_eq!(shared(&sets, Relation::Exclusive, &["MED5.01"]), 0);
        assert_eq!(
            shared(&sets, Relation::Exclusive, &["MED5.01", "MED5.02"]),
            1
        );
        assert_eq!(
            shared(&sets, Relation::Overlapping, &["MED5.02", "PREG1.09"]),
            1
        );
        assert_eq!(
            shared(&sets, Relation::Exclusive, &["MED5.02", "PREG1.09"]),
            0
        );
    }

    #[test]
    fn sets_of_codes_that_the_list_has_not_are_none() {
        let sets = parse("exclusive,MED5.01|MED9.99,x\nexclusive,XX.*|YY1.01,x\n").unwrap();
        assert!(sets.sets.is_empty());
    }

    #[test]
    fn slips_are_told() {
        assert!(parse("excluding,MED5.01|MED5.02,x\n").is_err());
        assert!(parse("exclusive,MED5.01|MED5.01,x\n").is_err());
    }
}
