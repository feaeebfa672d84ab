//! What must never be guessed, and what earlier decisions may say.

use person_alerts::standard::Standard;
use person_alerts::suggest::{ApprovedMapping, CodeList, Label, Mark, Relation, Suggester};

use crate::{labels, suggester};

#[test]
fn what_must_not_be_guessed_is_marked_and_gets_no_default() {
    let suggester = suggester();
    let cases = [
        ("Two person visit", Mark::ControlMeasure),
        ("NO LONE VISITS", Mark::ControlMeasure),
        ("DV", Mark::DirectionUnstated),
        ("Hist of domestic abuse", Mark::DirectionUnstated),
        ("DV perp", Mark::Perpetrator),
        ("Void", Mark::Property),
        ("Asbestos in garage", Mark::Property),
        ("Supportive family", Mark::Strength),
        ("No known allergies", Mark::Negation),
        ("No asthma", Mark::Negation),
        ("Wife has COPD", Mark::OtherPerson),
        ("Carer has dementia", Mark::OtherPerson),
        ("Child has asthma", Mark::OtherPerson),
        ("Query dementia", Mark::Tentative),
        ("Dementia?", Mark::Tentative),
        ("Asthma, epilepsy", Mark::Ambiguous),
        ("Diabetes", Mark::Ambiguous),
        ("Uses an oxygen concentrator at home", Mark::Ambiguous),
        ("Mental health", Mark::Ambiguous),
        ("See file", Mark::Uninformative),
        ("Wheelchair user", Mark::NoCode),
        ("Stoma bag", Mark::Narrower),
        ("Asthma with dizzy spells", Mark::Unsure),
        ("Aged 45", Mark::Unsure),
        ("Ms", Mark::Unsure),
        ("Bathing aids", Mark::Unsure),
        ("Developmental Condition", Mark::Ambiguous),
        ("Depression", Mark::Narrower),
        ("BPD", Mark::Ambiguous),
        ("Takes levothyroxine", Mark::Narrower),
        ("Asthma, on warfarin", Mark::Unsure),
        ("Stroke risk", Mark::Tentative),
        ("Capacity not in doubt", Mark::Negation),
        ("HOH - HARD OF HEARING", Mark::NoCode),
        ("ND - NOT DIABETIC", Mark::Negation),
        ("Quantum entanglement", Mark::Unsure),
        ("", Mark::Unsure),
    ];
    for (text, mark) in cases {
        let suggestions = suggester.suggest_code(&Label::new(text));
        assert!(suggestions.has(mark), "{text}: {:?}", suggestions.marks);
        assert_eq!(suggestions.default(), None, "{text}");
    }
}

#[test]
fn what_says_the_same_once_more_does_not_stand_in_the_way() {
    let suggester = suggester();
    for (text, code) in [
        ("SH - SELF HARM", "MH1.06"),
        ("Multiple sclerosis (MS)", "MED6.01"),
        ("HOV: History of violence", "RISK2.04"),
        ("Asthma - ventolin", "MED1.01"),
        ("Asthma - ring before visit", "MED1.01"),
        ("Schitzophrenia", "MH1.05"),
        ("AUTISTIC SPECTRUM DIS", "MH2.03"),
    ] {
        let suggestions = suggester.suggest_code(&Label::new(text));
        let default = suggestions.default().map(|default| default.code.as_str());
        assert_eq!(default, Some(code), "{text}: {:?}", suggestions.marks);
    }
}

#[test]
fn labels_that_look_dangerous_and_have_no_code_come_first() {
    let suggester = suggester();
    let rank = |text: &str| suggester.suggest_code(&Label::new(text)).review_rank();
    for text in [
        "Oxygen??",
        "Access to weapons?",
        "Suicide risk",
        "Query dementia",
        "Violent",
        "Arson risk",
    ] {
        assert_eq!(rank(text), 0, "{text}");
    }
    assert!(rank("Arson risk") < rank("Rent arrears"));
    assert!(rank("Rent arrears") < rank("Home oxygen"));
}

