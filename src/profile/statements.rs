//! The `[[alerts]]` and `[flags]` of a profile: the alerts that one record can state.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::crosswalks::flag_reader;
use super::field_plan::{CellReader, FieldPlan, Source};
use super::fields_section::{ALERT_CODE, Surroundings};
use super::section::Section;
use super::statement::{Flag, Statement};
use crate::cell::flag::{FlagReader, FlagWord};

/// Fields without which nothing in an export can become an alert.
const NEEDED: [&str; 3] = ["person_id", ALERT_CODE, "start_date"];
/// Keys of a flag beside fields of the standard.
pub(super) const FLAG_KEYS: &[&str] = &[
    "crosswalk",
    "target",
    "status",
    "note",
    "optional",
    "yes",
    "no",
    "refused",
    "unknown",
    "not_asked",
];
/// Keys by which a flag says itself what it stands for.
const MEANING_KEYS: [&str; 3] = ["target", "status", "note"];
/// Words that all flags share.
pub(super) const WORD_KEYS: &[&str] = &["yes", "no", "refused", "unknown", "not_asked"];

impl Surroundings<'_, '_> {
    /// Compiles what a record can state; `shared` are the plans of `[fields]`.
    pub(super) fn statements(&self, top: &Section<'_, '_>, shared: &[FieldPlan]) -> Vec<Statement> {
        let mut statements = Vec::new();
        let code = shared.iter().find(|plan| plan.name == ALERT_CODE);
        let tables = top.open_tables("alerts");
        let flags = top.open_table("flags");
        let only = tables.is_empty() && flags.is_none();
        if only || code.is_some_and(|plan| plan.source != Source::Absent) {
            let splits = code.is_some_and(|plan| plan.parts.is_some());
            statements.push(Statement {
                flag: None,
                may_be_empty: splits || !only,
                own: BTreeMap::new(),
            });
            self.refuse_incomplete("fields", None, shared, &BTreeMap::new());
        }
        for (at, (table, span)) in tables.into_iter().enumerate() {
            let name = format!("alerts {}", at + 1);
            let own = self.read(&name, table, &[]);
            let has_code = |plan: &FieldPlan| plan.name == ALERT_CODE;
            if code.is_some_and(|code| code.source != Source::Absent) && !own.values().any(has_code)
            {
                let text =
                    format!("{name}: needs a {ALERT_CODE} of its own, beside that of [fields]");
                self.document.problem(&span, text);
            }
            self.refuse_incomplete(&name, Some(span), shared, &own);
            statements.push(Statement {
                flag: None,
                may_be_empty: true,
                own,
            });
        }
        let words = top.section("flag_words", WORD_KEYS);
        let words = words
            .map(|section| word_lists(&section))
            .unwrap_or_default();
        let mut flags: Vec<_> = flags.into_iter().flatten().collect();
        // in the order of the profile, which is that of the alerts of a record
        flags.sort_by_key(|(column, _)| column.span().start);
        for (column, value) in flags {
            statements.extend(self.flag(column.get_ref(), value, &words, shared));
        }
        statements
    }

    fn flag(
        &self,
        column: &str,
        value: &Spanned<DeValue<'_>>,
        shared_words: &[Vec<String>; 5],
        shared: &[FieldPlan],
    ) -> Option<Statement> {
        let name = format!("flags.{column}");
        let at = self.standard.person_alert().position(ALERT_CODE)?;
        let mut own = BTreeMap::new();
        let mut words = shared_words.clone();
        let mut optional = false;
        let mut crosswalk = None;
        if let DeValue::Table(table) = value.get_ref() {
            own = self.read(&name, table, FLAG_KEYS);
            if own.remove(&at).is_some() {
                let text = format!("{name}: a flag has its code as target");
                self.document.problem(&value.span(), text);
            }
            let section = Section::among(self.document, &name, table, FLAG_KEYS);
            optional = section.flag("optional").unwrap_or(false);
            crosswalk = section.text("crosswalk");
            let beside = MEANING_KEYS.iter().any(|key| table.contains_key(*key));
            if crosswalk.is_some() && beside {
                let text =
                    format!("{name}: its crosswalk has target, status and note; remove them here");
                self.document.problem(&value.span(), text);
            }
            for (word, own) in words.iter_mut().zip(word_lists(&section)) {
                if !own.is_empty() {
                    *word = own;
                }
            }
        }
        let mut code = self.unmapped(&self.standard.person_alert().fields[at]);
        code.source = Source::Column(column.trim().to_owned());
        code.optional = optional;
        code.reader = CellReader::Code(match crosswalk {
            Some(wanted) => self.crosswalk_of_flag(&name, column.trim(), &wanted)?,
            None => self.with_codes("person_alert_codes", true, |list| {
                flag_reader(self.document, &name, column, value, list)
            }),
        });
        own.insert(at, code);
        self.refuse_incomplete(&name, Some(value.span()), shared, &own);
        let reader = FlagReader::new(&words).map_err(|word| {
            let text = format!("{name}: {word} has two meanings");
            self.document.problem(&value.span(), text);
        });
        Some(Statement {
            flag: Some(Flag {
                column: column.trim().to_owned(),
                reader: reader.ok()?,
                optional,
            }),
            may_be_empty: true,
            own,
        })
    }

    /// Notes the fields that every alert needs and that nothing feeds.
    fn refuse_incomplete(
        &self,
        name: &str,
        span: Option<Range<usize>>,
        shared: &[FieldPlan],
        own: &BTreeMap<usize, FieldPlan>,
    ) {
        for (at, plan) in shared.iter().enumerate() {
            let plan = own.get(&at).unwrap_or(plan);
            if plan.source != Source::Absent || !NEEDED.contains(&plan.name.as_str()) {
                continue;
            }
            let field = &plan.name;
            let text = format!("{name}.{field} is missing; the standard needs it for every alert");
            match &span {
                Some(span) => self.document.problem(span, text),
                None => self.document.problem_anywhere(text),
            }
        }
    }
}

fn word_lists(section: &Section<'_, '_>) -> [Vec<String>; 5] {
    FlagWord::ALL.map(|word| {
        let words = section.texts(word.as_str()).into_iter().flatten();
        words.map(|word| word.value).collect()
    })
}
