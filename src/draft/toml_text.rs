//! TOML, as people write it.

/// A text as TOML.
pub(super) fn text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Texts as a list.
pub(super) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|own| text(own.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

/// Lines as comments.
pub(super) fn comment(text: &str) -> String {
    let lines = text.lines().map(|line| format!("# {line}\n"));
    lines.collect()
}

/// A line that is commented out.
pub(super) fn commented_out(line: &str) -> String {
    format!("# {line}\n")
}
