#!/usr/bin/env python3
"""Makes two exports of one landlord, a month apart, of which 3 % of the alerts differ: 2 % have changed,
0.5 % are gone, 0.5 % are new.

    diff_exports.py --rows N [--seed S] --folder FOLDER

Writes FOLDER/older.csv, as generate.py makes it without faults, and FOLDER/newer.csv. Which alerts differ,
and in what, follows from a hash of their references.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
# Of 1000 alerts: closed, reviewed, noted, recoded, gone, and those of which a new one is made.
CLOSED, REVIEWED, NOTED, RECODED, GONE, COPIED = 8, 14, 18, 20, 25, 30


def main():
    arguments = argparse.ArgumentParser(description="Makes two exports of one landlord.")
    arguments.add_argument("--rows", type=int, required=True)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--folder", type=Path, required=True)
    wish = arguments.parse_args()
    older, newer = wish.folder / "older.csv", wish.folder / "newer.csv"
    generate = [sys.executable, HERE / "generate.py", "--rows", wish.rows, "--seed", wish.seed, "--faults", 0, "--out", older]
    subprocess.run([str(word) for word in generate], check=True)
    with open(older, encoding="utf-8") as file:
        columns = file.readline().rstrip().split(",")
    types = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in columns) + "}"
    changed = {
        "Date To": f"CASE WHEN part < {CLOSED} THEN '22/12/2026' ELSE \"Date To\" END",
        "Live": f"CASE WHEN part < {CLOSED} THEN 'N' ELSE \"Live\" END",
        "Changed On": f"CASE WHEN part < {REVIEWED} THEN '05/12/2026 10:30' ELSE \"Changed On\" END",
        "Changed By": f"CASE WHEN part < {REVIEWED} THEN '77' ELSE \"Changed By\" END",
        "Review Due": f"CASE WHEN part BETWEEN {CLOSED} AND {REVIEWED - 1} THEN '01/06/2027' ELSE \"Review Due\" END",
        "Alert Notes": f"CASE WHEN part BETWEEN {REVIEWED} AND {NOTED - 1} THEN concat(\"Alert Notes\", ' rang again') ELSE \"Alert Notes\" END",
        "Alert Type": f"CASE WHEN part BETWEEN {NOTED} AND {RECODED - 1} THEN 'asthma' ELSE \"Alert Type\" END",
    }
    select = lambda others: ", ".join(f"{others.get(name, chr(34) + name + chr(34))} AS \"{name}\"" for name in columns)
    # no reference of the older export is as long
    copied = {"Alert Ref": "(\"Alert Ref\"::BIGINT + 1000000000)::VARCHAR", "Changed On": "'10/12/2026 09:00'", "Changed By": "''"}
    duckdb.sql(f"""COPY (
      WITH alerts AS (
        SELECT *, hash("Alert Ref") % 1000 AS part
        FROM read_csv('{older}', columns={types}, header=true, delim=',', quote='"', escape='"', auto_detect=false))
      SELECT {select(changed)} FROM alerts WHERE part NOT BETWEEN {RECODED} AND {GONE - 1}
      UNION ALL
      SELECT {select(copied)} FROM alerts WHERE part BETWEEN {GONE} AND {COPIED - 1}
    ) TO '{newer}' (HEADER, DELIMITER ',', QUOTE '"')""")


if __name__ == "__main__":
    main()
