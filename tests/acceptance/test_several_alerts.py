"""Records that state several alerts: counts worked out by hand, and rejects of single alerts mended."""

import csv
import io

import pytest

import support


def convert(tmp_path, name, case, data=None):
    folder = support.FIXTURES / case
    path = folder / "input.csv"
    if data is not None:
        path = tmp_path / f"{name}.csv"
        path.write_text(data, newline="")
    return support.convert(tmp_path / name, [path], folder / "profile.toml")


def mended(run, changes):
    """The rejects with cells changed, by its first cell."""
    rows = list(csv.reader(io.StringIO(run.rejects().read_text(), newline="")))
    for mark, column, value in changes:
        (row,) = [row for row in rows[1:] if row[0] == mark]
        row[rows[0].index(column)] = value
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def codes(run):
    rows = run.query(
        "select source_record, alert_subcode from {person_alert} "
        "join {person_alert_codes} using (person_alert_code_id)"
    )
    return sorted(rows)


def test_flags(tmp_path):
    run = convert(tmp_path, "first", "fernleigh_wide")
    assert codes(run) == [
        (1, "RISK5.01"),
        (1, "RISK5.04"),
        (2, "RISK3.03"),
        (4, "COMM1.11"),
        (5, "RISK3.03"),
        (6, "RISK5.01"),
        (6, "RISK5.04"),
        (9, "MED2.01"),
        (9, "RISK2.04"),
        (9, "RISK5.01"),
        (9, "RISK5.04"),
    ]
    ledger = run.ledger
    assert (ledger["records_with_alerts"], ledger["records_without_alerts"]) == (7, 2)
    assert (ledger["emitted"], ledger["rejected"], ledger["review"]) == (11, 3, 1)
    (report,) = run.report["inputs"]
    oxygen = {flag["column"]: flag for flag in report["flags"]}["OXYGEN"]
    counted = {"yes": 3, "no": 2, "refused": 1, "unknown": 1, "not_asked": 1}
    assert oxygen == {"column": "OXYGEN", **counted, "blank": 0, "unreadable": 1}


def test_a_flag_has_its_own_date_or_that_of_the_row(tmp_path):
    run = convert(tmp_path, "first", "fernleigh_wide")
    rows = run.query(
        "select source_record, start_date::text from {person_alert} "
        "join {person_alert_codes} using (person_alert_code_id) where alert_subcode = 'RISK5.01'"
    )
    assert sorted(rows) == [(1, "2023-06-05"), (6, "2024-03-01"), (9, "2022-12-12")]


def test_values_of_one_cell(tmp_path):
    run = convert(tmp_path, "first", "larkhill_multivalued")
    assert codes(run) == [
        (1, "AGE1.07"),
        (1, "MED7.10"),
        (2, "RISK5.01"),
        (2, "RISK5.04"),
        (3, "RISK5.04"),
        (4, "AGE1.07"),
        (6, "RISK2.02"),
        (6, "SAF3.03"),
        (7, "SAF1.01"),
        (10, "RISK2.04"),
        (11, "RISK2.04"),
    ]
    ledger = run.ledger
    assert (ledger["candidates"], ledger["merged"], ledger["rejected"]) == (19, 2, 6)
    terms = run.query(
        "select source_record, alert_duration_type from {person_alert} "
        "where alert_duration_type is not null"
    )
    # What the row of the crosswalk sets fills an empty cell, and gives way to the record's own word.
    assert sorted(terms) == [(10, "Temporary"), (11, "Long Term")]


MENDED = {
    "fernleigh_wide": (
        [("F1005", "OXYGEN", "Y"), ("", "TENANT", "F1007")],
        # OXYGEN stands for two codes, and both are converted; DOG of F1005 went through before.
        {"emitted": 3, "rejected": 1, "merged": 0},
    ),
    "larkhill_multivalued": (
        [("L1", "Needs", "14|22|26"), ("L4", "Needs", "14; 14; 22"), ("L12", "Person", "512")],
        {"emitted": 4, "rejected": 2, "merged": 0},
    ),
}


@pytest.mark.parametrize("case", MENDED)
def test_only_what_was_rejected_is_converted_again(tmp_path, case):
    changes, expected = MENDED[case]
    first = convert(tmp_path, "first", case)
    again = first.rejects().read_text()
    untouched = convert(tmp_path, "untouched", case, again)
    assert untouched.ledger["emitted"] == 0
    assert untouched.ledger["rejected"] == first.ledger["rejected"]
    unchanged = list(csv.DictReader(io.StringIO(again, newline="")))
    rows = list(csv.DictReader(io.StringIO(untouched.rejects().read_text(), newline="")))
    assert [row["pac_alerts"] for row in rows] == [row["pac_alerts"] for row in unchanged]

    second = convert(tmp_path, "second", case, mended(first, changes))
    assert {name: second.ledger[name] for name in expected} == expected
    keys = [alert["person_alert_id"] for run in (first, second) for alert in run.alerts()]
    assert len(keys) == len(set(keys))


HEADER = "Ref,Person,Since,Needs,Notes,Role,Term,pac_alerts,pac_rejected\r\n"


@pytest.mark.parametrize("needs, names", [("14|22", "Wishes #2 of 2"), ("14|22", "Needs #2 of 3")])
def test_a_name_that_is_none_of_the_records_converts_nothing(tmp_path, needs, names):
    record = f"L1,501,2024-01-10,{needs},,,,{names},PAC202 old\r\n"
    run = convert(tmp_path, "first", "larkhill_multivalued", HEADER + record)
    assert (run.ledger["emitted"], run.ledger["rejected"]) == (0, 2)
    assert "PAC207" in {rule["rule"] for rule in run.report["findings"]["rules"]}
    (row,) = csv.DictReader(io.StringIO(run.rejects().read_text(), newline=""))
    assert row["pac_alerts"] == names


PROFILE = """
[landlord]
name = "Same"
code = "SAM"
[fields]
person_id = "p"
start_date = "s"
[[alerts]]
person_alert_code_id = "c"
[[alerts]]
person_alert_code_id = { column = "c", crosswalk = "own" }
[flags]
"c #2" = "RISK5.01"
[crosswalks.own]
values = { "MED1.01" = { status = "review" } }
"""


def test_statements_that_read_one_column_are_told_apart(tmp_path):
    profile = tmp_path / "profile.toml"
    profile.write_text(PROFILE)
    export = tmp_path / "export.csv"
    export.write_text("p,s,c,c #2\n1,2024-01-01,MED1.01,Y\n")
    first = support.convert(tmp_path / "first", [export], profile)
    assert (first.ledger["emitted"], first.ledger["review"]) == (2, 1)
    again = support.convert(tmp_path / "again", [first.rejects()], profile)
    assert (again.ledger["emitted"], again.ledger["review"]) == (0, 1)
