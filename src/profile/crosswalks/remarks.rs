//! What there is to say about a row of a crosswalk whose value says one thing and whose code another.
//!
//! A row is looked at once, when the profile is read; every cell with its value is then a finding. A row of
//! the status `confirmed` is left alone.

use super::row::WrittenRow;
use crate::cell::CellFault;
use crate::cell::crosswalk::{Target, undecidable};
use crate::cell::label::Label;
use crate::standard::{Code, Standard};

/// Hypertension, for which the standard's own example has asthma.
const HYPERTENSION: &str = "MED2.01";
/// A code that is about a household by itself, of which a rule over codes speaks.
const CRISIS_IN_HOUSEHOLD: &str = "RISK2.07";

/// The targets of a row, with what there is to say about each.
pub(super) fn remarked(row: &WrittenRow, targets: Vec<Target>, standard: &Standard) -> Vec<Target> {
    if row.is_confirmed() {
        return targets;
    }
    let labels: Vec<Label> = row.folded().map(|text| Label::new(&text)).collect();
    let codes = targets.iter().filter_map(|target| match target {
        Target::Id(id) => standard.codes.by_id(*id),
        _ => None,
    });
    let codes: Vec<&Code> = codes.collect();
    let remarked = targets.iter().map(|target| match target {
        Target::Review => {
            let why = labels.iter().find_map(|label| undecided(row, label, None));
            why.map_or(Target::Review, Target::Refused)
        }
        Target::Id(id) => match codes.iter().find(|code| code.id == *id) {
            Some(code) => about_code(row, &labels, code, &codes, standard),
            None => *target,
        },
        other => *other,
    });
    remarked.collect()
}

fn about_code(
    row: &WrittenRow,
    labels: &[Label],
    code: &Code,
    beside: &[&Code],
    standard: &Standard,
) -> Target {
    let mut labels_in_turn = labels.iter();
    if let Some(fault) = labels_in_turn.find_map(|label| undecided(row, label, Some(code))) {
        return Target::Refused(fault);
    }
    let mut labels_in_turn = labels.iter();
    let said = labels_in_turn.find_map(|label| contradiction(label, code));
    // a code that stands for itself was chosen by whoever wrote it
    let itself = row.value.trim().eq_ignore_ascii_case(&code.subcode);
    let twin = || twin_fault(code, beside, standard).filter(|_| !itself);
    let said = said.or_else(twin);
    said.map_or(Target::Id(code.id), |fault| Target::Noted(code.id, fault))
}

/// Why a person must decide on the row. What another column has to say decides the direction.
fn undecided(row: &WrittenRow, label: &Label, code: Option<&Code>) -> Option<CellFault> {
    let is_survivor = code.is_some_and(|code| code.group == "SAF1");
    let open = is_survivor && label.leaves_direction_of_abuse_open();
    let fault = match open {
        true => Some(CellFault::DirectionUnstated),
        false => undecidable(label),
    };
    fault.filter(|fault| *fault != CellFault::DirectionUnstated || row.when.is_empty())
}

/// What a label says against its code.
fn contradiction(label: &Label, code: &Code) -> Option<CellFault> {
    let subcode = code.subcode.as_str();
    let staff = matches!(code.group.as_str(), "RISK2" | "RISK3");
    let reversed =
        code.group == "SAF1" && label.is_of_perpetrator() || staff && label.is_of_survivor();
    let faults = [
        (
            subcode == HYPERTENSION && label.is_respiratory(),
            CellFault::KnownBadExample,
        ),
        (label.denies(), CellFault::LabelDenies),
        (label.is_of_property(), CellFault::LabelOfProperty),
        (
            reversed || label.disagrees_with(subcode),
            CellFault::LabelDisagrees,
        ),
        (
            subcode != CRISIS_IN_HOUSEHOLD && label.is_of_household(),
            CellFault::LabelOfHousehold,
        ),
    ];
    let said = faults.into_iter().find(|(holds, _)| *holds);
    said.map(|(_, fault)| fault)
}

/// What follows from taking a code and not its near-equal twin, where the two differ in a flag.
fn twin_fault(code: &Code, beside: &[&Code], standard: &Standard) -> Option<CellFault> {
    let twin = standard.codes.twin_of(code)?;
    // a row with both of them leaves nothing out
    if beside.iter().any(|other| other.id == twin.id) {
        return None;
    }
    let flags = [
        (code.is_awaab_relevant, twin.is_awaab_relevant),
        (code.is_critical, twin.is_critical),
    ];
    match flags {
        [(false, true), _] => Some(CellFault::TwinCountsForAwaab),
        [_, (false, true)] => Some(CellFault::TwinIsCritical),
        [(true, false), _] => Some(CellFault::CountsForAwaabAlone),
        [_, (true, false)] => Some(CellFault::CriticalAlone),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::cell::label::codes_of_words;
    use crate::standard::Standard;

    #[test]
    fn words_stand_for_codes_of_the_list() {
        let standard = Standard::embedded().unwrap();
        for wanted in codes_of_words() {
            let mut codes = standard.codes.iter();
            let known = codes.any(|code| code.subcode == wanted || code.group == wanted);
            assert!(known, "{wanted}");
        }
    }
}
