#!/usr/bin/env python3
"""Tells whether histories hold the same events but for their keys, in whatever order.

    diff_content.py FOLDER...

Prints the number of events by action, and an order-free hash of all that they say. Exits with 1 where they
differ.
"""

import sys

import duckdb

db = duckdb.connect()
db.execute("SET timezone = 'UTC'")
SAID = "person_alert_id, action_type, changed_by_user_id, epoch_us(change_timestamp), change_summary, old_value, new_value, reason_for_change"


def content(folder):
    query = f"SELECT action_type, count(*), sum(hash({SAID})) FROM '{folder}/person_alert_history.parquet' GROUP BY 1 ORDER BY 1"
    return db.execute(query).fetchall()


if __name__ == "__main__":
    contents = {folder: content(folder) for folder in sys.argv[1:]}
    for folder, found in contents.items():
        print(f"{folder}: " + ", ".join(f"{count} {action} {hashed}" for action, count, hashed in found))
    sys.exit(any(found != next(iter(contents.values())) for found in contents.values()))
