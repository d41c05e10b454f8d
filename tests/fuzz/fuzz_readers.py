"""Bytes into every reader of files, guided by what code they reach (atheris), for some seconds.

    python tests/fuzz/fuzz_readers.py 600 FOLDER

The first byte of an input says which reader gets the rest. What a reader may raise is
KamtoolsError; anything else is a find. At the end a line of JSON says how many inputs each
reader had and lists the finds, whose inputs stay in FOLDER; the exit code is 1 where there
is one.
"""

import json
import os
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kamtools", "tomllib", "openpyxl"]):
    from kamtools import engagement
    from kamtools.decision_log import read_log
    from kamtools.errors import KamtoolsError
    from kamtools.learning.cases import read_case
    from kamtools.publishing.batch.file import read_rows
    from kamtools.publishing.standing_report import read_report
    from kamtools.reading import settings, text

TOML = b'name = "T"\ncurrency = "EUR"\nas_of = 2024-12-31\n'
LINES = b"account_id,invoice_id,date,amount\nA1,1,2024-01-15,100.5\nA2,2,31/03/2024,-7\n"
RECORD = b'{"notebooks": {"role": {}}, "versions": {"kamtools": "0"}, "files": [], "engagement": ' \
    b'{"name": "T", "as_of": "2024-12-31", "language": "en"}}'  # fmt: skip
FACTS = b'[case]\nname = "a"\ntitle = "A"\nsupplier = "A"\naccount = "B"\ntold_by = "p"\n' \
    b'cannot = "x"\n[[facts]]\nname = "s"\nvalue = 0.5\nunit = "share of sales"\n' \
    b'date = "2017-04-03"\naddress = "https://a.org"\ngrade = "B"\nwhose = "p"\n'  # fmt: skip
NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
TABLES = {
    "accounts": b"account_id,name,strategic_fit_rating\nA1,Tea,4\n",
    "relationship": b"account_id,share_of_wallet\nA1,0.4\n",
    "dependence": b"account_id,side,part,stake,availability,whose\nA,account,spend,1,0,us\n",
    "measures": b"measure,cost,cost_high\nnotice,8,9\n",
    "rates": b"currency,rate\nUSD,0.9\n",
}


def write(folder: Path, **files: bytes) -> None:
    """Write a small engagement with some of its files replaced; dots are written as __."""
    for name, content in {"engagement__toml": TOML, "invoices__csv": LINES, **files}.items():
        (folder / name.replace("__", ".")).write_bytes(content)


def read_settings(folder: Path, given: bytes) -> None:
    """Take the input for engagement.toml."""
    write(folder, engagement__toml=given)
    settings.read_settings(folder, as_of=None)


def read_header(folder: Path, given: bytes) -> None:
    """Take the input for a CSV file of which only the writing is looked at."""
    (folder / "a.csv").write_bytes(given)
    encoding = text.find_encoding(folder / "a.csv", None)
    if isinstance(encoding, str):
        text.read_header(folder / "a.csv", encoding, required=["account_id"], separator=None)
        text.has_blank_lines(folder / "a.csv", encoding)


def load_toml(folder: Path, given: bytes) -> None:
    """Take the input for what follows the three keys of engagement.toml."""
    write(folder, engagement__toml=TOML + given)
    engagement.load(folder)


def load_invoices(folder: Path, given: bytes) -> None:
    """Take the input for the invoice lines."""
    write(folder, invoices__csv=given)
    engagement.load(folder)


def load_table(folder: Path, given: bytes) -> None:
    """Take the input for one of the small tables."""
    name = list(TABLES)[given[0] % len(TABLES)] if given else "accounts"
    write(folder, **{f"{name}__csv": given[1:]})
    engagement.load(folder)


def load_parquet(folder: Path, given: bytes) -> None:
    """Take the input for invoices.parquet, with the marks that such a file has."""
    write(folder, invoices__parquet=b"PAR1" + given + b"PAR1")
    (folder / "invoices.csv").unlink()
    engagement.load(folder)


def load_workbook(folder: Path, given: bytes) -> None:
    """Take the input for the sheet of a workbook."""
    write(folder)
    (folder / "invoices.csv").unlink()
    with zipfile.ZipFile(folder / "invoices.xlsx", "w") as archive:
        for name, part in WORKBOOK.items():
            archive.writestr(name, given if name.endswith("sheet1.xml") else part)
    engagement.load(folder)


