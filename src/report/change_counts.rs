//! How many alerts of two snapshots are which, and the proof that none was lost between them.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Alerts, counted by what became of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeCounts {
    /// In both snapshots, and equal.
    pub unchanged: u64,
    /// In both, and not equal.
    pub updated: u64,
    /// In the newer one only.
    pub inserted: u64,
    /// Deleted before the older one was made, and there again.
    pub revived: u64,
    /// In the older one only, and the profile says that absence means deletion.
    pub deleted: u64,
    /// In the older one only.
    pub vanished: u64,
    /// Vanished before the older one was made, and taken for deleted only this time.
    pub deleted_later: u64,
    /// Absent from the export of the older one, and from that of the newer one too.
    pub still_absent: u64,
    /// Of the unchanged and the updated: they had vanished when the older one was made.
    pub returned: u64,
    /// Of the updated: nothing has changed but the time or the user of the last change.
    pub touched: u64,
    /// Of the unchanged and the updated: found by person, code and start date.
    pub found_without_key: u64,
    /// Of the unchanged, the updated and the revived: the landlord has given them another key.
    pub rekeyed: u64,
    /// Of the updated: only the code has changed, because the crosswalk has.
    #[serde(default)]
    pub recoded: u64,
    /// Of the vanished: the export holds them, and they were set aside.
    pub set_aside: u64,
    /// Of the vanished and still absent: they would be deleted, but records were set aside of which nobody
    /// knows whose they are.
    pub undecided: u64,
    /// Of the vanished and still absent: they may be inserted ones under another key.
    pub ambiguous_old: u64,
    /// Of the inserted: they may be vanished ones under another key.
    pub ambiguous_new: u64,
}

impl ChangeCounts {
    /// Alerts that the export of the older snapshot held.
    pub fn live_before(&self) -> u64 {
        self.unchanged + self.updated + self.deleted + self.vanished - self.returned
    }

    /// Alerts of the older snapshot that its export did not hold.
    pub fn absent_before(&self) -> u64 {
        self.returned + self.revived + self.still_absent + self.deleted_later
    }

    /// Alerts that the export of the newer one holds.
    pub fn live_after(&self) -> u64 {
        self.unchanged + self.updated + self.inserted + self.revived
    }

    /// Adds those of another landlord.
    pub fn add(&mut self, other: &ChangeCounts) {
        let own = [
            (&mut self.unchanged, other.unchanged),
            (&mut self.updated, other.updated),
            (&mut self.inserted, other.inserted),
            (&mut self.revived, other.revived),
            (&mut self.deleted, other.deleted),
            (&mut self.vanished, other.vanished),
            (&mut self.deleted_later, other.deleted_later),
            (&mut self.set_aside, other.set_aside),
            (&mut self.undecided, other.undecided),
            (&mut self.still_absent, other.still_absent),
            (&mut self.returned, other.returned),
            (&mut self.touched, other.touched),
            (&mut self.found_without_key, other.found_without_key),
            (&mut self.rekeyed, other.rekeyed),
            (&mut self.recoded, other.recoded),
            (&mut self.ambiguous_old, other.ambiguous_old),
            (&mut self.ambiguous_new, other.ambiguous_new),
        ];
        for (count, more) in own {
            *count += more;
        }
    }

    /// Holds the counts against the rows of the two tables; `not_there` of the newer one's rows count as
    /// absent.
    ///
    /// # Errors
    /// [`Error::Ledger`] where they do not add up.
    pub fn prove(&self, landlord: &str, old: u64, new: u64, not_there: u64) -> Result<()> {
        let before = self.live_before() + self.absent_before();
        let after = self.live_after() + not_there;
        if before == old && after == new {
            return Ok(());
        }
        Err(Error::Ledger(format!(
            "{landlord}: {before} of {old} alerts of the older snapshot and {after} of {new} of the newer one \
             are accounted for"
        )))
    }
}
