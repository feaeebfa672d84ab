//! Invented lives of alerts over twelve months: exports, converted one after the other, must tell the same
//! history as the log of what was really done.

mod absence;
mod batches;
mod chains;
mod code_lists;
mod habits;
mod matching;
mod output;
mod renaming;
mod told;
mod world;

use std::path::Path;

use output::run;
use serde_json::Value;
use world::{HEADER, World, as_of, profile};

/// Writes the profile, the exports and the log of a world into a folder.
fn write(home: &Path, world: &World, keyed: bool, policy: &str) {
    std::fs::write(home.join("profile.toml"), profile("LIVES", keyed, policy)).unwrap();
    std::fs::write(home.join("log.csv"), world.log()).unwrap();
    for (at, export) in world.exports.iter().enumerate() {
        let name = format!("export_{:02}.csv", at + 1);
        std::fs::write(home.join(name), format!("{HEADER}{export}")).unwrap();
    }
}

/// Converts the exports one after the other into `out_01` to `out_12`.
fn chain(home: &Path, more: &[&str]) {
    for month in 1..=12 {
        let (input, out) = (format!("export_{month:02}.csv"), format!("out_{month:02}"));
        let (before, day) = (format!("out_{:02}", month - 1), as_of(month));
        let mut arguments = vec![
            "convert",
            &input,
            "--profile",
            "profile.toml",
            "--out",
            &out,
        ];
        arguments.extend(["--as-of", &day, "--fail-on", "never", "-q"]);
        if month > 1 {
            arguments.extend(["--since", &before]);
        }
        arguments.extend(more);
        run(home, &arguments);
    }
}

fn convert(home: &Path, input: &str, out: &str, more: &[&str]) {
    let mut arguments = vec!["convert", input, "--profile", "profile.toml", "--out", out];
    arguments.extend(["--fail-on", "never", "-q"]);
    run(home, &[&arguments[..], more].concat());
}

/// One landlord's report of what has changed.
fn since(folder: &Path) -> Value {
    let text = std::fs::read(folder.join("report.json")).unwrap();
    let report: Value = serde_json::from_slice(&text).unwrap();
    report["since"]["landlords"][0].clone()
}
