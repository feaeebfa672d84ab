//! The accounts of several runs as one: landlords that were converted by themselves, side by side.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Report;
use super::account::{Account, MOST_UNMAPPED};
use super::fix_first::FixFirst;
use super::labels::mapped_differently;
use super::ledger::Counts;
use super::verdict::Verdict;
use crate::error::{Error, Result};

impl Account {
    /// One account of several runs, each with the folder that it was read from.
    ///
    /// # Errors
    /// There is none, a landlord is in two of them, or they were converted to different code lists, so that their
    /// counts cannot be added up.
    pub fn combine(accounts: Vec<(PathBuf, Account)>) -> Result<Account> {
        refuse_what_does_not_add_up(&accounts)?;
        let Some((_, first)) = accounts.first() else {
            return Err(Error::Usage("name the output folders of runs".to_owned()));
        };
        let mut whole = Account {
            report: Report::blank(
                first.report.tool.clone(),
                first.report.standard.clone(),
                String::new(),
            ),
            unmapped: Vec::new(),
            unmapped_further: 0,
            is_batch: true,
            labels: Vec::new(),
        };
        let mut fixes = Vec::new();
        for (folder, account) in accounts {
            whole.unmapped_further += account.unmapped_further;
            whole
                .unmapped
                .extend(account.unmapped.into_iter().map(|mut row| {
                    row.file = folder.join(&row.file).display().to_string();
                    row
                }));
            whole.labels.extend(account.labels);
            fixes.push(account.report.fix_first.clone());
            add(&mut whole.report, account.report, account.is_batch);
        }
        whole
            .unmapped
            .sort_by_key(|row| std::cmp::Reverse(row.count()));
        whole.unmapped_further += whole.unmapped.len().saturating_sub(MOST_UNMAPPED);
        whole.unmapped.truncate(MOST_UNMAPPED);
        let report = &mut whole.report;
        report.codes.sort_by(|one, other| one.code.cmp(&other.code));
        report.codes.dedup_by(|one, other| one.code == other.code);
        report.findings.say_what_is_shown(None);
        report.fix_first = FixFirst::joined(fixes);
        let labels = whole.labels.iter();
        report.labels_mapped_differently = mapped_differently(
            labels.map(|own| (own.landlord.as_str(), own.label.as_str(), own.code.as_str())),
        );
        report.verdict = Verdict::of(report);
        Ok(whole)
    }
}

fn refuse_what_does_not_add_up(accounts: &[(PathBuf, Account)]) -> Result<()> {
    let mut landlords = BTreeSet::new();
    let lists = accounts.first().map(|(_, first)| &first.report.standard);
    for (folder, account) in accounts {
        let folder = folder.display();
        if lists.is_some_and(|own| own.code_list_sha256 != account.report.standard.code_list_sha256)
        {
            return Err(Error::Usage(format!(
                "{folder}: was converted to another list of codes than the first folder; convert both with the \
                 same release and the same --standard"
            )));
        }
        for landlord in account
            .report
            .landlords
            .iter()
            .filter(|own| own.error.is_none())
        {
            if !landlords.insert(landlord.code.clone()) {
                return Err(Error::Usage(format!(
                    "{folder}: the landlord {} is in an earlier folder too; name each landlord once",
                    landlord.code
                )));
            }
        }
    }
    Ok(())
}

fn add(whole: &mut Report, own: Report, is_batch: bool) {
    let place = match own.landlords.as_slice() {
        [only] if !is_batch => format!("{} ", only.code),
        _ => String::new(),
    };
    whole.findings.merge(&own.findings, &place);
    let earliest = own.earliest_as_of.unwrap_or_else(|| own.as_of.clone());
    add_days(whole, earliest, own.as_of);
    whole.landlords.extend(own.landlords);
    whole.inputs.extend(own.inputs);
    whole.references.extend(own.references);
    whole.not_run.extend(own.not_run);
    whole.waivers.extend(own.waivers);
    whole.unmapped_values += own.unmapped_values;
    whole.gap_values += own.gap_values;
    whole.portraits.extend(own.portraits);
    whole.codes.extend(own.codes);
    let ledger = &mut whole.ledger;
    ledger.total.add(&own.ledger.total);
    add_apart(&mut ledger.history, own.ledger.history);
    add_apart(&mut ledger.deleted, own.ledger.deleted);
    ledger.files.extend(own.ledger.files);
}

/// Days are written so that their texts are in their order.
fn add_days(whole: &mut Report, earliest: String, latest: String) {
    let known = whole
        .earliest_as_of
        .take()
        .unwrap_or_else(|| whole.as_of.clone());
    let first = match known.as_str() {
        "" => earliest,
        _ => known.min(earliest),
    };
    whole.as_of = latest.max(std::mem::take(&mut whole.as_of));
    whole.earliest_as_of = (first != whole.as_of).then_some(first);
}

fn add_apart(whole: &mut Option<Counts>, own: Option<Counts>) {
    if let Some(own) = own {
        whole.get_or_insert_default().add(&own);
    }
}
