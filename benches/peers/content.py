#!/usr/bin/env python3
"""Tells whether outputs hold the same accepted rows and findings, in whatever order.

    content.py OUT_FOLDER...

Prints the number and an order-free hash of the accepted rows and of the findings of each folder, of pac
or of a peer's job. Exits with 1 where they differ. The findings of pac are those of the nine rules.
"""

import os
import sys

import duckdb

SCHEMAS = os.path.join(os.path.dirname(__file__), "..", "..", "schemas")
# Which of the nine rules each rule of pac is.
RULES = {
    "person_missing": "required", "code_missing": "required", "start_missing": "required",
    "value_unmapped": "unmapped", "date_unreadable": "type", "timestamp_unreadable": "type",
    "number_unreadable": "type", "boolean_unreadable": "type", "term_unknown": "enum",
    "duration_not_positive": "range", "end_before_start": "start_after_end", "active_but_ended": "active_ended",
    "review_before_start": "review_before_start",
}  # fmt: skip

db = duckdb.connect()
db.execute("SET timezone = 'UTC'")


def ours(folder):
    rules = ", ".join(f"('{slug}', '{name}')" for slug, name in RULES.items())
    rows = f"""
      SELECT person_alert_id, person_id, alert_subcode, alert_description, source_code, source_details, created_by_user_id,
        informed_resident, alert_progress, alert_duration_type, alert_duration, start_date, end_date, review_date, is_active,
        epoch_us(last_updated), updated_by_user_id
      FROM '{folder}/person_alert.parquet'
      LEFT JOIN read_csv('{SCHEMAS}/person_alert_codes.csv') codes USING (person_alert_code_id)
      LEFT JOIN read_csv('{SCHEMAS}/source_types.csv') sources USING (source_type_id)"""
    findings = f"""
      SELECT record, "column", name, severity FROM '{folder}/findings.parquet'
      JOIN (VALUES {rules}) rules(slug, name) USING (slug)"""
    return rows, findings


def theirs(folder):
    # who was not told is recorded as such, where nothing is said
    rows = f"""
      SELECT alert_id, person_id, code, notes, source_code, source_detail, raised_by::BIGINT, coalesce(tenant_told, false), trend,
        length, days, start_date, end_date, review_date, active, epoch_us(changed_on), changed_by::BIGINT
      FROM '{folder}/person_alert.parquet'"""
    return rows, f"""SELECT "row"::BIGINT, "column", rule, severity FROM '{folder}/findings.parquet' WHERE rule <> 'duplicate'"""


def content(folder):
    is_ours = os.path.exists(os.path.join(folder, "report.json"))
    found = []
    for query in ours(folder) if is_ours else theirs(folder):
        names = [f"x{at}" for at in range(len(db.sql(query).columns))]
        found.append(db.sql(f"SELECT count(*), sum(hash({', '.join(names)})) FROM ({query}) t({', '.join(names)})").fetchall()[0])
    return found


if __name__ == "__main__":
    contents = {folder: content(folder) for folder in sys.argv[1:]}
    for folder, ((rows, row_hash), (findings, finding_hash)) in contents.items():
        print(f"{folder}: {rows} accepted rows {row_hash}, {findings} findings {finding_hash}")
    sys.exit(any(found != next(iter(contents.values())) for found in contents.values()))
