"""The same expressions on a real PostgreSQL server give the same numbers, to the cent."""

import contextlib
import datetime
import io
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import psycopg
import pytest

from kamtools import engagement, ledger
from kamtools.errors import InputError
from kamtools.orders import orders
from kamtools.purchases import purchase_history

PASSWORD = "only for this test"
COLUMNS = ["account_id", "invoice_id", "date", "amount", "cost", "product"]
ENDS = [datetime.date(2024, 12, 31), datetime.date(2024, 10, 17)]
SECONDS_TO_START = 60


def make_dirty_lines(*, seed, lines=6_000):
    """Return invoice lines of three years, with what is wrong with a firm's real ones."""
    rng = np.random.default_rng(seed)
    accounts = np.array([*(f"K{number:03d}" for number in range(78)), "上海茶行", "Müller & Co"])
    size = rng.lognormal(sigma=1.2, size=80)
    days = pd.Timestamp("2022-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 1096, lines)), "D")
    amount = rng.lognormal(4, 1, lines).round(2) * np.where(rng.random(lines) < 0.04, -1, 1)
    table = pd.DataFrame(
        {
            "account_id": rng.choice(accounts, lines, p=size / size.sum()),
            "invoice_id": np.arange(lines) // 3 + 1,
            "date": days.strftime("%Y-%m-%d"),
            "amount": amount,
            "cost": (amount * rng.uniform(0.5, 0.9, lines)).round(2),
            "product": rng.choice(["tea", "salt", "oil", "rice"], lines),
        }
    )
    table.loc[rng.random(lines) < 0.02, "account_id"] = None
    table.loc[[11, 12, 13], "account_id"] = [" K001", "K002 ", "\u3000上海茶行\u00a0"]
    table.loc[rng.random(lines) < 0.01, "amount"] = 0.0
    no_cost = table.account_id.isin(["K007", "K008"]) | (rng.random(lines) < 0.05)
    table.loc[no_cost, "cost"] = None
    table.loc[rng.random(lines) < 0.01, "product"] = None
    late = table.tail(5).assign(date="2025-02-01")
    nothing = pd.DataFrame([[None] * len(COLUMNS)], columns=COLUMNS)
    table = table.astype({"invoice_id": "object"})
    return pd.concat([table, table.iloc[100:140], late, nothing], ignore_index=True)


def find_binaries():
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda path: float(path.parts[-3]))
    found = str(newest[-1]) if newest else shutil.which("initdb")
    if found is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    return Path(found).parent


def server_user():
    """Return who runs the server: it refuses to run as root."""
    if os.getuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running_server(folder, user):
    """Yield the address of a new PostgreSQL server that keeps all it has in the folder."""
    binaries, port, log = find_binaries(), free_port(), folder / "log"
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    if user:
        for path in (folder, folder / "password"):
            os.chown(path, user["user"], user["group"])
    create = [binaries / "initdb", "--pgdata", folder / "data", "--username", "firm",
              "--pwfile", folder / "password", "--auth", "scram-sha-256", "--encoding", "UTF8",
              "--locale", "C", "--no-sync"]  # fmt: skip
    subprocess.run(create, check=True, capture_output=True, cwd=folder, **user)
    serve = [binaries / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port),
             "-k", folder, "-c", "fsync=off"]  # fmt: skip
    with log.open("wb") as output:
        server = subprocess.Popen(
            serve, stdout=output, stderr=subprocess.STDOUT, cwd=folder, **user
        )
    try:
        address = f"postgresql://firm@127.0.0.1:{port}/postgres"
        wait_until_it_answers(address, server, log)
        yield address
    finally:
        server.send_signal(signal.SIGINT)  # "fast": it does not wait for its clients
        server.wait(timeout=SECONDS_TO_START)


