//! `pac codes`: the codes of the standard, for people who map onto them.

use std::io::Write;

use clap::{Subcommand, ValueEnum};

use super::{code_lists, code_search, json, print};
use crate::error::{Error, Result};
use crate::standard::{Code, Standard};

/// Arguments of `pac codes`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What is asked of the codes.
    #[command(subcommand)]
    pub action: Action,
    /// How to print
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// What is asked of the codes.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// List every code
    List,
    /// Show all that is known of one code
    Show {
        /// The code, such as MED1.01, in any case
        code: String,
    },
    /// Find the codes that words mean, or in whose names or support text every word occurs
    Search {
        /// The words, as people write them
        #[arg(required = true, value_name = "WORD")]
        words: Vec<String>,
    },
    /// Print a code list as a file for --standard
    Export {
        /// Table of the list, such as person_alert_codes
        table: String,
    },
    /// Check the code lists of --standard, without any alerts; the exit code is 1 where one has errors
    Check,
}

/// How `pac codes` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Text,
    /// One object, or an array of them
    Json,
    /// A header and one line a code
    Csv,
}

/// A code with the names of what it refers to, in the standard's terms.
#[derive(serde::Serialize)]
struct Row<'a> {
    person_alert_code_id: i32,
    alert_code: &'a str,
    alert_subcode: &'a str,
    alert_category: &'a str,
    alert_name: &'a str,
    alert_subname: &'a str,
    is_critical: bool,
    is_awaab_relevant: bool,
    repairs_impact: &'a str,
    support_required: &'a str,
    default_special_category: &'a str,
    default_confidentiality: &'a str,
    contractor_may_see: &'a str,
}

/// Lists, shows or searches the codes, or checks their lists; returns the exit code.
///
/// # Errors
/// When the code to show is not in the list, or `out` cannot be written.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<u8> {
    let (mut before, mut behind) = (String::new(), String::new());
    let codes: Vec<&Code> = match &args.action {
        Action::List => standard.codes.iter().collect(),
        Action::Show { code } => vec![known(standard, code)?],
        Action::Search { words } => {
            let found = code_search::search(standard, &words.join(" "));
            (before, behind) = (found.before, found.behind);
            found.codes
        }
        Action::Export { table } => return code_lists::export(standard, table, out),
        Action::Check => return code_lists::check(standard, args.format, out),
    };
    let rows: Vec<Row<'_>> = codes.iter().map(|code| row(standard, code)).collect();
    let text = match (args.format, &args.action, rows.as_slice()) {
        (Format::Text, Action::Show { .. }, [row]) => card(row),
        (Format::Text, ..) => before + &lines(&rows) + &behind,
        (Format::Json, Action::Show { .. }, [row]) => json(row)?,
        (Format::Json, ..) => json(&rows)?,
        (Format::Csv, ..) => csv_text(rows.iter())?,
    };
    print(out, text.as_bytes())?;
    Ok(0)
}

fn known<'a>(standard: &'a Standard, asked: &str) -> Result<&'a Code> {
    standard.codes.by_subcode(asked).ok_or_else(|| {
        let remedy = standard.codes.remedy_for_unknown(asked);
        let remedy = remedy.unwrap_or_else(|| {
            "`pac codes list` shows them all, `pac codes search` finds them by words".to_owned()
        });
        Error::Usage(format!("{asked}: the standard has no such code; {remedy}"))
    })
}

fn row<'a>(standard: &'a Standard, code: &'a Code) -> Row<'a> {
    let categories = "alert_categories";
    let category = standard
        .codes_of(categories)
        .into_iter()
        .find(|name| standard.id_of(categories, name) == Some(code.category_id));
    Row {
        person_alert_code_id: code.id,
        alert_code: &code.group,
        alert_subcode: &code.subcode,
        alert_category: category.unwrap_or_default(),
        alert_name: &code.name,
        alert_subname: &code.subname,
        is_critical: code.is_critical,
        is_awaab_relevant: code.is_awaab_relevant,
        repairs_impact: &code.repairs_impact,
        support_required: &code.support_required,
        default_special_category: &code.special_category,
        default_confidentiality: &code.confidentiality,
        contractor_may_see: &code.contractor_may_see,
    }
}

fn lines(rows: &[Row<'_>]) -> String {
    let line = |row: &Row<'_>| {
        let critical = if row.is_critical { "critical" } else { "" };
        let line = format!(
            "{:<10} {critical:<8}  {}: {}",
            row.alert_subcode, row.alert_name, row.alert_subname
        );
        line + "\n"
    };
    rows.iter().map(line).collect()
}

fn card(row: &Row<'_>) -> String {
    let yes = |flag: bool| if flag { "yes" } else { "no" }.to_owned();
    let facts = [
        ("group", format!("{} {}", row.alert_code, row.alert_name)),
        ("category", row.alert_category.to_owned()),
        ("key", row.person_alert_code_id.to_string()),
        ("critical", yes(row.is_critical)),
        ("Awaab's Law", yes(row.is_awaab_relevant)),
        ("repairs impact", row.repairs_impact.to_owned()),
        ("support", row.support_required.to_owned()),
    ];
    let defaults = [
        ("special category", row.default_special_category),
        ("confidentiality", row.default_confidentiality),
        ("contractor may see", row.contractor_may_see),
    ];
    let mut text = format!("{}  {}\n", row.alert_subcode, row.alert_subname);
    for (name, value) in facts {
        text.push_str(&format!("  {name:<20}{value}\n"));
    }
    text.push_str("by default\n");
    for (name, value) in defaults {
        text.push_str(&format!("  {name:<20}{value}\n"));
    }
    text
}

/// A header, and a line a row.
pub(super) fn csv_text<R: serde::Serialize>(rows: impl Iterator<Item = R>) -> Result<String> {
    let internal = |error: &dyn std::fmt::Display| Error::Internal(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.serialize(row).map_err(|error| internal(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| internal(&error))?;
    String::from_utf8(bytes).map_err(|error| internal(&error))
}
