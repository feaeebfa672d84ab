//! The `pac` program: parse, run, exit code.

fn main() {}
