//! The Person Alert Codes standard: six tables, their code lists, and the hash that names them.
//!
//! `schemas/` is the data model. It is embedded in the binary; `--standard DIR` replaces those of
//! its files that the folder holds, file by file. Everything else derives from what is read here:
//! [`arrow`] the Arrow schemas, [`sql`] the DDL, [`dictionary`] the data dictionary, and the checker
//! its kernels, so that they cannot drift apart.

pub mod arrow;
pub mod code_sets;
mod codes;
pub mod contractor_view;
pub mod dictionary;
mod field;
mod lookup;
mod search;
pub mod sql;
mod table;
mod twins;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

pub use codes::{Code, Codes, is_local};
pub use field::{Field, FieldType, Reference};
pub use lookup::Lookup;
pub use table::Table;

use crate::error::{Error, Result};
use code_sets::CodeSets;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/schemas");

/// The six tables, in an order in which every reference points backwards.
pub const TABLES: [&str; 6] = [
    "alert_categories",
    "person_alert_codes",
    "source_types",
    "special_category_data_types",
    "person_alert",
    "person_alert_history",
];

/// The documents that an operator writes for pac, each with a JSON Schema for editors.
pub const DOCUMENTS: [&str; 2] = ["profile", "batch"];

/// Name of the table of the alert codes.
const CODES: &str = "person_alert_codes";

/// The file of what a code list says of codes beyond the standard's own columns.
const CODE_DEFAULTS: &str = "person_alert_code_defaults.csv";

/// Name of the table that landlords' alerts become.
pub const PERSON_ALERT: &str = "person_alert";

/// Name of the table of their changes.
pub const PERSON_ALERT_HISTORY: &str = "person_alert_history";

/// Name of the table of what contractors may see, which is none of the standard's.
pub const CONTRACTOR_VIEW: &str = "contractor_view";

/// The standard as one run sees it.
#[derive(Debug)]
pub struct Standard {
    /// What the standard is called.
    pub name: String,
    /// Edition of the tables, such as `1.1`.
    pub edition: String,
    /// Release of the code lists.
    pub release: String,
    /// Licence of the standard's facts.
    pub licence: String,
    /// The alert codes.
    pub codes: Codes,
    /// Codes that do not go together.
    pub code_sets: CodeSets,
    /// SHA-256 over the code lists and schemas, in hexadecimal: equal hash, equal standard.
    pub hash: String,
    /// SHA-256 of `person_alert_codes.csv` by itself, in hexadecimal, as `sha256sum` prints it.
    pub code_list_hash: String,
    tables: Vec<Table>,
    lookups: Vec<Lookup>,
    ids: HashMap<&'static str, HashMap<String, i32>>,
}

#[derive(serde::Deserialize)]
struct About {
    name: String,
    edition: String,
    release: String,
    licence: String,
}

impl Standard {
    /// The standard that the binary carries.
    ///
    /// # Errors
    /// Never for an unharmed binary: a test loads it.
    pub fn embedded() -> Result<Standard> {
        Standard::load(None)
    }

    /// The standard, with the files of `dir` in place of those of the same name in the binary.
    ///
    /// # Errors
    /// The file that cannot be read or understood, and why.
    pub fn load(dir: Option<&Path>) -> Result<Standard> {
        if let Some(dir) = dir
            && !dir.is_dir()
        {
            let text = format!("{} is no folder", dir.display());
            return Err(Error::Standard(text));
        }
        let mut files = Files {
            dir,
            hasher: Sha256::new(),
        };
        let about = files.read("standard.json")?;
        let about: About = serde_json::from_slice(&about)
            .map_err(|error| Error::Standard(format!("standard.json: {error}")))?;
        let mut tables = Vec::new();
        let mut lookups = Vec::new();
        let mut code_list_hash = String::new();
        for name in TABLES {
            let file = format!("{name}.schema.json");
            let text = files.read_text(&file)?;
            let table = Table::parse(&text).map_err(|why| blame(&file, &why))?;
            if table.name != name {
                return Err(blame(&file, &format!("title must be {name}")));
            }
            if table.is_lookup {
                let file = format!("{name}.csv");
                let rows = files.read(&file)?;
                if name == CODES {
                    code_list_hash = hex(&Sha256::digest(&rows));
                }
                let of_codes = name == CODES && files.has_own(CODE_DEFAULTS);
                let own = files.has_own(&file) || of_codes;
                lookups.push(Lookup::parse(&table, &rows, own).map_err(|why| blame(&file, &why))?);
            }
            tables.push(table);
        }
        let defaults = files.read(CODE_DEFAULTS)?;
        let sets = files.read("person_alert_code_sets.csv")?;
        let codes = codes(&tables, &lookups, &defaults)
            .map_err(|why| blame("person_alert_codes.csv", &why))?;
        let mut standard = Standard {
            code_sets: CodeSets::parse(&sets, &codes)
                .map_err(|why| blame("person_alert_code_sets.csv", &why))?,
            name: about.name,
            edition: about.edition,
            release: about.release,
            licence: about.licence,
            codes,
            hash: hex(&files.hasher.finalize()),
            code_list_hash,
            tables,
            lookups,
            ids: HashMap::new(),
        };
        standard.ids = standard.lookup_ids();
        standard.check_references()?;
        Ok(standard)
    }

    /// The tables, in an order in which every reference points backwards.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The table of that name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }

    /// The table that landlords' alerts become.
    pub fn person_alert(&self) -> &Table {
        // TABLES names it and `load` refuses a standard without it.
        &self.tables[4]
    }

