//! Codes of different groups that mean nearly the same.

use super::codes::{Code, Codes};

/// Pairs of near-equal codes, of which a landlord could take either. Codes of pregnancy are no twins of those
/// of lasting illnesses, because a label tells them apart.
const TWINS: [(&str, &str); 7] = [
    ("MED1.02", "MED1.05"),
    ("MED4.03", "RISK5.06"),
    ("MED6.05", "RISK5.08"),
    ("MH1.07", "RISK4.02"),
    ("MH1.08", "RISK4.03"),
    ("MH1.12", "RISK1.03"),
    ("RISK2.01", "RISK3.02"),
];

impl Codes {
    /// The code that means nearly the same as another.
    pub fn twin_of(&self, code: &Code) -> Option<&Code> {
        let own = code.subcode.as_str();
        let twin = TWINS.iter().find_map(|(one, other)| match own {
            _ if own == *one => Some(*other),
            _ if own == *other => Some(*one),
            _ => None,
        })?;
        self.by_subcode(twin)
    }
}

#[cfg(test)]
mod tests {
    use super::TWINS;
    use crate::standard::Standard;

    #[test]
    fn twins_are_of_each_other() {
        let standard = Standard::embedded().unwrap();
        for (one, other) in TWINS {
            let codes = [one, other].map(|code| standard.codes.by_subcode(code).unwrap());
            let twins = codes.map(|code| standard.codes.twin_of(code).unwrap());
            assert_eq!(twins.map(|code| code.subcode.as_str()), [other, one]);
        }
        let asthma = standard.codes.by_subcode("MED1.01").unwrap();
        assert!(standard.codes.twin_of(asthma).is_none());
    }
}