#[test]
fn a_label_without_a_default_says_why() {
    let suggester = suggester();
    for file in [
        "alerts_development",
        "alerts_held_out",
        "alerts_published",
        "alerts_contact_notes",
        "alerts_blind",
    ] {
        for one in labels(file) {
            let suggestions = suggester.suggest_code(&Label::new(&one.label));
            let stopped = suggestions.marks.iter().any(|mark| mark.stops_default());
            assert_eq!(suggestions.default().is_none(), stopped, "{}", one.label);
            let scores: Vec<f64> = suggestions
                .candidates
                .iter()
                .map(|code| code.score)
                .collect();
            assert!(
                scores.is_sorted_by(|a, b| a >= b) && scores.len() <= 5,
                "{}",
                one.label
            );
            assert!(
                scores.iter().all(|score| (0.0..=1.0).contains(score)),
                "{}",
                one.label
            );
            assert!(
                suggestions.marks.is_sorted_by(|a, b| a < b),
                "{}",
                one.label
            );
        }
    }
}

#[test]
fn every_name_of_the_standard_finds_its_code() {
    let standard = Standard::embedded().unwrap();
    let suggester = Suggester::new(&standard, &[]);
    for code in standard.codes.iter() {
        for text in [
            code.subname.clone(),
            format!("{} - {}", code.name, code.subname),
            code.subcode.clone(),
        ] {
            let suggestions = suggester.suggest_code(&Label::new(&text));
            let first = suggestions
                .candidates
                .first()
                .map(|first| first.code.as_str());
            assert_eq!(first, Some(code.subcode.as_str()), "{text}");
        }
    }
}

#[test]
fn a_code_of_an_own_list_is_found_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let schemas = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/schemas/person_alert_codes.csv"
    );
    let mut rows = std::fs::read_to_string(schemas).unwrap();
    rows.push_str(
        "901,LOCAL,LOCAL-RAIL,5,Local,Loose banister rail,false,false,Medium,Mind the rail.\n",
    );
    std::fs::write(folder.path().join("person_alert_codes.csv"), rows).unwrap();
    let standard = Standard::load(Some(folder.path())).unwrap();
    let suggester = Suggester::new(&standard, &[]);
    let suggestions = suggester.suggest_code(&Label::new("BANISTER RAIL LOOSE"));
    assert_eq!(suggestions.default().unwrap().code, "LOCAL-RAIL");
}

fn decided(text: &str, codes: &[&str], provenance: &str) -> ApprovedMapping {
    ApprovedMapping {
        list: CodeList::Alerts,
        text: text.to_owned(),
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        provenance: provenance.to_owned(),
    }
}

#[test]
fn earlier_decisions_serve_with_their_provenance_and_lift_no_safety_mark() {
    let approved = [
        decided("R1 lungs", &["MED1.05"], "Riverside"),
        decided("two person visit", &["RISK2.01"], "Riverside"),
        decided("Stairs", &[], "Riverside"),
        decided("Code 9", &["MED1.01"], "Riverside"),
        decided("Code 9", &["MED6.05"], "Oakfield"),
    ];
    let standard = Standard::embedded().unwrap();
    let suggester = Suggester::new(&standard, &approved);
    let lungs = suggester.suggest_code(&Label::new("R1 LUNGS"));
    let first = lungs.default().unwrap();
    assert_eq!(
        (first.code.as_str(), first.reason.as_str()),
        ("MED1.05", "decided in Riverside")
    );
    let visit = suggester.suggest_code(&Label::new("Two Person Visit"));
    assert!(visit.has(Mark::ControlMeasure) && visit.default().is_none());
    assert_eq!(visit.candidates[0].code, "RISK2.01");
    assert!(
        suggester
            .suggest_code(&Label::new("Stairs"))
            .has(Mark::NoCode)
    );
    let two = suggester.suggest_code(&Label::new("Code 9"));
    assert!(two.has(Mark::Ambiguous) && two.candidates.len() >= 2);
    // a ready-made crosswalk knows it
    let needs = suggester.suggest_code(&Label::new("Heart, Lung, and Ventilator"));
    assert_eq!(needs.candidates[0].code, "RISK5.04");
    assert_eq!(needs.candidates[0].reason, "decided in psr-needs-codes");
}

#[test]
fn a_landlords_code_helps_where_its_text_says_nothing() {
    let label = Label {
        code: Some("COPD"),
        ..Label::new("Group 7")
    };
    let suggestions = suggester().suggest_code(&label);
    assert_eq!(suggestions.candidates[0].code, "MED1.02");
    assert_eq!(suggestions.candidates[0].relation, Relation::Ambiguous);
    assert!(suggestions.default().is_none());
    // a code that happens to read like an illness says nothing beside a text that is understood
    let label = Label {
        code: Some("CF"),
        ..Label::new("No Female Staff to Visit")
    };
    let suggestions = suggester().suggest_code(&label);
    assert!(
        !suggestions
            .candidates
            .iter()
            .any(|code| code.code == "MED1.04")
    );
}
