//! The `[fields]` of a profile: where each field of the standard comes from.

use std::collections::HashMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::crosswalks::WrittenCrosswalk;
use super::document::{Document, Placed, Section, did_you_mean};
use super::field_plan::{CellReader, FieldPlan, Source};
use super::input_section::{InputOptions, formats};
use super::number_section::separators;
use crate::cell::boolean::BooleanReader;
use crate::cell::crosswalk::CrosswalkReader;
use crate::cell::date::{ChosenDay, DateReader};
use crate::cell::date_format::DateFormat;
use crate::cell::fold;
use crate::cell::number::NumberReader;
use crate::cell::term::TermReader;
use crate::cell::timestamp::TimestampReader;
use crate::standard::{Field, FieldType, Standard};

pub(super) const KEYS: &[&str] = &[
    "column",
    "constant",
    "default",
    "optional",
    "null_values",
    "formats",
    "decimal",
    "thousands",
    "yes",
    "no",
    "words",
    "crosswalk",
];

/// Fields that pac fills itself.
const OURS: [&str; 3] = ["landlord", "source_file", "source_record"];
/// Fields without which no row of an export can become an alert.
const NEEDED: [&str; 3] = ["person_id", "person_alert_code_id", "start_date"];
/// Words that the standard's own documents use for codes of another list.
const SPECIAL_CATEGORY_SYNONYMS: [(&str, &str); 1] = [("MED", "HEALTH")];

/// What the fields of a profile are compiled with.
pub(super) struct Surroundings<'d, 'a> {
    pub document: &'d Document<'a>,
    pub standard: &'d Standard,
    pub input: &'d InputOptions,
    pub crosswalks: &'d HashMap<String, WrittenCrosswalk>,
    pub allow_draft: bool,
}

impl Surroundings<'_, '_> {
    /// Compiles the `[fields]`, one plan a field of the standard's `person_alert`.
    pub(super) fn read(&self, table: &DeTable<'_>) -> Vec<FieldPlan> {
        let fields = &self.standard.person_alert().fields;
        let mut plans: Vec<FieldPlan> = fields.iter().map(|field| self.unmapped(field)).collect();
        for (key, value) in table {
            let name: &str = key.get_ref();
            let known =
                |field: &&Field| field.name == name || field.aliases.iter().any(|a| a == name);
            let Some(field) = fields
                .iter()
                .find(known)
                .filter(|f| !OURS.contains(&f.name.as_str()))
            else {
                self.unknown_field(name, &key.span(), fields);
                continue;
            };
            let Some(at) = self.standard.person_alert().position(&field.name) else {
                continue;
            };
            if plans[at].source != Source::Absent {
                let text = format!("fields.{name}: {} is mapped twice", field.name);
                self.document.problem(&key.span(), text);
            }
            plans[at] = self.plan(field, value.get_ref(), &value.span());
        }
        for name in NEEDED {
            let mapped = |plan: &FieldPlan| plan.name == name && plan.source == Source::Absent;
            if plans.iter().any(mapped) {
                let text =
                    format!("fields.{name} is missing; the standard needs it for every alert");
                self.document.problem_anywhere(text);
            }
        }
        plans
    }

    fn unknown_field(&self, name: &str, span: &Range<usize>, fields: &[Field]) {
        let text = match OURS.contains(&name) {
            true => format!("fields.{name}: pac fills this field itself; leave it out"),
            false => {
                let near = did_you_mean(name, fields.iter().map(|field| field.name.as_str()));
                format!("fields: {name} is no field of the standard{near}")
            }
        };
        self.document.problem(span, text);
    }

    fn unmapped(&self, field: &Field) -> FieldPlan {
        FieldPlan {
            name: field.name.clone(),
            source: Source::Absent,
            optional: false,
            null_values: self.input.null_values.clone(),
            default: None,
            reader: match (
                field.name.as_str(),
                &field.references,
                field.allowed.is_empty(),
            ) {
                ("person_id", _, _) => CellReader::PersonKey,
                ("person_alert_id", _, _) => CellReader::AlertKey,
                ("organisation_id", _, _) => CellReader::OrganisationKey,
                (_, Some(reference), _) => CellReader::Code(self.standard_codes(&reference.table)),
                (_, None, false) => CellReader::Term(
                    TermReader::new(&field.allowed, &field.synonyms, &[]).unwrap_or_default(),
                ),
                _ => match field.field_type {
                    FieldType::Int32 => {
                        CellReader::SmallInteger(NumberReader::new(self.input.separators))
                    }
                    FieldType::Int64 => CellReader::Integer,
                    FieldType::Text => CellReader::Text,
                    FieldType::Date => {
                        CellReader::Date(self.dates(field, self.input.date_formats.clone()))
                    }
                    FieldType::Timestamp => {
                        CellReader::Timestamp(self.times(self.input.timestamp_formats.clone()))
                    }
                    FieldType::Bool => CellReader::Boolean(BooleanReader::default()),
                },
            },
        }
    }

