//! Free text: notes as landlords write them with what is to be found in each, half of them traps; and what
//! must hold of any text at all.

use std::collections::BTreeSet;

use person_alerts::text_scan::{Found, Kind, scan, with_markers};
use proptest::prelude::*;

/// The word for a kind in the lists of notes.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::NhsNumber => "nhs",
        Kind::NationalInsurance => "nino",
        Kind::AccessCode => "access",
        Kind::BirthDate => "birth",
        Kind::Phone => "phone",
        Kind::Email => "email",
        Kind::Postcode => "postcode",
        Kind::Surname => "name",
        Kind::Offence | Kind::JusticeBody => "offence",
        Kind::Health => "health",
        Kind::OwnCode => "code",
    }
}

fn is_own_code(_: usize, text: &str) -> bool {
    ["CV", "VA", "DOG", "VULN-RESP"].contains(&text)
}

/// A column of the texts.
fn column<'t>(texts: impl IntoIterator<Item = &'t str>) -> (String, Vec<u32>) {
    let (mut all, mut ends) = (String::new(), Vec::new());
    for text in texts {
        all.push_str(text);
        ends.push(all.len() as u32);
    }
    (all, ends)
}

fn found_in(text: &str) -> Vec<Found> {
    let (all, ends) = column([text]);
    scan(&all, &ends, &is_own_code)
}

/// Notes with the words for what is to be found in them.
fn notes(list: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut reader = csv::Reader::from_reader(list.as_bytes());
    let records = reader.records().map(|record| {
        let record = record.unwrap();
        let kinds = record[1].split_whitespace().map(str::to_owned);
        (record[0].to_owned(), kinds.collect())
    });
    records.collect()
}

