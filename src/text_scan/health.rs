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
    (Kind::Health, Term::new("dementia", &[""])),
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
            not_before: &["in the", "in ground", "in floor", "in lawn", "in path"],
            ..Term::new("depression", &[""])
        },
    ),
    (Kind::Health, Term::new("autis", &["m", "tic"])),
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
            ],
            only_before: &["survivor", "patient", "victim", "rehab", "last year"],
            ..Term::new("stroke", &["", "s"])
        },
    ),
    (Kind::Health, Term::new("tuberculosis", &[""])),
];

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
