//! The alert codes with what each implies for a record: criticality, category, and the defaults
//! that stand in where a landlord's export says nothing.

use std::collections::HashMap;

use super::lookup::Lookup;
use super::table::Table;

/// One standard code with its flags and defaults.
#[derive(Debug, Clone)]
pub struct Code {
    /// Key of the code, frozen by the code list.
    pub id: i32,
    /// The group, such as `MED1`.
    pub group: String,
    /// The code, such as `MED1.01`.
    pub subcode: String,
    /// Key of its category.
    pub category_id: i32,
    /// Name of the group.
    pub name: String,
    /// Name of the code.
    pub subname: String,
    /// Whether somebody is in danger when the alert is missed.
    pub is_critical: bool,
    /// Whether the alert bears on hazards under Awaab's Law.
    pub is_awaab_relevant: bool,
    /// How much the alert bears on repairs: High, Medium, Low or None.
    pub repairs_impact: String,
    /// What a visitor is to do, without telling why.
    pub support_required: String,
    /// Code of the special category that the alert falls under by default, such as `HEALTH`.
    pub special_category: String,
    /// Confidentiality level that the alert has by default.
    pub confidentiality: String,
    /// How much of the alert a contractor may see.
    pub contractor_may_see: String,
}

impl Code {
    /// Whether the alert may never be held as Public: health, sex life and ethnicity data, and
    /// everything about safeguarding.
    pub fn needs_privacy(&self) -> bool {
        matches!(
            self.special_category.as_str(),
            "HEALTH" | "SEX_LIFE" | "ETHNICITY"
        ) || self.group.starts_with("SAF")
    }
}

/// The group of codes that are a landlord's own.
const LOCAL: &str = "LOCAL";
/// How many characters may follow `LOCAL-`.
const MOST_LOCAL: usize = 9;

/// Whether a code is a landlord's own: `LOCAL-` and up to nine characters, in the group `LOCAL`.
pub fn is_local(group: &str, subcode: &str) -> bool {
    let own = subcode.strip_prefix(LOCAL);
    let own = own.and_then(|rest| rest.strip_prefix('-'));
    let fits = |own: &str| (1..=MOST_LOCAL).contains(&own.chars().count());
    group == LOCAL && own.is_some_and(fits)
}

/// What a code list says of a subcode beyond the standard's own columns.
#[derive(Debug, Clone, serde::Deserialize)]
pub(super) struct CodeDefaults {
    alert_subcode: String,
    default_special_category: String,
    default_confidentiality: String,
    contractor_may_see: String,
}

/// All codes, found by subcode in any case, or by key.
#[derive(Debug, Clone)]
pub struct Codes {
    rows: Vec<Code>,
    by_subcode: HashMap<String, usize>,
    by_id: HashMap<i32, usize>,
}

impl Codes {
    pub(super) fn new(table: &Table, lookup: &Lookup, defaults: &[u8]) -> Result<Codes, String> {
        let mut known: HashMap<String, CodeDefaults> = HashMap::new();
        for row in csv::Reader::from_reader(defaults).into_deserialize() {
            let row: CodeDefaults = row.map_err(|error| error.to_string())?;
            known.insert(row.alert_subcode.to_lowercase(), row);
        }
        let rows = lookup
            .rows
            .iter()
            .map(|row| code(table, row, &known))
            .collect::<Result<Vec<_>, _>>()?;
        let places = || rows.iter().enumerate();
        Ok(Codes {
            by_subcode: places()
                .map(|(at, c)| (c.subcode.to_lowercase(), at))
                .collect(),
            by_id: places().map(|(at, c)| (c.id, at)).collect(),
            rows,
        })
    }

    /// The codes in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = &Code> {
        self.rows.iter()
    }

    /// How many codes the list has.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the list has no code.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The code with that subcode, trimmed and in any case.
    pub fn by_subcode(&self, subcode: &str) -> Option<&Code> {
        let at = self.by_subcode.get(&subcode.trim().to_lowercase())?;
        self.rows.get(*at)
    }

    /// The code with that key.
    pub fn by_id(&self, id: i32) -> Option<&Code> {
        self.rows.get(*self.by_id.get(&id)?)
    }
}

fn code(
    table: &Table,
    row: &[Option<String>],
    known: &HashMap<String, CodeDefaults>,
) -> Result<Code, String> {
    let text = |name: &str| -> String {
        let cell = table.position(name).and_then(|at| row[at].as_deref());
        cell.unwrap_or_default().to_owned()
    };
    let number = |name: &str| {
        text(name)
            .parse::<i32>()
            .map_err(|_| format!("{name} is no number"))
    };
    let subcode = text("alert_subcode");
    // A code that our defaults do not know is guarded as if it were about health.
    let defaults = known.get(&subcode.to_lowercase());
    let or = |value: Option<&String>, safe: &str| value.cloned().unwrap_or_else(|| safe.to_owned());
    Ok(Code {
        id: number("person_alert_code_id")?,
        group: text("alert_code"),
        category_id: number("alert_category_id")?,
        name: text("alert_name"),
        subname: text("alert_subname"),
        is_critical: text("is_critical") == "true",
        is_awaab_relevant: text("is_awaab_relevant") == "true",
        repairs_impact: text("repairs_impact"),
        support_required: text("support_required"),
        special_category: or(defaults.map(|d| &d.default_special_category), "HEALTH"),
        confidentiality: or(defaults.map(|d| &d.default_confidentiality), "Restricted"),
        contractor_may_see: or(defaults.map(|d| &d.contractor_may_see), "none"),
        subcode,
    })
}
