//! The numbers in a table of a TOML document.

use std::ops::RangeInclusive;

use toml::de::DeValue;

use super::Section;
use crate::dialect::SheetWish;

impl Section<'_, '_> {
    /// A whole number within `range` under a key.
    pub fn number(&self, key: &'static str, range: RangeInclusive<i32>) -> Option<i32> {
        let value = self.get(key)?;
        let number = value.get_ref().as_integer();
        let number = number.and_then(|number| number.as_str().parse().ok());
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = range.into_inner();
            let wanted = format!("a number from {least} to {most}");
            self.wrong(key, &value.span(), &wanted);
        }
        number
    }

    /// A number from 0 to 100 under a key, whole or not.
    pub fn percent(&self, key: &'static str) -> Option<f64> {
        let value = self.get(key)?;
        let number: Option<f64> = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number| (0.0..=100.0).contains(number));
        if number.is_none() {
            self.wrong(key, &value.span(), "a number from 0 to 100");
        }
        number
    }

    /// A sheet under a key: its name in quotes, or its number.
    pub fn sheet(&self, key: &'static str) -> Option<SheetWish> {
        let value = self.get(key)?;
        let found = match value.get_ref() {
            DeValue::String(name) if name.trim().is_empty() => None,
            DeValue::String(name) => Some(SheetWish::Name(name.to_string())),
            DeValue::Integer(number) => {
                let number = number.as_str().parse().ok().filter(|number| *number > 0);
                number.map(SheetWish::Number)
            }
            _ => None,
        };
        if found.is_none() {
            let wanted = "the name of a sheet in quotes, or its number, counted from 1";
            self.wrong(key, &value.span(), wanted);
        }
        found
    }
}
