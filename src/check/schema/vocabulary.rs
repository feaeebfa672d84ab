//! What the keywords of JSON Schema speak about.

use super::judge::REFERENCES;

/// Keywords that assert nothing.
const DESCRIBING: &[&str] = &[
    "title",
    "description",
    "$comment",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "$defs",
];

/// Keywords that assert something about numbers and text alone.
const OF_CELLS: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    REFERENCES,
];
/// Keywords that assert something about values of all kinds.
const OF_ANYTHING: &[&str] = &["type", "enum", "const"];
/// Keywords that assert something about objects and arrays alone, which no cell is.
const OF_CONTAINERS: &[&str] = &[
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "required",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
    "items",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Whether a keyword says nothing about an object.
pub(super) fn is_of_cells(keyword: &str) -> bool {
    OF_CELLS.contains(&keyword)
}

/// Whether a keyword says nothing about a cell.
pub(super) fn is_of_containers(keyword: &str) -> bool {
    OF_CONTAINERS.contains(&keyword)
}

/// Whether a keyword asserts the same of a cell whatever stands beside it.
pub(super) fn stands_alone(keyword: &str) -> bool {
    OF_ANYTHING.contains(&keyword) || OF_CELLS.contains(&keyword) && keyword != REFERENCES
}

/// Whether a keyword asserts nothing wherever it stands.
pub(super) fn only_describes(keyword: &str) -> bool {
    DESCRIBING.contains(&keyword) || keyword.starts_with("x-") && keyword != REFERENCES
}
