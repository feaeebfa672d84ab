//! Going on from an earlier output.

use super::{Options, Since};
use crate::diff;
use crate::error::{Error, Result};
use crate::pipeline::{Job, SetAside};
use crate::snapshot::Snapshot;

/// Opens the output that the conversion goes on from.
pub(super) fn previous_output(since: &Since, is_batch: bool) -> Result<Snapshot> {
    let previous = Snapshot::open(&since.previous)?;
    if previous.partitioned != is_batch {
        let (own, this) = match is_batch {
            true => ("one landlord", "a batch"),
            false => ("a batch", "one landlord"),
        };
        return Err(Error::Usage(format!(
            "{} is the output of {own} and this is {this}, so that their keys differ; go on as it was begun",
            since.previous.display()
        )));
    }
    Ok(previous)
}

/// Goes on with the files of a landlord that has been converted. Where it cannot, nothing of it is left.
pub(super) fn carry_on(
    since: &mut diff::Since<'_>,
    job: &Job,
    options: &Options,
    set_aside: SetAside,
) -> Result<()> {
    let (Some(layout), Some(told)) = (&job.layout, &options.since) else {
        return Ok(());
    };
    let choices = |renaming| diff::Choices {
        landlord: job.profile.code.clone(),
        absence_deletes: job.profile.policy.absence_deletes,
        system_user: job.profile.policy.system_user.or(told.system_user),
        quote_text: told.quote_text,
        accept_drop: told.accept_drop,
        set_aside: set_aside.keys,
        set_aside_without_key: set_aside.without_key,
        renaming,
    };
    let renaming = diff::Renaming::read(&job.profile, &options.standard, job.keys);
    let done = renaming.and_then(|renaming| since.carry_on(layout, &choices(renaming)));
    if done.is_err() {
        layout.remove()?;
    }
    done
}
