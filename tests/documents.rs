//! What the README and the pages under `docs/` show is what happens: their console blocks are run, their
//! profiles are loaded, and the files, options and names that they mention are there.
//!
//! In a block marked `console` a line that begins with `$ ` is a command, `> ` goes on with it, and the
//! other lines are its output, compared to the letter; `...` stands for lines that differ from run to
//! run. All blocks of a page run in one folder, in order, as a reader would type them. `UPDATE=1` writes
//! what happened into the page.
//!
//! Blocks marked `console duckdb` need a Python that has DuckDB: `PAC_PYTHON` names it, and `tests/run`
//! sets it. Without it they are left out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use person_alerts::cell::date::date_of;
use person_alerts::cell::date_format::DateFormat;
use person_alerts::check::settable::settable_rules;
use person_alerts::profile::{self, Allowances};
use person_alerts::standard::{Standard, document_schema};

/// Printed behind each command, to tell outputs apart.
const END: &str = "\u{1e}pac-readme-end";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages, relative to the root.
const PAGES: [&str; 8] = [
    "README.md",
    "docs/profile.md",
    "docs/schemas.md",
    "docs/shapes.md",
    "docs/code-lists.md",
    "docs/suggestions.md",
    "docs/history.md",
    "docs/new-landlord.md",
];

fn page(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

fn all_pages() -> String {
    PAGES.map(page).join("\n")
}

/// A fenced block: the words behind its fence, and its lines with the number of the first.
struct Block {
    page: &'static str,
    marks: Vec<String>,
    first: usize,
    lines: Vec<String>,
}

fn blocks(page: &'static str, text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(marks)) => {
                open = Some(Block {
                    page,
                    marks: marks.split_whitespace().map(str::to_owned).collect(),
                    first: at + 1,
                    lines: Vec::new(),
                });
            }
            (Some(block), None) => block.lines.push(line.to_owned()),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, None) => {}
        }
    }
    blocks
}

fn marked(name: &'static str, mark: &str) -> Vec<Block> {
    let all = blocks(name, &page(name)).into_iter();
    all.filter(|block| block.marks.first().is_some_and(|own| own == mark))
        .collect()
}

fn marked_anywhere(mark: &str) -> Vec<Block> {
    PAGES.iter().flat_map(|name| marked(name, mark)).collect()
}

/// A command of a console block, as it stands there and as bash runs it, and what it prints.
struct Step {
    shown: Vec<String>,
    command: String,
    output: Vec<String>,
}

fn steps(block: &Block) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in &block.lines {
        if let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step {
                shown: vec![line.clone()],
                command: command.to_owned(),
                output: Vec::new(),
            });
            continue;
        }
        let step = steps.last_mut();
        let step = step.unwrap_or_else(|| panic!("{}:{}: no command", block.page, block.first));
        match line.strip_prefix("> ") {
            Some(more) if step.output.is_empty() => {
                step.shown.push(line.clone());
                step.command += &format!("\n{more}");
            }
            _ => step.output.push(line.clone()),
        }
    }
    steps
}

/// The folder that the blocks run in, and the programs that they find.
struct Stage {
    home: tempfile::TempDir,
    python: Option<String>,
}

impl Stage {
    fn new() -> Stage {
        let stage = Stage {
            home: tempfile::tempdir().unwrap(),
            python: std::env::var("PAC_PYTHON").ok(),
        };
        copy(&root().join("fixtures"), &stage.folder().join("fixtures"));
        let programs = stage.home.path().join("programs");
        std::fs::create_dir(&programs).unwrap();
        program(
            &programs.join("pac"),
            &format!("exec '{}' \"$@\"", env!("CARGO_BIN_EXE_pac")),
        );
        program(
            &programs.join("cargo"),
            "[ \"$1 $2 $3\" = 'run --release --' ] || exit 64\nshift 3\nexec pac \"$@\"",
        );
        if let Some(python) = &stage.python {
            program(
                &programs.join("python3"),
                &format!("exec '{python}' \"$@\""),
            );
        }
        stage
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("repository")
    }

