//! A summary: text of no more than so many characters.

use std::borrow::Cow;

use super::{CellFault, Reading};

/// Reads a cell that is not empty. What is too long is cut off, and ends in an ellipsis.
pub fn read(cell: &str, most: usize) -> Reading<Cow<'_, str>> {
    if cell.chars().nth(most).is_none() {
        return Reading::Value(cell.into());
    }
    let kept = cell.chars().take(most.saturating_sub(1));
    let cut: String = kept.chain(['…']).collect();
    Reading::Noted(cut.into(), CellFault::SummaryShortened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_stays() {
        assert_eq!(read("éé", 2), Reading::Value("éé".into()));
        let cut = Reading::Noted("é…".into(), CellFault::SummaryShortened);
        assert_eq!(read("ééé", 2), cut);
    }
}
