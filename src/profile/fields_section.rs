//! The `[fields]` of a profile: where each field of the standard comes from.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::cell_readers::texts;
use super::crosswalks::WrittenCrosswalk;
use super::document::{Document, Placed, did_you_mean};
use super::field_plan::{CellReader, FieldPlan, Source};
use super::input_section::InputOptions;
use super::section::{Section, column_name};
use crate::cell::fold;
use crate::standard::{Field, Standard, Table};

pub(super) const KEYS: &[&str] = &[
    "column",
    "columns",
    "join",
    "or",
    "constant",
    "default",
    "optional",
    "null_values",
    "formats",
    "formats_by",
    "decimal",
    "thousands",
    "yes",
    "no",
    "words",
    "crosswalk",
    "split",
    "code_ends_at",
    "width",
];

/// The field that says what an alert is about.
pub const ALERT_CODE: &str = "person_alert_code_id";
/// The landlord's own reference to an alert, which is its key as written.
pub const ALERT_REFERENCE: &str = "source_alert_ref";
/// Fields that pac fills itself.
pub(super) const OURS: [&str; 3] = ["landlord", "source_file", "source_record"];
/// Fields that tell alerts apart, and that no crosswalk may set.
const IDENTIFYING: [&str; 4] = ["person_id", "person_alert_id", ALERT_REFERENCE, ALERT_CODE];

/// What the fields of a profile are compiled with.
pub(super) struct Surroundings<'d, 'a> {
    pub document: &'d Document<'a>,
    pub standard: &'d Standard,
    /// The table whose fields they are.
    pub table: &'d Table,
    pub input: &'d InputOptions,
    pub crosswalks: &'d HashMap<String, WrittenCrosswalk>,
    pub allow_draft: bool,
}

/// Names of the fields that a row of a crosswalk may set.
pub(super) fn settable(standard: &Standard) -> Vec<&str> {
    let names = standard.person_alert().fields.iter();
    let names = names.map(|field| field.name.as_str());
    names
        .filter(|name| !OURS.contains(name) && !IDENTIFYING.contains(name))
        .collect()
}

impl Surroundings<'_, '_> {
    /// The plans of all fields, of which the profile says nothing.
    pub(super) fn absent(&self) -> Vec<FieldPlan> {
        let fields = self.table.fields.iter();
        fields.map(|field| self.unmapped(field)).collect()
    }

    /// Compiles a table of fields, `fields` or one like it: plans by the place of their field in the
    /// standard's table. Keys that `beside` names belong to something else.
    pub(super) fn read(
        &self,
        section: &str,
        table: &DeTable<'_>,
        beside: &[&str],
    ) -> BTreeMap<usize, FieldPlan> {
        let fields = &self.table.fields;
        let mut plans = BTreeMap::new();
        for (key, value) in table {
            let name: &str = key.get_ref();
            if beside.contains(&name) {
                continue;
            }
            let known =
                |field: &&Field| field.name == name || field.aliases.iter().any(|a| a == name);
            let at = fields.iter().position(|field| known(&field));
            let own = at.and_then(|at| Some((at, fields.get(at)?)));
            let Some((at, field)) = own.filter(|(_, f)| !OURS.contains(&f.name.as_str())) else {
                self.unknown_field(section, name, &key.span(), beside);
                continue;
            };
            let plan = self.plan(section, field, value.get_ref(), &value.span());
            if plans.insert(at, plan).is_some() {
                let text = format!("{section}.{name}: {} is mapped twice", field.name);
                self.document.problem(&key.span(), text);
            }
        }
        plans
    }

    fn unknown_field(&self, section: &str, name: &str, span: &Range<usize>, beside: &[&str]) {
        let fields = &self.table.fields;
        let text = match OURS.contains(&name) {
            true => format!("{section}.{name}: pac fills this field itself; leave it out"),
            false => {
                let known = fields.iter().map(|field| field.name.as_str());
                let near = did_you_mean(name, known.chain(beside.iter().copied()));
                format!("{section}: {name} is no field of the standard{near}")
            }
        };
        self.document.problem(span, text);
    }

    fn plan(
        &self,
        section: &str,
        field: &Field,
        value: &DeValue<'_>,
        span: &Range<usize>,
    ) -> FieldPlan {
        let mut plan = self.unmapped(field);
        let name = format!("{section}.{}", field.name);
        match value {
            DeValue::String(_) | DeValue::Integer(_) => match column_name(value) {
                Some(column) => plan.source = self.column(&name, &column, span),
                None => {
                    let text = format!("{name}: columns are counted from 1");
                    self.document.problem(span, text);
                }
            },
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
        let column = section.column("column");
        let constant = section.scalar("constant");
        let composed = self.composed(plan, section, span);
        plan.or = section.text("or").map(|or| or.value.trim().to_owned());
        if plan.or.is_some() && column.is_none() {
            self.document
                .problem(span, format!("{name}: or needs column"));
        }
        plan.optional = section.flag("optional").unwrap_or(false);
        let own_nulls = texts(section, "null_values").into_iter();
        let own_nulls = own_nulls.map(|text| fold(&text).into_owned());
        plan.null_values.extend(own_nulls);
        plan.source = match (column, constant, composed) {
            (Some(column), None, None) => self.column(name, &column.value, &column.span),
            (None, None, Some(composition)) => Source::Composed(composition),
            (None, Some(constant), None) => {
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
            (None, None, None) => {
                self.document
                    .problem(span, format!("{name}: needs column or constant"));
                Source::Absent
            }
            (_, _, None) => {
                self.document.problem(
                    span,
                    format!("{name}: column and constant exclude each other"),
                );
                Source::Absent
            }
            (_, _, Some(_)) => {
                let text = format!("{name}: columns stands for itself; remove column and constant");
                self.document.problem(span, text);
                Source::Absent
            }
        };
        let Some(default) = section.scalar("default") else {
            return;
        };
        if let CellReader::PersonKey | CellReader::AlertKey = plan.reader {
            self.document
                .problem(&default.span, format!("{name}: a key can have no default"));
        } else if field.name == ALERT_CODE {
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
}
