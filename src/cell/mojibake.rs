//! Text whose UTF-8 bytes were taken for Windows-1252 on the way: `â€™` for `’`, `Ã©` for `é`.

/// What stands in the place of bytes that somebody could not read; they are lost.
const LOST: char = '\u{fffd}';
/// How often text is looked at that was spoilt several times.
const MOST: usize = 3;

/// Characters of Windows-1252 between 0x80 and 0x9F; where there is none, the control character.
const UPPER: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Whether some text of many cells may be spoilt: a quick look that spares looking at each.
pub fn may_occur(text: &str) -> bool {
    // first bytes of the characters that spoilt text begins with, Â to Å, â, ï and ð, and of U+FFFD
    let leads = [0x82, 0x83, 0x84, 0x85, 0xa2, 0xaf, 0xb0];
    let bytes = text.as_bytes();
    !text.is_ascii()
        && memchr::memchr2_iter(0xc3, 0xef, bytes).any(|at| match bytes.get(at..at + 2) {
            Some([0xc3, next]) => leads.contains(next),
            Some([0xef, next]) => *next == 0xbf,
            _ => false,
        })
}

/// Whether text is spoilt: it holds the characters of a sequence of UTF-8, or the mark of lost bytes.
pub fn is_spoilt(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let chars: Vec<char> = text.chars().collect();
    text.contains(LOST) || (0..chars.len()).any(|at| is_sequence(&chars[at..]))
}

/// The text as it was before it was spoilt; `None` where it is not spoilt, or not all of it can be read
/// back. Read as Windows-1252 the result's bytes give the text again, so that nothing is lost.
pub fn mended(text: &str) -> Option<String> {
    let mut mended: Option<String> = None;
    for _ in 0..MOST {
        let spoilt = mended.as_deref().unwrap_or(text);
        if !is_spoilt(spoilt) {
            return mended;
        }
        let bytes: Option<Vec<u8>> = spoilt.chars().map(byte).collect();
        mended = Some(String::from_utf8(bytes?).ok()?);
    }
    mended.filter(|text| !is_spoilt(text))
}

/// The byte that Windows-1252, or ISO 8859-1, has for a character.
fn byte(c: char) -> Option<u8> {
    if let Some(at) = UPPER.iter().position(|own| *own == c) {
        return Some(0x80 + at as u8);
    }
    u8::try_from(u32::from(c)).ok()
}

/// Whether characters begin with a sequence that UTF-8 has for one character beyond ASCII. Only leads
/// that stand for letters of Latin scripts, signs of punctuation and pictures are looked at: others are
/// ordinary capitals, as in `CAFÉ’S`.
fn is_sequence(chars: &[char]) -> bool {
    let follows = |count: usize| {
        let behind = chars.get(1..=count);
        let continues = |c: &char| byte(*c).is_some_and(|byte| (0x80..0xc0).contains(&byte));
        behind.is_some_and(|behind| behind.iter().all(continues))
    };
    match chars.first() {
        Some('Â' | 'Ã' | 'Ä' | 'Å') => follows(1),
        Some('â' | 'ï') => follows(2),
        Some('ð') => follows(3),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text as a program leaves it that takes its bytes for Windows-1252.
    fn spoil(text: &str) -> String {
        encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(text.as_bytes())
            .0
            .into_owned()
    }

    #[test]
    fn what_was_spoilt_is_found_and_mended() {
        let cases = [
            "it’s",
            "café",
            "£5 – no “lone” visits",
            "Michał",
            "naïve…",
            "€",
            "😀",
            "à Dieu",
            "”",
        ];
        for text in cases {
            let spoilt = spoil(text);
            assert!(is_spoilt(&spoilt), "{spoilt}");
            assert!(may_occur(&spoilt), "{spoilt}");
            assert_eq!(mended(&spoilt).as_deref(), Some(text), "{spoilt}");
            assert_eq!(
                mended(&spoil(&spoilt)).as_deref(),
                Some(text),
                "twice {spoilt}"
            );
        }
        assert_eq!(spoil("it’s"), "itâ€™s");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        let cases = [
            "plain",
            "café",
            "CAFÉ’S",
            "SÃO PAULO",
            "£5 – “x”",
            "Ångström",
            "Spaß…",
            "Łódź",
            "",
        ];
        for text in cases {
            assert!(!is_spoilt(text), "{text}");
            assert_eq!(mended(text), None, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_back_whole_is_not_mended() {
        // the second é was never spoilt; the bytes behind U+FFFD are gone
        for text in ["cafÃ© René", "it\u{fffd}s"] {
            assert!(is_spoilt(text), "{text}");
            assert!(may_occur(text), "{text}");
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