    /// Runs the commands of a block in one shell; returns what each printed.
    fn run(&self, steps: &[Step]) -> Vec<Vec<String>> {
        let mut script = String::new();
        for step in steps {
            script += &step.command;
            script += &format!("\n{{ code=$?; printf '%s\\n' '{END}'; (exit $code); }}\n");
        }
        let path = std::env::var("PATH").unwrap_or_default();
        let programs = self.home.path().join("programs");
        let done = Command::new("bash")
            .args(["-c", &format!("exec 2>&1\n{script}")])
            .current_dir(self.folder())
            .env("PATH", format!("{}:{path}", programs.display()))
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        let printed = String::from_utf8(done.stdout).unwrap();
        let outputs: Vec<_> = printed.split(&format!("{END}\n")).collect();
        assert_eq!(outputs.len(), steps.len() + 1, "{printed}");
        // Blank lines at the end of an output do not show.
        let lines = |output: &&str| output.trim_end().lines().map(str::to_owned).collect();
        outputs[..steps.len()].iter().map(lines).collect()
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => std::fs::copy(entry.path(), target).map(|_| ()).unwrap(),
        }
    }
}

fn program(path: &Path, script: &str) {
    std::fs::write(path, format!("#!/bin/sh\n{script}\n")).unwrap();
    let executable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(path, executable).unwrap();
}

/// Whether the output is as expected, where `...` stands for any lines.
fn fits(expected: &[String], output: &[String]) -> bool {
    match expected.split_first() {
        None => output.is_empty(),
        Some((first, rest)) if first == "..." => {
            (0..=output.len()).any(|skipped| fits(rest, &output[skipped..]))
        }
        Some((first, rest)) => output.first() == Some(first) && fits(rest, &output[1..]),
    }
}

