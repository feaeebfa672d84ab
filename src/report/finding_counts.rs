//! Findings, counted: by rule and severity, with the columns that they are about and their first places.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::named_counts::NamedCounts;
use super::numerals::number;
use crate::finding::kinds::Kinds;
use crate::finding::{Finding, Severity};

/// Columns of a rule that are counted apart.
const MOST_COLUMNS: usize = 20;
/// Places that are named of each rule and severity.
pub const MOST_EXAMPLES: usize = 5;

/// Findings, counted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FindingCounts {
    /// Findings of severity error.
    pub error: u64,
    /// Findings of severity warning.
    pub warning: u64,
    /// Findings of severity info.
    pub info: u64,
    /// Findings that waivers let pass; they are among no other count.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub waived: u64,
    /// Counts by rule and severity, ordered by rule.
    pub rules: Vec<RuleCount>,
}

/// Findings of one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// Id of the rule.
    pub rule: Cow<'static, str>,
    /// Slug of the rule.
    pub slug: Cow<'static, str>,
    /// What rules of its kind are about.
    pub subject: Cow<'static, str>,
    /// How grave the findings are.
    pub severity: Severity,
    /// What the rule says, in one sentence.
    pub says: Cow<'static, str>,
    /// What to do about a finding.
    pub fix: Cow<'static, str>,
    /// How many there are.
    pub count: u64,
    /// How many are about which column, in the order of appearance; the first twenty. A name is empty where
    /// whole records or inputs are meant.
    pub columns: NamedCounts,
    /// Findings about further columns.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub in_further_columns: u64,
    /// The first places, such as `input.csv:17 C17`: name of the input, line and cell where there are such.
    pub examples: Vec<String>,
    /// How many of them these are, and where all stand, such as `5 of 12,431; all in findings.parquet`; left out
    /// where these are all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl RuleCount {
    fn new(finding: &Finding) -> RuleCount {
        let facts = finding.remark.rule;
        RuleCount {
            rule: facts.id.into(),
            slug: facts.slug.into(),
            subject: facts.subject.into(),
            severity: finding.severity,
            says: facts.says.into(),
            fix: facts.fix.into(),
            count: 0,
            columns: NamedCounts::default(),
            in_further_columns: 0,
            examples: Vec::new(),
            shown: None,
        }
    }

    fn add_column(&mut self, column: &str, count: u64) {
        if !self.columns.add(column, count, MOST_COLUMNS) {
            self.in_further_columns += count;
        }
    }

    /// The first place, without its cell.
    pub fn first(&self) -> &str {
        let first = self.examples.first().map_or("", String::as_str);
        match first.rsplit_once(' ') {
            Some((place, cell)) if is_cell(cell) => place,
            _ => first,
        }
    }
}

/// Whether a text is the name of a cell, such as `AB12`.
pub fn is_cell(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    digits.len() < text.len() && !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit())
}

/// Where a finding is, in an input of that name.
pub fn place(file: &str, line: u64, cell: Option<crate::finding::SheetCell>) -> String {
    match (line, cell) {
        (0, _) => file.to_owned(),
        (line, None) => format!("{file}:{line}"),
        (line, Some(cell)) => format!("{file}:{line} {cell}"),
    }
}

