//! `[rules]`: what the user sets about rules, in a profile or in a file that several share.
//!
//! The catalogue lies in a layer above, so what may be set about each of its rules is passed in.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Document, did_you_mean, folder_of, read_text};
use super::section::Section;
use super::waivers_section::{self, Waiver};
use crate::error::{Error, Result};
use crate::finding::Severity;
use crate::standard::{Standard, hex};

/// Keys of a file of rules.
const FILE_KEYS: &[&str] = &["rules", "waivers"];
/// The one key of `[rules]` that names no rule.
pub(super) const KEYS: &[&str] = &["file"];
/// The key of a rule that is no threshold.
const SEVERITY: &str = "severity";
/// What a rule's severity may be set to.
const WORDS: [(&str, Wish); 4] = [
    ("error", Wish::As(Severity::Error)),
    ("warning", Wish::As(Severity::Warning)),
    ("info", Wish::As(Severity::Info)),
    ("off", Wish::Off),
];

/// What a rule's severity is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Its findings are as grave as this.
    As(Severity),
    /// It does not run.
    Off,
}

/// A rule as far as the user may set it.
#[derive(Debug, Clone)]
pub struct SettableRule {
    /// Its id.
    pub id: &'static str,
    /// Its name in a few words.
    pub slug: &'static str,
    /// What it cannot be set to, each with a sentence that says why.
    pub refused: Vec<(Wish, String)>,
    /// Names of its thresholds, each with the least that it can be.
    pub thresholds: Vec<(&'static str, i64)>,
    /// Why its findings cannot be waived, where they cannot.
    pub unwaivable: Option<String>,
    /// Keys of a waiver's scope that cannot be held against its findings.
    pub unscoped: &'static [&'static str],
}

impl SettableRule {
    pub(super) fn is_named(&self, name: &str) -> bool {
        let name = name.trim();
        self.id.eq_ignore_ascii_case(name) || self.slug.eq_ignore_ascii_case(name)
    }
}

/// What a file says about one rule.
#[derive(Debug, Clone)]
pub struct RuleChoice {
    /// Id of the rule.
    pub rule: &'static str,
    /// What its severity is set to, where it is.
    pub severity: Option<Wish>,
    /// The thresholds that are set, by name.
    pub thresholds: Vec<(&'static str, i64)>,
    /// Name of the file.
    pub by: Arc<str>,
}

/// A file of rules that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesFile {
    /// Where it lies.
    pub path: PathBuf,
    /// SHA-256 of its text, in hexadecimal.
    pub hash: String,
}

/// What one or several files say about rules.
#[derive(Debug, Clone, Default)]
pub struct RuleChoices {
    /// Rule by rule; of two about one rule the later one prevails.
    pub choices: Vec<RuleChoice>,
    /// The findings that somebody answers for.
    pub waivers: Vec<Waiver>,
    /// The files of rules that they come from, beside the profile.
    pub files: Vec<RulesFile>,
}

impl RuleChoices {
    /// These, and above them what another file says.
    pub fn with(mut self, other: RuleChoices) -> RuleChoices {
        self.choices.extend(other.choices);
        self.waivers.extend(other.waivers);
        for file in other.files {
            if !self.files.contains(&file) {
                self.files.push(file);
            }
        }
        self
    }
}

/// Reads a file of rules.
///
/// # Errors
/// All problems of the file.
pub fn read_file(path: &Path, known: &[SettableRule], standard: &Standard) -> Result<RuleChoices> {
    let text = read_text(path)?;
    let document = Document::new(path, &text);
    let table = document.top();
    let top = Section::new(&document, "", &table, FILE_KEYS);
    let by = file_name(path);
    let choices = match top.open_table("rules") {
        Some(table) => choices(&document, table, known, &by, false),
        None => Vec::new(),
    };
    let waivers = waivers_section::read(&top, &by, known, standard);
    document.finish()?;
    Ok(RuleChoices {
        choices,
        waivers,
        files: vec![RulesFile {
            path: path.to_owned(),
            hash: hex(&Sha256::digest(text.as_bytes())),
        }],
    })
}

/// What a profile says about rules: in the file of rules that it names, and above that itself.
pub(super) fn read(
    top: &Section<'_, '_>,
    path: &Path,
    known: &[SettableRule],
    standard: &Standard,
) -> RuleChoices {
    let by = file_name(path);
    let waivers = waivers_section::read(top, &by, known, standard);
    let own = RuleChoices {
        waivers,
        ..RuleChoices::default()
    };
    let Some(table) = top.open_table("rules") else {
        return own;
    };
    let document = top.document;
    let section = Section::among(document, "rules", table, KEYS);
    let file = section.text("file");
    let shared = file.map(|file| read_file(&folder_of(path).join(file.value), known, standard));
    let shared = match shared {
        Some(Ok(shared)) => shared,
        Some(Err(Error::Profile(problems))) => {
            for problem in problems {
                document.problem_in(Path::new(&problem.file), problem.line, problem.text);
            }
            RuleChoices::default()
        }
        Some(Err(other)) => {
            document.problem_anywhere(other.to_string());
            RuleChoices::default()
        }
        None => RuleChoices::default(),
    };
    shared.with(RuleChoices {
        choices: choices(document, table, known, &by, true),
        ..own
    })
}

