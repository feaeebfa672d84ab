//! The order of day and month in one column of one input, proven by its own cells.

/// Which of day and month comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `25/12/2024`.
    DayMonth,
    /// `12/25/2024`.
    MonthDay,
}

impl DateOrder {
    /// The word used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            DateOrder::DayMonth => "day-month",
            DateOrder::MonthDay => "month-day",
        }
    }
}

/// What a cell says about the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderHint {
    /// It is a date in that order alone.
    Proves(DateOrder),
    /// It is one day in the one order and another in the other.
    Ambiguous,
}

/// What all cells of a column say about the order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderEvidence {
    /// Cells that are dates only with the day first.
    pub day_month: u64,
    /// Cells that are dates only with the month first.
    pub month_day: u64,
    /// Cells that are different days in either order.
    pub ambiguous: u64,
    /// Cells of records that were rejected before. They are a part of another input, whose other cells
    /// may say something else.
    pub rejected: u64,
}

impl OrderEvidence {
    /// Counts what a cell says.
    pub fn count(&mut self, hint: OrderHint) {
        self.count_many(hint, 1);
    }

    /// Counts what so many cells with the same text say.
    pub fn count_many(&mut self, hint: OrderHint, cells: u64) {
        *match hint {
            OrderHint::Proves(DateOrder::DayMonth) => &mut self.day_month,
            OrderHint::Proves(DateOrder::MonthDay) => &mut self.month_day,
            OrderHint::Ambiguous => &mut self.ambiguous,
        } += cells;
    }

    /// Adds what other cells of the column say.
    pub fn add(&mut self, other: &OrderEvidence) {
        self.day_month += other.day_month;
        self.month_day += other.month_day;
        self.ambiguous += other.ambiguous;
        self.rejected += other.rejected;
    }

    /// The only order that is proven; `None` where none is, or both are.
    pub fn proven(&self) -> Option<DateOrder> {
        match (self.day_month, self.month_day) {
            _ if self.rejected > 0 => None,
            (0, 0) => None,
            (_, 0) => Some(DateOrder::DayMonth),
            (0, _) => Some(DateOrder::MonthDay),
            _ => None,
        }
    }

    /// What is proven, in the word used in every output.
    pub fn as_str(&self) -> &'static str {
        match self.proven() {
            Some(order) => order.as_str(),
            None if self.contradicts_itself() => "both",
            None => "unproven",
        }
    }

    /// Whether both orders are proven.
    pub fn contradicts_itself(&self) -> bool {
        self.day_month > 0 && self.month_day > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_order_is_proven_where_nothing_proves_the_other() {
        let evidence = |day_month, month_day| OrderEvidence {
            day_month,
            month_day,
            ambiguous: 5,
            rejected: 0,
        };
        assert_eq!(evidence(0, 0).proven(), None);
        assert_eq!(evidence(1, 0).proven(), Some(DateOrder::DayMonth));
        assert_eq!(evidence(0, 2).proven(), Some(DateOrder::MonthDay));
        assert_eq!(evidence(9, 1).proven(), None);
        assert!(evidence(9, 1).contradicts_itself());
        assert!(!evidence(9, 0).contradicts_itself());
        assert_eq!(evidence(9, 1).as_str(), "both");
        assert_eq!(evidence(0, 0).as_str(), "unproven");
    }

    #[test]
    fn rejected_records_prove_nothing() {
        let mut evidence = OrderEvidence::default();
        evidence.count(OrderHint::Proves(DateOrder::DayMonth));
        evidence.add(&OrderEvidence {
            rejected: 1,
            ..OrderEvidence::default()
        });
        assert_eq!(evidence.proven(), None);
        assert_eq!(evidence.as_str(), "unproven");
    }
}
