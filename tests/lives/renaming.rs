//! Persons, alerts and codes that have other names than before, told apart from other alerts by what the
//! profile says of that.

use std::collections::BTreeMap;
use std::path::Path;

use crate::output::{Event, events, long, rows, run, text};
use crate::{convert, since};

const HEADER: &str = "Ref,Person,Type,Start,Note,Live\n";

/// A profile with that crosswalk; `more` is appended.
fn profile(name: &str, home: &Path, keyed: bool, crosswalk: &[(&str, &str)], more: &str) {
    let mut text = "[landlord]\nname = \"Wren Homes\"\ncode = \"WREN\"\n\n[input]\ndate_formats = [\"yyyy-mm-dd\"]\n\n\
         [policy]\nsystem_user = 7\n\n[fields]\nperson_id = \"Person\"\nstart_date = \"Start\"\n\
         alert_description = \"Note\"\nis_active = \"Live\"\n\
         person_alert_code_id = { column = \"Type\", crosswalk = \"types\" }\n"
        .to_owned();
    text.push_str(match keyed {
        true => "person_alert_id = \"Ref\"\n",
        false => "\n[columns]\ndrop = [\"Ref\"]\n",
    });
    text.push_str("\n[crosswalks.types.values]\n");
    for (label, code) in crosswalk {
        text.push_str(&format!("\"{label}\" = \"{code}\"\n"));
    }
    text.push_str(more);
    std::fs::write(home.join(name), text).unwrap();
}

fn export(home: &Path, name: &str, lines: &[&str]) {
    let lines = lines.join("\n");
    std::fs::write(home.join(name), format!("{HEADER}{lines}\n")).unwrap();
}

/// Converts both exports, the second since the first, by the profiles of before and now.
fn two_months(home: &Path) -> serde_json::Value {
    std::fs::copy(home.join("before.toml"), home.join("profile.toml")).unwrap();
    convert(home, "one.csv", "first", &["--as-of", "2026-01-31"]);
    std::fs::copy(home.join("now.toml"), home.join("profile.toml")).unwrap();
    let more = ["--since", "first", "--as-of", "2026-02-28", "--accept-drop"];
    convert(
        home,
        "two.csv",
        "second",
        &[&more[..], &["--quote-text"]].concat(),
    );
    since(&home.join("second"))
}

fn counts(report: &serde_json::Value, names: [&str; 5]) -> [u64; 5] {
    names.map(|name| report[name].as_u64().unwrap())
}

const OUTCOMES: [&str; 5] = ["unchanged", "updated", "inserted", "vanished", "recoded"];

/// The events of the second month.
fn second(home: &Path, first: usize) -> Vec<Event> {
    let all = events(&home.join("second/person_alert_history.parquet"));
    all[first..].to_vec()
}

const BEFORE: [(&str, &str); 3] = [
    ("Wheeze", "MED1.01"),
    ("Chest", "MED1.01"),
    ("Loud knock", "COMM1.01"),
];

#[test]
fn a_code_that_all_its_labels_have_left_is_the_other_one() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    profile("before.toml", home, false, &BEFORE, "");
    let now = [
        ("Wheeze", "MED1.02"),
        ("Chest", "MED1.02"),
        ("Loud knock", "COMM1.01"),
    ];
    // the second alert is closed as well, and stays one alert
    export(
        home,
        "one.csv",
        &[
            ",1,Wheeze,2025-01-01,a,Y",
            ",2,Chest,2025-01-02,b,Y",
            ",3,Loud knock,2025-01-03,c,Y",
        ],
    );
    export(
        home,
        "two.csv",
        &[
            ",1,Wheeze,2025-01-01,a,Y",
            ",2,Chest,2025-01-02,b,N",
            ",3,Loud knock,2025-01-03,c,Y",
        ],
    );
    // without a word about the crosswalk of before they are other alerts
    profile("now.toml", home, false, &now, "");
    let untold = two_months(home);
    assert_eq!(counts(&untold, OUTCOMES), [1, 0, 2, 2, 0]);
    std::fs::remove_dir_all(home.join("first")).unwrap();
    std::fs::remove_dir_all(home.join("second")).unwrap();
    profile(
        "now.toml",
        home,
        false,
        &now,
        "\n[previous]\nprofile = \"before.toml\"\n",
    );
    let told = two_months(home);
    assert_eq!(counts(&told, OUTCOMES), [1, 2, 0, 0, 1]);
    let events = second(home, 3);
    let summaries: Vec<&str> = events
        .iter()
        .map(|event| event.summary.as_deref().unwrap())
        .collect();
    assert!(
        summaries[0].starts_with(
            "person_alert_code_id: MED1.01 → MED1.02; the crosswalk has changed (dated"
        ),
        "{summaries:?}"
    );
    assert!(
        summaries[1].contains("is_active: true → false"),
        "{summaries:?}"
    );
    // their first keys stay
    let ids = |folder: &str| -> Vec<i64> {
        let alerts = rows(&home.join(folder).join("person_alert.parquet"));
        alerts
            .iter()
            .map(|row| long(row, "person_alert_id"))
            .collect()
    };
    assert_eq!(ids("first"), ids("second"));
}

