//! How the cells of a field are read: by its type in the standard, and by what the profile says of it.

use std::ops::{Range, RangeInclusive};

use super::crosswalks::{CodeList, WrittenCrosswalk};
use super::document::{Placed, did_you_mean};
use super::field_plan::{CellReader, FieldPlan, Source};
use super::fields_section::{ALERT_CODE, Surroundings, settable};
use super::formats_section::{FormatKeys, Formats};
use super::number_section::separators;
use super::section::Section;
use crate::cell::boolean::BooleanReader;
use crate::cell::chosen::Chosen;
use crate::cell::crosswalk::{CrosswalkReader, GivenValue, UnknownCode};
use crate::cell::date::{ChosenDay, DateReader};
use crate::cell::number::NumberReader;
use crate::cell::parts::Parts;
use crate::cell::term::TermReader;
use crate::cell::timestamp::TimestampReader;
use crate::standard::{Field, FieldType};

/// How many digits keys may have.
const WIDTHS: RangeInclusive<i32> = 2..=18;
/// The source of alerts from professionals that the standard does not list.
const OTHER_PROFESSIONAL: &str = "OTH";
/// Words that the standard's own documents use for codes of another list.
const SPECIAL_CATEGORY_SYNONYMS: [(&str, &str); 1] = [("MED", "HEALTH")];

impl Surroundings<'_, '_> {
    /// The plan of a field that the profile says nothing of.
    pub(super) fn unmapped(&self, field: &Field) -> FieldPlan {
        let mut plan = self.usual(field);
        if let CellReader::ChangedFields = plan.reader {
            // how JSON says that there is nothing
            plan.null_values.insert("null".to_owned());
        }
        plan
    }

