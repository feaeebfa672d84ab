"""What does not belong in free text: found where it stands, taken out where the profile says so."""

import csv
import json

import pyarrow.parquet
import pytest

import support

# Each is found by another rule; numbers and people are invented.
CANARIES = {
    "PAC604": ("NHS {}, oxygen at home", "999 000 0018"),
    "PAC605": ("benefit form has {} on it", "AB 12 34 56 C"),
    "PAC606": ("mum {} in the evenings", "07700 900456"),
    "PAC607": ("date of birth {} by his sister", "03/04/1950"),
    "PAC608": ("key safe code {} by the door", "C4471Y"),
    "PAC609": ("Mrs {} next door has a key", "Quillfeather"),
    "PAC611": ("collects {} on Mondays", "methadone"),
}
ERRORS = ["PAC604", "PAC605", "PAC608"]
CLEAN = ["cardiac arrest in 2019", "lithium battery in the hall", "Flat B2 1st floor, door number 214"]
PROFILE = """
[landlord]
name = "Example"
code = "EX"
[fields]
person_id = "p"
person_alert_code_id = "c"
start_date = "s"
alert_description = "d"
source_details = "t"
[privacy]
text = "{}"
"""


@pytest.fixture(scope="module", params=["keep", "redact", "drop"])
def converted(request, tmp_path_factory):
    home = tmp_path_factory.mktemp(request.param)
    export, profile = home / "input.csv", home / "profile.toml"
    profile.write_text(PROFILE.format(request.param), encoding="utf-8")
    with export.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["p", "c", "s", "d", "t"])
        texts = [text.format(canary) for text, canary in CANARIES.values()]
        for person, text in enumerate([*texts, *CLEAN], start=1):
            rows.writerow([person, "RISK2.01", "2024-01-01", text, "self"])
    return request.param, support.convert(home / "out", [export], profile)


def spoken(output):
    """Which rules over text speak about which record."""
    with (output.folder / "findings.csv").open(encoding="utf-8", newline="") as file:
        told = [row for row in csv.DictReader(file) if "PAC604" <= row["rule"] <= "PAC612"]
    return [(row["rule"], row["severity"], row["effect"], int(row["record"])) for row in told]


def test_each_is_found_at_its_record_and_nowhere_else(converted):
    policy, output = converted
    errors = ("error", "rejected") if policy == "keep" else ("warning", "redacted")
    others = ("warning", "kept") if policy == "keep" else ("warning", "redacted")
    expected = [
        (rule, *(errors if rule in ERRORS else others), record)
        for record, rule in enumerate(CANARIES, start=1)
    ]
    assert spoken(output) == expected


def test_no_alert_is_lost_but_to_the_rejects(converted):
    policy, output = converted
    lost = len(ERRORS) if policy == "keep" else 0
    assert output.ledger["rejected"] == lost
    assert output.ledger["emitted"] == len(CANARIES) + len(CLEAN) - lost


def test_only_what_was_found_is_taken_out(converted):
    policy, output = converted
    table = pyarrow.parquet.read_table(output.folder / "person_alert.parquet")
    persons, texts = table["person_id"].to_pylist(), table["alert_description"].to_pylist()
    found = dict(zip(persons, texts))
    for person, (rule, (text, canary)) in enumerate(CANARIES.items(), start=1):
        before, behind = text.split("{}")
        if policy == "redact":
            assert found[person].startswith(before + "["), rule
            assert found[person].endswith(" removed]" + behind), rule
        elif policy == "drop":
            assert found[person] is None
        elif rule not in ERRORS:
            assert found[person] == text.format(canary)
    kept = [found[person] for person in range(len(CANARIES) + 1, len(CANARIES) + len(CLEAN) + 1)]
    assert kept == ([None] * len(CLEAN) if policy == "drop" else CLEAN)


def test_nothing_taken_out_stands_in_any_output(converted):
    policy, output = converted
    whole = pyarrow.parquet.read_table(output.folder / "person_alert.parquet").to_pylist()
    contents = [str(whole).encode()]
    contents += [path.read_bytes() for path in output.folder.rglob("*") if path.is_file()]
    for _, canary in CANARIES.values():
        stands = any(canary.encode() in content for content in contents)
        assert stands == (policy == "keep"), canary


def test_what_is_taken_out_is_counted(converted):
    policy, output = converted
    (report,) = output.report["inputs"]
    texts = {"redact": len(CANARIES), "drop": 2 * (len(CANARIES) + len(CLEAN))}
    places = {"redact": len(CANARIES), "drop": 0}
    expected = {"policy": policy, "texts": texts.get(policy), "places": places.get(policy)}
    assert report.get("free_text") == (None if policy == "keep" else expected)


@pytest.mark.parametrize("policy", ["redact", "drop"])
def test_nothing_taken_out_stands_in_the_history(policy, tmp_path):
    export, log, profile = (tmp_path / name for name in ["input.csv", "log.csv", "profile.toml"])
    fields = "person_alert_id action_type changed_by_user_id change_timestamp change_summary old_value new_value"
    history = "".join(f'{field} = "{field}"\n' for field in fields.split())
    text = PROFILE.format(policy).replace("[fields]", '[fields]\nperson_alert_id = "a"')
    profile.write_text(f"{text}[history.fields]\n{history}", encoding="utf-8")
    export.write_text("a,p,c,s,d,t\nA1,1,RISK2.01,2024-01-01,,\n", encoding="utf-8")
    with log.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(fields.split())
        old = json.dumps({
            "alert_description": "ring her\n07700 900456 \u2013 not after six",
            "alert_status": "Open",
            "nhs": 9990000018,
            "end_date": "soon, ask NHS 999 000 0018",
            "person_id": 9990000107,
        })
        time = "2024-01-02T10:00:00Z"
        rows.writerow(["A1", "UPDATE", 3, time, "NHS 999 000 0018", old, "AB 12 34 56 C"])
    output = support.run(tmp_path / "out", export, "--profile", profile, "--history", log)

    (change,) = pyarrow.parquet.read_table(
        output.folder / "person_alert_history.parquet"
    ).to_pylist()
    contents = [path.read_bytes() for path in output.folder.rglob("*") if path.is_file()]
    # a number in the place of a person's key is a key
    old_value = json.loads(change["old_value"])
    assert old_value.pop("person_id") == 9990000107
    told = {**change, "old_value": str(old_value)}
    for canary in ["07700 900456", "9990000018", "999 000 0018", "AB 12 34 56 C"]:
        assert canary not in str(told)
        assert not any(canary.encode() in content for content in contents), canary
    for values in [change["old_value"], change["new_value"]]:
        assert values is None or isinstance(json.loads(values), dict)
    assert old_value["alert_status"] == "Open"
    if policy == "redact":
        assert old_value["alert_description"] == "ring her\n[phone number removed] \u2013 not after six"
