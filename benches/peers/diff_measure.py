#!/usr/bin/env python3
"""Runs `pac diff` and the same comparison in DuckDB in turn over two outputs of pac, a month apart, and prints
medians and ratios."""

import argparse
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from measure import HERE, ROOT, run

OLDER_DAY, NEWER_DAY = "2026-11-22", "2026-12-22"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pac", type=Path, default=ROOT / "target/release/pac")
    parser.add_argument("--folder", type=Path, default=ROOT / "target/bench", help="for inputs and outputs")
    return parser.parse_args()


def profile(folder):
    """That of the other benchmark; what is absent is deleted, and what has ended is closed."""
    text = (HERE / "legacy.toml").read_text(encoding="utf-8")
    text = text.replace("autoclose = false", 'absence = "deleted"\nsystem_user = 1').replace('file = "', f'file = "{HERE}/')
    path = folder / "diff_profile.toml"
    path.write_text(text, encoding="utf-8")
    return path


def outputs(wish, policy):
    """The two outputs, made unless they are there."""
    made = wish.folder / f"diff_{wish.rows}_{wish.seed}"
    if not made.exists():
        begun = made.with_suffix(".part")
        shutil.rmtree(begun, ignore_errors=True)
        begun.mkdir(parents=True)
        # in processes of their own: the memory of this one counts as that of its children
        exports = [HERE / "diff_exports.py", "--rows", wish.rows, "--seed", wish.seed, "--folder", begun]
        subprocess.run([sys.executable, *map(str, exports)], check=True)
        for name, day in (("older", OLDER_DAY), ("newer", NEWER_DAY)):
            convert = [wish.pac, "convert", begun / f"{name}.csv", "--profile", policy, "--out", begun / name, "--as-of", day,
                       "--threads", wish.threads, "--fail-on", "never", "--quiet"]  # fmt: skip
            subprocess.run([str(word) for word in convert], check=True)
            (begun / f"{name}.csv").unlink()
        begun.rename(made)
    return made / "older", made / "newer"


def main():
    wish = arguments()
    wish.folder.mkdir(parents=True, exist_ok=True)
    policy = profile(wish.folder)
    older, newer = outputs(wish, policy)
    out = {name: wish.folder / f"diff_out_{name}" for name in ("pac", "duckdb")}
    commands = {
        "pac": [wish.pac, "diff", older, newer, "--profile", policy, "--out", out["pac"], "--threads", wish.threads],
        "duckdb": [sys.executable, HERE / "diff_duckdb.py", older, newer, NEWER_DAY, out["duckdb"]],
    }
    taken = {name: [] for name in commands}
    for _ in range(wish.runs):
        for name, command in commands.items():
            shutil.rmtree(out[name], ignore_errors=True)
            taken[name].append(run(command, wish.threads, wish.folder / f"diff_{name}.log"))
    medians = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in taken.items()}
    own = medians["pac"]
    print(f"two outputs of about {wish.rows:,} alerts, {wish.threads} threads, medians of {wish.runs} runs in turn\n")
    print("| | wall s | CPU s | peak MiB | wall / pac | CPU / pac | memory / pac |")
    print("|---|---|---|---|---|---|---|")
    for name, (wall, cpu, peak) in medians.items():
        ratios = " | ".join(f"{value / mine:.2f}" for value, mine in zip((wall, cpu, peak), own))
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {ratios} |")
    print(flush=True)
    sys.exit(subprocess.run([sys.executable, HERE / "diff_content.py", *out.values()]).returncode)


if __name__ == "__main__":
    main()
