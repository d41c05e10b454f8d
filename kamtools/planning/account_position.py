"""Where one key account stands, from every analysis that knows of it; what could go wrong."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.account_plan import POSITION_COLUMNS, RISK_COLUMNS
from kamtools.power.planner_words import signed
from kamtools.wording import money, percent

SHRINKS = -0.1
"""Growth on the year before below which shrinking sales count as a risk: an assumption."""


def account_position(
    account_id: str,
    *,
    scorecard: pd.DataFrame,
    currency: str,
    chosen: pd.DataFrame | None = None,
    profit: pd.DataFrame | None = None,
    power: pd.DataFrame | None = None,
    relationship: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what is known of one account, each figure with its range, unit and source.

    Parameters
    ----------
    account_id
        Which account.
    scorecard : index account_id
        From `ledger.scorecard`, of the whole firm.
    currency
        Of the engagement.
    chosen : index account_id
        `rank` and `cell`, as `default_choice.default_choice` returns them.
    profit : index account_id
        From `profitability.profit_by_account`.
    power
        From `dependence.power_table`.
    relationship
        As `schema.RELATIONSHIP`.

    Returns
    -------
    (n, 6), columns as `account_plan.POSITION_COLUMNS`
        What no table knows has no row.

    Raises
    ------
    InputError
        If the scorecard has no such account.

    Examples
    --------
    >>> scorecard = pd.DataFrame({"revenue": [60.0, 40.0], "revenue_share": [0.6, 0.4],
    ...     "growth": [0.1, None], "margin": [15.0, 10.0], "margin_rate": [0.25, 0.25]},
    ...     index=["a", "b"])
    >>> table = account_position("b", scorecard=scorecard, currency="EUR")
    >>> table[["item", "value", "unit"]].to_numpy().tolist()[:3]
    [['Sales of a year', 40, 'EUR'], ['Rank by sales', 2, ''], ['Share of our sales', 0.4, '']]
    """
    if account_id not in scorecard.index:
        raise InputError(f"the scorecard has no account {account_id!r}")
    row = scorecard.loc[account_id]
    rank = scorecard["revenue"].rank(ascending=False, method="min").to_dict()[account_id]
    items: list[tuple[str, object, object, object, str, str]] = [
        ("Sales of a year", row["revenue"], None, None, currency, "invoices"),
        ("Rank by sales", rank, None, None, "", "invoices"),
        ("Share of our sales", row["revenue_share"], None, None, "", "invoices"),
        ("Growth on the year before", row["growth"], None, None, "", "invoices"),
        ("Margin of a year", row["margin"], None, None, currency, "invoices"),
        ("Margin rate", row["margin_rate"], None, None, "", "invoices"),
    ]
    if profit is not None and account_id in profit.index:
        after = profit.loc[account_id, "profit"]
        items.append(("Profit after serving it", after, None, None, currency, "service log"))
    if chosen is not None and account_id in chosen.index:
        own = chosen.loc[account_id]
        items.append(("Rank in the selection", own["rank"], None, None, "", "selection"))
        items.append(("Cell of the portfolio matrix", own["cell"], None, None, "", "selection"))
    items += _facts(account_id, relationship) + _power(account_id, power)
    table = pd.DataFrame(items, columns=list(POSITION_COLUMNS))
    values = [_readable(value) for value in table["value"]]
    table["value"] = pd.Series(values, index=table.index, dtype="object")
    return table[table["value"].notna()].reset_index(drop=True)


def account_risks(
    account_id: str,
    *,
    name: str,
    position: pd.DataFrame,
    losses: pd.DataFrame,
    corridor: tuple[float, float],
    owner: str,
    single_threads: int | None = None,
) -> pd.DataFrame:
    """Return what could go wrong with one account, each with its trigger and its answer.

    Parameters
    ----------
    account_id, name
        Of the account.
    position
        From `account_position`.
    losses
        From `dependence_money.loss_by_side`.
    corridor
        Low and high of the imbalance.
    owner
        Who watches it.
    single_threads
        How many of its roles only one of us talks to; None if that is not known.

    Returns
    -------
    (n, 5), columns as `account_plan.RISK_COLUMNS`
        Only what the figures give cause for.
    """
    known = position.set_index("item")["value"]
    rows: list[tuple[str, str, str, str, str]] = []
    ours = losses[(losses["account_id"] == account_id) & (losses["side"] == "supplier")]
    if len(ours) and pd.notna(ours["margin_lost"].iloc[0]):
        lost = ours.iloc[0]
        rows.append((
            f"{name} leaves",
            f"{money(lost['margin_lost'])} of margin until it is replaced "
            f"({money(lost['margin_lost_low'])} to {money(lost['margin_lost_high'])})",
            "a tender, a second supplier on trial, or a role of theirs that no longer answers",
            "stages of loss and cash agreed with the head of finance before it happens", owner,
        ))  # fmt: skip
    imbalance = known.get("Power imbalance")
    if imbalance is not None and imbalance > corridor[1]:
        rows.append((
            f"{name} asks for more than the corridor allows",
            f"imbalance {signed(imbalance)}, corridor up to {signed(corridor[1])}",
            "a demand on price or terms without a counterpart",
            "the walk-away point stands before the talks, and the measures are under way", owner,
        ))  # fmt: skip
    growth = known.get("Growth on the year before")
    if growth is not None and growth < SHRINKS:
        rows.append((
            f"{name} goes on buying less", f"{percent(growth)} on the year before",
            "another quarter below the same quarter of last year",
            "ask what changed; compare with what similar accounts buy", owner,
        ))  # fmt: skip
    if single_threads:
        rows.append((
            "A person leaves, and a contact with them",
            f"{single_threads} of its roles know one of us only",
            "notice given, by one of us or of them",
            "a second person at each of these roles", owner,
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(RISK_COLUMNS), dtype="str")


def _readable(value: object) -> object:
    """Return a number with as many digits as a person reads; anything else as it is."""
    if isinstance(value, str) or value is None or pd.isna(value):  # type: ignore[call-overload]
        return value
    number = float(str(value))
    rounded = round(number, 0 if abs(number) >= 100 else 4)
    return int(rounded) if rounded.is_integer() else rounded


def _facts(
    account_id: str, relationship: pd.DataFrame | None
) -> list[tuple[str, object, object, object, str, str]]:
    if relationship is None or account_id not in set(relationship["account_id"]):
        return []
    row = relationship.set_index("account_id").loc[account_id]
    labels = {
        "share_of_wallet": ("Share of its wallet", ""),
        "months_to_replace_us": ("Months it needs to replace us", "months"),
        "months_to_replace_them": ("Months we need to replace it", "months"),
    }
    return [
        (label, row.get(column, np.nan), None, None, unit, "relationship facts")
        for column, (label, unit) in labels.items()
    ]


def _power(
    account_id: str, power: pd.DataFrame | None
) -> list[tuple[str, object, object, object, str, str]]:
    if power is None or account_id not in set(power["account_id"]):
        return []
    row = power.set_index("account_id").loc[account_id]
    measures = {"power_imbalance": "Power imbalance", "mutual_dependence": "Mutual dependence"}
    items: list[tuple[str, object, object, object, str, str]] = [
        (label, row[name], row[f"{name}_low"], row[f"{name}_high"], "", "power")
        for name, label in measures.items()
    ]
    return [*items, ("Zone of the power map", row["zone"], None, None, "", "power")]
