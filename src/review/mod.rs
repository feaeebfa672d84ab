//! Crosswalks on their way through the hands of people: rows that wait for a decision, and what was decided.
//!
//! A [`Row`] is a value of a landlord with what it stands for, the status of that, and who said so. Rows lie
//! in CSV files that a profile reads, and travel as sheets in which a reviewer chooses codes from a list.

mod csv_form;
mod import;
mod lint;
mod proposals;
mod row;
mod sheet;
mod sheet_reading;
mod sssom;
mod used_crosswalks;

pub use csv_form::{parse, read, text};
pub use import::{Imported, Signature, import};
pub use lint::{Gravity, Linted, Remark, lint};
pub use proposals::{FoundLabel, proposals};
pub use row::{RELATIONS, Row, STATUSES, targets};
pub use sheet::{SheetOf, workbook};
pub use sheet_reading::{ReadSheet, read_workbook};
pub use sssom::{MappingSet, sssom};
pub use used_crosswalks::{UsedColumn, UsedCrosswalk, labels_of, used_crosswalks};
