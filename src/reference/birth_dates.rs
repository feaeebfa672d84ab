//! When the persons of a landlord were born, as its file of persons says.

/// Days of birth by person, in 12 bytes a person.
#[derive(Debug, Clone, Default)]
pub struct BirthDates {
    /// Keys of persons, ascending.
    persons: Vec<i64>,
    /// The day on which each was born, in days since 1970-01-01.
    days: Vec<i32>,
    contradictory: usize,
}

impl BirthDates {
    /// The days of birth that rows state, each with the key of its person. Of a person with two days
    /// nothing is known.
    pub fn of(mut rows: Vec<(i64, i32)>) -> BirthDates {
        rows.sort_unstable();
        rows.dedup();
        let mut dates = BirthDates::default();
        for rows in rows.chunk_by(|one, next| one.0 == next.0) {
            match rows {
                [(person, day)] => {
                    dates.persons.push(*person);
                    dates.days.push(*day);
                }
                _ => dates.contradictory += 1,
            }
        }
        dates.persons.shrink_to_fit();
        dates.days.shrink_to_fit();
        dates
    }

    /// Persons and days of birth, ascending by the keys of the persons.
    pub fn iter(&self) -> impl Iterator<Item = (i64, i32)> {
        self.persons.iter().copied().zip(self.days.iter().copied())
    }

    /// Of how many persons the day of birth is known.
    pub fn persons(&self) -> usize {
        self.persons.len()
    }

    /// How many persons have two days of birth.
    pub fn contradictory(&self) -> usize {
        self.contradictory
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_with_two_days_of_birth_has_none() {
        let dates = BirthDates::of(vec![(9, 5), (7, 1), (8, 2), (7, 1), (8, 3)]);
        assert_eq!(dates.iter().collect::<Vec<_>>(), [(7, 1), (9, 5)]);
        assert_eq!((dates.persons(), dates.contradictory()), (2, 1));
    }
}
