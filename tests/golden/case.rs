//! One folder of `fixtures/`: a landlord's exports and profile, or a batch of landlords.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run has left: every file of the output by its path in it, what it told, and its exit code.
pub struct Run {
    pub files: BTreeMap<String, Vec<u8>>,
    pub told: String,
    pub exit_code: i32,
}

pub struct Case {
    pub name: String,
    arguments: Vec<String>,
}

impl Case {
    /// Every folder of `fixtures/` with something to convert, in the order of their names.
    pub fn all() -> Vec<Case> {
        let fixtures = root().join("fixtures");
        let mut names = names(&fixtures);
        let converts = |name: &String| {
            let mut told = ["profile.toml", "sector.toml"].iter();
            told.any(|file| fixtures.join(name).join(file).is_file())
        };
        names.retain(converts);
        names.sort();
        names.iter().map(|name| Case::new(name)).collect()
    }

    fn new(name: &str) -> Case {
        // Relative, so that no message depends on where the repository lies.
        let folder = format!("fixtures/{name}");
        let batch = format!("{folder}/sector.toml");
        let arguments = match root().join(&batch).is_file() {
            true => vec!["--batch".to_owned(), batch],
            false => {
                let files = names(&root().join(&folder));
                let references = references(&folder, &files);
                let mut inputs = files;
                inputs.retain(|file| file.starts_with("input"));
                inputs.sort();
                assert!(!inputs.is_empty(), "{folder} holds no input");
                let inputs = inputs.iter().map(|file| format!("{folder}/{file}"));
                let profile = ["--profile".to_owned(), format!("{folder}/profile.toml")];
                inputs.chain(profile).chain(references).collect()
            }
        };
        Case {
            name: name.to_owned(),
            arguments,
        }
    }

    pub fn expected(&self) -> PathBuf {
        root().join("fixtures").join(&self.name).join("expected")
    }

    pub fn convert(&self, threads: usize) -> Run {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        let output = Command::new(env!("CARGO_BIN_EXE_pac"))
            .current_dir(root())
            .arg("convert")
            .args(&self.arguments)
            .args(["--as-of", "2026-11-22", "--quiet"])
            .args(["--threads", &threads.to_string()])
            .arg("--out")
            .arg(&out)
            .output()
            .unwrap();
        let mut files = BTreeMap::new();
        gather(&out, "", &mut files);
        assert!(output.stdout.is_empty(), "{} is not quiet", self.name);
        Run {
            files,
            told: String::from_utf8(output.stderr).unwrap(),
            exit_code: output.status.code().unwrap(),
        }
    }
}

/// The options that name the reference files and the log of changes of a folder: those that begin as
/// the option does.
fn references(folder: &str, files: &[String]) -> Vec<String> {
    let mut options = Vec::new();
    for list in ["persons", "organisations"] {
        if let Some(file) = files.iter().find(|file| file.starts_with(list)) {
            options.extend([format!("--{list}"), format!("{folder}/{file}")]);
        }
    }
    if let Some(log) = files.iter().find(|file| file.starts_with("history")) {
        options.extend(["--history".to_owned(), format!("{folder}/{log}")]);
    }
    options
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

/// All files under a folder by their paths in it.
pub fn gather(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            gather(&path, &format!("{prefix}{name}/"), files);
        } else {
            files.insert(format!("{prefix}{name}"), std::fs::read(path).unwrap());
        }
    }
}
