"""The ledger adds up, and agrees with what lies in the files."""

import csv

COUNTS = ["records_read", "records_with_alerts", "records_without_alerts", "records_unreadable", "records_skipped"]
COUNTS += ["candidates", "emitted", "merged", "rejected", "review", "gap", "skipped"]


def test_identities_hold(output):
    ledger = output.report["ledger"]
    for counts in [ledger["total"], *ledger["files"]]:
        ends = ["records_with_alerts", "records_without_alerts", "records_unreadable", "records_skipped"]
        assert counts["records_read"] == sum(counts[name] for name in ends)
        ends = ["emitted", "merged", "rejected", "skipped"]
        assert counts["candidates"] == sum(counts[name] for name in ends)
        assert counts["review"] + counts["gap"] <= counts["rejected"]
        # A record with alerts states at least one.
        assert counts["candidates"] >= counts["records_with_alerts"]


def test_files_add_up(output):
    ledger = output.report["ledger"]
    for name in COUNTS:
        assert ledger["total"][name] == sum(counts[name] for counts in ledger["files"]), name


def test_emitted_alerts_are_in_the_table(output):
    rows = output.query("select source_file, landlord, count(*) from {person_alert} group by all")
    found = {(file, landlord): count for file, landlord, count in rows}
    files = output.report["ledger"]["files"]
    told = {(counts["file"], counts["landlord"]): counts["emitted"] for counts in files}
    assert found == {place: count for place, count in told.items() if count}
    assert sum(found.values()) == output.ledger["emitted"] > 0


def findings(output):
    """The CSV files of findings: one, or one a landlord."""
    return [*output.folder.glob("findings.csv"), *output.folder.glob("findings/*/*.csv")]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def test_findings_are_counted(output):
    severities = [row[2] for path in findings(output) for row in rows(path)]
    assert severities
    for severity in ["error", "warning", "info"]:
        assert severities.count(severity) == output.report["findings"][severity], severity


def test_findings_are_the_same_in_both_formats(output):
    for path in findings(output):
        twin = path.with_suffix(".parquet")
        told = output.query(f"select * from read_parquet('{twin}', hive_partitioning = false)")
        shown = [["" if cell is None else str(cell) for cell in row] for row in told]
        assert shown == rows(path), path


def test_exit_code_tells_of_errors(output):
    limits = [own.get("reject_limit", {}) for own in output.report["landlords"]]
    if any(limit.get("exceeded") for limit in limits):
        assert output.exit_code == 5
    else:
        assert output.exit_code == (1 if output.report["findings"]["error"] else 0)
