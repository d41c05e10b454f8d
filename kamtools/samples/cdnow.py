"""CDNOW: every order of the people who first bought music there early in 1997.

Read from the authors' zip or text file (CDNOW_master.txt: customer, yyyymmdd, discs,
dollars, separated by blanks) or from the Parquet kept here, which also says which customers
are in the published one-tenth sample. The log has no order numbers: `invoice_id` is customer
and day, and equal lines are separate orders, so they are kept.

References
----------
.. [1] Fader, P. S., and Hardie, B. G. S. (2001). Forecasting repeat sales at CDNOW: a case
   study. Interfaces 31 (3), S94-S107.
"""

import datetime
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from kamtools.errors import InputError
from kamtools.samples.public_set import PublicSet, SourceFile, Tables, Totals, select, table_of

COLUMNS = ["customer_id", "date", "number_of_cds", "dollar_value"]

INVOICES = """
    SELECT CAST(customer_id AS VARCHAR) AS account_id,
           customer_id || ' ' || CAST(day AS VARCHAR) AS invoice_id,
           day AS date,
           CAST(dollar_value AS DOUBLE) AS amount,
           CAST(number_of_cds AS BIGINT) AS quantity,
           CAST(sampleid AS BIGINT) AS sampleid
    FROM (SELECT *, {day} AS day FROM {lines})
"""


def tables(sources: Mapping[str, Path]) -> Tables:
    """Return the engagement's invoices: an order each, amount in USD, quantity in discs.

    Parameters
    ----------
    sources : `lines`, the authors' .zip or .txt file or the .parquet kept here

    Raises
    ------
    InputError
        Where the zip holds no master file.
    """
    path = sources["lines"]
    if path.suffix == ".parquet":
        return {"invoices": select(INVOICES.format(day="date", lines=table_of(path)))}
    log = _read_log(path).assign(sampleid=pd.array([pd.NA], dtype="Int64")[0])
    day = "CAST(strptime(CAST(date AS VARCHAR), '%Y%m%d') AS DATE)"
    return {"invoices": select(INVOICES.format(day=day, lines="log"), frames={"log": log})}


def _read_log(path: Path) -> pd.DataFrame:
    if path.suffix.lower() != ".zip":
        return pd.read_csv(path, sep=r"\s+", header=None, names=COLUMNS)
    with zipfile.ZipFile(path) as archive:
        logs = [name for name in archive.namelist() if name.lower().endswith("cdnow_master.txt")]
        logs = [name for name in logs if not Path(name).name.lower().startswith("read")]
        if not logs:
            seen = ", ".join(archive.namelist())
            raise InputError(f"{path.name} holds {seen}; expected CDNOW_master.txt in it")
        with archive.open(logs[0]) as log:
            return pd.read_csv(log, sep=r"\s+", header=None, names=COLUMNS)


CDNOW = PublicSet(
    name="cdnow",
    title="CDNOW: orders of 23,570 people who first bought in the first quarter of 1997",
    firm="CDNOW (music by mail, consumers)",
    publisher="P. S. Fader and B. G. S. Hardie, brucehardie.com",
    licence="none stated; for tests of methods, not to be passed on",
    reference="https://www.brucehardie.com/datasets/",
    warnings=(
        "The customers are private people, not firms: use it to test methods of forecasting, "
        "never to say anything about key accounts.",
        "The log has no order numbers: an invoice is a customer and a day, and equal lines "
        "are separate orders.",
    ),
    currency="USD",
    as_of=datetime.date(1998, 6, 30),
    duplicates="keep",
    totals=Totals(
        lines=69_659,
        without_account=0,
        accounts=23_570,
        quantity=167_881,
        amount=2_500_315.63,
        first_date=datetime.date(1997, 1, 1),
        last_date=datetime.date(1998, 6, 30),
    ),
    files={
        "lines": SourceFile(
            kept="btyd/cdnow_master.parquet",
            kept_sha256="385737c2c6888c2ea823c047e0ae5b02c0b064ecb34b9dc9c8cd6301a4a037b9",
            originals=("btyd/CDNOW_master.zip", "btyd/CDNOW_master.txt"),
            address="https://www.brucehardie.com/datasets/CDNOW_master.zip",
        )
    },
    tables=tables,
)
