//! What happens when pac itself fails: the place is told, never the values.

use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

use crate::error::Result;
use crate::read::WORKBOOK_THREAD;

/// Exit code of a panic.
const CRASHED: u8 = 70;

/// Runs `run`, which returns an exit code; tells its error on standard error, and returns the exit
/// code of the process.
///
/// From here on a panic in any thread tells only where it happened: its message may quote a cell,
/// and so a person. A panic ends in exit code 70.
pub fn guard(run: impl FnOnce() -> Result<u8>) -> u8 {
    set_hook(Box::new(tell_place));
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            tell(&format!("pac: {error}"));
            error.exit_code()
        }
        Err(_) => CRASHED,
    }
}

fn tell_place(info: &PanicHookInfo<'_>) {
    if std::thread::current().name() == Some(WORKBOOK_THREAD) {
        return;
    }
    let place = info.location().map_or_else(
        || "an unknown place".to_owned(),
        |location| format!("{}:{}", location.file(), location.line()),
    );
    tell(&format!(
        "pac: internal error at {place}; please report this as a bug of pac"
    ));
}

/// `eprintln!` would panic where standard error is closed, and inside the hook that aborts.
pub(super) fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
