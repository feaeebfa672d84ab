//! Numbers as people read them.

/// A number with separators: 12,431.
pub fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things: 1 record, 12,431 records.
pub fn plural(count: u64, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {word}{ending}", number(count))
}

/// A part of a whole in percent, with one digit behind the point. It is 0 or 100 only where nothing or all
/// is meant.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 || part == 0 {
        return "0 %".to_owned();
    }
    let tenths = u128::from(part) * 1000 / u128::from(whole);
    match tenths {
        0 => "less than 0.1 %".to_owned(),
        tenths if tenths.is_multiple_of(10) => format!("{} %", tenths / 10),
        tenths => format!("{}.{} %", tenths / 10, tenths % 10),
    }
}

/// A count that may be an estimate: 1,024, or about 3,400.
pub fn estimate(count: u64, estimated: bool) -> String {
    match estimated {
        false => number(count),
        true => {
            let unit = 10u64.pow(count.max(1).ilog10().saturating_sub(1));
            format!("about {}", number(count / unit * unit))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators() {
        assert_eq!(number(7), "7");
        assert_eq!(number(123), "123");
        assert_eq!(number(1234), "1,234");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(plural(1, "input"), "1 input");
        assert_eq!(plural(1200, "input"), "1,200 inputs");
    }

    #[test]
    fn a_share_is_all_or_nothing_only_where_it_is() {
        assert_eq!(percent(0, 5), "0 %");
        assert_eq!(percent(5, 5), "100 %");
        assert_eq!(percent(1, 1_000_000), "less than 0.1 %");
        assert_eq!(percent(999_999, 1_000_000), "99.9 %");
        assert_eq!(percent(19, 37), "51.3 %");
        assert_eq!(percent(1, 2), "50 %");
        assert_eq!(percent(0, 0), "0 %");
    }

    #[test]
    fn an_estimate_does_not_look_exact() {
        assert_eq!(estimate(1023, false), "1,023");
        assert_eq!(estimate(3_456, true), "about 3,400");
        assert_eq!(estimate(7, true), "about 7");
    }
}
