"""Keys are the same in every later run."""

import pytest

import support

# Where a record may be put in front of all others: behind the header or the opening bracket.
NEW_RECORD = {
    "oakfield_csv": (1, "A0999,40100,Asthma,New,GP,Y,,,,01/02/2026,,,Y,Open,,,,,North"),
    "riverside_pipe": (1, "P000100|VULN-RESP|Respiratory – asthma|01/02/2026|||Y|New"),
    "harbour_ndjson": (
        0,
        '{"alertId":"5b0f3a52-7c1e-4f0e-9a4e-6d1c2b3a4f00",'
        '"person":{"id":"0c7a1d9e-3f52-4b8e-8a55-1f2e3d4c5b00"},'
        '"alert":{"label":"Asthma"},"dates":{"start":"2026-02-01"}}',
    ),
    "meadow_json": (1, '{"ref":6999,"person":"P000100","code":"MED1.01","from":"2026-02-01"},'),
}
ENCODINGS = {"riverside_pipe": "windows-1252"}


def test_the_same_export_gets_the_same_keys(outputs, tmp_path):
    for case, first in outputs.items():
        profile = support.FIXTURES / case / "profile.toml"
        again = support.convert(tmp_path / case, support.inputs(case), profile)
        assert again.alerts() == first.alerts(), case


@pytest.mark.parametrize("case", NEW_RECORD)
def test_a_new_record_changes_no_other_key(outputs, tmp_path, case):
    (export,) = support.inputs(case)
    at, record = NEW_RECORD[case]
    lines = export.read_bytes().split(b"\n")
    ending = b"\r" if lines[0].endswith(b"\r") else b""
    lines.insert(at, record.encode(ENCODINGS.get(case, "utf-8")) + ending)
    longer = tmp_path / export.name
    longer.write_bytes(b"\n".join(lines))
    after = support.convert(tmp_path / "out", [longer], support.FIXTURES / case / "profile.toml")
    before = outputs[case].alerts(but={"source_record"})
    alerts = after.alerts(but={"source_record"})
    assert alerts[1:] == before
    assert alerts[0]["start_date"] == "2026-02-01"
