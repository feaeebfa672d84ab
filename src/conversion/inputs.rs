//! Names for inputs: short, the same on every machine, and one for each.

use std::path::{Component, Path, PathBuf};

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
    let mut seen: Vec<PathBuf> = Vec::new();
    for path in &paths {
        let real = match is_stdin(path) {
            true => PathBuf::from(STDIN),
            false => path.canonicalize().unwrap_or_else(|_| path.clone()),
        };
        if seen.contains(&real) {
            return Err(Error::Usage(format!("{} is given twice", path.display())));
        }
        seen.push(real);
    }
    let mut inputs = Vec::with_capacity(paths.len());
    for (at, (path, real)) in paths.into_iter().zip(&seen).enumerate() {
        let name = match is_stdin(&path) {
            true => STDIN.to_owned(),
            false => distinct(real, &seen),
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

/// The shortest end of a path that no other path has.
fn distinct(path: &Path, all: &[PathBuf]) -> String {
    let parts: Vec<String> = parts(path);
    for length in 1..=parts.len() {
        let end = &parts[parts.len() - length..];
        let others = all.iter().filter(|other| other.as_path() != path);
        if !others
            .map(|other| self::parts(other))
            .any(|other| other.ends_with(end))
        {
            return end.join("/");
        }
    }
    parts.join("/")
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

/// Bytes of all inputs together, where that can be known beforehand: not of standard input, and not
/// of compressed files.
pub fn sizes(subject: &Subject) -> Option<u64> {
    let Subject::Landlord { inputs, logs, .. } = subject else {
        return None;
    };
    let size = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        let packed = ending.is_some_and(|ending| PACKED.contains(&ending));
        let known = !packed && !is_stdin(path);
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
