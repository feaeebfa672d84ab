//! The formats of one field: the first that fits is taken, and what two read differently is not guessed.
//! Where none fits, ISO 8601 is read: nothing else is written so, and dates of a workbook come so.

use std::sync::LazyLock;

use super::date_format::{DateFormat, Found};
use super::date_order::{DateOrder, OrderHint};
use super::no_dates::NoDates;
use super::{CellFault, Reading};

/// ISO 8601 and what SQL databases print.
const ISO: [&str; 15] = [
    "yyyy-mm-dd",
    "yyyy-mm-ddTHH:MM:SSZ",
    "yyyy-mm-ddTHH:MM:SS",
    "yyyy-mm-ddTHH:MM:SS.fZ",
    "yyyy-mm-ddTHH:MM:SS.f",
    "yyyy-mm-dd HH:MM:SS",
    "yyyy-mm-dd HH:MM:SS.f",
    "yyyy-mm-dd HH:MM:SSZ",
    "yyyy-mm-dd HH:MM:SS.fZ",
    "yyyy-mm-dd HH:MM:SS Z",
    "yyyy-mm-dd HH:MM:SS.f Z",
    "yyyy-mm-dd HH:MM",
    "yyyy-mm-ddTHH:MM",
    "yyyy-mm-dd HH:MMZ",
    "yyyy-mm-ddTHH:MMZ",
];

static ISO_FORMATS: LazyLock<Vec<DateFormat>> = LazyLock::new(|| {
    ISO.iter()
        .flat_map(|text| DateFormat::parse(text))
        .collect()
});

/// The formats of one field.
#[derive(Debug, Clone)]
pub(super) struct DateFormats {
    formats: Vec<DateFormat>,
    /// Of each format whether another differs from it in the order of day and month alone.
    mirrored: Vec<bool>,
    /// Whether two of them may read one cell as two different days.
    disagree: bool,
    /// Whether ISO 8601 is read too: not where a format has the order year, day, month.
    iso: bool,
    no_dates: NoDates,
}

impl DateFormats {
    /// The formats, and cells that stand for no date: written so, or read as that day.
    pub(super) fn new(formats: Vec<DateFormat>, no_dates: &[String]) -> DateFormats {
        let mut own = DateFormats::alone(formats);
        own.no_dates = NoDates::new(no_dates, |text| {
            let found = own.find(text).ok().flatten();
            found.filter(|found| !found.dayless).map(|found| found.days)
        });
        own
    }

    fn alone(formats: Vec<DateFormat>) -> DateFormats {
        let mirrored = |format: &DateFormat| formats.iter().any(|other| format.mirrors(other));
        let rivals = |(at, format): (usize, &DateFormat)| {
            let mut others = formats[at + 1..].iter();
            others.any(|other| format.rivals(other))
        };
        DateFormats {
            mirrored: formats.iter().map(mirrored).collect(),
            disagree: formats.iter().enumerate().any(rivals),
            iso: !formats
                .iter()
                .any(|format| format.parts().starts_with(b"yd")),
            no_dates: NoDates::default(),
            formats,
        }
    }

    /// Reads a cell that is written out in full in one of the formats, as nearly all are; `None` where there
    /// is more to be looked at.
    #[inline]
    pub(super) fn read_full(&self, cell: &str) -> Option<Found> {
        if self.disagree || !self.no_dates.is_empty() {
            return None;
        }
        self.formats
            .iter()
            .find_map(|format| format.read_full(cell))
    }

    /// Reads a trimmed cell: `none` where no format fits, [`CellFault::AmbiguousDate`] where two find
    /// different days.
    pub(super) fn read(&self, cell: &str, none: CellFault) -> Reading<Found> {
        if self.no_dates.has_text(cell) {
            return Reading::Nothing(CellFault::NoDateMeant);
        }
        match self.find(cell) {
            Err(fault) => Reading::Fault(fault),
            Ok(None) => Reading::Fault(none),
            Ok(Some(found)) if self.no_dates.has_day(found.days) => {
                Reading::Nothing(CellFault::NoDateMeant)
            }
            Ok(Some(found)) if found.dayless => Reading::Noted(found, CellFault::DayChosen),
            Ok(Some(found)) => Reading::Value(found),
        }
    }

    fn find(&self, cell: &str) -> Result<Option<Found>, CellFault> {
        let mut found = self.formats.iter().filter_map(|format| format.read(cell));
        let Some(first) = found.next() else {
            return Ok(self.iso(cell));
        };
        match self.disagree && found.any(|other| other.days != first.days) {
            true => Err(CellFault::AmbiguousDate),
            false => Ok(Some(first)),
        }
    }

    fn iso(&self, cell: &str) -> Option<Found> {
        let led_by_year = cell.as_bytes().get(4) == Some(&b'-');
        let mut formats = ISO_FORMATS.iter().filter(|_| self.iso && led_by_year);
        formats.find_map(|format| format.read(cell))
    }

    /// Whether they leave the order of day and month to the cells.
    pub(super) fn ask_order(&self) -> bool {
        self.mirrored.contains(&true)
    }

    /// What a trimmed cell says about the order of day and month. A cell that fits a format without a
    /// mirror image says nothing, because the order of that one is declared.
    pub(super) fn hint(&self, cell: &str) -> Option<OrderHint> {
        let (mut day_first, mut month_first, mut declared) = (None, None, None);
        for (format, mirrored) in self.formats.iter().zip(&self.mirrored) {
            let day = match (mirrored, format.order()) {
                (true, Some(DateOrder::DayMonth)) => &mut day_first,
                (true, Some(DateOrder::MonthDay)) => &mut month_first,
                _ => &mut declared,
            };
            *day = day.or_else(|| format.read(cell).map(|found| found.days));
        }
        let proves = |day: i32, order| {
            let certain = declared.is_none_or(|declared| declared == day);
            certain.then_some(OrderHint::Proves(order))
        };
        let any = day_first.or(month_first)?;
        if self.no_dates.has_text(cell) || self.no_dates.has_day(any) {
            return None;
        }
        match (day_first, month_first) {
            (Some(one), Some(other)) => (one != other).then_some(OrderHint::Ambiguous),
            (Some(day), None) => proves(day, DateOrder::DayMonth),
            (None, day) => proves(day?, DateOrder::MonthDay),
        }
    }

    /// The formats without those whose mirror image is of this order: what a profile would declare
    /// that knows the order.
    pub(super) fn in_order(&self, order: DateOrder) -> DateFormats {
        let formats = self.formats.iter().zip(&self.mirrored);
        let kept =
            formats.filter(|(format, mirrored)| !**mirrored || format.order() == Some(order));
        DateFormats {
            no_dates: self.no_dates.clone(),
            ..DateFormats::alone(kept.map(|(format, _)| format.clone()).collect())
        }
    }

    /// The formats for a message: `dd/mm/yyyy or yyyy-mm-dd`.
    pub(super) fn expected(&self) -> String {
        let texts: Vec<&str> = self.formats.iter().map(DateFormat::as_str).collect();
        texts.join(" or ")
    }
}
