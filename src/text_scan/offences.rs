//! Words about offences, and about the suspicion of one: both are data of criminal law.

use super::Kind;
use super::terms::Term;

/// The words, and the bodies that deal with offenders. A body is a role where the source of an alert is
/// told, and tells of an offence elsewhere.
pub(super) static TERMS: &[(Kind, Term)] = &[
    (
        Kind::Offence,
        Term {
            not_behind: &["religious", "strong", "political", "moral", "personal"],
            ..Term::new("convict", &["", "s", "ed", "ion", "ions"])
        },
    ),
    (
        Kind::Offence,
        Term {
            not_behind: &[
                "cardiac",
                "respiratory",
                "resp",
                "heart",
                "cardiopulmonary",
                "fall",
                "growth",
                "flame",
                "spark",
                "into",
                "post",
                "peri",
                "cardio",
                "house",
            ],
            not_before: &["harness", "lanyard", "view"],
            ..Term::new("arrest", &["", "s", "ed", "ing"])
        },
    ),
    (
        Kind::Offence,
        Term {
            not_before: &[
                "out", "arm", "water", "hill", "street", "road", "lane", "close", "house", "court",
            ],
            ..Term::new("bail", &["", "ed"])
        },
    ),
    (
        Kind::Offence,
        Term {
            only_behind: &["police", "police have", "was criminally"],
            only_before: &[
                "with",
                "by police",
                "by the police",
                "in court",
                "for assault",
                "and remanded",
                "and bailed",
                "for possession",
                "under the",
            ],
            not_before: &[
                "with cost",
                "with the cost",
                "with rent",
                "with repair",
                "with electric",
                "with the repair",
                "with service",
                "with usb",
                "with mains",
                "with an adapt",
                "with the charger",
                "with a charger",
            ],
            not_beside: &[
                "batter",
                "charger",
                "chair",
                "scooter",
                "hoist",
                "phone",
                "pendant",
                "equipment",
                "tablet",
            ],
            ..Term::new("charged", &[""])
        },
    ),
    (
        Kind::JusticeBody,
        Term {
            not_behind: &[
                "works in a",
                "works in the",
                "works for the",
                "worked in a",
                "worked in the",
                "works at the",
                "worked at the",
                "job in a",
                "near the",
                "by the",
                "opposite the",
                "old",
            ],
            not_before: &[
                "officer", "service", "nurse", "guard", "visitor", "chaplain", "lane", "road",
                "of war",
            ],
            ..Term::new("prison", &["", "s", "er", "ers"])
        },
    ),
    (Kind::JusticeBody, Term::new("hmp", &[""])),
    (
        Kind::JusticeBody,
        Term {
            not_behind: &[
                "tenancy",
                "job",
                "employment",
                "work",
                "works for",
                "works for the",
                "worked for",
                "worked for the",
                "volunteer for the",
                "volunteers for the",
                "retired from the",
                "staff on",
                "starter on",
                "operative on",
                "apprentice on",
            ],
            not_before: &[
                "service leaflet",
                "period",
                "tenancy",
                "at work",
                "at his",
                "at her",
                "in new",
                "with new",
                "at new",
                "in his",
                "in her",
            ],
            ..Term::new("probation", &["", "er"])
        },
    ),
    (Kind::JusticeBody, Term::new("mappa", &["", "s"])),
    (
        Kind::Offence,
        Term {
            only_behind: &[
                "on",
                "on a",
                "electronic",
                "ankle",
                "gps",
                "curfew",
                "court",
                "police",
                "alcohol",
                "sobriety",
                "wears a",
                "wearing a",
                "fitted with a",
                "electronically",
                "location",
            ],
            only_before: &[
                "by court",
                "by the court",
                "by police",
                "by probation",
                "offender",
                "curfew",
            ],
            not_behind: &[
                "date on",
                "name on",
                "number on",
                "label on",
                "written on",
                "test on",
                "reading on",
                "date on a",
                "name on a",
                "number on a",
            ],
            ..Term::new("tag", &["", "s", "ged", "ging"])
        },
    ),
    (Kind::Offence, Term::new("offender", &["", "s"])),
    (
        Kind::Offence,
        Term {
            not_behind: &["took", "take", "takes", "taken", "cause", "any"],
            ..Term::new("offence", &["", "s"])
        },
    ),
    (
        Kind::Offence,
        Term {
            only_behind: &[
                "police",
                "formal",
                "conditional",
                "under",
                "simple",
                "adult",
            ],
            only_before: &[
                "by police",
                "by the police",
                "for assault",
                "for affray",
                "for theft",
                "for possession",
                "for criminal",
                "for harassment",
                "for shoplifting",
            ],
            ..Term::new("caution", &["", "s", "ed"])
        },
    ),
    (Kind::Offence, Term::new("restraining order", &["", "s"])),
    (Kind::Offence, Term::new("non-molestation", &[""])),
    (Kind::Offence, Term::new("non molestation", &[""])),
    (Kind::Offence, Term::new("injunction", &["", "s"])),
    (Kind::Offence, Term::new("asbo", &["", "s"])),
    (
        Kind::Offence,
        Term::new("drug deal", &["", "er", "ers", "ing", "s"]),
    ),
    (Kind::Offence, Term::new("dealing drugs", &[""])),
    (
        Kind::Offence,
        Term::new("drugs deal", &["", "er", "ers", "ing", "s"]),
    ),
    (
        Kind::Offence,
        Term {
            not_before: &["course"],
            ..Term::new("assault", &["", "s", "ed", "ing"])
        },
    ),
    (Kind::Offence, Term::new("gbh", &[""])),
    (Kind::Offence, Term::new("abh", &[""])),
    (Kind::Offence, Term::new("served time", &[""])),
    (Kind::Offence, Term::new("order not to contact", &[""])),
    (
        Kind::Offence,
        Term {
            only_behind: &["released on", "out on", "life", "prison on"],
            only_before: &["until", "recall", "since release"],
            not_behind: &["driving", "tv", "alcohol", "street", "the"],
            ..Term::new("licence", &[""])
        },
    ),
    (
        Kind::Offence,
        Term {
            not_behind: &[
                "was", "been", "got", "were", "being", "is", "son", "daughter", "victim",
            ],
            ..Term::new("stabbed", &[""])
        },
    ),
    (
        Kind::Offence,
        Term {
            only_behind: &[
                "with",
                "with a",
                "handling",
                "selling",
                "storing",
                "receiving",
            ],
            ..Term::new("stolen", &[""])
        },
    ),
    (Kind::Offence, crime("burglar", &["y", "ies"])),
    (Kind::Offence, crime("robber", &["y", "ies"])),
    (Kind::Offence, crime("theft", &["", "s"])),
    (Kind::Offence, crime("fraud", &[""])),
    (Kind::Offence, crime("shoplifting", &[""])),
    (Kind::Offence, crime("wounding", &[""])),
    (Kind::Offence, crime("affray", &[""])),
    (Kind::Offence, crime("criminal damage", &[""])),
    (Kind::Offence, Term::new("custodial", &[""])),
    (Kind::Offence, Term::new("manslaughter", &[""])),
    (Kind::Offence, Term::new("arson", &["", "ist"])),
];

/// A crime, which counts where somebody is said to have done it: its victims say the same word.
const fn crime(stem: &'static str, endings: &'static [&'static str]) -> Term {
    Term {
        only_behind: &[
            "police for",
            "suspected of",
            "guilty of",
            "history of",
            "involved in",
            "record for",
            "time for",
            "wanted for",
            "admitted",
        ],
        not_behind: &["victim of", "reported"],
        ..Term::new(stem, endings)
    }
}
