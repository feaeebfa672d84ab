//! The first of two readings of an input: what its cells say about the order of day and month.
//!
//! Only inputs are read twice whose profile leaves that order to the cells. The chunks are looked at by
//! all workers at a time; what they count is added up, so it depends neither on their number nor on
//! which is done first.

use rayon::ThreadPool;
use rayon::prelude::*;

use super::opening::{open_to_look, splitter};
use super::supply::Input;
use crate::cell::date_order::OrderEvidence;
use crate::error::{Error, Result};
use crate::map::{Binding, order_evidence};
use crate::profile::Profile;

/// Reads an input whole and settles in `binding` what its cells prove.
///
/// # Errors
/// The input cannot be read to its end.
pub(super) fn settle(
    pool: &ThreadPool,
    profile: &Profile,
    input: &Input,
    binding: &mut Binding,
) -> Result<()> {
    if binding.date_columns().is_empty() {
        return Ok(());
    }
    let (mut reader, _) = open_to_look(profile, input)?;
    let splitter = splitter(profile, &reader, binding);
    let none = || vec![OrderEvidence::default(); binding.date_columns().len()];
    let mut ended = false;
    let chunks = std::iter::from_fn(|| {
        let next = if ended {
            None
        } else {
            reader.next_chunk().transpose()
        };
        ended = !matches!(next, Some(Ok(_)));
        next
    });
    let evidence = pool.install(|| {
        let counted = chunks
            .par_bridge()
            .map(|raw| raw.map(|raw| order_evidence(&splitter.split(raw), profile, binding)));
        counted.try_reduce(none, |one, other| Ok(added(one, &other)))
    })?;
    binding.settle_date_orders(evidence);
    Ok(())
}

fn added(mut one: Vec<OrderEvidence>, other: &[OrderEvidence]) -> Vec<OrderEvidence> {
    for (one, other) in one.iter_mut().zip(other) {
        one.add(other);
    }
    one
}

/// Refuses an input that can be read only once, where a profile leaves the order to the cells.
///
/// # Errors
/// The field that does so, and what to do instead.
pub(super) fn refuse_unrepeatable(profile: &Profile, input: &Input) -> Result<()> {
    match profile.plans().find(|plan| plan.asks_date_order()) {
        None => Ok(()),
        Some(plan) => Err(Error::Usage(format!(
            "{}: can be read only once, and fields.{} has formats of both orders of day and month, \
             which the whole column must decide first; give a file, or formats of one order",
            input.name, plan.name
        ))),
    }
}
