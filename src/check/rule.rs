//! What a rule is: one file that holds its id, severity, reason, remedy, examples and check.

use arrow_buffer::BooleanBuffer;

use super::code_lists::{CodeLists, ListFault};
use super::context::Context;
use super::dataset::{Blame, Person};
use super::history::HistoryEvent;
use super::rules::subject;
use crate::candidate::{Candidates, State};
use crate::cell::CellFault;
use crate::chunk::RecordFault;
use crate::finding::{RuleFacts, Severity};
use crate::gate::GateFault;
use crate::standard::PERSON_ALERT;
use crate::text_scan::{Found, Kind};

pub use crate::finding::Effect;

/// The candidates that a rule speaks about, a bit a row.
pub type Mask = BooleanBuffer;

/// A mask over all candidates of a batch.
pub fn mask(batch: &Candidates, holds: impl FnMut(usize) -> bool) -> Mask {
    BooleanBuffer::collect_bool(batch.rows, holds)
}

/// The candidates of which the source does not state a field.
pub fn blank(batch: &Candidates, field: &str) -> Mask {
    let states = batch.states(field);
    mask(batch, |row| states.get(row) == Some(&State::Blank))
}

/// Lets a rule about free text speak of all that stands there, in any text of any alert.
pub fn anywhere(_: &Candidates, _: &Context<'_>, _: &Found, _: &str) -> bool {
    true
}

/// The fields of free text.
pub const FREE_TEXTS: [&str; 2] = ["alert_description", "source_details"];
/// The texts of a change, which quote them.
pub const HISTORY_TEXTS: [&str; 4] = [
    "change_summary",
    "old_value",
    "new_value",
    "reason_for_change",
];

/// One rule of the catalogue.
#[derive(Debug)]
pub struct Rule {
    /// Id, such as `PAC404`: grouped by subject, never used again for another rule.
    pub id: &'static str,
    /// Name in a few words, such as `end_before_start`.
    pub slug: &'static str,
    /// How grave a finding is, before [`Rule::escalates`] is asked.
    pub severity: Severity,
    /// When a finding is graver than that.
    pub escalates: Escalation,
    /// What the rule says in one sentence, then why.
    pub docs: &'static str,
    /// What to do about a finding.
    pub fix: &'static str,
    /// Table of the standard that the rule is about.
    pub table: &'static str,
    /// Fields of that table that the check reads. The first one is blamed.
    pub reads: &'static [&'static str],
    /// Which of them an input must have for the rule to be run.
    pub needs: Needs,
    /// What a finding says behind the field's name; `{value}` stands for the cell, `{expected}` for
    /// what the profile expects there, `{count}` for how many records a finding about a whole input is
    /// about, such as `5 records`, and `{other}` for where the alert stands that this one goes against.
    pub message: &'static str,
    /// What becomes of the value.
    pub effect: Effect,
    /// How the rule finds what it speaks about.
    pub check: Check,
    /// Numbers that the check goes by and the user may set.
    pub thresholds: &'static [Threshold],
    /// Why its errors stay errors whatever the user sets, where they do and [`super::settable`] cannot
    /// tell by the check; empty elsewhere.
    pub firm: &'static str,
    /// Inputs on which the rule is silent.
    pub passing: &'static [Example],
    /// Inputs on which the rule speaks.
    pub failing: &'static [Example],
}

impl Rule {
    /// What most rules have in common: about alerts, of which nothing becomes. A rule names what it has
    /// of its own and takes the rest from here.
    pub const ALERT: Rule = Rule {
        id: "",
        slug: "",
        severity: Severity::Info,
        escalates: Escalation::Never,
        docs: "",
        fix: "",
        table: PERSON_ALERT,
        reads: &[],
        needs: Needs::Usual,
        message: "",
        effect: Effect::Kept,
        check: Check::Schema,
        thresholds: &[],
        firm: "",
        passing: &[],
        failing: &[],
    };

