"""Every number of the page is held against the others, and against every other place that tells it."""

import csv
import re
import subprocess

import openpyxl

from page import Tables, number
from support import PAC


def html(output):
    return (output.folder / "report.html").read_text(encoding="utf-8")


def figures(text):
    """The figures at the top with the small print below them."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)(?:<small>(.*?)</small>)?</dd>", text)
    return {name: (count, note) for name, count, note in found}


def rows_of(folder, name):
    """The rows of a CSV file that lies in one piece or by landlord."""
    flat = folder / f"{name}.csv"
    for path in [flat] if flat.exists() else sorted((folder / name).glob("*/*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def share(part, whole):
    """A share as the page rounds it: down, to one digit."""
    tenths = part * 1000 // whole if whole else 0
    if part and not tenths:
        return "less than 0.1 %"
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10} %"


def test_the_figures_at_the_top(output):
    told, ledger = figures(html(output)), output.ledger
    aside = ledger["rejected"] + ledger["records_unreadable"]
    stated = ledger["candidates"] + ledger["records_unreadable"]
    assert number(told["Alerts in the output"][0]) == ledger["emitted"]
    assert number(told["Set aside"][0]) == aside
    assert told["Set aside"][1] == f"{share(aside, stated)} of what was stated"
    values = list(rows_of(output.folder, "unmapped_values"))
    assert number(told["Values to decide on"][0]) == sum(row["outcome"] != "gap" for row in values)
    query = "select count(*) filter (is_active), count(*) filter (is_active and review_date < date '2026-11-22') from {person_alert}"
    active, overdue = output.query(query)[0]
    assert (number(told["Active alerts"][0]), number(told["Review overdue"][0])) == (active, overdue)
    assert told["Review overdue"][1] == f"{share(overdue, active)} of the active"


def test_the_parts_of_the_findings(output):
    text = html(output)
    tables = Tables(text).tables
    captions = [re.fullmatch(r"[\w ]+: ([\d,]+) of ([\d,]+) findings?", caption) for caption in tables]
    captions = [found for found in captions if found]
    counts = output.report["findings"]
    whole = sum(counts[severity] for severity in ("error", "warning", "info")) + counts.get("waived", 0)
    assert sum(number(found[1]) for found in captions) == whole
    assert {number(found[2]) for found in captions} <= {whole}
    for found in captions:
        for row in tables[found[0]][1:]:
            assert row[3] == share(number(row[2]), whole), row
    for rule in counts["rules"]:
        in_columns = sum(rule["columns"].values()) + rule.get("in_further_columns", 0)
        assert in_columns == rule["count"], rule["rule"]


def test_the_landlords_add_up_to_the_whole(batch):
    text = html(batch)
    table = Tables(text).tables["4 landlords, in the order given"]
    columns = [[number(row[at].split()[0]) for row in table[1:]] for at in (1, 2, 3, 4, 6, 7)]
    stated, emitted, people, aside, active, overdue = map(sum, columns)
    told = {name: number(count) for name, (count, _) in figures(text).items()}
    assert stated == batch.ledger["candidates"] + batch.ledger["records_unreadable"]
    assert emitted == told["Alerts in the output"] and people == told["People"] and aside == told["Set aside"]
    assert active == told["Active alerts"] and overdue == told["Review overdue"]


def test_what_to_mend_first(output):
    fix = output.report["fix_first"]
    tables = Tables(html(output)).tables
    rows = tables.get("What keeps alerts out, the weightiest first", [[]])[1:]
    rows += tables.get("What keeps alerts out, less weighty", [[]])[1:]
    assert len(rows) == len(fix["items"])
    before = 0
    for place, (row, item) in enumerate(zip(rows, fix["items"]), 1):
        through = number(row[6].split()[0])
        assert (number(row[0]), number(row[2]), through) == (place, item["alerts"], item["through"])
        assert row[6] == f"{row[6].split()[0]} {share(through, fix['set_aside'])}"
        assert before <= through <= fix["set_aside"] and item["alerts"] <= fix["set_aside"]
        assert item["grave"] + item["uncoded"] <= item["alerts"]
        before = through


def test_the_values_without_a_code(output):
    values = list(rows_of(output.folder, "unmapped_values"))
    rows = Tables(html(output)).tables.get("Values without a code, the most frequent first", [[]])[1:]
    book = openpyxl.load_workbook(output.folder / "findings.xlsx")
    sheet = list(book["Values without a code"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(sheet) == len(values)
    count = sum(int(row["count"]) for row in values)
    assert sum(number(row[2]) for row in rows) == sum(row[2] for row in sheet) == count


def test_the_terminal_tells_the_same(tmp_path, output):
    done = subprocess.run(
        [PAC, "report", output.folder, "--to", tmp_path / "page.html"], capture_output=True, text=True, check=True
    )
    told, ledger, counts = done.stdout, output.ledger, output.report["findings"]

    def line(name):
        found = next(line for line in told.splitlines() if line.split()[:1] == [name])
        return [number(digits) for digits in re.findall(r"\d[\d,]*", found)]

    names = ("records_read", "records_with_alerts", "records_without_alerts", "records_unreadable", "records_skipped")
    assert line("records") == [ledger[name] for name in names][: len(line("records"))]
    assert line("candidates") == [ledger[name] for name in ("candidates", "emitted", "merged", "rejected", "skipped")]
    severities = [counts[severity] for severity in ("error", "warning", "info")]
    assert line("findings") in (severities, [*severities, counts.get("waived")], [])
    book = openpyxl.load_workbook(output.folder / "findings.xlsx")
    summary = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    for name in ("candidates", "emitted", "merged", "rejected", "skipped"):
        assert summary[name] == ledger[name]
    for rule in counts["rules"]:
        assert f"{rule['rule']} {rule['slug']}" in summary
