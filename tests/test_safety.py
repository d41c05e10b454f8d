"""A folder from somebody else brings no file of this machine into a report, and writes none."""

import datetime
import os
import sqlite3
import subprocess
import sys

import duckdb
import nbformat
import pandas as pd
import pytest
from nbformat import v4

from kamtools import cli, decision_log, engagement
from kamtools.errors import InputError
from kamtools.publishing import catalogue, placing

OUT = "a link that leads out of the engagement folder; expected a file inside"
LINES = "account_id,invoice_id,date,amount\nA1,1,2024-01-15,100\n"
PATHS = ("/etc/passwd", "../other/secret.csv", "sub/../../other/secret.csv", "C:\\\\x.csv",
         "\\\\\\\\host\\\\share\\\\x.csv", "d:x.csv", "a\\u0000b.csv", "..")  # fmt: skip
NO_FILES = ("*.csv", "invoices.c?v", "[i]nvoices.csv", "", ".", "http://localhost/x.csv",
            "~/x.csv", "x" * 300)  # fmt: skip


@pytest.fixture
def secret(tmp_path):
    """Return a file that lies beside the engagement's folder."""
    path = tmp_path / "other" / "secret.csv"
    path.parent.mkdir()
    path.write_text(LINES.replace("A1", "secret"), encoding="utf-8")
    return path


def refused(folder, message):
    before = sorted(folder.rglob("*"))
    with pytest.raises(InputError, match=message) as caught:
        engagement.load(folder)
    assert sorted(folder.rglob("*")) == before
    return str(caught.value)


@pytest.mark.parametrize("name", ["engagement.toml", "invoices.csv", "accounts.csv"])
def test_link_to_a_file_outside_is_refused(make_folder, secret, name):
    folder = make_folder(accounts="account_id,name\nA1,Tea\n")
    (folder / name).unlink()
    (folder / name).symlink_to(secret)
    assert "secret" not in refused(folder, f"{name}: saw {OUT}").replace("secret.csv", "")


def test_link_that_stays_inside_is_followed(make_folder):
    folder = make_folder(invoices=None)
    (folder / "years").mkdir()
    (folder / "years" / "2024.csv").write_text(LINES, encoding="utf-8")
    (folder / "invoices.csv").symlink_to("years/2024.csv")
    assert engagement.load(folder).invoices.count().to_pandas() == 1


def test_link_to_a_folder_outside_is_refused(make_folder, secret):
    folder = make_folder(extra_toml='[files.invoices]\npath = "sub/secret.csv"\n')
    (folder / "sub").symlink_to(secret.parent)
    refused(folder, "saw sub/secret.csv; expected a file inside the engagement folder")


@pytest.mark.parametrize("leads_to", ["nowhere.csv", "accounts.csv"], ids=["nowhere", "itself"])
def test_optional_table_that_is_a_dangling_link_is_not_passed_over(make_folder, leads_to):
    folder = make_folder()
    (folder / "accounts.csv").symlink_to(leads_to)
    refused(folder, "accounts.csv: saw a link that leads nowhere; expected a file")


@pytest.mark.parametrize("path", PATHS)
def test_path_out_of_the_folder_is_refused_on_every_system(make_folder, path):
    folder = make_folder(extra_toml=f'[files.invoices]\npath = "{path}"\n')
    refused(folder, "files.invoices.path: .*expected a file inside the engagement folder")


@pytest.mark.parametrize("path", NO_FILES)
def test_pattern_or_address_is_no_file(make_folder, path):
    folder = make_folder(extra_toml=f'[files.invoices]\npath = "{path}"\n')
    refused(folder, "files.invoices.path: .*expected a file that exists")


@pytest.mark.parametrize("name", ["*.csv", "?.csv", "[a].csv", "{a,b}.csv", "a';--.csv"])
def test_file_whose_name_is_a_pattern_is_read_and_no_other(make_folder, secret, name):
    folder = make_folder(invoices=None, extra_toml=f'[files.invoices]\npath = "{name}"\n')
    (folder / name).write_text(LINES, encoding="utf-8")
    (folder / "a.csv").symlink_to(secret)
    assert engagement.load(folder).invoices.account_id.to_pandas().tolist() == ["A1"]


