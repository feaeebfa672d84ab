//! What a run has to say for itself: the ledger, the counts of findings, and what was read with what.
//! One structure feeds `report.json` and the terminal, so the two cannot disagree.

pub mod datapackage;
pub mod ledger;
pub mod not_run;
pub mod references;
pub mod reject_limit;
pub mod text;
pub mod waivers;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::candidate::FlagCounts;
use crate::cell::date_order::OrderEvidence;
use crate::error::Result;
use crate::finding::{Finding, Severity};
use crate::read::InputFacts;
use crate::standard::Standard;
use crate::write::contractor_view::ViewCounts;
use crate::write::folder;
use ledger::Ledger;
use not_run::NotRun;
use references::ReferenceReport;
use reject_limit::RejectLimit;
use waivers::WaiverReport;

/// The report of a run, as it stands in `report.json`. It depends on the inputs, the profiles and the
/// day of the run alone: neither the clock nor the machine nor the number of threads is in it.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The program.
    pub tool: Tool,
    /// The standard that was mapped onto.
    pub standard: StandardUsed,
    /// The day as of which alerts were judged.
    pub as_of: String,
    /// The landlords, in the order given.
    pub landlords: Vec<LandlordReport>,
    /// The inputs of all landlords that were converted.
    pub inputs: Vec<InputReport>,
    /// The reference files that keys were resolved by or checked against.
    pub references: Vec<ReferenceReport>,
    /// The checks that were not run.
    pub not_run: Vec<NotRun>,
    /// The findings that somebody answers for, waiver by waiver.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<WaiverReport>,
    /// The proof that nothing was lost.
    pub ledger: Ledger,
    /// The findings, counted.
    pub findings: FindingCounts,
    /// Distinct values that somebody must decide on.
    pub unmapped_values: usize,
    /// Distinct values that are decided: the standard has no code for them.
    pub gap_values: usize,
}

/// The program that wrote a report.
#[derive(Debug, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// The standard that a run mapped onto.
#[derive(Debug, Serialize)]
pub struct StandardUsed {
    /// What it is called.
    pub name: String,
    /// Edition of the tables.
    pub edition: String,
    /// Release of the code lists.
    pub release: String,
    /// SHA-256 over schemas and code lists.
    pub sha256: String,
    /// SHA-256 of the list of alert codes by itself.
    pub code_list_sha256: String,
}

/// One landlord of a run.
#[derive(Debug, Serialize)]
pub struct LandlordReport {
    /// Code of the landlord; empty where its profile could not be read.
    pub code: String,
    /// Name of the landlord.
    pub name: String,
    /// File name of the profile.
    pub profile: String,
    /// SHA-256 of the profile.
    pub profile_sha256: String,
    /// The files of rules that were read beside the profile.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<FileReport>,
    /// The JSON Schemas of the user's own that the alerts were held against.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schemas: Vec<FileReport>,
    /// How much of its exports may be set aside, where the user says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reject_limit: Option<RejectLimit>,
    /// How much of its active alerts the contractor's view shows, where the profile asks for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contractor_view: Option<ViewCounts>,
    /// Why the landlord was not converted, where it was not.
    pub error: Option<String>,
}

/// A file that was read beside a profile.
#[derive(Debug, Serialize)]
pub struct FileReport {
    /// Its file name.
    pub file: String,
    /// SHA-256 of its text.
    pub sha256: String,
}

/// One input of a run.
#[derive(Debug, Serialize)]
pub struct InputReport {
    /// Code of the landlord.
    pub landlord: String,
    /// Name of the input.
    pub file: String,
    /// Its size in bytes, as stored.
    pub bytes: u64,
    /// SHA-256 of its bytes, as stored.
    pub sha256: String,
    /// How it was read.
    pub dialect: DialectReport,
    /// The columns that left the order of day and month to their cells, and what those have proven.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub date_orders: Vec<DateOrderReport>,
    /// What its columns of flags say; left out where the profile has no flags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<FlagReport>,
    /// What was taken out of its free text; left out where all text stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_text: Option<FreeTextReport>,
}

/// What was taken out of the free text of accepted alerts.
#[derive(Debug, Serialize)]
pub struct FreeTextReport {
    /// What the profile says becomes of free text: `redact` or `drop`.
    pub policy: &'static str,
    /// Texts that were changed or emptied.
    pub texts: u64,
    /// Places in them that a marker has taken.
    pub places: u64,
}

