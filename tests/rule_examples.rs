//! Every rule's own examples, run through the whole pipeline.

mod examples;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use person_alerts::check::rule::{Example, Rule};
use person_alerts::check::rules::RULES;
use person_alerts::conversion::{self, ReferencePaths, Subject};
use person_alerts::report::Report;
use person_alerts::standard::Standard;

use examples::{
    FAULTLESS, Given, STANDARD, Silent, csv, options, profile, standard, with_file, written,
};

/// The rule that no example makes speak: two keys with one hash are not to be found. It is tried beside
/// the gate.
const NEVER_SEEN: &str = "PAC104";

/// Ids of the rules that speak in a report.
fn spoken(report: &Report) -> HashSet<&'static str> {
    let rules = report.findings.rules.iter();
    rules
        .map(|rule| match rule.rule {
            Cow::Borrowed(id) => id,
            Cow::Owned(ref id) => panic!("{id} comes from no rule"),
        })
        .collect()
}

/// Ids of the rules that speak about an input.
fn rules_for(input: &[u8], profile: &str, standard: &Arc<Standard>) -> HashSet<&'static str> {
    let home = tempfile::tempdir().unwrap();
    let report = Given::new(input, profile).report(home.path(), standard);
    spoken(&report.unwrap())
}

fn speaks(rule: &Rule, example: &Example) -> bool {
    let standard = match standard(example) {
        Ok(standard) => standard,
        Err(error) => return error.to_string().contains(rule.id),
    };
    let home = tempfile::tempdir().unwrap();
    let report = written(example).report(home.path(), &standard).unwrap();
    spoken(&report).contains(rule.id)
}

#[test]
fn lists_like_those_built_in_have_no_finding() {
    for list in STANDARD.lookups() {
        let standard = Arc::new(with_file(&format!("{}.csv", list.table), &[]).unwrap());
        let columns: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
        let spoken = rules_for(csv(&[&[]]).as_bytes(), &profile(&columns), &standard);
        assert_eq!(spoken, HashSet::new(), "{}", list.table);
    }
}

#[test]
fn every_rule_speaks_about_its_failing_examples_only() {
    for rule in RULES {
        for example in rule.passing {
            assert!(
                !speaks(rule, example),
                "{} speaks about {example:?}",
                rule.id
            );
        }
        for example in rule.failing {
            assert!(
                speaks(rule, example),
                "{} is silent about {example:?}",
                rule.id
            );
        }
        assert!(
            !rule.passing.is_empty(),
            "{} has no passing example",
            rule.id
        );
        let tried = !rule.failing.is_empty() || rule.id == NEVER_SEEN;
        assert!(tried, "{} is never seen to speak", rule.id);
    }
}

#[test]
fn findings_about_a_list_name_its_file_and_line() {
    let changes = [("Asthma,true,true,High", "Asthma,true,false,High")];
    let standard = with_file("person_alert_codes.csv", &changes).unwrap();
    let home = tempfile::tempdir().unwrap();
    let all: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    let (export, mapping) = (home.path().join("input"), home.path().join("profile.toml"));
    std::fs::write(&export, csv(&[&[]])).unwrap();
    std::fs::write(&mapping, profile(&all)).unwrap();
    let subject = Subject::Landlord {
        profile: mapping,
        inputs: vec![export],
        logs: Vec::new(),
        references: ReferencePaths::default(),
    };
    let options = options(&Arc::new(standard));
    let destination = conversion::Destination {
        folder: home.path().join("out"),
        force: false,
    };
    conversion::convert(&subject, Some(&destination), &options, &mut Silent).unwrap();
    let text = std::fs::read_to_string(home.path().join("out/findings.csv")).unwrap();
    let mut findings = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = findings.records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), 1, "{text}");
    let header = findings.headers().unwrap().clone();
    let cell = |name: &str| &rows[0][header.iter().position(|own| own == name).unwrap()];
    assert_eq!(cell("file"), "person_alert_codes.csv");
    assert_eq!((cell("record"), cell("line")), ("1", "2"));
    assert_eq!(cell("table"), "person_alert_codes");
    assert_eq!(cell("column"), "is_awaab_relevant");
    assert!(cell("message").ends_with("its alerts leave the count of Awaab's Law"));
}

#[test]
fn a_faultless_record_has_no_finding() {
    let columns: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    let spoken = rules_for(csv(&[&[]]).as_bytes(), &profile(&columns), &STANDARD);
    assert_eq!(spoken, HashSet::new());
}

