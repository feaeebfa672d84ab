//! How old a person is.

use crate::cell::date::date_of;

/// The age of a person on some day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// In days.
    pub days: i32,
    /// In whole years. Who was born on 29 February becomes a year older on 1 March where a year has none.
    pub years: i32,
}

impl Age {
    /// The age on a day of who was born on another; both in days since 1970-01-01. `None` where the day
    /// is before the birth.
    pub fn on(day: i32, born: i32) -> Option<Age> {
        let years = date_of(day)?.years_since(date_of(born)?)?;
        Some(Age {
            days: day.checked_sub(born)?,
            years: i32::try_from(years).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::date::days;

    fn age(born: (i32, u32, u32), day: (i32, u32, u32)) -> Option<(i32, i32)> {
        let at = |(year, month, day)| days(year, month, day).unwrap();
        Age::on(at(day), at(born)).map(|age| (age.days, age.years))
    }

    #[test]
    fn years_are_complete_on_the_birthday() {
        assert_eq!(age((2020, 5, 1), (2021, 4, 30)), Some((364, 0)));
        assert_eq!(age((2020, 5, 1), (2021, 5, 1)), Some((365, 1)));
        assert_eq!(age((2020, 5, 1), (2020, 5, 1)), Some((0, 0)));
        assert_eq!(age((2020, 5, 1), (2020, 4, 30)), None);
    }

    #[test]
    fn a_leap_day_comes_again_on_the_first_of_march() {
        assert_eq!(age((2008, 2, 29), (2026, 2, 28)).unwrap().1, 17);
        assert_eq!(age((2008, 2, 29), (2026, 3, 1)).unwrap().1, 18);
        assert_eq!(age((2008, 2, 29), (2024, 2, 29)).unwrap().1, 16);
    }
}
