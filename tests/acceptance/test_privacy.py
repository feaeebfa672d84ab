"""No value of a record reaches a log, the terminal or a report, whatever is wrong with the record."""

import gzip
import json
import subprocess
import zipfile
from pathlib import Path

import duckdb
import pytest

from support import AS_OF, PAC

MARK = "canary"
# Files that hold values of records because they are for their owner's eyes.
OWN = ["person_alert", "rejects", "unmapped_values"]
COLUMNS = [
    "person_id",
    "person_alert_code_id",
    "start_date",
    "end_date",
    "source_type_id",
    "organisation_id",
    "informed_resident",
    "alert_progress",
    "alert_duration",
    "is_active",
    "alert_status",
    "last_updated",
    "confidentiality_level",
    "alert_description",
]
PROFILE = """
[landlord]
name = "Example"
code = "EX"
[input]
encoding = "utf-8"
[fields]
""" + "\n".join(f'{name} = "{name}"' for name in COLUMNS)


def cells(record):
    """A record in which every cell is its own canary."""
    return [f"{MARK}-{record}-{column}" for column in range(len(COLUMNS))]


def csv(header=True):
    good = ["1", "MED1.01", "2024-01-01", *[""] * (len(COLUMNS) - 4), f"{MARK}-note"]
    lines = [",".join(COLUMNS)] if header else []
    lines += [",".join(good), ",".join(cells(1)), ",".join(cells(2)[:-3])]
    lines += [f'"{MARK}-quote,{MARK}', ",".join(cells(3)) + f",{MARK}", f"{MARK}-footer"]
    return "\n".join(lines).encode() + f"\n{MARK}-bytes,\xe9".encode("latin-1") + b"\n"


def ndjson():
    lines = [json.dumps(dict(zip(COLUMNS, cells(record)))) for record in range(3)]
    lines += ['{"%s broken": ' % MARK, '{"%s Name": 1, "person_id": "%s"}' % (MARK, MARK), f'["{MARK}"]']
    return "\n".join(lines).encode()


def array():
    records = [dict(zip(COLUMNS, cells(record))) for record in range(3)]
    return json.dumps(records).encode()[:-1] + f',\n{{"{MARK}-cut": "{MARK}'.encode()


def nested():
    """People with their alerts, one of them keyed by their names."""
    people = [{"id": f"{MARK}-{record}", f"{MARK} Name": MARK, "alerts": [dict(zip(COLUMNS, cells(record))), MARK, {}]} for record in range(3)]
    people += [{"alerts": {f"{MARK} Name": {"person_id": MARK}}}, {"id": MARK, "id ": MARK, "alerts": MARK}]
    return json.dumps({"people": people}).encode()[:-2] + f',\n{{"{MARK}-cut": "{MARK}'.encode()


INPUTS = {
    "plain.csv": csv(),
    "headless.csv": csv(header=False),
    "packed.csv": gzip.compress(csv(), mtime=0),
    "cut.csv": gzip.compress(csv(), mtime=0)[:-20],
    "lines.ndjson": ndjson(),
    "array.json": array(),
    "nested.json": nested(),
}


def told(out, done):
    """Everything that a run tells beside the owner's files, by where it is told."""
    yield "standard output", done.stdout
    yield "standard error", done.stderr
    for path in Path(out).rglob("*"):
        name = str(path.relative_to(out))
        yield f"the name {name}", name.encode()
        if path.is_file() and not name.startswith(tuple(OWN)):
            yield name, path.read_bytes()
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as book:
                    yield f"sheets of {name}", b"".join(map(book.read, book.namelist()))
            if path.suffix == ".parquet":
                rows = duckdb.sql(f"select * from read_parquet('{path}')").fetchall()
                yield f"rows of {name}", repr(rows).encode()


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("command", ["convert", "check"])
def test_no_value_is_told(tmp_path, name, command):
    export, profile, out = tmp_path / "export", tmp_path / "profile.toml", tmp_path / "out"
    export.write_bytes(INPUTS[name])
    records = 'records = "/people/*/alerts/*"\n' if name == "nested.json" else ""
    profile.write_text(PROFILE.replace("[fields]\n", records + "[fields]\n"), encoding="utf-8")
    arguments = [PAC, command, export, "--profile", profile, "--as-of", AS_OF]
    if command == "convert":
        arguments += ["--out", out]
    done = subprocess.run(arguments, capture_output=True, check=False)
    assert done.returncode in (1, 2, 3), done.stderr
    if (out / "report.json").exists():
        shared = subprocess.run([PAC, "report", out, "--share"], capture_output=True, check=False)
        assert shared.returncode == 0, shared.stderr
    for place, content in told(out, done):
        assert MARK.encode() not in content.lower(), place


def test_values_are_told_on_request(tmp_path):
    export, profile, out = tmp_path / "export", tmp_path / "profile.toml", tmp_path / "out"
    export.write_bytes(csv())
    profile.write_text(PROFILE, encoding="utf-8")
    arguments = [PAC, "convert", export, "--profile", profile, "--out", out, "--show-values"]
    subprocess.run(arguments, capture_output=True, check=False)
    assert MARK in (out / "findings.csv").read_text(encoding="utf-8")
