//! Decided rows as a mapping set in SSSOM, the simple standard for sharing ontological mappings.

use super::row::Row;
use crate::standard::Standard;
use crate::suggest::CodeList;

use super::import::table_of;

/// The columns, in the order that the specification gives.
const COLUMNS: [&str; 10] = [
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "reviewer_label",
    "mapping_date",
    "confidence",
    "comment",
];

/// Whose crosswalk becomes a mapping set.
pub struct MappingSet<'r> {
    /// Code of the landlord.
    pub landlord: &'r str,
    /// Name of the crosswalk.
    pub crosswalk: &'r str,
    /// What its codes are.
    pub list: CodeList,
    /// Its rows.
    pub rows: &'r [Row],
}

/// The mapping set as TSV, behind its metadata in YAML: approved rows, and gaps as terms that were not found.
/// A row with several codes is several mappings.
pub fn sssom(set: &MappingSet<'_>, standard: &Standard) -> String {
    let prefix = set.landlord;
    let place = set.crosswalk;
    let table = table_of(set.list);
    let mut text = String::new();
    for line in [
        format!("mapping_set_id: urn:pac:{prefix}:{place}"),
        format!("mapping_set_title: {place} of {prefix} onto {table}"),
        "license: https://w3id.org/sssom/license/unspecified".to_owned(),
        "curie_map:".to_owned(),
        format!("  {prefix}: \"urn:pac:{prefix}:{place}:\""),
        format!("  PAC: \"urn:ukhds:{table}:\""),
        format!("subject_source: \"{prefix}:\""),
        "object_source: \"PAC:\"".to_owned(),
        format!("object_source_version: \"{}\"", standard.edition),
        "mapping_tool: pac".to_owned(),
        format!("mapping_tool_version: \"{}\"", env!("CARGO_PKG_VERSION")),
    ] {
        text += &format!("# {line}\n");
    }
    text += &COLUMNS.join("\t");
    text.push('\n');
    for row in set
        .rows
        .iter()
        .filter(|row| row.is_approved() || row.status == "gap")
    {
        let targets: Vec<Option<&String>> = match row.targets.is_empty() || row.status == "gap" {
            true => vec![None],
            false => row.targets.iter().map(Some).collect(),
        };
        for target in targets {
            text += &line(prefix, row, target, set.list, standard);
        }
    }
    text
}

fn line(
    prefix: &str,
    row: &Row,
    target: Option<&String>,
    list: CodeList,
    standard: &Standard,
) -> String {
    let name = target.and_then(|code| match list {
        CodeList::Alerts => standard
            .codes
            .by_subcode(code)
            .map(|own| own.subname.clone()),
        CodeList::Sources => Some(code.clone()),
    });
    let conditions: Vec<String> = row
        .conditions()
        .map(|(name, text)| format!("{name} is {text}"))
        .collect();
    let comment: Vec<&str> = [row.note.as_str()]
        .into_iter()
        .chain(conditions.iter().map(String::as_str))
        .filter(|text| !text.is_empty())
        .collect();
    let cells = [
        format!("{prefix}:{}", local_name(&row.value)),
        row.value.clone(),
        predicate(&row.relation, target.is_some()).to_owned(),
        target.map_or("sssom:NoTermFound".to_owned(), |code| format!("PAC:{code}")),
        name.unwrap_or_default(),
        "semapv:ManualMappingCuration".to_owned(),
        row.reviewer.clone(),
        row.date.clone(),
        String::new(),
        comment.join("; "),
    ];
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| cell.replace(['\t', '\n', '\r'], " "))
        .collect();
    cells.join("\t") + "\n"
}

/// How the value stands to the code, which the relation of a row says the other way round: a code that is
/// broader than its value is a broader match of it.
fn predicate(relation: &str, found: bool) -> &'static str {
    match relation {
        "broader" if found => "skos:broadMatch",
        "narrower" if found => "skos:narrowMatch",
        "ambiguous" | "none" if found => "skos:relatedMatch",
        _ => "skos:exactMatch",
    }
}

/// A value as the local part of a compact identifier: all but letters, digits, `-`, `_` and `.` in percent
/// encoding.
fn local_name(value: &str) -> String {
    let mut name = String::new();
    for byte in value.trim().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                name.push(char::from(byte))
            }
            other => name.push_str(&format!("%{other:02X}")),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decided_rows_become_mappings() {
        let text = "value,target,status,relation,reviewer,date\n\
            Oxygen at home,RISK5.01|RISK5.04,approved,broader,officer,2026-11-22\n\
            Deaf,,gap,,,\nDV,,review,,,\n";
        let rows = super::super::csv_form::parse("a.csv", text.as_bytes()).unwrap();
        let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
        let set = MappingSet {
            landlord: "RIV",
            crosswalk: "alert_types",
            list: CodeList::Alerts,
            rows: &rows,
        };
        let written = sssom(&set, &Standard::embedded().unwrap());
        let lines: Vec<&str> = written
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert_eq!(lines.len(), 4, "{written}");
        assert!(lines[1].starts_with(
            "RIV:Oxygen%20at%20home\tOxygen at home\tskos:broadMatch\tPAC:RISK5.01\t"
        ));
        assert!(lines[3].contains("\tsssom:NoTermFound\t"));
        for line in lines {
            assert_eq!(line.split('\t').count(), COLUMNS.len());
        }
    }
}
