//! `pac rules`: what is checked, why, and what to do about it.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use serde::Serialize;

use super::{json, print};
use crate::check::explanation;
use crate::check::rule::Rule;
use crate::check::rules::{RULES, find};
use crate::check::settable::settable_rules;
use crate::check::settings::RuleSettings;
use crate::error::{Error, Result};
use crate::profile::document::did_you_mean;
use crate::profile::{self, Allowances, rules_section};
use crate::standard::Standard;

/// Arguments of `pac rules`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// What is to be done.
    #[command(subcommand)]
    pub action: Action,
}

/// What can be done with the rules.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// List all rules
    List {
        /// How to print them
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: Format,
        /// Profile whose severities are listed in place of the usual ones
        #[arg(long, value_name = "FILE")]
        profile: Option<PathBuf>,
        /// File of rules whose severities are listed, where the profile does not say otherwise
        #[arg(long, value_name = "FILE")]
        rules: Option<PathBuf>,
    },
    /// Explain one rule: what it says, why, and what to do
    Explain {
        /// Id or name of the rule, such as PAC404 or end_before_start
        #[arg(value_name = "RULE")]
        rule: String,
    },
}

/// How rules are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

#[derive(Serialize)]
struct Listed {
    rule: &'static str,
    slug: &'static str,
    severity: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    thresholds: BTreeMap<&'static str, i64>,
    effect: &'static str,
    docs: &'static str,
    fix: &'static str,
}

/// Prints the rules.
///
/// # Errors
/// No rule has that name, or the profile or the file of rules has problems.
pub fn run(standard: &Standard, args: &Args, out: &mut dyn Write) -> Result<()> {
    match &args.action {
        Action::List {
            format,
            profile,
            rules,
        } => {
            let settings = settings(standard, profile.as_deref(), rules.as_deref())?;
            let text = match format {
                Format::Text => RULES.iter().map(|rule| line(rule, &settings)).collect(),
                Format::Json => {
                    let listed = RULES.iter().map(|rule| listed(rule, &settings));
                    json(&listed.collect::<Vec<_>>())?
                }
            };
            print(out, text.as_bytes())
        }
        Action::Explain { rule } => match find(rule) {
            Some(rule) => print(out, explanation::text(rule, standard).as_bytes()),
            None => {
                let known = RULES.iter().flat_map(|rule| [rule.id, rule.slug]);
                let near = did_you_mean(rule, known);
                Err(Error::Usage(format!(
                    "{rule} is no rule{near}; pac rules list names them all"
                )))
            }
        },
    }
}

/// What a profile and a file of rules have set.
fn settings(
    standard: &Standard,
    profile: Option<&Path>,
    file: Option<&Path>,
) -> Result<RuleSettings> {
    let settable = settable_rules(standard);
    let shared = file.map(|file| rules_section::read_file(file, &settable, standard));
    let mut rules = shared.transpose()?.unwrap_or_default();
    if let Some(path) = profile {
        // what it allows besides has no bearing on rules
        let allowances = Allowances { draft: true };
        let profile = profile::load(path, standard, allowances, &settable)?;
        rules = rules.with(profile.rules);
    }
    Ok(RuleSettings::of(&rules))
}

/// The word for the severity that is in force.
fn severity(rule: &Rule, settings: &RuleSettings) -> &'static str {
    match settings.is_off(rule) {
        true => "off",
        false => settings.severity(rule).unwrap_or(rule.severity).as_str(),
    }
}

fn line(rule: &Rule, settings: &RuleSettings) -> String {
    let severity = severity(rule, settings);
    let docs = rule.first_sentence();
    format!("{}  {severity:<8} {:<26} {docs}\n", rule.id, rule.slug)
}

fn listed(rule: &Rule, settings: &RuleSettings) -> Listed {
    let thresholds = rule.thresholds.iter();
    Listed {
        rule: rule.id,
        slug: rule.slug,
        severity: severity(rule, settings),
        thresholds: thresholds
            .map(|own| (own.name, settings.threshold(rule, own.name)))
            .collect(),
        effect: rule.effect.as_str(),
        docs: rule.docs,
        fix: rule.fix,
    }
}
