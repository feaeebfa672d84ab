//! Waivers and the limit of rejects, as the built program holds them.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const PROFILE: &str = "[landlord]\nname = \"Example\"\ncode = \"EX\"\n\
    [fields]\nperson_alert_id = \"ref\"\nperson_id = \"p\"\nperson_alert_code_id = \"c\"\n\
    start_date = \"s\"\nend_date = \"e\"\n";
/// Ends before it starts.
const INPUT: &str = "ref,p,c,s,e\nA1,1,MED1.01,2024-02-01,2024-01-01\n";

struct Told {
    code: i32,
    out: String,
    err: String,
}

impl Told {
    fn report(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// Checks an input with a profile that has this behind its fields.
fn check(folder: &Path, input: &str, rest: &str, options: &[&str]) -> Told {
    std::fs::write(folder.join("profile.toml"), format!("{PROFILE}{rest}")).unwrap();
    std::fs::write(folder.join("alerts.csv"), input).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_pac"))
        .current_dir(folder)
        .args(["check", "alerts.csv", "--profile", "profile.toml"])
        .args(["--as-of", "2026-11-22", "--format", "json"])
        .args(options)
        .output()
        .unwrap();
    Told {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn try_check(rest: &str, options: &[&str]) -> Told {
    let home = tempfile::tempdir().unwrap();
    check(home.path(), INPUT, rest, options)
}

fn waiver(rule: &str, scope: &str, expires: &str) -> String {
    format!(
        "[[waivers]]\nrule = \"{rule}\"\n{scope}\nreason = \"known\"\nowner = \"lead\"\n\
         expires = {expires}\n"
    )
}

/// What a waiver of that scope lets pass, of one finding.
fn passes(scope: &str) -> bool {
    let told = try_check(&waiver("PAC404", scope, "2026-11-22"), &[]);
    let report = told.report();
    let (errors, waived) = (&report["findings"]["error"], &report["waivers"][0]["count"]);
    assert_eq!(*errors == 0, *waived == 1, "{scope}");
    assert_eq!(
        report["ledger"]["total"]["emitted"] == 1,
        *waived == 1,
        "{scope}"
    );
    assert_eq!(told.code == 0, *waived == 1, "{scope}");
    *waived == 1
}

#[test]
fn every_key_of_a_scope_must_fit() {
    for scope in [
        "columns = \"E\"",
        "columns = [\"x\", \"end_date\"]",
        "codes = \"med1.01\"",
        "codes = [\"SAF1\", \"MED1\"]",
        "files = \"alerts*\"",
        "references = \"A1\"",
        "files = \"alerts.csv\"\nreferences = [\"A2\", \"A1\"]",
        "values = [\"x\", \" 2024-01-01\"]",
        "from = 2024-02-01",
        "to = \"2024-02-01\"",
        "from = 2024-01-01\nto = 2024-12-31\nvalues = \"2024-01-01\"",
    ] {
        assert!(passes(scope), "{scope}");
    }
    for scope in [
        "columns = \"s\"",
        "codes = \"MED1.02\"",
        "files = \"alerts\"",
        "references = \"A11\"",
        "references = \"A1\"\ncodes = \"SAF1\"",
        "values = \"2024-02-01\"",
        "columns = \"s\"\nvalues = \"2024-01-01\"",
        "from = 2024-02-02",
        "to = 2024-01-31",
    ] {
        assert!(!passes(scope), "{scope}");
    }
}

#[test]
fn an_expired_waiver_lets_nothing_pass_and_is_told() {
    let told = try_check(&waiver("PAC404", "columns = \"e\"", "2026-11-21"), &[]);
    let report = told.report();
    let rules = report["findings"]["rules"].as_array().unwrap();
    let named = |rule: &str| rules.iter().find(|own| own["rule"] == rule);
    assert_eq!(named("PAC404").unwrap()["severity"], "error");
    let expired = named("PAC036").unwrap();
    assert_eq!(
        (&expired["severity"], &expired["examples"][0]),
        (&"warning".into(), &"profile.toml:10".into())
    );
    assert!(named("PAC037").is_none());
    assert_eq!(report["waivers"][0]["expired"], true);
    assert_eq!(told.code, 1);
}

#[test]
fn values_are_counted_and_shown_only_to_those_who_ask() {
    let scope = "values = [\"2024-01-01\", \"SECRET\"]\nfrom = 2024-01-01";
    let rest = waiver("PAC404", scope, "2027-01-01");
    let told = try_check(&rest, &[]);
    let own = &told.report()["waivers"][0]["scope"];
    assert_eq!(
        (&own["values"], &own["from"]),
        (&2.into(), &"2024-01-01".into())
    );
    assert!(!told.out.contains("SECRET") && !told.err.contains("SECRET"));
    let told = try_check(&rest, &["--show-values"]);
    assert_eq!(told.report()["waivers"][0]["scope"]["values"][1], "SECRET");
}

#[test]
fn a_record_without_a_day_is_in_no_range() {
    let home = tempfile::tempdir().unwrap();
    let input = "ref,p,c,s,e\nA1,1,MED1.01,2024-02-01,2024-01-01\nA2,2,MED1.01,,x\n";
    let rest = waiver("PAC411", "from = 1990-01-01", "2027-01-01");
    let told = check(home.path(), input, &rest, &[]);
    assert_eq!(told.report()["findings"]["waived"], Value::Null);
}

#[test]
fn keys_of_alerts_are_counted_and_not_shown() {
    let rest = waiver("PAC404", "references = [\"A1\", \"SECRET\"]", "2027-01-01");
    let home = tempfile::tempdir().unwrap();
    let told = check(home.path(), INPUT, &rest, &["--show-values"]);
    assert_eq!(told.report()["waivers"][0]["scope"]["references"], 2);
    assert!(!told.out.contains("SECRET") && !told.err.contains("SECRET"));
}

#[test]
fn what_is_wrong_with_waivers_is_told_at_once() {
    let rest = "[[waivers]]\nrule = \"PAC205\"\ncodes = \"MED1.99\"\nreason = \" \"\n\
                [[waivers]]\nrule = \"end_befor_start\"\nowner = \"x\"\nexpires = \"soon\"\n\
                [[waivers]]\nrule = \"PAC702\"\ncodes = \"MED1\"\nreason = \"x\"\nowner = \"x\"\n\
                expires = \"2027-01-01\"\nuntil = 3\n";
    let told = try_check(rest, &[]);
    let expected = "\
pac: profile.toml:10: waivers 1: reason is missing; say why the findings are to be let pass
profile.toml:10: waivers 1: owner is missing; say who answers for it, by role
profile.toml:10: waivers 1: expires is missing; give the last day, such as 2027-03-31
profile.toml:11: waivers 1: PAC205 cannot be waived: an alert without person_alert_code_id cannot be written
profile.toml:12: waivers 1: unknown code MED1.99; did you mean MED1?
profile.toml:14: waivers 2: reason is missing; say why the findings are to be let pass
profile.toml:14: waivers 2: it has no scope; name columns, codes, files, references, values, from or to. The severity of a rule everywhere is set under [rules]
profile.toml:15: waivers 2: unknown rule end_befor_start; did you mean end_before_start?
profile.toml:17: waivers 2: expires must be a day such as 2027-03-31
profile.toml:18: waivers 3: the findings of PAC702 cannot be told by codes
profile.toml:24: waivers 3: unknown key until
";
    assert_eq!((told.code, told.err.as_str()), (2, expected));
}

#[test]
fn a_field_that_the_standard_requires_is_not_waived() {
    let home = tempfile::tempdir().unwrap();
    let rest = waiver("PAC411", "columns = [\"s\", \"e\"]", "2027-01-01");
    let strict = format!("[policy]\nunreadable = \"reject\"\n{rest}");
    let input = "ref,p,c,s,e\nA1,1,MED1.01,2024-02-31,\nA2,2,MED1.01,2024-02-01,2024-02-31\n";
    let report = check(home.path(), input, &strict, &[]).report();
    let total = &report["ledger"]["total"];
    assert_eq!(
        (&total["rejected"], &total["emitted"]),
        (&1.into(), &1.into())
    );
    assert_eq!(report["waivers"][0]["count"], 1);
}

#[test]
fn a_shared_waiver_that_one_landlord_does_not_need_is_not_told_of() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("profile.toml"), PROFILE).unwrap();
    std::fs::write(home.path().join("alerts.csv"), INPUT).unwrap();
    let waivers = waiver("PAC403", "columns = \"s\"", "2027-01-01");
    std::fs::write(home.path().join("rules.toml"), waivers).unwrap();
    let batch = "rules = \"rules.toml\"\n[[landlord]]\nprofile = \"profile.toml\"\ninputs = [\"alerts.csv\"]\n";
    std::fs::write(home.path().join("batch.toml"), batch).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_pac"))
            .current_dir(home.path())
            .args(["check", "--as-of", "2026-11-22"])
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!run(&["--batch", "batch.toml"]).contains("PAC037"));
    let alone = [
        "alerts.csv",
        "--profile",
        "profile.toml",
        "--rules",
        "rules.toml",
    ];
    assert!(run(&alone).contains("PAC037"));
}

#[test]
fn beyond_the_limit_of_rejects_the_exit_code_is_5() {
    let one_of_two = format!("{INPUT}A2,2,MED1.01,2024-02-01,\n");
    let home = tempfile::tempdir().unwrap();
    let run = |rest: &str, options: &[&str]| check(home.path(), &one_of_two, rest, options);
    let limit = |percent: &str| format!("[policy]\nmax_reject_percent = {percent}\n");
    let exceeded = run(&limit("49.9"), &["--fail-on", "never"]);
    assert_eq!(exceeded.code, 5);
    let told = "pac: EX: 50 percent of the alerts were set aside, and at most 49.9 may be; see the rejects\n";
    assert_eq!(exceeded.err, told);
    assert_eq!(
        exceeded.report()["landlords"][0]["reject_limit"]["exceeded"],
        true
    );
    assert_eq!(run(&limit("50"), &["--fail-on", "never"]).code, 0);
    assert_eq!(run(&limit("50"), &[]).code, 1);
    assert_eq!(
        run(
            &limit("0"),
            &["--max-reject-percent", "50", "--fail-on", "never"]
        )
        .code,
        0
    );
    assert_eq!(run("", &["--max-reject-percent", "10.5"]).code, 5);
    assert_eq!(run("", &["--max-reject-percent", "101"]).code, 2);
    assert_eq!(run(&limit("-1"), &[]).code, 2);
}
