"""The honest dirt in the sample company's invoice file.

Every real export has some: a line exported twice, an account id left blank, a free sample
at 0, an order keyed with next year's date. It is less than one line in a hundred, so that
it moves no conclusion, and each kind is there to be counted.
"""

import numpy as np
import pandas as pd

DUPLICATED = 42
BLANK_ACCOUNT = 26
ZERO_AMOUNT = 31
AFTER_AS_OF = 14


def with_faults(lines: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Return invoice lines with the faults of a real export added.

    Parameters
    ----------
    lines
        Clean lines with `account_id`, `date`, `amount`, `cost`, `invoice_id`.
    seed
        Of which lines are hit; no line is hit twice.

    Returns
    -------
    DataFrame
        `lines` with 26 account ids made blank, 31 amounts made 0 (free samples, whose
        cost stays), 14 dates moved a year on (January 2025), and 42 lines given twice.

    Examples
    --------
    >>> clean = pd.DataFrame({
    ...     "account_id": "A001", "invoice_id": [f"INV{n}" for n in range(200)],
    ...     "date": pd.date_range("2024-01-01", periods=200), "amount": 10.0, "cost": 7.0})
    >>> dirty = with_faults(clean, seed=1)
    >>> len(dirty) - len(clean), int(dirty["account_id"].isna().sum())
    (42, 26)
    """
    rng = np.random.default_rng([seed, 5])
    dirty = lines.copy()
    sold_in_january = lines.index[
        (lines["amount"] > 0) & (lines["date"] >= "2024-01-02") & (lines["date"] < "2024-01-24")
    ]
    late = rng.choice(sold_in_january, AFTER_AS_OF, replace=False)
    elsewhere = lines.index[(lines["amount"] > 0) & ~lines.index.isin(late)]
    hit = rng.choice(elsewhere, DUPLICATED + BLANK_ACCOUNT + ZERO_AMOUNT, replace=False)
    twice, blank, zero = np.split(hit, [DUPLICATED, DUPLICATED + BLANK_ACCOUNT])
    dirty.loc[late, "date"] += pd.DateOffset(years=1)
    dirty.loc[blank, "account_id"] = None
    dirty.loc[zero, "amount"] = 0.0
    order = np.sort(np.concatenate([dirty.index.to_numpy(), twice]))
    return dirty.loc[order].reset_index(drop=True)
