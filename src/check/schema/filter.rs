//! Which rows the judge must look at, derived from a schema: kernels over columns, joined as the
//! schema joins their keywords.

use arrow_buffer::BooleanBuffer;
use serde_json::{Map, Value};

use super::judge::CodeListKeys;
use super::kernel::Cells;
use super::keyword::{by_presence, cells};
use super::record::{Empty, Kind, Shape, Source};
use super::suspects::{Found, NOBODY, Suspects, UNKNOWN, all, any, everybody, exactly, split};
use super::vocabulary::{is_of_cells, only_describes};
use crate::candidate::{Candidates, Column, State};
use crate::cell::date::days;

/// The filter of a schema over records of one shape.
#[derive(Debug)]
pub(super) struct Filter {
    suspects: Suspects,
    /// Places of the columns of dates and points in time, which kernels know within the years of four
    /// digits only.
    dated: Vec<usize>,
}

impl Filter {
    pub(super) fn new(schema: &Value, shape: &Shape, keys: &CodeListKeys) -> Filter {
        let compiler = Compiler { shape, keys };
        let dated = shape
            .members
            .iter()
            .filter_map(|member| match member.source {
                Source::Column {
                    at,
                    kind: Kind::Date | Kind::Instant,
                    ..
                } => Some(at),
                _ => None,
            });
        Filter {
            suspects: compiler.record(schema, true).suspects,
            dated: dated.collect(),
        }
    }

    /// The rows that the judge must look at.
    pub(super) fn suspects(
        &self,
        shape: &Shape,
        batch: &Candidates,
        landlord: &str,
    ) -> BooleanBuffer {
        let rows = self.suspects.rows(shape, batch, landlord);
        let dated = self.dated.iter().map(|at| &batch.columns[*at]);
        dated
            .filter_map(undated)
            .fold(rows, |rows, undated| &rows | &undated)
    }
}

/// The rows of a column that lie outside of the years of four digits, where there are any.
fn undated(column: &Column) -> Option<BooleanBuffer> {
    const MICROS: i64 = 86_400_000_000;
    let low = days(1, 1, 1).map(i64::from)?;
    let high = days(9999, 12, 31).map(i64::from)?;
    match column {
        Column::Date(days) => {
            let plain = |day: &i32| (low..=high).contains(&i64::from(*day));
            let undated = |row: usize| !plain(&days.values[row]);
            (!days.values.iter().all(plain))
                .then(|| BooleanBuffer::collect_bool(days.values.len(), undated))
        }
        Column::Timestamp(times) => {
            let plain = |time: &i64| (low * MICROS..(high + 1) * MICROS).contains(time);
            let undated =
                |row: usize| times.states[row] == State::Value && !plain(&times.values[row]);
            (!times.values.iter().all(plain))
                .then(|| BooleanBuffer::collect_bool(times.values.len(), undated))
        }
        _ => None,
    }
}

/// What a schema speaks about: a whole record, or the member of that place.
#[derive(Clone, Copy)]
enum Subject {
    Record,
    Member(usize),
}

struct Compiler<'a> {
    shape: &'a Shape,
    keys: &'a CodeListKeys,
}

