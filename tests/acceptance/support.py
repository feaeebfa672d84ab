"""Runs pac on the fixtures and opens what it writes."""

import json
import os
import subprocess
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures"
PAC = Path(os.environ.get("PAC", ROOT / "target" / "debug" / "pac"))
AS_OF = "2026-11-22"
LANDLORDS = sorted(path.parent.name for path in FIXTURES.glob("*/profile.toml"))
TABLES = [
    "person_alert",
    "person_alert_history",
    "person_alert_codes",
    "alert_categories",
    "source_types",
    "special_category_data_types",
]


class Output:
    """An output folder of pac, and the exit code of the run that wrote it."""

    def __init__(self, folder, exit_code):
        self.folder = folder
        self.exit_code = exit_code
        self.report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        self.ledger = self.report["ledger"]["total"]

    def table(self, name):
        """What DuckDB reads a table from."""
        flat = self.folder / f"{name}.parquet"
        if flat.exists():
            return f"read_parquet('{flat}')"
        return f"read_parquet('{self.folder / name}/*/*.parquet', hive_partitioning = true)"

    def query(self, sql):
        """Rows of a query in which {table} stands for a table."""
        with duckdb.connect() as connection:
            # Without a zone of its own DuckDB shows timestamps in that of the machine.
            connection.execute("set timezone = 'UTC'")
            tables = {name: self.table(name) for name in TABLES}
            return connection.execute(sql.format(**tables)).fetchall()

    def alerts(self, but=()):
        """The alerts as dictionaries, without the columns `but`; every value is text or None."""
        names = [row[0] for row in self.query("describe from {person_alert}")]
        names = [name for name in names if name not in but]
        columns = ", ".join(f"{name}::varchar" for name in names)
        rows = self.query(f"select {columns} from {{person_alert}}")
        return [dict(zip(names, row)) for row in rows]

    def rejects(self):
        """The rejects of the only input that has some."""
        (path,) = [path for path in (self.folder / "rejects").rglob("*") if path.is_file()]
        return path


def inputs(case):
    """The exports of a fixture."""
    return sorted((FIXTURES / case).glob("input*"))


def convert(out, exports, profile):
    """Converts exports of one landlord, with the reference files that lie beside its profile."""
    references = [
        argument
        for name in ("persons", "organisations")
        for path in sorted(Path(profile).parent.glob(f"{name}.*"))
        for argument in (f"--{name}", path)
    ]
    return run(out, *exports, "--profile", profile, *references)


def convert_batch(out, batch):
    """Converts the landlords of a batch file."""
    return run(out, "--batch", batch)


def run(out, *arguments):
    arguments = [str(argument) for argument in arguments]
    command = [PAC, "convert", *arguments, "--out", out, "--as-of", AS_OF, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1, 5), done.stderr
    return Output(Path(out), done.returncode)


def refused(*arguments):
    """What pac says to arguments that it refuses."""
    done = subprocess.run([PAC, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stdout
    return done.stderr
