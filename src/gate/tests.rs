//! Alerts at the gate: merged, given keys, kept free for those that will be mended.

use proptest::prelude::*;

use super::*;
use crate::candidate::Values;

const HASHED: i64 = 1 << 62;

fn batch(alerts: &[(Option<i64>, i64, u64, u128)]) -> Candidates {
    let rows = alerts.len();
    let (mut ids, mut persons) = (Values::blank(rows), Values::blank(rows));
    for (row, (id, person, _, _)) in alerts.iter().enumerate() {
        if let Some(id) = id {
            ids.set(row, *id);
        }
        persons.set(row, *person);
    }
    Candidates {
        rows,
        columns: vec![Column::Int64(ids), Column::Int64(persons)],
        names: vec!["person_alert_id".to_owned(), "person_id".to_owned()],
        outcomes: vec![Outcome::Accepted; rows],
        person_checks: alerts.iter().map(|alert| alert.2).collect(),
        fingerprints: alerts.iter().map(|alert| alert.3 << 64 | alert.3).collect(),
        ..Candidates::default()
    }
}

fn gate(merge_duplicates: bool) -> Gate {
    Gate::new(KeySpace::single("RIV"), merge_duplicates, Path::new("."))
}

fn ids(batch: &Candidates) -> Vec<i64> {
    batch.int64s("person_alert_id").unwrap().values.clone()
}

#[test]
fn equal_alerts_are_merged_across_batches() {
    let mut gate = gate(true);
    let mut first = batch(&[(None, 1, 11, 5), (None, 1, 11, 6)]);
    assert!(gate.pass(&mut first).unwrap().is_empty());
    let mut second = batch(&[(None, 1, 11, 5)]);
    assert_eq!(
        gate.pass(&mut second).unwrap(),
        [(0, GateFault::ExactDuplicate)]
    );
    assert_eq!(second.outcomes, [Outcome::Merged]);
}

#[test]
fn kept_duplicates_get_keys_of_their_own() {
    let mut gate = gate(false);
    let mut both = batch(&[(None, 1, 11, 5), (None, 1, 11, 5)]);
    assert!(gate.pass(&mut both).unwrap().is_empty());
    let keys = ids(&both);
    assert_ne!(keys[0], keys[1]);
}

#[test]
fn many_kept_duplicates_take_no_long() {
    let mut gate = gate(false);
    let alerts = vec![(None, 1, 11, 5); 200_000];
    let mut many = batch(&alerts);
    assert!(gate.pass(&mut many).unwrap().is_empty());
    let mut keys = ids(&many);
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), alerts.len());
}

#[test]
fn a_repeated_key_with_other_content_is_noted_and_replaced() {
    let mut gate = gate(true);
    let mut both = batch(&[(Some(7), 1, 11, 5), (Some(7), 1, 11, 6)]);
    assert_eq!(
        gate.pass(&mut both).unwrap(),
        [(1, GateFault::RepeatedAlertKey)]
    );
    assert_eq!(ids(&both)[0], 7);
    assert_ne!(ids(&both)[1], 7);
}

#[test]
fn a_rejected_alert_keeps_its_key_for_the_day_it_is_mended() {
    let mut gate = gate(true);
    let mut both = batch(&[(Some(7), 1, 11, 5), (Some(7), 1, 11, 6)]);
    both.outcomes[0] = Outcome::Rejected;
    assert_eq!(
        gate.pass(&mut both).unwrap(),
        [(1, GateFault::RepeatedAlertKey)]
    );
    assert_ne!(ids(&both)[1], 7);
}

#[test]
fn nothing_is_merged_into_a_rejected_alert() {
    let mut gate = gate(true);
    let mut both = batch(&[(Some(7), 1, 11, 5), (Some(7), 1, 11, 5)]);
    both.outcomes[0] = Outcome::Rejected;
    assert_eq!(
        gate.pass(&mut both).unwrap(),
        [(1, GateFault::RepeatedAlertKey)]
    );
    assert_eq!(both.outcomes[1], Outcome::Accepted);
    assert_ne!(ids(&both)[1], 7);
}

#[test]
fn a_duplicate_is_merged_into_an_alert_whose_key_was_replaced() {
    let mut gate = gate(true);
    let mut all = batch(&[
        (Some(7), 1, 11, 5),
        (Some(7), 1, 11, 6),
        (Some(7), 1, 11, 6),
    ]);
    let repeated = (1, GateFault::RepeatedAlertKey);
    assert_eq!(
        gate.pass(&mut all).unwrap(),
        [repeated, (2, GateFault::ExactDuplicate)]
    );
    assert_eq!(all.outcomes[2], Outcome::Merged);
}

#[test]
fn two_person_keys_never_share_an_integer() {
    let mut gate = gate(true);
    let mut both = batch(&[(None, HASHED, 11, 5), (None, HASHED, 12, 6)]);
    assert_eq!(
        gate.pass(&mut both).unwrap(),
        [(1, GateFault::SharedPersonKey)]
    );
    assert_eq!(both.outcomes[1], Outcome::Rejected);
}

/// An alert of few own keys, persons and contents, so that all of them meet; and its outcome so far.
fn any_alert() -> impl Strategy<Value = ((Option<i64>, i64, u64, u128), Outcome)> {
    let own = prop::option::of(1i64..30);
    let outcome = prop_oneof![
        8 => Just(Outcome::Accepted),
        1 => Just(Outcome::Rejected),
        1 => Just(Outcome::Skipped),
    ];
    let persons = (0..20i64, 0..40u64).prop_map(|(person, odd)| match odd {
        0 => (HASHED + person, 1),
        _ => (HASHED + person, 0),
    });
    (own, persons, 0..60u128, outcome)
        .prop_map(|(own, (person, check), print, outcome)| ((own, person, check, print), outcome))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn entries_on_disk_change_nothing(
        batches in prop::collection::vec(prop::collection::vec(any_alert(), 1..50), 1..5),
        merge_duplicates in any::<bool>(),
        most in 2usize..20,
    ) {
        let home = tempfile::tempdir().unwrap();
        let mut in_memory = gate(merge_duplicates);
        let mut on_disk = Gate {
            persons: Seen::with_most(home.path(), most),
            alerts: Seen::with_most(home.path(), most),
            ..gate(merge_duplicates)
        };
        for alerts in batches {
            let (alerts, outcomes): (Vec<_>, Vec<_>) = alerts.into_iter().unzip();
            let mut one = Candidates { outcomes, ..batch(&alerts) };
            let mut other = one.clone();
            prop_assert_eq!(in_memory.pass(&mut one).unwrap(), on_disk.pass(&mut other).unwrap());
            prop_assert_eq!(&one.outcomes, &other.outcomes);
            prop_assert_eq!(ids(&one), ids(&other));
        }
    }
}

#[test]
fn a_folder_that_is_gone_is_named() {
    let home = tempfile::tempdir().unwrap();
    let gone = home.path().join("gone");
    let mut gate = Gate {
        alerts: Seen::with_most(&gone, 1),
        folder: gone.clone(),
        ..gate(true)
    };
    let error = gate.pass(&mut batch(&[(None, 1, 11, 5)])).unwrap_err();
    assert!(
        error.to_string().starts_with(&gone.display().to_string()),
        "{error}"
    );
}