#[test]
fn console_blocks_print_what_they_show() {
    let wrong: Vec<String> = PAGES.iter().flat_map(|page| run_page(page)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Runs the console blocks of a page; returns what is printed otherwise than shown, unless the page is
/// rewritten.
fn run_page(name: &'static str) -> Vec<String> {
    let stage = Stage::new();
    let text = page(name);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut wrong = Vec::new();
    let mut shift = 0isize;
    for block in marked(name, "console") {
        let needs_duckdb = block.marks.iter().any(|mark| mark == "duckdb");
        if needs_duckdb && stage.python.is_none() {
            println!("{name}:{}: not run, PAC_PYTHON is not set", block.first);
            continue;
        }
        let steps = steps(&block);
        let mut rewritten = Vec::new();
        for (step, output) in steps.iter().zip(stage.run(&steps)) {
            rewritten.extend(step.shown.clone());
            if fits(&step.output, &output) {
                rewritten.extend(step.output.clone());
                continue;
            }
            wrong.push(format!(
                "{name}:{}: {}\n--- it shows\n{}\n--- it prints\n{}",
                block.first,
                step.command,
                step.output.join("\n"),
                output.join("\n")
            ));
            rewritten.extend(output);
        }
        let first = block.first.checked_add_signed(shift).unwrap();
        shift += rewritten.len() as isize - block.lines.len() as isize;
        lines.splice(first..first + block.lines.len(), rewritten);
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root().join(name), lines.join("\n") + "\n").unwrap();
        return Vec::new();
    }
    wrong
}

/// A profile in which the fragment stands with all that it leaves out.
fn completed(fragment: &str) -> toml::Table {
    let mut profile: toml::Table = toml::from_str(fragment).unwrap();
    let rest: toml::Table = toml::from_str(
        "[landlord]\nname = \"Try\"\ncode = \"TRY\"\n\
         [fields]\nperson_id = \"p\"\nperson_alert_code_id = \"c\"\nstart_date = \"s\"\n",
    )
    .unwrap();
    for (section, keys) in rest {
        let own = profile
            .entry(section)
            .or_insert(toml::Value::Table(toml::Table::new()));
        for (key, value) in keys.as_table().unwrap() {
            own.as_table_mut()
                .unwrap()
                .entry(key)
                .or_insert(value.clone());
        }
    }
    let alerts = profile.get("alerts").and_then(toml::Value::as_array);
    let tables = alerts.into_iter().flatten().chain([&profile["fields"]]);
    let fields: Vec<_> = tables
        .flat_map(|table| table.as_table().unwrap().clone())
        .collect();
    let crosswalks = profile
        .entry("crosswalks")
        .or_insert(toml::Value::Table(toml::Table::new()));
    for (field, plan) in &fields {
        let code = match field.as_str() {
            "source_type_id" => "GP",
            "special_category_data_id" => "HEALTH",
            _ => "MED1.01",
        };
        let Some(name) = plan.get("crosswalk").and_then(toml::Value::as_str) else {
            continue;
        };
        let stand_in: toml::Value =
            toml::Value::Table(toml::from_str(&format!("values = {{ x = \"{code}\" }}")).unwrap());
        crosswalks
            .as_table_mut()
            .unwrap()
            .entry(name)
            .or_insert(stand_in);
    }
    profile
}

#[test]
fn their_profiles_are_accepted() {
    let home = tempfile::tempdir().unwrap();
    let standard = Standard::embedded().unwrap();
    for block in marked_anywhere("csv") {
        // A crosswalk file, under the name that the profiles of the pages use.
        std::fs::write(home.path().join("alert_types.csv"), block.lines.join("\n")).unwrap();
    }
    // The file of rules that they share.
    std::fs::write(home.path().join("rules.toml"), "[rules]\n").unwrap();
    for name in ["person-keys.csv", "alert-keys.csv"] {
        std::fs::write(home.path().join(name), "previous,present\n").unwrap();
    }
    let mut loaded = 0;
    for block in marked_anywhere("toml") {
        let text = block.lines.join("\n");
        let place = format!("{}:{}", block.page, block.first);
        if text.contains("[[landlord]]") {
            let schema = serde_json::from_str(document_schema("batch").unwrap()).unwrap();
            let value: serde_json::Value = toml::from_str(&text).unwrap();
            assert!(jsonschema::is_valid(&schema, &value), "{place}");
            continue;
        }
        let path = home.path().join("profile.toml");
        std::fs::write(&path, completed(&text).to_string()).unwrap();
        let said = profile::load(
            &path,
            &standard,
            Allowances::default(),
            &settable_rules(&standard),
        );
        assert!(said.is_ok(), "{place}: {}", said.unwrap_err());
        let schema = serde_json::from_str(document_schema("profile").unwrap()).unwrap();
        let value: serde_json::Value = toml::from_str(&text).unwrap();
        if value.get("landlord").is_some() && value.get("fields").is_some() {
            assert!(jsonschema::is_valid(&schema, &value), "{place}");
        }
        loaded += 1;
    }
    assert!(loaded > 5, "{loaded} profiles");
}

#[test]
fn their_dates_are_read_so() {
    let text = page("docs/profile.md");
    let rows = text
        .lines()
        .skip_while(|line| *line != "| Format | Cell | Date |")
        .skip(2);
    let mut tried = 0;
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row
            .split('|')
            .map(|cell| cell.trim().trim_matches('`'))
            .collect();
        let found = DateFormat::parse(cells[1]).unwrap().read(cells[2]);
        let date = found.and_then(|found| date_of(found.days));
        let read = date.map_or("none".to_owned(), |date| date.to_string());
        assert_eq!(read, cells[3], "{row}");
        tried += 1;
    }
    assert!(tried > 5, "{tried} rows");
}

/// Words between backticks, outside blocks.
fn named_in_text() -> BTreeSet<String> {
    let mut inside = false;
    let mut words = BTreeSet::new();
    for line in all_pages().lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if !inside {
            let parts = line.split('`').skip(1).step_by(2);
            words.extend(parts.map(str::to_owned));
        }
    }
    words
}

