"""What was rejected stays rejected, as long as nobody mends it, whatever its rejects no longer show."""

import support

FIELDS = """
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "s"
"""
LANDLORD = '[landlord]\nname = "Rejects"\ncode = "REJ"\n'


def twice(tmp_path, profile, name, data):
    path = tmp_path / "profile.toml"
    path.write_text(LANDLORD + profile)
    export = tmp_path / name
    export.write_bytes(data)
    first = support.convert(tmp_path / "first", [export], path)
    second = support.convert(tmp_path / "second", [first.rejects()], path)
    return first.ledger, second.ledger


def test_undecodable_records_are_not_read_in_another_encoding(tmp_path):
    good = "P1,MED1.01,2024-01-01,Chloë said café\n".encode() * 3
    bad = "P2,MED1.01,2024-01-01,Zoë ".encode() + b"\xe9\xe8\n"
    profile = FIELDS + 'alert_description = "d"\n'
    first, second = twice(tmp_path, profile, "in.csv", b"p,c,s,d\n" + good + bad * 2)
    assert first["records_unreadable"] == 2
    assert (second["records_unreadable"], second["emitted"]) == (2, 0)


def test_a_member_that_nobody_saw_is_still_missing(tmp_path):
    filler = '{"c":"MED1.01","s":"2024-01-01","pad":"' + "x" * 1000 + '"}'
    alerts = ",".join([filler] * 5000)
    data = f'[{{"p":"P1","alerts":[{alerts}],"until":"2024-02-01"}}]'.encode()
    profile = (
        '[input]\nrecords = "/*/alerts/*"\n'
        + FIELDS.replace('"p"', '"../p"')
        + 'end_date = "../until"\n[columns]\ndrop = ["pad"]\n'
    )
    first, second = twice(tmp_path, profile, "in.json", data)
    assert first["records_unreadable"] == second["records_unreadable"] > 0
    assert second["emitted"] == 0
