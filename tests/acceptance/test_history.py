"""The history of alerts as other readers see it."""

import support

HERON = support.FIXTURES / "heron_history"


def converted(tmp_path):
    history = ["--history", HERON / "history.csv"]
    return support.run(tmp_path / "out", HERON / "input.csv", "--profile", HERON / "profile.toml", *history)


def test_every_change_is_about_an_alert(tmp_path):
    output = converted(tmp_path)
    orphans = output.query(
        "select * from {person_alert_history} where person_alert_id not in (select person_alert_id from {person_alert})"
    )
    assert orphans == []
    emitted = output.report["ledger"]["history"]["emitted"]
    assert output.query("select count(*) from {person_alert_history}") == [(emitted,)]


def test_deleted_alerts_are_archived(tmp_path):
    output = converted(tmp_path)
    rows = output.query(
        """select source_alert_ref, person_id, alert_subcode, start_date::varchar, is_active, alert_status,
                  source_file, source_record
           from {person_alert} join {person_alert_codes} using (person_alert_code_id)
           where alert_status = 'Archived' order by all"""
    )
    assert rows == [
        ("H6", 5006, "MED1.02", "2024-01-10", False, "Archived", "history.csv", 18),
        ("H7", 5007, "MED2.04", "2024-01-15", False, "Archived", "history.csv", 19),
    ]
    ledger = output.report["ledger"]
    assert ledger["deleted"]["emitted"] == 2 and ledger["deleted"]["records_without_alerts"] == 2
    rows = output.query("select count(*) from {person_alert}")
    assert rows == [(ledger["total"]["emitted"] + ledger["deleted"]["emitted"],)]


def test_without_the_log_nothing_is_archived(outputs):
    rows = outputs["heron_history"].query("select * from {person_alert} where alert_status = 'Archived'")
    assert rows == []