/// What a column's cells say about the order of day and month.
#[derive(Debug, Serialize)]
pub struct DateOrderReport {
    /// Name of the column.
    pub column: String,
    /// `day-month` or `month-day` where one order is proven, `both`, or `unproven`.
    pub order: &'static str,
    /// Cells that are dates with the day first alone.
    pub day_month: u64,
    /// Cells that are dates with the month first alone.
    pub month_day: u64,
    /// Cells that are different days in either order.
    pub ambiguous: u64,
}

impl DateOrderReport {
    /// What the cells of a column of that name say.
    pub fn new(column: &str, evidence: &OrderEvidence) -> DateOrderReport {
        DateOrderReport {
            column: column.to_owned(),
            order: evidence.as_str(),
            day_month: evidence.day_month,
            month_day: evidence.month_day,
            ambiguous: evidence.ambiguous,
        }
    }
}

/// What the cells of one flag say, counted.
#[derive(Debug, Serialize)]
pub struct FlagReport {
    /// The column.
    pub column: String,
    /// It holds; each of these is an alert.
    pub yes: u64,
    /// It does not hold.
    pub no: u64,
    /// The person would not say.
    pub refused: u64,
    /// Nobody knows.
    pub unknown: u64,
    /// Nobody asked.
    pub not_asked: u64,
    /// Nothing.
    pub blank: u64,
    /// No known word; each of these is rejected.
    pub unreadable: u64,
}

impl FlagReport {
    /// The counts of a column.
    pub fn new(column: &str, counts: &FlagCounts) -> FlagReport {
        let [yes, no, refused, unknown, not_asked] = counts.words;
        FlagReport {
            column: column.to_owned(),
            yes,
            no,
            refused,
            unknown,
            not_asked,
            blank: counts.blank,
            unreadable: counts.unreadable,
        }
    }
}

/// How an input was read.
#[derive(Debug, Serialize)]
pub struct DialectReport {
    /// Format.
    pub format: &'static str,
    /// Encoding; `ascii` where nothing else occurred.
    pub encoding: &'static str,
    /// Whether it begins with a byte order mark.
    pub byte_order_mark: bool,
    /// Whether it is compressed.
    pub gzip: bool,
    /// Separator of cells (CSV).
    pub delimiter: Option<String>,
    /// Quote character (CSV).
    pub quote: Option<String>,
    /// Name of the sheet, where the input is a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Character that takes the meaning from a quote behind it (CSV).
    pub escape: Option<String>,
    /// Physical line on which the header begins, counted from 1 (CSV).
    pub header_line: Option<u64>,
    /// Physical lines above the header that are passed over (CSV).
    pub preamble_lines: Option<u64>,
}

impl InputReport {
    /// What is known of an input once it has been read.
    pub fn new(landlord: &str, file: &str, facts: &InputFacts) -> InputReport {
        InputReport {
            landlord: landlord.to_owned(),
            file: file.to_owned(),
            bytes: facts.bytes,
            sha256: facts.sha256.clone(),
            dialect: DialectReport::new(facts),
            date_orders: Vec::new(),
            flags: Vec::new(),
            free_text: None,
        }
    }
}

impl DialectReport {
    fn new(facts: &InputFacts) -> DialectReport {
        let dialect = &facts.dialect;
        let is_csv = dialect.format == crate::dialect::Format::Csv;
        let shown = |byte: u8| char::from(byte).to_string();
        DialectReport {
            format: dialect.format.as_str(),
            encoding: dialect
                .encoding
                .map_or("ascii", |encoding| encoding.as_str()),
            byte_order_mark: dialect.bom,
            gzip: dialect.gzip,
            delimiter: is_csv.then(|| shown(dialect.delimiter)),
            quote: dialect.quote.filter(|_| is_csv).map(shown),
            sheet: dialect.sheet.clone(),
            escape: dialect.escape.filter(|_| is_csv).map(shown),
            header_line: dialect.header_line,
            preamble_lines: is_csv.then_some(facts.preamble_lines),
        }
    }
}

