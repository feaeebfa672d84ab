"""Landlords that were converted by themselves are told of in one report, which adds up to their own."""

import csv
import json
import shutil
import subprocess

import openpyxl

from page import Tables, number
from support import AS_OF, PAC, refused, run

ALONE = ["oakfield_csv", "harbour_ndjson", "meadow_json"]


def report(cwd, *arguments):
    done = subprocess.run([PAC, "report", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_sums_are_those_of_the_parts(tmp_path, outputs):
    parts = [outputs[case] for case in ALONE]
    told = json.loads(report(tmp_path, *(part.folder for part in parts), "--format", "json"))
    assert [own["code"] for own in told["landlords"]] == [part.report["landlords"][0]["code"] for part in parts]
    for name, count in told["ledger"]["total"].items():
        assert count == sum(part.ledger[name] for part in parts), name
    for severity in ("error", "warning", "info"):
        assert told["findings"][severity] == sum(part.report["findings"][severity] for part in parts)
    rules = {}
    for part in parts:
        for rule in part.report["findings"]["rules"]:
            key = (rule["rule"], rule["severity"])
            rules[key] = rules.get(key, 0) + rule["count"]
    assert {(rule["rule"], rule["severity"]): rule["count"] for rule in told["findings"]["rules"]} == rules
    fix = told["fix_first"]
    assert fix["set_aside"] == sum(part.report["fix_first"]["set_aside"] for part in parts)
    if not fix.get("further"):
        last = [part.report["fix_first"]["items"][-1]["through"] for part in parts if part.report["fix_first"]["items"]]
        assert fix["items"][-1]["through"] == sum(last)
    tables = Tables((tmp_path / "combined.html").read_text(encoding="utf-8")).tables
    rows = tables["3 landlords, in the order given"]
    assert [number(row[1]) for row in rows[1:]] == [
        part.ledger["candidates"] + part.ledger["records_unreadable"] for part in parts
    ]
    assert (tmp_path / "combined.html").stat().st_mode & 0o777 == 0o600


def test_what_alone_is_like_in_a_batch_is_told_alike(tmp_path, batch, outputs):
    """But for Thornfield, whose two inputs lie in one folder in both."""
    cases = [*ALONE, "thornfield_utf16"]
    told = json.loads(report(tmp_path, *(outputs[case].folder for case in cases), "--format", "json"))
    for key in ("ledger", "unmapped_values", "gap_values", "verdict", "labels_mapped_differently"):
        assert told.get(key) == batch.report.get(key), key
    alone = {(rule["rule"], rule["severity"]): rule["examples"] for rule in told["findings"]["rules"]}
    for rule in batch.report["findings"]["rules"]:
        assert alone[rule["rule"], rule["severity"]] == rule["examples"], rule["rule"]


def landlord(home, code, target):
    """Converts a landlord that maps one label to that code, on a day of its own."""
    folder = home / code
    folder.mkdir()
    (folder / "input.csv").write_text("person,label,start\n1,Hoarder,2024-01-01\n", encoding="utf-8")
    (folder / "profile.toml").write_text(
        f'[landlord]\nname = "{code}"\ncode = "{code}"\n[fields]\nperson_id = "person"\nstart_date = "start"\n'
        'person_alert_code_id = { column = "label", crosswalk = "labels" }\n'
        f'[crosswalks.labels.values]\n"Hoarder" = "{target}"\n',
        encoding="utf-8",
    )
    run(folder / "out", folder / "input.csv", "--profile", folder / "profile.toml")
    return folder / "out"


def test_a_label_that_they_map_differently_is_told(tmp_path):
    one, two, three = (landlord(tmp_path, *own) for own in (("A", "RISK1.01"), ("B", "RISK1.03"), ("C", "RISK1.01")))
    with (one / "mapped_labels.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [{"landlord": "A", "label": "hoarder", "code": "RISK1.01"}]
    told = json.loads(report(tmp_path, one, two, three, "--format", "json"))
    assert told["labels_mapped_differently"] == [
        {"label": "hoarder", "targets": {"RISK1.01": ["A", "C"], "RISK1.03": ["B"]}}
    ]
    assert told["as_of"] == AS_OF and "earliest_as_of" not in told
    # of two it must be said that they are not an earlier and a later run
    assert report(tmp_path, one, two).endswith("B/out/comparison.html\n")
    assert report(tmp_path, one, two, "--combine").endswith("wrote combined.html\n")
    assert report(tmp_path, one, two, "--combine", "--share") == "wrote combined_to_share.html\n"
    assert "A is in an earlier folder too" in refused("report", one, two, one)


def test_the_workbook_is_made_again(tmp_path, outputs):
    part = outputs["oakfield_csv"]
    folder = shutil.copytree(part.folder, tmp_path / "out")
    path = folder / "findings.xlsx"
    first = path.read_bytes()
    path.unlink()
    assert report(tmp_path, folder).endswith(f"wrote {path} and {folder}/report.html\n")
    assert path.read_bytes() == first
    rows = openpyxl.load_workbook(path)["Findings"].max_row - 1
    assert rows == sum(part.report["findings"][severity] for severity in ("error", "warning", "info"))
    # with --to the page alone is written
    path.unlink()
    report(tmp_path, folder, "--to", tmp_path / "page.html")
    assert not path.exists()


def test_suggestions_stand_beside_values_that_are_shown_and_nowhere_else(tmp_path):
    (tmp_path / "input.csv").write_text(
        "person,label,start\n1,Asthmatic,2024-01-01\n2,Two person visit,2024-01-01\n3,Asthma 07700 900123,2024-01-01\n",
        encoding="utf-8",
    )
    (tmp_path / "profile.toml").write_text(
        '[landlord]\nname = "A"\ncode = "A"\n[fields]\nperson_id = "person"\nstart_date = "start"\n'
        'person_alert_code_id = { column = "label", crosswalk = "labels" }\n'
        '[crosswalks.labels.values]\n"Hoarder" = "RISK1.01"\n',
        encoding="utf-8",
    )
    out = run(tmp_path / "out", tmp_path / "input.csv", "--profile", tmp_path / "profile.toml").folder

    def rows():
        tables = Tables((out / "report.html").read_text(encoding="utf-8")).tables
        return tables["Values without a code, the most frequent first"]

    assert "May mean" not in rows()[0]
    report(tmp_path, out, "--show-values")
    shown = {row[0]: row[-1] for row in rows()[1:]}
    assert rows()[0][-1] == "May mean"
    assert "MED1.01" in shown["Asthmatic"] and "(" in shown["Asthmatic"]
    assert "control measure" in shown["Two person visit"]
    assert shown["Asthma 07700 900123"] == ""
    report(tmp_path, out)
    assert "Asthma" not in (out / "report.html").read_text(encoding="utf-8")
