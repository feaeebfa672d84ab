//! What the operator can mend: a wrong option, a profile, a file that cannot be read or written.
//!
//! What the *sender* of the data can mend is a [`crate::finding::Finding`]; what nobody can mend is
//! a panic, and a bug of ours. No text in here carries a value from a record.

use std::path::{Path, PathBuf};

/// A run stopped because of something the operator can mend.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An option or an argument does not fit.
    #[error("{0}")]
    Usage(String),
    /// One or more problems of a profile, a crosswalk or a batch file, all told at once.
    #[error("{}", problem_lines(.0))]
    Profile(Vec<Problem>),
    /// The standard that was to replace the built-in one is broken.
    #[error("standard: {0}")]
    Standard(String),
    /// An input cannot be read to its end.
    #[error("{path}: {why}")]
    Input {
        /// The input as the operator named it.
        path: String,
        /// What went wrong, and the remedy where there is one.
        why: String,
    },
    /// The output cannot be written; what stood there before is untouched.
    #[error("{path}: {why}", path = .path.display())]
    Output {
        /// The file or folder that cannot be written.
        path: PathBuf,
        /// What went wrong, and the remedy where there is one.
        why: String,
    },
    /// The ledger does not balance: the counts contradict each other.
    #[error(
        "the ledger does not balance: {0}; nothing was written, please report this as a bug of pac"
    )]
    Ledger(String),
    /// An export holds far fewer alerts than the one before it.
    #[error(
        "{landlord}: {gone} of {before} alerts are gone since the snapshot before, which is more than 5 percent; \
         see whether the export is whole, and accept it with --accept-drop"
    )]
    Drop {
        /// Code of the landlord.
        landlord: String,
        /// How many alerts are gone.
        gone: u64,
        /// How many there were.
        before: u64,
    },
    /// Several landlords of a batch failed; each has been told, the others were converted.
    #[error("{failed} of {total} landlords were not converted")]
    Batch {
        /// How many landlords failed.
        failed: usize,
        /// How many landlords the batch names.
        total: usize,
        /// The exit code of the gravest failure.
        code: u8,
    },
    /// Somebody has asked the program to end.
    #[error(
        "interrupted after {records} records; nothing was written, and what stood in the output folder stays"
    )]
    Interrupted {
        /// How many records had been dealt with.
        records: u64,
    },
    /// A defect of this program.
    #[error("internal error: {0}; please report this as a bug of pac")]
    Internal(String),
}

/// The exit code of a run that was asked to end, as shells have it of one that Ctrl-C has ended.
pub const INTERRUPTED: u8 = 130;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The exit code that a script can trust: 2 usage, profile or output folder, 3 input, 4 ledger,
    /// 6 too many alerts gone, 70 our bug, 130 interrupted.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Usage(_) | Error::Profile(_) | Error::Standard(_) | Error::Output { .. } => 2,
            Error::Input { .. } => 3,
            Error::Ledger(_) => 4,
            Error::Drop { .. } => 6,
            Error::Batch { code, .. } => *code,
            Error::Internal(_) => 70,
            Error::Interrupted { .. } => INTERRUPTED,
        }
    }

    /// An input that the system refuses to open or read.
    pub fn input(path: &str, error: &std::io::Error) -> Error {
        Error::Input {
            path: path.to_owned(),
            why: describe(error),
        }
    }

    /// A file or folder that the system refuses to write.
    pub fn output(path: &Path, error: &std::io::Error) -> Error {
        Error::Output {
            path: path.to_owned(),
            why: describe(error),
        }
    }

    /// A Parquet file that cannot be written; an underlying system error keeps its own words.
    pub fn parquet(path: &Path, error: &parquet::errors::ParquetError) -> Error {
        let why = match error {
            parquet::errors::ParquetError::External(inner) => {
                match inner.downcast_ref::<std::io::Error>() {
                    Some(io) => describe(io),
                    None => inner.to_string(),
                }
            }
            other => other.to_string(),
        };
        Error::Output {
            path: path.to_owned(),
            why,
        }
    }
}

/// One problem of a profile, a crosswalk or a batch file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file as the operator named it.
    pub file: String,
    /// Physical line, counted from 1; `None` where the problem has no single place.
    pub line: Option<usize>,
    /// What is wrong, and the remedy.
    pub text: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{}: {}", self.file, line, self.text),
            None => write!(f, "{}: {}", self.file, self.text),
        }
    }
}

fn problem_lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(Problem::to_string).collect();
    lines.join("\n")
}

fn describe(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => {
            "permission denied; ask its owner, or choose another place".to_owned()
        }
        ErrorKind::StorageFull => "the disk is full; free some room and run again".to_owned(),
        ErrorKind::NotADirectory => "a file stands where a folder is needed".to_owned(),
        ErrorKind::AlreadyExists => "stands there already".to_owned(),
        ErrorKind::ReadOnlyFilesystem => {
            "lies on a file system that cannot be written; choose another place".to_owned()
        }
        ErrorKind::FileTooLarge => "is larger than the system allows".to_owned(),
        ErrorKind::IsADirectory => "is a folder, and a file is needed".to_owned(),
        _ => error.to_string(),
    }
}