    fn usual(&self, field: &Field) -> FieldPlan {
        FieldPlan {
            name: field.name.clone(),
            source: Source::Absent,
            or: None,
            optional: false,
            null_values: self.input.null_values.clone(),
            default: None,
            parts: None,
            width: None,
            reader: match (
                field.name.as_str(),
                &field.references,
                field.allowed.is_empty(),
            ) {
                ("person_id", _, _) => CellReader::PersonKey,
                ("person_alert_id" | "person_alert_history_id", _, _) => CellReader::AlertKey,
                ("change_summary", _, _) => {
                    CellReader::Summary(field.max_length.unwrap_or(u64::MAX) as usize)
                }
                // the letters of a log are its own words, of which there is nothing to tell
                ("action_type", _, _) => CellReader::Term(
                    TermReader::new(&field.allowed, &[], &field.synonyms).unwrap_or_default(),
                ),
                ("old_value" | "new_value", _, _) => CellReader::ChangedFields,
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
                    FieldType::Date => CellReader::Date(self.dates(field, None)),
                    FieldType::Timestamp => CellReader::Timestamp(self.times(None)),
                    FieldType::Bool => CellReader::Boolean(BooleanReader::default()),
                },
            },
        }
    }

    /// A reader of dates. The month in which an alert ends is part of it, so its last day is chosen
    /// where an end has no day.
    fn dates(&self, field: &Field, own: Option<Formats>) -> Chosen<DateReader> {
        let input = self.input;
        let chosen = match field.name == "end_date" {
            true => ChosenDay::Last,
            false => ChosenDay::First,
        };
        let formats = own.or_else(|| input.date_formats.clone());
        formats
            .unwrap_or(Chosen::Always(Vec::new()))
            .map(|formats| {
                DateReader::new(formats, input.timezone, &input.no_dates).choosing(chosen)
            })
    }

    fn times(&self, own: Option<Formats>) -> Chosen<TimestampReader> {
        let input = self.input;
        let formats = own.or_else(|| input.timestamp_formats.clone());
        let formats = formats.unwrap_or(Chosen::Always(Vec::new()));
        formats.map(|formats| TimestampReader::new(formats, input.timezone, &input.no_dates))
    }

    fn own_formats(&self, section: &Section<'_, '_>, timed: bool) -> Option<Formats> {
        let keys = FormatKeys {
            formats: "formats",
            by: "formats_by",
            timed,
            pivot: self.input.year_pivot,
        };
        keys.read(section)
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
        CrosswalkReader::standard(pairs, &synonyms).with_unknown(self.unknown_code(table))
    }

    /// What values are taken for that neither the list of a table nor a crosswalk onto it knows.
    fn unknown_code(&self, table: &str) -> UnknownCode {
        match table {
            "person_alert_codes" => {
                let codes = self.standard.codes.iter();
                UnknownCode::alert(codes.map(|code| code.group.as_str()))
            }
            "source_types" => UnknownCode::Source {
                other: self.standard.id_of(table, OTHER_PROFESSIONAL),
            },
            "special_category_data_types" => UnknownCode::SpecialCategory,
            _ => UnknownCode::Other,
        }
    }

    /// Reads what the profile says of the way in which a field's cells are to be read.
    pub(super) fn reader(
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
        let formatted = section.has("formats") || section.has("formats_by");
        let crosswalk = section.text("crosswalk");
        let mut unused = |given: bool, key: &'static str| {
            if given {
                unfit.push(key)
            }
        };
        match &mut plan.reader {
            CellReader::Boolean(reader) => {
                unused(!words.is_empty(), "words");
                unused(formatted, "formats");
                match BooleanReader::new(&yes, &no) {
                    Ok(own) => *reader = own,
                    Err(word) => self
                        .document
                        .problem(span, format!("{name}: {word} stands for both yes and no")),
                }
            }
            CellReader::Term(reader) => {
                unused(!yes.is_empty() || !no.is_empty(), "yes and no");
                unused(formatted, "formats");
                *reader = self.terms(field, &name, &words);
            }
            CellReader::Date(reader) => {
                unused(
                    !words.is_empty() || !yes.is_empty() || !no.is_empty(),
                    "words, yes and no",
                );
                *reader = self.dates(field, self.own_formats(section, false));
            }
            CellReader::Timestamp(reader) => {
                unused(
                    !words.is_empty() || !yes.is_empty() || !no.is_empty(),
                    "words, yes and no",
                );
                *reader = self.times(self.own_formats(section, true));
            }
            _ => {
                unused(!words.is_empty(), "words");
                unused(!yes.is_empty() || !no.is_empty(), "yes and no");
                unused(formatted, "formats");
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
        let parts = Parts {
            separators: texts(section, "split"),
            code_ends_at: texts(section, "code_ends_at"),
        };
        if section.has("split") || section.has("code_ends_at") {
            match field.name == ALERT_CODE {
                true => plan.parts = Some(parts),
                false => unfit.push("split and code_ends_at"),
            }
        }
        plan.width = section.number("width", WIDTHS).map(|width| width as usize);
        let keyed = matches!(plan.reader, CellReader::PersonKey | CellReader::AlertKey);
        if plan.width.is_some() && !keyed {
            unfit.push("width");
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
        let crosswalk = self.known_crosswalk(name, wanted)?;
        let of_alerts = field.name == ALERT_CODE;
        Some(self.with_codes(table, of_alerts, |list| {
            let reader = crosswalk.resolve(self.document, list);
            let unknown = self.unknown_code(table);
            reader.repairing(self.input.repairs).with_unknown(unknown)
        }))
    }

    /// The reader of a flag whose meaning stands in a crosswalk, where the name of its column is the value.
    pub(super) fn crosswalk_of_flag(
        &self,
        name: &str,
        column: &str,
        wanted: &Placed<String>,
    ) -> Option<CrosswalkReader> {
        let crosswalk = self.known_crosswalk(name, wanted)?;
        if !crosswalk.has(column) {
            let text = format!(
                "{name}: crosswalks.{} has no row with the value {column}; add one, with the status review if nobody has decided",
                wanted.value
            );
            self.document.problem(&wanted.span, text);
        }
        Some(self.with_codes("person_alert_codes", true, |list| {
            crosswalk.resolve(self.document, list)
        }))
    }

    fn known_crosswalk(&self, name: &str, wanted: &Placed<String>) -> Option<&WrittenCrosswalk> {
        let known = self.crosswalks.get(&wanted.value);
        if known.is_none() {
            let near = did_you_mean(&wanted.value, self.crosswalks.keys().map(String::as_str));
            let text = format!("{name}: there is no [crosswalks.{}]{near}", wanted.value);
            self.document.problem(&wanted.span, text);
        }
        known
    }

    /// Does something with the list of codes that a table holds.
    pub(super) fn with_codes<R>(
        &self,
        table: &str,
        of_alerts: bool,
        resolve: impl FnOnce(&CodeList<'_>) -> R,
    ) -> R {
        resolve(&CodeList {
            standard: self.standard,
            table,
            of_alerts,
            allow_draft: self.allow_draft,
            given: &|field, text| self.given(field, text),
        })
    }

    /// A value that a crosswalk gives to a field, in the standard's own words.
    fn given(&self, field: &str, text: &str) -> Result<(usize, GivenValue), String> {
        let known = settable(self.standard);
        let table = self.standard.person_alert();
        let (Some(at), true) = (table.position(field), known.contains(&field)) else {
            let near = did_you_mean(field, known.into_iter());
            return Err(format!(
                "{field} is no field that a crosswalk can set{near}"
            ));
        };
        let plan = self.unmapped(&table.fields[at]);
        match (&plan.reader, plan.reads(text)) {
            (_, None) => Err(format!(
                "{field}: {text} cannot be read ({} is expected)",
                plan.expected()
            )),
            (CellReader::Text, _) => Ok((at, GivenValue::Text(text.trim().to_owned()))),
            (_, Some(number)) => Ok((at, GivenValue::Number(number))),
        }
    }
}

/// The texts of a list under a key.
pub(super) fn texts(section: &Section<'_, '_>, key: &'static str) -> Vec<String> {
    let texts = section.texts(key).into_iter().flatten();
    texts.map(|text| text.value).collect()
}
