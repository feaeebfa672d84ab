//! Names and values as they may be shown: shortened, and without characters that steer what shows them.

/// A text without control characters and marks of writing direction, and with at most so many characters.
pub fn shown(text: &str, most: usize) -> String {
    let harmless = |c: char| if steers(c) { '\u{fffd}' } else { c };
    let mut shown: String = text.chars().take(most).map(harmless).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_steer_what_shows_it() {
        assert_eq!(shown("Alert\u{1b}[31m Type", 80), "Alert\u{fffd}[31m Type");
        assert_eq!(shown("a\u{202e}b\n", 80), "a\u{fffd}b\u{fffd}");
        assert_eq!(shown("abcdef", 3), "abc…");
        assert_eq!(shown("abc", 3), "abc");
    }
}