#[test]
fn formats_by_another_column() {
    let columns = ["person_id", "person_alert_code_id", "start_date"];
    let input = "[input]\ndate_formats_by = \"System\"\n\
                 date_formats = { A = [\"dd/mm/yyyy\"], B = [\"mm/dd/yyyy\"] }\n[fields]";
    let text = profile(&columns).replace("[fields]", input);
    let speaks = |date: &str, system: &str| {
        let header = columns.join(",");
        let input = format!("{header},System\n1,MED1.01,{date},{system}\n");
        let mut spoken = rules_for(input.as_bytes(), &text, &STANDARD);
        spoken.retain(|rule| rule.starts_with("PAC4") || *rule == "PAC007");
        spoken.retain(|rule| !["PAC408", "PAC410"].contains(rule));
        spoken
    };
    for (date, system) in [
        ("03/04/2024", "A"),
        ("03/04/2024", "b"),
        ("05/05/2024", ""),
        ("2024-04-03", "C"),
    ] {
        assert_eq!(speaks(date, system), HashSet::new(), "{date} {system}");
    }
    for (date, system) in [("03/04/2024", "C"), ("25/04/2024", "C"), ("03/04/2024", "")] {
        let undecided = HashSet::from(["PAC418"]);
        assert_eq!(speaks(date, system), undecided, "{date} {system}");
    }
    assert_eq!(speaks("25/04/2024", "B"), HashSet::from(["PAC411"]));
}

#[test]
fn dates_without_a_day_and_cells_that_are_no_dates() {
    let columns = [
        "person_id",
        "person_alert_code_id",
        "start_date",
        "end_date",
    ];
    let input = "[input]\ndate_formats = [\"dd/mm/yyyy\", \"mmm-yy\"]\n\
                 no_dates = [\"31/12/2098\"]\n[fields]";
    let text = profile(&columns).replace("[fields]", input);
    let speaks = |start: &str, end: &str| {
        let header = columns.join(",");
        let input = format!("{header}\n1,MED1.01,{start},{end}\n");
        rules_for(input.as_bytes(), &text, &STANDARD)
    };
    assert!(speaks("Mar-22", "").contains("PAC415"));
    assert!(speaks("01/03/2022", "31/12/2098").contains("PAC416"));
    let emptied = speaks("31/12/2098", "");
    assert!(emptied.contains("PAC401") && emptied.contains("PAC416"));
    let quiet = speaks("01/03/2022", "30/12/2098");
    assert!(!quiet.contains("PAC415") && !quiet.contains("PAC416"));
}

#[test]
fn what_an_export_has_no_column_for_is_told_too() {
    let columns = ["person_id", "person_alert_code_id", "start_date"];
    let input = "person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n";
    let spoken = rules_for(input.as_bytes(), &profile(&columns), &STANDARD);
    let all = ["PAC301", "PAC408", "PAC410", "PAC507", "PAC601", "PAC603"];
    assert_eq!(spoken, HashSet::from(all));
}

#[test]
fn two_orders_of_day_and_month() {
    let columns = ["person_id", "person_alert_code_id", "start_date"];
    let formats = "[input]\ndate_formats = [\"dd/mm/yyyy\", \"mm/dd/yyyy\"]\n[fields]";
    let text = profile(&columns).replace("[fields]", formats);
    let speaks = |dates: &[&str]| {
        let rows = dates.iter().map(|date| format!("1,MED1.01,{date}\n"));
        let input = columns.join(",") + "\n" + &rows.collect::<String>();
        let mut spoken = rules_for(input.as_bytes(), &text, &STANDARD);
        spoken.retain(|rule| ["PAC414", "PAC417", "PAC419"].contains(rule));
        spoken
    };
    assert_eq!(speaks(&["03/04/2024"]), HashSet::from(["PAC414"]));
    assert_eq!(speaks(&["25/04/2024", "05/05/2024"]), HashSet::new());
    let proven = HashSet::from(["PAC419"]);
    assert_eq!(speaks(&["25/04/2024", "03/04/2024"]), proven);
    assert_eq!(speaks(&["04/25/2024", "03/04/2024"]), proven);
    let both = speaks(&["25/04/2024", "04/25/2024", "03/04/2024"]);
    assert_eq!(both, HashSet::from(["PAC414", "PAC417"]));
}

#[test]
fn composed_keys() {
    let text = profile(&["person_alert_code_id", "start_date"])
        + "person_id = { columns = [\"house\", \"person\"] }\n";
    let speaks = |house: &str, person: &str| {
        let header = "house,person,person_alert_code_id,start_date";
        let input = format!("{header}\n{house},{person},MED1.01,2024-01-01\n");
        let mut spoken = rules_for(input.as_bytes(), &text, &STANDARD);
        spoken.retain(|rule| rule.starts_with("PAC1"));
        spoken
    };
    assert_eq!(speaks("E12", "3"), HashSet::new());
    assert_eq!(speaks("101", "102"), HashSet::new());
    assert_eq!(speaks("E/12", "3"), HashSet::from(["PAC111"]));
    assert_eq!(speaks("E12", ""), HashSet::from(["PAC101"]));
    assert_eq!(speaks("E12", "Not found"), HashSet::from(["PAC102"]));
}

#[test]
fn a_source_that_no_column_feeds_is_told_too() {
    let columns = ["person_id", "person_alert_code_id", "start_date"];
    let input = b"person_id,person_alert_code_id,start_date\n1,MED1.01,2024-01-01\n";
    assert!(rules_for(input, &profile(&columns), &STANDARD).contains("PAC301"));
}