    /// A reader of dates. The month in which an alert ends is part of it, so its last day is chosen
    /// where an end has no day.
    fn dates(&self, field: &Field, formats: Vec<DateFormat>) -> DateReader {
        let input = self.input;
        let reader = DateReader::new(formats, input.timezone, &input.no_dates);
        match field.name == "end_date" {
            true => reader.choosing(ChosenDay::Last),
            false => reader,
        }
    }

    fn times(&self, formats: Vec<DateFormat>) -> TimestampReader {
        TimestampReader::new(formats, self.input.timezone, &self.input.no_dates)
    }

    fn standard_codes(&self, table: &str) -> CrosswalkReader {
        let codes = self.standard.codes_of(table);
        let pairs = codes
            .iter()
            .filter_map(|code| Some((*code, self.standard.id_of(table, code)?)));
        let id = |code: &str| self.standard.id_of(table, code);
        let synonyms: Vec<(&str, i32)> = match table {
            "special_category_data_types" => SPECIAL_CATEGORY_SYNONYMS
                .iter()
                .filter_map(|(word, code)| Some((*word, id(code)?)))
                .collect(),
            _ => Vec::new(),
        };
        CrosswalkReader::standard(pairs, &synonyms)
    }

    fn plan(&self, field: &Field, value: &DeValue<'_>, span: &Range<usize>) -> FieldPlan {
        let mut plan = self.unmapped(field);
        let name = format!("fields.{}", field.name);
        match value {
            DeValue::String(column) => plan.source = self.column(&name, column, span),
            DeValue::Table(table) => {
                let section = Section::new(self.document, &name, table, KEYS);
                self.reader(&mut plan, field, &section, span);
                self.source(&mut plan, field, &section, span);
            }
            _ => {
                let text = format!(
                    "{name}: must be a column's name in quotes, or a table with column or constant"
                );
                self.document.problem(span, text);
            }
        }
        plan
    }

    fn column(&self, name: &str, column: &str, span: &Range<usize>) -> Source {
        if column.trim().is_empty() {
            let text = format!("{name}: the column has no name; give one, or leave the field out");
            self.document.problem(span, text);
        }
        Source::Column(column.trim().to_owned())
    }

    fn source(
        &self,
        plan: &mut FieldPlan,
        field: &Field,
        section: &Section<'_, '_>,
        span: &Range<usize>,
    ) {
        let name = &section.name;
        let column = section.text("column");
        let constant = section.scalar("constant");
        plan.optional = section.flag("optional").unwrap_or(false);
        let own_nulls = texts(section, "null_values").into_iter();
        let own_nulls = own_nulls.map(|text| fold(&text).into_owned());
        plan.null_values.extend(own_nulls);
        plan.source = match (column, constant) {
            (Some(column), None) => self.column(name, &column.value, &column.span),
            (None, Some(constant)) => {
                let empty = plan.optional || section.scalar("default").is_some();
                if empty || section.texts("null_values").is_some() {
                    let text = format!(
                        "{name}: optional, default and null_values have no meaning beside constant"
                    );
                    self.document.problem(span, text);
                }
                self.know_code(plan, field, &constant);
                self.check_text(plan, name, &constant);
                Source::Constant(constant.value)
            }
            (Some(_), Some(_)) => {
                self.document.problem(
                    span,
                    format!("{name}: column and constant exclude each other"),
                );
                Source::Absent
            }
            (None, None) => {
                self.document
                    .problem(span, format!("{name}: needs column or constant"));
                Source::Absent
            }
        };
        let Some(default) = section.scalar("default") else {
            return;
        };
        if let CellReader::PersonKey | CellReader::AlertKey = plan.reader {
            self.document
                .problem(&default.span, format!("{name}: a key can have no default"));
        } else if field.name == "person_alert_code_id" {
            let text = format!(
                "{name}: an alert code can have no default; a wrong code is worse than none"
            );
            self.document.problem(&default.span, text);
        } else if field.name == "informed_resident"
            && plan.reads(&default.value) == plan.reads("true")
        {
            let text = format!(
                "{name}: default must not be true; nobody knows that the resident was told"
            );
            self.document.problem(&default.span, text);
        } else {
            self.know_code(plan, field, &default);
            self.check_text(plan, name, &default);
            plan.default = Some(default.value);
        }
    }

    /// A constant or default may be a code of the standard beside a crosswalk of the landlord's words:
    /// read as one of those it would be unknown, and become what the crosswalk makes of such.
    fn know_code(&self, plan: &mut FieldPlan, field: &Field, text: &Placed<String>) {
        if let (CellReader::Code(reader), Some(reference)) = (&mut plan.reader, &field.references)
            && let Some(id) = self.standard.id_of(&reference.table, &text.value)
        {
            reader.also(&text.value, id);
        }
    }

