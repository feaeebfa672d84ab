//! `report.html`: one file that needs nothing else, neither network nor scripts. Everything on it comes from
//! an [`Account`], so it can be made again at any time from what a run has written.

mod appendix;
mod comparison;
mod findings;
mod fixes;
mod landlords;
mod ledger;
mod months;
mod overview;
mod picture;
mod unmapped;

use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Report;
use super::account::Account;
use super::audience::Audience;
use crate::error::{Error, Result};
use crate::suggest::Suggester;
use crate::write::folder;

const STYLE: &str = include_str!("style.css");
const TEMPLATE: &str = include_str!("report.html");
/// The name by which the template is known; its ending has all that is put in escaped.
const NAME: &str = "report.html";

/// Everything that the page shows.
#[derive(Debug, Serialize)]
struct Page {
    style: &'static str,
    /// The only style that the page lets count.
    style_hash: String,
    #[serde(flatten)]
    head: overview::Head,
    verdict: overview::Verdict,
    figures: Vec<overview::Figure>,
    comparison: Option<comparison::Comparison>,
    ledger: ledger::Ledger,
    fixes: fixes::Fixes,
    looks: Vec<fixes::Look>,
    landlords: Option<landlords::Landlords>,
    findings: findings::Findings,
    unmapped: unmapped::Unmapped,
    portrait: Option<picture::Picture>,
    appendix: appendix::Appendix,
}

/// Writes the page about a run into a file that must not exist yet.
///
/// # Errors
/// Why it cannot be written.
pub fn write(
    path: &Path,
    account: &Account,
    audience: Audience,
    suggester: Option<&Suggester>,
) -> Result<()> {
    let page = render(account, None, audience, suggester)?;
    let mut file = folder::create_file(path)?;
    let written = file.write_all(page.as_bytes());
    written.map_err(|error| Error::output(path, &error))
}

/// The page about a run, and what has changed since an earlier one. A suggester proposes codes for the
/// values that have none, where they are shown.
///
/// # Errors
/// [`Error::Internal`] where the template does not fit.
pub fn render(
    account: &Account,
    earlier: Option<&Report>,
    audience: Audience,
    suggester: Option<&Suggester>,
) -> Result<String> {
    let report = &account.report;
    let page = Page {
        style: STYLE,
        style_hash: format!("sha256-{}", STANDARD.encode(Sha256::digest(STYLE))),
        head: overview::head(report, audience),
        verdict: overview::verdict(report, audience),
        figures: overview::figures(report, audience),
        comparison: earlier.map(|earlier| comparison::comparison(earlier, report)),
        ledger: ledger::ledger(report, audience),
        fixes: fixes::fixes(account, audience),
        looks: fixes::looks(report, audience),
        landlords: landlords::landlords(report, audience),
        findings: findings::findings(report, audience),
        unmapped: unmapped::unmapped(account, audience, suggester),
        portrait: picture::picture(report, audience),
        appendix: appendix::appendix(report, audience),
    };
    let failed = |error: minijinja::Error| Error::Internal(format!("report.html: {error:#}"));
    let mut environment = Environment::new();
    environment.add_template(NAME, TEMPLATE).map_err(failed)?;
    let template = environment.get_template(NAME).map_err(failed)?;
    template.render(Serde(page)).map_err(failed)
}