#[test]
fn a_code_that_some_labels_have_left_is_proved_only_by_all_the_rest() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    profile("before.toml", home, false, &BEFORE, "");
    let now = [
        ("Wheeze", "MED1.01"),
        ("Chest", "MED1.02"),
        ("Loud knock", "COMM1.01"),
    ];
    let more = "\n[previous]\nprofile = \"before.toml\"\n";
    profile("now.toml", home, false, &now, more);
    // 1 is the same but for its code; 2 has changed too, so that it may be another alert; of 3 two may be it
    export(
        home,
        "one.csv",
        &[
            ",1,Chest,2025-01-01,a,Y",
            ",2,Chest,2025-01-02,b,Y",
            ",3,Chest,2025-01-03,c,Y",
            ",3,Chest,2025-01-03,c,Y ",
            ",4,Wheeze,2025-01-04,d,Y",
        ],
    );
    export(
        home,
        "two.csv",
        &[
            ",1,Chest,2025-01-01,a,Y",
            ",2,Chest,2025-01-02,b,N",
            ",3,Chest,2025-01-03,c,N",
            ",4,Wheeze,2025-01-04,d,Y",
        ],
    );
    let told = two_months(home);
    // the two rows of 3 are duplicates, merged into one alert
    assert_eq!(counts(&told, OUTCOMES), [1, 1, 2, 2, 1]);
}

#[test]
fn a_landlords_key_shows_a_recoded_alert_and_the_crosswalk_says_why() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    profile("before.toml", home, true, &BEFORE, "");
    let now = [
        ("Wheeze", "MED1.01"),
        ("Chest", "MED1.02"),
        ("Loud knock", "COMM1.01"),
    ];
    let more = "\n[previous]\nprofile = \"before.toml\"\n";
    profile("now.toml", home, true, &now, more);
    // the landlord itself has made a loud knock of the third
    let one = [
        "W1,1,Chest,2025-01-01,a,Y",
        "W2,2,Wheeze,2025-01-02,b,Y",
        "W3,3,Chest,2025-01-03,c,Y",
    ];
    let two = [
        "W1,1,Chest,2025-01-01,a,Y",
        "W2,2,Wheeze,2025-01-02,b,Y",
        "W3,3,Loud knock,2025-01-03,c,Y",
    ];
    export(home, "one.csv", &one);
    export(home, "two.csv", &two);
    let told = two_months(home);
    assert_eq!(counts(&told, OUTCOMES), [1, 2, 0, 0, 1]);
}

#[test]
fn a_person_with_another_key_keeps_the_alerts() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    profile("before.toml", home, false, &BEFORE, "");
    let more = "\n[previous]\nperson_keys = \"persons.csv\"\n";
    profile("now.toml", home, false, &BEFORE, more);
    // 1 and 2 were one person all along, P3 has a number now; 4 is another person than before
    std::fs::write(
        home.join("persons.csv"),
        "previous,present\n1,12\n2,12\nP3,33\n",
    )
    .unwrap();
    export(
        home,
        "one.csv",
        &[
            ",1,Wheeze,2025-01-01,a,Y",
            ",2,Loud knock,2025-01-01,b,Y",
            ",P3,Chest,2025-01-03,c,Y",
            ",4,Chest,2025-01-04,d,Y",
        ],
    );
    export(
        home,
        "two.csv",
        &[
            ",12,Wheeze,2025-01-01,a,Y",
            ",12,Loud knock,2025-01-01,b,Y",
            ",33,Chest,2025-01-03,changed,Y",
            ",5,Chest,2025-01-04,d,Y",
        ],
    );
    let told = two_months(home);
    assert_eq!(counts(&told, OUTCOMES), [0, 3, 1, 1, 0]);
    let events = second(home, 4);
    assert_eq!(events[0].old["person_id"], 1);
    assert_eq!(events[0].new["person_id"], 12);
    assert_eq!(events[2].new["alert_description"], "changed");
}

