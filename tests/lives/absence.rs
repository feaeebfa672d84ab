//! What an export no longer holds.

use std::collections::BTreeMap;
use std::path::Path;

use crate::output::{Event, events, pac};
use crate::world::{HEADER, World};
use crate::{convert, since, write};

#[test]
fn a_broken_export_is_not_taken_for_a_wave_of_deletions() {
    let home = tempfile::tempdir().unwrap();
    let world = World::new(6);
    write(home.path(), &world, true, "absence = \"deleted\"");
    let first: Vec<&str> = world.exports[0].lines().take(60).collect();
    std::fs::write(
        home.path().join("broken.csv"),
        format!("{HEADER}{}\n", first.join("\n")),
    )
    .unwrap();
    let convert = |input: &str, out: &str, more: &[&str]| {
        let mut arguments = vec!["convert", input, "--profile", "profile.toml", "--out", out];
        arguments.extend(["--as-of", "2025-02-28", "--fail-on", "never", "-q"]);
        pac(home.path(), &[&arguments[..], more].concat())
    };
    assert!(convert("export_01.csv", "whole", &[]).status.success());
    let refused = convert("broken.csv", "next", &["--since", "whole"]);
    assert_eq!(refused.status.code(), Some(6));
    let why = String::from_utf8_lossy(&refused.stderr);
    assert!(why.contains("60 of 120 alerts are gone"), "{why}");
    assert!(!home.path().join("next").exists());
    let accepted = convert("broken.csv", "next", &["--since", "whole", "--accept-drop"]);
    assert_eq!(accepted.status.code(), Some(0));
}

/// The rows of `vanished.csv`, by the landlord's key: day, and why.
pub fn vanished(folder: &Path) -> BTreeMap<String, (String, String)> {
    let mut rows = csv::Reader::from_path(folder.join("vanished.csv")).unwrap();
    let rows = rows.records().map(Result::unwrap);
    rows.map(|row| (row[1].to_owned(), (row[2].to_owned(), row[3].to_owned())))
        .collect()
}

#[test]
fn what_was_set_aside_is_not_deleted() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let world = World::new(7);
    write(home, &world, true, "absence = \"deleted\"");
    let lines: Vec<&str> = world.exports[0].lines().collect();
    let person = |line: &str| line.split(',').nth(1).unwrap().to_owned();
    let write = |name: &str, lines: &[String]| {
        std::fs::write(home.join(name), format!("{HEADER}{}\n", lines.join("\n"))).unwrap();
    };
    // A00001 has no person any more, A00002 is not there
    let mut next: Vec<String> = lines.iter().map(ToString::to_string).collect();
    next[0] = next[0].replacen(&person(lines[0]), "", 1);
    next.remove(1);
    write("next.csv", &next);
    convert(home, "export_01.csv", "first", &["--as-of", "2025-01-31"]);
    let more = ["--since", "first", "--as-of", "2025-02-28"];
    convert(home, "next.csv", "second", &more);
    let day = "2025-02-28".to_owned();
    let listed = vanished(&home.join("second"));
    let own = (day.clone(), "set_aside".to_owned());
    assert_eq!(listed, BTreeMap::from([("A00001".to_owned(), own)]));
    let counts = since(&home.join("second"));
    assert_eq!(
        (&counts["deleted"], &counts["set_aside"]),
        (&1.into(), &1.into())
    );
    // a line that is no record may be any alert
    next.push("A00002,5002".to_owned());
    write("ragged.csv", &next);
    convert(home, "ragged.csv", "ragged", &more);
    let counts = since(&home.join("ragged"));
    assert_eq!(
        (&counts["deleted"], &counts["undecided"]),
        (&0.into(), &1.into())
    );
    assert_eq!(
        vanished(&home.join("ragged"))["A00002"],
        (day, "gone".to_owned())
    );
    // once every record can be read, it is decided
    let more = ["--since", "ragged", "--as-of", "2025-03-31"];
    convert(home, "next.csv", "third", &more);
    let counts = since(&home.join("third"));
    assert_eq!(
        (&counts["deleted"], &counts["deleted_later"]),
        (&0.into(), &1.into())
    );
    let gone: Vec<Event> = events(&home.join("third/person_alert_history.parquet"))
        .into_iter()
        .filter(|own| own.action == "DELETE")
        .collect();
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0].time, "2025-03-31T00:00:00Z");
    // mended, the first is back, and nothing was ever said of it
    convert(
        home,
        "export_01.csv",
        "fourth",
        &["--since", "third", "--as-of", "2025-04-30"],
    );
    let counts = since(&home.join("fourth"));
    assert_eq!(
        (&counts["returned"], &counts["revived"]),
        (&1.into(), &1.into())
    );
    assert_eq!(
        (&counts["updated"], &counts["inserted"]),
        (&0.into(), &0.into())
    );
}