#[test]
fn they_name_every_key_field_and_count() {
    let named = named_in_text();
    let standard = Standard::embedded().unwrap();
    let keys = profile::known_keys()
        .into_iter()
        .flat_map(|(_, keys)| keys.iter().map(|key| (*key).to_owned()));
    let fields = standard.person_alert().fields.iter();
    let fields = fields.flat_map(|field| field.aliases.iter().chain([&field.name]).cloned());
    let counts = serde_json::to_value(person_alerts::report::ledger::Counts::default()).unwrap();
    let counts = counts.as_object().unwrap().keys().cloned();
    let columns = [
        "rule", "slug", "severity", "file", "record", "line", "column", "message",
    ];
    let columns = columns.into_iter().map(str::to_owned);
    let lookups = ["source_types", "special_category_data_types"];
    let codes = lookups
        .into_iter()
        .flat_map(|table| standard.codes_of(table))
        .map(str::to_owned);
    let all = keys.chain(fields).chain(counts).chain(columns).chain(codes);
    let is_named = |name: &String| {
        let shown = [name.clone(), format!("[{name}]"), format!("[[{name}]]")];
        shown.iter().any(|shown| named.contains(shown))
    };
    let missing: Vec<String> = all.filter(|name| !is_named(name)).collect();
    assert!(
        missing.is_empty(),
        "not in backticks: {}",
        missing.join(", ")
    );
}

#[test]
fn the_options_that_they_name_exist() {
    let mut help = String::from("--release --check --no-deps --all-targets ");
    for subcommand in [
        "convert",
        "cells",
        "check",
        "codes",
        "crosswalks",
        "report",
        "crosswalk export",
        "crosswalk import",
        "crosswalk check",
        "draft",
        "scan",
        "schema",
        "rules",
        "synth",
        "diff",
        "timeline",
        "completions",
        "man",
    ] {
        let pac = Command::new(env!("CARGO_BIN_EXE_pac"))
            .args(subcommand.split(' '))
            .arg("--help")
            .output()
            .unwrap();
        help += &String::from_utf8(pac.stdout).unwrap();
    }
    let known: BTreeSet<&str> = options(&help).collect();
    let text = all_pages();
    let unknown: BTreeSet<&str> = options(&text)
        .filter(|name| !known.contains(name))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

fn options(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter(|word| {
        let name = word.strip_prefix("--");
        name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
    })
}

#[test]
fn the_files_that_they_name_exist() {
    let text = all_pages();
    let folders = [
        "crosswalks/",
        "fixtures/",
        "schemas/",
        "src/",
        "tests/",
        ".ci/",
    ];
    let apart = |c: char| !c.is_ascii_alphanumeric() && !"_-./<>*".contains(c);
    let words = text.split(apart).map(|word| word.trim_end_matches('.'));
    let paths = words.filter(|word| folders.iter().any(|folder| word.starts_with(folder)));
    let mut tried = 0;
    for path in paths.filter(|path| !path.contains(['<', '*'])) {
        assert!(root().join(path).exists(), "{path}");
        tried += 1;
    }
    assert!(tried > 5, "{tried} paths");
}

#[test]
fn their_links_lead_somewhere() {
    for name in PAGES {
        let text = page(name);
        let folder = Path::new(name).parent().unwrap();
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap();
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            if file.contains(':') {
                continue;
            }
            let linked = match file {
                "" => text.clone(),
                file => {
                    let path = root().join(folder).join(file);
                    let there = std::fs::read_to_string(path);
                    there.unwrap_or_else(|_| panic!("{name}: {target}"))
                }
            };
            let mut lines = linked.lines().filter(|line| line.starts_with('#'));
            let found = heading.is_empty() || lines.any(|line| anchor(line) == heading);
            assert!(found, "{name}: {target}");
        }
    }
}

/// The anchor of a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = text
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn dots_stand_for_any_lines() {
    let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert!(fits(&lines("a ... d"), &lines("a b c d")));
    assert!(fits(&lines("a ..."), &lines("a")));
    assert!(!fits(&lines("a ... d"), &lines("a b c")));
    assert!(!fits(&lines("a"), &lines("a b")));
}
