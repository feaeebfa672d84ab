"""The landlords of a batch are one table for every reader."""

import subprocess

import polars
import pyarrow.dataset
import pyarrow.parquet

import support
from support import FIXTURES, LANDLORDS

CODES = {"OAK", "HAR", "MEA", "THO"}


def test_duckdb_reads_one_table(batch):
    rows = batch.query("select landlord, count(*) from {person_alert} group by all")
    assert {code for code, _ in rows} == CODES
    assert sum(count for _, count in rows) == batch.ledger["emitted"]


def test_polars_reads_one_table(batch):
    table = polars.scan_parquet(batch.folder / "person_alert", hive_partitioning=True).collect()
    assert set(table["landlord"].unique()) == CODES
    assert table.height == batch.ledger["emitted"]
    assert table["person_alert_id"].n_unique() == table.height


def test_pyarrow_reads_one_table(batch):
    folder = batch.folder / "person_alert"
    table = pyarrow.dataset.dataset(folder, format="parquet", partitioning="hive").to_table()
    assert set(table["landlord"].to_pylist()) == CODES
    assert table.num_rows == batch.ledger["emitted"]


def test_persons_of_two_landlords_never_share_a_key(batch):
    shared = "select person_id from {person_alert} group by all having count(distinct landlord) > 1"
    assert batch.query(shared) == []


def test_a_landlord_has_the_same_alerts_alone(batch, outputs):
    """But for keys: in a batch whole numbers carry their landlord."""
    keys = {"person_alert_id", "person_id"}
    together = batch.alerts(but=keys)
    alone = [
        alert
        for case in LANDLORDS
        for alert in outputs[case].alerts(but=keys)
        if alert["landlord"] in CODES
    ]
    order = lambda alert: (alert["landlord"], alert["source_file"], int(alert["source_record"]))
    assert sorted(together, key=order) == sorted(alone, key=order)


def test_one_broken_landlord_stops_nobody_else(tmp_path):
    out = tmp_path / "out"
    batch = FIXTURES / "sector_broken" / "sector.toml"
    done = subprocess.run(
        [support.PAC, "convert", "--batch", batch, "--out", out, "--as-of", support.AS_OF],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "did you mean MH2.02?" in done.stderr
    result = support.Output(out, done.returncode)
    errors = [landlord["error"] for landlord in result.report["landlords"]]
    assert [error is None for error in errors] == [False, True, False]
    assert result.query("select distinct landlord from {person_alert}") == [("MEA",)]


def test_other_readers_read_one_landlord(outputs):
    for case, output in outputs.items():
        path = output.folder / "person_alert.parquet"
        rows = output.ledger["emitted"]
        assert polars.read_parquet(path).height == rows, case
        assert pyarrow.parquet.read_table(path).num_rows == rows, case
        last_updated = polars.read_parquet(path)["last_updated"].dtype
        assert last_updated == polars.Datetime("us", "UTC"), case
