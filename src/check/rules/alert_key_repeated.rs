//! `alert_key_repeated`: two different alerts have the same key

use crate::check::rule::{Check, Effect, Example, Rule};
use crate::finding::Severity;
use crate::gate::GateFault;

/// Two different alerts have the same key.
pub static RULE: Rule = Rule {
    id: "PAC105",
    slug: "alert_key_repeated",
    severity: Severity::Warning,
    docs: "Two different alerts have the same key. A key names one alert, so the later one gets a generated key; no alert is lost. A rejected one is to be given another key when it is mended, or two runs will hold the key twice.",
    fix: "find out which column is the key of an alert, and map that",
    reads: &["person_alert_id"],
    message: "{value} is the key of an earlier, different alert, so this one needs another",
    effect: Effect::Corrected,
    check: Check::Gate(GateFault::RepeatedAlertKey),
    passing: &[Example::Records(&[
        &[("person_alert_id", "1")],
        &[("person_alert_id", "2")],
    ])],
    failing: &[Example::Records(&[
        &[("person_alert_id", "1")],
        &[("person_alert_id", "1"), ("start_date", "2023-01-01")],
    ])],
    ..Rule::ALERT
};
