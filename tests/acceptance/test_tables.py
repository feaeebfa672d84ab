"""The tables as DuckDB reads them: types, keys, references, metadata."""

import hashlib

import pytest

from support import AS_OF, LANDLORDS, ROOT, TABLES

INT32, INT64, TEXT = "INTEGER", "BIGINT", "VARCHAR"
TYPES = {
    "person_alert": {
        "person_alert_id": INT64,
        "person_id": INT64,
        "person_alert_code_id": INT32,
        "source_type_id": INT32,
        "organisation_id": INT64,
        "created_by_user_id": INT64,
        "source_details": TEXT,
        "alert_description": TEXT,
        "informed_resident": "BOOLEAN",
        "alert_progress": TEXT,
        "alert_duration_type": TEXT,
        "alert_duration": INT32,
        "start_date": "DATE",
        "end_date": "DATE",
        "review_date": "DATE",
        "is_active": "BOOLEAN",
        "alert_status": TEXT,
        "last_updated": "TIMESTAMP WITH TIME ZONE",
        "updated_by_user_id": INT64,
        "confidentiality_level": TEXT,
        "special_category_data_id": INT32,
        "landlord": TEXT,
        "source_file": TEXT,
        "source_record": INT64,
        "source_alert_ref": TEXT,
    },
    "person_alert_history": {
        "person_alert_history_id": INT64,
        "person_alert_id": INT64,
        "action_type": TEXT,
        "changed_by_user_id": INT64,
        "change_timestamp": "TIMESTAMP WITH TIME ZONE",
        "change_summary": TEXT,
        "old_value": TEXT,
        "new_value": TEXT,
        "reason_for_change": TEXT,
    },
    "person_alert_codes": {
        "person_alert_code_id": INT32,
        "alert_code": TEXT,
        "alert_subcode": TEXT,
        "alert_category_id": INT32,
        "alert_name": TEXT,
        "alert_subname": TEXT,
        "is_critical": "BOOLEAN",
        "is_awaab_relevant": "BOOLEAN",
        "repairs_impact": TEXT,
        "support_required": TEXT,
    },
    "alert_categories": {"alert_category_id": INT32, "alert_category_name": TEXT},
    "source_types": {
        "source_type_id": INT32,
        "source_code": TEXT,
        "source_name": TEXT,
        "description": TEXT,
    },
    "special_category_data_types": {
        "special_category_data_id": INT32,
        "category_code": TEXT,
        "category_name": TEXT,
        "description": TEXT,
    },
}
ROWS = {
    "person_alert_codes": 126,
    "alert_categories": 9,
    "source_types": 8,
    "special_category_data_types": 10,
}
REFERENCES = [
    ("person_alert", "person_alert_code_id", "person_alert_codes"),
    ("person_alert", "source_type_id", "source_types"),
    ("person_alert", "special_category_data_id", "special_category_data_types"),
    ("person_alert_codes", "alert_category_id", "alert_categories"),
]
REQUIRED = ["person_alert_id", "person_id", "person_alert_code_id", "informed_resident"]
REQUIRED += ["start_date", "is_active", "landlord", "source_file", "source_record"]
# Filled from the code where the source is silent, so never empty either.
REQUIRED += ["alert_status", "confidentiality_level", "special_category_data_id"]


def test_there_are_fixtures():
    assert len(LANDLORDS) >= 5


@pytest.mark.parametrize("table", TABLES)
def test_types(output, table):
    described = output.query(f"describe from {{{table}}}")
    columns = {row[0]: row[1] for row in described}
    # DuckDB appends the landlord of a partitioned table.
    columns.pop("landlord", None)
    expected = {name: kind for name, kind in TYPES[table].items() if name != "landlord"}
    assert columns == expected
    assert list(columns) == list(expected)


@pytest.mark.parametrize(("table", "rows"), ROWS.items())
def test_lookups_are_whole(output, table, rows):
    assert output.query(f"select count(*) from {{{table}}}") == [(rows,)]


@pytest.mark.parametrize(("table", "key", "lookup"), REFERENCES)
def test_every_key_resolves(output, table, key, lookup):
    # A key that is empty refers to nothing; every other one must meet a row of the lookup.
    strays = f"select {key} from {{{table}}} except select {key} from {{{lookup}}}"
    assert [stray for stray in output.query(strays) if stray[0] is not None] == []


@pytest.mark.parametrize(("table", "key", "lookup"), REFERENCES)
def test_some_keys_are_there_to_resolve(batch, table, key, lookup):
    assert batch.query(f"select count({key}) from {{{table}}}")[0][0] > 0, lookup


def test_primary_keys_are_unique(output):
    for table in TABLES:
        key = next(iter(TYPES[table]))
        rows, keys = output.query(f"select count(*), count(distinct {key}) from {{{table}}}")[0]
        assert rows == keys, table


def alerts(output, where):
    """How many alerts there are of a kind."""
    return output.query(f"select count(*) from {{person_alert}} where {where}")[0][0]


def test_required_fields_are_filled(output):
    for name in REQUIRED:
        assert alerts(output, f"{name} is null") == 0, name


def test_what_ended_is_not_active(output):
    ended = f"end_date < date '{AS_OF}'"
    assert alerts(output, f"{ended} and is_active") == 0


def test_some_alerts_have_ended(batch):
    assert alerts(batch, f"end_date < date '{AS_OF}'") > 0


def test_status_and_activity_agree(output):
    assert alerts(output, "alert_status in ('Closed', 'Archived') = is_active") == 0


def test_health_and_safeguarding_are_never_public(output):
    public = output.query(
        "select alert_subcode from {person_alert} join {person_alert_codes} "
        "using (person_alert_code_id) where confidentiality_level = 'Public'"
    )
    assert {subcode for (subcode,) in public} <= {"COMM1.01"}


def test_history_is_empty_until_it_is_fed(output):
    assert output.query("select count(*) from {person_alert_history}") == [(0,)]


def test_every_file_names_the_standard(output):
    standard = output.report["standard"]
    files = list(output.folder.rglob("*.parquet"))
    assert len(files) >= 7
    for path in files:
        pairs = output.query(f"select key, value from parquet_kv_metadata('{path}')")
        notes = {bytes(key).decode(): bytes(value).decode() for key, value in pairs}
        assert notes["person-alerts:edition"] == standard["edition"] == "1.1", path
        assert notes["person-alerts:standard-sha256"] == standard["sha256"], path
        codes = (ROOT / "schemas" / "person_alert_codes.csv").read_bytes()
        assert notes["person-alerts:code-list-sha256"] == hashlib.sha256(codes).hexdigest(), path
        assert notes["person-alerts:tool"] == f"pac {output.report['tool']['version']}", path
