//! The appendix: versions, inputs, waivers, and what was not checked.

use std::collections::BTreeMap;

use serde::Serialize;

use super::overview::MOST_NAME;
use crate::report::Report;
use crate::report::audience::Audience;
use crate::report::inputs::{DialectReport, InputReport};
use crate::report::numerals::{number, plural};
use crate::report::shown::shown;

/// Inputs, profiles and waivers that are listed.
const MOST: usize = 200;

#[derive(Debug, Serialize)]
pub(super) struct Appendix {
    /// Whether bytes and hashes of inputs, and what is said of waivers, are told.
    in_full: bool,
    versions: Vec<Fact>,
    inputs: Vec<Input>,
    more_inputs: String,
    waivers: Vec<Waiver>,
    not_run: Vec<NotRun>,
    not_run_label: String,
}

#[derive(Debug, Serialize)]
struct Fact {
    name: String,
    value: String,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct Input {
    name: String,
    dialect: String,
    bytes: String,
    sha256: String,
}

#[derive(Debug, Serialize)]
struct Waiver {
    rule: String,
    slug: String,
    count: String,
    reason: String,
    owner: String,
    expires: String,
}

#[derive(Debug, Serialize)]
struct NotRun {
    check: String,
    why: String,
    landlords: String,
}

pub(super) fn appendix(report: &Report, audience: Audience) -> Appendix {
    let inputs = report.inputs.iter().take(MOST);
    let waivers = report.waivers.iter().take(MOST);
    let not_run = not_run(report);
    let others = audience.is_others();
    let told = |text: String| if others { String::new() } else { text };
    Appendix {
        in_full: !others,
        versions: versions(report),
        inputs: match others {
            true => dialects(report),
            false => inputs.map(|own| input(own, report)).collect(),
        },
        more_inputs: match report.inputs.len().saturating_sub(MOST) {
            _ if others => String::new(),
            0 => String::new(),
            more => format!("{} more are in report.json.", number(more as u64)),
        },
        waivers: waivers
            .map(|own| Waiver {
                rule: own.rule.to_string(),
                slug: own.slug.to_string(),
                count: told(number(own.count)),
                reason: told(shown(&own.reason, 2 * MOST_NAME)),
                owner: told(shown(&own.owner, MOST_NAME)),
                expires: match own.expired {
                    true => format!("{}, which has passed", own.expires),
                    false => own.expires.clone(),
                },
            })
            .collect(),
        not_run_label: plural(not_run.len() as u64, "check"),
        not_run,
    }
}

fn versions(report: &Report) -> Vec<Fact> {
    let fact = |name: &str, value: String, kind| Fact {
        name: name.to_owned(),
        value,
        kind,
    };
    let standard = &report.standard;
    let mut facts = vec![
        fact(
            "Program",
            format!("{} {}", report.tool.name, report.tool.version),
            "",
        ),
        fact(
            "Standard",
            format!("{}, edition {}", standard.name, standard.edition),
            "",
        ),
        fact("Release of the code lists", standard.release.clone(), ""),
        fact(
            "SHA-256 of schemas and code lists",
            standard.sha256.clone(),
            "hash code",
        ),
        fact("Day of the run", report.days(), ""),
    ];
    for landlord in report.landlords.iter().take(MOST) {
        let profile = shown(&landlord.profile, MOST_NAME);
        let name = format!("SHA-256 of {profile} ({})", landlord.code);
        facts.push(fact(&name, landlord.profile_sha256.clone(), "hash code"));
        for file in landlord.rules.iter().chain(&landlord.schemas) {
            let name = format!(
                "SHA-256 of {} ({})",
                shown(&file.file, MOST_NAME),
                landlord.code
            );
            facts.push(fact(&name, file.sha256.clone(), "hash code"));
        }
    }
    for file in report.references.iter().take(MOST) {
        let name = format!(
            "SHA-256 of {}, a file of {} ({})",
            shown(&file.file, MOST_NAME),
            file.list,
            file.landlord
        );
        facts.push(fact(&name, file.sha256.clone(), "hash code"));
    }
    facts
}

/// How the inputs were read, without their names and sizes.
fn dialects(report: &Report) -> Vec<Input> {
    let mut known: BTreeMap<String, u64> = BTreeMap::new();
    for input in &report.inputs {
        *known.entry(dialect(&input.dialect)).or_default() += 1;
    }
    let inputs = known.into_iter().map(|(dialect, count)| Input {
        name: plural(count, "input"),
        dialect,
        bytes: String::new(),
        sha256: String::new(),
    });
    inputs.collect()
}

fn input(input: &InputReport, report: &Report) -> Input {
    let name = shown(&input.file, MOST_NAME);
    Input {
        name: match report.landlords.len() {
            1 => name,
            _ => format!("{} {name}", input.landlord),
        },
        dialect: dialect(&input.dialect),
        bytes: number(input.bytes),
        sha256: input.sha256.clone(),
    }
}

fn dialect(dialect: &DialectReport) -> String {
    let mut words = vec![format!("{} in {}", dialect.format, dialect.encoding)];
    if dialect.byte_order_mark {
        words.push("with a byte order mark".to_owned());
    }
    if dialect.gzip {
        words.push("gzip".to_owned());
    }
    let delimiter = dialect
        .delimiter
        .as_deref()
        .map(|delimiter| match delimiter {
            "\t" => "separated by tabs".to_owned(),
            "," => "separated by commas".to_owned(),
            ";" => "separated by semicolons".to_owned(),
            other => format!("separated by “{}”", shown(other, MOST_NAME)),
        });
    words.extend(delimiter);
    words.extend(
        dialect
            .quote
            .as_deref()
            .map(|quote| format!("quoted by {}", shown(quote, MOST_NAME))),
    );
    words.extend(
        dialect
            .sheet
            .as_deref()
            .map(|sheet| format!("sheet {}", shown(sheet, MOST_NAME))),
    );
    words.extend(
        dialect
            .header_line
            .map(|line| format!("header in line {line}")),
    );
    words.join(", ")
}

/// The checks that were not run, those of many landlords together.
fn not_run(report: &Report) -> Vec<NotRun> {
    let mut known: BTreeMap<(String, &str), Vec<&str>> = BTreeMap::new();
    for own in &report.not_run {
        let check = match (&own.rule, &own.slug, &own.check) {
            (Some(rule), Some(slug), _) => format!("{rule} {slug}"),
            (_, _, Some(check)) => check.to_string(),
            _ => String::new(),
        };
        known
            .entry((check, &own.why))
            .or_default()
            .push(&own.landlord);
    }
    let rows = known.into_iter().map(|((check, why), mut landlords)| {
        landlords.dedup();
        NotRun {
            check,
            why: shown(why, 2 * MOST_NAME),
            landlords: match landlords.as_slice() {
                few if few.len() <= 3 => few.join(", "),
                many => plural(many.len() as u64, "landlord"),
            },
        }
    });
    rows.collect()
}
