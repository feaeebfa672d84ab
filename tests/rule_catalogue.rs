//! The catalogue of rules itself: ids, words, columns, and the page that is made of it.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use person_alerts::check::explanation;
use person_alerts::check::rule::Check;
use person_alerts::check::rules::{RULES, SUBJECTS, subject};
use person_alerts::standard::Standard;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn updates() -> bool {
    std::env::var_os("UPDATE").is_some()
}

#[test]
fn rules_are_in_order_and_in_words() {
    let mut slugs = HashSet::new();
    for rule in RULES {
        let id = rule.id;
        assert!(slugs.insert(rule.slug), "{id}: the slug stands twice");
        let (first, reason) = rule.docs.split_once(". ").unwrap_or((rule.docs, ""));
        assert!(!first.contains('\n'), "{id}: one sentence first");
        assert!(reason.len() > 10 && reason.ends_with('.'), "{id}: reason");
        assert!(
            !rule.fix.is_empty() && !rule.fix.ends_with('.'),
            "{id}: remedy"
        );
        assert!(!rule.message.is_empty() || matches!(rule.check, Check::Cells(_) | Check::Schema));
        assert!(subject(id).is_some(), "{id}: subject");
    }
    assert!(RULES.is_sorted_by(|a, b| a.id < b.id));
    assert!(SUBJECTS.is_sorted_by(|a, b| a.last < b.first));
}

#[test]
fn every_column_that_a_rule_reads_is_in_its_table() {
    let standard = Standard::embedded().unwrap();
    for rule in RULES {
        let table = standard
            .tables()
            .iter()
            .find(|table| table.name == rule.table);
        let table = table.unwrap_or_else(|| panic!("{}: there is no {}", rule.id, rule.table));
        for field in rule.reads {
            assert!(table.field(field).is_some(), "{} reads {field}", rule.id);
        }
        let about_cells = matches!(
            rule.check,
            Check::Batch(_) | Check::Blank | Check::Fields(_) | Check::Mend(..) | Check::Dataset(_)
        );
        assert!(
            !about_cells || !rule.reads.is_empty(),
            "{} blames nothing",
            rule.id
        );
    }
}

#[test]
fn the_folder_and_the_catalogue_agree() {
    let names = std::fs::read_dir(root().join("src/check/rules")).unwrap();
    let names = names.map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        name.trim_end_matches(".rs").to_owned()
    });
    let files: HashSet<String> = names.filter(|name| name != "mod").collect();
    let slugs: HashSet<String> = RULES.iter().map(|rule| rule.slug.to_owned()).collect();
    assert_eq!(files, slugs);
}

/// `rule_ids.txt` holds every id that was ever given: `PAC404 end_before_start`, and `retired` behind the
/// slug of a rule that is gone. With `UPDATE` set, ids that are new are added; none is ever taken out.
#[test]
fn ids_are_never_used_again() {
    let path = root().join("tests/rule_ids.txt");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut given: BTreeMap<String, String> = BTreeMap::new();
    for line in text.lines() {
        let (id, rest) = line.split_once(' ').unwrap();
        let twice = given.insert(id.to_owned(), rest.to_owned());
        assert_eq!(twice, None, "{id} was given twice");
    }
    for (id, rest) in &given {
        let rule = RULES.iter().find(|rule| rule.id == id);
        match (rest.strip_suffix(" retired"), rule) {
            (Some(_), Some(_)) => panic!("{id} is retired; take a number that was never given"),
            (None, rule) => assert_eq!(
                rule.map(|rule| rule.slug),
                Some(rest.as_str()),
                "{id} has another slug or is gone; give it back, or mark it as retired in rule_ids.txt"
            ),
            (Some(_), None) => {}
        }
    }
    let before = given.len();
    for rule in RULES {
        given
            .entry(rule.id.to_owned())
            .or_insert_with(|| rule.slug.to_owned());
    }
    if updates() {
        let lines = given.iter().map(|(id, rest)| format!("{id} {rest}\n"));
        std::fs::write(path, lines.collect::<String>()).unwrap();
    } else {
        assert_eq!(
            given.len(),
            before,
            "new rules; UPDATE=1 adds them to rule_ids.txt"
        );
    }
}

#[test]
fn the_page_of_all_rules_is_that_of_the_catalogue() {
    let path = root().join("docs/rules.md");
    let page = explanation::page(&Standard::embedded().unwrap());
    if updates() {
        std::fs::write(path, page).unwrap();
        return;
    }
    let written = std::fs::read_to_string(path).unwrap();
    let differs = written.lines().zip(page.lines()).find(|(a, b)| a != b);
    assert!(
        written == page,
        "docs/rules.md is not that of the catalogue; UPDATE=1 writes it anew: {differs:?}"
    );
}

#[test]
fn the_page_says_what_the_program_says() {
    let standard = Standard::embedded().unwrap();
    let page = explanation::page(&standard);
    for rule in RULES {
        let title = format!("### {} `{}`\n", rule.id, rule.slug);
        let own = page.split(&title).nth(1).unwrap();
        let own = own.split("\n#").next().unwrap();
        let text = explanation::text(rule, &standard);
        let facts = text.lines().skip(4).map(|line| line.get(10..).unwrap());
        let written = own.lines().filter_map(|line| line.strip_prefix("* **"));
        let written = written.map(|line| line.split_once("** ").unwrap().1);
        assert!(facts.eq(written), "{}: {own}", rule.id);
        assert!(own.contains(rule.docs), "{}", rule.id);
    }
}
