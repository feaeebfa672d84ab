//! Several values in one cell: `14|22|35`, `DA ; UE`, `["asthma","copd"]`.

use std::borrow::Cow;

use serde_json::Value;

/// How a cell that holds several values is taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// What stands between two values.
    pub separators: Vec<String>,
    /// What stands between a code and the free text behind it.
    pub code_ends_at: Vec<String>,
}

impl Parts {
    /// The values of a trimmed cell: trimmed, without the quotes around them, none of them empty. The
    /// elements of a JSON array are values whatever they contain.
    pub fn split<'c>(&self, cell: &'c str) -> Vec<Cow<'c, str>> {
        if let Some(elements) = array(cell) {
            return elements.into_iter().map(Cow::Owned).collect();
        }
        let mut parts = vec![unquoted(cell)];
        for separator in &self.separators {
            let split = parts.iter().flat_map(|part| part.split(separator.as_str()));
            parts = split.collect();
        }
        let parts = parts.into_iter().map(unquoted);
        parts
            .filter(|part| !part.is_empty())
            .map(Cow::Borrowed)
            .collect()
    }

    /// The code in front of free text; the whole value where nothing ends it.
    pub fn code_of<'c>(&self, value: &'c str) -> &'c str {
        let ends = self.code_ends_at.iter();
        let first = ends.filter_map(|end| value.find(end.as_str())).min();
        first.map_or(value, |at| value[..at].trim())
    }
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inside = ['"', '\'']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
    inside.map_or(text, str::trim)
}

/// The elements of a JSON array that hold a value, as text.
fn array(cell: &str) -> Option<Vec<String>> {
    if !cell.starts_with('[') {
        return None;
    }
    let elements: Vec<Value> = serde_json::from_str(cell).ok()?;
    let texts = elements.into_iter().map(|element| match element {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    });
    Some(texts.filter(|text| !text.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(separators: &[&str], cell: &str) -> Vec<String> {
        let parts = Parts {
            separators: separators.iter().map(|one| (*one).to_owned()).collect(),
            code_ends_at: Vec::new(),
        };
        let split = parts.split(cell).into_iter();
        split.map(Cow::into_owned).collect()
    }

    #[test]
    fn several_separators() {
        assert_eq!(parts(&["|"], "14|22|35"), ["14", "22", "35"]);
        assert_eq!(parts(&["|", ";", ","], "\"4,26\""), ["4", "26"]);
        assert_eq!(parts(&[";"], " DA ; ; UE;"), ["DA", "UE"]);
        assert_eq!(parts(&[" / "], "a/b / c"), ["a/b", "c"]);
        assert_eq!(parts(&[";"], "'DA';\"UE\""), ["DA", "UE"]);
        assert_eq!(parts(&[";"], ";"), [""; 0]);
        assert_eq!(parts(&[";"], "\""), ["\""]);
    }

    #[test]
    fn elements_of_an_array() {
        let cell = r#"["asthma; mild", "copd", 7, null, ""]"#;
        assert_eq!(parts(&[], cell), ["asthma; mild", "copd", "7"]);
        assert_eq!(parts(&[";"], "[old] asthma;b"), ["[old] asthma", "b"]);
    }

    #[test]
    fn a_code_in_front_of_free_text() {
        let parts = Parts {
            separators: Vec::new(),
            code_ends_at: vec![" ".to_owned(), ":".to_owned()],
        };
        assert_eq!(parts.code_of("VA leak in kitchen"), "VA");
        assert_eq!(parts.code_of("VA: leak"), "VA");
        assert_eq!(parts.code_of("CV"), "CV");
    }
}
