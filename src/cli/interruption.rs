//! Ctrl-C and the signals that ask a program to end: a run stops at the next chunk and leaves nothing half
//! written; asked a second time it ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

use super::crash;
use crate::error::INTERRUPTED;
use crate::read::give_up_waiting;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Watches for the signals from here on.
pub(super) fn watch() {
    let handler = || {
        if ASKED.swap(true, Ordering::Relaxed) {
            // what lies aside is removed by the next run into the same folder
            std::process::exit(i32::from(INTERRUPTED));
        }
        give_up_waiting();
        crash::tell("pac: stopping; once more to stop at once");
    };
    // where the system has no such signals, a run ends as the system says
    let _ = ctrlc::set_handler(handler);
}

/// Whether somebody has asked the program to end.
pub(super) fn is_asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}