    /// A constant or default is read like a cell, so it must be readable.
    fn check_text(&self, plan: &FieldPlan, name: &str, text: &Placed<String>) {
        if plan.reads(&text.value).is_none() {
            let expected = plan.expected();
            let problem = format!(
                "{name}: {} cannot be read ({expected} is expected)",
                text.value
            );
            self.document.problem(&text.span, problem);
        }
    }

    fn reader(
        &self,
        plan: &mut FieldPlan,
        field: &Field,
        section: &Section<'_, '_>,
        span: &Range<usize>,
    ) {
        let name = section.name.clone();
        let mut unfit: Vec<&str> = Vec::new();
        let words = section.pairs("words");
        let (yes, no) = (texts(section, "yes"), texts(section, "no"));
        let timed = matches!(plan.reader, CellReader::Timestamp(_));
        let own_formats = formats(section, "formats", timed, self.input.year_pivot);
        let crosswalk = section.text("crosswalk");
        let mut unused = |given: bool, key: &'static str| {
            if given {
                unfit.push(key)
            }
        };
        match &mut plan.reader {
            CellReader::Boolean(reader) => {
                unused(!words.is_empty(), "words");
                unused(!own_formats.is_empty(), "formats");
                match BooleanReader::new(&yes, &no) {
                    Ok(own) => *reader = own,
                    Err(word) => self
                        .document
                        .problem(span, format!("{name}: {word} stands for both yes and no")),
                }
            }
            CellReader::Term(reader) => {
                unused(!yes.is_empty() || !no.is_empty(), "yes and no");
                unused(!own_formats.is_empty(), "formats");
                *reader = self.terms(field, &name, &words);
            }
            CellReader::Date(reader) => {
                unused(
                    !words.is_empty() || !yes.is_empty() || !no.is_empty(),
                    "words, yes and no",
                );
                if !own_formats.is_empty() {
                    *reader = self.dates(field, own_formats);
                }
            }
            CellReader::Timestamp(reader) => {
                unused(
                    !words.is_empty() || !yes.is_empty() || !no.is_empty(),
                    "words, yes and no",
                );
                if !own_formats.is_empty() {
                    *reader = self.times(own_formats);
                }
            }
            _ => {
                unused(!words.is_empty(), "words");
                unused(!yes.is_empty() || !no.is_empty(), "yes and no");
                unused(!own_formats.is_empty(), "formats");
            }
        }
        let separated = section.text("decimal").is_some() || section.text("thousands").is_some();
        match &mut plan.reader {
            CellReader::SmallInteger(reader) => {
                *reader = NumberReader::new(separators(section, self.input.separators));
            }
            _ if separated => unfit.push("decimal and thousands"),
            _ => {}
        }
        if let Some(wanted) = crosswalk {
            match (&mut plan.reader, &field.references) {
                (CellReader::Code(reader), Some(reference)) => {
                    if let Some(own) = self.crosswalk(&name, &wanted, field, &reference.table) {
                        *reader = own;
                    }
                }
                _ => unfit.push("crosswalk"),
            }
        }
        for key in unfit {
            self.document.problem(
                span,
                format!("{name}: {key} has no meaning for this field; remove it"),
            );
        }
    }

    fn terms(&self, field: &Field, name: &str, words: &[(String, Placed<String>)]) -> TermReader {
        let mut own = Vec::new();
        for (word, target) in words {
            if TermReader::new(&field.allowed, &[], &[(word.clone(), target.value.clone())])
                .is_err()
            {
                let near = did_you_mean(&target.value, field.allowed.iter().map(String::as_str));
                let known = field.allowed.join(", ");
                let text = format!("{name}: {} is none of {known}{near}", target.value);
                self.document.problem(&target.span, text);
                continue;
            }
            own.push((word.clone(), target.value.clone()));
        }
        TermReader::new(&field.allowed, &field.synonyms, &own).unwrap_or_default()
    }

    fn crosswalk(
        &self,
        name: &str,
        wanted: &Placed<String>,
        field: &Field,
        table: &str,
    ) -> Option<CrosswalkReader> {
        let Some(crosswalk) = self.crosswalks.get(&wanted.value) else {
            let near = did_you_mean(&wanted.value, self.crosswalks.keys().map(String::as_str));
            let text = format!("{name}: there is no [crosswalks.{}]{near}", wanted.value);
            self.document.problem(&wanted.span, text);
            return None;
        };
        let may_default = field.name != "person_alert_code_id";
        Some(crosswalk.resolve(
            self.document,
            self.standard,
            table,
            may_default,
            self.allow_draft,
        ))
    }
}

fn texts(section: &Section<'_, '_>, key: &'static str) -> Vec<String> {
    let texts = section.texts(key).into_iter().flatten();
    texts.map(|text| text.value).collect()
}
