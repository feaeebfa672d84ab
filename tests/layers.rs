//! Every import points to a lower layer, as the module docs of `src/lib.rs` draw them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Stages that meet in plain shapes, and never import each other.
const STAGES: [&str; 3] = ["read", "map", "write"];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The layer of each module, from the list in the docs of `src/lib.rs`.
fn layers() -> BTreeMap<String, usize> {
    let text = std::fs::read_to_string(source().join("lib.rs")).unwrap();
    let mut layers = BTreeMap::new();
    for line in text.lines() {
        let Some(rest) = line.strip_prefix("//! layer ") else {
            continue;
        };
        let mut words = rest.split_whitespace();
        let layer = words.next().unwrap().parse().unwrap();
        for module in words {
            assert_eq!(layers.insert(module.to_owned(), layer), None, "{module}");
        }
    }
    layers
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// A file of the crate: the modules that it lies in, and its lines without comments.
struct Module {
    file: String,
    path: Vec<String>,
    lines: Vec<(usize, String)>,
}

fn modules() -> Vec<Module> {
    let mut found = Vec::new();
    files(&source(), &mut found);
    found.sort();
    let module = |file: &PathBuf| {
        let inside = file.strip_prefix(source()).unwrap();
        let mut path: Vec<String> = inside
            .with_extension("")
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        if path.last().is_some_and(|last| last == "mod") {
            path.pop();
        }
        let text = std::fs::read_to_string(file).unwrap();
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        let code = lines.filter(|(_, line)| !line.trim_start().starts_with("//"));
        Module {
            file: inside.display().to_string(),
            path,
            lines: code.map(|(at, line)| (at, line.to_owned())).collect(),
        }
    };
    let all = found.iter().map(module);
    // The root declares the modules, and the program stands outside the library.
    all.filter(|module| !["lib.rs", "main.rs"].contains(&module.file.as_str()))
        .collect()
}

/// Top modules that a line of code names: by `crate::`, or by more `super::` than there are modules
/// below the root. `inline` is how many modules the line lies in beside those of its file.
fn named(line: &str, depth: usize, inline: usize) -> Vec<String> {
    let first = |rest: &str| -> String {
        let part = rest
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_');
        part.collect()
    };
    let mut names = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        assert!(!rest.starts_with('{'), "one module a line: {line}");
        names.push(first(rest));
    }
    let mut rest = line;
    while let Some(at) = rest.find("super::") {
        rest = &rest[at..];
        let mut climbed = 0;
        while let Some(behind) = rest.strip_prefix("super::") {
            climbed += 1;
            rest = behind;
        }
        if climbed >= depth + inline {
            names.push(first(rest));
        }
    }
    names
}

/// Which top module imports which, with the first place.
fn imports() -> BTreeMap<(String, String), String> {
    let mut imports = BTreeMap::new();
    for module in modules() {
        let mut inline = 0;
        for (number, line) in &module.lines {
            if line.trim() == "#[cfg(test)]" {
                inline = 1;
            }
            for target in named(line, module.path.len(), inline) {
                if target != module.path[0] {
                    let place = format!("src/{}:{number}", module.file);
                    let key = (module.path[0].clone(), target);
                    imports.entry(key).or_insert(place);
                }
            }
        }
    }
    imports
}

#[test]
fn the_docs_name_every_module_and_no_other() {
    let named: BTreeSet<String> = layers().into_keys().collect();
    let there: BTreeSet<String> = modules()
        .into_iter()
        .map(|module| module.path[0].clone())
        .collect();
    assert_eq!(named, there);
}

#[test]
fn imports_point_to_lower_layers() {
    let layers = layers();
    let imports = imports();
    assert!(imports.len() > 40, "only {} imports found", imports.len());
    let wrong: Vec<String> = imports
        .iter()
        .filter(|((from, to), _)| layers[to] >= layers[from])
        .map(|((from, to), place)| {
            let (high, low) = (layers[from], layers[to]);
            format!("{place}: {from} (layer {high}) imports {to} (layer {low})")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn stages_do_not_import_each_other() {
    let is_stage = |name: &String| STAGES.contains(&name.as_str());
    let wrong: Vec<String> = imports()
        .into_iter()
        .filter(|((from, to), _)| is_stage(from) && is_stage(to))
        .map(|((from, to), place)| format!("{place}: {from} imports {to}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn paths_are_found_wherever_they_stand() {
    assert_eq!(named("use crate::cell::fold;", 1, 0), ["cell"]);
    assert_eq!(named("    let x: crate::chunk::Chunk;", 2, 0), ["chunk"]);
    assert_eq!(named("use super::map::bind;", 1, 0), ["map"]);
    assert_eq!(named("use super::super::map::bind;", 2, 0), ["map"]);
    assert!(named("use super::rule::Rule;", 2, 0).is_empty());
    assert!(named("    use super::*;", 1, 1).is_empty());
    assert!(named("pub(in crate::read) struct X;", 2, 0).contains(&"read".to_owned()));
}
