//! Maps the alerts about people that social landlords hold onto the Person Alert Codes standard.

pub mod chunk;
pub mod dialect;
pub mod error;
pub mod finding;
pub mod read;
pub mod standard;
