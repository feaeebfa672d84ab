//! Rows that may break a schema, and how those of several schemas are joined.

use arrow_buffer::BooleanBuffer;

use super::kernel::Cells;
use super::record::Shape;
use crate::candidate::Candidates;

/// Which rows may break a schema.
#[derive(Debug)]
pub(super) enum Suspects {
    /// None.
    Nobody,
    /// All.
    Everybody,
    /// Those whose cell of a member does.
    Cells(usize, Cells),
    /// Those that may break any of these.
    Any(Vec<Suspects>),
    /// Those that may break all of these.
    All(Vec<Suspects>),
    /// Those that keep to the first and may break the second, and those that do not and may break the
    /// third.
    Where(Box<[Suspects; 3]>),
}

/// Suspects, and whether all of them are guilty.
pub(super) struct Found {
    pub(super) suspects: Suspects,
    pub(super) exact: bool,
}

/// Nobody, for certain.
pub(super) const NOBODY: Found = Found {
    suspects: Suspects::Nobody,
    exact: true,
};
/// Everybody, as nothing is known.
pub(super) const UNKNOWN: Found = Found {
    suspects: Suspects::Everybody,
    exact: false,
};

impl Suspects {
    /// The rows of a batch that are suspect.
    pub(super) fn rows(&self, shape: &Shape, batch: &Candidates, landlord: &str) -> BooleanBuffer {
        let each = |several: &[Suspects]| -> Vec<BooleanBuffer> {
            let rows = several.iter().map(|one| one.rows(shape, batch, landlord));
            rows.collect()
        };
        match self {
            Suspects::Nobody => BooleanBuffer::new_unset(batch.rows),
            Suspects::Everybody => BooleanBuffer::new_set(batch.rows),
            Suspects::Cells(member, cells) => {
                cells.rows(&shape.members[*member].source, batch, landlord)
            }
            Suspects::Any(several) => each(several)
                .iter()
                .fold(BooleanBuffer::new_unset(batch.rows), |all, one| &all | one),
            Suspects::All(several) => each(several)
                .iter()
                .fold(BooleanBuffer::new_set(batch.rows), |all, one| &all & one),
            Suspects::Where(parts) => {
                let [unless, then, otherwise] =
                    [0, 1, 2].map(|at| parts[at].rows(shape, batch, landlord));
                &(&!&unless & &then) | &(&unless & &otherwise)
            }
        }
    }
}

/// Every row, as nothing keeps to the schema.
pub(super) fn everybody() -> Found {
    Found {
        suspects: Suspects::Everybody,
        exact: true,
    }
}

/// The rows whose cell of a member breaks a keyword.
pub(super) fn exactly(member: usize, cells: Cells) -> Found {
    let suspects = match cells.is_none() {
        true => Suspects::Nobody,
        false => Suspects::Cells(member, cells),
    };
    Found {
        suspects,
        exact: true,
    }
}

/// The suspects of all schemas together, each of which must be kept.
pub(super) fn any(found: impl IntoIterator<Item = Found>) -> Found {
    let (mut several, mut exact) = (Vec::new(), true);
    for one in found {
        match one.suspects {
            Suspects::Nobody => {}
            Suspects::Everybody => return Found { ..one },
            suspects => several.push(suspects),
        }
        exact &= one.exact;
    }
    let suspects = match several.len() {
        0 => Suspects::Nobody,
        1 => several.remove(0),
        _ => Suspects::Any(several),
    };
    Found { suspects, exact }
}

/// The suspects that all schemas have in common, of which one must be kept.
pub(super) fn all(found: impl IntoIterator<Item = Found>) -> Found {
    let (mut several, mut exact) = (Vec::new(), true);
    for one in found {
        exact &= one.exact;
        several.push(one.suspects);
    }
    Found {
        suspects: Suspects::All(several),
        exact,
    }
}

/// The suspects of `if`, `then` and `else`. Only where all that are suspected of breaking the condition
/// do break it is it known which of the two speaks.
pub(super) fn split(condition: Found, then: Found, otherwise: Found) -> Found {
    match condition.exact {
        true => Found {
            exact: then.exact && otherwise.exact,
            suspects: Suspects::Where(Box::new([
                condition.suspects,
                then.suspects,
                otherwise.suspects,
            ])),
        },
        false => Found {
            exact: false,
            ..any([then, otherwise])
        },
    }
}
