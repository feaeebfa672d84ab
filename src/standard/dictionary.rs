//! Data dictionary of the standard.
