//! What a schema of the user's own cannot mean: JSON Schema passes over keywords and members that it
//! does not know, and a check that never speaks is worse than none.

use serde_json::{Map, Value};

use super::judge::REFERENCES;
use super::marks::{MESSAGE, SEVERITY, severity};
use super::record::Shape;
use crate::profile::document::did_you_mean;

/// The dialect of JSON Schema that is read.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
/// Keywords that hold one schema.
const ONE: &[&str] = &[
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Keywords that hold several schemas in a list.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords that hold several schemas by name.
const MAPS: &[&str] = &[
    "$defs",
    "dependentSchemas",
    "patternProperties",
    "properties",
];
/// Keywords whose schemas speak about what the schema around them speaks about.
const JOINING: &[&str] = &[
    "allOf",
    "anyOf",
    "dependentSchemas",
    "else",
    "if",
    "not",
    "oneOf",
    "then",
];
/// All other keywords.
const OTHERS: &[&str] = &[
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$ref",
    "$schema",
    "const",
    "contentEncoding",
    "contentMediaType",
    "default",
    "dependentRequired",
    "deprecated",
    "description",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
];

/// All that a schema over records of a shape cannot mean, each with its place.
pub(super) fn problems(schema: &Value, shape: &Shape) -> Vec<String> {
    let mut reading = Reading {
        shape,
        problems: Vec::new(),
    };
    match schema {
        Value::Object(_) => reading.schema(schema, "#", true),
        _ => reading
            .problems
            .push("#: a schema is a JSON object".to_owned()),
    }
    reading.problems
}

struct Reading<'s> {
    shape: &'s Shape,
    problems: Vec<String>,
}

impl Reading<'_> {
    /// Reads a schema at a place; `of_record` says whether it speaks about the whole record.
    fn schema(&mut self, schema: &Value, place: &str, of_record: bool) {
        let Value::Object(keywords) = schema else {
            return;
        };
        for (keyword, value) in keywords {
            let here = format!("{place}/{}", escaped(keyword));
            self.keyword(keyword, value, &here);
            let joins = of_record && JOINING.contains(&keyword.as_str());
            match (keyword.as_str(), value) {
                (one, schema) if ONE.contains(&one) => self.schema(schema, &here, joins),
                (list, Value::Array(schemas)) if LISTS.contains(&list) => {
                    for (at, schema) in schemas.iter().enumerate() {
                        self.schema(schema, &format!("{here}/{at}"), joins);
                    }
                }
                (map, Value::Object(schemas)) if MAPS.contains(&map) => {
                    for (name, schema) in schemas {
                        self.schema(schema, &format!("{here}/{}", escaped(name)), joins);
                    }
                }
                _ => {}
            }
            if of_record {
                self.members(keyword, value, &here);
            }
        }
    }

    fn keyword(&mut self, keyword: &str, value: &Value, place: &str) {
        let all = [ONE, LISTS, MAPS, OTHERS].into_iter().flatten().copied();
        let ours = [SEVERITY, MESSAGE, REFERENCES];
        match keyword {
            "$schema" if value.as_str().map(|uri| uri.trim_end_matches('#')) != Some(DIALECT) => {
                self.tell(place, &format!("the dialect must be {DIALECT}"));
            }
            SEVERITY if severity(value).is_none() => {
                self.tell(place, "must be \"error\", \"warning\" or \"info\"");
            }
            MESSAGE if !value.is_string() => self.tell(place, "must be text"),
            own if own.starts_with("x-") => {
                let slip = |known: &&str| (1..=2).contains(&strsim::levenshtein(own, known));
                if let Some(meant) = ours.into_iter().find(slip) {
                    self.tell(place, &format!("no such keyword; did you mean {meant}?"));
                }
            }
            other if !all.clone().any(|known| known == other) => {
                let remedy = match did_you_mean(other, all) {
                    near if near.is_empty() => "; notes of your own begin with x-".to_owned(),
                    near => near,
                };
                self.tell(place, &format!("no keyword of JSON Schema{remedy}"));
            }
            _ => {}
        }
    }

    /// Members that no record has, named by a keyword about records.
    fn members(&mut self, keyword: &str, value: &Value, place: &str) {
        let named: Vec<&str> = match (keyword, value) {
            ("properties" | "dependentSchemas", Value::Object(members)) => names(members),
            ("required", Value::Array(members)) => texts(members),
            ("dependentRequired", Value::Object(members)) => {
                let lists = members.values().filter_map(Value::as_array);
                names(members)
                    .into_iter()
                    .chain(lists.flat_map(|list| texts(list)))
                    .collect()
            }
            _ => return,
        };
        for name in named {
            if self.shape.position(name).is_none() {
                let known = self.shape.members.iter().map(|member| member.name.as_str());
                let near = did_you_mean(name, known);
                self.tell(place, &format!("no alert has a field {name}{near}"));
            }
        }
    }

    fn tell(&mut self, place: &str, what: &str) {
        self.problems.push(format!("{place}: {what}"));
    }
}

fn names(members: &Map<String, Value>) -> Vec<&str> {
    members.keys().map(String::as_str).collect()
}

fn texts(list: &[Value]) -> Vec<&str> {
    list.iter().filter_map(Value::as_str).collect()
}

fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