impl Compiler<'_> {
    fn compile(&self, schema: &Value, subject: Subject) -> Found {
        match subject {
            Subject::Record => self.record(schema, false),
            Subject::Member(member) => self.member(schema, member),
        }
    }

    fn record(&self, schema: &Value, is_root: bool) -> Found {
        let Value::Object(schema) = schema else {
            return match schema {
                Value::Bool(true) => NOBODY,
                _ => everybody(),
            };
        };
        let keywords = schema
            .iter()
            .map(|(keyword, value)| match keyword.as_str() {
                "$schema" | "$id" if is_root => NOBODY,
                "type" => of_type(value),
                "required" => self.required(value),
                "properties" => self.properties(value),
                "additionalProperties" => self.other_members(schema, value),
                keyword if is_of_cells(keyword) => NOBODY,
                keyword => self.joined(keyword, value, schema, Subject::Record),
            });
        any(keywords)
    }

    fn member(&self, schema: &Value, member: usize) -> Found {
        let source = &self.shape.members[member].source;
        let schema = match schema {
            Value::Object(schema) => schema,
            Value::Bool(true) => return NOBODY,
            _ => {
                return by_presence(source, self.shape, true, false)
                    .map_or(UNKNOWN, |cells| exactly(member, cells));
            }
        };
        let mut kernels: Vec<Cells> = Vec::new();
        let mut found = Vec::new();
        for (keyword, value) in schema {
            match cells(keyword, value, source, self.shape, self.keys) {
                Some(cells) => kernels = join(kernels, cells),
                None => found.push(self.joined(keyword, value, schema, Subject::Member(member))),
            }
        }
        let kernels = kernels.into_iter().map(|cells| exactly(member, cells));
        any(found.into_iter().chain(kernels))
    }

    /// A keyword that joins schemas, or has no kernel.
    fn joined(
        &self,
        keyword: &str,
        value: &Value,
        beside: &Map<String, Value>,
        subject: Subject,
    ) -> Found {
        let branches = || {
            let schemas = value.as_array().into_iter().flatten();
            schemas.map(|schema| self.compile(schema, subject))
        };
        match keyword {
            "allOf" => any(branches()),
            "anyOf" => all(branches()),
            "if" => {
                let branch = |keyword: &str| {
                    let branch = beside.get(keyword);
                    branch.map_or(NOBODY, |schema| self.compile(schema, subject))
                };
                split(self.compile(value, subject), branch("then"), branch("else"))
            }
            // They speak beside `if` alone, and are dealt with there.
            "then" | "else" => NOBODY,
            keyword if only_describes(keyword) => NOBODY,
            _ => UNKNOWN,
        }
    }

    fn required(&self, names: &Value) -> Found {
        let names = names.as_array().into_iter().flatten();
        any(names.filter_map(Value::as_str).map(|name| {
            let Some(member) = self.shape.position(name) else {
                return everybody();
            };
            let source = &self.shape.members[member].source;
            match self.shape.empty {
                Empty::Null => NOBODY,
                Empty::LeftOut => by_presence(source, self.shape, false, true)
                    .map_or(UNKNOWN, |cells| exactly(member, cells)),
            }
        }))
    }

    fn properties(&self, properties: &Value) -> Found {
        let properties = properties.as_object().into_iter().flatten();
        // No record has a member that the shape does not have.
        any(properties.filter_map(|(name, schema)| {
            let member = self.shape.position(name)?;
            Some(self.member(schema, member))
        }))
    }

    fn other_members(&self, beside: &Map<String, Value>, schema: &Value) -> Found {
        if beside.contains_key("patternProperties") {
            return UNKNOWN;
        }
        let named = |name: &str| {
            let properties = beside.get("properties").and_then(Value::as_object);
            properties.is_some_and(|properties| properties.contains_key(name))
        };
        let members = self.shape.members.iter().enumerate();
        let others = members.filter(|(_, member)| !named(&member.name));
        any(others.map(|(at, _)| self.member(schema, at)))
    }
}

fn of_type(value: &Value) -> Found {
    let among = |several: &Vec<Value>| several.iter().any(|one| one == "object");
    match value == "object" || value.as_array().is_some_and(among) {
        true => NOBODY,
        false => everybody(),
    }
}

fn join(mut kernels: Vec<Cells>, mut more: Cells) -> Vec<Cells> {
    let mut kept = Vec::new();
    for kernel in kernels.drain(..) {
        match kernel.or(more) {
            (joined, None) => more = joined,
            (own, Some(other)) => {
                kept.push(own);
                more = other;
            }
        }
    }
    kept.push(more);
    kept
}
