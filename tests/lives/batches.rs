//! Several landlords in one output.

use crate::output::{events, references, run};
use crate::told::{Told, changes, in_order, told};
use crate::world::{World, as_of, profile};
use crate::write;

#[test]
fn landlords_of_a_batch_keep_their_histories_apart() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let codes = ["AA", "BB"];
    let worlds = [World::new(8), World::new(9)];
    for (code, world) in codes.iter().zip(&worlds) {
        let folder = home.join(code);
        std::fs::create_dir(&folder).unwrap();
        write(&folder, world, true, "");
        std::fs::write(folder.join("profile.toml"), profile(code, true, "")).unwrap();
    }
    for month in 1..=3 {
        let entry = |code: &str| {
            format!(
                "[[landlord]]\nprofile = \"{code}/profile.toml\"\ninputs = [\"{code}/export_{month:02}.csv\"]\n\n"
            )
        };
        // in the second month BB sends nothing
        let there = codes.iter().filter(|code| month != 2 || **code == "AA");
        let batch: String = there.map(|code| entry(code)).collect();
        std::fs::write(home.join("batch.toml"), batch).unwrap();
        let (out, before) = (format!("out_{month}"), format!("out_{}", month - 1));
        let day = as_of(month);
        let mut arguments = vec![
            "convert",
            "--batch",
            "batch.toml",
            "--out",
            &out,
            "--as-of",
            &day,
        ];
        arguments.extend(["--fail-on", "never", "-q", "--accept-drop", "--quote-text"]);
        if month > 1 {
            arguments.extend(["--since", &before]);
        }
        run(home, &arguments);
    }
    for (code, world) in codes.iter().zip(&worlds) {
        let part = |table: &str| home.join(format!("out_3/{table}/landlord={code}/part-0.parquet"));
        let references = references(&part("person_alert"));
        let derived = events(&part("person_alert_history"));
        let derived = in_order(derived.iter().map(|own| told(own, &references)).collect());
        let last = format!("{}T99", as_of(3));
        let expected = changes(world).into_iter().filter(|own| own.3 < last);
        let expected: Vec<Told> = expected.collect();
        // of two changes that BB has made between two exports only the last state is known
        match *code {
            "AA" => assert_eq!(derived, expected),
            _ => assert!(!derived.is_empty() && derived.len() <= expected.len()),
        }
    }
}
