//! What the user sets about rules, held against every rule of the catalogue and its examples.

mod examples;

use std::path::Path;

use person_alerts::check::rule::{Example, Needs, Rule};
use person_alerts::check::rules::{RULES, find};
use person_alerts::check::settable::settable_rules;
use person_alerts::error::Result;
use person_alerts::profile::rules_section::Wish;
use person_alerts::report::Report;

use examples::{FAULTLESS, Given, STANDARD, csv, profile, standard, written};

/// What comes of an input whose profile says more than its example does.
fn report(folder: &Path, input: &str, profile: &str, shared: Option<&str>) -> Result<Report> {
    let given = Given {
        rules: shared.map(str::to_owned),
        ..Given::new(input, profile)
    };
    given.report(folder, &STANDARD)
}

fn run(input: &str, profile: &str) -> Report {
    let home = tempfile::tempdir().unwrap();
    report(home.path(), input, profile, None).unwrap()
}

/// The words for the severities that a rule speaks with.
fn spoken(report: &Report, rule: &str) -> Vec<&'static str> {
    let own = report.findings.rules.iter().filter(|own| own.rule == rule);
    own.map(|own| own.severity.as_str()).collect()
}

fn set(profile: &str, rule: &Rule, severity: &str) -> String {
    format!(
        "{profile}\n[rules.{}]\nseverity = \"{severity}\"\n",
        rule.slug
    )
}

fn refuses(rule: &Rule, word: &str) -> bool {
    let rules = settable_rules(&STANDARD);
    let own = rules.iter().find(|own| own.id == rule.id).unwrap();
    let word_of = |wish: &Wish| match wish {
        Wish::Off => "off",
        Wish::As(severity) => severity.as_str(),
    };
    own.refused.iter().any(|(wish, _)| word_of(wish) == word)
}

