//! The verdict on a run in one sentence: whether its result can be used.

use serde::{Deserialize, Serialize};

use super::Report;
use super::numerals::{number, percent, plural};

/// The most that may be set aside, in percent, for a result to be usable with care.
const MOST_WITH_CARE: u64 = 5;

/// Whether the result of a run can be used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Nothing was set aside.
    Usable,
    /// Little was set aside.
    WithCare,
    /// Too much was set aside, or a landlord was not converted.
    NotYet,
    /// There is nothing to be used.
    #[default]
    Nothing,
}

/// Whether the result can be used, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether it can.
    pub result: Use,
    /// Why, in one sentence.
    pub sentence: String,
    /// What is known of the alerts that are set aside, to go behind it; empty where there are none.
    pub at_stake: String,
}

impl Use {
    /// The verdict in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Use::Usable => "can be used",
            Use::WithCare => "can be used with care",
            Use::NotYet => "not to be used yet",
            Use::Nothing => "nothing to use",
        }
    }
}

impl Verdict {
    /// The verdict on what a report counts.
    pub fn of(report: &Report) -> Verdict {
        let total = &report.ledger.total;
        let (aside, all) = (total.set_aside(), total.stated());
        let failed = report.failed();
        let over = report.landlords.iter().filter(|own| {
            let limit = own.reject_limit;
            limit.is_some_and(|limit| limit.exceeded)
        });
        let over = over.count() as u64;
        let result = match (all, aside) {
            (0, _) if failed == 0 => Use::Nothing,
            _ if failed + over > 0 || total.emitted == 0 => Use::NotYet,
            (_, 0) => Use::Usable,
            _ if aside * 100 <= MOST_WITH_CARE * all => Use::WithCare,
            _ => Use::NotYet,
        };
        let mut sentence = match (all, aside) {
            (0, _) => "no input states an alert".to_owned(),
            (_, 0) => format!(
                "all {} are accounted for, and none is set aside",
                plural(all, "alert")
            ),
            _ => format!(
                "{} of {} ({}) {} set aside",
                number(aside),
                plural(all, "alert"),
                percent(aside, all),
                if aside == 1 { "is" } else { "are" },
            ),
        };
        if failed > 0 {
            let landlords = plural(report.landlords.len() as u64, "landlord");
            sentence.push_str(&format!(
                "; {} of {landlords} not converted",
                number(failed)
            ));
        }
        if over > 0 {
            sentence.push_str("; more than the limit of rejects allows");
        }
        Verdict {
            result,
            sentence,
            at_stake: at_stake(report),
        }
    }

    /// The sentence, with what is known of the alerts that are set aside.
    pub fn in_full(&self) -> String {
        match self.at_stake.as_str() {
            "" => self.sentence.clone(),
            more => format!("{}; {more}", self.sentence),
        }
    }
}

fn at_stake(report: &Report) -> String {
    let lost = &report.fix_first;
    let grave = (lost.grave > 0).then(|| {
        let grave = number(lost.grave);
        format!("{grave} known to be critical or relevant to Awaab's Law")
    });
    let uncoded =
        (lost.uncoded > 0).then(|| format!("{} without a known code", number(lost.uncoded)));
    let told: Vec<String> = grave.into_iter().chain(uncoded).collect();
    told.join("; ")
}
