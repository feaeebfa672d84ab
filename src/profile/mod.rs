//! A landlord's mapping profile: as it is written in TOML, and compiled so that every name, date
//! format and code in it is resolved before the first record is read.
//!
//! [`load`] tells all problems of a profile and of its crosswalk files at once, each with its line
//! and the nearest known name. What it returns holds no text of the profile that still needs looking
//! up: a [`FieldPlan`] for each field of the standard says where its cells come from and how they
//! are read.

mod cell_readers;
mod composition;
mod crosswalks;
pub mod document;
mod field_plan;
mod fields_section;
mod formats_section;
mod history_section;
mod input_section;
mod landlord_section;
mod loading;
mod number_section;
mod numbered_columns;
mod only_section;
mod policy_section;
mod previous_section;
mod privacy_section;
mod reference_section;
pub mod rules_section;
pub mod section;
mod standard_names;
mod statement;
mod statements;
mod views_section;
pub mod waivers_section;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

pub use field_plan::{CellReader, Composition, FieldPlan, Source};
pub use fields_section::{ALERT_CODE, ALERT_REFERENCE};
pub use formats_section::Formats;
pub use input_section::InputOptions;
pub use loading::{Allowances, load};
pub use only_section::Only;
pub use policy_section::Policy;
pub use previous_section::{KeyChange, Previous};
pub use privacy_section::TextPolicy;
pub use reference_section::{BirthColumn, ReferenceColumns};
pub use statement::{Flag, Statement};
pub use views_section::Views;

use crate::cell::fold;
use crate::chunk::{PARTS_COLUMN, REASON_COLUMN};
use crate::dialect::{DialectWish, HeaderWish};
use rules_section::RuleChoices;

const KEYS: &[&str] = &[
    "landlord",
    "input",
    "fields",
    "alerts",
    "flags",
    "flag_words",
    "crosswalks",
    "columns",
    "history",
    "persons",
    "organisations",
    "policy",
    "previous",
    "rules",
    "schemas",
    "waivers",
    "privacy",
    "views",
];
const COLUMNS_KEYS: &[&str] = &["drop"];

/// The keys that each table of a profile may have, by the table's place: `*` stands for names that the
/// profile or the standard gives. The names under `fields` are the standard's own. A test holds
/// `schemas/profile.schema.json` against this.
pub fn known_keys() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("", KEYS),
        ("landlord", landlord_section::KEYS),
        ("input", input_section::KEYS),
        ("input.only", only_section::KEYS),
        ("fields.*", fields_section::KEYS),
        ("flags.*", statements::FLAG_KEYS),
        ("flag_words", statements::WORD_KEYS),
        ("crosswalks.*", crosswalks::KEYS),
        ("crosswalks.*.values.*", crosswalks::VALUE_KEYS),
        ("columns", COLUMNS_KEYS),
        ("history", history_section::KEYS),
        ("persons", reference_section::PERSONS_KEYS),
        ("organisations", reference_section::ORGANISATIONS_KEYS),
        ("policy", policy_section::KEYS),
        ("previous", previous_section::KEYS),
        ("rules", rules_section::KEYS),
        ("waivers.*", waivers_section::KEYS),
        ("privacy", privacy_section::KEYS),
        ("views", views_section::KEYS),
    ]
}

/// A compiled profile.
#[derive(Debug)]
pub struct Profile {
    /// The table of the standard that its inputs become.
    pub table: &'static str,
    /// The file that it was read from.
    pub path: PathBuf,
    /// The crosswalk files that it refers to.
    pub crosswalk_files: Vec<PathBuf>,
    /// JSON Schemas of the user's own that alerts must keep to.
    pub schema_files: Vec<PathBuf>,
    /// SHA-256 of the profile's text, in hexadecimal.
    pub hash: String,
    /// Name of the landlord.
    pub name: String,
    /// Short code of the landlord, such as `RIV`.
    pub code: String,
    /// How the landlord's exports are written.
    pub input: InputOptions,
    /// One plan for each field of the table, in the order of the standard: those that all alerts
    /// share.
    pub fields: Vec<FieldPlan>,
    /// What a record can state.
    pub statements: Vec<Statement>,
    /// Columns that are left out deliberately, folded.
    dropped: HashSet<String>,
    /// How the landlord's log of changes is written, where it has one.
    pub history: Option<Box<Profile>>,
    /// How the alerts are written that the values of a log describe, where their members are named as the
    /// standard's fields; only of a log whose values are mapped.
    pub described: Option<Box<Profile>>,
    /// Columns of the reference file of persons.
    pub persons: ReferenceColumns,
    /// Columns of the reference file of organisations.
    pub organisations: ReferenceColumns,
    /// What is to be done where the standard leaves a choice.
    pub policy: Policy,
    /// What was otherwise when the earlier export was made.
    pub previous: Previous,
    /// What is set about rules.
    pub rules: RuleChoices,
    /// What becomes of free text.
    pub text: TextPolicy,
    /// What is written beside the tables.
    pub views: Views,
}

