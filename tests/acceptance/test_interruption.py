"""A run that is killed, or cannot go on, leaves nothing half written and harms nothing."""

import hashlib
import os
import signal
import subprocess
import time

import pytest

from support import AS_OF, FIXTURES, PAC, Output

PROFILE = FIXTURES / "oakfield_csv" / "profile.toml"
ROUNDS = 25


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    """Oakfield's export, many times over, so that a run takes long enough to be interrupted."""
    text = (FIXTURES / "oakfield_csv" / "input.csv").read_text(encoding="utf-8")
    header, records = text.split("\n", 1)
    path = tmp_path_factory.mktemp("export") / "export.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(header + "\n")
        for copy in range(400):
            file.write(records.replace("\nA1", f"\nA{copy}x1"))
    return path


def command(export, out, *more):
    arguments = [PAC, "convert", export, "--profile", PROFILE, "--out", out, "--as-of", AS_OF]
    return [*arguments, "--quiet", *more]


def digest(folder):
    """Names and contents of all files below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    content = [str(path.relative_to(folder)).encode() + path.read_bytes() for path in paths]
    return hashlib.sha256(b"".join(content)).hexdigest()


@pytest.mark.parametrize("signal_sent", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_run_leaves_the_old_output_or_the_new_one(tmp_path, export, signal_sent):
    out = tmp_path / "out"
    (tmp_path / "neighbour").write_text("untouched", encoding="utf-8")
    assert subprocess.run(command(FIXTURES / "oakfield_csv" / "input.csv", out), check=False).returncode == 1
    old = digest(out)
    whole = tmp_path / "whole"
    start = time.monotonic()
    assert subprocess.run(command(export, whole), check=False).returncode == 1
    length = time.monotonic() - start
    new = digest(whole)
    killed = 0
    for moment in range(ROUNDS):
        run = subprocess.Popen(command(export, out, "--force"))
        time.sleep(length * 1.1 * moment / (ROUNDS - 1))
        run.send_signal(signal_sent)
        killed += run.wait() in (-signal.SIGKILL, 130)
        assert digest(out) in (old, new)
        Output(out, 0).query("select count(*) from {person_alert}")
    assert killed > 0
    assert subprocess.run(command(export, out, "--force"), check=False).returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["neighbour", "out", "whole"]


@pytest.mark.parametrize("sent", ["", "Alert ID,Person Ref\n", "whole"])
def test_one_signal_ends_a_run_whose_sender_is_silent(tmp_path, sent):
    if sent == "whole":
        sent = (FIXTURES / "oakfield_csv" / "input.csv").read_text(encoding="utf-8")
    run = subprocess.Popen(
        command("-", tmp_path / "out"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    run.stdin.write(sent)
    run.stdin.flush()
    time.sleep(0.5)
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=20) == 130
    assert "nothing was written" in run.stderr.read()
    assert list(tmp_path.iterdir()) == []
    run.stdin.close()


def test_what_cannot_be_read_or_written_is_told(tmp_path, export):
    def fails(code, *arguments):
        done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        assert done.stderr.startswith("pac: ") and done.stderr.count("\n") == 1, done.stderr

    out = tmp_path / "out"
    fails(3, *command(tmp_path / "missing.csv", out))
    fails(3, *command(tmp_path, out))
    assert not out.exists()
    (tmp_path / "file").write_text("", encoding="utf-8")
    fails(2, *command(export, tmp_path / "file"))
    fails(2, *command(export, tmp_path / "file" / "out"))
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("precious", encoding="utf-8")
    fails(2, *command(export, foreign))
    fails(2, *command(export, foreign, "--force"))
    assert (foreign / "thesis.txt").read_text(encoding="utf-8") == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "foreign"]


@pytest.mark.skipif(os.geteuid() != 0, reason="a small file system can only be mounted by root")
def test_a_full_disk_is_told_and_nothing_is_left(tmp_path, export):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "none", disk], check=False)
    if mounted.returncode:
        pytest.skip("this machine mounts nothing")
    try:
        done = subprocess.run(command(export, disk / "out"), capture_output=True, text=True, check=False)
        assert done.returncode == 2 and "the disk is full" in done.stderr, done.stderr
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", disk], check=True)
