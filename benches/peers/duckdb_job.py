#!/usr/bin/env python3
"""The job in DuckDB: one parallel pass over the CSV into a typed table, then three COPYs.

    duckdb_job.py INPUT CROSSWALK_FOLDER OUT_FOLDER

Reads, trims, crosswalks, types, checks nine rules; writes the accepted rows (Parquet, zstd 1), the
findings and the rejected rows. An input that ends in .ndjson is read by read_json.

Written to be as fast as DuckDB allows. Raw cells are kept for faulty rows only. The number of a record
is the rowid of the table, because row_number() would force the scan onto one thread. Crosswalks are
casts to ENUMs and lookups in lists, because a hash join between the scan and the table loses the order
of the input, and with it the record numbers.
"""

import os
import sys

import duckdb

source, crosswalks, out = sys.argv[1:4]
os.makedirs(out, exist_ok=True)
AS_OF = "2026-11-22"
COLUMNS = (
    "Alert Ref,Person Ref,Alert Type,Alert Notes,Reported By,Source Detail,Raised By,Tenant Told,Trend,"
    "Length,Days,Date From,Date To,Review Due,Live,Changed On,Changed By"
).split(",")
OUTPUT = (
    "alert_id, person_id, code, notes, source_code, source_detail, raised_by, tenant_told, trend, length, "
    "days, start_date, end_date, review_date, active, changed_on, changed_by"
)

db = duckdb.connect()
db.execute(f"SET threads={os.environ.get('THREADS', '2')}")


def quoted(texts):
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)


def crosswalk(name):
    """An expression from a trimmed cell to the target of its label."""
    rows = f"SELECT lower(trim(value)), target FROM read_csv('{crosswalks}/crosswalk_{name}.csv', all_varchar=true, header=true)"
    pairs = dict(db.execute(rows).fetchall())
    db.execute(f"CREATE TYPE label_{name} AS ENUM ({quoted(pairs)})")
    targets = quoted(pairs.values())
    return lambda cell: f"([{targets}])[enum_code(try_cast(lower({cell}) AS label_{name})) + 1]"


alert, reporter, trend, length = map(crosswalk, ("alert", "source", "trend", "length"))

# trim takes spaces only: a list of characters costs four times as much
db.execute(r"""
CREATE MACRO cell(x) AS nullif(trim(x), '');
CREATE MACRO day(x) AS CASE WHEN x[3] = '/' THEN try_strptime(x, '%d/%m/%Y')::DATE ELSE try_strptime(x, '%Y-%m-%d')::DATE END;
CREATE MACRO flag(x) AS CASE lower(x) WHEN 'y' THEN true WHEN 'yes' THEN true WHEN '1' THEN true WHEN 'true' THEN true
                                      WHEN 'n' THEN false WHEN 'no' THEN false WHEN '0' THEN false WHEN 'false' THEN false END;
""")
types = "{" + ",".join(f"'{column}':'VARCHAR'" for column in COLUMNS) + "}"
if source.endswith(".ndjson"):
    scan = f"read_json('{source}', columns={types}, format='newline_delimited')"
else:
    scan = f"read_csv('{source}', columns={types}, header=true, delim=',', quote='\"', escape='\"', auto_detect=false, parallel=true)"