impl Profile {
    /// Whether a column is left out deliberately, by its name in any case.
    pub fn drops(&self, column: &str) -> bool {
        self.dropped.contains(fold(column).as_ref())
    }

    /// The columns that are left out deliberately, as the profile names them but for case.
    pub fn dropped(&self) -> impl Iterator<Item = &str> {
        self.dropped.iter().map(String::as_str)
    }

    /// The plan of a field in alerts of one kind.
    pub fn plan(&self, statement: usize, field: usize) -> Option<&FieldPlan> {
        let own = self.statements.get(statement).and_then(|s| s.own(field));
        own.or_else(|| self.fields.get(field))
    }

    /// The plans of all fields in alerts of all kinds: those that are shared, and the kinds' own.
    pub fn plans(&self) -> impl Iterator<Item = &FieldPlan> {
        let own = self.statements.iter().flat_map(|one| one.own.values());
        self.fields.iter().chain(own)
    }

    /// Whether the meaning of some code says something of a field, by its place.
    pub fn gives(&self, field: usize) -> bool {
        let mut readers = self.plans().map(|plan| &plan.reader);
        readers.any(|reader| matches!(reader, CellReader::Code(reader) if reader.gives(field)))
    }

    /// Whether a record can state anything but exactly one alert.
    pub fn is_plural(&self) -> bool {
        let code = self.fields.iter().find(|plan| plan.name == ALERT_CODE);
        let branching = |plan: &FieldPlan| match &plan.reader {
            CellReader::Code(reader) => reader.is_branching() || plan.parts.is_some(),
            _ => false,
        };
        match self.statements.as_slice() {
            [only] => {
                let own = only.own.values().any(branching);
                only.may_be_empty || only.flag.is_some() || own || code.is_some_and(branching)
            }
            _ => true,
        }
    }

    /// The columns that the profile names, each once.
    pub fn columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !columns.iter().any(|known| known == name) {
                columns.push(name.to_owned());
            }
        };
        for plan in self.plans() {
            if plan.asks_date_order() {
                // what was rejected before proves nothing
                add(REASON_COLUMN);
            }
            plan.source.columns().iter().for_each(|name| add(name));
            if let Source::Column(_) = &plan.source {
                plan.deciding_column().into_iter().for_each(&mut add);
            }
            plan.or.iter().for_each(|name| add(name));
            if let CellReader::Code(reader) = &plan.reader {
                reader.conditions().iter().for_each(|name| add(name));
            }
        }
        let flags = self.statements.iter().filter_map(|one| one.flag.as_ref());
        flags.for_each(|flag| add(&flag.column));
        let kinds = self.input.only.iter();
        kinds.for_each(|only| add(&only.column));
        if self.is_plural() {
            add(PARTS_COLUMN);
        }
        columns
    }

    /// The profile of other inputs of the same landlord, which has nothing of its own but these.
    fn beside(&self, table: &'static str, input: InputOptions, fields: Vec<FieldPlan>) -> Profile {
        Profile {
            table,
            path: self.path.clone(),
            crosswalk_files: Vec::new(),
            schema_files: Vec::new(),
            hash: self.hash.clone(),
            name: self.name.clone(),
            code: self.code.clone(),
            dropped: HashSet::new(),
            input,
            fields,
            statements: vec![Statement {
                flag: None,
                may_be_empty: false,
                own: BTreeMap::new(),
            }],
            history: None,
            described: None,
            persons: ReferenceColumns::default(),
            organisations: ReferenceColumns::default(),
            policy: self.policy,
            previous: Previous::default(),
            rules: RuleChoices::default(),
            text: self.text,
            views: self.views,
        }
    }

    /// How the landlord's exports are written, with the columns by which their header is known.
    pub fn dialect_wish(&self) -> DialectWish {
        let mut wish = self.input.dialect.clone();
        if let HeaderWish::Having(columns) = &mut wish.header {
            *columns = self.needed_columns();
        }
        wish
    }

    /// The columns that an input must have, each once.
    fn needed_columns(&self) -> Vec<String> {
        let plans = self.plans().filter(|plan| !plan.optional);
        let mapped = plans.flat_map(|plan| plan.source.columns());
        let flags = self.statements.iter().filter_map(|one| one.flag.as_ref());
        let flags = flags.filter(|flag| !flag.optional).map(|flag| &flag.column);
        let mut columns: Vec<String> = Vec::new();
        for name in mapped.chain(flags) {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        columns
    }
}
