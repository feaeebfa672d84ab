//! `pac cells`: what the reader sees of an export.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::crash;
use crate::check::settable::settable_rules;
use crate::dialect::{DialectWish, Encoding, Format, HeaderWish, QuoteWish, SheetWish};
use crate::error::Result;
use crate::profile::{Allowances, load};
use crate::read::InputPlace;
use crate::standard::Standard;
use crate::transcript::{self, Form, Note};

/// Arguments of `pac cells`.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Export: CSV, NDJSON or a JSON array, also compressed with gzip, or a workbook; - is standard
    /// input
    #[arg(value_name = "INPUT")]
    pub input: PathBuf,
    /// Mapping profile that says how the export is written; the options below prevail over it
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_name = "FORM", default_value = "csv")]
    pub to: Printed,
    /// Format of the export [default: detected]
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<InputFormat>,
    /// Encoding of the export [default: detected]
    #[arg(long, value_name = "ENCODING")]
    pub encoding: Option<InputEncoding>,
    /// Separator of cells, such as ; or tab [default: detected]
    #[arg(long, value_name = "CHARACTER", value_parser = character)]
    pub delimiter: Option<u8>,
    /// Quote character, or none [default: detected]
    #[arg(long, value_name = "CHARACTER", value_parser = quote)]
    pub quote: Option<QuoteWish>,
    /// Character that takes the meaning from a quote behind it [default: detected]
    #[arg(long, value_name = "CHARACTER", value_parser = character)]
    pub escape: Option<u8>,
    /// Physical line of the header, or none [default: detected]
    #[arg(long, value_name = "LINE", value_parser = header)]
    pub header_row: Option<HeaderWish>,
    /// Sheet of a workbook, by its name or its place, counted from 1
    #[arg(long, value_name = "SHEET", value_parser = sheet)]
    pub sheet: Option<SheetWish>,
    /// Beginning of lines that are footers
    #[arg(long, value_name = "TEXT")]
    pub footer: Vec<String>,
}

/// How to print an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Printed {
    /// Comma-separated values as RFC 4180 has them, in UTF-8.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

/// Format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputFormat {
    /// Delimited text.
    Csv,
    /// One JSON object a line.
    Ndjson,
    /// One JSON array of objects.
    Json,
}

/// Encoding of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputEncoding {
    /// UTF-8.
    #[value(name = "utf-8")]
    Utf8,
    /// Windows-1252.
    #[value(name = "windows-1252")]
    Windows1252,
    /// UTF-16, little-endian.
    #[value(name = "utf-16le")]
    Utf16Le,
    /// UTF-16, big-endian.
    #[value(name = "utf-16be")]
    Utf16Be,
}

/// Prints; returns the exit code, which is 1 where something was not printed as it stands.
///
/// # Errors
/// What the operator can mend, with the remedy.
pub fn run(
    standard: impl FnOnce() -> Result<Standard>,
    args: &Args,
    out: &mut dyn Write,
) -> Result<u8> {
    let wish = match &args.profile {
        Some(path) => {
            let standard = standard()?;
            let rules = settable_rules(&standard);
            load(path, &standard, Allowances::default(), &rules)?.dialect_wish()
        }
        None => DialectWish {
            header: HeaderWish::Guessed,
            ..DialectWish::default()
        },
    };
    let wish = args.prevail_over(wish);
    let (place, name) = match args.input.to_str() {
        Some("-") => (InputPlace::Stdin, "stdin".to_owned()),
        _ => {
            let name = args.input.display().to_string();
            (InputPlace::Path(args.input.clone()), name)
        }
    };
    let form = match args.to {
        Printed::Csv => Form::Csv,
        Printed::Ndjson => Form::Ndjson,
    };
    let mut told = false;
    let mut tell = |note: &Note| {
        told = true;
        crash::tell(&format!("pac: {name}: {note}"));
    };
    transcript::print(&place, &name, &wish, form, out, &mut tell)?;
    Ok(u8::from(told))
}

impl Args {
    fn prevail_over(&self, wish: DialectWish) -> DialectWish {
        let footers = [wish.footers, self.footer.clone()].concat();
        DialectWish {
            format: self.format.map(InputFormat::meant).or(wish.format),
            encoding: self.encoding.map(InputEncoding::meant).or(wish.encoding),
            delimiter: self.delimiter.or(wish.delimiter),
            quote: self.quote.unwrap_or(wish.quote),
            escape: self.escape.or(wish.escape),
            header: self.header_row.clone().unwrap_or(wish.header),
            footers,
            sheet: self.sheet.clone().or(wish.sheet),
            records: wish.records,
        }
    }
}

impl InputFormat {
    fn meant(self) -> Format {
        match self {
            InputFormat::Csv => Format::Csv,
            InputFormat::Ndjson => Format::Ndjson,
            InputFormat::Json => Format::Json,
        }
    }
}

impl InputEncoding {
    fn meant(self) -> Encoding {
        match self {
            InputEncoding::Utf8 => Encoding::Utf8,
            InputEncoding::Windows1252 => Encoding::Windows1252,
            InputEncoding::Utf16Le => Encoding::Utf16Le,
            InputEncoding::Utf16Be => Encoding::Utf16Be,
        }
    }
}

fn character(text: &str) -> std::result::Result<u8, String> {
    match text {
        "tab" | "\\t" => Ok(b'\t'),
        _ => match text.as_bytes() {
            [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r' | 0) => Ok(*byte),
            _ => Err("must be one ASCII character, or tab".to_owned()),
        },
    }
}

fn quote(text: &str) -> std::result::Result<QuoteWish, String> {
    match text {
        "none" | "" => Ok(QuoteWish::Nothing),
        _ => character(text).map(QuoteWish::Mark),
    }
}

fn sheet(text: &str) -> std::result::Result<SheetWish, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(SheetWish::Number(number)),
        _ => Ok(SheetWish::Name(text.to_owned())),
    }
}

fn header(text: &str) -> std::result::Result<HeaderWish, String> {
    match (text, text.parse()) {
        ("none", _) => Ok(HeaderWish::Nothing),
        (_, Ok(line)) if line > 0 => Ok(HeaderWish::Line(line)),
        _ => Err("must be a line's number, counted from 1, or none".to_owned()),
    }
}
