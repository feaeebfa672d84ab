//! SQL DDL of the standard.
