"""Workbooks made by writers that this project did not write: typed cells come out as they are."""

import csv
import datetime
import subprocess

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import support

PROFILE = """
[landlord]
name = "Example"
code = "EX"
[input]
date_formats = ["dd/mm/yyyy"]
timestamp_formats = ["dd/mm/yyyy HH:MM"]
{sheet}
[fields]
person_alert_id = "Ref"
person_id = "Tenant"
person_alert_code_id = "Type"
start_date = "From"
end_date = "To"
last_updated = "Changed"
is_active = "Current"
alert_description = "Note"
"""
HEADER = ["Ref", "Tenant", "Type", "From", "To", "Changed", "Current", "Note"]
DAY = datetime.date(2024, 3, 1)
ROWS = [
    HEADER,
    [1, 100023000000, "MED1.01", DAY, None, datetime.datetime(2024, 1, 5, 10, 30), True, 'a, "b"\nc'],
    [2, 40117, "RISK5.01", DAY, datetime.date(2024, 3, 2), None, False, "£ 5"],
    None,
    [3, "00012345", "MED1.01", DAY, None, None, True, 1.5],
    [4, 1234567890123456789, "MED1.01", DAY, None, None, True, None],
]
# The table begins in the second column of the third row, so the record with the blank row above it
# is on row 7, and the one with the long number on row 8.
TOP, LEFT = 3, 2
ALERTS = [
    ("1", "100023000000", "MED1.01", "2024-03-01", None, "2024-01-05 10:30:00+00", "true", 'a, "b"\nc'),
    ("2", "40117", "RISK5.01", "2024-03-01", "2024-03-02", None, "false", "£ 5"),
    ("3", None, "MED1.01", "2024-03-01", None, None, "true", "1.5"),
]


def placed(rows):
    """The cells with their row and column, counted from 1."""
    for row, cells in enumerate(rows, TOP):
        for column, value in enumerate(cells or [], LEFT):
            if value is not None:
                yield row, column, value


def xlsx(path, rows=ROWS, mac=False):
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Alerts"
    for row, column, value in placed(rows):
        sheet.cell(row, column, value)
    book.create_sheet("Blank")
    lists = book.create_sheet("Lists")
    lists["A1"] = "Choices"
    lists.sheet_state = "hidden"
    book.save(path)
    return path


def xls(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Alerts")
    book.add_sheet("Blank")
    date = xlwt.easyxf(num_format_str="dd/mm/yyyy hh:mm")
    for row, column, value in placed(ROWS):
        style = [date] if isinstance(value, datetime.date) else []
        sheet.write(row - 1, column - 1, value, *style)
    book.save(str(path))
    return path


def ods(path):
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Alerts")
    book.spreadsheet.addElement(sheet)
    sheet.addElement(TableRow(numberrowsrepeated=TOP - 1))
    for cells in ROWS:
        row = TableRow()
        sheet.addElement(row)
        row.addElement(TableCell(numbercolumnsrepeated=LEFT - 1))
        for value in cells or []:
            row.addElement(ods_cell(value))
    blank = Table(name="Blank")
    blank.addElement(TableRow())
    book.spreadsheet.addElement(blank)
    book.save(str(path))
    return path


def ods_cell(value):
    if value is None:
        return TableCell()
    if isinstance(value, bool):
        return TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    if isinstance(value, datetime.date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, (int, float)):
        return TableCell(valuetype="float", value=str(value))
    cell = TableCell(valuetype="string")
    for line in value.split("\n"):
        cell.addElement(P(text=line))
    return cell


def profile(folder, sheet=""):
    path = folder / "profile.toml"
    path.write_text(PROFILE.format(sheet=sheet), encoding="utf-8")
    return path


def alerts(output):
    """The alerts in the order of their records; a key that is no number is None."""
    return output.query(
        """
        select source_alert_ref, if(person_id < 4611686018427387904, person_id::varchar, null), alert_subcode,
               start_date::varchar, end_date::varchar, last_updated::varchar, is_active::varchar,
               alert_description
        from {person_alert} join {person_alert_codes} using (person_alert_code_id)
        order by source_record
        """
    )


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("alerts.xlsx", xlsx),
        ("mac.xlsx", lambda path: xlsx(path, mac=True)),
        ("alerts.xls", xls),
        ("alerts.ods", ods),
        ("renamed.csv", xlsx),
    ],
)
def test_cells_come_out_as_typed(tmp_path, name, write):
    output = support.convert(tmp_path / "out", [write(tmp_path / name)], profile(tmp_path))
    assert alerts(output) == ALERTS
    assert output.ledger["records_read"] == 4
    assert output.ledger["rejected"] == 1
    dialect = output.report["inputs"][0]["dialect"]
    assert (dialect["format"], dialect["sheet"]) == ("sheet", "Alerts")
    findings = csv.DictReader((output.folder / "findings.csv").open(encoding="utf-8"))
    errors = [(row["rule"], row["line"]) for row in findings if row["severity"] == "error"]
    assert errors == [("PAC103", "8")]