    /// The groups of fields of which an input must have one each for the rule to be run.
    pub fn needed(&self) -> Vec<&'static [&'static str]> {
        match (self.needs, &self.check) {
            (Needs::Nothing, _) => Vec::new(),
            (Needs::OneOfEach(groups), _) => groups.to_vec(),
            (Needs::Usual, Check::Cell(_) | Check::Cells(_)) if !self.reads.is_empty() => {
                vec![self.reads]
            }
            (Needs::Usual, Check::Text(..)) => vec![&FREE_TEXTS],
            (Needs::Usual, _) => self.reads.chunks(1).take(1).collect(),
        }
    }

    /// The first sentence of its docs, without its full stop.
    pub fn first_sentence(&self) -> &'static str {
        let first = self.docs.split_once(". ");
        first.map_or(self.docs.trim_end_matches('.'), |(first, _)| first)
    }

    /// What its findings tell of the rule.
    pub fn facts(&self) -> RuleFacts {
        RuleFacts {
            id: self.id,
            slug: self.slug,
            subject: subject(self.id).map_or("", |subject| subject.name),
            table: self.table,
            says: self.first_sentence(),
            fix: self.fix,
        }
    }

    /// What the rule says of a cell about which that was noted; `None` where another rule speaks.
    pub fn words(&self, noted: CellFault) -> Option<&'static str> {
        match self.check {
            Check::Cell(own) => (own == noted).then_some(self.message),
            Check::Cells(all) => {
                let own = all.iter().find(|(own, _)| *own == noted);
                own.map(|(_, words)| *words)
            }
            _ => None,
        }
    }
}

