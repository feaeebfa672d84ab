//! Diagnoses and medication.

use std::ops::Range;

use super::note::{Note, is_word};
use super::terms::Term;
use super::{Finds, Kind};

/// The words.
pub(super) static TERMS: &[(Kind, Term)] = &[
    (Kind::Health, Term::new("methadone", &[""])),
    (Kind::Health, Term::new("insulin", &[""])),
    (Kind::Health, Term::new("clozapine", &[""])),
    (
        Kind::Health,
        Term {
            not_before: &[
                "batter", "ion", "cell", "grease", "powered", "scooter", "bike", "pack",
            ],
            not_beside: &["batter", "e-bike", "ebike", "charger", "charging"],
            ..Term::new("lithium", &[""])
        },
    ),
    (Kind::Health, Term::new("sertraline", &[""])),
    (Kind::Health, Term::new("warfarin", &[""])),
    (Kind::Health, Term::new("morphine", &[""])),
    (Kind::Health, Term::new("antidepress", &["ant", "ants"])),
    (Kind::Health, Term::new("chemo", &["", "therapy"])),
    (Kind::Health, Term::new("hiv", &[""])),
    (Kind::Health, Term::new("hepatitis", &[""])),
    (Kind::Health, Term::new("hep b", &[""])),
    (Kind::Health, Term::new("hep c", &[""])),
    (
        Kind::Health,
        Term {
            not_behind: &[
                "garden",
                "garden is",
                "area",
                "area is",
                "cross",
                "loft",
                "room",
                "yard",
                "hallway",
                "kitchen",
            ],
            not_before: &[
                "off",
                "fence",
                "into",
                "with",
                "by a fence",
                "by fence",
                "out",
                "for storage",
                "garage",
                "door",
            ],
            ..Term::new("sectioned", &[""])
        },
    ),
    (
        Kind::Health,
        Term::new("schizo", &["", "phrenia", "phrenic", "affective"]),
    ),
    (
        Kind::Health,
        Term {
            not_before: &["of weed", "of fertil"],
            ..Term::new("overdose", &["", "s", "d"])
        },
    ),
    (Kind::Health, Term::new("diabet", &["es", "ic", "ics"])),
    (Kind::Health, Term::new("epilep", &["sy", "tic", "tics"])),
    (Kind::Health, unless_friendly("dementia", &[""])),
    (Kind::Health, Term::new("alzheimer", &["", "s"])),
    (Kind::Health, Term::new("asthma", &["", "tic"])),
    (Kind::Health, Term::new("copd", &[""])),
    (
        Kind::Health,
        Term {
            not_before: &["research", "charity"],
            ..Term::new("cancer", &["", "s"])
        },
    ),
    (Kind::Health, Term::new("bipolar", &[""])),
    (Kind::Health, Term::new("bi-polar", &[""])),
    (Kind::Health, Term::new("multiple sclerosis", &[""])),
    (Kind::Health, Term::new("motor neurone", &[""])),
    (Kind::Health, Term::new("cerebral palsy", &[""])),
    (Kind::Health, Term::new("heart failure", &[""])),
    (Kind::Health, Term::new("heart attack", &["", "s"])),
    (
        Kind::Health,
        Term {
            only_behind: &["high", "low", "raised"],
            only_before: &["tablet", "medication", "meds", "problem", "condition"],
            ..Term::new("blood pressure", &[""])
        },
    ),
    (Kind::Health, Term::new("brain injur", &["y", "ies"])),
    (Kind::Health, Term::new("sickle cell", &[""])),
    (Kind::Health, Term::new("angina", &[""])),
    (Kind::Health, Term::new("emphysema", &[""])),
    (Kind::Health, Term::new("leukaemia", &[""])),
    (Kind::Health, Term::new("ocd", &[""])),
    (Kind::Health, Term::new("learning disabilit", &["y", "ies"])),
    (Kind::Health, Term::new("psychosis", &[""])),
    (Kind::Health, Term::new("psychotic", &[""])),
    (
        Kind::Health,
        Term {
            not_behind: &["mr", "mrs", "ms", "miss", "dr"],
            only_before: &["s", "disease"],
            ..Term::new("parkinson", &["", "s"])
        },
    ),
    (Kind::Health, Term::new("dialysis", &[""])),
    (
        Kind::Health,
        Term {
            not_before: &[
                "in the",
                "in ground",
                "in garden",
                "in drive",
                "in floor",
                "in lawn",
                "in path",
                "on lawn",
                "on drive",
                "on floor",
                "on path",
            ],
            ..Term::new("depression", &[""])
        },
    ),
    (Kind::Health, unless_friendly("autis", &["m", "tic"])),
    (Kind::Health, Term::new("adhd", &[""])),
    (Kind::Health, Term::new("ptsd", &[""])),
    (Kind::Health, Term::new("seizures", &[""])),
    (Kind::Health, Term::new("personality disorder", &[""])),
    (
        Kind::Health,
        Term {
            not_before: &["dog", "cat", "bitch"],
            ..Term::new("pregnan", &["t", "cy"])
        },
    ),
    (
        Kind::Health,
        Term {
            only_behind: &[
                "had a",
                "had",
                "suffered a",
                "post",
                "mini",
                "since",
                "after a",
                "recent",
                "previous",
                "after his",
                "after her",
                "two",
                "three",
                "several",
                "second",
            ],
            not_before: &["engine", "mower", "petrol", "oil", "strimmer", "saw"],
            only_before: &["survivor", "patient", "victim", "rehab", "last year"],
            ..Term::new("stroke", &["", "s"])
        },
    ),
    (Kind::Health, Term::new("tuberculosis", &[""])),
];

/// A word that is no diagnosis where a thing is made for it, such as a dementia-friendly sign.
const fn unless_friendly(stem: &'static str, endings: &'static [&'static str]) -> Term {
    Term {
        not_before: &[
            "friendly",
            "friends",
            "aware",
            "awareness",
            "champion",
            "training",
            "hub",
            "charity",
        ],
        ..Term::new(stem, endings)
    }
}

/// Looks at a number that may be a dose, such as `500mg`.
pub(super) fn look_dose(note: &Note<'_>, number: Range<usize>, finds: &mut Finds) {
    let unit = note.run(number.end, |byte| byte == b' ');
    let end = note.run(unit, |byte| byte.is_ascii_alphabetic());
    let written = note.text.get(unit..end).unwrap_or_default();
    let near = unit - number.end <= 1 && !is_word(note.byte(end));
    if near && (matches!(written, "mg" | "mcg") || unit == number.end && written == "MG") {
        finds.add(Kind::Health, number.start..end);
    }
}
