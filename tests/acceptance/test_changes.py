"""`pac diff`, `pac convert --since` and `pac timeline`, held against what DuckDB finds in the same tables."""

import csv
import json
import random
import subprocess

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import support

OLDER, NEWER = "2026-01-31", "2026-02-28"
HEADER = ["Ref", "Person", "Type", "From", "To", "Live", "Trend", "Note", "Told", "Changed", "By"]
PROFILE = """
[landlord]
name = "Finch Homes"
code = "FINCH"

[input]
date_formats = ["yyyy-mm-dd"]
timestamp_formats = ["yyyy-mm-dd HH:MM"]
timezone = "UTC"

[fields]
person_alert_id = "Ref"
person_id = "Person"
person_alert_code_id = "Type"
start_date = "From"
end_date = "To"
is_active = "Live"
alert_progress = "Trend"
alert_description = "Note"
informed_resident = "Told"
last_updated = "Changed"
updated_by_user_id = "By"

[policy]
absence = "{absence}"
system_user = 9
"""
# Columns that say which alert a row is, or where it comes from, are not compared.
PLACES = {"person_alert_id", "landlord", "source_file", "source_record", "source_alert_ref"}
STAMPS = {"last_updated", "updated_by_user_id"}
TEXTS = {"alert_description", "source_details"}


