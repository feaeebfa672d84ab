"""A landlord whose labels, notes and names of columns are the big list of naughty strings (naughty_strings.json, by
Max Woolf, under its own licence beside it)."""

import csv
import json
from pathlib import Path

from support import run

NAUGHTY = json.loads((Path(__file__).parent / "naughty_strings.json").read_text(encoding="utf-8"))
# What a cell cannot hold as it stands: nothing, and white space that is trimmed.
LABELS = list(dict.fromkeys(text.strip() for text in NAUGHTY if text.strip()))


def convert(home):
    """Converts it, with its values shown."""
    export, profile = home / "input.csv", home / "profile.toml"
    columns = [text for text in LABELS if "\n" not in text and "\r" not in text][:60]
    with export.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person", "label", "start", "notes", *columns])
        for at, text in enumerate(LABELS, 1):
            writer.writerow([at, text, "2024-01-01", text, *[text] * len(columns)])
        writer.writerow([1, "Asthma", "2024-01-01", ""])
    profile.write_text(
        '[landlord]\nname = "A"\ncode = "A"\n[input]\nencoding = "utf-8"\n[fields]\nperson_id = "person"\n'
        'start_date = "start"\nalert_description = "notes"\n'
        'person_alert_code_id = { column = "label", crosswalk = "labels" }\n'
        '[crosswalks.labels.values]\n"Asthma" = "MED1.01"\n',
        encoding="utf-8",
    )
    return run(home / "out", export, "--profile", profile, "--show-values")
