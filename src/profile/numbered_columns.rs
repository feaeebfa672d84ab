//! Columns that are named by their numbers.

use super::input_section::InputOptions;
use crate::chunk::{PARTS_COLUMN, REASON_COLUMN};
use crate::dialect::Format;

/// Whether nothing tells a header from a record: none of the columns has a name, and the profile does
/// not say whether there is a header.
pub(super) fn leave_header_open(input: &InputOptions, columns: &[String]) -> bool {
    let json = matches!(input.dialect.format, Some(Format::Json | Format::Ndjson));
    if input.states_header || json || input.dialect.records.is_some() {
        return false;
    }
    let ours = |name: &String| name == REASON_COLUMN || name == PARTS_COLUMN;
    let mut named = columns.iter().filter(|name| !ours(name)).peekable();
    let is_number = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
    named.peek().is_some() && named.all(is_number)
}

#[cfg(test)]
mod tests {
    use crate::profile::{Allowances, load};
    use crate::standard::Standard;

    /// What is said of a profile with that input section and that column of persons.
    fn said(input: &str, person: &str) -> String {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("profile.toml");
        let text = format!(
            "[landlord]\nname = \"Example\"\ncode = \"EX\"\n[input]\n{input}\n[fields]\n\
             person_id = {person}\nperson_alert_code_id = 2\nstart_date = 3\n"
        );
        std::fs::write(&path, text).unwrap();
        let standard = Standard::embedded().unwrap();
        match load(&path, &standard, Allowances::default(), &[]) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_profile_of_numbers_must_say_whether_there_is_a_header() {
        for input in ["", "format = \"csv\"", "delimiter = \";\""] {
            let said = said(input, "1");
            assert!(
                said.contains("say header = false, or header = true"),
                "{said}"
            );
        }
        for input in [
            "header = false",
            "header = true",
            "header_row = 2",
            "format = \"json\"",
            "records = \"/value/*\"",
        ] {
            assert_eq!(said(input, "1"), "", "{input}");
        }
        assert_eq!(said("", "\"Ref\""), "");
    }
}
