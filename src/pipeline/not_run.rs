//! The rules that are not run for a landlord, and why.

use super::supply::Job;
use crate::report::not_run::NotRun;

/// Those that the user has switched off.
pub(super) fn switched_off(job: &Job) -> Vec<NotRun> {
    let off = job.rules.switched_off().into_iter();
    let told = off.map(|(rule, by)| {
        let why = format!("switched off by {by}");
        NotRun::rule(&job.profile.code, [rule.id, rule.slug], why)
    });
    told.collect()
}