#[test]
fn what_a_rule_may_be_set_to_holds_on_its_examples() {
    let mut tried = 0;
    for rule in RULES {
        // what is wrong with a code list rejects nobody's alert
        let of_alerts = |example: &&Example| !matches!(example, Example::List(..));
        for example in rule.failing.iter().filter(of_alerts) {
            let given = written(example);
            let standard = standard(example).unwrap();
            let run = |profile: String| {
                let home = tempfile::tempdir().unwrap();
                let given = Given {
                    profile,
                    ..given.clone()
                };
                given.report(home.path(), &standard).unwrap()
            };
            let usual = run(given.profile.clone());
            for word in ["error", "warning", "info", "off"] {
                if refuses(rule, word) {
                    continue;
                }
                let set = run(set(&given.profile, rule, word));
                let told = spoken(&set, rule.id);
                let lost = |report: &Report| {
                    let changes = report.ledger.history.unwrap_or_default();
                    let both = [report.ledger.total, changes];
                    let lost = both.map(|counts| counts.rejected + counts.records_unreadable);
                    lost.iter().sum::<u64>()
                };
                let place = format!("{} as {word}: {example:?}", rule.id);
                // a cell without which there is no alert rejects it, whatever is set elsewhere
                let held = refuses(rule, "off") && lost(&usual) > 0;
                match word {
                    "off" => assert!(told.is_empty(), "{place}"),
                    _ => assert!(
                        told == [word] || held && told == ["error"],
                        "{place}: {told:?}"
                    ),
                }
                // of an input without records none can be rejected
                let errs = set.findings.error > 0 && set.ledger.total.records_read > 0;
                assert_eq!(errs, lost(&set) > 0, "{place}");
                let violated = !spoken(&set, "PAC901").is_empty();
                assert_eq!(violated, rule.id == "PAC901", "{place}");
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "{tried}");
}

#[test]
fn the_profile_prevails_over_its_file_and_that_over_the_shared_one() {
    let input = csv(&[&[("end_date", "2023-01-01")]]);
    let fields = profile(&[
        "person_id",
        "person_alert_code_id",
        "start_date",
        "end_date",
    ]);
    let severity = |own: &str, file: &str, shared: &str| {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("rules.toml"), file).unwrap();
        let profile = format!("{fields}[rules]\nfile = \"rules.toml\"\n{own}\n");
        let report = report(home.path(), &input, &profile, Some(shared)).unwrap();
        let files = report.landlords[0].rules.iter();
        let files: Vec<&str> = files.map(|own| own.file.as_str()).collect();
        assert_eq!(files, ["shared.toml", "rules.toml"]);
        let off = report
            .not_run
            .iter()
            .filter(|own| own.rule.as_deref() == Some("PAC404"));
        let off: Vec<String> = off.map(|own| own.why.clone()).collect();
        let told = spoken(&report, "PAC404");
        (told.first().copied(), off.first().cloned())
    };
    let as_word = |word: &str| format!("end_before_start = {{ severity = \"{word}\" }}");
    let file = |word: &str| format!("[rules]\n{}\n", as_word(word));
    let (info, warning, off) = (file("info"), file("warning"), file("off"));
    assert_eq!(severity("", "", ""), (Some("error"), None));
    assert_eq!(severity("", "", &info), (Some("info"), None));
    assert_eq!(severity("", &warning, &info), (Some("warning"), None));
    assert_eq!(severity(&as_word("info"), &off, &off), (Some("info"), None));
    let by = |name: &str| Some(format!("switched off by {name}"));
    assert_eq!(severity("", "", &off), (None, by("shared.toml")));
    assert_eq!(severity("", &off, &info), (None, by("rules.toml")));
    assert_eq!(
        severity(&as_word("off"), "", ""),
        (None, by("profile.toml"))
    );
}

#[test]
fn what_cannot_be_set_is_told_at_once_with_its_place() {
    let fields = profile(&["person_id", "person_alert_code_id", "start_date"]);
    let rules = "[rules]\nfile = \"rules.toml\"\nend_befor_start = { severity = \"off\" }\n\
                 PAC404 = { severity = \"eror\", month = 3 }\nPAC205 = { severity = \"warning\" }\n\
                 PAC411 = { severity = \"off\" }\nPAC702 = { severity = \"error\" }\n\
                 active_repeated = { severity = \"info\" }\nPAC403 = \"off\"\n";
    let home = tempfile::tempdir().unwrap();
    let file = "[rules]\nPAC901 = { severity = \"off\" }\n";
    std::fs::write(home.path().join("rules.toml"), file).unwrap();
    let told = report(home.path(), &csv(&[]), &format!("{fields}{rules}"), None);
    let told = told.unwrap_err().to_string();
    let told = told.replace(&format!("{}/", home.path().display()), "");
    let expected = "\
profile.toml:10: rules: unknown rule end_befor_start; did you mean end_before_start?
profile.toml:11: rules.PAC404: unknown key month
profile.toml:11: rules.PAC404: severity must be one of error, warning, info, off; did you mean error?
profile.toml:12: rules.PAC205: PAC205 cannot be lowered: an alert without person_alert_code_id cannot be written
profile.toml:13: rules.PAC411: PAC411 cannot be switched off: an alert without start_date cannot be written
profile.toml:14: rules.PAC702: PAC702 cannot be an error, as it rejects nothing; the most is warning
profile.toml:15: rules.active_repeated: PAC702 is active_repeated and stands here twice
profile.toml:16: rules: PAC403 must be a table, such as { severity = \"warning\" }
rules.toml:2: rules.PAC901: PAC901 cannot be switched off: what breaks the schema of the standard cannot be written";
    assert_eq!(told, expected);
}

#[test]
fn a_policy_keeps_its_errors() {
    let input = csv(&[&[("end_date", "2024-06-01")]]);
    let columns = [
        "person_id",
        "person_alert_code_id",
        "start_date",
        "end_date",
        "is_active",
    ];
    let strict = format!("{}[policy]\nautoclose = false\n", profile(&columns));
    let rule = find("PAC409").unwrap();
    assert_eq!(
        spoken(&run(&input, &set(&strict, rule, "info")), "PAC409"),
        ["error"]
    );
}

/// Ids of the rules that were not run, each with why; those that need a file of persons are left out.
fn not_run(report: &Report) -> Vec<(&str, &str)> {
    let rules = report.not_run.iter();
    let rules = rules.filter_map(|own| Some((own.rule.as_deref()?, own.why.as_str())));
    let apart = |(_, why): &(&str, &str)| *why != "no reference file of persons was given";
    rules.filter(apart).collect()
}

#[test]
fn a_rule_either_speaks_or_is_not_run_where_columns_are_missing() {
    const NEEDED: [&str; 3] = ["person_id", "person_alert_code_id", "start_date"];
    let all: Vec<&str> = FAULTLESS.iter().map(|(name, _)| *name).collect();
    assert_eq!(not_run(&run(&csv(&[&[]]), &profile(&all))), []);
    let (mut silenced, mut tried) = (0, 0);
    for rule in RULES {
        let cells = rule.failing.iter().filter_map(|example| match example {
            Example::Cells(cells) => Some(*cells),
            _ => None,
        });
        for cells in cells {
            for dropped in rule.reads.iter().filter(|name| !NEEDED.contains(name)) {
                let mut left = all.clone();
                left.retain(|name| name != dropped);
                let report = run(&csv(&[cells]), &profile(&left));
                let told = !spoken(&report, rule.id).is_empty();
                let idle = not_run(&report).iter().any(|(own, _)| *own == rule.id);
                let place = format!("{} without {dropped}: {cells:?}", rule.id);
                assert!(!(told && idle), "{place}");
                // the field that a rule blames is what it looks at
                let blamed = rule.reads.first() == Some(dropped);
                if blamed && matches!(rule.needs, Needs::Usual) && rule.needed()[0].len() == 1 {
                    assert!(idle, "{place}");
                    silenced += 1;
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 50 && silenced > 10, "{tried}, {silenced}");
}

#[test]
fn what_is_not_run_is_told_with_the_field_and_the_file() {
    let columns = [
        "person_id",
        "person_alert_code_id",
        "start_date",
        "review_date",
    ];
    let unmapped = run(&csv(&[&[]]), &profile(&columns[..3]));
    let why = not_run(&unmapped);
    assert!(why.contains(&("PAC406", "the profile maps no column to review_date")));
    let either = "the profile maps no column to is_active or alert_status";
    assert!(why.contains(&("PAC407", "the profile maps no column to is_active")));
    assert!(why.contains(&("PAC426", either)));
    assert!(
        !why.iter()
            .any(|(rule, _)| ["PAC421", "PAC408", "PAC301"].contains(rule))
    );
    let optional = profile(&columns).replace(
        "review_date = \"review_date\"",
        "review_date = { column = \"Review\", optional = true }",
    );
    let report = run(&csv(&[&[]]), &optional);
    let own = report
        .not_run
        .iter()
        .find(|own| own.rule.as_deref() == Some("PAC406"))
        .unwrap();
    assert_eq!(own.files, ["input"]);
    assert_eq!(own.why, "the input has no column for review_date");
}

#[test]
fn what_the_meaning_of_a_code_gives_is_a_column_of_its_own() {
    let fields = profile(&["person_id", "start_date"]);
    let types = "person_alert_code_id = { column = \"person_alert_code_id\", crosswalk = \"t\" }\n\
                 [crosswalks.t.values]\n\
                 \"MED1.01\" = { target = \"MED1.01\", sets = { alert_duration = \"30\" } }\n";
    let report = run(&csv(&[&[]]), &format!("{fields}{types}"));
    assert!(!not_run(&report).iter().any(|(rule, _)| *rule == "PAC501"));
}