/// Findings, counted.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FindingCounts {
    /// Findings of severity error.
    pub error: u64,
    /// Findings of severity warning.
    pub warning: u64,
    /// Findings of severity info.
    pub info: u64,
    /// Findings that waivers let pass; they are among no other count.
    #[serde(skip_serializing_if = "is_zero")]
    pub waived: u64,
    /// Counts by rule and severity, ordered by rule.
    pub rules: Vec<RuleCount>,
    #[serde(skip)]
    counts: BTreeMap<(&'static str, Severity), RuleCount>,
}

/// Findings of one rule.
#[derive(Debug, Clone, Serialize)]
pub struct RuleCount {
    /// Id of the rule.
    pub rule: &'static str,
    /// Slug of the rule.
    pub slug: &'static str,
    /// How grave the findings are.
    pub severity: &'static str,
    /// How many there are.
    pub count: u64,
    /// The first place: name of the input, and line where the finding is about a record.
    pub first: String,
    /// The columns that they are about, in the order of appearance; the first ten.
    pub columns: Vec<String>,
}

impl RuleCount {
    fn name_column(&mut self, column: &str) {
        const MOST: usize = 10;
        let known = self.columns.iter().any(|own| own == column);
        if !known && !column.is_empty() && self.columns.len() < MOST {
            self.columns.push(column.to_owned());
        }
    }
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl FindingCounts {
    /// Counts a finding in an input of that name.
    pub fn add(&mut self, finding: &Finding, file: &str) {
        let first = || match finding.line {
            0 => file.to_owned(),
            line => format!("{file}:{line}"),
        };
        let counted = self
            .counts
            .entry((finding.rule(), finding.severity))
            .or_insert_with(|| RuleCount {
                rule: finding.rule(),
                slug: finding.remark.rule.slug,
                severity: finding.severity.as_str(),
                count: 0,
                first: first(),
                columns: Vec::new(),
            });
        counted.count += 1;
        counted.name_column(&finding.remark.column);
        *match finding.severity {
            Severity::Error => &mut self.error,
            Severity::Warning => &mut self.warning,
            Severity::Info => &mut self.info,
            Severity::Waived => &mut self.waived,
        } += 1;
    }

    /// Adds the counts of a landlord; `place` goes in front of the places that it names.
    pub fn merge(&mut self, other: &FindingCounts, place: &str) {
        self.error += other.error;
        self.warning += other.warning;
        self.info += other.info;
        self.waived += other.waived;
        for (key, counted) in &other.counts {
            match self.counts.get_mut(key) {
                Some(own) => {
                    own.count += counted.count;
                    for column in &counted.columns {
                        own.name_column(column);
                    }
                }
                None => {
                    let first = format!("{place}{}", counted.first);
                    let counted = RuleCount {
                        first,
                        ..counted.clone()
                    };
                    self.counts.insert(*key, counted);
                }
            }
        }
        self.rules = self.counts.values().cloned().collect();
    }

    /// The gravest severity that occurs.
    pub fn gravest(&self) -> Option<Severity> {
        self.counts.keys().map(|(_, severity)| *severity).max()
    }
}

impl Report {
    /// A report that says nothing yet of landlords and inputs.
    pub fn new(standard: &Standard, as_of: &str) -> Report {
        Report {
            tool: Tool {
                name: "pac",
                version: env!("CARGO_PKG_VERSION"),
            },
            standard: StandardUsed {
                name: standard.name.clone(),
                edition: standard.edition.clone(),
                release: standard.release.clone(),
                sha256: standard.hash.clone(),
                code_list_sha256: standard.code_list_hash.clone(),
            },
            as_of: as_of.to_owned(),
            landlords: Vec::new(),
            inputs: Vec::new(),
            references: Vec::new(),
            not_run: Vec::new(),
            waivers: Vec::new(),
            ledger: Ledger::default(),
            findings: FindingCounts::default(),
            unmapped_values: 0,
            gap_values: 0,
        }
    }

    /// Writes `report.json`.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        write_json(path, self)
    }
}

/// Writes a value as indented JSON.
fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<()> {
    use std::io::Write;
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|error| crate::error::Error::Internal(error.to_string()))?;
    let mut file = folder::create_file(path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.write_all(b"\n"));
    written.map_err(|error| crate::error::Error::output(path, &error))
}
