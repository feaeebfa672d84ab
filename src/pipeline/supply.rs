//! What there is to convert, in order: landlords, their inputs, and the chunks of each.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::ThreadPool;

use super::date_orders;
use crate::cell::fold;
use crate::cell::key::KeySpace;
use crate::check::schema::ExtraSchema;
use crate::check::settings::RuleSettings;
use crate::dialect::{Dialect, Encoding, Format};
use crate::error::{Error, Result};
use crate::map::{Binding, bind};
use crate::profile::Profile;
use crate::read::{InputFacts, InputPlace, InputReader, RawChunk, Splitter};
use crate::reference::References;
use crate::standard::{PERSON_ALERT_HISTORY, Standard};
use crate::write::findings::FindingNames;
use crate::write::layout::Layout;

/// Bytes of text in a chunk.
const CHUNK: usize = 2 << 20;

/// One input of a landlord.
#[derive(Debug, Clone)]
pub struct Input {
    /// Where it lies.
    pub place: InputPlace,
    /// How it is named in outputs.
    pub name: Arc<str>,
    /// Whether it is a log of changes, and not an export of alerts.
    pub is_log: bool,
}

/// What is to be done for one landlord.
#[derive(Debug)]
pub struct Job {
    /// The landlord's profile.
    pub profile: Profile,
    /// Its inputs, in order: exports of alerts, then logs of their changes.
    pub inputs: Vec<Input>,
    /// How keys are read.
    pub keys: KeySpace,
    /// What keys are resolved by and checked against.
    pub references: References,
    /// What the user has set about rules.
    pub rules: RuleSettings,
    /// JSON Schemas of the user's own.
    pub extra: Vec<Arc<ExtraSchema>>,
    /// Where its files go; `None` where nothing is to be written.
    pub layout: Option<Layout>,
}

impl Job {
    /// Where temporary files lie: beside what is written, as there is room for that, else where the
    /// system has them.
    pub(super) fn temporary_folder(&self) -> PathBuf {
        let layout = self.layout.as_ref();
        layout.map_or_else(std::env::temp_dir, |layout| layout.root().to_owned())
    }

    /// The names that its findings have in common; code lists stand behind the inputs, and behind those the
    /// files that waivers stand in.
    pub(super) fn finding_names(&self, standard: &Standard) -> FindingNames {
        let inputs = self.inputs.iter().map(|input| Arc::clone(&input.name));
        let lists = standard
            .lookups()
            .iter()
            .map(|list| list.file.as_str().into());
        FindingNames {
            landlord: self.profile.code.clone(),
            files: inputs
                .chain(lists)
                .chain(self.rules.waivers.files())
                .collect(),
        }
    }

    /// Whether there is a log of changes among the inputs.
    pub(super) fn has_log(&self) -> bool {
        self.inputs.iter().any(|input| input.is_log)
    }
}

impl Input {
    /// What the input is mapped with: the landlord's profile, or that of its log.
    pub fn profile<'p>(&self, landlord: &'p Profile) -> &'p Profile {
        let log = landlord.history.as_deref().filter(|_| self.is_log);
        log.unwrap_or(landlord)
    }
}

/// One input as the stages see it.
pub(super) struct Scene<'r> {
    pub landlord: usize,
    pub input: usize,
    pub name: Arc<str>,
    pub profile: &'r Profile,
    pub keys: KeySpace,
    pub references: &'r References,
    pub rules: &'r RuleSettings,
    pub extra: &'r [Arc<ExtraSchema>],
    pub binding: Binding,
    pub splitter: Splitter,
    /// In which column of a spreadsheet the first column stands; `None` where the input is JSON.
    pub sheet_column: Option<u32>,
    /// Whether the input has a header, or any content at all where it is JSON.
    pub has_columns: bool,
}

impl Scene<'_> {
    /// In which column of a spreadsheet a column of the input stands.
    pub(super) fn in_sheet(&self, column: Option<usize>) -> Option<u32> {
        let place = self.sheet_column.zip(column);
        place.map(|(first, at)| first + at as u32)
    }

    /// Whether the input is a log of changes.
    pub(super) fn is_log(&self) -> bool {
        self.profile.table == PERSON_ALERT_HISTORY
    }
}

