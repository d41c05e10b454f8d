"""What no person would write into a file ends as a message, never as a traceback."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import nbformat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kamtools import cli, engagement
from kamtools.errors import KamtoolsError
from kamtools.learning.cases import read_case
from kamtools.publishing.batch.file import read_rows
from kamtools.publishing.standing_report import read_report

SCRIPT = Path(__file__).with_name("fuzz_readers.py")
SECONDS = 6
few = settings(max_examples=6, deadline=None,
               suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
many = settings(few, max_examples=60)

TOML = 'name = "T"\ncurrency = "EUR"\nas_of = 2024-12-31\n'
FILES = {
    "invoices": "account_id,invoice_id,date,amount,currency\nA1,1,2024-01-15,100.50,EUR\n"
    "A2,2,31/03/2024,-7,USD\nA1,3,2024-02-01,\"1,234.5\",\n",
    "accounts": "account_id,name,chain,strategic_fit_rating,sites\nA1,Tea,T,4,2\nA2,Salt,,5,\n",
    "relationship": "account_id,share_of_wallet\nA1,0.4\nA2,0.1\n",
    "measures": "measure,cost,cost_high\nnotice,8,9\n",
    "dependence": "account_id,side,part,stake,availability,whose\nA1,account,spend,1,0,us\n",
    "notices": "account_id,date,days,kind\nA1,2024-05-01,30,price\n",
    "rates": "currency,rate\nUSD,0.9\n",
}  # fmt: skip
DIRT = [
    b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'""', b",", b";", b"\t", b"\r", b"\n", b"\n\n",
    b"=1+1", b"-", b"1e999", b"nan", b"inf", b"9999-12-31", b"0000-00-00", b"31.02.2024", b"A1",
    "\u3000\u9752\u79be\u202e".encode(), "\u00e9".encode("cp1252"), b"x" * 40_000,
    b"'; DROP TABLE x",
    b"row", b"reason", b"account_id", b"AMOUNT", b"-1e13", b"1.234.567,8", b"((5))", b"NULL",
]  # fmt: skip


@st.composite
def dirtied(draw, text):
    """Return a file's bytes with some pieces cut out, doubled, or replaced by dirt."""
    content = text.encode()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 20)))
        piece = draw(st.sampled_from([*DIRT, content[start:end] * 2]))
        content = content[:start] + piece + content[end:]
    return content


def ends_in_a_message(act):
    with contextlib.suppress(KamtoolsError):
        act()


@settings(few, max_examples=15)
@given(name=st.sampled_from(list(FILES)), data=st.data())
def test_dirt_in_a_table_ends_in_a_message(make_folder, name, data):
    folder = make_folder(toml=TOML, invoices=FILES["invoices"], rates=FILES["rates"])
    dirty = data.draw(dirtied(FILES[name]))
    (folder / f"{name}.csv").write_bytes(dirty)
    try:
        ends_in_a_message(lambda: engagement.load(folder))
    finally:
        (folder / f"{name}.csv").unlink()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner,
                                                                max_size=3),
    max_leaves=8,
)  # fmt: skip
OPTIONS = ["path", "encoding", "separator", "decimal", "date_order", "sheet", "columns", "database",
           "table", "query"]  # fmt: skip


def as_toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, float):
        return repr(value)
    return '"none"' if value is None else json.dumps(value)


@few
@given(options=st.dictionaries(st.sampled_from(OPTIONS), VALUES, max_size=4),
       name=st.sampled_from(list(FILES)))  # fmt: skip
def test_any_options_of_a_file_end_in_a_message(make_folder, options, name):
    lines = "".join(f"{key} = {as_toml(value)}\n" for key, value in options.items())
    folder = make_folder(toml=TOML, extra_toml=f"[files.{name}]\n{lines}", **FILES)
    ends_in_a_message(lambda: engagement.load(folder))


SECTIONS = {
    "strategy": ["goals"], "capacity": ["headcount", "budget"], "power": ["corridor"],
    "finance": ["cash", "avoidable_share"], "quality": ["duplicates"], "files": ["invoices"],
}  # fmt: skip


@few
@given(data=st.data())
def test_any_value_of_a_setting_ends_in_a_message(make_folder, data):
    section = data.draw(st.sampled_from(list(SECTIONS)))
    key, value = data.draw(st.sampled_from(SECTIONS[section])), data.draw(VALUES)
    folder = make_folder(toml=TOML, extra_toml=f"[{section}]\n{key} = {as_toml(value)}\n")
    ends_in_a_message(lambda: engagement.load(folder))


FACTS = """[case]
name = "a"
title = "A"
supplier = "A"
account = "B"
told_by = "p"
cannot = "x"
[[facts]]
name = "s"
value = 0.5
unit = "share of sales"
date = "2017-04-03"
address = "https://example.org/a"
grade = "B"
whose = "p"
"""


@many
@given(content=dirtied(FACTS))
def test_dirt_in_the_facts_of_a_case_ends_in_a_message(content):
    ends_in_a_message(lambda: read_case(content.decode("utf-8", errors="replace")))


@many
@given(key=st.sampled_from(["case", "facts", "dependence"]), value=VALUES)
def test_any_value_in_the_facts_of_a_case_ends_in_a_message(key, value):
    ends_in_a_message(lambda: read_case(f"{key} = {as_toml(value)}\n"))


@many
@given(content=dirtied("folder,name,notebooks,top\nfirm,a,role power,3\nother,,,\n"))
def test_dirt_in_the_plan_of_a_batch_ends_in_a_message(tmp_path, content):
    (tmp_path / "plan.csv").write_bytes(content)
    ends_in_a_message(lambda: read_rows(tmp_path / "plan.csv"))


RECORD = {"notebooks": {"role": {}}, "versions": {"kamtools": "0"}, "files": [],
          "engagement": {"name": "T", "as_of": "2024-12-31", "language": "en"}}  # fmt: skip


@many
@given(key=st.sampled_from([*RECORD, "case"]), value=VALUES)
def test_any_value_in_the_record_of_a_report_ends_in_a_message(tmp_path, key, value):
    record = json.dumps({**RECORD, key: value})
    (tmp_path / "run.json").write_text(record, encoding="utf-8")
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "role.ipynb")
    ends_in_a_message(lambda: read_report(tmp_path))


@many
@given(file=st.sampled_from(["run.json", "role.ipynb"]), data=st.data())
def test_dirt_in_a_report_ends_in_a_message(tmp_path, file, data):
    texts = {"run.json": json.dumps(RECORD), "role.ipynb": nbformat.writes(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", id="a")]))}  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / file).write_bytes(data.draw(dirtied(texts[file])))
    ends_in_a_message(lambda: read_report(tmp_path))


@few
@given(name=st.sampled_from(["engagement", *FILES]), data=st.data())
def test_no_dirt_is_told_as_a_fault_of_kamtools_itself(make_folder, capsys, name, data):
    folder = make_folder(toml=TOML, **FILES)
    file = "engagement.toml" if name == "engagement" else f"{name}.csv"
    (folder / file).write_bytes(data.draw(dirtied({"engagement": TOML, **FILES}[name])))
    with contextlib.suppress(SystemExit):
        cli.main(["check", str(folder)])
    assert "a fault in kamtools itself" not in capsys.readouterr().err


def test_bytes_guided_by_what_code_they_reach_end_in_a_message(tmp_path):
    command = [sys.executable, SCRIPT, str(SECONDS), tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=10 * SECONDS)
    told = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, told["finds"]) == (0, {})
    assert told["inputs"] > 50