/// Precision and recall over a list of notes, printed with every note that is judged wrongly.
fn judged(name: &str, list: &str) -> (f64, f64) {
    let notes = notes(list);
    let (all, ends) = column(notes.iter().map(|(note, _)| note.as_str()));
    let mut found = vec![BTreeSet::new(); notes.len()];
    for one in scan(&all, &ends, &is_own_code) {
        found[one.row as usize].insert(word(one.kind).to_owned());
    }
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for ((note, expected), found) in notes.iter().zip(&found) {
        right += found.intersection(expected).count();
        wrong += found.difference(expected).count();
        missed += expected.difference(found).count();
        if found != expected {
            println!("{note:?}: found {found:?}, expected {expected:?}");
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    let (precision, recall) = (share(right, right + wrong), share(right, right + missed));
    let traps = notes.iter().filter(|(_, kinds)| kinds.is_empty()).count();
    println!(
        "{name}: {} notes, {traps} of them traps; precision {precision:.3}, recall {recall:.3}",
        notes.len()
    );
    (precision, recall)
}

#[test]
fn notes_are_judged_as_a_reader_would() {
    let (precision, recall) = judged("notes", include_str!("notes.csv"));
    assert!(precision >= 0.99 && recall >= 0.97);
    let (precision, recall) = judged("further notes", include_str!("further_notes.csv"));
    assert!(precision >= 0.97 && recall >= 0.9);
    let (precision, recall) = judged("fresh notes", include_str!("fresh_notes.csv"));
    assert!(precision >= 0.97 && recall >= 0.97);
}

#[test]
fn the_test_range_of_nhs_numbers_counts_and_every_other_check_digit_does_not() {
    let numbers = (0..10).map(|digit| format!("999000001{digit}"));
    let numbers: Vec<String> = numbers
        .filter(|number| !found_in(number).is_empty())
        .collect();
    assert_eq!(numbers, ["9990000018"]);
    assert!(found_in("1111111111").is_empty());
}

#[test]
fn own_codes_count_in_lists_alone() {
    let found = |text: &str| {
        let own = found_in(text)
            .into_iter()
            .filter(|one| one.kind == Kind::OwnCode);
        own.map(|one| text[one.start as usize..one.end as usize].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("CV; VA leak in kitchen"), ["CV; VA"]);
    assert_eq!(found("CV: leak in kitchen"), ["CV"]);
    assert_eq!(found("DOG/CV bites"), ["DOG/CV"]);
    assert_eq!(found("VULN-RESP; mask"), ["VULN-RESP"]);
    assert_eq!(found("leak in kitchen CV; VA"), ["CV; VA"]);
    for text in [
        "CV at office",
        "cv; va leak",
        "DOGS; two",
        "CV",
        "a DOG; a cat",
        "XX; VA leak",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn markers_take_the_place_of_matches_alone() {
    let text = "Café: NHS 999 000 0018, mum’s number 07700 900456!";
    let (changed, places) = with_markers(text, &found_in(text));
    let expected = "Café: NHS [NHS number removed], mum’s number [phone number removed]!";
    assert_eq!((changed.as_str(), places), (expected, 2));
}

/// Pieces of notes, in any order: what is to be found, and what lies near to it.
fn pieces() -> impl Strategy<Value = Vec<String>> {
    const PIECES: [&str; 34] = [
        "NHS ",
        "999 000 0018",
        "9990000018",
        "AB 12 34 56 C",
        "07700 900456",
        "+44 7700 900123",
        "jo@example.org",
        "@",
        "SW1A 1AA",
        "B2 1st",
        "DOB ",
        "03/04/1950",
        "key safe ",
        "code ",
        "4471",
        "C4471Y",
        "Mrs ",
        "Jones",
        "arrested",
        "cardiac ",
        "methadone",
        "500mg",
        "CV; ",
        "VA ",
        " ",
        ", ",
        "é",
        "’",
        "\u{a0}",
        "\n",
        "1",
        "-",
        "door ",
        "",
    ];
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_cell_is_judged_by_itself(cells in prop::collection::vec(pieces(), 1..6)) {
        let cells: Vec<String> = cells.iter().map(|pieces| pieces.concat()).collect();
        let (all, ends) = column(cells.iter().map(String::as_str));
        let together = scan(&all, &ends, &is_own_code);
        let alone = (0..).zip(&cells).flat_map(|(row, cell)| {
            found_in(cell).into_iter().map(move |one| Found { row, ..one })
        });
        prop_assert_eq!(together, alone.collect::<Vec<_>>());
    }

    #[test]
    fn redaction_changes_nothing_but_what_was_found(pieces in pieces()) {
        let text = pieces.concat();
        let found = found_in(&text);
        let (changed, places) = with_markers(&text, &found);
        // what lies outside of all that was found, in order
        let taken: Vec<&Found> = found.iter().filter(|one| one.kind.marker().is_some()).collect();
        let inside = |at: usize| taken.iter().any(|one| (one.start as usize..one.end as usize).contains(&at));
        let outside: String = text.char_indices().filter(|(at, _)| !inside(*at)).map(|(_, c)| c).collect();
        let mut rest = changed.clone();
        for kind in Kind::ALL {
            rest = rest.replace(kind.marker().unwrap_or("\0"), "");
        }
        prop_assert_eq!(rest, outside);
        prop_assert_eq!(places == 0, taken.is_empty());
        if taken.is_empty() {
            prop_assert_eq!(changed, text);
        }
    }

    #[test]
    fn a_redacted_text_holds_no_number_that_was_taken_out(pieces in pieces()) {
        // without a space between them, what is taken out may have hidden its neighbour
        let text = pieces.join(" ");
        let found = found_in(&text);
        let (changed, _) = with_markers(&text, &found);
        let numbers = [Kind::NhsNumber, Kind::NationalInsurance, Kind::Phone, Kind::Email];
        for one in found_in(&changed) {
            prop_assert!(!numbers.contains(&one.kind), "{:?} in {:?}", one.kind, changed);
        }
    }
}
