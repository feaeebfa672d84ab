//! What is counted over labels.

use std::fmt;

use crate::{Kind, Labelled};

/// Counts over labels.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    one: usize,
    first: usize,
    among_three: usize,
    others: usize,
    guessed: usize,
    defaults: usize,
    right_defaults: usize,
}

impl Figures {
    /// What [`Figures`] prints, in a line above.
    pub const HEADER: &'static str = "  labels  first  in 3  guessed  precision  recall";

    /// Counts a label, which may have several codes of which each is right: the codes that were found, and the one that stands unmarked. Whether all is as it
    /// should be.
    pub fn add(&mut self, label: &Labelled, ranked: &[String], unmarked: Option<&str>) -> bool {
        self.defaults += usize::from(unmarked.is_some());
        if label.kind != Kind::One {
            self.others += 1;
            self.guessed += usize::from(unmarked.is_some());
            return unmarked.is_none();
        }
        let is_right = |code: &str| label.codes.split('|').any(|own| own == code);
        let first = ranked.first().is_some_and(|code| is_right(code));
        let right_default = unmarked.is_some_and(is_right);
        self.one += 1;
        self.first += usize::from(first);
        self.among_three += usize::from(ranked.iter().take(3).any(|code| is_right(code)));
        self.right_defaults += usize::from(right_default);
        right_default
    }

    /// The share of labels with one code of which it comes first.
    pub fn first(&self) -> f64 {
        share(self.first, self.one)
    }

    /// The share of labels with one code of which it is among the first three.
    pub fn among_three(&self) -> f64 {
        share(self.among_three, self.one)
    }

    /// The share of labels without a code, or that must not be guessed, that get an unmarked code.
    pub fn guessed(&self) -> f64 {
        share(self.guessed, self.others)
    }

    /// The share of unmarked codes that are right.
    pub fn precision(&self) -> f64 {
        share(self.right_defaults, self.defaults)
    }

    /// The share of labels with one code that get it unmarked.
    pub fn recall(&self) -> f64 {
        share(self.right_defaults, self.one)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |share: f64| format!("{:.1}", 100.0 * share);
        write!(
            f,
            "{:>8}{:>7}{:>6}{:>9}{:>11}{:>8}",
            self.one + self.others,
            percent(self.first()),
            percent(self.among_three()),
            percent(self.guessed()),
            percent(self.precision()),
            percent(self.recall()),
        )
    }
}