impl FindingCounts {
    /// The counts of findings, of which `kinds` are the kinds; `file` names an input.
    pub fn of<'n>(
        findings: &[Finding],
        kinds: &Kinds<'_>,
        file: impl Fn(u32) -> &'n str,
    ) -> FindingCounts {
        let mut numbers = vec![0; kinds.examples.len()];
        let mut counts = FindingCounts::default();
        for (finding, kind) in findings.iter().zip(&kinds.places) {
            let number = &mut numbers[*kind as usize];
            // a rule has no more examples than a kind of its findings has
            if *number < MOST_EXAMPLES as u64 {
                counts.exemplify(finding, file(finding.input));
            }
            *number += 1;
        }
        for (finding, number) in kinds.examples.iter().zip(numbers) {
            counts.add(finding, number);
        }
        counts
    }

    /// Counts so many findings of one kind.
    fn add(&mut self, finding: &Finding, number: u64) {
        let counted = self.counted(finding.rule(), finding.severity, || RuleCount::new(finding));
        counted.count += number;
        counted.add_column(&finding.remark.column, number);
        *match finding.severity {
            Severity::Error => &mut self.error,
            Severity::Warning => &mut self.warning,
            Severity::Info => &mut self.info,
            Severity::Waived => &mut self.waived,
        } += number;
    }

    /// Names the place of a finding, in an input of that name, if its rule has room for it.
    fn exemplify(&mut self, finding: &Finding, file: &str) {
        let counted = self.counted(finding.rule(), finding.severity, || RuleCount::new(finding));
        if counted.examples.len() < MOST_EXAMPLES {
            let example = place(file, finding.line, finding.cell());
            counted.examples.push(example);
        }
    }

    /// Adds the counts of a landlord; `place` goes in front of the places that it names.
    pub fn merge(&mut self, other: &FindingCounts, place: &str) {
        self.error += other.error;
        self.warning += other.warning;
        self.info += other.info;
        self.waived += other.waived;
        for counted in &other.rules {
            let own = self.counted(&counted.rule, counted.severity, || RuleCount {
                count: 0,
                columns: NamedCounts::default(),
                in_further_columns: 0,
                examples: Vec::new(),
                ..counted.clone()
            });
            own.count += counted.count;
            own.in_further_columns += counted.in_further_columns;
            for (column, count) in counted.columns.iter() {
                own.add_column(column, count);
            }
            let room = MOST_EXAMPLES - own.examples.len();
            let examples = counted.examples.iter().take(room);
            own.examples
                .extend(examples.map(|example| format!("{place}{example}")));
        }
    }

    /// Says of each rule that has more findings than examples how many are shown; `all_in` is where all stand,
    /// if they are written.
    pub fn say_what_is_shown(&mut self, all_in: Option<&str>) {
        for rule in &mut self.rules {
            let examples = rule.examples.len() as u64;
            let capped = (examples < rule.count).then(|| {
                let shown = format!("{} of {}", number(examples), number(rule.count));
                match all_in {
                    Some(place) => format!("{shown}; all in {place}"),
                    None => shown,
                }
            });
            rule.shown = capped;
        }
    }

    /// All findings.
    pub fn total(&self) -> u64 {
        self.error + self.warning + self.info + self.waived
    }

    /// The gravest severity that occurs.
    pub fn gravest(&self) -> Option<Severity> {
        self.rules.iter().map(|counted| counted.severity).max()
    }

    /// The rules, the gravest first, and of these the most frequent first.
    pub fn gravest_first(&self) -> Vec<&RuleCount> {
        let mut rules: Vec<&RuleCount> = self.rules.iter().collect();
        rules.sort_by_key(|rule| std::cmp::Reverse((rule.severity, rule.count)));
        rules
    }

    fn counted(
        &mut self,
        rule: &str,
        severity: Severity,
        new: impl FnOnce() -> RuleCount,
    ) -> &mut RuleCount {
        let order = |own: &RuleCount| (&*own.rule, own.severity).cmp(&(rule, severity));
        let at = match self.rules.binary_search_by(order) {
            Ok(at) => at,
            Err(at) => {
                self.rules.insert(at, new());
                at
            }
        };
        &mut self.rules[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_loses_its_cell_and_not_a_word_of_its_name() {
        let first = |example: &str| {
            let counts = RuleCount {
                examples: vec![example.to_owned()],
                ..empty()
            };
            counts.first().to_owned()
        };
        assert_eq!(first("input.csv:17 C17"), "input.csv:17");
        assert_eq!(first("OAK input.csv"), "OAK input.csv");
        assert_eq!(first("june 2026"), "june 2026");
    }

    fn empty() -> RuleCount {
        RuleCount {
            rule: "PAC001".into(),
            slug: "".into(),
            subject: "".into(),
            severity: Severity::Error,
            says: "".into(),
            fix: "".into(),
            count: 0,
            columns: NamedCounts::default(),
            in_further_columns: 0,
            examples: Vec::new(),
            shown: None,
        }
    }

    #[test]
    fn examples_say_how_many_they_are() {
        let mut counts = FindingCounts::default();
        let examples = ["a", "b"].map(str::to_owned).to_vec();
        counts.rules.push(RuleCount {
            count: 12_431,
            examples: examples.clone(),
            ..empty()
        });
        counts.rules.push(RuleCount {
            count: 2,
            examples,
            ..empty()
        });
        counts.say_what_is_shown(Some("findings.parquet"));
        let shown = |at: usize| counts.rules[at].shown.as_deref();
        assert_eq!(shown(0), Some("2 of 12,431; all in findings.parquet"));
        assert_eq!(shown(1), None);
    }

    #[test]
    fn parts_merge_to_the_whole_and_columns_beyond_the_limit_are_counted_together() {
        let mut part = FindingCounts::default();
        part.rules.push(empty());
        for column in 0..MOST_COLUMNS + 5 {
            part.rules[0].add_column(&format!("c{column}"), 2);
            part.rules[0].count += 2;
        }
        let mut whole = FindingCounts::default();
        whole.merge(&part, "");
        whole.merge(&part, "");
        let rule = &whole.rules[0];
        let named: u64 = rule.columns.iter().map(|(_, count)| count).sum();
        assert_eq!((rule.count, named, rule.in_further_columns), (100, 80, 20));
    }
}