def test_rejects_are_mended_as_csv(tmp_path):
    path = profile(tmp_path, 'format = "sheet"\nsheet = "Alerts"')
    first = support.convert(tmp_path / "out", [xlsx(tmp_path / "alerts.xlsx")], path)
    rejects = first.rejects()
    assert rejects.name == "alerts.xlsx.csv"
    text = rejects.read_text(encoding="utf-8-sig")
    rejects.write_text(text.replace("1.23456789012346E+18", "40118"), encoding="utf-8")
    second = support.convert(tmp_path / "again", [rejects], path)
    assert [row[:2] for row in alerts(second)] == [("4", "40118")]


def test_a_number_format_of_zeros_is_part_of_a_key(tmp_path):
    path = xlsx(tmp_path / "alerts.xlsx", [HEADER, [1, 1234, "MED1.01", DAY], [2, 123456, "MED1.01", DAY]])
    book = openpyxl.load_workbook(path)
    for row in (TOP + 1, TOP + 2):
        book["Alerts"].cell(row, LEFT + 1).number_format = "000000"
    book.save(path)
    output = support.convert(tmp_path / "out", [path], profile(tmp_path))
    assert [row[1] for row in alerts(output)] == [None, "123456"]


def test_errors_of_formulas_are_no_values(tmp_path):
    rows = [
        HEADER,
        [1, 40117, "MED1.01", DAY, "#N/A", None, True, "#REF!"],
        [2, "#VALUE!", "MED1.01", DAY],
        [3, 40119, "#DIV/0!", DAY],
    ]
    path = xlsx(tmp_path / "alerts.xlsx", rows)
    book = openpyxl.load_workbook(path)
    for row in book["Alerts"].iter_rows():
        for cell in row:
            if str(cell.value).startswith("#"):
                cell.data_type = "e"
    book.save(path)
    output = support.convert(tmp_path / "out", [path], profile(tmp_path))
    assert alerts(output) == [("1", "40117", "MED1.01", "2024-03-01", None, None, "true", None)]
    findings = csv.DictReader((output.folder / "findings.csv").open(encoding="utf-8"))
    told_of = [(f["severity"], f["line"], f["column"]) for f in findings if f["rule"] == "PAC025"]
    assert told_of == [
        ("warning", "4", "Note"),
        ("warning", "4", "To"),
        ("error", "5", "Tenant"),
        ("error", "6", "Type"),
    ]


def test_a_formula_without_a_saved_value_is_not_empty(tmp_path):
    path = tmp_path / "formulas.xlsx"
    row = [1, 40117, "MED1.01", DAY, "=DATE(2024,6,30)", None, "=FALSE()", None]
    xlsx(path, [HEADER, row])
    output = support.convert(tmp_path / "out", [path], profile(tmp_path))
    assert (output.ledger["emitted"], output.ledger["rejected"]) == (0, 1)
    with (output.folder / "findings.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["rule"] == "PAC025"]
    assert sorted(row["column"] for row in rows) == ["Current", "To"]


def told(path, mapping):
    command = [support.PAC, "check", path, "--profile", mapping, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_the_sheet_must_be_clear(tmp_path):
    path = xlsx(tmp_path / "alerts.xlsx")
    book = openpyxl.load_workbook(path)
    book["Blank"]["A1"] = "Guidance"
    book.save(path)
    code, text = told(path, profile(tmp_path))
    assert (code, '"Alerts", "Blank"' in text) == (2, True), text
    code, text = told(path, profile(tmp_path, 'sheet = "Alarms"'))
    assert (code, '"Alerts", "Blank", "Lists"' in text) == (2, True), text
    for wish in ('sheet = "alerts"', "sheet = 1"):
        output = support.convert(tmp_path / wish, [path], profile(tmp_path, wish))
        assert alerts(output) == ALERTS


def test_what_is_no_workbook_is_told(tmp_path):
    whole = xlsx(tmp_path / "alerts.xlsx").read_bytes()
    cases = {
        "cut.xlsx": (whole[: len(whole) // 2], "damaged"),
        "archive.zip": (b"PK\x03\x04" + bytes(100), "no workbook"),
        "page.xls": (b"<html><body><table>", "web page"),
    }
    for name, (data, word) in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        code, text = told(path, profile(tmp_path))
        assert (code, word in text) == (3, True), text