def wait_until_it_answers(address, server, log):
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(address, password=PASSWORD, connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > end:
                raise AssertionError(log.read_text(encoding="utf-8")) from None
            time.sleep(0.1)


@pytest.fixture(scope="module")
def dirty_csv():
    return make_dirty_lines(seed=7).to_csv(index=False)


@pytest.fixture(scope="module")
def server(dirty_csv):
    """Yield the address of a server that holds the dirty lines; the password is in PGPASSWORD."""
    user = server_user()
    with (
        tempfile.TemporaryDirectory(prefix="kamtools-postgres-") as folder,
        running_server(Path(folder), user) as address,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("PGPASSWORD", PASSWORD)
        with psycopg.connect(address) as connection, connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE lines (account_id text, invoice_id text, date date, "
                "amount numeric(12, 2), cost numeric(12, 2), product text)"
            )
            cursor.execute(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
            cursor.execute("GRANT SELECT ON lines TO reader")
            cursor.execute("CREATE TABLE wages (account_id text)")
            with cursor.copy("COPY lines FROM STDIN (FORMAT csv, HEADER)") as copy:
                copy.write(dirty_csv)
        connection.close()
        yield address


@pytest.fixture
def postgres(server):
    """Yield the lines whose account is known as a table of the server."""
    backend = ibis.connect(server)
    lines = backend.table("lines")
    yield lines.filter(lines.account_id.notnull()).mutate(
        account_id=lines.account_id.re_replace("[ \u3000\u00a0]+$|^[ \u3000]+", ""),
        amount=lines.amount.cast("float64"),
        cost=lines.cost.cast("float64"),
    )
    backend.disconnect()


@pytest.fixture
def here(dirty_csv):
    """Return the same lines as a table of DuckDB."""
    frame = pd.read_csv(io.StringIO(dirty_csv), dtype={"account_id": "str", "invoice_id": "str"})
    frame = frame.dropna(subset="account_id")
    names = frame.account_id.str.strip()
    frame = frame.assign(account_id=names, date=pd.to_datetime(frame.date).dt.date)
    backend = ibis.duckdb.connect()
    return backend.create_table("lines", ibis.memtable(frame).mutate(date=ibis._.date.cast("date")))


def chains():
    stores = [f"K{number:03d}" for number in range(30)]
    names = ["Harbour", "连锁超市", None]
    return pd.DataFrame(
        {
            "account_id": stores,
            "name": stores,
            "chain": [names[number % 3] for number in range(30)],
        }
    )


def assert_equal_to_the_cent(left, right):
    pd.testing.assert_frame_equal(left, right, check_exact=False, rtol=1e-9, atol=0.0001)


@pytest.mark.parametrize("as_of", ENDS)
def test_postgres_and_duckdb_give_the_same_scorecard(postgres, here, as_of):
    theirs = ledger.scorecard(postgres, as_of=as_of)
    assert len(theirs) == 80
    assert_equal_to_the_cent(theirs, ledger.scorecard(here, as_of=as_of))


def test_postgres_and_duckdb_give_the_same_months(postgres, here):
    assert_equal_to_the_cent(ledger.monthly(postgres), ledger.monthly(here))


@pytest.mark.parametrize("question", [ledger.two_periods, orders, purchase_history])
@pytest.mark.parametrize("as_of", ENDS)
def test_postgres_and_duckdb_answer_alike(postgres, here, question, as_of):
    assert_equal_to_the_cent(question(postgres, as_of=as_of), question(here, as_of=as_of))


def test_postgres_and_duckdb_roll_stores_up_alike(postgres, here):
    theirs = ledger.scorecard(ledger.roll_up(postgres, chains()), as_of=ENDS[0])
    assert len(theirs) == 80 - 20 + 2
    rolled_here = ledger.scorecard(ledger.roll_up(here, chains()), as_of=ENDS[0])
    assert_equal_to_the_cent(theirs, rolled_here)


def in_database(address, table, what):
    return f'[files.{table}]\ndatabase = "{address}"\n{what}\n'


@pytest.mark.parametrize("what", ['table = "lines"', 'query = "SELECT * FROM lines;"'])
def test_an_engagement_in_postgres_equals_the_one_in_a_csv_file(
    make_folder, server, dirty_csv, what
):
    from_csv = engagement.load(make_folder(invoices=dirty_csv))
    toml = in_database(server, "invoices", what)
    from_server = engagement.load(make_folder(invoices=None, extra_toml=toml))
    assert_same_lines(from_server, from_csv)
    assert_equal_to_the_cent(
        ledger.scorecard(from_server.invoices, as_of=from_server.as_of),
        ledger.scorecard(from_csv.invoices, as_of=from_csv.as_of),
    )
    from_server.invoices.get_backend().disconnect()


def assert_same_lines(from_server, from_csv):
    """Assert that the same lines were kept, and as many set aside for the same reasons."""
    assert from_server.invoices.get_backend().name == "postgres"
    firms = (from_server, from_csv)
    quality = [firm.quality.drop(columns="file") for firm in firms]
    pd.testing.assert_frame_equal(*quality)
    kept = [firm.invoices.to_pandas().sort_values(COLUMNS, ignore_index=True) for firm in firms]
    pd.testing.assert_frame_equal(*kept)
    aside = [firm.set_aside.to_pandas().reason.value_counts().to_dict() for firm in firms]
    assert aside[0] == aside[1]


def test_currencies_in_postgres_are_converted_as_in_a_csv_file(make_folder, server, dirty_csv):
    rates = "currency,rate\nUSD,0.9213\n"
    lines = pd.read_csv(io.StringIO(dirty_csv), dtype="str")
    lines["currency"] = lines["product"].map({"oil": "usd", "tea": "EUR"})
    from_csv = engagement.load(make_folder(invoices=lines.to_csv(index=False), rates=rates))
    query = (
        "SELECT *, CASE product WHEN 'oil' THEN 'usd' WHEN 'tea' THEN 'EUR' END AS currency "
        "FROM lines"
    )
    toml = in_database(server, "invoices", f'query = "{query}"')
    from_server = engagement.load(make_folder(invoices=None, rates=rates, extra_toml=toml))
    assert_same_lines(from_server, from_csv)
    assert "converted" in set(from_server.quality.reason)
    from_server.invoices.get_backend().disconnect()


def test_accounts_in_postgres_are_read(make_folder, server):
    query = (
        "SELECT account_id, account_id AS name, 4 AS strategic_fit_rating, max(date) AS since "
        "FROM lines WHERE account_id LIKE 'K00_' GROUP BY account_id"
    )
    toml = in_database(server, "accounts", f'query = "{query}"')
    accounts = engagement.load(make_folder(extra_toml=toml)).accounts
    assert set(accounts.account_id) == {f"K{number:03d}" for number in range(10)}
    assert accounts.strategic_fit_rating.eq(4.0).all()


REFUSED = {
    "an amount that is text": (
        'query = "SELECT account_id, invoice_id, date, amount::text AS amount FROM lines"',
        "amount: saw string in the database; expected a number: cast it in the query",
    ),
    "a query that changes the database": (
        'query = "DELETE FROM lines"',
        "saw 'DELETE FROM lines'; expected one SELECT",
    ),
    "a table that is not there": ('table = "line"', "saw 'line'; expected one of .*lines"),
    "a table that may not be read": ('table = "wages"', "permission denied for table wages"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_postgres_cannot_give_is_refused_with_the_reason(make_folder, server, case):
    what, message = REFUSED[case]
    reader = server.replace("//firm@", "//reader@")
    folder = make_folder(invoices=None, extra_toml=in_database(reader, "invoices", what))
    with pytest.raises(InputError, match=message):
        engagement.load(folder)


def test_a_password_in_the_address_is_refused_and_not_repeated(make_folder):
    address = "postgresql://firm:secret@127.0.0.1/books"
    folder = make_folder(
        invoices=None, extra_toml=in_database(address, "invoices", 'table = "lines"')
    )
    with pytest.raises(InputError, match=r"saw a password; expected .*PGPASSWORD") as caught:
        engagement.load(folder)
    assert "secret" not in str(caught.value)
