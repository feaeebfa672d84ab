//! Names for inputs: short, the same on every machine, and one for each.

use std::path::{Component, Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Subject;
use crate::error::{Error, Result};
use crate::pipeline::{Input, InputKind};
use crate::read::InputPlace;

/// Name of standard input.
const STDIN: &str = "stdin";

/// Names the exports and the logs of their changes by their file names; where two are alike, by as much of their paths as tells them
/// apart. Standard input is `stdin`.
///
/// # Errors
/// The input that is given twice, or that no input is given.
pub(super) fn name(paths: Vec<PathBuf>, logs: Vec<PathBuf>) -> Result<Vec<Input>> {
    let exports = paths.len();
    if exports == 0 {
        return Err(Error::Usage(
            "no input is given; name the exports to convert".to_owned(),
        ));
    }
    let paths: Vec<PathBuf> = paths.into_iter().chain(logs).collect();
    let mut seen = FxHashSet::default();
    let mut real_parts = Vec::with_capacity(paths.len());
    for path in &paths {
        let real = match is_stdin(path) {
            true => PathBuf::from(STDIN),
            false => path.canonicalize().unwrap_or_else(|_| path.clone()),
        };
        real_parts.push(parts(&real));
        if !seen.insert(real) {
            return Err(Error::Usage(format!("{} is given twice", path.display())));
        }
    }
    let mut inputs = Vec::with_capacity(paths.len());
    let names = shortest_ends(&real_parts);
    for (at, (path, name)) in paths.into_iter().zip(names).enumerate() {
        let name = match is_stdin(&path) {
            true => STDIN.to_owned(),
            false => name,
        };
        inputs.push(Input {
            place: if is_stdin(&path) {
                InputPlace::Stdin
            } else {
                InputPlace::Path(path)
            },
            name: name.into(),
            kind: match at < exports {
                true => InputKind::Alerts,
                false => InputKind::Log,
            },
        });
    }
    Ok(inputs)
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Of each path, as its parts, the shortest end that no other path has.
fn shortest_ends(paths: &[Vec<String>]) -> Vec<String> {
    let mut ends: Vec<Option<&[String]>> = vec![None; paths.len()];
    let mut length = 1;
    while ends.iter().any(Option::is_none) {
        let end = |path: &'_ Vec<String>| path.len().checked_sub(length);
        let mut paths_with: FxHashMap<&[String], usize> = FxHashMap::default();
        for path in paths {
            if let Some(from) = end(path) {
                *paths_with.entry(&path[from..]).or_default() += 1;
            }
        }
        let open = ends.iter_mut().zip(paths).filter(|(own, _)| own.is_none());
        for (own, path) in open {
            let found = end(path).map(|from| &path[from..]);
            match found {
                None => *own = Some(path),
                Some(found) if paths_with.get(found) == Some(&1) => *own = Some(found),
                Some(_) => {}
            }
        }
        length += 1;
    }
    ends.into_iter()
        .flatten()
        .map(|end| end.join("/"))
        .collect()
}

fn parts(path: &Path) -> Vec<String> {
    let normal = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    normal.collect()
}

/// Endings of files whose text is longer than they are.
const PACKED: [&str; 4] = ["gz", "ods", "xlsb", "xlsx"];

/// Whether the text of an input is longer than the file, as its name tells.
pub(super) fn is_packed(input: &Input) -> bool {
    match &input.place {
        InputPlace::Path(path) => has_packed_ending(path),
        InputPlace::Stdin => false,
    }
}

fn has_packed_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| PACKED.contains(&ending))
}

/// Bytes of all inputs together, where that can be known beforehand: not of standard input, and not
/// of compressed files.
pub fn sizes(subject: &Subject) -> Option<u64> {
    let Subject::Landlord { inputs, logs, .. } = subject else {
        return None;
    };
    let size = |path: &PathBuf| {
        let known = !has_packed_ending(path) && !is_stdin(path);
        known
            .then(|| std::fs::metadata(path).map(|file| file.len()).ok())
            .flatten()
    };
    inputs.iter().chain(logs).map(size).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[&str]) -> Vec<String> {
        let inputs = name(paths.iter().map(PathBuf::from).collect(), Vec::new()).unwrap();
        inputs.iter().map(|input| input.name.to_string()).collect()
    }

    #[test]
    fn as_short_as_they_can_be() {
        assert_eq!(
            names(&["in/a.csv", "in/b.csv", "-"]),
            ["a.csv", "b.csv", "stdin"]
        );
        assert_eq!(
            names(&["x/y/a.csv", "x/z/a.csv", "b.csv"]),
            ["y/a.csv", "z/a.csv", "b.csv"]
        );
    }

    #[test]
    fn a_file_is_not_taken_for_standard_input() {
        assert_eq!(names(&["q/stdin", "-"]), ["q/stdin", "stdin"]);
    }

    #[test]
    fn the_same_input_twice_is_refused() {
        assert!(name(vec!["a.csv".into(), "a.csv".into()], Vec::new()).is_err());
        assert!(name(vec!["a.csv".into()], vec!["a.csv".into()]).is_err());
        assert!(name(Vec::new(), Vec::new()).is_err());
    }
}
