//! Maps the alerts about people that social landlords hold onto the Person Alert Codes standard.

pub mod candidate;
pub mod cell;
pub mod check;
pub mod chunk;
pub mod cli;
pub mod conversion;
pub mod dialect;
pub mod error;
pub mod finding;
pub mod gate;
pub mod map;
pub mod pipeline;
pub mod profile;
pub mod read;
pub mod report;
pub mod standard;
pub mod write;
