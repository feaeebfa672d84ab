//! Small counts that must not be told: which counts of a group to hide, so that none of them can be worked
//! out from the others and their sum.

/// Which counts to hide where their sum is told and none between 1 and `least` may be: first the small ones,
/// then as many others, the smallest first, as it takes for at least two to be hidden that together are no
/// less than twice `least`. Counts of nothing are told.
pub fn hidden(counts: &[u64], least: u64) -> Vec<bool> {
    let mut hidden: Vec<bool> = counts
        .iter()
        .map(|count| (1..least).contains(count))
        .collect();
    if !hidden.contains(&true) {
        return hidden;
    }
    let mut others: Vec<usize> = (0..counts.len())
        .filter(|at| counts[*at] > 0 && !hidden[*at])
        .collect();
    others.sort_by_key(|at| std::cmp::Reverse(counts[*at]));
    loop {
        let own = counts.iter().zip(&hidden).filter(|(_, hidden)| **hidden);
        let (number, sum) = own.fold((0, 0), |(number, sum), (count, _)| {
            (number + 1, sum + count)
        });
        let safe = number >= 2 && sum >= 2 * least;
        match others.pop() {
            Some(at) if !safe => hidden[at] = true,
            _ => return hidden,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_count_takes_another_with_it() {
        assert_eq!(hidden(&[10, 20, 30], 5), [false; 3]);
        assert_eq!(hidden(&[10, 3, 30], 5), [true, true, false]);
        assert_eq!(hidden(&[1, 1, 30, 40], 5), [true, true, true, false]);
        assert_eq!(hidden(&[0, 4, 0, 6], 5), [false, true, false, true]);
        assert_eq!(hidden(&[3], 5), [true]);
        assert!(hidden(&[], 5).is_empty());
    }

    /// Whoever sees what is told, and the sum, must find at least two values possible for each small count.
    #[test]
    fn no_small_count_can_be_worked_out() {
        const LEAST: u64 = 3;
        for seed in 0..20_000_u64 {
            let counts: Vec<u64> = (0..4).map(|at| (seed >> (3 * at)) % 8).collect();
            let flags = hidden(&counts, LEAST);
            let hid: Vec<u64> = counts
                .iter()
                .zip(&flags)
                .filter(|(_, own)| **own)
                .map(|(count, _)| *count)
                .collect();
            let told: Vec<u64> = counts
                .iter()
                .zip(&flags)
                .filter(|(_, own)| !**own)
                .map(|(count, _)| *count)
                .collect();
            assert!(
                told.iter().all(|count| !(1..LEAST).contains(count)),
                "{counts:?}"
            );
            let sum: u64 = hid.iter().sum();
            // the hidden are at least 1 each: with room beyond that, every one of them may be another
            let enough = told.iter().all(|count| *count == 0)
                || hid.is_empty()
                || (hid.len() >= 2 && sum > hid.len() as u64);
            assert!(enough, "{counts:?} {flags:?}");
        }
    }
}