def exports(home):
    """Two exports a month apart: of 400 alerts some have changed, some are gone, and some are new."""
    draw = random.Random(8)
    older, newer = [], []
    for number in range(400):
        row = {
            "Ref": f"F{number:04}", "Person": str(7000 + number // 2), "Type": draw.choice(["MED1.01", "MED2.04", "COMM1.01"]),
            "From": f"2025-{draw.randint(1, 12):02}-10", "To": "", "Live": "Y", "Trend": draw.choice(["Stable", "Improving", ""]),
            "Note": draw.choice(["", f"rings twice, \"number {number}\""]), "Told": draw.choice(["Y", "N"]),
            "Changed": "2025-12-20 08:00", "By": draw.choice(["11", "12", ""]),
        }  # fmt: skip
        older.append(row)
        row = dict(row)
        match number % 20:
            case 0:
                row |= {"To": "2026-02-01", "Live": "N", "Changed": "2026-02-02 09:30", "By": "14"}
            case 1:
                row["Trend"] = "Deteriorating"
            case 2:
                row["Note"] = "moved to the second floor"
            case 3:
                row["Changed"] = "2026-02-03 10:00"
            case 4 if number % 40 == 4:
                continue
        newer.append(row)
    for number in range(400, 412):
        newer.append(dict(older[number - 395], Ref=f"F{number:04}", By=""))
    draw.shuffle(newer)
    for name, rows in (("older", older), ("newer", newer)):
        with open(home / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADER)
            writer.writeheader()
            writer.writerows(rows)


def pac(*arguments):
    done = subprocess.run([support.PAC, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def convert(home, name, day, out, *more):
    pac("convert", home / f"{name}.csv", "--profile", home / "profile.toml", "--out", home / out, "--as-of", day,
        "--fail-on", "never", "--quiet", *more)  # fmt: skip


@pytest.fixture(scope="module", params=["vanished", "deleted"])
def home(request, tmp_path_factory):
    """Both outputs, what `pac diff` says of them, and the newer one made since the older."""
    home = tmp_path_factory.mktemp(request.param)
    exports(home)
    (home / "profile.toml").write_text(PROFILE.format(absence=request.param), encoding="utf-8")
    convert(home, "older", OLDER, "older")
    convert(home, "newer", NEWER, "newer")
    convert(home, "newer", NEWER, "since", "--since", home / "older")
    for out, more in (("changes", []), ("quoted", ["--quote-text"])):
        pac("diff", home / "older", home / "newer", "--profile", home / "profile.toml", "--out", home / out, "--quiet", *more)
    return home


def rows(sql, *arguments):
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        return connection.execute(sql, list(map(str, arguments))).fetchall()


def events(folder):
    """The events of a history as dictionaries, old and new values read."""
    table = pq.read_table(folder / "person_alert_history.parquet").to_pylist()
    for row in table:
        row["change_timestamp"] = row["change_timestamp"].isoformat()
        for column in ("old_value", "new_value"):
            row[column] = row[column] and json.loads(row[column])
    return table


def total(folder):
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report.get("since", report)["total"]


def joined(home):
    """What a FULL OUTER JOIN of both tables tells: by alert, the fields that differ, before and after."""
    columns = [row[0] for row in rows("describe from read_parquet(?)", home / "older/person_alert.parquet")]
    texts = ", ".join(f"{name}::varchar as {name}" for name in columns)
    sides = ", ".join(f"o.{name}, n.{name}" for name in columns)
    found = rows(
        f"""select {sides} from (select {texts} from read_parquet(?)) o
            full outer join (select {texts} from read_parquet(?)) n on o.person_alert_id = n.person_alert_id""",
        home / "older/person_alert.parquet", home / "newer/person_alert.parquet",
    )  # fmt: skip
    changes = {}
    for row in found:
        old, new = dict(zip(columns, row[0::2])), dict(zip(columns, row[1::2]))
        alert = int(old["person_alert_id"] or new["person_alert_id"])
        if None in (old["person_alert_id"], new["person_alert_id"]):
            action = "INSERT" if old["person_alert_id"] is None else "DELETE"
            filled = {name: value for name, value in (new if action == "INSERT" else old).items() if value is not None}
            values = {name: value for name, value in filled.items() if name not in PLACES | STAMPS}
            changes[alert] = (action, {}, values) if action == "INSERT" else (action, values, {})
            continue
        differs = [name for name in columns if name not in PLACES and old[name] != new[name]]
        own = [name for name in differs if name not in STAMPS] or differs
        if own:
            changes[alert] = ("UPDATE", {name: old[name] for name in own}, {name: new[name] for name in own})
    return changes


def as_text(values):
    """Values of a history as DuckDB writes them."""
    word = lambda value: None if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    shown = lambda name, value: value.replace("T", " ").replace("Z", "+00") if value and name == "last_updated" else value
    return {name: shown(name, word(value)) for name, value in (values or {}).items()}


def test_the_schema_is_that_of_the_standard(home):
    schema = pq.read_schema(home / "changes/person_alert_history.parquet")
    assert [(field.name, field.type) for field in schema] == [
        ("person_alert_history_id", pa.int64()),
        ("person_alert_id", pa.int64()),
        ("action_type", pa.string()),
        ("changed_by_user_id", pa.int64()),
        ("change_timestamp", pa.timestamp("us", tz="UTC")),
        ("change_summary", pa.string()),
        ("old_value", pa.string()),
        ("new_value", pa.string()),
        ("reason_for_change", pa.string()),
    ]
    needed = ["person_alert_history_id", "person_alert_id", "action_type", "changed_by_user_id", "change_timestamp"]
    for name in needed:
        assert rows(f"select count(*) from read_parquet(?) where {name} is null", home / "since/person_alert_history.parquet") == [(0,)]
    assert schema.equals(pq.read_schema(home / "newer/person_alert_history.parquet"))


def test_values_are_json_objects_of_fields_of_the_alert(home):
    fields = set(pq.read_schema(home / "older/person_alert.parquet").names)
    sql = """select count(*) from read_parquet(?)
             where not coalesce(json_valid(old_value), true) or not coalesce(json_valid(new_value), true)
                or coalesce(json_type(old_value), 'OBJECT') <> 'OBJECT' or coalesce(json_type(new_value), 'OBJECT') <> 'OBJECT'"""
    assert rows(sql, home / "since/person_alert_history.parquet") == [(0,)]
    for event in events(home / "since"):
        old, new = event["old_value"], event["new_value"]
        assert (old is None, new is None) == {"INSERT": (True, False), "UPDATE": (False, False), "DELETE": (False, True)}[event["action_type"]]
        assert set(old or {}) | set(new or {}) <= fields - PLACES
        if event["action_type"] == "UPDATE":
            assert list(old) == list(new)
            assert all(old[name] != new[name] or name in TEXTS for name in old)


def test_a_full_outer_join_finds_the_same_events(home):
    deletes = home.name.startswith("deleted")
    expected = {alert: change for alert, change in joined(home).items() if deletes or change[0] != "DELETE"}
    found = events(home / "quoted")
    own = {event["person_alert_id"]: (event["action_type"], as_text(event["old_value"]), as_text(event["new_value"])) for event in found}
    assert len(own) == len(found)
    assert own == expected
    # of every twenty alerts four have changed; one of forty is gone
    assert {action: sum(change[0] == action for change in own.values()) for action in ("INSERT", "UPDATE", "DELETE")} == {
        "INSERT": 12, "UPDATE": sum(change[0] == "UPDATE" for change in expected.values()), "DELETE": 10 * deletes,
    }  # fmt: skip
    assert 60 < sum(change[0] == "UPDATE" for change in own.values()) <= 80


def test_time_and_user_are_the_sources_own_where_it_names_them(home):
    shown = "strftime({}.last_updated, '%Y-%m-%dT%H:%M:%S+00:00')"
    times = {row[0]: row[1:] for row in rows(
        f"""select n.person_alert_id, {shown.format("o")}, {shown.format("n")}, n.updated_by_user_id
           from read_parquet(?) n left join read_parquet(?) o using (person_alert_id)""",
        home / "newer/person_alert.parquet", home / "older/person_alert.parquet")}  # fmt: skip
    for event in events(home / "changes"):
        before, now, user = times.get(event["person_alert_id"], (None, None, None))
        moved = now is not None and (before is None or before < now) and event["action_type"] != "DELETE"
        assert event["change_timestamp"] == (now if moved else f"{NEWER}T00:00:00+00:00")
        assert event["changed_by_user_id"] == (user or 9 if event["action_type"] != "DELETE" else 9)
        assert event["change_summary"].endswith("(dated by last_updated)" if moved else f"(dated as of {NEWER})")


def test_counts_are_those_of_the_ledger(home):
    for folder, later in (("changes", 0), ("since", 400)):
        counts, found = total(home / folder), events(home / folder)
        of = lambda action: sum(event["action_type"] == action for event in found)
        assert of("INSERT") == counts["inserted"] + counts["revived"] + later
        assert (of("UPDATE"), of("DELETE")) == (counts["updated"], counts["deleted"])
        vanished = rows("select count(*) from read_csv(?, header = true, all_varchar = true)", home / folder / "vanished.csv")
        assert vanished == [(counts["vanished"],)]
        assert counts["deleted"] + counts["vanished"] == 10
        before = counts["unchanged"] + counts["updated"] + counts["deleted"] + counts["vanished"]
        assert before == 400
        assert counts["unchanged"] + counts["updated"] + counts["inserted"] == 402
        assert len({event["person_alert_history_id"] for event in found}) == len(found)
    assert counts["touched"] == sum(
        set(event["new_value"]) <= STAMPS for event in events(home / "changes") if event["action_type"] == "UPDATE"
    )


def test_a_run_since_has_the_same_events_behind_a_beginning_for_each_alert(home):
    carried, own = events(home / "since"), events(home / "changes")
    assert carried[400:] == own
    assert all(event["action_type"] == "INSERT" and event["change_summary"].startswith("in the first export") for event in carried[:400])
    resolves = "select count(*) from read_parquet(?) anti join read_parquet(?) using (person_alert_id)"
    assert rows(resolves, home / "since/person_alert_history.parquet", home / "since/person_alert.parquet") == [(0,)]
    assert rows("select count(*) from read_parquet(?)", home / "since/person_alert.parquet") == [(412,)]


def test_done_again_a_run_since_adds_nothing(home):
    convert(home, "newer", NEWER, "again", "--since", home / "since")
    assert events(home / "again") == events(home / "since")
    same = "select count(*) from (from read_parquet(?) except all from read_parquet(?))"
    for first, second in (("again", "since"), ("since", "again")):
        assert rows(same, home / first / "person_alert.parquet", home / second / "person_alert.parquet") == [(0,)]


def test_a_timeline_tells_what_the_history_holds(home):
    for alert in ("F0000", "F0001", "F0004", "F0400"):
        (life,) = json.loads(pac("timeline", home / "since", "--alert", alert, "--format", "json"))
        told = [(event["time"], event["action"], event["user"], event["old_value"], event["new_value"]) for event in life["events"]]
        assert told == rows(
            """select strftime(change_timestamp, '%Y-%m-%dT%H:%M:%SZ'), action_type, changed_by_user_id, old_value, new_value
               from read_parquet(?) join read_parquet(?) using (person_alert_id) where source_alert_ref = ?
               order by change_timestamp""",
            home / "since/person_alert_history.parquet", home / "since/person_alert.parquet", alert,
        )  # fmt: skip
        text = pac("timeline", home / "since", "--alert", alert)
        assert text.startswith("this shows what is held about people")
        assert text.count("\n    after ") + text.count("\n    before") >= len(told)
    both = json.loads(pac("timeline", home / "since", "--person", "7000", "--format", "json"))
    assert sorted(life["source_alert_ref"] for life in both) == ["F0000", "F0001"]


def test_no_free_text_is_told_that_nobody_has_asked_for(home):
    out = pac("diff", home / "older", home / "newer", "--profile", home / "profile.toml", "--out", home / "said")
    said = [out, *((home / "said" / name).read_text(encoding="utf-8") for name in ("report.json", "vanished.csv"))]
    said += [json.dumps(events(home / "said"))]
    for text in said:
        assert "rings twice" not in text and "second floor" not in text
    for text in (out, said[1]):
        assert "F00" not in text and "700" not in text
    assert "second floor" in json.dumps(events(home / "quoted"))