def read_plan(folder: Path, given: bytes) -> None:
    """Take the input for the plan of a batch."""
    (folder / "plan.csv").write_bytes(given)
    read_rows(folder / "plan.csv")


def read_decisions(folder: Path, given: bytes) -> None:
    """Take the input for the decision log."""
    (folder / "decision_log.jsonl").write_bytes(given)
    read_log(folder)


def read_facts(folder: Path, given: bytes) -> None:
    """Take the input for the facts of a case."""
    read_case(given.decode("utf-8", errors="replace"))


def read_record(folder: Path, given: bytes) -> None:
    """Take the input for run.json of a report."""
    (folder / "run.json").write_bytes(given)
    (folder / "role.ipynb").write_bytes(NOTEBOOK)
    read_report(folder)


def read_notebook(folder: Path, given: bytes) -> None:
    """Take the input for a notebook of a report."""
    (folder / "run.json").write_bytes(RECORD)
    (folder / "role.ipynb").write_bytes(given)
    read_report(folder)


def _workbook() -> dict[str, bytes]:
    import openpyxl

    book = openpyxl.Workbook()
    for line in LINES.decode().splitlines():
        book.active.append(line.split(","))
    with tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder) / "a.xlsx")
        with zipfile.ZipFile(Path(folder) / "a.xlsx") as archive:
            return {name: archive.read(name) for name in archive.namelist()}


WORKBOOK = _workbook()
SHEET = WORKBOOK["xl/worksheets/sheet1.xml"]
READERS = {
    read_settings: [TOML, TOML + b'[files.invoices]\npath = "a.csv"\ncolumns = {date = "d"}\n'],
    read_header: [LINES, LINES.decode().encode("utf-16"), "名称;a\n".encode("gb18030")],
    load_toml: [b'[files.invoices]\nencoding = "cp1252"\nseparator = ";"\ndate_order = "mdy"\n',
                b'[strategy]\ngoals = [{name = "g", column = "x", weight = 1}]\n'],
    load_invoices: [LINES, LINES.replace(b",", b";")],
    load_table: [bytes([n]) + content for n, content in enumerate(TABLES.values())],
    load_parquet: [b"", b"\x15\x04" * 40],
    load_workbook: [SHEET],
    read_plan: [b"folder,name,notebooks,top\na,b,role,3\n"],
    read_decisions: [b'{"number":1,"kind":"a","by":"b","date":"2024-01-01","content":{},'
                     b'"previous":"0","hash":"1"}\n'],
    read_facts: [FACTS],
    read_record: [RECORD],
    read_notebook: [NOTEBOOK],
}  # fmt: skip


def fuzz(seconds: float, kept: Path) -> None:
    """Feed the readers until the time is over, say what was found and end the process."""
    end, readers = time.monotonic() + seconds, list(READERS)
    inputs: Counter[str] = Counter()
    finds: dict[str, str] = {}

    def feed(data: bytes) -> None:
        if time.monotonic() > end:
            print(json.dumps({"inputs": sum(inputs.values()), **inputs, "finds": finds}))
            sys.stdout.flush()
            os._exit(bool(finds))
        reader = readers[data[0] % len(readers)] if data else readers[0]
        inputs[reader.__name__] += 1
        with tempfile.TemporaryDirectory() as folder:
            try:
                reader(Path(folder), data[1:])
            except KamtoolsError:
                return
            except Exception as error:
                last = traceback.extract_tb(error.__traceback__)[-1]
                name = f"{reader.__name__}-{type(error).__name__}-{last.name}-{last.lineno}"
                if name not in finds:
                    finds[name] = "".join(traceback.format_exception(error))[-1500:]
                    (kept / name).write_bytes(data)

    corpus = kept / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seeds in enumerate(READERS.values()):
        for place, seed in enumerate(seeds):
            (corpus / f"seed-{number}-{place}").write_bytes(bytes([number]) + seed)
    options = ["-max_len=4096", "-verbosity=0", "-rss_limit_mb=0", f"-artifact_prefix={kept}/"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], feed)
    atheris.Fuzz()


if __name__ == "__main__":
    fuzz(float(sys.argv[1]), Path(sys.argv[2]))
