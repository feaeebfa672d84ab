//! What is remembered of the input that is being consumed, until it ends.

use std::collections::{BTreeMap, HashSet};
use std::iter;

use super::supply::Scene;
use super::surroundings::Surroundings;
use crate::candidate::FlagCounts;
use crate::cell::flag::FlagWord;
use crate::cell::key_widths::KeyWidths;
use crate::check::rule::{InputFault, Rule};
use crate::check::{Redacted, tell_counted, tell_filled, tell_input, tell_other_kinds};
use crate::chunk::{PassedOver, PassedRecord};
use crate::finding::Finding;
use crate::profile::Profile;
use crate::read::InputFacts;
use crate::write::rejects::RejectsFile;

/// Unknown JSON members that are named, for each input.
const MOST_MEMBERS: usize = 100;
/// Stands for the members that are not named.
const UNNAMED: &str = "(a member whose name is not shown)";

/// The input that is being consumed.
#[derive(Default)]
pub(super) struct CurrentInput {
    /// Its rejects, where they are written.
    pub rejects: Option<RejectsFile>,
    /// What stands around its table.
    pub surroundings: Surroundings,
    filled: BTreeMap<&'static str, (&'static Rule, u64)>,
    /// Records of other kinds than the profile asks for.
    other_kinds: u64,
    unknown: HashSet<String>,
    /// The words of flags, by statement.
    flags: Vec<FlagCounts>,
    /// What was taken out of free text.
    pub redacted: Redacted,
    /// How long keys are, by the place of their field.
    key_widths: BTreeMap<u16, KeyWidths>,
}

impl CurrentInput {
    /// Counts how often rules have filled fields that the input does not feed.
    pub(super) fn count_filled(&mut self, filled: &[(&'static Rule, u64)]) {
        for (rule, count) in filled {
            self.filled.entry(rule.id).or_insert((rule, 0)).1 += count;
        }
    }

    /// Counts the words of flags.
    pub(super) fn count_flags(&mut self, flags: &[FlagCounts]) {
        if self.flags.len() < flags.len() {
            self.flags.resize(flags.len(), FlagCounts::default());
        }
        for (own, more) in self.flags.iter_mut().zip(flags) {
            own.add(more);
        }
    }

    /// Counts how long keys are.
    pub(super) fn count_key_widths(&mut self, widths: &[(u16, KeyWidths)]) {
        for (field, widths) in widths {
            self.key_widths.entry(*field).or_default().merge(widths);
        }
    }

    /// What is told at the end of the input about keys that have lost leading zeros.
    pub(super) fn tell_lost_zeros(&self, scene: &Scene<'_>) -> Vec<Finding> {
        let told = self.key_widths.iter().filter_map(|(field, widths)| {
            let count = widths.lost_zeros()?;
            let field = usize::from(*field);
            let name = &scene.profile.fields.get(field)?.name;
            let column = scene.binding.shared_title(field, name);
            tell_counted(InputFault::ZerosLost, scene.input, column, count)
        });
        told.collect()
    }

    /// The words of each flag of the profile, by the flag's column.
    pub(super) fn flags<'p>(&self, profile: &'p Profile) -> Vec<(&'p str, FlagCounts)> {
        let counts = self
            .flags
            .iter()
            .copied()
            .chain(iter::repeat(FlagCounts::default()));
        let statements = profile.statements.iter().zip(counts);
        let flags = statements.filter_map(|(one, counts)| Some((one.flag.as_ref()?, counts)));
        flags
            .map(|(flag, counts)| (flag.column.as_str(), counts))
            .collect()
    }

    /// What is told at the end of the input about flags that say neither yes nor no.
    pub(super) fn tell_flags(&self, scene: &Scene<'_>) -> Vec<Finding> {
        const TOLD: [(FlagWord, InputFault); 3] = [
            (FlagWord::Refused, InputFault::FlagRefused),
            (FlagWord::Unknown, InputFault::FlagUnknown),
            (FlagWord::NotAsked, InputFault::FlagNotAsked),
        ];
        let mut findings = Vec::new();
        for (column, counts) in self.flags(scene.profile) {
            for (word, fault) in TOLD {
                let count = counts.words[word as usize];
                if count > 0 {
                    findings.extend(tell_counted(fault, scene.input, column, count));
                }
            }
        }
        findings
    }

    /// Counts the records that are of other kinds than the profile asks for.
    pub(super) fn count_passed(&mut self, passed: &[PassedRecord]) {
        let other = passed.iter().filter(|own| own.why == PassedOver::OtherKind);
        self.other_kinds += other.count() as u64;
    }

    /// What is told about those at the end of an input of so many records.
    pub(super) fn tell_passed(&self, scene: &Scene<'_>, records: u64) -> Option<Finding> {
        let only = scene.profile.input.only.as_ref()?;
        let kept = records.saturating_sub(self.other_kinds);
        let tell = || tell_other_kinds(scene.input, &only.column, self.other_kinds, kept);
        (self.other_kinds > 0).then(tell)
    }

    /// What is told about those fields at the end of the input.
    pub(super) fn tell_filled(&self, input: usize) -> Vec<Finding> {
        let filled = self.filled.values();
        let told = filled.map(|(rule, count)| tell_filled(rule, input, *count));
        told.collect()
    }

    /// Tells each JSON member once that no column asks for.
    pub(super) fn unknown_members(
        &mut self,
        scene: &Scene<'_>,
        members: &[String],
        show_values: bool,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        for member in members {
            if scene.profile.drops(member) {
                continue;
            }
            let few = self.unknown.len() < MOST_MEMBERS;
            let name = match few && (show_values || is_plain_name(member)) {
                true => member.as_str(),
                false => UNNAMED,
            };
            if self.unknown.insert(name.to_owned()) {
                findings.extend(tell_input(InputFault::ForgottenColumn, scene.input, name));
            }
        }
        findings
    }
}

/// Whether a JSON member is named like a column. Some exports use values of persons as names, such as
/// a date or a full name, and those must not be told.
fn is_plain_name(member: &str) -> bool {
    let member = member.trim_start_matches("../");
    let plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '$' | '/');
    member.len() <= 64
        && member.chars().all(plain)
        && member
            .starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '@' | '$' | '/'))
}

/// What there is to say about an input as a whole.
pub(super) fn input_faults(facts: &InputFacts, has_columns: bool) -> Vec<InputFault> {
    let no_array = has_columns && facts.arrays == Some(0);
    let faults = [
        (!has_columns && facts.records == 0, InputFault::Blank),
        (no_array, InputFault::NoRecords),
        (
            has_columns && !no_array && facts.records == 0,
            InputFault::Empty,
        ),
        (facts.truncated, InputFault::Truncated),
        (facts.stray_commas, InputFault::StrayCommas),
    ];
    let faults = faults.into_iter().filter(|(holds, _)| *holds);
    faults.map(|(_, fault)| fault).collect()
}
