"""All outputs tell the same numbers, and the report can be made again from them."""

import csv
import json
import subprocess
from collections import Counter

import duckdb
import openpyxl
import pytest

from page import Tables, number
from support import AS_OF, FIXTURES, PAC, run


def pac(*arguments):
    done = subprocess.run([PAC, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1, 5), done.stderr
    return done.stdout


def page(output):
    return Tables((output.folder / "report.html").read_text(encoding="utf-8")).tables


def findings(output):
    for path in sorted(output.folder.rglob("*.csv")):
        if path.parent == output.folder and path.name == "findings.csv" or "findings/" in str(path):
            with path.open(encoding="utf-8", newline="") as file:
                yield from csv.DictReader(file)


def test_findings_are_counted_alike_everywhere(output):
    rows = list(findings(output))
    by_rule = Counter((row["rule"], row["severity"]) for row in rows)
    told = {(rule["rule"], rule["severity"]): rule["count"] for rule in output.report["findings"]["rules"]}
    assert told == by_rule
    for severity in ("error", "warning", "info"):
        assert output.report["findings"][severity] == sum(row["severity"] == severity for row in rows)
    parquet = output.folder / "findings.parquet"
    parquet = parquet if parquet.exists() else output.folder / "findings/*/*.parquet"
    assert duckdb.sql(f"select count(*) from read_parquet('{parquet}')").fetchall() == [(len(rows),)]
    on_page = Counter()
    for caption, table in page(output).items():
        if caption.endswith(" findings") or caption.endswith(" finding"):
            for row in table[1:]:
                rule = next(word for word in row[0].split() if word.startswith("PAC") and len(word) == 6)
                on_page[rule, row[1]] = number(row[2])
            assert number(caption.split(": ")[1].split(" of ")[0]) == sum(number(row[2]) for row in table[1:])
    assert on_page == by_rule
    book = openpyxl.load_workbook(output.folder / "findings.xlsx")
    sheet = list(book["Findings"].iter_rows(values_only=True))
    assert Counter((row[1], row[0]) for row in sheet[1:]) == by_rule
    assert book["Findings"].freeze_panes == "A2" and book["Findings"].auto_filter.ref


def test_the_ledger_of_the_page_adds_up(output):
    table = page(output)["Alerts by what became of them: they add up"]
    parts = {row[0]: number(row[1]) for row in table[1:]}
    together = parts.pop("Together")
    ledger = output.ledger
    assert together == sum(parts.values()) == ledger["candidates"] + ledger["records_unreadable"]
    assert parts["emitted"] == ledger["emitted"] and parts["merged"] == ledger["merged"]
    assert parts["for review"] == ledger["review"] and parts["without a code"] == ledger["gap"]
    assert parts["rejected"] == ledger["rejected"] - ledger["review"] - ledger["gap"]
    book = openpyxl.load_workbook(output.folder / "findings.xlsx")
    summary = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    assert summary["emitted"] == ledger["emitted"] and summary["candidates"] == ledger["candidates"]


def test_the_picture_is_that_of_the_alerts(output):
    alerts = output.query("select count(*), count(distinct person_id), count(*) filter (is_active) from {person_alert}")[0]
    portraits = output.report["portraits"]
    assert tuple(sum(own[key] for own in portraits) for key in ("alerts", "people", "active")) == alerts
    tables = page(output)
    for caption in ("Alerts by category", "Alerts by source", "Alerts by month of start"):
        counts = [number(row[1]) for row in tables[caption][1:]]
        assert sum(counts[:-1]) == counts[-1] == alerts[0], caption
    codes = Counter()
    for caption, table in tables.items():
        if caption.startswith("Alerts by code"):
            codes.update({row[0].split()[0]: number(row[1]) for row in table[1:]})
    by_code = output.query(
        "select alert_subcode, count(*) from {person_alert} join {person_alert_codes} using (person_alert_code_id) group by 1"
    )
    assert codes == Counter(dict(by_code))
    filled = {row[0]: number(row[1]) for row in tables["Alerts that fill each field of person_alert"][1:]}
    for field, count in filled.items():
        assert output.query(f"select count({field}) from {{person_alert}}") == [(count,)], field


def test_what_to_mend_first_holds(outputs):
    """Mending everything that is listed lets through all that is not a gap."""
    for case, output in outputs.items():
        fix, ledger = output.report["fix_first"], output.ledger
        if fix["items"] and not fix.get("further"):
            deleted = output.report["ledger"].get("deleted", {"rejected": 0, "gap": 0})
            mendable = ledger["rejected"] - ledger["gap"] + ledger["records_unreadable"] + deleted["rejected"]
            assert fix["items"][-1]["through"] == mendable, case


def test_the_page_is_made_again_from_the_output(output):
    path = output.folder / "report.html"
    first = path.read_bytes()
    assert json.loads(pac("report", output.folder, "--format", "json")) == output.report
    assert path.read_bytes() == first
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_terminal_has_25_lines_at_most(outputs):
    for case in outputs:
        folder = FIXTURES / case
        lists = [
            argument
            for name in ("persons", "organisations", "history")
            for path in sorted(folder.glob(f"{name}.csv"))
            for argument in (f"--{name}", path)
        ]
        inputs = sorted(folder.glob("input*"))
        told = pac(
            "check", *inputs, "--profile", folder / "profile.toml", *lists, "--as-of", AS_OF, "--fail-on", "never"
        )
        assert len(told.splitlines()) <= 25, case
        assert "\x1b" not in told


# of counts below five the seven categories of the standard are told, each with its number or without it, but no code
@pytest.mark.parametrize("least,rows", [(5, 7), (20, 0)])
def test_a_shared_page_tells_no_small_count(tmp_path, batch, least, rows):
    to = tmp_path / "shared.html"
    pac("report", batch.folder, "--share", "--suppress-below", least, "--to", to)
    tables = Tables(to.read_text(encoding="utf-8")).tables
    looked_at = 0
    for caption, table in tables.items():
        if caption.startswith("Alerts by ca") or caption.startswith("Alerts by code") or caption.startswith("Alerts by s"):
            for row in table[1:]:
                looked_at += 1
                assert row[1] == "not told" or number(row[1]) == 0 or number(row[1]) >= least, (caption, row)
    assert looked_at == rows
    text = to.read_text(encoding="utf-8")
    assert "input.csv:" not in text and "unmapped_values" not in text


def test_two_runs_are_compared(tmp_path, outputs):
    earlier, now = outputs["oakfield_csv"], outputs["larkfield_around"]
    to = tmp_path / "comparison.html"
    pac("report", earlier.folder, now.folder, "--to", to, "--quiet")
    tables = Tables(to.read_text(encoding="utf-8")).tables
    counts = {row[0]: row[1:] for row in tables["Counts of both runs"][1:]}
    assert number(counts["errors"][0]) == earlier.report["findings"]["error"]
    assert number(counts["errors"][1]) == now.report["findings"]["error"]
    states = {row[-1] for row in tables["Rules whose findings have changed"][1:]}
    assert {"new", "gone"} <= states


def test_formulas_and_hostile_names_are_text(tmp_path):
    hostile = ['=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "\u202egnp.exe", "+1", "{{ 7 * 7 }}", "Z" * 10_000]
    export, profile = tmp_path / "a.csv", tmp_path / "p.toml"
    with export.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person", "code", "start", *hostile])
        for record, label in enumerate(hostile):
            writer.writerow([record + 1, label, "2024-01-01", *hostile])
    profile.write_text(
        '[landlord]\nname = "<b>Example</b>"\ncode = "EX"\n[fields]\nperson_id = "person"\nstart_date = "start"\n'
        'person_alert_code_id = { column = "code", crosswalk = "types" }\n[crosswalks.types]\nfile = "types.csv"\n',
        encoding="utf-8",
    )
    (tmp_path / "types.csv").write_text("value,target,status\nx,MED1.01,approved\n", encoding="utf-8")
    shown = run(tmp_path / "out", export, "--profile", profile, "--show-values")
    text = (shown.folder / "report.html").read_text(encoding="utf-8")
    assert "<script" not in text and "<b>" not in text and "\u202e" not in text and "Z" * 200 not in text
    assert "&lt;script&gt;alert(1)" in text and "{{ 7 * 7 }}" in text
    for sheet in openpyxl.load_workbook(shown.folder / "findings.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert not str(cell.value).startswith(("=", "+")) or cell.quotePrefix
