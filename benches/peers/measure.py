#!/usr/bin/env python3
"""Runs pac and the peers' jobs in turn over one export, and prints medians and ratios."""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
AS_OF = "2026-11-22"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--ndjson", action="store_true", help="the same content as NDJSON, which Polars' job does not read")
    parser.add_argument("--profile", type=Path, default=HERE / "legacy.toml", help="of pac, such as one with further rules")
    parser.add_argument("--pac", type=Path, default=ROOT / "target/release/pac")
    parser.add_argument("--folder", type=Path, default=ROOT / "target/bench", help="for inputs and outputs")
    return parser.parse_args()


def export(wish):
    """The input, made unless it is there."""
    made = wish.folder / f"alerts_{wish.rows}_{wish.seed}.csv"
    if not made.exists():
        begun = made.with_suffix(".part")
        subprocess.run(
            [sys.executable, HERE / "generate.py", "--rows", str(wish.rows), "--seed", str(wish.seed), "--out", begun], check=True
        )
        begun.rename(made)
    if not wish.ndjson:
        return made
    lines = made.with_suffix(".ndjson")
    if not lines.exists():
        read = f"read_csv('{made}', all_varchar=true, header=true, auto_detect=false, delim=',', quote='\"', escape='\"', columns={columns(made)})"
        copy = f"COPY (SELECT * FROM {read}) TO '{lines}' (FORMAT json)"
        # in a process of its own: the memory of this one counts as that of its children
        subprocess.run([sys.executable, "-c", f"import duckdb; duckdb.sql({copy!r})"], check=True)
    return lines


def columns(made):
    with open(made, encoding="utf-8") as file:
        return "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in file.readline().rstrip().split(",")) + "}"


def run(command, threads, log):
    """Wall seconds, CPU seconds and peak MiB of a command."""
    begun = time.perf_counter()
    with open(log, "wb") as words:
        child = subprocess.Popen(
            [str(word) for word in command], stdout=words, stderr=words, env=dict(os.environ, THREADS=str(threads))
        )
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    if status != 0:
        sys.exit(f"{command[0]} failed:\n{Path(log).read_text(encoding='utf-8')}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    wish = arguments()
    wish.folder.mkdir(parents=True, exist_ok=True)
    source = export(wish)
    out = {name: wish.folder / f"out_{name}" for name in ("pac", "duckdb", "polars")}
    commands = {
        "pac": [wish.pac, "convert", source, "--profile", wish.profile, "--out", out["pac"], "--as-of", AS_OF,
                "--threads", wish.threads, "--fail-on", "never"],
        "duckdb": [sys.executable, HERE / "duckdb_job.py", source, HERE, out["duckdb"]],
        "polars": [sys.executable, HERE / "polars_job.py", source, HERE, out["polars"]],
    }  # fmt: skip
    if wish.ndjson:
        del commands["polars"], out["polars"]
    taken = {name: [] for name in commands}
    for _ in range(wish.runs):
        for name, command in commands.items():
            shutil.rmtree(out[name], ignore_errors=True)
            taken[name].append(run(command, wish.threads, wish.folder / f"{name}.log"))
    medians = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in taken.items()}
    own = medians["pac"]
    size = source.stat().st_size
    print(f"{source.name}: {wish.rows:,} rows, {size / 1e6:.0f} MB, {wish.threads} threads, medians of {wish.runs} runs in turn\n")
    print("| | wall s | CPU s | peak MiB | Parquet MB | MB/s | wall / pac | CPU / pac | memory / pac |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, (wall, cpu, peak) in medians.items():
        parquet = (out[name] / "person_alert.parquet").stat().st_size / 1e6
        ratios = " | ".join(f"{value / mine:.2f}" for value, mine in zip((wall, cpu, peak), own))
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {parquet:.1f} | {size / wall / 1e6:.0f} | {ratios} |")
    print(flush=True)
    sys.exit(subprocess.run([sys.executable, HERE / "content.py", *out.values()]).returncode)


if __name__ == "__main__":
    main()
