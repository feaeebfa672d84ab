//! `pac rules`: what is checked, why, and what to do about it.

use std::fmt::Write as _;
use std::io::Write;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use serde::Serialize;

use super::{json, print};
use crate::check::rule::{Escalation, Rule};
use crate::check::rules::{RULES, find};
use crate::error::{Error, Result};
use crate::profile::document::did_you_mean;

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
    effect: &'static str,
    docs: &'static str,
    fix: &'static str,
}

/// Prints the rules.
///
/// # Errors
/// No rule has that name.
pub fn run(args: &Args, out: &mut dyn Write) -> Result<()> {
    match &args.action {
        Action::List {
            format: Format::Text,
        } => {
            let lines = RULES.iter().map(|rule| {
                format!(
                    "{}  {:<8} {:<26} {}\n",
                    rule.id,
                    rule.severity.as_str(),
                    rule.slug,
                    first_sentence(rule)
                )
            });
            print(out, lines.collect::<String>().as_bytes())
        }
        Action::List {
            format: Format::Json,
        } => {
            let listed: Vec<Listed> = RULES.iter().map(|rule| listed(rule)).collect();
            print(out, json(&listed)?.as_bytes())
        }
        Action::Explain { rule } => match find(rule) {
            Some(rule) => print(out, explanation(rule).as_bytes()),
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

fn listed(rule: &Rule) -> Listed {
    Listed {
        rule: rule.id,
        slug: rule.slug,
        severity: rule.severity.as_str(),
        effect: rule.effect.as_str(),
        docs: rule.docs,
        fix: rule.fix,
    }
}

fn first_sentence(rule: &Rule) -> &'static str {
    rule.docs.split(". ").next().unwrap_or_default()
}

fn explanation(rule: &Rule) -> String {
    let mut text = String::new();
    let severity = match rule.escalates {
        Escalation::Never => rule.severity.as_str().to_owned(),
        Escalation::WhereRequired => format!(
            "{}; error where the standard requires the field, or with policy.unreadable = \"reject\"",
            rule.severity.as_str()
        ),
        Escalation::WithoutAutoclose => {
            format!(
                "{}; error with policy.autoclose = false",
                rule.severity.as_str()
            )
        }
    };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{} {}", rule.id, rule.slug);
    let _ = writeln!(text, "\n{}\n", rule.docs);
    let _ = writeln!(text, "severity  {severity}");
    let _ = writeln!(text, "effect    {}", rule.effect.as_str());
    if !rule.reads.is_empty() {
        let _ = writeln!(text, "reads     {}", rule.reads.join(", "));
    }
    let _ = writeln!(text, "remedy    {}", rule.fix);
    text
}
