"""What a report for others tells is held against somebody who adds and subtracts: no small count comes out."""

import random
import re
import subprocess

import duckdb
import pytest

from page import Tables, number
from support import AS_OF, PAC, refused

LEAST = 5
CODES = ["MED1.01", "MED1.02", "MED2.01", "MED3.01", "MH1.01", "MH2.02", "AGE1.07", "RISK3.03", "RISK2.02", "SAF1.01"]
SOURCES = ["", "GP", "SW", "SELF", "HO"]
UNTOLD = ("not told", f"fewer than {LEAST}")
PROFILE = """
[landlord]
name = "Landlord {at}"
code = "L{at}"
[fields]
person_id = "person"
person_alert_code_id = "code"
source_type_id = "source"
start_date = "start"
end_date = "end"
review_date = "review"
"""


def batch(home, seed):
    """A few landlords with a few alerts each, so that nearly every count is a small one."""
    chance = random.Random(seed)
    weights = [chance.choice([1, 2, 5, 40]) for _ in CODES]
    sources = [chance.choice([1, 3, 30]) for _ in SOURCES]
    entries = []
    for at in range(chance.randint(1, 5)):
        lines = ["person,code,source,start,end,review"]
        for record in range(chance.choice([3, 12, 40, 120])):
            code = chance.choices(CODES, weights)[0] if chance.random() > 0.04 else "NONSENSE"
            start = f"{chance.randint(2024, 2026)}-{chance.randint(1, 9):02}-01"
            end = "" if chance.random() > 0.1 else "2026-10-01"
            review = chance.choice(["", "2026-10-10", "2027-10-10"])
            lines.append(f"{chance.randint(1, 99)},{code},{chance.choices(SOURCES, sources)[0]},{start},{end},{review}")
        (home / f"{at}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (home / f"{at}.toml").write_text(PROFILE.format(at=at), encoding="utf-8")
        entries.append(f'[[landlord]]\nprofile = "{at}.toml"\ninputs = ["{at}.csv"]\n')
    (home / "batch.toml").write_text("\n".join(entries), encoding="utf-8")


def shared(home, seed):
    batch(home, seed)
    done = subprocess.run(
        [PAC, "convert", "--batch", home / "batch.toml", "--out", home / "out", "--as-of", AS_OF, "-q"], check=False
    )
    assert done.returncode in (0, 1)
    done = subprocess.run([PAC, "report", home / "out", "--share"], check=True, capture_output=True, text=True)
    assert done.stdout == f"wrote {home}/out/report_to_share.html\n"
    return (home / "out" / "report_to_share.html").read_text(encoding="utf-8")


def figures(text):
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)(?:<small>.*?</small>)?</dd>", text)
    return {name: None if count in UNTOLD else number(count) for name, count in pairs}


def cells(rows, column):
    return [None if row[column] in UNTOLD else number(row[column]) for row in rows]


def attack(counts, whole, what):
    """Bounds of what is not told, from the whole and what is: nothing small may be pinned to one number."""
    told = [count for count in counts if count is not None]
    assert all(count == 0 or count >= LEAST for count in told), what
    untold = len(counts) - len(told)
    # where nothing is told, not even which months or landlords have no alert, there is nothing to work with
    lists_nothing = what.startswith(("Alerts by month", "landlords"))
    if whole is None or not untold or not told and lists_nothing:
        return
    rest = whole - sum(told)
    assert rest >= 2 * LEAST and untold >= 2 or rest == whole, (what, rest, untold)
    lowest, highest = 1, rest - (untold - 1)
    assert highest > lowest, (what, rest, untold)
    # the largest that is hidden is no larger than the smallest that is told
    least_told = min((count for count in told if count), default=rest)
    assert rest - (untold - 1) * least_told <= 1, (what, rest, untold, least_told)


@pytest.mark.parametrize("seed", range(14))
def test_nothing_small_comes_out_by_arithmetic(tmp_path, seed):
    text = shared(tmp_path, seed)
    tables, told = Tables(text).tables, figures(text)
    whole, aside = told["Alerts in the output"], told["Set aside"]
    groups = {name: rows[1:] for name, rows in tables.items()}
    for caption in ("Alerts by category", "Alerts by source", "Alerts by month of start"):
        rows = groups.get(caption, [])
        if rows:
            assert rows[-1][0] == "Together" and number(rows[-1][1]) == whole
            attack(cells(rows[:-1], 1), whole, caption)
    categories = {row[0]: row[1] for row in groups.get("Alerts by category", [])}
    names = dict(duckdb.sql(
        f"select alert_subcode, alert_category_name from read_parquet('{tmp_path}/out/person_alert_codes.parquet') "
        f"join read_parquet('{tmp_path}/out/alert_categories.parquet') using (alert_category_id)"
    ).fetchall())
    by_category = {}
    for caption, rows in groups.items():
        if caption.startswith("Alerts by code"):
            for row in rows:
                by_category.setdefault(names[row[0].split()[0]], []).append(row)
    for category, rows in by_category.items():
        assert categories[category] not in UNTOLD, "of a category that is hidden no code is listed"
        attack(cells(rows, 1), number(categories[category]), category)
    if rows := next((rows for name, rows in groups.items() if name == "Landlords" or "in the order given" in name), None):
        attack(cells(rows, 1), whole, "landlords, in the output")
        attack(cells(rows, 2), aside, "landlords, set aside")
        # fields and sources that one landlord alone fills would tell of it
        if any(count is None for count in cells(rows, 1)):
            assert "Alerts by source" not in groups and "Alerts that fill each field of person_alert" not in groups
    # what is told of all alerts must not tell of the others
    fields = {row[0]: row[1] for row in groups.get("Alerts that fill each field of person_alert", [])}
    assert fields.get("source_type_id", "not told") == "not told"
    parts = [count for count in cells(list(map(list, fields.items())), 1)]
    parts += [told.get(name) for name in ("Active alerts", "People")]
    for count in parts:
        assert count is None or count in (0, whole) or LEAST <= count and whole - count >= LEAST, count
    active, overdue = told.get("Active alerts"), told.get("Review overdue")
    if active is not None and overdue is not None:
        assert overdue in (0, active) or LEAST <= overdue <= active - LEAST


@pytest.mark.parametrize("seed", [3, 7])
def test_findings_are_told_without_numbers_and_places(tmp_path, seed):
    text = shared(tmp_path, seed)
    assert ".csv" not in text and "unmapped_values" not in text
    for caption, rows in Tables(text).tables.items():
        if caption in ("Structure", "Mapping", "Validity", "Dates and life cycle", "Privacy"):
            assert rows[0] == ["What is found", "Severity", "Columns"]
        if caption.startswith("What keeps alerts out"):
            assert rows[0] == ["No.", "Mend"]


def test_what_would_tell_too_much_is_refused(tmp_path, outputs):
    one, other = outputs["oakfield_csv"].folder, outputs["larkfield_around"].folder
    to = tmp_path / "page.html"
    assert "--combine" in refused("report", one, other, "--share", "--to", to)
    assert "--format json" in refused("report", one, "--share", "--format", "json", "--to", to)
    assert not to.exists()
