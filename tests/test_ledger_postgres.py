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
            with cursor.copy("COPY lines FROM STDIN (FORMAT csv, HEADER)") as copy:
                copy.write(dirty_csv)
        connection.close()
        yield address


@pytest.fixture
def postgres(server):
    """Yield the clean lines as a table of the server."""
    backend = ibis.connect(server)
    lines = backend.table("lines")
    yield lines.filter(lines.account_id.notnull()).mutate(
        amount=lines.amount.cast("float64"), cost=lines.cost.cast("float64")
    )
    backend.disconnect()


@pytest.fixture
def here(dirty_csv):
    """Return the same clean lines as a table of DuckDB."""
    frame = pd.read_csv(io.StringIO(dirty_csv), dtype={"account_id": "str", "invoice_id": "str"})
    frame = frame.dropna(subset="account_id")
    frame = frame.assign(date=pd.to_datetime(frame.date).dt.date)
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


def test_postgres_and_duckdb_roll_stores_up_alike(postgres, here):
    theirs = ledger.scorecard(ledger.roll_up(postgres, chains()), as_of=ENDS[0])
    assert len(theirs) == 80 - 20 + 2
    rolled_here = ledger.scorecard(ledger.roll_up(here, chains()), as_of=ENDS[0])
    assert_equal_to_the_cent(theirs, rolled_here)


@pytest.mark.parametrize("what", ['table = "lines"', 'query = "SELECT * FROM lines"'])
def test_an_engagement_in_postgres_equals_the_one_in_a_csv_file(
    make_folder, server, dirty_csv, what
):
    from_csv = engagement.load(make_folder(invoices=dirty_csv))
    toml = f'[files.invoices]\ndatabase = "{server}"\n{what}\n'
    from_server = engagement.load(make_folder(invoices=None, extra_toml=toml))
    backend = from_server.invoices.get_backend()
    assert backend.name == "postgres"
    counts = from_csv.quality.drop(columns="file")
    pd.testing.assert_frame_equal(from_server.quality.drop(columns="file"), counts)
    kept = [
        firm.invoices.to_pandas().sort_values(COLUMNS).reset_index(drop=True)
        for firm in (from_server, from_csv)
    ]
    pd.testing.assert_frame_equal(*kept)
    aside = [firm.set_aside.to_pandas().reason.value_counts() for firm in (from_server, from_csv)]
    assert aside[0].to_dict() == aside[1].to_dict()
    assert_equal_to_the_cent(
        ledger.scorecard(from_server.invoices, as_of=from_server.as_of),
        ledger.scorecard(from_csv.invoices, as_of=from_csv.as_of),
    )
    backend.disconnect()


def test_a_text_column_of_a_database_is_refused_with_what_mends_it(make_folder, server):
    query = "SELECT account_id, invoice_id, date, amount::text AS amount FROM lines"
    toml = f'[files.invoices]\ndatabase = "{server}"\nquery = "{query}"\n'
    with pytest.raises(InputError, match="amount: saw string in the database; expected .*cast it"):
        engagement.load(make_folder(invoices=None, extra_toml=toml))


def test_a_query_that_would_change_the_database_is_refused(make_folder, server):
    toml = f'[files.invoices]\ndatabase = "{server}"\nquery = "DELETE FROM lines"\n'
    with pytest.raises(InputError, match="expected one SELECT"):
        engagement.load(make_folder(invoices=None, extra_toml=toml))


def test_a_table_that_is_not_there_is_told_without_a_password(make_folder, server):
    toml = f'[files.invoices]\ndatabase = "{server}"\ntable = "nowhere"\n'
    with pytest.raises(InputError, match="nowhere") as caught:
        engagement.load(make_folder(invoices=None, extra_toml=toml))
    assert PASSWORD not in str(caught.value)
