"""What a contractor may see says what to do and never why, in whatever reader."""

import csv
import json

import pyarrow.parquet

import support

TEAL = support.FIXTURES / "teal_contractor"
COLUMNS = ["landlord", "person_id", "is_critical", "repairs_impact", "support_required"]


def view(output):
    """The rows of the view, as DuckDB reads them."""
    path = output.folder / "contractor_view.parquet"
    return output.query(f"select * from read_parquet('{path}') order by all")


def test_it_is_written_only_where_it_is_asked_for(outputs):
    written = [case for case, output in outputs.items() if list(output.folder.glob("contractor_view*"))]
    assert written == ["teal_contractor"]


def test_both_files_hold_the_same(outputs):
    output = outputs["teal_contractor"]
    table = pyarrow.parquet.read_table(output.folder / "contractor_view.parquet")
    assert table.column_names == COLUMNS
    with (output.folder / "contractor_view.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    assert header == COLUMNS
    text = lambda cell: "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
    assert [[text(row[name]) for name in COLUMNS] for row in table.to_pylist()] == lines


def test_there_is_a_row_for_each_active_alert_that_may_be_known_of(outputs):
    output = outputs["teal_contractor"]
    alerts = output.query(
        """select person_id, alert_subcode, is_critical, repairs_impact, support_required
           from {person_alert} join {person_alert_codes} using (person_alert_code_id)
           where is_active and confidentiality_level != 'Confidential' and alert_code not like 'SAF%'
           order by all"""
    )
    told = {"RISK", "COMM"}
    expected = [
        ("TEAL", person, critical, impact, action if subcode[:4] in told else None)
        for person, subcode, critical, impact, action in alerts
    ]
    assert view(output) == sorted(expected, key=lambda row: row[1])
    assert len(expected) == 5


def test_no_text_code_or_name_reaches_it(outputs):
    output = outputs["teal_contractor"]
    codes = output.query("select alert_code, alert_subcode, alert_name, alert_subname from {person_alert_codes}")
    names = {cell.lower() for row in codes for cell in row}
    rows = [" ".join(str(cell) for cell in row[1:]).lower() for row in view(output)]
    for row in rows:
        assert "canary" not in row
        assert not [name for name in names if name in row]
    for path in output.folder.glob("contractor_view*"):
        assert b"canary" not in path.read_bytes(), path


def test_a_code_list_cannot_let_safeguarding_or_a_diagnosis_through(tmp_path):
    lists = tmp_path / "lists"
    lists.mkdir()
    defaults = (support.ROOT / "schemas" / "person_alert_code_defaults.csv").read_text(encoding="utf-8")
    (lists / "person_alert_code_defaults.csv").write_text(defaults.replace(",none\n", ",action_only\n"), encoding="utf-8")
    codes = (support.ROOT / "schemas" / "person_alert_codes.csv").read_text(encoding="utf-8")
    changed = codes.replace("Do not attend until", "Has schizophrenia. Do not attend until")
    assert changed != codes
    (lists / "person_alert_codes.csv").write_text(changed, encoding="utf-8")
    output = support.run(
        tmp_path / "out", TEAL / "input.csv", "--profile", TEAL / "profile.toml", "--standard", lists
    )
    usual = [6001, 6002, 6003, 6006, 6007]
    rows = view(output)
    assert [row[1] for row in rows] == usual
    assert rows[0] == ("TEAL", 6001, True, "High", None)
    told = output.query(f"select distinct severity from '{output.folder}/findings.parquet' where rule = 'PAC876'")
    assert told == [("error",)]


def test_the_rule_cannot_be_silenced(tmp_path):
    for choice in ["off", "warning"]:
        profile = tmp_path / f"{choice}.toml"
        text = (TEAL / "profile.toml").read_text(encoding="utf-8")
        profile.write_text(f'{text}\n[rules.PAC876]\nseverity = "{choice}"\n', encoding="utf-8")
        refused = support.refused("check", TEAL / "input.csv", "--profile", profile)
        assert "PAC876" in refused


def test_the_data_package_describes_it(outputs):
    package = json.loads((outputs["teal_contractor"].folder / "datapackage.json").read_text(encoding="utf-8"))
    (own,) = [resource for resource in package["resources"] if resource["name"] == "contractor_view"]
    assert own["path"] == "contractor_view.parquet"
    assert [field["name"] for field in own["schema"]["fields"]] == COLUMNS
