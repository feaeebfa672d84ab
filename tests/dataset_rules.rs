//! Rules over the dataset against what looking at every pair of alerts finds, whatever the number of
//! threads and however the records are ordered.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use person_alerts::conversion::{self, Destination, Options, ReferencePaths, Subject, parse_day};
use person_alerts::pipeline::Progress;
use person_alerts::profile::Allowances;
use person_alerts::standard::Standard;
use proptest::prelude::*;

const PROFILE: &str = r#"
[landlord]
name = "Example"
code = "EX"
[input]
null_values = ["none"]
[fields]
person_id = "person"
person_alert_code_id = "code"
start_date = "start"
end_date = "end"
[policy]
duplicates = "keep"
"#;

/// Codes of which some go together and some do not.
const CODES: [&str; 12] = [
    "AGE1.01", "AGE1.02", "AGE1.06", "MED5.01", "MED5.02", "PREG1.01", "PREG1.03", "RISK1.01",
    "RISK1.02", "RISK1.03", "MH1.12", "MED1.01",
];

static STANDARD: LazyLock<Arc<Standard>> =
    LazyLock::new(|| Arc::new(Standard::embedded().unwrap()));

struct Silent;

impl Progress for Silent {
    fn advance(&mut self, _: u64, _: u64) {}
}

#[derive(Debug, Clone)]
struct Alert {
    person: u8,
    code: &'static str,
    start: i32,
    end: Option<i32>,
}

/// Some days around the day of the run, so that some alerts have ended and some have not begun.
fn alert() -> impl Strategy<Value = Alert> {
    let end = proptest::option::of(0..9_i32);
    let code = proptest::sample::select(&CODES[..]);
    (1..4_u8, code, -4..6_i32, end).prop_map(|(person, code, start, length)| Alert {
        person,
        code,
        start,
        end: length.map(|length| start + length),
    })
}

fn date(day: i32) -> String {
    let day = parse_day("2026-11-22").unwrap() + day;
    person_alerts::cell::date::date_of(day).unwrap().to_string()
}

fn csv(alerts: &[Alert]) -> String {
    let mut text = "person,code,start,end\n".to_owned();
    for alert in alerts {
        let end = alert.end.map_or("none".to_owned(), date);
        text += &format!(
            "{},{},{},{end}\n",
            alert.person,
            alert.code,
            date(alert.start)
        );
    }
    text
}

/// What rules over the dataset say, by rule and record.
fn told(inputs: &[String], threads: usize) -> BTreeMap<(String, String, u64), String> {
    let home = tempfile::tempdir().unwrap();
    let profile = home.path().join("profile.toml");
    std::fs::write(&profile, PROFILE).unwrap();
    let mut paths = Vec::new();
    for (at, text) in inputs.iter().enumerate() {
        let path = home.path().join(format!("input{at}.csv"));
        std::fs::write(&path, text).unwrap();
        paths.push(path);
    }
    let subject = Subject::Landlord {
        profile,
        inputs: paths,
        logs: Vec::new(),
        references: ReferencePaths::default(),
    };
    let options = Options {
        standard: Arc::clone(&STANDARD),
        as_of: parse_day("2026-11-22").unwrap(),
        threads,
        show_values: false,
        allowances: Allowances::default(),
        max_reject_percent: None,
        rules: None,
        schemas: Vec::new(),
        since: None,
    };
    let destination = Destination {
        folder: home.path().join("out"),
        force: false,
    };
    conversion::convert(&subject, Some(&destination), &options, &mut Silent).unwrap();
    let findings = std::fs::read(destination.folder.join("findings.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(findings.as_slice());
    let header = reader.headers().unwrap().clone();
    let mut told = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        let cell = |name: &str| {
            let at = header.iter().position(|own| own == name).unwrap();
            row[at].to_owned()
        };
        if cell("rule").starts_with("PAC70") && cell("rule").as_str() > "PAC701" {
            let place = (cell("rule"), cell("file"), cell("record").parse().unwrap());
            told.insert(place, cell("message"));
        }
    }
    told
}

/// How two codes stand to each other, by the rule that would say so.
fn rule_of(one: &str, other: &str) -> Option<&'static str> {
    let both = |wanted: &str| one.starts_with(wanted) && other.starts_with(wanted);
    let mixed = |first: &str, second: &str| {
        one.starts_with(first) && other.starts_with(second)
            || other.starts_with(first) && one.starts_with(second)
    };
    if one == other {
        Some("PAC702")
    } else if mixed("PREG1.03", "MED5") || mixed("MH1.12", "RISK1.03") {
        Some("PAC703")
    } else if both("AGE1") || both("MED5") || both("RISK1") {
        Some("PAC704")
    } else if mixed("PREG1", "AGE1.01") || mixed("PREG1", "AGE1.02") {
        Some("PAC705")
    } else {
        None
    }
}