/// Which of the fields that a rule reads an input must have for the rule to be run. Where it has not, the
/// rule's silence says nothing, and the report says so.
#[derive(Debug, Clone, Copy)]
pub enum Needs {
    /// The field that the rule blames; of a rule about cells, any field that it reads; of one about free
    /// text, any that holds such.
    Usual,
    /// None: the rule speaks of what is not there.
    Nothing,
    /// One of each group.
    OneOfEach(&'static [&'static [&'static str]]),
}

/// A number that a check goes by, which the user may set.
#[derive(Debug, Clone, Copy)]
pub struct Threshold {
    /// Its key beside the rule's severity, such as `months`.
    pub name: &'static str,
    /// What it is where the user sets nothing.
    pub usual: i64,
    /// The least that it can be.
    pub least: i64,
    /// What it means, and its unit.
    pub docs: &'static str,
}

/// When a finding is an error although the rule is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escalation {
    /// Never.
    Never,
    /// In a field that the standard requires, or everywhere if the profile says so.
    WhereRequired,
    /// If the profile forbids to close ended alerts.
    WithoutAutoclose,
}

/// How a rule finds what it speaks about.
#[derive(Debug)]
pub enum Check {
    /// The reader noted it about the whole input.
    Input(InputFault),
    /// The reader noted it about a record.
    Record(fn(RecordFault) -> bool),
    /// The reader noted a quote inside a quoted cell.
    StrayQuote,
    /// The reader noted a line with the shape of a record inside a quoted cell.
    HeldLine,
    /// The mapping noted it about a cell.
    Cell(CellFault),
    /// The mapping noted one of these about a cell; each has words of its own in place of the message.
    Cells(&'static [(CellFault, &'static str)]),
    /// A mask over a batch of what the source says.
    Batch(fn(&Candidates, &Context<'_>) -> Mask),
    /// The field that the rule blames is empty.
    Blank,
    /// As [`Check::Batch`], of several fields, each of which is blamed by a mask of its own.
    Fields(&'static [FieldCheck]),
    /// As [`Check::Batch`], and what corrects or fills the values of those rows whose alert is accepted.
    Mend(
        fn(&Candidates, &Context<'_>) -> Mask,
        fn(&mut Candidates, &Context<'_>, &[usize]),
    ),
    /// Something of these kinds stands in a free text; the rule speaks where the function says so of it,
    /// given the name of the text's field.
    Text(
        &'static [Kind],
        fn(&Candidates, &Context<'_>, &Found, &str) -> bool,
    ),
    /// The ordered gate noted it about an alert.
    Gate(GateFault),
    /// Computed over all accepted active alerts of the landlord, a person at a time.
    Dataset(fn(Person<'_>, &Context<'_>) -> Vec<Blame>),
    /// As [`Check::Dataset`], of persons whose day of birth is known, which is handed over in days since
    /// 1970-01-01.
    Born(fn(Person<'_>, i32, &Context<'_>) -> Vec<Blame>),
    /// Computed over the accepted changes of one alert in the order of its history, behind which stands
    /// what the alert itself says; returns the places of those that it speaks about.
    History(fn(&[HistoryEvent]) -> Vec<usize>),
    /// The table's JSON Schema.
    Schema,
    /// JSON Schemas of the user's own.
    ExtraSchema,
    /// Computed over a code list that the user supplies, that of the rule's table.
    List(fn(&CodeLists<'_>) -> Vec<ListFault>),
    /// A key stands twice in a code list, which is refused when it is loaded.
    ListKey,
}

/// A field, and the mask of the candidates in which it is blamed.
pub type FieldCheck = (&'static str, fn(&Candidates, &Context<'_>) -> Mask);

/// What a reader notes about a whole input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputFault {
    /// A column that the profile neither maps nor drops.
    ForgottenColumn,
    /// No record, behind a header or in an array.
    Empty,
    /// Nothing at all.
    Blank,
    /// The input ends before its array does.
    Truncated,
    /// Some keys of a column are shorter than those with leading zeros.
    ZerosLost,
    /// A column proves both orders of day and month.
    MixedDateOrders,
    /// A column proves one order of day and month, in which its ambiguous cells are read.
    ProvenDateOrder,
    /// Cells of a flag say that the person refused to answer.
    FlagRefused,
    /// Cells of a flag say that nobody knows.
    FlagUnknown,
    /// Cells of a flag say that nobody asked.
    FlagNotAsked,
    /// The path of the records leads to no array.
    NoRecords,
    /// Records are passed over because they are of other kinds than the profile asks for.
    OtherKinds,
    /// Commas are missing between the elements of an array, or too many.
    StrayCommas,
    /// The input ends within its last record.
    CutOff,
    /// Lines above the header.
    Preamble,
    /// Records that repeat the header.
    RepeatedHeader,
    /// Records below the table, or between its parts.
    Footer,
    /// A footer that states another number of rows than were read.
    OtherCount,
    /// Records without anything but padding.
    Padding,
    /// NUL bytes in cells.
    Nul,
    /// Byte order marks within the input.
    ByteOrderMark,
    /// A waiver that has passed its day.
    ExpiredWaiver,
    /// A waiver that has let nothing pass.
    UnusedWaiver,
}

/// An input on which a rule is tried.
#[derive(Debug)]
pub enum Example {
    /// One record: cells in the standard's own words, over those of a faultless record.
    Cells(&'static [(&'static str, &'static str)]),
    /// Several records, each as in [`Example::Cells`].
    Records(&'static [&'static [(&'static str, &'static str)]]),
    /// Records of a log of changes, over those of a faultless change, beside one alert that holds.
    Changes(&'static [&'static [(&'static str, &'static str)]]),
    /// The text of a whole input.
    Text(&'static str),
    /// A code list: its table, and what is changed in the one that the binary carries: each text, and what
    /// stands in its place.
    List(&'static str, &'static [(&'static str, &'static str)]),
    /// The text of a whole input, and that of its profile without `[landlord]`.
    Profiled {
        /// The profile, with `[fields]` and what the example is about.
        profile: &'static str,
        /// The input.
        input: &'static str,
    },
    /// As [`Example::Profiled`], of bytes that are no text.
    Bytes {
        /// The profile.
        profile: &'static str,
        /// The input.
        input: &'static [u8],
    },
    /// As [`Example::Profiled`], with reference files; an empty one is not given.
    Beside {
        /// The profile.
        profile: &'static str,
        /// The input.
        input: &'static str,
        /// The text of the file of persons.
        persons: &'static str,
        /// The text of the file of organisations.
        organisations: &'static str,
    },
    /// One record, of which a field holds a text of that many characters.
    Long(&'static str, usize),
    /// One record, as in [`Example::Cells`], under a schema of alerts in place of ours: what is changed in
    /// ours, as in [`Example::List`].
    OwnSchema(
        &'static [(&'static str, &'static str)],
        &'static [(&'static str, &'static str)],
    ),
    /// One record, as in [`Example::Cells`], and a JSON Schema of the user's own beside the standard's.
    ExtraSchema(&'static str, &'static [(&'static str, &'static str)]),
}