#[test]
fn keys_that_were_given_again_are_those_of_other_alerts() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    profile("before.toml", home, true, &BEFORE, "");
    let more = "\n[previous]\nalert_keys = \"keys.csv\"\n";
    profile("now.toml", home, true, &BEFORE, more);
    // W1 and W2 have changed places, W3 is W4 now and its key that of a new alert; W5 cannot be W6,
    // which another alert has and keeps; W7 has its old key still
    std::fs::write(
        home.join("keys.csv"),
        "previous,present\nW1,W2\nW2,W1\nW3,W4\nW5,W6\nW7,W8\n",
    )
    .unwrap();
    export(
        home,
        "one.csv",
        &[
            "W1,1,Wheeze,2025-01-01,a,Y",
            "W2,2,Chest,2025-01-02,b,Y",
            "W3,3,Chest,2025-01-03,c,Y",
            "W5,5,Chest,2025-01-05,e,Y",
            "W6,6,Chest,2025-01-06,f,Y",
            "W7,7,Chest,2025-01-07,g,Y",
        ],
    );
    let two = [
        "W2,1,Wheeze,2025-01-01,a,Y",
        "W1,2,Chest,2025-01-02,b,N",
        "W4,3,Chest,2025-01-09,changed,Y",
        "W3,9,Loud knock,2025-02-01,new,Y",
        "W5,5,Chest,2025-01-05,e,Y",
        "W6,6,Chest,2025-01-06,f,Y",
        "W7,7,Chest,2025-01-07,g,Y",
    ];
    export(home, "two.csv", &two);
    let told = two_months(home);
    // W1, W5, W6, W7 are as they were; W2 was closed, W3 has changed
    assert_eq!(counts(&told, OUTCOMES), [4, 2, 1, 0, 0]);
    assert_eq!(told["rekeyed"], 3);
    let first: BTreeMap<String, i64> = keys(&home.join("first"));
    let second: BTreeMap<String, i64> = keys(&home.join("second"));
    assert_eq!(second["W2"], first["W1"]);
    assert_eq!(second["W1"], first["W2"]);
    assert_eq!(second["W4"], first["W3"]);
    assert!(!first.values().any(|id| *id == second["W3"]));
    // a month later nothing is known of the change of keys, and each life goes on all the same
    profile("now.toml", home, true, &BEFORE, "");
    std::fs::copy(home.join("now.toml"), home.join("profile.toml")).unwrap();
    let third: Vec<String> = two.iter().map(|line| line.replace(",Y", ",N")).collect();
    let third: Vec<&str> = third.iter().map(String::as_str).collect();
    export(home, "three.csv", &third);
    let more = ["--since", "second", "--as-of", "2026-03-31"];
    convert(home, "three.csv", "third", &more);
    assert_eq!(keys(&home.join("third")), second);
}

/// The key of each alert by the landlord's own.
fn keys(folder: &Path) -> BTreeMap<String, i64> {
    let alerts = rows(&folder.join("person_alert.parquet"));
    let pairs = alerts.iter().map(|row| {
        let own = text(row, "source_alert_ref").unwrap();
        (own, long(row, "person_alert_id"))
    });
    pairs.collect()
}

#[test]
fn a_comparison_is_told_the_same() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    profile("before.toml", home, true, &BEFORE, "");
    let more = "\n[previous]\nalert_keys = \"keys.csv\"\n";
    profile("now.toml", home, true, &BEFORE, more);
    std::fs::write(home.join("keys.csv"), "previous,present\nW1,W2\n").unwrap();
    export(home, "one.csv", &["W1,1,Wheeze,2025-01-01,a,Y"]);
    export(home, "two.csv", &["W2,1,Wheeze,2025-01-01,b,N"]);
    two_months(home);
    convert(home, "two.csv", "alone", &["--as-of", "2026-02-28"]);
    let changes = [
        "diff",
        "first",
        "alone",
        "--profile",
        "now.toml",
        "--out",
        "changes",
    ];
    let said = run(home, &changes);
    assert!(
        said.contains("1  under another key of the landlord's own than before"),
        "{said}"
    );
    let events = events(&home.join("changes/person_alert_history.parquet"));
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].action, "UPDATE");
    assert_eq!(events[0].alert, keys(&home.join("alone"))["W2"]);
}

#[test]
fn keys_that_contradict_each_other_are_a_problem_of_the_profile() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let more = "\n[previous]\nalert_keys = \"keys.csv\"\nperson_keys = \"persons.csv\"\n";
    profile("profile.toml", home, true, &BEFORE, more);
    std::fs::write(
        home.join("keys.csv"),
        "previous,present\nW1,W2\nW3,W2\nW4,\n",
    )
    .unwrap();
    std::fs::write(home.join("persons.csv"), "old,new\n1,2\n").unwrap();
    export(home, "one.csv", &["W1,1,Wheeze,2025-01-01,a,Y"]);
    let arguments = ["check", "one.csv", "--profile", "profile.toml"];
    let refused = crate::output::pac(home, &arguments);
    let why = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(refused.status.code(), Some(2), "{why}");
    for line in [
        "keys.csv:3: names a key that line 2 names with another one",
        "keys.csv:4: names one key only",
        "persons.csv:1: the header needs the columns previous and present",
    ] {
        assert!(why.contains(line), "{why}");
    }
    assert!(!why.contains("W1") && !why.contains("W2"), "{why}");
}