/// The records that each rule blames, by looking at every pair; an alert that has ended is inactive.
fn naive(alerts: &[Alert]) -> BTreeMap<(String, u64), Vec<u64>> {
    let mut blamed: BTreeMap<(String, u64), Vec<u64>> = BTreeMap::new();
    for (later, alert) in alerts.iter().enumerate() {
        for (earlier, other) in alerts[..later].iter().enumerate() {
            let active = |alert: &Alert| alert.end.is_none_or(|end| end >= 0);
            let shares = |one: &Alert, other: &Alert| other.end.is_none_or(|end| end >= one.start);
            if alert.person == other.person
                && active(alert)
                && active(other)
                && shares(alert, other)
                && shares(other, alert)
                && let Some(rule) = rule_of(alert.code, other.code)
            {
                let place = (rule.to_owned(), later as u64 + 1);
                blamed.entry(place).or_default().push(earlier as u64 + 1);
            }
        }
    }
    blamed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn looking_at_every_pair_finds_the_same(
        alerts in proptest::collection::vec(alert(), 0..40),
        threads in 1..4_usize,
    ) {
        let told = told(&[csv(&alerts)], threads);
        let expected = naive(&alerts);
        let places: Vec<_> = told.keys().map(|(rule, _, record)| (rule.clone(), *record)).collect();
        prop_assert_eq!(&places, &expected.keys().cloned().collect::<Vec<_>>());
        // the record that a finding names is one that goes against it
        for ((rule, _, record), message) in told {
            let others = &expected[&(rule, record)];
            let words = message.split_once("in record ").unwrap().1;
            let other: u64 = words.split(' ').next().unwrap().parse().unwrap();
            prop_assert!(others.contains(&other), "{}: {:?}", message, others);
        }
    }
}

#[test]
fn threads_and_chunks_change_nothing() {
    // as many records as make several chunks, about persons that come again in each of them
    let text = |input: usize| {
        let mut text = "person,code,start,end,filler\n".to_owned();
        for record in 0..20_000_usize {
            let person = 1 + record * 7919 % 6_007;
            let code = CODES[(record + input) * 31 % CODES.len()];
            text += &format!("{person},{code},{},none,{}\n", date(-1), "x".repeat(120));
        }
        text
    };
    let inputs = [text(0), text(1)];
    let expected = told(&inputs, 1);
    assert!(expected.len() > 15_000);
    let second = expected
        .iter()
        .filter(|((_, file, _), _)| file == "input1.csv");
    assert!(second.clone().count() > 8_000);
    let across = |message: &str| message.contains(" of input0.csv");
    assert!(
        second
            .clone()
            .filter(|(_, message)| across(message))
            .count()
            > 5_000
    );
    for threads in [2, 7] {
        assert!(told(&inputs, threads) == expected, "{threads} threads");
    }
}

#[test]
fn a_person_with_very_many_alerts_has_no_more_findings() {
    let alert = |at: usize| {
        let end = if at.is_multiple_of(3) {
            None
        } else {
            Some(at as i32 % 50)
        };
        Alert {
            person: 1,
            code: CODES[at % 3],
            start: -(at as i32 % 97),
            end,
        }
    };
    let alerts: Vec<Alert> = (0..10_000).map(alert).collect();
    let told = told(&[csv(&alerts)], 2);
    let count = |rule: &str| told.keys().filter(|(own, _, _)| own == rule).count();
    assert_eq!(count("PAC702"), alerts.len() - 3);
    assert_eq!(count("PAC704"), alerts.len() - 1);
}
