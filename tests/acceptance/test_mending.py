"""Rejects are mended in place and sent in again with the same profile: no alert is lost or doubled."""

import csv
import io
import json

import pytest

import support


def profile(case):
    return support.FIXTURES / case / "profile.toml"


def convert_again(case, first, tmp_path, mended):
    """Converts mended rejects; both runs together must hold no alert twice."""
    path = tmp_path / first.rejects().name
    path.write_bytes(mended)
    second = support.convert(tmp_path / "again", [path], profile(case))
    keys = [alert["person_alert_id"] for run in (first, second) for alert in run.alerts()]
    assert len(keys) == len(set(keys))
    assert second.ledger["merged"] == 0
    return second


class Table:
    """Rejects of delimited text."""

    def __init__(self, data, bom, encoding, delimiter, ending):
        self.bom, self.encoding, self.delimiter, self.ending = bom, encoding, delimiter, ending
        text = data.removeprefix(bom).decode(encoding)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        self.header, *self.rows = rows
        assert self.header[-1] == "pac_rejected"

    def place(self, column):
        return self.header.index(column)

    def row(self, column, value):
        (found,) = [row for row in self.rows if row[self.place(column)] == value]
        return found

    def mend(self, row, cells):
        for column, value in cells.items():
            row[self.place(column)] = value

    def bytes(self):
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.ending)
        writer.writerows([self.header, *self.rows])
        return self.bom + text.getvalue().encode(self.encoding)


OAKFIELD = {
    "A1011": {"Visibility": "Staff only"},
    "A1019": {"Person No": "40131"},
    "A1021": {"Person No": "40132"},
    "A1022": {"Start Date": "01/05/2024"},
    "A1023": {"Start Date": "29/02/2024"},
    "A1024": {"End Date": "02/05/2025"},
    "A1025": {"Review Date": "10/02/2026"},
    "A1027": {"Days": "180"},
    "A1029": {"Progress": "Stable"},
    "A1030": {"Resident Told": "N"},
    "A1033": {"Alert Type": "Large print"},
}
OAKFIELD_LEFT = ["A1012", "A1013", "A1014", "A1015", "A1016", "A1017", "A1020"]


def test_oakfield(outputs, tmp_path):
    first = outputs["oakfield_csv"]
    rejects = Table(first.rejects().read_bytes(), b"", "utf-8", ",", "\n")
    for ref, cells in OAKFIELD.items():
        rejects.mend(rejects.row("Alert Ref", ref), cells)
    ragged = rejects.row("Alert Ref", "A1034")
    # The note has a comma and no quotes: two cells that are one.
    ragged[3:5] = [",".join(ragged[3:5])]
    second = convert_again("oakfield_csv", first, tmp_path, rejects.bytes())

    assert sorted(alert["source_alert_ref"] for alert in second.alerts()) == sorted(
        [*OAKFIELD, "A1034"]
    )
    left = Table(second.rejects().read_bytes(), b"", "utf-8", ",", "\n")
    assert [row[0] for row in left.rows] == OAKFIELD_LEFT
    untouched = [row for row in rejects.rows if row[0] in OAKFIELD_LEFT]
    assert left.rows == untouched

    with support.inputs("oakfield_csv")[0].open(encoding="utf-8", newline="") as file:
        refs = [row["Alert Ref"] for row in csv.DictReader(file) if row["Alert Ref"]]
    # A1001 stands in the export twice, and A1018 is about a key safe and no alert.
    refs.remove("A1001")
    refs.remove("A1018")
    held = [alert["source_alert_ref"] for run in (first, second) for alert in run.alerts()]
    assert sorted(held + OAKFIELD_LEFT) == sorted(refs)