def test_parquet_whose_name_is_a_pattern_is_read_and_no_other(make_folder, secret):
    folder = make_folder(invoices=None, extra_toml='[files.invoices]\npath = "*.parquet"\n')
    lines = pd.DataFrame({"account_id": ["A1"], "invoice_id": ["1"], "amount": [1.0],
                          "date": pd.to_datetime(["2024-01-01"])})  # fmt: skip
    lines.to_parquet(folder / "*.parquet")
    lines.assign(account_id="secret").to_parquet(secret.with_suffix(".parquet"))
    (folder / "a.parquet").symlink_to(secret.with_suffix(".parquet"))
    assert engagement.load(folder).invoices.account_id.to_pandas().tolist() == ["A1"]


def test_header_of_sql_is_a_name_and_nothing_else(make_folder, tmp_path):
    name = f"x': 'VARCHAR'}}); COPY (SELECT 1) TO '{tmp_path / 'written'}'; --"
    folder = make_folder(invoices=LINES.replace("amount\n", f'amount,"{name}"\n').replace(
        "100\n", "100,x\n"))  # fmt: skip
    assert engagement.load(folder).invoices.count().to_pandas() == 1
    assert not (tmp_path / "written").exists()


def write_duckdb(path, *, more=""):
    with duckdb.connect(path) as database:
        database.execute("CREATE TABLE sales AS SELECT 'A' AS account_id, '1' AS invoice_id, "
                         f"DATE '2024-01-01' AS date, 5.0 AS amount; {more}")  # fmt: skip


def write_sqlite(path):
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE sales (account_id, invoice_id, date TEXT, amount REAL)")
        database.execute("INSERT INTO sales VALUES ('A', '1', '2024-01-01', 5.0)")
    database.close()


STEAL = {
    "a file": "SELECT * FROM read_csv('{secret}')",
    "a file named as a table": "SELECT * FROM '{secret}'",
    "its text": "SELECT * FROM read_text('{secret}')",
    "what kind of file it is": "SELECT * FROM sniff_csv('{secret}')",
    "the secrets of DuckDB": "SELECT * FROM duckdb_secrets()",
    "another database": "SELECT * FROM sqlite_scan('{secret}', 'x')",
    "a server": "SELECT * FROM postgres_scan('host=127.0.0.1', 'a', 'b')",
    "a copy": "SELECT 1; COPY sales TO '{written}'",
    "an end of the view": "SELECT 1) ; COPY sales TO '{written}' --",
    "an attached file": "ATTACH '{written}'",
    "a table of its own": "SELECT * INTO x FROM sales",
    "a hidden insert": "WITH x AS (INSERT INTO sales SELECT * FROM sales RETURNING *) SELECT 1",
    "a setting": "SET enable_external_access = true",
}


@pytest.mark.parametrize("what", STEAL)
def test_query_of_a_duckdb_file_reaches_nothing_else(make_folder, secret, tmp_path, what):
    query = STEAL[what].format(secret=secret, written=tmp_path / "written")
    folder = make_folder(invoices=None, extra_toml="[files.invoices]\n"
                         f'database = "s.duckdb"\nquery = """{query}"""\n')  # fmt: skip
    write_duckdb(folder / "s.duckdb")
    refused(folder, "files.invoices")
    assert not (tmp_path / "written").exists()


def test_view_of_a_duckdb_file_reads_no_file(make_folder, secret):
    folder = make_folder(invoices=None, extra_toml="[files.invoices]\n"
                         'database = "s.duckdb"\ntable = "v"\n')  # fmt: skip
    write_duckdb(folder / "s.duckdb", more=f"CREATE VIEW v AS SELECT * FROM read_csv('{secret}')")
    refused(folder, "file system operations are disabled")


SQLITE = {
    "an extension": ("SELECT load_extension('x')", "not authorized"),
    "a file written": ("SELECT writefile('{written}', 'x')", "no such function"),
    "a file read": ("SELECT readfile('{written}')", "no such function"),
    "another database": ("ATTACH '{written}' AS x", "SQL that can be read|one SELECT"),
}


