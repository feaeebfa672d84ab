//! Rules over the code lists that a user supplies in the place of those that the binary carries.
//!
//! A list that leaves open what a value is mapped to is refused when it is loaded. All else that is wrong
//! with one is a finding at its line, and the run goes on.

use super::rule::{Check, Rule};
use super::rules::RULES;
use super::whole_inputs::about_input;
use crate::error::Result;
use crate::finding::Finding;
use crate::standard::{Lookup, Standard, Table};

/// The lists that rules look at.
#[derive(Debug, Clone, Copy)]
pub struct CodeLists<'a> {
    /// The standard with the supplied lists.
    pub standard: &'a Standard,
    /// The standard that the binary carries.
    pub released: &'a Standard,
}

/// A row of a list.
#[derive(Debug, Clone, Copy)]
pub struct ListRow<'a> {
    /// Its place in the list, counted from 0.
    pub at: usize,
    table: &'a Table,
    cells: &'a [Option<String>],
}

impl<'a> ListRow<'a> {
    /// The cell of a column; empty where there is none.
    pub fn cell(&self, column: &str) -> &'a str {
        let at = self.table.position(column);
        let cell = at.and_then(|at| self.cells.get(at)?.as_deref());
        cell.unwrap_or_default()
    }

    /// The fault of a column of this row, in words.
    pub fn fault(&self, column: &str, words: String) -> ListFault {
        ListFault {
            row: Some(self.at),
            column: column.to_owned(),
            words,
        }
    }
}

/// What a rule says of a list.
#[derive(Debug, Clone)]
pub struct ListFault {
    /// The row that it is about; `None` where it is about the whole list.
    pub row: Option<usize>,
    /// The column that it is about.
    pub column: String,
    /// What is wrong, offending thing first.
    pub words: String,
}

impl<'a> CodeLists<'a> {
    /// The rows of a supplied list.
    pub fn rows(&self, table: &str) -> impl Iterator<Item = ListRow<'a>> + Clone {
        rows(self.standard, table)
    }

    /// The rows of a list that the binary carries.
    pub fn released_rows(&self, table: &str) -> impl Iterator<Item = ListRow<'a>> + Clone {
        rows(self.released, table)
    }

    /// A supplied list.
    pub fn list(&self, table: &str) -> Option<&'a Lookup> {
        self.standard.lookup(table)
    }
}

fn rows<'a>(
    standard: &'a Standard,
    table: &str,
) -> impl Iterator<Item = ListRow<'a>> + Clone + use<'a> {
    let list = standard.table(table).zip(standard.lookup(table));
    list.into_iter().flat_map(|(table, lookup)| {
        let rows = lookup.rows.iter().enumerate();
        rows.map(move |(at, cells)| ListRow { at, table, cells })
    })
}

/// What there is to say about a list, and where it stands.
#[derive(Debug)]
pub struct ListRemark {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// Place of the list among the standard's.
    pub list: usize,
    /// Its file.
    pub file: String,
    /// Number of the record, counted from 1; 0 where it is about the whole list.
    pub record: u64,
    /// Physical line, counted from 1; 0 where it is about the whole list.
    pub line: u64,
    /// The column.
    pub column: String,
    /// What is wrong, offending thing first.
    pub message: String,
}

/// What there is to say about supplied lists, in the order of the lists and their lines; about all lists
/// where `all` says so.
///
/// # Errors
/// The standard that the binary carries cannot be read, which is a bug of ours.
pub fn remarks(standard: &Standard, all: bool) -> Result<Vec<ListRemark>> {
    let supplied = |list: &Lookup| all || list.is_supplied;
    if !standard.lookups().iter().any(supplied) {
        return Ok(Vec::new());
    }
    let released = Standard::embedded()?;
    let lists = CodeLists {
        standard,
        released: &released,
    };
    let mut remarks = Vec::new();
    for (place, list) in standard.lookups().iter().enumerate() {
        if !supplied(list) {
            continue;
        }
        for rule in RULES.iter().filter(|rule| rule.table == list.table) {
            if let Check::List(speaks) = rule.check {
                let told = speaks(&lists).into_iter();
                remarks.extend(told.map(|fault| remark(rule, place, list, fault)));
            }
        }
    }
    remarks.sort_by_key(|remark| (remark.list, remark.line));
    Ok(remarks)
}

fn remark(rule: &'static Rule, place: usize, list: &Lookup, fault: ListFault) -> ListRemark {
    let line = fault.row.and_then(|row| list.lines.get(row));
    ListRemark {
        rule,
        list: place,
        file: list.file.clone(),
        record: fault.row.map_or(0, |row| row as u64 + 1),
        line: line.copied().unwrap_or(0),
        message: format!("{}: {}", fault.column, fault.words),
        column: fault.column,
    }
}

/// What there is to say about supplied lists, as findings; their inputs are numbered from `first`, in the
/// order of the lists.
///
/// # Errors
/// As [`remarks`].
pub fn list_findings(standard: &Standard, first: usize) -> Result<Vec<Finding>> {
    let told = remarks(standard, false)?.into_iter();
    let findings = told.map(|remark| Finding {
        record: remark.record,
        line: remark.line,
        ..about_input(
            remark.rule,
            first + remark.list,
            &remark.column,
            &remark.message,
        )
    });
    Ok(findings.collect())
}

/// Cells that are longer than the released schema of the table allows.
pub fn too_long(lists: &CodeLists<'_>, table: &str, columns: &[&str]) -> Vec<ListFault> {
    let most = |column: &str| {
        let field = lists.released.table(table)?.field(column)?;
        field.max_length
    };
    let faults = lists.rows(table).flat_map(|row| {
        let faults = columns.iter().filter_map(move |column| {
            let (most, length) = (most(column)?, row.cell(column).chars().count() as u64);
            let words = || format!("has {length} characters, and the standard allows {most}");
            (length > most).then(|| row.fault(column, words()))
        });
        faults.collect::<Vec<_>>()
    });
    faults.collect()
}

/// Cells that the released list does not have.
pub fn unknown(lists: &CodeLists<'_>, table: &str, column: &str) -> Vec<ListFault> {
    let faults = lists.rows(table).filter_map(|row| {
        let own = row.cell(column);
        let mut released = lists.released_rows(table);
        let known = released.any(|released| released.cell(column).eq_ignore_ascii_case(own));
        (!known).then(|| row.fault(column, format!("{own} is none of the standard's")))
    });
    faults.collect()
}

/// Cells that held another word for their value.
pub fn corrected(lists: &CodeLists<'_>, table: &str) -> Vec<ListFault> {
    let corrected = lists.list(table).map_or(&[][..], |list| &list.corrected);
    let faults = corrected.iter().filter_map(|(at, column)| {
        let row = lists.rows(table).nth(*at)?;
        let words = format!("a synonym, read as {}", row.cell(column));
        Some(row.fault(column, words))
    });
    faults.collect()
}