def test_riverside(outputs, tmp_path):
    first = outputs["riverside_pipe"]
    bom = b"\xef\xbb\xbf"
    rejects = Table(first.rejects().read_bytes(), bom, "windows-1252", "|", "\r\n")
    # The last line says how many rows there are, is nobody's alert, and nothing to mend.
    assert first.ledger["records_skipped"] == 1
    assert not [row for row in rejects.rows if row[0].startswith("--")]
    visit = rejects.row("NOTES", "see file")
    rejects.mend(visit, {"ALERT_DESC": "Dangerous dog", "DATE_FROM": "01/02/2021"})
    evacuation = rejects.row("PERSON_REF", "P000126")
    # a code to a home must not stay in a note
    moved = {
        "ALERT_DESC": "Respiratory – COPD",
        "DATE_FROM": "13-Jan-2023",
        "NOTES": "Key safe, ask the office",
    }
    rejects.mend(evacuation, moved)
    second = convert_again("riverside_pipe", first, tmp_path, rejects.bytes())

    notes = sorted(alert["alert_description"] for alert in second.alerts())
    assert notes == ["Key safe, ask the office", "see file"]
    left = Table(second.rejects().read_bytes(), bom, "windows-1252", "|", "\r\n")
    assert left.rows == [row for row in rejects.rows if row not in (visit, evacuation)]
    assert len(left.rows) == 4
    assert first.ledger["emitted"] + second.ledger["emitted"] + len(left.rows) == 10


HARBOUR = {
    "05": ("00000000-0000-0000-0000-000000000000", "0c7a1d9e-3f52-4b8e-8a55-1f2e3d4c5b10"),
    "06": ('"start":"2025-02-', '"start":"2025-02-11"},"active":true}'),
    "07": ('"active":true,"active":false,', '"active":false,'),
    "10": ('"start":null', '"start":"2024-03-01"'),
    "11": ('"person":null', '"person":{"id":"0c7a1d9e-3f52-4b8e-8a55-1f2e3d4c5b11"}'),
    "13": ('"Public"', '"Confidential"'),
}
HARBOUR_LEFT = ["03", "14", "12"]


def number(line):
    """The last two digits of the alert's key, which comes first even where the object is broken."""
    return line.split('"', 4)[3][-2:]


def test_harbour(outputs, tmp_path):
    first = outputs["harbour_ndjson"]
    lines = first.rejects().read_text(encoding="utf-8").splitlines()
    assert sorted(map(number, lines)) == sorted([*HARBOUR, *HARBOUR_LEFT])
    mended = []
    for line in lines:
        wrong, right = HARBOUR.get(number(line), ("", ""))
        assert wrong in line
        mended.append(line.replace(wrong, right) if wrong else line)
    text = "".join(line + "\n" for line in mended)
    second = convert_again("harbour_ndjson", first, tmp_path, text.encode())

    refs = sorted(alert["source_alert_ref"][-2:] for alert in second.alerts())
    assert refs == sorted(HARBOUR)
    left = second.rejects().read_text(encoding="utf-8").splitlines()
    assert left == [line for line in lines if number(line) in HARBOUR_LEFT]
    # 04 is about a support dog, which is no alert.
    held = [alert["source_alert_ref"][-2:] for run in (first, second) for alert in run.alerts()]
    assert sorted(held + HARBOUR_LEFT + ["04"]) == [f"{place:02}" for place in range(1, 15)]


def test_meadow_after_a_programme_has_rewritten_it(outputs, tmp_path):
    """Programmes that write JSON lay it out anew, and put new members behind the reason."""
    first = outputs["meadow_json"]
    records = json.loads(first.rejects().read_text(encoding="utf-8"))
    hoarding, abuse, footer = records
    assert footer == "export finished"
    assert hoarding["code"] == "RISK1.04"
    abuse["source"] = "OTH"
    hoarding["seen_by"] = "M. Example"
    mended = json.dumps([hoarding, abuse], indent=2)
    second = convert_again("meadow_json", first, tmp_path, mended.encode())
    assert [alert["source_alert_ref"] for alert in second.alerts()] == ["7005"]
    (left,) = json.loads(second.rejects().read_text(encoding="utf-8"))
    assert left == hoarding


BROOKSIDE = {"01", "02", "03", "04", "05", "06", "07"}