# column, rule, condition; the last is a warning, the others are errors
RULES = [
    ("Alert Ref", "type", "c0 IS NOT NULL AND alert_id IS NULL"),
    ("Person Ref", "required", "c1 IS NULL"),
    ("Person Ref", "type", "c1 IS NOT NULL AND person_id IS NULL"),
    ("Alert Type", "required", "c2 IS NULL"),
    ("Alert Type", "unmapped", "c2 IS NOT NULL AND code IS NULL"),
    ("Reported By", "unmapped", "c4 IS NOT NULL AND source_code IS NULL"),
    ("Raised By", "type", "c6 IS NOT NULL AND raised_by IS NULL"),
    ("Tenant Told", "type", "c7 IS NOT NULL AND tenant_told IS NULL"),
    ("Trend", "enum", "c8 IS NOT NULL AND trend IS NULL"),
    ("Length", "enum", "c9 IS NOT NULL AND length IS NULL"),
    ("Days", "type", "c10 IS NOT NULL AND days IS NULL"),
    ("Days", "range", "days <= 0"),
    ("Date From", "required", "c11 IS NULL"),
    ("Date From", "type", "c11 IS NOT NULL AND start_date IS NULL"),
    ("Date To", "type", "c12 IS NOT NULL AND end_date IS NULL"),
    ("Review Due", "type", "c13 IS NOT NULL AND review_date IS NULL"),
    ("Live", "type", "c14 IS NOT NULL AND active IS NULL"),
    ("Changed On", "type", "c15 IS NOT NULL AND changed_on IS NULL"),
    ("Changed By", "type", "c16 IS NOT NULL AND changed_by IS NULL"),
    ("Date To", "start_after_end", "start_date > end_date"),
    ("Live", "active_ended", f"active AND end_date < DATE '{AS_OF}'"),
    ("Review Due", "review_before_start", "review_date < start_date"),
]
ERRORS = (1 << (len(RULES) - 1)) - 1
mask = " | ".join(f"(coalesce({holds}, false)::INT << {bit})" for bit, (_, _, holds) in enumerate(RULES))
raw = ", ".join(f'"{column}" AS r{at}, cell("{column}") AS c{at}' for at, column in enumerate(COLUMNS))
cells = "[" + ",".join(f"r{at}" for at in range(len(COLUMNS))) + "]"

# TRY_CAST alone would make 13 of '12.5' and 1000 of '1e3'
db.execute(f"""
CREATE TEMP TABLE alerts AS
WITH raw AS (SELECT {raw} FROM {scan}),
typed AS (
  SELECT raw.*, try_cast(c0 AS BIGINT) AS alert_id, try_cast(c1 AS BIGINT) AS person_id, {alert('c2')} AS code, c3 AS notes,
    {reporter('c4')} AS source_code, c5 AS source_detail, try_cast(c6 AS INT) AS raised_by, flag(c7) AS tenant_told,
    {trend('c8')} AS trend, {length('c9')} AS length,
    CASE WHEN regexp_matches(c10, '^[+-]?[0-9]+$') THEN try_cast(c10 AS INT) END AS days,
    day(c11) AS start_date, day(c12) AS end_date, day(c13) AS review_date, flag(c14) AS active,
    try_strptime(c15, '%d/%m/%Y %H:%M') AS changed_on, try_cast(c16 AS INT) AS changed_by
  FROM raw),
masked AS (SELECT *, ({mask})::INT AS mask FROM typed)
SELECT {OUTPUT}, mask, CASE WHEN mask <> 0 THEN {cells} END AS cells FROM masked
""")
parquet = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
db.execute(f"COPY (SELECT {OUTPUT} FROM alerts WHERE mask & {ERRORS} = 0) TO '{out}/person_alert.parquet' ({parquet})")
rules = ",".join(
    f"({bit}, '{column}', '{rule}', '{'error' if ERRORS >> bit & 1 else 'warning'}', {COLUMNS.index(column)})"
    for bit, (column, rule, _) in enumerate(RULES)
)
db.execute(f"""COPY (
  WITH repeated AS (
    SELECT person_id, code, start_date, min(rowid) AS first FROM alerts
    WHERE person_id IS NOT NULL AND code IS NOT NULL AND start_date IS NOT NULL GROUP BY ALL HAVING count(*) > 1)
  SELECT alerts.rowid + 1 AS "row", rules.col AS "column", rules.rule, rules.severity, alerts.cells[rules.place + 1] AS value
  FROM alerts JOIN (VALUES {rules}) rules(bit, col, rule, severity, place) ON (alerts.mask >> rules.bit) & 1 = 1 WHERE alerts.mask <> 0
  UNION ALL
  SELECT alerts.rowid + 1, 'Person Ref', 'duplicate', 'warning', alerts.person_id::VARCHAR
  FROM alerts JOIN repeated USING (person_id, code, start_date)
  WHERE alerts.rowid > repeated.first ORDER BY 1, 2, 3) TO '{out}/findings.parquet' ({parquet})""")
rejected = ", ".join(f'cells[{at + 1}] AS "{column}"' for at, column in enumerate(COLUMNS))
db.execute(f"""COPY (SELECT rowid + 1 AS "row", {rejected}
  FROM alerts WHERE mask & {ERRORS} <> 0) TO '{out}/rejected.csv' (HEADER)""")
