//! What spreadsheets leave in cells that hold no value of theirs.

/// Characters that a cell of a spreadsheet holds at most, in units of UTF-16.
const MOST: usize = 32_767;

/// The errors that formulas come to.
const ERRORS: [&str; 15] = [
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#NAME?",
    "#DIV/0!",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#DATA!",
    "#GETTING_DATA",
];

/// Whether a cell holds the error of a formula, or the `#####` that stands for a value that does not fit
/// its column.
#[inline]
pub fn is_error(cell: &str) -> bool {
    cell.as_bytes().first() == Some(&b'#') && is_error_or_number_sign(cell)
}

fn is_error_or_number_sign(cell: &str) -> bool {
    let narrow = cell.len() >= 4 && cell.bytes().all(|byte| byte == b'#');
    narrow || ERRORS.iter().any(|error| error.eq_ignore_ascii_case(cell))
}

/// Whether a text is as long as a cell of a spreadsheet can be, so that the rest of it is likely lost.
pub fn is_cut_off(text: &str) -> bool {
    text.len() >= MOST && text.encode_utf16().count() == MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_formulas_and_narrow_columns() {
        for cell in ["#REF!", "#n/a", "#DIV/0!", "####", "##########"] {
            assert!(is_error(cell), "{cell}");
        }
        for cell in [
            "",
            "#",
            "##",
            "###",
            "#1",
            "#12 High Street",
            "REF!",
            "#REF! see note",
            "####1",
        ] {
            assert!(!is_error(cell), "{cell}");
        }
    }

    #[test]
    fn the_longest_cell() {
        assert!(is_cut_off(&"x".repeat(32_767)));
        assert!(is_cut_off(&"é".repeat(32_767)));
        assert!(is_cut_off(&format!("{}x", "😀".repeat(16_383))));
        for length in [0, 32_766, 32_768] {
            assert!(!is_cut_off(&"x".repeat(length)), "{length}");
        }
    }
}
