//! One landlord's run, seen in input order: gate, findings, rejects, counts, files.

mod ending;

use std::borrow::Cow;

use super::Settings;
use super::code_column::CodeColumn;
use super::core_table::CoreTable;
use super::current_input::{CurrentInput, input_faults};
use super::dataset_run::DatasetRun;
use super::finding_pages::{FindingPages, PageDone, PageWork};
use super::history::HistoryRun;
use super::not_run::NotRunRules;
use super::rejection;
use super::row_groups::RowGroupWork;
use super::set_aside::SetAside;
use super::supply::{Beginning, InputKind, Job, Scene};
use super::tally::tally;
use super::waivers::UsedWaivers;
use super::work::CheckedChunk;
use crate::candidate::Outcome;
use crate::check::rule::InputFault;
use crate::check::whole_inputs::Places;
use crate::check::{Redacted, gate_obstacles, tell_date_order, tell_gate, tell_input, tell_places};
use crate::dialect::{Dialect, Format};
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::gate::Gate;
use crate::obstacle::Obstacles;
use crate::profile::TextPolicy;
use crate::read::InputFacts;
use crate::report::ledger::{Counts, FileCounts};
use crate::report::not_run::NotRun;
use crate::report::waivers::WaiverReport;
use crate::report::{DateOrderReport, FindingCounts, FlagReport, FreeTextReport, InputReport};
use crate::standard::{PERSON_ALERT, PERSON_ALERT_HISTORY};
use crate::write::alerts::RowGroup;
use crate::write::contractor_view::{self, ContractorView, ViewCounts};
use crate::write::findings;
use crate::write::rejects::RejectsFile;
use crate::write::unmapped::{UnmappedValue, UnmappedValues};

/// What befell one landlord.
#[derive(Debug, Default)]
pub struct LandlordOutcome {
    /// Why it was not converted, where it was not.
    pub error: Option<Error>,
    /// The counts of its inputs.
    pub files: Vec<FileCounts>,
    /// What its inputs were.
    pub inputs: Vec<InputReport>,
    /// Its findings, counted.
    pub findings: FindingCounts,
    /// The findings that somebody answers for.
    pub waivers: Vec<WaiverReport>,
    /// The rules that were not run.
    pub not_run: Vec<NotRun>,
    /// How much of its alerts contractors see, where that is asked for.
    pub contractor_view: Option<ViewCounts>,
    /// The alerts that did not go through, where they are to be known.
    pub set_aside: SetAside,
    /// Distinct values that somebody must decide on.
    pub unmapped_values: usize,
    /// Distinct values that the standard has no code for.
    pub gap_values: usize,
    /// What stands in the way of its alerts.
    pub obstacles: Obstacles,
}

/// One landlord's run.
pub(super) struct LandlordRun<'r> {
    job: &'r Job,
    settings: &'r Settings,
    alerts: CoreTable,
    /// What contractors may see, where that is asked for.
    view: Option<ContractorView>,
    history: HistoryRun,
    gate: Gate,
    current: CurrentInput,
    unmapped: UnmappedValues,
    pub(super) dataset: DatasetRun<'r>,
    codes: Vec<CodeColumn>,
    pages: FindingPages,
    not_run: NotRunRules,
    waivers: UsedWaivers,
    outcome: LandlordOutcome,
}