/// A chunk and the encoding that its bytes have.
pub(super) struct SuppliedChunk<'r> {
    pub scene: Arc<Scene<'r>>,
    pub raw: RawChunk,
    pub encoding: Option<Encoding>,
}

/// How an input begins.
pub(super) struct Beginning {
    pub dialect: Dialect,
    pub header: Vec<u8>,
    pub columns: Vec<String>,
    pub preamble_lines: u64,
}

pub(super) enum Supplied<'r> {
    InputBegins(Arc<Scene<'r>>, Beginning),
    Chunk(Box<SuppliedChunk<'r>>),
    InputEnds(Arc<Scene<'r>>, InputFacts),
    LandlordEnds(usize),
    LandlordFails(usize, Error),
}

/// Opens an input and binds the profile to it, to find what is wrong before anything is written. What
/// can be read only once, as standard input and pipes, is left alone.
///
/// # Errors
/// The input cannot be opened, has not the columns that the profile names, or can be read only once
/// where it must be read twice.
pub fn inspect(profile: &Profile, input: &Input) -> Result<()> {
    let InputPlace::Path(path) = &input.place else {
        return date_orders::refuse_unrepeatable(profile, input);
    };
    match std::fs::metadata(path) {
        Ok(found) if !found.is_file() && !found.is_dir() => {
            date_orders::refuse_unrepeatable(profile, input)
        }
        _ => open(profile, input).map(|_| ()),
    }
}

pub(super) fn open(profile: &Profile, input: &Input) -> Result<(InputReader, Binding)> {
    let wanted = profile.columns();
    let wish = profile.dialect_wish();
    let reader = InputReader::open(&input.place, &input.name, &wish, &wanted)?;
    let reader = reader.with_chunk_size(CHUNK);
    let bound = bind(profile, reader.columns());
    let binding = match bound {
        // An input without content has no columns, and no record that could miss one.
        Err(_) if reader.columns().is_empty() => Binding::unbound(profile),
        Ok(binding) => binding,
        Err(problems) => return Err(unfit(profile, &input.name, &reader, &problems)),
    };
    Ok((reader, binding))
}

fn unfit(profile: &Profile, input: &str, reader: &InputReader, problems: &[String]) -> Error {
    let named = profile.columns();
    let there = |name: &String| reader.columns().iter().any(|own| fold(own) == fold(name));
    let texts: Vec<String> = match named.iter().any(there) {
        false => vec![format!(
            "has none of the columns that the profile names; it was read as {}; is it the right file, \
             and does it begin with its header?",
            reading(reader)
        )],
        true => problems.to_vec(),
    };
    let problem = |text: String| crate::error::Problem {
        file: input.to_owned(),
        line: None,
        text,
    };
    Error::Profile(texts.into_iter().map(problem).collect())
}

/// How an input was read, and how to have it read otherwise.
fn reading(reader: &InputReader) -> String {
    let dialect = reader.dialect();
    let columns = match reader.columns().len() {
        1 => "1 column".to_owned(),
        many => format!("{many} columns"),
    };
    match dialect.format {
        Format::Csv => format!(
            "{columns} separated by {:?}, which delimiter and encoding under [input] change",
            char::from(dialect.delimiter)
        ),
        Format::Sheet => format!(
            "{columns} of the sheet {:?}, which sheet under [input] changes",
            dialect.sheet.as_deref().unwrap_or_default()
        ),
        format => format!("{}, which format under [input] changes", format.as_str()),
    }
}

/// The splitter of an input, which passes over the kinds of record that the profile does not ask for.
pub(super) fn splitter(profile: &Profile, reader: &InputReader, binding: &Binding) -> Splitter {
    let splitter = reader.splitter();
    match (&profile.input.only, binding.kind) {
        (Some(only), Some(column)) => splitter.only(column, Arc::clone(&only.values)),
        _ => splitter,
    }
}

struct Open<'r> {
    scene: Arc<Scene<'r>>,
    reader: InputReader,
}

/// Supplies everything in order, a step at a time.
pub(super) struct Supply<'r> {
    jobs: &'r [Job],
    landlord: usize,
    input: usize,
    open: Option<Open<'r>>,
    pool: &'r ThreadPool,
}

