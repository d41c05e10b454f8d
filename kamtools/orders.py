"""Invoice lines to orders: what each invoice of the last 12 months brought."""

import datetime

import ibis.expr.types as ir
import numpy as np
import pandas as pd

from kamtools.ledger import MIN_COSTED_SHARE, WINDOW_MONTHS, months_back


def orders(invoices: ir.Table, *, as_of: datetime.date) -> pd.DataFrame:
    """Return one row an invoice or credit note of the 12 months up to `as_of`.

    Parameters
    ----------
    invoices : account_id, invoice_id (string), date, amount and cost (float, cost may be null)
        Lines without a number are one invoice an account and day.
    as_of : the last day that counts

    Returns
    -------
    DataFrame
        By account_id and invoice_id, with a plain index.

        - account_id, invoice_id, date (its first)
        - amount : net; at or below 0 on a credit note
        - margin : amount less cost; NaN where the lines of known cost carry less than nine
          tenths of the amount
        - lines : number of lines
    """
    in_window = invoices.filter(
        invoices.date <= as_of, months_back(invoices.date, as_of) < WINDOW_MONTHS
    )
    numbered = in_window.mutate(
        invoice_id=in_window.invoice_id.cast("string").fill_null(in_window.date.cast("string"))
    )
    sums = (
        numbered.group_by(["account_id", "invoice_id"])
        .aggregate(
            date=numbered.date.min(),
            amount=numbered.amount.sum(),
            uncosted=numbered.amount.sum(where=numbered.cost.isnull()),
            cost=numbered.cost.sum(),
            lines=numbered.count(),
        )
        .to_pandas()
    )
    # Four decimals: sums of floats in another order are the same money.
    money = sums[["amount", "uncosted", "cost"]].astype("float64").fillna(0.0).round(4)
    table = sums.assign(
        date=pd.to_datetime(sums.date),
        amount=money.amount,
        margin=_margin(money.amount, money.uncosted, money.cost),
        lines=sums.lines.astype("int64"),
    )
    columns = ["account_id", "invoice_id", "date", "amount", "margin", "lines"]
    return table[columns].sort_values(["account_id", "invoice_id"], ignore_index=True)


def _margin(amount: pd.Series, uncosted: pd.Series, cost: pd.Series) -> pd.Series:
    """Return the margin, lines of unknown cost taken to earn what the others do."""
    costed = amount - uncosted
    is_whole = uncosted == 0
    scale = np.where(is_whole, 1.0, amount / costed.where(costed != 0))
    is_known = is_whole | (uncosted.abs() <= (1 - MIN_COSTED_SHARE) * amount.abs())
    return ((costed - cost) * scale).where(is_known)
