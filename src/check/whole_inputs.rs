//! Findings about whole inputs: what the reader noted, what the cells of a column prove, what was filled in.

use std::sync::Arc;

use super::rule::{Check, InputFault, Rule};
use super::rules::{self, RULES};
use crate::cell::date_order::OrderEvidence;
use crate::finding::{Finding, NO_CANDIDATE, NO_WAIVER, Remark, Severity};

/// The places of an input that one finding is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    /// How many there are.
    pub count: u64,
    /// Physical line of the first.
    pub first_line: u64,
}

impl Places {
    /// So many places, of which the first is on that line.
    pub fn of(count: u64, first_line: u64) -> Places {
        Places { count, first_line }
    }

    /// Adds a place; they come in the order of the input.
    pub fn add(&mut self, line: u64) {
        if self.count == 0 {
            self.first_line = line;
        }
        self.count += 1;
    }
}

/// A finding about a whole input.
pub fn about_input(rule: &'static Rule, input: usize, column: &str, message: &str) -> Finding {
    let remark = Remark {
        rule: rule.facts(),
        column: column.into(),
        sheet_column: None,
        message: message.into(),
    };
    Finding {
        remark: Arc::new(remark),
        record: 0,
        line: 0,
        row: 0,
        input: input as u32,
        candidate: NO_CANDIDATE,
        severity: rule.severity,
        effect: rule.effect,
        waiver: NO_WAIVER,
    }
}

/// The rule that speaks about a fault of a whole input.
pub(super) fn rule_about(fault: InputFault) -> Option<&'static Rule> {
    let speaks = |rule: &&&Rule| matches!(rule.check, Check::Input(own) if own == fault);
    RULES.iter().find(speaks).copied()
}

/// What the reader noted about a whole input, as a finding.
pub fn tell_input(fault: InputFault, input: usize, column: &str) -> Option<Finding> {
    let rule = rule_about(fault)?;
    Some(about_input(rule, input, column, rule.message))
}

/// What the cells of a column say about the order of day and month, as a finding: that they prove both
/// orders, or one in which ambiguous cells are read.
pub fn tell_date_order(input: usize, column: &str, evidence: &OrderEvidence) -> Option<Finding> {
    let OrderEvidence {
        day_month,
        month_day,
        ambiguous,
        ..
    } = evidence;
    let (rule, message) = match evidence.proven() {
        Some(order) if *ambiguous > 0 => {
            let rule = &rules::date_order_proven::RULE;
            let message = format!(
                "{}: {}, by cells that are dates in no other, {}; so cells that could be either are read \
                 in it, {ambiguous}",
                rule.message,
                order.as_str(),
                day_month + month_day
            );
            (rule, message)
        }
        None if evidence.contradicts_itself() => {
            let rule = &rules::date_orders_mixed::RULE;
            let message = format!(
                "{}: cells that are dates only with the day first, {day_month}; only with the month \
                 first, {month_day}; either way, and so for review, {ambiguous}",
                rule.message
            );
            (rule, message)
        }
        _ => return None,
    };
    Some(about_input(rule, input, column, &message))
}

/// What was noted in so many records of an input, as one finding.
pub fn tell_counted(fault: InputFault, input: usize, column: &str, count: u64) -> Option<Finding> {
    let rule = rule_about(fault)?;
    let records = if count == 1 { "record" } else { "records" };
    let message = rule
        .message
        .replace("{count}", &format!("{count} {records}"));
    Some(about_input(rule, input, column, &message))
}

/// How many records of an input are passed over because they are of other kinds than the profile asks
/// for, as a finding; `kept` says how many records there are beside them.
pub fn tell_other_kinds(input: usize, column: &str, passed: u64, kept: u64) -> Finding {
    let rule = &rules::other_kinds::RULE;
    let records = match passed {
        1 => "1 record is".to_owned(),
        _ => format!("{passed} records are"),
    };
    let (severity, rest) = match kept {
        0 => (Severity::Warning, "; no record is left"),
        _ => (rule.severity, ""),
    };
    let message =
        format!("{records} of other kinds than input.only asks for, and passed over{rest}");
    Finding {
        severity,
        ..about_input(rule, input, column, &message)
    }
}

/// What the reader noted in several places of an input, as one finding about the first of them.
pub fn tell_places(fault: InputFault, input: usize, places: &Places) -> Option<Finding> {
    let mut finding = tell_input(fault, input, "")?;
    finding.line = places.first_line;
    let count = places.count.to_string();
    let message = finding.remark.message.replace("{count}", &count);
    Some(finding.saying(&message))
}

/// A field that no record of the input states, and that a rule has filled or missed, as a finding.
pub fn tell_filled(rule: &'static Rule, input: usize, count: u64) -> Finding {
    let field = rule.reads.first().copied().unwrap_or_default();
    let alerts = if count == 1 { "alert" } else { "alerts" };
    let message = format!(
        "{field}: the profile does not map it; so for {count} {alerts}: {}",
        rule.message
    );
    about_input(rule, input, field, &message)
}
