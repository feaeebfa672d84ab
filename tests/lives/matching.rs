//! Alerts that are found again without a key, or not.

use crate::absence::vanished;
use crate::output::rows;
use crate::world::{HEADER, profile};
use crate::{convert, since};

#[test]
fn what_leaves_a_choice_is_told_and_not_guessed() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    std::fs::write(home.join("profile.toml"), profile("LIVES", false, "")).unwrap();
    let line = |person: u32, note: &str| {
        format!(",{person},MED1.01,2024-05-06,,,,{note},Open,Y,Y,GP,2025-01-02 10:00:00,11\n")
    };
    let write = |name: &str, lines: [String; 4]| {
        std::fs::write(home.join(name), format!("{HEADER}{}", lines.concat())).unwrap();
    };
    // both alerts of 1 change, and one of the two of 2
    write(
        "one.csv",
        [line(1, "a"), line(1, "b"), line(2, "a"), line(2, "b")],
    );
    write(
        "two.csv",
        [line(1, "c"), line(1, "d"), line(2, "a"), line(2, "c")],
    );
    convert(home, "one.csv", "first", &["--as-of", "2025-01-31"]);
    let more = ["--since", "first", "--as-of", "2025-02-28", "--accept-drop"];
    convert(home, "two.csv", "second", &more);
    let counts = since(&home.join("second"));
    let of = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(
        (of("unchanged"), of("updated"), of("found_without_key")),
        (1, 1, 1)
    );
    assert_eq!((of("vanished"), of("ambiguous_old")), (2, 2));
    assert_eq!((of("inserted"), of("ambiguous_new")), (2, 2));
    let alerts = rows(&home.join("second/person_alert.parquet"));
    assert_eq!(alerts.len(), 6);
}

#[test]
fn what_one_run_has_left_open_the_same_export_does_not_decide() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let policy = "absence = \"deleted\"";
    std::fs::write(home.join("profile.toml"), profile("LIVES", true, policy)).unwrap();
    let line = |key: &str, note: &str| {
        format!("{key},1,MED1.01,2024-05-06,,,,{note},Open,Y,Y,GP,2025-01-02 10:00:00,11\n")
    };
    // L1 may be L2 now, with another note
    std::fs::write(home.join("one.csv"), format!("{HEADER}{}", line("L1", "a"))).unwrap();
    std::fs::write(home.join("two.csv"), format!("{HEADER}{}", line("L2", "b"))).unwrap();
    convert(home, "one.csv", "first", &["--as-of", "2025-01-31"]);
    for (before, after) in [("first", "second"), ("second", "third")] {
        let more = ["--since", before, "--as-of", "2025-02-28", "--accept-drop"];
        convert(home, "two.csv", after, &more);
        let own = vanished(&home.join(after));
        let expected = ("2025-02-28".to_owned(), "ambiguous".to_owned());
        assert_eq!(own["L1"], expected, "{after}");
    }
    let history = |folder: &str| rows(&home.join(folder).join("person_alert_history.parquet"));
    assert_eq!(history("second"), history("third"));
    // an export of a later day that lacks it too decides
    let more = ["--since", "third", "--as-of", "2025-03-31", "--accept-drop"];
    convert(home, "two.csv", "fourth", &more);
    let counts = since(&home.join("fourth"));
    assert_eq!(counts["deleted_later"], 1);
}