    /// The lists of codes, in the order of the tables.
    pub fn lookups(&self) -> &[Lookup] {
        &self.lookups
    }

    /// The rows of a lookup table.
    pub fn lookup(&self, table: &str) -> Option<&Lookup> {
        self.lookups.iter().find(|lookup| lookup.table == table)
    }

    /// The key of the row whose code is `code` (trimmed, in any case) in a lookup table; the code is
    /// the subcode, the source code, the special category code or the name of the alert category.
    pub fn id_of(&self, table: &str, code: &str) -> Option<i32> {
        let ids = self.ids.get(table)?;
        ids.get(&code.trim().to_lowercase()).copied()
    }

    /// The codes that [`Standard::id_of`] knows in a table, in the order of the list.
    pub fn codes_of(&self, table: &str) -> Vec<&str> {
        let (Some(lookup), Some(at)) = (self.lookup(table), self.code_position(table)) else {
            return Vec::new();
        };
        lookup
            .rows
            .iter()
            .filter_map(|row| row[at].as_deref())
            .collect()
    }

    /// What to tell somebody who named a code that a table lacks, where there are codes before and behind it:
    /// one that is alike would be a guess.
    pub fn remedy_for_gap(&self, table: &str, code: &str) -> Option<String> {
        let code = code.trim().to_uppercase();
        let (group, _) = code.split_once('.').filter(|_| table == CODES)?;
        let beyond = |own: &&Code| own.group == group && own.subcode > code;
        self.codes.iter().find(beyond)?;
        self.codes.remedy_for_unknown(&code)
    }

    fn code_position(&self, table: &str) -> Option<usize> {
        self.table(table)?.position(code_field(table)?)
    }

    /// A code list must not point at rows that another does not have.
    fn check_references(&self) -> Result<()> {
        for lookup in &self.lookups {
            let fields = self
                .table(&lookup.table)
                .into_iter()
                .flat_map(|table| &table.fields);
            for (at, field) in fields.enumerate() {
                let Some(reference) = &field.references else {
                    continue;
                };
                let known = |key: &str| {
                    let rows = self
                        .lookup(&reference.table)
                        .into_iter()
                        .flat_map(|other| &other.rows);
                    rows.into_iter()
                        .any(|row| row.first().is_some_and(|own| own.as_deref() == Some(key)))
                };
                let cells = lookup.rows.iter().filter_map(|row| row[at].as_deref());
                if let Some(key) = cells.into_iter().find(|key| !known(key)) {
                    let why = format!("{} {key} is not in {}", field.name, reference.table);
                    return Err(blame(&format!("{}.csv", lookup.table), &why));
                }
            }
        }
        Ok(())
    }

    fn lookup_ids(&self) -> HashMap<&'static str, HashMap<String, i32>> {
        let mut all = HashMap::new();
        for name in TABLES {
            let (Some(lookup), Some(at)) = (self.lookup(name), self.code_position(name)) else {
                continue;
            };
            let pairs = lookup.rows.iter().filter_map(|row| {
                let id = row[0].as_deref()?.parse().ok()?;
                Some((row[at].as_deref()?.to_lowercase(), id))
            });
            all.insert(name, pairs.collect());
        }
        all
    }
}

/// The field of a code list that holds the code by which people know its rows.
pub fn code_field(table: &str) -> Option<&'static str> {
    match table {
        CODES => Some("alert_subcode"),
        "source_types" => Some("source_code"),
        "special_category_data_types" => Some("category_code"),
        "alert_categories" => Some("alert_category_name"),
        _ => None,
    }
}

/// The JSON Schema of a document that an operator writes, as text.
pub fn document_schema(name: &str) -> Option<&'static str> {
    EMBEDDED
        .get_file(format!("{name}.schema.json"))?
        .contents_utf8()
}

fn codes(
    tables: &[Table],
    lookups: &[Lookup],
    defaults: &[u8],
) -> std::result::Result<Codes, String> {
    let name = CODES;
    let table = tables.iter().find(|table| table.name == name);
    let lookup = lookups.iter().find(|lookup| lookup.table == name);
    match (table, lookup) {
        (Some(table), Some(lookup)) => Codes::new(table, lookup, defaults),
        _ => Err("the code list is missing".to_owned()),
    }
}

fn blame(file: &str, why: &str) -> Error {
    Error::Standard(format!("{file}: {why}"))
}

/// The files of the standard, each hashed as it is read.
struct Files<'a> {
    dir: Option<&'a Path>,
    hasher: Sha256,
}

impl Files<'_> {
    fn own(&self, name: &str) -> Option<PathBuf> {
        let path = self.dir.map(|dir| dir.join(name));
        path.filter(|path| path.exists())
    }

    fn has_own(&self, name: &str) -> bool {
        self.own(name).is_some()
    }

    fn read(&mut self, name: &str) -> Result<Cow<'static, [u8]>> {
        let own = self.own(name);
        let bytes: Cow<'static, [u8]> = match own {
            Some(path) => std::fs::read(&path)
                .map_err(|error| blame(name, &error.to_string()))?
                .into(),
            None => EMBEDDED
                .get_file(name)
                .ok_or_else(|| blame(name, "missing from the binary"))?
                .contents()
                .into(),
        };
        self.hasher.update(name.as_bytes());
        self.hasher.update((bytes.len() as u64).to_le_bytes());
        self.hasher.update(&bytes);
        Ok(bytes)
    }

    fn read_text(&mut self, name: &str) -> Result<String> {
        let bytes = self.read(name)?;
        String::from_utf8(bytes.into_owned()).map_err(|_| blame(name, "is not UTF-8"))
    }
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
