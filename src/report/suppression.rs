//! Small counts that must not be told: which counts of a group to hide, so that none of them can be worked
//! out from the others and their sum, not even by somebody who knows what stands here.

/// Which counts to hide where their sum is told and none between 1 and `least` may be; nothing where the whole
/// group is to be hidden, even which of its counts are 0.
///
/// The small counts are hidden, and as many others, the smallest first and equal ones together, as it takes
/// for the hidden ones to leave room for something else: at least two, together no less than twice
/// `least` and more than two each on average, and so little that each of them may be 1 although none is larger
/// than the least that is told. Counts of nothing are told.
pub fn hidden(counts: &[u64], least: u64) -> Option<Vec<bool>> {
    let mut hidden: Vec<bool> = counts
        .iter()
        .map(|count| (1..least).contains(count))
        .collect();
    if !hidden.contains(&true) {
        return Some(hidden);
    }
    let mut others: Vec<u64> = counts
        .iter()
        .copied()
        .filter(|count| *count >= least.max(1))
        .collect();
    others.sort_unstable();
    others.dedup();
    let mut others = others.into_iter();
    loop {
        if leaves_room(counts, &hidden, least) {
            return Some(hidden);
        }
        let next = others.next()?;
        for (count, own) in counts.iter().zip(&mut hidden) {
            *own |= *count == next;
        }
    }
}

fn leaves_room(counts: &[u64], hidden: &[bool], least: u64) -> bool {
    let (mut number, mut sum, mut least_told) = (0, 0, u64::MAX);
    for (count, hidden) in counts.iter().zip(hidden) {
        match (*count, hidden) {
            (count, true) => (number, sum) = (number + 1, sum + count),
            (0, false) => {}
            (count, false) => least_told = least_told.min(count),
        }
    }
    number >= 2
        && sum >= 2 * least
        && sum > 2 * number
        && sum <= least_told.saturating_mul(number - 1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn a_small_count_takes_others_with_it() {
        let told = |counts: &[u64]| hidden(counts, 5);
        assert_eq!(told(&[10, 20, 30]), Some(vec![false; 3]));
        assert_eq!(told(&[10, 3, 30]), Some(vec![true, true, false]));
        assert_eq!(told(&[0, 4, 0, 7]), Some(vec![false, true, false, true]));
        // if the two largest are equal, one of them would tell of the other
        assert_eq!(told(&[4, 996, 996]), Some(vec![true; 3]));
        // alone, or each of them 1, they would be known from their sum
        assert_eq!(told(&[3]), None);
        assert_eq!(told(&[1; 10]), None);
        assert_eq!(told(&[]), Some(Vec::new()));
    }

    /// What is told of a group: its sum, and each count that is.
    type View = (u64, Option<Vec<Option<u64>>>);

    /// For everything that can be told of up to five counts, all counts that it can have been told of are
    /// gathered. No small count may be the same in all of them.
    #[test]
    fn no_small_count_can_be_worked_out_even_by_who_knows_how_it_is_hidden() {
        for (number, most, least) in [(2, 12, 3), (3, 20, 5), (4, 10, 4), (5, 6, 3)] {
            let mut views: HashMap<View, Vec<Vec<u64>>> = HashMap::new();
            let all = (most + 1_u64).pow(number);
            for seed in 0..all {
                let digit = |at: u32| seed / (most + 1).pow(at) % (most + 1);
                let counts: Vec<u64> = (0..number).map(digit).collect();
                let told = hidden(&counts, least).map(|hidden| {
                    let cells = counts.iter().zip(hidden);
                    cells
                        .map(|(count, hidden)| (!hidden).then_some(*count))
                        .collect()
                });
                let view = (counts.iter().sum(), told);
                views.entry(view).or_default().push(counts);
            }
            for ((_, told), worlds) in views {
                for at in 0..number as usize {
                    let known = told.as_ref().and_then(|told| told[at]);
                    assert!(!known.is_some_and(|count| (1..least).contains(&count)));
                    let first = worlds[0][at];
                    let same = worlds.iter().all(|counts| counts[at] == first);
                    let small = (1..least).contains(&first);
                    assert!(!(same && small), "{told:?} {worlds:?}");
                }
            }
        }
    }
}