fn file_name(path: &Path) -> Arc<str> {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into()
}

fn choices(
    document: &Document<'_>,
    table: &DeTable<'_>,
    known: &[SettableRule],
    by: &Arc<str>,
    in_profile: bool,
) -> Vec<RuleChoice> {
    let section = Section::among(document, "rules", table, KEYS);
    let mut chosen: Vec<RuleChoice> = Vec::new();
    for (key, value) in table {
        let name = key.get_ref().as_ref();
        if in_profile && KEYS.contains(&name) {
            continue;
        }
        let Some(rule) = known.iter().find(|rule| rule.is_named(name)) else {
            let names = known.iter().flat_map(|rule| [rule.id, rule.slug]);
            section.unknown(&key.span(), "rule", name, names);
            continue;
        };
        let Some(settings) = value.get_ref().as_table() else {
            let wanted = "a table, such as { severity = \"warning\" }";
            section.wrong(name, &value.span(), wanted);
            continue;
        };
        if chosen.iter().any(|other| other.rule == rule.id) {
            let text = format!(
                "rules.{name}: {} is {} and stands here twice",
                rule.id, rule.slug
            );
            document.problem(&key.span(), text);
        }
        chosen.push(choice(document, name, settings, rule, by));
    }
    chosen
}

fn choice(
    document: &Document<'_>,
    name: &str,
    settings: &DeTable<'_>,
    rule: &SettableRule,
    by: &Arc<str>,
) -> RuleChoice {
    let section = Section::among(document, &format!("rules.{name}"), settings, &[SEVERITY]);
    let mut thresholds = Vec::new();
    for (key, value) in settings {
        let wanted = key.get_ref().as_ref();
        let threshold = rule.thresholds.iter().find(|(own, _)| *own == wanted);
        match threshold {
            Some((own, least)) => {
                let number = whole_number(value).filter(|number| number >= least);
                match number {
                    Some(number) => thresholds.push((*own, number)),
                    None => {
                        let wanted = format!("a whole number of at least {least}");
                        section.wrong(own, &value.span(), &wanted);
                    }
                }
            }
            None if wanted == SEVERITY => {}
            None => {
                let own = rule.thresholds.iter().map(|(own, _)| *own);
                section.unknown(&key.span(), "key", wanted, own.chain([SEVERITY]));
            }
        }
    }
    RuleChoice {
        rule: rule.id,
        severity: severity(&section, rule),
        thresholds,
        by: Arc::clone(by),
    }
}

fn severity(section: &Section<'_, '_>, rule: &SettableRule) -> Option<Wish> {
    let text = section.text(SEVERITY)?;
    let Some((_, wish)) = WORDS.iter().find(|(word, _)| *word == text.value) else {
        let words = WORDS.map(|(word, _)| word);
        let near = did_you_mean(&text.value, words.into_iter());
        let wanted = format!("one of {}{near}", words.join(", "));
        section.wrong(SEVERITY, &text.span, &wanted);
        return None;
    };
    if let Some((_, why)) = rule.refused.iter().find(|(refused, _)| refused == wish) {
        let text_of = format!("{}: {why}", section.name);
        section.document.problem(&text.span, text_of);
        return None;
    }
    Some(*wish)
}

fn whole_number(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> std::result::Result<RuleChoices, String> {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("rules.toml");
        std::fs::write(&path, text).unwrap();
        let known = [SettableRule {
            id: "PAC999",
            slug: "too_old",
            refused: Vec::new(),
            thresholds: vec![("months", 1), ("days", 0)],
            unwaivable: None,
            unscoped: &[],
        }];
        let folder = format!("{}/", home.path().display());
        read_file(&path, &known, &Standard::embedded().unwrap())
            .map_err(|error| error.to_string().replace(&folder, ""))
    }

    #[test]
    fn thresholds_are_whole_numbers_from_the_least_on() {
        let read_as = |text: &str| read(text).map(|read| read.choices[0].thresholds.clone());
        let both = "[rules.too_old]\nmonths = 18\ndays = 0\n";
        assert_eq!(read_as(both), Ok(vec![("days", 0), ("months", 18)]));
        let few = "[rules.pac999]\nmonths = 0\nday = 1\n";
        let told = "rules.toml:2: rules.pac999: months must be a whole number of at least 1\n\
                    rules.toml:3: rules.pac999: unknown key day; did you mean days?";
        assert_eq!(read_as(few).unwrap_err(), told);
        for wrong in ["1.5", "\"2\"", "99999999999999999999", "-1"] {
            let told = read_as(&format!("[rules]\nPAC999 = {{ days = {wrong} }}\n"));
            let expected = "rules.toml:2: rules.PAC999: days must be a whole number of at least 0";
            assert_eq!(told.unwrap_err(), expected);
        }
    }
}
