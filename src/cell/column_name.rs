//! Which column of an input a profile means.

use super::fold;

/// What looking for a column has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The column of that place, counted from 0.
    One(usize),
    /// No column.
    Nothing,
    /// Several columns of that name.
    Several,
}

/// Looks for a column among those of an input: by its exact name, else by its name without regard to
/// case and white space, else by a number behind the name of columns that stand several times (`Notes
/// (2)` is the second one), else by the column's own number, counted from 1.
pub fn find_column(name: &str, columns: &[String]) -> Found {
    let exact = find(columns, |column| column == name);
    if exact != Found::Nothing {
        return exact;
    }
    let folded = fold(name);
    let alike = find(columns, |column| fold(column) == folded);
    if alike != Found::Nothing {
        return alike;
    }
    repeated(&folded, columns)
        .or_else(|| numbered(name, columns))
        .map_or(Found::Nothing, Found::One)
}

fn find(columns: &[String], fits: impl Fn(&str) -> bool) -> Found {
    let mut places = (0..columns.len()).filter(|at| columns.get(*at).is_some_and(|c| fits(c)));
    match (places.next(), places.next()) {
        (Some(at), None) => Found::One(at),
        (Some(_), Some(_)) => Found::Several,
        (None, _) => Found::Nothing,
    }
}

/// The column that `notes (2)` means: the second one of that name, where there are two at least.
fn repeated(folded: &str, columns: &[String]) -> Option<usize> {
    let (name, number) = folded.strip_suffix(')')?.rsplit_once(" (")?;
    let number = number.parse::<usize>().ok()?.checked_sub(1)?;
    let named = columns.iter().enumerate();
    let mut named = named.filter(|(_, column)| fold(column) == name);
    let mut places = [named.next()?, named.next()?].into_iter().chain(named);
    places.nth(number).map(|(at, _)| at)
}

fn numbered(name: &str, columns: &[String]) -> Option<usize> {
    let plain = name.bytes().all(|byte| byte.is_ascii_digit());
    let number = name.parse::<usize>().ok().filter(|_| plain)?;
    (1..=columns.len()).contains(&number).then(|| number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_name_is_looked_for_exactly_first() {
        let columns = columns(&["notes", "Notes", "Tenant  No"]);
        assert_eq!(find_column("Notes", &columns), Found::One(1));
        assert_eq!(find_column("NOTES", &columns), Found::Several);
        assert_eq!(find_column("tenant no", &columns), Found::One(2));
        assert_eq!(find_column("person", &columns), Found::Nothing);
    }

    #[test]
    fn repeated_names_have_a_number() {
        let columns = columns(&["Notes", "id", "NOTES", "Notes (3)", "Flag"]);
        assert_eq!(find_column("Notes (1)", &columns), Found::One(0));
        assert_eq!(find_column("Notes (2)", &columns), Found::One(2));
        assert_eq!(find_column("Notes (3)", &columns), Found::One(3));
        assert_eq!(find_column("Notes (4)", &columns), Found::Nothing);
        assert_eq!(find_column("Flag (1)", &columns), Found::Nothing);
        assert_eq!(find_column("Notes (0)", &columns), Found::Nothing);
    }

    #[test]
    fn a_number_counts_columns_unless_one_has_it_for_a_name() {
        let columns = columns(&["2", "", "x"]);
        assert_eq!(find_column("2", &columns), Found::One(0));
        assert_eq!(find_column("3", &columns), Found::One(2));
        assert_eq!(find_column("4", &columns), Found::Nothing);
        assert_eq!(find_column("0", &columns), Found::Nothing);
        assert_eq!(find_column("+3", &columns), Found::Nothing);
    }
}
