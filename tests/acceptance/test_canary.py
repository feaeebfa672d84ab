"""A canary in every input cell, in each shape of export: each alone in a record that is otherwise good, and all
together. None is told by anything but the owner's own files."""

import csv
import io
import json
import subprocess

import openpyxl
import pytest

from support import AS_OF, PAC
from test_privacy import MARK, told

HEAD = '[landlord]\nname = "Example"\ncode = "EX"\n'
LONG = {
    "Ref": "A1", "Person": "17", "Type": "MED1.01", "From": "2024-01-01", "To": "", "Review": "2027-01-01",
    "Source": "GP", "Partner": "5", "Told": "Y", "Trend": "Stable", "Length": "Long Term", "Days": "7", "Live": "Y",
    "Status": "Open", "Changed": "2024-01-02T03:04:05Z", "Level": "Private", "Special": "HEALTH", "Notes": "", "Who": "8",
    "Other": "",
}
FIELDS = HEAD + """{input}[fields]
person_alert_id = "Ref"
person_id = "Person"
person_alert_code_id = {{ column = "Type", crosswalk = "types" }}
start_date = "From"
end_date = "To"
review_date = "Review"
source_type_id = "Source"
organisation_id = "Partner"
informed_resident = "Told"
alert_progress = "Trend"
alert_duration_type = "Length"
alert_duration = "Days"
is_active = "Live"
alert_status = "Status"
last_updated = "Changed"
confidentiality_level = "Level"
special_category_data_id = "Special"
alert_description = "Notes"
updated_by_user_id = "Who"
[crosswalks.types.values]
"MED1.01" = "MED1.01"
"""
WIDE = {
    "TENANT": "F1", "AS AT": "2024-03-01", "OXYGEN": "Y", "SINCE": "2023-06-05", "DOG": "N", "NOTE": "",
    "TWO UP": "N", "ALLERGY": "N",
}
WIDE_PROFILE = HEAD + """[fields]
person_id = "TENANT"
start_date = "AS AT"
[flag_words]
refused = ["REF"]
[flags]
"OXYGEN" = { target = ["RISK5.01", "RISK5.04"], start_date = { column = "SINCE", or = "AS AT" } }
"DOG" = { target = "RISK3.03", alert_description = "NOTE" }
"TWO UP" = { status = "review", note = "a control measure" }
"ALLERGY" = "MED2.01"
"""
MULTI = {"Ref": "L1", "Person": "501", "Since": "2024-01-10", "Needs": "14|26", "Notes": "CV shouts", "Role": "", "Term": ""}
MULTI_PROFILE = HEAD + """[fields]
source_alert_ref = "Ref"
person_id = "Person"
start_date = "Since"
alert_duration_type = "Term"
person_alert_code_id = { column = "Needs", split = ["|"], crosswalk = "needs" }
[[alerts]]
person_alert_code_id = { column = "Notes", split = [";"], code_ends_at = [" "], crosswalk = "notes" }
alert_description = "Notes"
[crosswalks.needs.values]
"14" = "AGE1.07"
"26" = "RISK5.01"
"DV" = [{ when = { Role = ["survivor"] }, target = "SAF1.01" }, { when = { Role = "other" }, status = "gap", note = "none" }]
[crosswalks.notes.values]
"CV" = "RISK2.02"
"""
LOG = {
    "LogNo": "1", "Alert": "A1", "Action": "U", "Who": "12", "When": "2024-06-05T10:30:00Z", "What": "",
    "Before": '{"alert_progress":"Stable"}', "After": '{"alert_progress":"Improving"}', "Why": "",
}
LOG_PROFILE = FIELDS.format(input="") + """[history.fields]
person_alert_history_id = "LogNo"
person_alert_id = "Alert"
action_type = "Action"
changed_by_user_id = "Who"
change_timestamp = "When"
change_summary = "What"
old_value = "Before"
new_value = "After"
reason_for_change = "Why"
"""
LISTED_PROFILE = FIELDS.format(input="") + """[persons]
key = "Tenant"
id = "person_id"
date_of_birth = "born"
[organisations]
key = "Name"
id = "Number"
"""