impl<'r> LandlordRun<'r> {
    pub(super) fn begin(job: &'r Job, settings: &'r Settings) -> Result<LandlordRun<'r>> {
        let names = job.finding_names(&settings.standard);
        let standard = &settings.standard;
        let table = |name: &str| match (&job.layout, standard.table(name)) {
            (Some(layout), Some(table)) => {
                CoreTable::begin(table, standard, layout, &job.profile.code)
            }
            _ => Ok(CoreTable::default()),
        };
        let findings = job.layout.as_ref().map(|layout| {
            let (csv, parquet) = (
                layout.file("findings", "csv")?,
                layout.file("findings", "parquet")?,
            );
            findings::begin(&csv, &parquet, standard, &names)
        });
        let layout = job.layout.as_ref().filter(|_| job.profile.views.contractor);
        let view = layout.map(|layout| contractor_view::begin(layout, standard, &job.profile.code));
        let folder = job.temporary_folder();
        let gate = || Gate::new(job.keys, job.profile.policy.merge_duplicates, &folder);
        Ok(LandlordRun {
            job,
            settings,
            alerts: table(PERSON_ALERT)?,
            view: view.transpose()?,
            history: HistoryRun::new(table(PERSON_ALERT_HISTORY)?, gate(), job.has_log(), &folder),
            gate: gate(),
            current: CurrentInput::default(),
            unmapped: UnmappedValues::default(),
            dataset: DatasetRun::new(job, settings),
            codes: Vec::new(),
            pages: FindingPages::new(names, settings.threads, findings.transpose()?),
            not_run: NotRunRules::default(),
            waivers: UsedWaivers::default(),
            outcome: LandlordOutcome::default(),
        })
    }

    pub(super) fn begin_input(&mut self, scene: &Scene<'_>, beginning: Beginning) -> Result<()> {
        self.current = CurrentInput::default();
        let Beginning {
            dialect,
            header,
            columns,
            preamble_lines,
        } = beginning;
        if let Some(layout) = &self.job.layout {
            let path = layout.rejects(&self.rejects_name(&scene.name, &dialect));
            self.current.rejects = Some(RejectsFile::new(
                &path,
                &dialect,
                &header,
                &columns,
                scene.profile.is_plural(),
            ));
        }
        self.count_from(scene);
        self.not_run.note(scene, &self.settings.standard);
        let forgotten = scene.binding.forgotten.iter();
        let forgotten = forgotten
            .filter_map(|column| tell_input(InputFault::ForgottenColumn, scene.input, column));
        let columns = scene.binding.date_columns().iter();
        let orders = columns
            .filter_map(|column| tell_date_order(scene.input, &column.title, &column.evidence));
        let mut findings: Vec<Finding> = forgotten.chain(orders).collect();
        if preamble_lines > 0 {
            let places = Places::of(preamble_lines, 1);
            findings.extend(tell_places(InputFault::Preamble, scene.input, &places));
        }
        self.tell_of_input(&findings);
        Ok(())
    }

    /// Begins to count what an input holds.
    fn count_from(&mut self, scene: &Scene<'_>) {
        self.codes.push(CodeColumn::of(scene));
        self.history.begin_input(scene);
        self.outcome.files.push(FileCounts {
            landlord: self.job.profile.code.clone(),
            file: scene.name.to_string(),
            table: scene.profile.table.into(),
            deleted: scene.is_of_deleted(),
            counts: Counts::default(),
        });
    }

    /// Alerts that a log has deleted begin. What of them is rejected stands in no rejects: their changes do.
    pub(super) fn begin_deleted(&mut self, scene: &Scene<'_>) {
        self.current = CurrentInput::default();
        self.count_from(scene);
    }

    /// Alerts that a log has deleted have ended; of so many that there were those that came to nothing are of
    /// unknown state.
    pub(super) fn end_deleted(&mut self, scene: &Scene<'_>, count: u64) {
        let current = std::mem::take(&mut self.current);
        self.tell_of_input(&current.tell_filled(scene.input));
        if let Some(file) = self.outcome.files.last_mut() {
            file.counts.records_read = count;
            file.counts.records_without_alerts = count - file.counts.records_with_alerts;
        }
    }

    /// Rejects are not compressed, so the name of a compressed input loses its ending, unless another
    /// input has that name. Those of a workbook are CSV.
    fn rejects_name<'n>(&self, name: &'n str, dialect: &Dialect) -> Cow<'n, str> {
        if dialect.format == Format::Sheet && !name.ends_with(".csv") {
            return format!("{name}.csv").into();
        }
        let bare = name
            .strip_suffix(".gz")
            .filter(|bare| dialect.gzip && !bare.is_empty());
        let taken = |bare: &&str| self.job.inputs.iter().any(|input| &*input.name == *bare);
        bare.filter(|bare| !taken(bare)).unwrap_or(name).into()
    }

    pub(super) fn consume(&mut self, work: CheckedChunk<'_>) -> Result<()> {
        let CheckedChunk {
            scene,
            chunk,
            mut candidates,
            mut checked,
            encoding,
            ..
        } = work;
        let telling = scene.telling(self.settings);
        let gate_faults = match scene.kind {
            InputKind::Log => self.history.pass(&self.gate, &mut candidates)?,
            InputKind::Alerts => self.gate.pass(&mut candidates)?,
            InputKind::Deleted(_) => self.gate.pass_deleted(&mut candidates)?,
        };
        let mut findings = std::mem::take(&mut checked.findings);
        if scene.is_of_deleted() {
            // what an export has is told there
            let is_skipped = |finding: &Finding| {
                candidates.outcomes.get(finding.candidate as usize) == Some(&Outcome::Skipped)
            };
            findings.retain(|finding| !is_skipped(finding));
        }
        if !gate_faults.is_empty() {
            let told = tell_gate(&chunk, &candidates, telling, &gate_faults);
            if !scene.is_log() {
                let met = gate_obstacles(&chunk, &candidates, telling, &told);
                checked.obstacles.merge(met);
            }
            findings.extend(told);
            findings.sort_by_key(|finding| (finding.record, finding.place_in_record()));
        }
        if self.settings.notes_set_aside && scene.kind == InputKind::Alerts {
            let unreadable = chunk.unreadable.len() as u64;
            self.outcome.set_aside.note(&candidates, unreadable);
        }
        let show = self.settings.show_values;
        let unknown = &chunk.unknown_members;
        let unknown = self.current.unknown_members(&scene, unknown, show);
        self.tell_of_input(&unknown);
        for cell in &checked.unmapped {
            let field = &scene.profile.fields[cell.field].name;
            let place = || format!("{} record {}", scene.name, cell.record);
            self.unmapped.add(
                field,
                scene
                    .binding
                    .title(candidates.statement(cell.candidate), cell.field),
                &UnmappedValue {
                    value: &cell.value,
                    fault: cell.fault,
                    proposal: cell.proposal.as_deref(),
                },
                place,
            );
        }
        self.waivers.named.extend(checked.named);
        self.outcome.obstacles.merge(checked.obstacles);
        self.current.count_filled(&checked.filled);
        self.current.count_flags(&candidates.flags);
        self.current.redacted.add(checked.redacted);
        self.current.count_passed(&chunk.passed_over);
        self.current.surroundings.note(&chunk);
        if let Some(code) = self.codes.last_mut() {
            code.rows.note(&chunk.records);
        }
        self.current.count_key_widths(&candidates.key_widths);
        self.dataset.note(&chunk, &candidates, scene.input)?;
        if let Some(file) = self.outcome.files.last_mut() {
            let counts_accepted = self.job.layout.is_none();
            file.counts
                .add(&tally(&chunk, &candidates, counts_accepted));
        }
        if let Some(rejects) = &mut self.current.rejects {
            for (_, reject) in rejection::rejects(&chunk, &candidates, &scene.binding, &findings) {
                rejects.add(&reject, encoding)?;
            }
        }
        self.tell(findings);
        if scene.is_log() {
            let standard = &self.settings.standard;
            return self.history.take(&scene, &chunk, candidates, standard);
        }
        if let Some(view) = &mut self.view {
            view.add(&candidates)?;
        }
        self.history.note_alerts(&candidates)?;
        self.alerts.queue(&scene, &chunk, candidates);
        Ok(())
    }

    /// The next row group to be encoded, if there are rows enough, or no more to come.
    pub(super) fn take_row_group(&mut self) -> Option<RowGroupWork> {
        let alerts = self.alerts.take_row_group();
        alerts.or_else(|| self.history.table.take_row_group())
    }

    /// Takes an encoded row group, and appends all whose turn has come.
    pub(super) fn append(&mut self, index: usize, group: RowGroup) -> Result<()> {
        let table = match group.table.as_str() {
            PERSON_ALERT_HISTORY => &mut self.history.table,
            _ => &mut self.alerts,
        };
        let files = &mut self.outcome.files;
        table.append(index, group, |input, rows| {
            files[input].counts.emitted += rows
        })
    }

    pub(super) fn end_input(&mut self, scene: &Scene<'_>, facts: InputFacts) -> Result<()> {
        let mut findings = Vec::new();
        let faults = input_faults(&facts, scene.has_columns).into_iter();
        findings.extend(faults.filter_map(|fault| tell_input(fault, scene.input, "")));
        let mut current = std::mem::take(&mut self.current);
        let show = self.settings.show_values;
        findings.extend(current.unknown_members(scene, &facts.unknown_members, show));
        findings.extend(current.tell_passed(scene, facts.records));
        findings.extend(current.surroundings.tell(scene.input, facts.records));
        findings.extend(current.tell_filled(scene.input));
        findings.extend(current.tell_flags(scene));
        findings.extend(current.tell_lost_zeros(scene));
        let flags = current.flags(scene.profile);
        let flags = flags
            .iter()
            .map(|(column, counts)| FlagReport::new(column, counts));
        let flags: Vec<_> = flags.collect();
        self.tell_of_input(&findings);
        let rejects = current.rejects.map(RejectsFile::finish).transpose()?;
        if let Some(file) = self.outcome.files.last_mut() {
            file.counts.records_read = facts.records;
            let set_aside = file.counts.records_unreadable + file.counts.rejected;
            let lines = rejects.unwrap_or(set_aside);
            if lines != set_aside {
                let name = &scene.name;
                let why = format!("{name}: {set_aside} records set aside, {lines} in the rejects");
                return Err(Error::Ledger(why));
            }
        }
        let columns = scene.binding.date_columns().iter();
        let orders = columns.map(|column| DateOrderReport::new(&column.title, &column.evidence));
        self.outcome.inputs.push(InputReport {
            date_orders: orders.collect(),
            flags,
            free_text: free_text(scene.profile.text, current.redacted),
            ..InputReport::new(&self.job.profile.code, &scene.name, &facts)
        });
        Ok(())
    }

    /// No more inputs will come.
    pub(super) fn end_inputs(&mut self) {
        self.alerts.end();
        self.history.table.end();
        self.dataset.end();
    }

    /// The next work on findings, if there is any.
    pub(super) fn take_page_work(&mut self) -> Option<PageWork> {
        self.pages.take()
    }

    /// Takes what has become of such work.
    pub(super) fn put_page(&mut self, done: PageDone) -> Result<()> {
        self.pages.put(done)
    }

    /// Whether everything has been consumed, encoded and appended, and the dataset judged.
    pub(super) fn is_done(&self) -> bool {
        let tables = self.alerts.is_done() && self.history.table.is_done();
        tables && self.pages.are_done() && self.dataset.is_done()
    }

    /// Tells what is said about code lists, whole inputs or the dataset, as the user has set its rules.
    pub(super) fn tell_of_input(&mut self, findings: &[Finding]) {
        let job = self.job;
        let findings = job.rules.apply(findings, &self.waivers.named);
        self.tell(findings.into_owned());
    }

    fn tell(&mut self, findings: Vec<Finding>) {
        if !self.job.rules.waivers.is_empty() {
            findings.iter().for_each(|own| self.waivers.count(own));
        }
        self.pages.add(findings);
    }
}

fn free_text(policy: TextPolicy, redacted: Redacted) -> Option<FreeTextReport> {
    let Redacted { texts, places } = redacted;
    let report = FreeTextReport {
        policy: policy.as_str().into(),
        texts,
        places,
    };
    (policy != TextPolicy::Keep).then_some(report)
}
