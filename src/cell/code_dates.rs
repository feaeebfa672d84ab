//! Dates that a spreadsheet has made of codes: `20-10` typed into a cell becomes the 20th of October, and
//! is saved as `20-Oct`, `20/10/2026` or `2026-10-20`.

use std::collections::HashMap;

use super::date_parts::month_name;

/// A number and a month, whichever of them was in front.
type Pair = (u32, u32);

/// The codes of a crosswalk that a spreadsheet takes for dates.
#[derive(Debug, Clone, Default)]
pub struct CodeDates {
    codes: HashMap<Pair, Vec<String>>,
}

/// What a date may have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin<'c> {
    /// One code.
    Code(&'c str),
    /// One of several codes.
    Several,
}

impl CodeDates {
    /// Those among some codes, which are folded.
    pub fn of<'c>(codes: impl Iterator<Item = &'c String>) -> CodeDates {
        let mut dates = CodeDates::default();
        dates.extend(codes);
        dates
    }

    /// Adds those among some codes, which are folded.
    pub fn extend<'c>(&mut self, codes: impl Iterator<Item = &'c String>) {
        codes.for_each(|code| self.add(code));
    }

    /// Adds a code, folded, if a spreadsheet takes it for a date: two numbers such as `20-10` or `1/5`,
    /// or a month and a number such as `mar1`.
    fn add(&mut self, code: &str) {
        let mut pairs = match code.split_once(['-', '/']) {
            Some((first, second)) => match (number(first), number(second)) {
                (Some(first), Some(second)) => vec![(first, second), (second, first)],
                _ => named_month(code).into_iter().collect(),
            },
            None => named_month(code).into_iter().collect(),
        };
        pairs.retain(|(_, month)| (1..=12).contains(month));
        pairs.dedup();
        for pair in pairs {
            self.codes.entry(pair).or_default().push(code.to_owned());
        }
    }

    /// What a cell may have been that is written as a date; `None` where it is none, or no code could
    /// have become it.
    pub fn origin(&self, cell: &str) -> Option<Origin<'_>> {
        if self.codes.is_empty() {
            return None;
        }
        let mut codes: Vec<&str> = Vec::new();
        for pair in pairs(cell) {
            codes.extend(
                self.codes
                    .get(&pair)
                    .into_iter()
                    .flatten()
                    .map(String::as_str),
            );
        }
        codes.sort_unstable();
        codes.dedup();
        match codes.as_slice() {
            [] => None,
            [code] => Some(Origin::Code(code)),
            _ => Some(Origin::Several),
        }
    }
}

/// The numbers and months that a date may have been made of: day and month, and for the first of a month
/// also its year and month, because `10-20` becomes October 2020 where there is no 20th month.
fn pairs(cell: &str) -> Vec<Pair> {
    let midnight = [" 00:00:00", "T00:00:00", " 00:00"];
    let date = midnight.iter().find_map(|time| cell.strip_suffix(time));
    let cell = date.unwrap_or(cell);
    if let Some(pair) = named_month(cell) {
        return vec![pair];
    }
    let parts: Vec<&str> = cell.split(['-', '/', '.', ' ']).collect();
    let [first, second, third] = parts.as_slice() else {
        return Vec::new();
    };
    let (day, month, year) = match first.len() == 4 {
        true => (number(third), number(second), year(first)),
        false => (number(first), month_of(second), year(third)),
    };
    let (Some(day), Some(month), Some(year)) = (day, month, year) else {
        return Vec::new();
    };
    // the order of day and month is not known
    let mut pairs = vec![(day, month), (month, day)];
    if day == 1 {
        pairs.push((year, month));
    }
    if month == 1 {
        pairs.push((year, day));
    }
    pairs
}

/// The number and the month of `20-oct`, `oct-20`, `oct 20` or `oct20`.
fn named_month(text: &str) -> Option<Pair> {
    let is_mark = |c: char| matches!(c, '-' | '/' | ' ');
    let at = match text.starts_with(|c: char| c.is_ascii_digit()) {
        true => text.find(|c: char| !c.is_ascii_digit()),
        false => text.find(|c: char| !c.is_ascii_alphabetic()),
    }?;
    let (first, second) = text.split_at(at);
    let second = second.strip_prefix(is_mark).unwrap_or(second);
    let pair = |digits, word| Some((number(digits)?, whole_month(word)?));
    pair(first, second).or_else(|| pair(second, first))
}

fn month_of(text: &str) -> Option<u32> {
    number(text).or_else(|| whole_month(text))
}

fn whole_month(text: &str) -> Option<u32> {
    let mut rest = text;
    month_name(&mut rest, false).filter(|_| rest.is_empty())
}

/// A number of one or two digits.
fn number(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain && text.len() <= 2)
}

/// The last two digits of a year of two or four.
fn year(text: &str) -> Option<u32> {
    match text.len() {
        4 if text.bytes().all(|byte| byte.is_ascii_digit()) => number(&text[2..]),
        _ => number(text).filter(|_| text.len() == 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(codes: &[&str]) -> CodeDates {
        let mut dates = CodeDates::default();
        codes.iter().for_each(|code| dates.add(code));
        dates
    }

    #[test]
    fn each_form_leads_back_to_its_code() {
        let dates = dates(&["20-10", "1-5", "mar1", "asthma", "1.2", "11-30"]);
        let cases = [
            ("20-Oct", "20-10"),
            ("Oct-20", "20-10"),
            ("20 October", "20-10"),
            ("20/10/2024", "20-10"),
            ("10/20/2024", "20-10"),
            ("20-Oct-24", "20-10"),
            ("2026-10-20", "20-10"),
            ("2026-10-20 00:00:00", "20-10"),
            ("01/10/2020", "20-10"),
            ("2020-10-01", "20-10"),
            ("01-May", "1-5"),
            ("05/01/2026", "1-5"),
            ("1-Mar", "mar1"),
            ("Nov-30", "11-30"),
        ];
        for (cell, code) in cases {
            assert_eq!(dates.origin(cell), Some(Origin::Code(code)), "{cell}");
        }
    }

    #[test]
    fn what_no_code_could_have_become_is_no_damage() {
        let dates = dates(&["20-10", "1-5"]);
        for cell in [
            "21-Oct",
            "20-Nov",
            "2-May",
            "Asthma",
            "",
            "20-10-10-10",
            "20/10/20245",
            "-",
        ] {
            assert_eq!(dates.origin(cell), None, "{cell}");
        }
        assert_eq!(CodeDates::default().origin("20-Oct"), None);
        // no spreadsheet takes these for dates
        assert_eq!(self::dates(&["33-44", "med1.02", "123-4"]).codes.len(), 0);
    }

    #[test]
    fn several_codes_are_not_guessed() {
        let dates = dates(&["20-10", "10-20"]);
        assert_eq!(dates.origin("20-Oct"), Some(Origin::Several));
        // the first of October 2020 may have been either too
        assert_eq!(dates.origin("01/10/2020"), Some(Origin::Several));
        let dates = self::dates(&["1-10", "10-20"]);
        assert_eq!(dates.origin("01/10/2020"), Some(Origin::Several));
        assert_eq!(dates.origin("01/10/2026"), Some(Origin::Code("1-10")));
    }

    #[test]
    fn a_code_of_one_number_twice_is_one_code() {
        assert_eq!(dates(&["5-5"]).origin("05-May"), Some(Origin::Code("5-5")));
    }
}