def test_brookside_with_alerts_within_persons(outputs, tmp_path):
    """Each reject comes with the person around it, and goes back as it is."""
    first = outputs["brookside_odata"]
    document = json.loads(first.rejects().read_text(encoding="utf-8"))
    nothing, single, visit, february = document["value"]
    assert [person["contactid"][-4:] for person in document["value"]] == ["1103", "1105", "1106", "1106"]
    assert nothing["bro_alerts"] == [None]
    nothing["bro_alerts"] = []
    single["bro_alerts"] = [single["bro_alerts"]]
    (alert,) = visit["bro_alerts"]
    assert alert["pac_rejected"].startswith("review: PAC223")
    alert["bro_type@OData.Community.Display.V1.FormattedValue"] = "Asthma"
    (alert,) = february["bro_alerts"]
    alert["bro_from"] = "2024-02-29"
    second = convert_again("brookside_odata", first, tmp_path, json.dumps(document).encode())
    assert second.ledger["rejected"] + second.ledger["records_unreadable"] == 0

    alerts = [(run, alert) for run in (first, second) for alert in run.alerts()]
    assert {alert["source_alert_ref"][-2:] for _, alert in alerts} == BROOKSIDE
    assert len(alerts) == len(BROOKSIDE)
    # 05 and 06 are alerts of one person, and their officer is a member of that person.
    persons = {alert["source_alert_ref"][-2:]: alert["person_id"] for _, alert in alerts}
    assert persons["01"] == persons["02"] and persons["05"] == persons["06"]
    assert len(set(persons.values())) == 5
    officers = {alert["source_alert_ref"][-2:]: alert["updated_by_user_id"] for _, alert in alerts}
    assert officers["06"] == "412" and officers["04"] is None


def test_quayside_with_alerts_within_events(outputs, tmp_path):
    first = outputs["quayside_events"]
    lines = first.rejects().read_text(encoding="utf-8").splitlines()
    date, broken, nobody = lines
    mended = [
        date.replace("2025-06-31", "2025-06-30"),
        broken + 'ma","since":"2025-09-03"},{"ref":"Q11","kind":"Asthma","since":"2025-09-03"}]}',
        nobody.replace('"tenant":null', '"tenant":{"key":"T-2008"}'),
    ]
    second = convert_again("quayside_events", first, tmp_path, "\n".join(mended).encode())
    refs = [alert["source_alert_ref"] for run in (first, second) for alert in run.alerts()]
    assert sorted(refs) == sorted(["Q1", "Q4", "Q7", "Q8", "Q3", "Q9", "Q11", "Q10"])
    assert second.ledger["records_read"] == 4


def test_untouched_rejects_within_others_are_rejected_alike(outputs, tmp_path):
    first = outputs["brookside_odata"]
    untouched = first.rejects().read_bytes()
    second = convert_again("brookside_odata", first, tmp_path, untouched)
    assert second.alerts() == []
    again = second.rejects().read_bytes()
    assert json.loads(again) == json.loads(untouched)


@pytest.mark.parametrize(
    "case", ["oakfield_csv", "riverside_pipe", "harbour_ndjson", "quayside_events"]
)
def test_untouched_rejects_are_rejected_alike(outputs, tmp_path, case):
    first = outputs[case]
    untouched = first.rejects().read_bytes()
    second = convert_again(case, first, tmp_path, untouched)
    assert second.alerts() == []
    assert second.rejects().read_bytes() == untouched


def test_untouched_rejects_of_an_array_are_rejected_alike(outputs, tmp_path):
    """The lines within an object may be joined, but its members stay, in their order."""
    first = outputs["meadow_json"]
    untouched = first.rejects().read_bytes()
    second = convert_again("meadow_json", first, tmp_path, untouched)
    assert second.alerts() == []
    again = second.rejects().read_bytes()
    assert json.loads(again, object_pairs_hook=list) == json.loads(
        untouched, object_pairs_hook=list
    )


def test_untouched_rejects_in_utf_16(tmp_path):
    case = "thornfield_utf16"
    export = support.FIXTURES / case / "input.tsv"
    first = support.convert(tmp_path / "first", [export], profile(case))
    untouched = first.rejects().read_bytes()
    assert untouched.decode("utf-16").count("pac_rejected") == 1
    second = convert_again(case, first, tmp_path, untouched)
    assert second.rejects().read_bytes() == untouched


def test_a_row_without_its_reason_loses_no_cell(outputs, tmp_path):
    """Whoever deletes the reason of a row, cell and all, leaves a row that is too short."""
    first = outputs["oakfield_csv"]
    rejects = Table(first.rejects().read_bytes(), b"", "utf-8", ",", "\n")
    row = rejects.row("Alert Ref", "A1014")
    del row[-1]
    second = convert_again("oakfield_csv", first, tmp_path, rejects.bytes())
    left = Table(second.rejects().read_bytes(), b"", "utf-8", ",", "\n").row("Alert Ref", "A1014")
    assert left[: len(row)] == row
