//! The suggestions, measured on labels that were mapped by hand before anything was changed for them.
//!
//! `fixtures/suggestions/` has two halves for alerts and for sources: one to develop on, and one held out;
//! labels as published lists word them; and two sets of somebody who had not seen the matcher, of which the second was measured
//! when all else was done, and nothing was changed for it. Of each label it says
//! whether it has `one` code (or several, each of which is right), is a `gap` of the standard, or is one to `hold`,
//! because it must not be guessed. `SHOW=development cargo test --test suggestions -- --nocapture` prints what goes wrong.

mod baseline;
mod figures;
mod safety;

use std::path::Path;

use person_alerts::standard::Standard;
use person_alerts::suggest::{CodeList, Label, Suggester, Suggestions};
use serde::Deserialize;

use figures::Figures;

/// A label, and what it means.
#[derive(Debug, Clone, Deserialize)]
struct Labelled {
    label: String,
    code: String,
    kind: Kind,
    codes: String,
    #[serde(rename = "origin")]
    _origin: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    One,
    Gap,
    Hold,
}

fn labels(file: &str) -> Vec<Labelled> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/suggestions");
    let mut reader = csv::Reader::from_path(folder.join(format!("{file}.csv"))).unwrap();
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

fn suggester() -> Suggester {
    Suggester::new(&Standard::embedded().unwrap(), &[])
}

fn ask(suggester: &Suggester, list: CodeList, one: &Labelled) -> Suggestions {
    let label = Label {
        code: Some(one.code.as_str()).filter(|code| !code.is_empty()),
        ..Label::new(&one.label)
    };
    match list {
        CodeList::Alerts => suggester.suggest_code(&label),
        CodeList::Sources => suggester.suggest_source(&label),
    }
}

fn measure(list: CodeList, file: &str) -> Figures {
    let suggester = suggester();
    let mut figures = Figures::default();
    let show = std::env::var("SHOW").is_ok_and(|shown| file.ends_with(&shown));
    for one in labels(file) {
        let suggestions = ask(&suggester, list, &one);
        let ranked: Vec<String> = suggestions
            .candidates
            .iter()
            .map(|code| code.code.clone())
            .collect();
        let unmarked = suggestions.default().map(|default| default.code.as_str());
        let fine = figures.add(&one, &ranked, unmarked);
        if show && !fine {
            let marks: Vec<&str> = suggestions.marks.iter().map(|mark| mark.as_str()).collect();
            println!(
                "{:?} {} ({}): {}",
                one.kind,
                one.label,
                one.codes,
                marks.join(" ")
            );
            for code in suggestions.candidates.iter().take(3) {
                println!(
                    "    {} {:.2} {} {}",
                    code.code,
                    code.score,
                    code.relation.as_str(),
                    code.reason
                );
            }
        }
    }
    figures
}

#[test]
fn right_codes_come_first_and_nothing_is_guessed() {
    let header = format!("{:44}{}", "", Figures::HEADER);
    println!("{header}");
    let mut all = Vec::new();
    for (list, name) in [(CodeList::Alerts, "alerts"), (CodeList::Sources, "sources")] {
        let halves: &[&str] = match list {
            CodeList::Alerts => &[
                "development",
                "held_out",
                "published",
                "later_development",
                "later_held_out",
                "contact_notes",
                "blind",
                "blind_unseen",
            ],
            CodeList::Sources => &["development", "held_out"],
        };
        for half in halves {
            let file = format!("{name}_{half}");
            let figures = measure(list, &file);
            println!("{:44}{figures}", format!("{file}: suggestions"));
            if list == CodeList::Alerts && *half != "development" {
                for (baseline, figures) in baseline::measure(&labels(&file)) {
                    println!("{:44}{figures}", format!("{file}: {baseline}"));
                }
            }
            all.push((file, figures));
        }
    }
    for (file, figures) in all {
        assert!(figures.first() >= 0.85, "{file}: {figures}");
        assert!(figures.among_three() >= 0.95, "{file}: {figures}");
        assert!(figures.guessed() <= 0.02, "{file}: {figures}");
        assert!(figures.precision() >= 0.95, "{file}: {figures}");
    }
}
