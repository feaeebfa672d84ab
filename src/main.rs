//! The `pac` program: parse, run, exit code.

#![deny(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use person_alerts::cli::{self, Cli, Stdout, crash};

fn main() -> ExitCode {
    let code = crash::guard(|| {
        let cli = Cli::parse();
        cli::run(&cli, &mut Stdout::lock())
    });
    ExitCode::from(code)
}
