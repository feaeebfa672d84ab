//! `[[waivers]]`: findings that somebody answers for, in a scope, for a reason and until a day.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use super::document::{Document, Placed};
use super::rules_section::SettableRule;
use super::section::Section;
use crate::cell::date::days;
use crate::standard::Standard;

/// The keys of a waiver.
pub(super) const KEYS: &[&str] = &[
    "rule",
    "columns",
    "codes",
    "files",
    "references",
    "values",
    "from",
    "to",
    "reason",
    "owner",
    "expires",
];

/// Findings of a rule that somebody answers for.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// Id of the rule.
    pub rule: &'static str,
    /// Where it holds.
    pub scope: WaiverScope,
    /// Why the findings are to be let pass.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds, in days since 1970-01-01.
    pub expires: i32,
    /// Name of the file that it stands in.
    pub by: Arc<str>,
    /// Line of that file on which it begins.
    pub line: usize,
}

/// Where a waiver holds; what is empty leaves its kind open.
#[derive(Debug, Clone, Default)]
pub struct WaiverScope {
    /// Columns of the input, or fields of the standard.
    pub columns: Vec<String>,
    /// Codes or groups of codes, as they are written.
    pub codes: Vec<String>,
    /// Keys of those codes.
    pub code_ids: Vec<i32>,
    /// Names of inputs, which may hold `*` and `?`.
    pub files: Vec<glob::Pattern>,
    /// The landlord's own keys of alerts.
    pub references: Vec<String>,
    /// Texts of the cell that a finding is about.
    pub values: Vec<String>,
    /// The first day of the records, in days since 1970-01-01: the start of an alert, the day of a change.
    pub from: Option<i32>,
    /// The last day of them.
    pub to: Option<i32>,
}

impl WaiverScope {
    fn is_empty(&self) -> bool {
        self.columns.is_empty()
            && self.codes.is_empty()
            && self.files.is_empty()
            && self.references.is_empty()
            && self.values.is_empty()
            && !self.is_dated()
    }

    /// Whether it holds for the records of some days alone.
    pub fn is_dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}

/// The waivers of a profile or a file of rules.
pub(super) fn read(
    top: &Section<'_, '_>,
    by: &Arc<str>,
    known: &[SettableRule],
    standard: &Standard,
) -> Vec<Waiver> {
    let tables = match top.has("waivers") {
        true => top.open_tables("waivers"),
        false => Vec::new(),
    };
    let waivers = tables
        .into_iter()
        .enumerate()
        .filter_map(|(at, (table, span))| {
            let name = format!("waivers {}", at + 1);
            waiver(top.document, &name, (table, span), known, standard)
        });
    let by_this = waivers.map(|waiver| Waiver {
        by: Arc::clone(by),
        ..waiver
    });
    by_this.collect()
}

fn waiver(
    document: &Document<'_>,
    name: &str,
    (table, span): (&DeTable<'_>, Range<usize>),
    known: &[SettableRule],
    standard: &Standard,
) -> Option<Waiver> {
    let section = Section::new(document, name, table, KEYS);
    let stated = |key: &'static str, why: &str| {
        let text = section.text(key);
        let said = text.filter(|text| !text.value.trim().is_empty());
        if said.is_none() {
            document.problem(&span, format!("{name}: {key} is missing; {why}"));
        }
        said.map(|text| text.value.trim().to_owned())
    };
    let reason = stated("reason", "say why the findings are to be let pass");
    let owner = stated("owner", "say who answers for it, by role");
    let expires = expires(&section, &span);
    let scope = scope(&section, standard);
    if scope.is_empty() {
        let text = "it has no scope; name columns, codes, files, references, values, from or to. The \
                    severity of a rule everywhere is set under [rules]";
        document.problem(&span, format!("{name}: {text}"));
    }
    let rule = match section.text("rule") {
        Some(rule) => rule_named(&section, &rule, known),
        None => {
            let text = format!("{name}: rule is missing; name the rule by its id or its name");
            document.problem(&span, text);
            None
        }
    }?;
    for key in KEYS.iter().filter(|key| rule.unscoped.contains(key)) {
        if section.has(key) {
            let text = format!(
                "{name}: the findings of {} cannot be told by {key}",
                rule.id
            );
            document.problem(&span, text);
        }
    }
    Some(Waiver {
        rule: rule.id,
        scope,
        reason: reason?,
        owner: owner?,
        expires: expires?,
        by: "".into(),
        line: document.line(&span),
    })
}

fn rule_named<'k>(
    section: &Section<'_, '_>,
    name: &Placed<String>,
    known: &'k [SettableRule],
) -> Option<&'k SettableRule> {
    let rule = known.iter().find(|rule| rule.is_named(&name.value));
    match rule {
        None => {
            let names = known.iter().flat_map(|rule| [rule.id, rule.slug]);
            section.unknown(&name.span, "rule", &name.value, names);
        }
        Some(SettableRule {
            unwaivable: Some(why),
            id,
            ..
        }) => {
            let text = format!("{}: {id} cannot be waived: {why}", section.name);
            section.document.problem(&name.span, text);
        }
        Some(_) => {}
    }
    rule
}

fn expires(section: &Section<'_, '_>, span: &Range<usize>) -> Option<i32> {
    if !section.has("expires") {
        let name = &section.name;
        let text = format!("{name}: expires is missing; give the last day, such as 2027-03-31");
        section.document.problem(span, text);
    }
    day(section, "expires")
}

/// The day under a key, in days since 1970-01-01.
fn day(section: &Section<'_, '_>, key: &'static str) -> Option<i32> {
    use chrono::Datelike;
    let text = section.scalar(key)?;
    let date = chrono::NaiveDate::parse_from_str(&text.value, "%Y-%m-%d").ok();
    let day = date.and_then(|date| days(date.year(), date.month(), date.day()));
    if day.is_none() {
        section.wrong(key, &text.span, "a day such as 2027-03-31");
    }
    day
}

fn scope(section: &Section<'_, '_>, standard: &Standard) -> WaiverScope {
    let listed = |key| {
        let texts = section.text_or_texts(key);
        texts.into_iter().map(|text| text.value.trim().to_owned())
    };
    let mut scope = WaiverScope {
        columns: listed("columns").collect(),
        references: listed("references").collect(),
        values: listed("values").collect(),
        from: day(section, "from"),
        to: day(section, "to"),
        ..WaiverScope::default()
    };
    if let (Some(from), Some(to)) = (scope.from, scope.to)
        && to < from
        && let Some(text) = section.scalar("to")
    {
        section.wrong("to", &text.span, "no day before from");
    }
    for code in section.text_or_texts("codes") {
        let wanted = code.value.trim();
        let named = |own: &&str| own.eq_ignore_ascii_case(wanted);
        let codes = standard.codes.iter();
        let fits = codes.filter(|own| [own.subcode.as_str(), &own.group].iter().any(named));
        let before = scope.code_ids.len();
        scope.code_ids.extend(fits.map(|own| own.id));
        if scope.code_ids.len() == before {
            let codes = standard.codes.iter();
            let known = codes.flat_map(|own| [own.subcode.as_str(), &own.group]);
            section.unknown(&code.span, "code", wanted, known);
        }
        scope.codes.push(wanted.to_owned());
    }
    for file in section.text_or_texts("files") {
        match glob::Pattern::new(file.value.trim()) {
            Ok(pattern) => scope.files.push(pattern),
            Err(_) => section.wrong(
                "files",
                &file.span,
                "names of inputs; * and ? stand for any text",
            ),
        }
    }
    scope
}