impl<'r> Supply<'r> {
    /// A supply of the jobs' inputs; `pool` looks at those that must be read twice.
    pub(super) fn new(jobs: &'r [Job], pool: &'r ThreadPool) -> Supply<'r> {
        Supply {
            pool,
            jobs,
            landlord: 0,
            input: 0,
            open: None,
        }
    }

    fn step(&mut self, job: &'r Job) -> Result<Supplied<'r>> {
        if let Some(mut open) = self.open.take() {
            return match open.reader.next_chunk()? {
                Some(raw) => {
                    let chunk = SuppliedChunk {
                        scene: Arc::clone(&open.scene),
                        encoding: open.reader.dialect().encoding,
                        raw,
                    };
                    self.open = Some(open);
                    Ok(Supplied::Chunk(Box::new(chunk)))
                }
                None => {
                    self.input += 1;
                    let size = open.reader.size();
                    let facts = open.reader.finish();
                    if size.is_some_and(|size| facts.bytes < size) {
                        let why =
                            "became shorter while it was read; run again when nothing writes to it";
                        return Err(Error::Input {
                            path: open.scene.name.to_string(),
                            why: why.to_owned(),
                        });
                    }
                    Ok(Supplied::InputEnds(open.scene, facts))
                }
            };
        }
        let Some(input) = job.inputs.get(self.input) else {
            return Ok(Supplied::LandlordEnds(self.landlord));
        };
        let profile = input.profile(&job.profile);
        let (reader, mut binding) = open(profile, input)?;
        date_orders::settle(self.pool, profile, input, &mut binding)?;
        let scene = Arc::new(Scene {
            landlord: self.landlord,
            input: self.input,
            name: Arc::clone(&input.name),
            profile,
            keys: job.keys,
            references: &job.references,
            rules: &job.rules,
            // schemas of the user's own are about alerts
            extra: if input.is_log { &[] } else { &job.extra },
            splitter: splitter(profile, &reader, &binding),
            binding,
            sheet_column: reader.sheet_column(),
            has_columns: !reader.columns().is_empty(),
        });
        let beginning = Beginning {
            dialect: reader.dialect().clone(),
            header: reader.header().to_owned(),
            columns: reader.columns().to_owned(),
            preamble_lines: reader.preamble_lines(),
        };
        self.open = Some(Open {
            scene: Arc::clone(&scene),
            reader,
        });
        Ok(Supplied::InputBegins(scene, beginning))
    }
}

impl<'r> Iterator for Supply<'r> {
    type Item = Supplied<'r>;

    fn next(&mut self) -> Option<Supplied<'r>> {
        let job = self.jobs.get(self.landlord)?;
        let landlord = self.landlord;
        let supplied = match self.step(job) {
            Ok(supplied) => supplied,
            Err(error) => Supplied::LandlordFails(landlord, error),
        };
        if let Supplied::LandlordEnds(_) | Supplied::LandlordFails(..) = supplied {
            self.landlord += 1;
            self.input = 0;
        }
        Some(supplied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::DialectWish;

    #[test]
    fn columns_are_counted_in_words_that_fit() {
        let home = tempfile::tempdir().unwrap();
        let read_as = |text: &str| {
            let path = home.path().join("input");
            std::fs::write(&path, text).unwrap();
            let wish = DialectWish::default();
            let reader = InputReader::open(&InputPlace::Path(path), "input", &wish, &[]);
            reading(&reader.unwrap())
        };
        assert!(read_as("a\n1\n").starts_with("1 column separated by ','"));
        assert!(read_as("a;b\n1;2\n").starts_with("2 columns separated by ';'"));
    }
}
