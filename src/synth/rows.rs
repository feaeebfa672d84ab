//! The records of an export, one after another.

use super::Wish;
use super::alert::{Alert, MOST_LABELS};
use super::draw::Draw;
use super::fault::Fault;
use super::labels::Labels;
use super::phrases::{LENGTH, Phrases, SOURCES, TOLD, TREND};
use super::shape::Shape;

/// The day that exports are of: 2026-11-22.
const TODAY: i32 = 20_779;
/// Clean records of which one is copied where a duplicate is planted.
const REMEMBERED: usize = 64;

/// The records of an export.
pub struct Rows<'l> {
    /// The landlord's labels.
    pub labels: &'l Labels,
    /// What cells are made of.
    pub phrases: Phrases,
    /// What the export looks like.
    pub shape: Shape,
    draw: Draw,
    /// Faults, each with the share of records that get it or one before it.
    faults: Vec<(Fault, f64)>,
    rows: u64,
    made: u64,
    reference: u64,
    person: u64,
    clean: Vec<Alert>,
}

impl<'l> Rows<'l> {
    /// The records that are wished for.
    pub fn new(wish: &Wish, labels: &'l Labels) -> Rows<'l> {
        let mut draw = Draw::new(wish.seed);
        let mut sum = 0.0;
        let faults = wish.faults.iter().map(|(fault, share)| {
            sum += share;
            (*fault, sum)
        });
        Rows {
            labels,
            faults: faults.collect(),
            phrases: Phrases::new(&mut draw),
            shape: wish.shape,
            draw,
            rows: wish.rows,
            made: 0,
            reference: 1_000_000,
            person: 100_000,
            clean: Vec::with_capacity(REMEMBERED),
        }
    }

    /// How many records there are.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    fn fault(&mut self) -> Option<Fault> {
        if self.faults.is_empty() {
            return None;
        }
        let drawn = self.draw.unit();
        let fault = self.faults.iter().find(|(_, sum)| drawn < *sum)?.0;
        // nothing is there to be copied yet
        (fault != Fault::Duplicate || !self.clean.is_empty()).then_some(fault)
    }

    fn alert(&mut self, fault: Option<Fault>) -> Alert {
        let draw = &mut self.draw;
        let plural = matches!(self.shape, Shape::Wide | Shape::Multi);
        self.reference += 1 + u64::from(draw.below(3));
        if plural || draw.in_thousand(600) || fault.is_some() {
            self.person += 1;
        }
        let most = if plural { MOST_LABELS as u32 } else { 1 };
        let mut labels: Vec<usize> = Vec::with_capacity(most as usize);
        for _ in 0..=draw.below(most) {
            let label = match self.shape {
                Shape::Wide => self.labels.draw_flag(draw),
                _ => self.labels.draw(draw),
            };
            let same =
                |own: &usize| self.labels.get(*own).subcode == self.labels.get(label).subcode;
            if !labels.iter().any(same) {
                labels.push(label);
            }
        }
        let age = 30 + (draw.unit().powf(1.5) * 4500.0) as i32;
        let start = TODAY - age;
        let ends = age > 60 && draw.in_thousand(400);
        let end = ends.then(|| start + 1 + draw.below(age as u32 - 30) as i32);
        let review = draw
            .in_thousand(550)
            .then(|| start + 30 + draw.below(700) as i32);
        let phrases = self.phrases.notes.len() as u32;
        let rarely = |draw: &mut Draw, times, high: usize| match draw.in_thousand(times) {
            true => 0,
            false => 1 + draw.below(high as u32 - 1),
        };
        Alert {
            record: self.made,
            reference: self.reference,
            person: self.person,
            labels,
            notes: [draw.below(phrases), draw.below(phrases), draw.below(1000)],
            source: rarely(draw, 150, SOURCES.len()),
            detail: rarely(draw, 700, self.phrases.details.len()),
            users: [1 + draw.below(4000), rarely(draw, 400, 4000)],
            words: [
                draw.below(TOLD.len() as u32),
                rarely(draw, 500, TREND.len()),
                rarely(draw, 100, LENGTH.len()),
            ],
            start,
            end,
            review,
            live: end.is_none(),
            changed: (start + draw.below(age as u32) as i32, draw.below(1440)),
            fault,
            variant: draw.below(1 << 16),
        }
    }

    fn spoil(&mut self, alert: &mut Alert, fault: Fault) {
        let draw = &mut self.draw;
        match fault {
            Fault::EndBeforeStart => {
                alert.end = Some(alert.start - 1 - draw.below(300) as i32);
                alert.live = false;
            }
            Fault::ActiveButEnded => {
                alert.start = TODAY - 900;
                alert.end = Some(TODAY - 1 - draw.below(800) as i32);
                alert.review = None;
                alert.live = true;
            }
            Fault::ReviewBeforeStart => {
                alert.review = Some(alert.start - 1 - draw.below(200) as i32);
            }
            Fault::Duplicate => {
                let record = alert.record;
                *alert = draw.pick(&self.clean).clone();
                alert.record = record;
                alert.fault = Some(fault);
            }
            _ => {}
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Alert;

    fn next(&mut self) -> Option<Alert> {
        if self.made == self.rows {
            return None;
        }
        self.made += 1;
        let fault = self.fault();
        let mut alert = self.alert(fault);
        match fault {
            Some(fault) => self.spoil(&mut alert, fault),
            // few are copied, so few are remembered
            None if self.clean.len() < REMEMBERED => self.clean.push(alert.clone()),
            None if self.draw.below(1024) == 0 => {
                let at = self.draw.below(REMEMBERED as u32) as usize;
                self.clean[at] = alert.clone();
            }
            None => {}
        }
        Some(alert)
    }
}
