"""A broken file is told by name, row and column, and a full disk leaves nothing half made."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from kamtools import engagement
from kamtools.errors import InputError

HEADER = "account_id,invoice_id,date,amount\n"
LINE = "A1,1,2024-01-15,100\n"
KAM = Path(sys.executable).with_name("kam")
FIVE_MILLION = 5_000_000
SMALL = 20_000
"""Bytes that a file may have where the disk is played full."""

TEXTS = {
    "nothing": (b"", "invoices.csv: saw 0 bytes; expected a header row"),
    "only a header": (HEADER.encode(), "invoices.csv: saw no lines; expected lines"),
    "a blank line first": (b"\n" + HEADER.encode(), "row 1: saw a blank line; expected a header"),
    "a byte of value 0": ((HEADER + LINE + "A\0,2,2024-01-15,1\n").encode(),
                          "invoices.csv, row 3: saw a byte of value 0; expected text"),
    "UTF-16 without its mark": ((HEADER + LINE).encode("utf-16-le"), "row 1: .*utf-16-le"),
    "half of UTF-16": ((HEADER + LINE).encode("utf-16")[:-1], "truncated data.*text in utf-16"),
    "two encodings": (
        HEADER.encode() + "Café,1,2024-01-15,1\n".encode("cp1252") + "青,1,2024-01-15,1\n".encode(),
        r"invoices.csv, row 2: saw bytes that are not UTF-8, b'Caf\\xe9,1.*expected an encoding"),
    "one name in two cases": ((HEADER.strip() + ",Amount\n" + LINE).encode(),
                              "row 1: saw .*'Amount'; expected a header of different names"),
    "an open quote": ((HEADER + LINE + '"A1,2,2024-01-15,1\n').encode(),
                      "invoices.csv, row 3: saw .*; expected 4 cells"),
}  # fmt: skip
WORKBOOKS = {
    "a web page": (b"\n<html><table></table></html>", "saw a web page or XML; expected a workbook"),
    "a password": (bytes.fromhex("d0cf11e0a1b11ae1") * 600, "saw a workbook with a password"),
    "no zip": (b"PK and no more", "File is not a zip file; expected a workbook"),
    "an empty zip": (b"PK\x05\x06" + b"\0" * 18, "expected a readable .xlsx file"),
}


def refused(folder, message):
    before = {path: path.is_file() and path.stat().st_size for path in folder.rglob("*")}
    with pytest.raises(InputError, match=message):
        engagement.load(folder)
    after = {path: path.is_file() and path.stat().st_size for path in folder.rglob("*")}
    assert after == before


@pytest.mark.parametrize("what", TEXTS)
def test_broken_csv_file_is_told_with_its_place(make_folder, what):
    content, message = TEXTS[what]
    refused(make_folder(invoices=content), message)


@pytest.mark.parametrize("what", WORKBOOKS)
def test_broken_workbook_is_told_by_what_it_is(make_folder, what):
    content, message = WORKBOOKS[what]
    folder = make_folder(invoices=None)
    (folder / "invoices.xlsx").write_bytes(content)
    refused(folder, f"invoices.xlsx: .*{message}")


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.95])
def test_parquet_that_was_cut_off_is_told_by_name(make_folder, keep):
    folder = make_folder(invoices=None)
    path = folder / "invoices.parquet"
    pd.DataFrame([LINE.strip().split(",")] * 50, columns=HEADER.strip().split(",")).to_parquet(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    refused(folder, "invoices.parquet: .*expected a readable .parquet file")


@pytest.mark.parametrize("name", ["invoices.csv", "accounts.csv", "engagement.toml"])
def test_folder_or_pipe_in_the_place_of_a_file_is_told(make_folder, name):
    folder = make_folder()
    for make, seen in ((os.mkdir, "a folder"), (os.mkfifo, "a pipe or a device")):
        (folder / name).unlink(missing_ok=True)
        make(folder / name)
        refused(folder, f"{name}: saw {seen}; expected a file")
        if seen == "a folder":
            (folder / name).rmdir()


def kam_without_rights(*arguments):
    """Run the command; as root without what lets root into every file."""
    rights = "-dac_override,-dac_read_search"
    bare = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"]
    command = [*(bare if os.geteuid() == 0 else []), KAM, *arguments]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize("name", ["invoices.csv", "engagement.toml"])
def test_file_that_may_not_be_read_is_told(make_folder, name):
    folder = make_folder()
    (folder / name).chmod(0)
    done = kam_without_rights("check", folder)
    assert done.returncode == 2
    assert f"{name}: saw Permission denied; expected a" in done.stderr


@pytest.mark.parametrize("command", ["sample", "run"])
def test_folder_that_may_not_be_written_to_is_told_before_any_work(make_folder, tmp_path, command):
    folder, parent = make_folder(), tmp_path / "locked"
    parent.mkdir(mode=0o555)
    where = ["--out", parent / "made"] if command == "run" else []
    given = [folder, "readiness"] if command == "run" else [parent / "made"]
    done = kam_without_rights(command, *given, *where)
    assert done.returncode == 1
    assert "Permission denied" in done.stderr
    assert not list(parent.iterdir())


def test_fault_in_the_last_of_five_million_lines_is_told_with_its_row(make_folder):
    folder = make_folder(invoices=None)
    with (folder / "invoices.csv").open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for _ in range(FIVE_MILLION // 1000):
            file.write(LINE * 1000)
        file.write("A1,1,2024-01-15,ten\n")
    start = time.perf_counter()
    refused(folder, "1 fault\n  invoices.csv, row 5000002, column amount: saw 'ten'; expected a nu")
    assert time.perf_counter() - start < 120


def on_a_full_disk():
    """Let no file of the child process grow beyond what a small disk has."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))


@pytest.mark.parametrize("command", ["sample", "check"])
def test_full_disk_is_told_and_leaves_no_half_file(make_folder, tmp_path, command):
    folder = make_folder(invoices=(HEADER + "\n" + LINE * 5_000).encode())
    target = tmp_path / "made" if command == "sample" else folder
    before = sorted(tmp_path.rglob("*"))
    done = subprocess.run(
        [KAM, command, target], capture_output=True, text=True, preexec_fn=on_a_full_disk,
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "no space left" in done.stderr.lower() or "File too large" in done.stderr
    assert "a fault in kamtools itself" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_full_disk_leaves_the_previous_report_as_it_was(make_folder, tmp_path):
    folder, report = make_folder(), tmp_path / "report"
    report.mkdir()
    (report / "index.html").write_text("the old one", encoding="utf-8")
    (report / "run.json").write_text('{"files": ["index.html"], "versions": {"kamtools": "0"}}')
    done = subprocess.run(
        [KAM, "run", folder, "readiness", "--out", report], capture_output=True, text=True,
        preexec_fn=on_a_full_disk, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 1
    assert "File too large" in done.stderr or "no space left" in done.stderr.lower()
    assert "a fault in kamtools itself" not in done.stderr
    assert sorted(path.name for path in report.iterdir()) == ["index.html", "run.json"]
    assert (report / "index.html").read_text("utf-8") == "the old one"
    assert not [path for path in tmp_path.iterdir() if "partial" in path.name]
