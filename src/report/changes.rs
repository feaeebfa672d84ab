//! What there is to say of the changes between two snapshots: one structure for `report.json` and the
//! terminal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Tool;
use super::change_counts::ChangeCounts;
use super::numerals::{number, plural};

/// The report of a comparison, as it stands in its `report.json`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DiffReport {
    /// The program.
    pub tool: Tool,
    /// What has changed.
    #[serde(flatten)]
    pub changes: ChangesReport,
}

/// The changes between two snapshots.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChangesReport {
    /// The older snapshot.
    pub older: SnapshotUsed,
    /// The newer one.
    pub newer: SnapshotUsed,
    /// The landlords of the newer one.
    pub landlords: Vec<LandlordChanges>,
    /// The landlords that only the older one has.
    pub landlords_missing: Vec<LandlordName>,
    /// The counts of all landlords together.
    pub total: ChangeCounts,
    /// What the code lists say otherwise, and no landlord has changed.
    pub code_lists: Vec<ListDrift>,
}

/// How a landlord is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LandlordName {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// One field of a code list in which two snapshots differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListDrift {
    /// The code list.
    pub table: String,
    /// The field; `code` where the code itself is in one list only.
    pub field: String,
    /// The codes, each with what stood and what stands there; nothing where a list lacks the code.
    pub codes: BTreeMap<String, [Option<String>; 2]>,
    /// Alerts of the newer snapshot that have such a code.
    pub alerts: u64,
}

/// A snapshot that was compared.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SnapshotUsed {
    /// Day as of which it was made.
    pub as_of: String,
    /// SHA-256 of its list of alert codes.
    pub code_list_sha256: String,
}

/// What became of one landlord's alerts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LandlordChanges {
    /// Code of the landlord.
    pub code: String,
    /// Its alerts, counted.
    #[serde(flatten)]
    pub counts: ChangeCounts,
    /// How many alerts have changed in which field.
    pub fields: BTreeMap<String, u64>,
}

impl LandlordChanges {
    /// What became of a landlord's alerts; nothing is said yet of fields.
    pub fn of(code: &str, counts: ChangeCounts) -> LandlordChanges {
        LandlordChanges {
            code: code.to_owned(),
            counts,
            fields: BTreeMap::new(),
        }
    }
}

impl ChangesReport {
    /// Adds a landlord.
    pub fn add(&mut self, own: LandlordChanges) {
        self.total.add(&own.counts);
        self.landlords.push(own);
    }

    /// The changes in words.
    pub fn text(&self) -> String {
        let who = match self.landlords.as_slice() {
            [only] => only.code.clone(),
            several => plural(several.len() as u64, "landlord"),
        };
        let (older, newer) = (&self.older.as_of, &self.newer.as_of);
        let mut lines = vec![format!("{who}, from {older} to {newer}")];
        lines.extend(sums(&self.total, ["before      ", "after       "]));
        lines.extend(details(&self.total));
        let drifts = self.code_lists.iter();
        lines.extend(drifts.map(|drift| format!("  code lists  {}", drift.text())));
        if !self.landlords_missing.is_empty() {
            let missing = self.landlords_missing.iter().map(|own| own.code.as_str());
            let missing: Vec<&str> = missing.collect();
            let missing = missing.join(", ");
            lines.push(format!(
                "  missing     {missing}: only the older snapshot has them"
            ));
        }
        let mut fields: BTreeMap<&str, u64> = BTreeMap::new();
        for (field, count) in self.landlords.iter().flat_map(|own| &own.fields) {
            *fields.entry(field).or_default() += count;
        }
        lines.extend(changed_fields(&fields));
        lines.join("\n") + "\n"
    }

    /// The sums in words, for the summary of a conversion.
    pub(super) fn sums(&self) -> [String; 2] {
        let since = format!("since       on {}, ", self.older.as_of);
        sums(&self.total, [&since, "now         "])
    }
}

impl ListDrift {
    fn text(&self) -> String {
        const MOST: usize = 5;
        let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
        let codes = self.codes.iter().take(MOST);
        let mut codes: Vec<String> = codes
            .map(|(code, [old, new])| match self.field.as_str() {
                // texts are too long for a summary
                "support_required" | "description" => code.clone(),
                _ => format!("{code} {} → {}", word(old), word(new)),
            })
            .collect();
        if self.codes.len() > MOST {
            codes.push(format!("{} more", self.codes.len() - MOST));
        }
        format!(
            "{}: {}; {}",
            self.field,
            codes.join(", "),
            plural(self.alerts, "alert")
        )
    }
}

/// What became of the alerts of both snapshots, a line for each, with such words in front.
fn sums(counts: &ChangeCounts, [before, after]: [&str; 2]) -> [String; 2] {
    let mut before = format!(
        "  {before}{} alerts = {} unchanged + {} updated + {} deleted + {} vanished",
        number(counts.live_before()),
        number(counts.unchanged),
        number(counts.updated),
        number(counts.deleted),
        number(counts.vanished),
    );
    if counts.returned > 0 {
        before.push_str(&format!(" - {} that had vanished", number(counts.returned)));
    }
    let after = format!(
        "  {after}{} alerts = {} unchanged + {} updated + {} inserted",
        number(counts.live_after()),
        number(counts.unchanged),
        number(counts.updated),
        number(counts.inserted + counts.revived),
    );
    [before, after]
}

fn details(counts: &ChangeCounts) -> Vec<String> {
    let all = [
        (
            counts.touched,
            "updated in nothing but the time or the user of the last change",
        ),
        (counts.still_absent, "absent before and still absent"),
        (
            counts.deleted_later,
            "absent before, and taken for deleted this time",
        ),
        (
            counts.set_aside,
            "vanished, because the export holds them and they were set aside",
        ),
        (
            counts.undecided,
            "not deleted, because they may be among what was set aside without a known key",
        ),
        (counts.revived, "deleted before, and inserted again"),
        (
            counts.found_without_key,
            "found by person, code and start date, having no key",
        ),
        (
            counts.rekeyed,
            "under another key of the landlord's own than before",
        ),
        (
            counts.recoded,
            "updated in nothing but the code, because the crosswalk has changed",
        ),
        (
            counts.ambiguous_old,
            "vanished, or there under another key: several fit, none was chosen",
        ),
        (
            counts.ambiguous_new,
            "inserted, or there before under another key: several fit, none was chosen",
        ),
    ];
    let some = all.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, what)| format!("    {:>9}  {what}", number(count)))
        .collect()
}

fn changed_fields(fields: &BTreeMap<&str, u64>) -> Vec<String> {
    if fields.is_empty() {
        return Vec::new();
    }
    let mut most: Vec<_> = fields.iter().collect();
    most.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let mut lines = vec!["  fields changed".to_owned()];
    lines.extend(
        most.iter()
            .map(|(field, count)| format!("    {:>9}  {field}", number(**count))),
    );
    lines
}
