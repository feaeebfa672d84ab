//! Maps the alerts about people that social landlords hold onto the Person Alert Codes standard.

pub mod cli;
pub mod error;
pub mod standard;
