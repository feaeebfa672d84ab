//! Maps the alerts about people that social landlords hold onto the Person Alert Codes standard.
//!
//! The crate is a library with a thin program, `pac`, on top. An export goes in with the landlord's
//! mapping profile; the tables of the standard come out, with every record that did not go through,
//! everything there is to say about the data, and the proof that nothing was lost:
//!
//! ```text
//! export ─▶ read ─▶ map ─▶ check ─▶ gate ─▶ write ─▶ out/
//!             │       │       │       │       │
//!             └───────┴───────┴───────┴───────┴──▶ findings ─▶ report
//! ```
//!
//! * [`read`] makes chunks of cells of an input's bytes, and knows nothing of alerts.
//! * [`map`] makes typed columns of the cells, a row an alert candidate, as the [`profile`] says. It
//!   neither defaults nor corrects.
//! * [`check`] holds one file a rule. Rules speak about what the source says; what they then correct
//!   or fill in goes to the JSON Schema, which judges it last.
//! * [`gate`] is the one narrow place that sees the alerts of a landlord in input order: it merges
//!   exact duplicates and gives each alert its key.
//! * [`write`](mod@write) makes the files, in a folder aside that is moved into place at the end.
//! * [`scan`] says what an export holds of which nobody knows anything yet.
//! * [`snapshot`] reads an output back, [`diff`](mod@diff) makes a history of two of them, and
//!   [`timeline`] tells the life of one alert.
//! * [`draft`] writes a first profile of a scan, and [`review`] carries crosswalks to the people who decide.
//! * [`transcript`] prints the cells that [`read`] makes, for those who want to see them.
//! * [`report`] counts, and says so in JSON and on the terminal.
//!
//! # Why it is split so
//!
//! A stage knows its input and its output, and no other stage's insides: [`read`], [`map`] and
//! [`write`](mod@write) never import each other. They meet in plain shapes, [`chunk`], [`candidate`]
//! and [`finding`], and only [`pipeline`] knows them all: it runs them over chunks on many threads,
//! and puts what comes back in order. So each stage can be tested on values written by hand, memory
//! follows the number of threads and not the size of an input, and every byte of the output is the
//! same for one thread and for many.
//!
//! `schemas/` is the data model: [`standard`] reads it, and the Arrow schemas, the SQL, the data
//! dictionary and the checker's kernels all derive from it, so that they cannot drift apart.
//!
//! What lies beside the exports is read before them: [`reference`](mod@reference) holds the keys that a landlord's files of
//! persons and organisations list, and [`ready_crosswalks`] what widely used lists mean.
//!
//! [`suggest`] proposes codes for labels that nobody has mapped yet; it decides nothing.
//!
//! [`synth`] invents exports with faults on purpose, and knows no stage: what it plants, they must find.
//!
//! Who can mend a problem decides its form. The sender of the data: a [`finding`]. The operator: an
//! [`error`]. Nobody: a panic, which is a bug.
//!
//! # Layers
//!
//! A module imports modules of lower layers only, never one of its own layer. `tests/layers.rs` reads
//! this list and every path in `src/`, and holds the one against the other.
//!
//! ```text
//! layer 8  cli
//! layer 7  conversion
//! layer 6  diff draft pipeline
//! layer 5  check report review
//! layer 4  map scan timeline transcript write
//! layer 3  profile gate read snapshot suggest synth
//! layer 2  standard candidate obstacle reference ready_crosswalks sorted_runs
//! layer 1  error finding dialect chunk cell distinct distinct_texts text_scan
//! ```
//!
//! Two imports between stages are meant: `check` names a finding's column through `map::Binding` and
//! speaks for `gate::GateFault`, and `report` takes `read::InputFacts` and the file permissions of
//! `write::folder`.

#![deny(unsafe_code)]

pub mod candidate;
pub mod cell;
pub mod check;
pub mod chunk;
pub mod cli;
pub mod conversion;
pub mod dialect;
pub mod diff;
pub mod distinct;
pub mod distinct_texts;
pub mod draft;
pub mod error;
pub mod finding;
pub mod gate;
pub mod map;
pub mod obstacle;
pub mod pipeline;
pub mod profile;
pub mod read;
pub mod ready_crosswalks;
pub mod reference;
pub mod report;
pub mod review;
pub mod scan;
pub mod snapshot;
pub mod sorted_runs;
pub mod standard;
pub mod suggest;
pub mod synth;
pub mod text_scan;
pub mod timeline;
pub mod transcript;
pub mod write;
