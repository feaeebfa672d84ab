#!/usr/bin/env python3
"""The job in Polars: a lazy scan on the streaming engine into a typed frame with a mask of rules.

    polars_job.py INPUT CROSSWALK_FOLDER OUT_FOLDER

Does what duckdb_job.py does. The raw cells of faulty rows are found by a filter, as they are views.
"""

import os
import sys
from datetime import date

os.environ.setdefault("POLARS_MAX_THREADS", os.environ.get("THREADS", "2"))
import polars as pl  # noqa: E402: reads the variable when it is imported

source, crosswalks, out = sys.argv[1:4]
os.makedirs(out, exist_ok=True)
AS_OF = date(2026, 11, 22)
COLUMNS = (
    "Alert Ref,Person Ref,Alert Type,Alert Notes,Reported By,Source Detail,Raised By,Tenant Told,Trend,"
    "Length,Days,Date From,Date To,Review Due,Live,Changed On,Changed By"
).split(",")
col = pl.col


def crosswalk(name):
    """From a trimmed cell to the target of its label."""
    rows = pl.read_csv(f"{crosswalks}/crosswalk_{name}.csv", infer_schema=False)
    targets = dict(zip(rows["value"].str.strip_chars().str.to_lowercase(), rows["target"]))
    return lambda cell: cell.str.to_lowercase().replace_strict(targets, default=None, return_dtype=pl.String)


def trimmed(column):
    text = col(column).str.strip_chars(" ")
    return pl.when(text != "").then(text)


def day(cell):
    return pl.coalesce(cell.str.to_date("%d/%m/%Y", strict=False), cell.str.to_date("%Y-%m-%d", strict=False))


def flag(cell):
    words = {"y": True, "yes": True, "1": True, "true": True, "n": False, "no": False, "0": False, "false": False}
    return cell.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)


def text(cell):
    return cell


def int64(cell):
    return cell.cast(pl.Int64, strict=False)


def int32(cell):
    return cell.cast(pl.Int32, strict=False)


def minute(cell):
    return cell.str.to_datetime("%d/%m/%Y %H:%M", strict=False, time_unit="us")


# in the order of the columns
READERS = {
    "alert_id": int64, "person_id": int64, "code": crosswalk("alert"), "notes": text,
    "source_code": crosswalk("source"), "source_detail": text, "raised_by": int32, "tenant_told": flag,
    "trend": crosswalk("trend"), "length": crosswalk("length"), "days": int32, "start_date": day,
    "end_date": day, "review_date": day, "active": flag, "changed_on": minute, "changed_by": int32,
}  # fmt: skip
RULE_OF = {"code": "unmapped", "source_code": "unmapped", "trend": "enum", "length": "enum"}
# place of the column, rule, condition; the last is a warning, the others are errors
rules = []
for at, name in enumerate(READERS):
    if name in ("person_id", "code", "start_date"):
        rules.append((at, "required", col(f"c{at}").is_null()))
    if name not in ("notes", "source_detail"):
        rules.append((at, RULE_OF.get(name, "type"), col(f"c{at}").is_not_null() & col(name).is_null()))
rules += [
    (10, "range", col("days") <= 0),
    (12, "start_after_end", col("start_date") > col("end_date")),
    (14, "active_ended", col("active") & (col("end_date") < AS_OF)),
    (13, "review_before_start", col("review_date") < col("start_date")),
]
WARNING = 1 << (len(rules) - 1)
bits = [holds.fill_null(False).cast(pl.Int32) * (1 << bit) for bit, (_, _, holds) in enumerate(rules)]

alerts = (
    pl.scan_csv(source, infer_schema=False, row_index_name="row", row_index_offset=1, low_memory=False)
    .with_columns([trimmed(column).alias(f"c{at}") for at, column in enumerate(COLUMNS)])
    .with_columns([read(col(f"c{at}")).alias(name) for at, (name, read) in enumerate(READERS.items())])
    .with_columns(pl.sum_horizontal(bits).cast(pl.Int32).alias("mask"))
    .select("row", *READERS, "mask", *COLUMNS)
    .collect(engine="streaming")
)
accepted = (col("mask") == 0) | (col("mask") == WARNING)
alerts.lazy().filter(accepted).select(*READERS).sink_parquet(
    f"{out}/person_alert.parquet", compression="zstd", compression_level=1
)
faulty = alerts.filter(col("mask") != 0).select("row", "mask", *COLUMNS)
KEY = ("person_id", "code", "start_date")
keys = alerts.lazy().select("row", *KEY).drop_nulls()
repeated = keys.group_by(*KEY).agg(col("row").min().alias("first"), pl.len().alias("n")).filter(col("n") > 1)
repeated = keys.join(repeated.select(*KEY, "first"), on=KEY).filter(col("row") > col("first"))


def findings(rows, column, rule, severity, value):
    return rows.select(
        col("row").cast(pl.Int64), pl.lit(column).alias("column"), pl.lit(rule).alias("rule"),
        pl.lit(severity).alias("severity"), value.alias("value"),
    )  # fmt: skip


duplicates = findings(repeated, "Person Ref", "duplicate", "warning", col("person_id").cast(pl.String))
found = [duplicates.collect(engine="streaming")]
for bit, (at, rule, _) in enumerate(rules):
    severity = "warning" if 1 << bit == WARNING else "error"
    rows = faulty.filter((col("mask") & (1 << bit)) != 0)
    found.append(findings(rows, COLUMNS[at], rule, severity, col(COLUMNS[at])))
pl.concat(found).sort("row", "column", "rule").write_parquet(
    f"{out}/findings.parquet", compression="zstd", compression_level=1
)
faulty.filter(col("mask") != WARNING).select("row", *COLUMNS).write_csv(f"{out}/rejected.csv")
