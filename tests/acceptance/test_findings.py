"""Each finding says in which cell a spreadsheet program shows what it is about."""

import csv
import io

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_from_string, column_index_from_string

import support


def findings(folder):
    with (folder / "findings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheet_of_text(path, delimiter):
    """The rows of delimited text as a spreadsheet shows them, by number, and the physical line of each."""
    data = path.read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = data.decode(encoding, errors="replace")
    if text.startswith("sep="):
        # a line for the program, which it does not show
        line, text = text.split("\n", 1)
        passed = 1
    else:
        passed = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, lines, line = {}, {}, passed + 1
    for number, cells in enumerate(reader, 1):
        rows[number], lines[number] = cells, line
        line = passed + reader.line_num + 1
    return rows, lines


def header_of(rows, names):
    """The row that holds most of the columns that findings name."""
    return max(rows.values(), key=lambda cells: len(names & {cell.strip() for cell in cells}))


def check(told, rows, lines):
    names = {part for finding in told if finding["cell"] for part in finding["column"].split(" + ")}
    header = [cell.strip() for cell in header_of(rows, names)]
    for finding in told:
        letters, row = coordinate_from_string(finding["cell"])
        assert lines[row] == int(finding["line"]), finding
        column = column_index_from_string(letters) - 1
        if finding["column"] and not finding["column"].isdigit():
            assert header[column] == finding["column"].split(" + ")[0], finding


def texts():
    """Each fixture's inputs in delimited text."""
    for case in support.LANDLORDS:
        for path in support.inputs(case):
            if path.suffix in (".csv", ".txt", ".psv"):
                yield pytest.param(case, path, id=f"{case}-{path.name}")


@pytest.mark.parametrize(("case", "path"), list(texts()))
def test_cells_of_delimited_text(outputs, case, path):
    output = outputs[case]
    told = [f for f in findings(output.folder) if f["cell"] and f["file"] == path.name]
    assert told
    (read,) = [read for read in output.report["inputs"] if read["file"] == path.name]
    check(told, *sheet_of_text(path, read["dialect"]["delimiter"]))


def test_cells_of_a_workbook(outputs):
    (path,) = support.inputs("elmtree_xlsx")
    output = outputs["elmtree_xlsx"]
    told = [finding for finding in findings(output.folder) if finding["cell"]]
    assert told
    sheet = openpyxl.load_workbook(path)[output.report["inputs"][0]["dialect"]["sheet"]]
    rows = {row[0].row: [str(cell.value or "") for cell in row] for row in sheet.iter_rows()}
    check(told, rows, {row: row for row in rows})


def test_records_of_several_lines_are_one_row(tmp_path):
    profile = tmp_path / "profile.toml"
    profile.write_text(
        '[landlord]\nname = "Example"\ncode = "EX"\n[fields]\n'
        'person_id = "who"\nperson_alert_code_id = "what"\nstart_date = "from"\nalert_description = "note"\n'
    )
    path = tmp_path / "input.csv"
    path.write_text(
        '\nwho,what,from,note\n'
        '1,MED1.01,2024-01-01,"one\r\ntwo\n\nfour"\n'
        '\n'
        ',MED1.01,2024-01-01,"nobody\nhere"\n'
        '2,MED1.01,2024-01-01\n'
        '3,MED1.99,2024-01-01,"a ""quoted"" word"\n',
        newline="",
    )
    output = support.convert(tmp_path / "out", [path], profile)
    told = [finding for finding in findings(output.folder) if finding["cell"]]
    cells = {finding["rule"]: finding["cell"] for finding in told}
    assert cells == {"PAC101": "A5", "PAC001": "A6", "PAC221": "B7"}
    check(told, *sheet_of_text(path, ","))


def test_findings_about_json_name_no_cell(outputs):
    for case in ("harbour_ndjson", "meadow_json", "brookside_odata"):
        assert {finding["cell"] for finding in findings(outputs[case].folder)} == {""}
