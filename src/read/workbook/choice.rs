//! Which sheet of a workbook is read.

use super::book::BookFault;
use crate::cell::fold;
use crate::dialect::SheetWish;

/// The name of the sheet to be read, or why none can be chosen; `sheets` are names, and whether they
/// are shown. Without a wish it is the only sheet, or the only one that is shown and has content.
pub(super) fn choose(
    sheets: &[(String, bool)],
    wish: Option<&SheetWish>,
    mut has_content: impl FnMut(&str) -> Result<bool, BookFault>,
) -> Result<Result<String, String>, BookFault> {
    let all: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    if all.is_empty() {
        return Err(BookFault::NoWorkbook);
    }
    match wish {
        Some(SheetWish::Name(name)) => Ok(named(&all, name)),
        Some(SheetWish::Number(number)) => Ok(match number.checked_sub(1).map(|at| all.get(at)) {
            Some(Some(name)) => Ok((*name).to_owned()),
            _ => Err(format!(
                "there is no sheet {number}; the workbook has {}",
                listed(&all)
            )),
        }),
        None if all.len() == 1 => Ok(Ok(all.concat())),
        None => {
            let mut filled = Vec::new();
            for (name, _) in sheets.iter().filter(|(_, shown)| *shown) {
                if has_content(name)? {
                    filled.push(name.as_str());
                }
            }
            Ok(match filled.as_slice() {
                [only] => Ok((*only).to_owned()),
                [] => Err(format!(
                    "no sheet that is shown has content; name one with sheet under [input] (pac cells: --sheet): {}",
                    listed(&all)
                )),
                several => Err(format!(
                    "several sheets have content; name one with sheet under [input] (pac cells: --sheet): {}",
                    listed(several)
                )),
            })
        }
    }
}

fn named(all: &[&str], wanted: &str) -> Result<String, String> {
    let exact = all.iter().find(|name| **name == wanted);
    let near = || all.iter().find(|name| fold(name) == fold(wanted));
    match exact.or_else(near) {
        Some(name) => Ok((*name).to_owned()),
        None => Err(format!(
            "there is no sheet {wanted:?}; the workbook has {}",
            listed(all)
        )),
    }
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: [(&str, bool); 4] = [
        ("Notes", true),
        ("Alerts", true),
        ("Old", false),
        ("Empty", true),
    ];

    fn chosen(wish: Option<SheetWish>, filled: &[&str]) -> Result<String, String> {
        let sheets = BOOK.map(|(name, shown)| (name.to_owned(), shown));
        choose(&sheets, wish.as_ref(), |name| Ok(filled.contains(&name))).unwrap()
    }

    #[test]
    fn by_name_or_number() {
        let name = |name: &str| Some(SheetWish::Name(name.to_owned()));
        assert_eq!(chosen(name("Alerts"), &[]).unwrap(), "Alerts");
        assert_eq!(chosen(name(" alerts"), &[]).unwrap(), "Alerts");
        assert_eq!(chosen(Some(SheetWish::Number(3)), &[]).unwrap(), "Old");
        for wish in [
            name("Alert"),
            Some(SheetWish::Number(0)),
            Some(SheetWish::Number(5)),
        ] {
            let text = chosen(wish, &["Alerts"]).unwrap_err();
            assert!(
                text.ends_with("has \"Notes\", \"Alerts\", \"Old\", \"Empty\""),
                "{text}"
            );
        }
    }

    #[test]
    fn the_only_one_that_is_shown_and_has_content() {
        assert_eq!(chosen(None, &["Alerts", "Old"]).unwrap(), "Alerts");
        let several = chosen(None, &["Notes", "Alerts", "Old"]).unwrap_err();
        assert!(several.ends_with(": \"Notes\", \"Alerts\""), "{several}");
        assert!(several.contains("--sheet"), "{several}");
        assert!(chosen(None, &["Old"]).is_err());
    }

    #[test]
    fn a_single_sheet_is_read_in_any_case() {
        let sheets = [("Only".to_owned(), false)];
        let name = choose(&sheets, None, |_| Ok(false)).unwrap();
        assert_eq!(name.unwrap(), "Only");
        assert_eq!(choose(&[], None, |_| Ok(true)), Err(BookFault::NoWorkbook));
    }
}