def records(good, keys):
    """A good record, one for each cell with the canary in it, and one of canaries alone; keys differ."""
    bad = [{**good, name: f"{MARK} {at}"} for at, name in enumerate(good)]
    all_bad = [{name: f"{MARK}-{at}" for at, name in enumerate(good)}]
    mixed = [{**good, name: f"{value}{MARK}"} for name, value in good.items()]
    rows = [good, *bad, *all_bad, *mixed]
    for at, row in enumerate(rows):
        for key in keys:
            if MARK not in row[key]:
                row[key] = row[key].rstrip("0123456789") + str(1000 + at) if at else row[key]
    return rows


def text(rows, delimiter=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue() + f"{MARK}{delimiter}{MARK}\r\n"


def sheet(rows):
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def long_rows():
    return records(LONG, ["Ref", "Person"])


def nested():
    people = [{"who": row["Person"], "seen": MARK, "alerts": [row, {**row, f"{MARK} Name": MARK}]} for row in long_rows()]
    return json.dumps({"people": people}).encode()


def shapes():
    plain = FIELDS.format(input="")
    path = FIELDS.format(input='[input]\nrecords = "/people/*/alerts/*"\n')
    persons = text([{"Tenant": f"{MARK}-1", "person_id": "1", "born": f"{MARK}"}, {"Tenant": "17", "person_id": f"{MARK}", "born": ""}])
    partners = text([{"Name": f"{MARK}", "Number": "1"}, {"Name": "5", "Number": f"{MARK}"}])
    log = text(records(LOG, ["LogNo"]))
    yield "long", plain, text(long_rows()).encode(), {}
    yield "semicolons", plain, text(long_rows(), ";").encode("cp1252"), {}
    yield "utf-16", plain, text(long_rows(), "\t").encode("utf-16"), {}
    yield "ndjson", plain, "\n".join(map(json.dumps, long_rows())).encode(), {}
    yield "array", plain, json.dumps(long_rows()).encode(), {}
    yield "nested", path, nested(), {}
    yield "sheet", plain, sheet(long_rows()), {}
    yield "wide", WIDE_PROFILE, text(records(WIDE, ["TENANT"])).encode(), {}
    yield "multi", MULTI_PROFILE, text(records(MULTI, ["Ref", "Person"])).encode(), {}
    yield "log", LOG_PROFILE, text(long_rows()).encode(), {"--history": log}
    yield "listed", LISTED_PROFILE, text(long_rows()).encode(), {"--persons": persons, "--organisations": partners}


SHAPES = {name: (profile, export, beside) for name, profile, export, beside in shapes()}
# A list of persons that cannot be read stops the run, which must not quote it.
STOPPED = {"listed"}


@pytest.mark.parametrize("name", SHAPES)
def test_no_cell_is_told(tmp_path, name):
    profile, export, beside = SHAPES[name]
    mapping, source, out = tmp_path / "profile.toml", tmp_path / "export", tmp_path / "out"
    mapping.write_text(profile, encoding="utf-8")
    source.write_bytes(export)
    arguments = ["--profile", mapping, "--as-of", AS_OF]
    for at, (option, content) in enumerate(beside.items()):
        (tmp_path / f"beside{at}").write_text(content, encoding="utf-8")
        arguments += [option, tmp_path / f"beside{at}"]
    commands = [
        ["check", source, *arguments],
        ["check", source, *arguments, "--format", "json"],
        ["convert", source, *arguments, "--out", out],
        ["report", out],
        ["report", out, "--format", "json"],
        ["report", out, "--share"],
        ["report", out, out, "--to", out / "comparison.html"],
    ]
    for command in commands:
        done = subprocess.run([PAC, *map(str, command)], capture_output=True, check=False)
        if name not in STOPPED:
            assert done.returncode in (0, 1), done.stderr
        for place, content in told(out, done):
            assert MARK.encode() not in content.lower(), (command[0], place)
    if name not in STOPPED:
        ledger = json.loads((out / "report.json").read_text(encoding="utf-8"))["ledger"]["total"]
        assert ledger["emitted"] and ledger["rejected"], "the canaries must reach the rules"