@pytest.mark.parametrize("what", SQLITE)
def test_query_of_a_sqlite_file_reaches_nothing_else(make_folder, tmp_path, what):
    query, message = SQLITE[what]
    query = query.format(written=tmp_path / "written")
    folder = make_folder(invoices=None, extra_toml="[files.invoices]\n"
                         f'database = "s.sqlite"\nquery = """{query}"""\n')  # fmt: skip
    write_sqlite(folder / "s.sqlite")
    refused(folder, message)
    assert not (tmp_path / "written").exists()


def test_sqlite_file_cannot_be_written_through_its_connection(make_folder):
    folder = make_folder(invoices=None, extra_toml="[files.invoices]\n"
                         'database = "s.sqlite"\ntable = "sales"\n')  # fmt: skip
    write_sqlite(folder / "s.sqlite")
    before = (folder / "s.sqlite").read_bytes()
    engagement.load(folder)
    assert (folder / "s.sqlite").read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["engagement.toml", "s.sqlite"]


@pytest.mark.parametrize("name", ["s.sqlite", "s.duckdb"])
def test_database_outside_is_refused(make_folder, tmp_path, name):
    (write_sqlite if name == "s.sqlite" else write_duckdb)(tmp_path / name)
    folder = make_folder(extra_toml=f'[files.invoices]\ndatabase = "{name}"\ntable = "sales"\n')
    (folder / name).symlink_to(tmp_path / name)
    refused(folder, "expected a file inside the engagement folder")


@pytest.mark.parametrize("table", ["sales'; DROP TABLE sales; --", "/etc/passwd", 'x" OR 1'])
def test_name_of_a_table_is_no_sql(make_folder, table):
    folder = make_folder(extra_toml="[files.invoices]\n"
                         f"database = \"s.duckdb\"\ntable = '''{table}'''\n")  # fmt: skip
    write_duckdb(folder / "s.duckdb")
    refused(folder, "files.invoices.table: .* expected one of sales")


ADDRESSES = {
    "postgresql://u:hunter2@127.0.0.1:1/d": "a password",
    "POSTGRESQL://u:hunter2@127.0.0.1:1/d": "a password",
    "postgresql://u@127.0.0.1:1/d?password=hunter2": "a password",
    "mysql://u:hunter2@127.0.0.1:1/d": "a password",
    "host=127.0.0.1 password=hunter2": "a password",
    "postgresql://u:hunter2@[::1/d": "an address that is none",
    "postgresql://u:hunter2@host:port/d": "an address that is none",
    "mysql://hunter2@127.0.0.1/d": "mysql ...",
    "postgresql://u@127.0.0.1:1/d?passfile=/etc/hunter2&sslkey=x": "passfile, sslkey",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_of_a_server_is_refused_without_its_secrets(make_folder, address):
    folder = make_folder(extra_toml=f'[files.invoices]\ndatabase = "{address}"\ntable = "x"\n')
    message = refused(folder, f"files.invoices.database: saw {ADDRESSES[address]}; expected")
    assert "hunter2" not in message


def test_broken_database_is_told_without_the_place_of_the_folder(make_folder, tmp_path):
    folder = make_folder(extra_toml='[files.invoices]\ndatabase = "s.duckdb"\ntable = "x"\n')
    (folder / "s.duckdb").write_bytes(b"no database at all" * 1000)
    assert str(tmp_path) not in refused(folder, "not a valid DuckDB database file")


def test_log_that_leads_out_of_the_folder_is_neither_read_nor_written(make_folder, secret):
    folder, before = make_folder(), secret.read_bytes()
    (folder / decision_log.FILE).symlink_to(secret)
    day = datetime.date(2024, 1, 1)
    with pytest.raises(InputError, match=OUT):
        decision_log.append_entry(folder, kind="x", by="Ines", date=day, content={})
    assert secret.read_bytes() == before


def test_half_run_notebook_is_not_written_through_a_link(tmp_path, secret):
    before, half = secret.read_bytes(), tmp_path / "role.ipynb"
    half.write_text("{}", encoding="utf-8")
    failed = tmp_path / "report.failed"
    failed.mkdir()
    (failed / half.name).symlink_to(secret)
    placing.keep_half_run(half, tmp_path / "report")
    assert (secret.read_bytes(), (failed / half.name).read_text("utf-8")) == (before, "{}")
    (failed / half.name).unlink()
    failed.rmdir()
    failed.symlink_to(secret.parent)
    placing.keep_half_run(half, tmp_path / "report")
    assert [path.name for path in secret.parent.iterdir()] == [secret.name]


def test_report_is_not_written_where_a_link_of_the_folder_leads(make_folder, tmp_path, capsys):
    folder = make_folder()
    (folder / "report").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SystemExit) as ended:
        cli.main(["run", str(folder), "readiness"])
    assert ended.value.code == 2
    assert "leads out of" in capsys.readouterr().err
    assert not (tmp_path / "elsewhere").exists()


