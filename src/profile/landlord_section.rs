//! `[landlord]`: whose exports the profile is about.

use super::section::Section;

pub(super) const KEYS: &[&str] = &["name", "code"];

/// Name and code of the landlord; both are empty where they are missing, which is a problem.
pub(super) fn read(top: &Section<'_, '_>) -> (String, String) {
    let Some(section) = top.section("landlord", KEYS) else {
        top.missing(
            "[landlord]",
            "give it a name and a code, such as name = \"Riverside Homes\", code = \"RIV\"",
        );
        return Default::default();
    };
    let name = section
        .text("name")
        .map(|text| text.value.trim().to_owned());
    if name.as_ref().is_none_or(String::is_empty) {
        section.missing("name", "give the landlord's name");
    }
    let Some(code) = section.text("code") else {
        section.missing("code", "give a short code, such as RIV");
        return Default::default();
    };
    // The code becomes a folder of the output and part of a key, so it is kept plain.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    // Readers of partitions take a folder named landlord=007 for the number 7.
    let led = code.value.starts_with(|c: char| c.is_ascii_alphabetic());
    if !led || code.value.len() > 20 || !code.value.bytes().all(plain) {
        let text = "landlord: code must be a letter and up to 19 letters, digits, - or _";
        top.document.problem(&code.span, text);
    }
    (name.unwrap_or_default(), code.value)
}