def test_module_in_the_folder_where_kam_is_called_is_not_run(make_folder, tmp_path):
    folder = make_folder()
    for place in (folder, tmp_path):
        for name in ("pandas", "kamtools", "sitecustomize", "json", "typer", "ipykernel"):
            (place / f"{name}.py").write_text("open('ran', 'w').close()", encoding="utf-8")
        kam = os.path.join(os.path.dirname(sys.executable), "kam")
        done = subprocess.run([kam, "check", folder], cwd=place, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert not list(tmp_path.rglob("ran"))


def test_module_in_the_folder_where_kam_is_called_is_not_run_by_kernels(make_folder, tmp_path):
    folder, source = make_folder(), tmp_path / "notebooks"
    source.mkdir()
    code = "import pandas, json; assert pandas.DataFrame and json.dumps"
    cells = [v4.new_code_cell('engagement: str = "x"', metadata={"tags": ["parameters"]}),
             v4.new_code_cell(code)]  # fmt: skip
    nbformat.write(v4.new_notebook(cells=cells), source / "1_short.ipynb")
    for name in ("pandas", "json", "sitecustomize", "ipykernel_launcher", "usercustomize"):
        for place in (folder, tmp_path, source):
            (place / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", "utf-8")
    ask = (
        "import sys; from pathlib import Path; from kamtools.publishing.run import run; "
        "run(sys.argv[1], out=sys.argv[2], source=Path(sys.argv[3]), run_stamp='', progress=False)"
    )
    command = [sys.executable, "-P", "-c", ask, folder, tmp_path / "report", source]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()


def test_lab_takes_no_module_from_the_folder_where_it_is_called(tmp_path, monkeypatch):
    (tmp_path / "jupyterlab.py").write_text("open('ran', 'w').close()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run = subprocess.run
    monkeypatch.setattr(
        subprocess, "run", lambda command, **kept: run([*command[:4], "--version"], **kept)
    )
    with pytest.raises(SystemExit) as ended:
        cli.main(["lab"])
    assert ended.value.code == 0
    assert not (tmp_path / "ran").exists()


STRANGERS = ("../notebooks/2_selection", "selection.ipynb", "./selection", "/tmp/x.ipynb", "mine")


@pytest.mark.parametrize("name", STRANGERS)
def test_notebook_of_the_engagement_or_the_current_folder_is_never_run(
    make_folder, monkeypatch, capsys, name
):
    folder = make_folder()
    cell = v4.new_code_cell("open('ran', 'w').close()")
    for file in ("2_selection.ipynb", "selection.ipynb", "9_mine.ipynb", "mine.ipynb"):
        nbformat.write(v4.new_notebook(cells=[cell]), folder / file)
    monkeypatch.chdir(folder)
    with pytest.raises(SystemExit) as ended:
        cli.main(["run", ".", name])
    assert ended.value.code == 2
    assert "no notebook" in capsys.readouterr().err
    assert not (folder / "ran").exists()


@pytest.mark.parametrize("name", [".", "..", "./case", "../case", "/"])
def test_case_of_a_stranger_is_never_run(tmp_path, monkeypatch, capsys, name):
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "facts.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["case", name])
    assert (ended.value.code, "no case" in capsys.readouterr().err) == (2, True)


def test_copies_for_the_lab_are_not_written_through_a_link(tmp_path, monkeypatch):
    installed = tmp_path / catalogue.INSTALLED
    installed.mkdir()
    nbformat.write(v4.new_notebook(), installed / "2_selection.ipynb")
    monkeypatch.setattr(catalogue, "notebooks_folder", lambda: installed)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kam-notebooks").mkdir()
    (tmp_path / "kam-notebooks" / "2_selection.ipynb").symlink_to(tmp_path / "elsewhere")
    catalogue.own_notebooks()
    assert not (tmp_path / "elsewhere").exists()
