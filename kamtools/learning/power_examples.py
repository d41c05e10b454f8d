"""Worked accounts that the exercises on power are about: assumptions, every number of them.

The first is the worked example of the playbook: stakes of .70 and .45, availabilities of .25 and
.60. The others were chosen so that one idea shows; no firm stands behind them.
"""

import pandas as pd

from kamtools.power.measures import default_measures, merge_measures

BASIS = "assumption"
ENDS = ("_low", "", "_high")
PLANNED = (
    "plan_sharing", "advance_notice", "market_briefing", "second_source", "co_development",
    "notice_period", "coalition",
)  # fmt: skip
"""Measures that the exercise on planning lets people choose from."""


def worked_account() -> pd.DataFrame:
    """Return the dependence inputs of the worked example, each known exactly.

    Returns
    -------
    (2, 10)
        As `power.dependence.dependence_draws` reads them, and `basis`.

    Examples
    --------
    >>> worked_account()[["side", "part", "stake", "availability", "basis"]]
           side     part  stake  availability       basis
    0  supplier  revenue   0.70          0.25  assumption
    1   account    spend   0.45          0.60  assumption
    """
    return _inputs([("supplier", "revenue", *[0.7] * 3, *[0.25] * 3),
                    ("account", "spend", *[0.45] * 3, *[0.6] * 3)])  # fmt: skip


def critical_part() -> pd.DataFrame:
    """Return an account on which the supplier hangs by one part of three.

    Returns
    -------
    (4, 10)
        As `worked_account`.

    Examples
    --------
    >>> critical_part()["part"].tolist()
    ['revenue', 'growth', 'approval', 'spend']
    """
    return _inputs([("supplier", "revenue", *[0.2] * 3, *[0.5] * 3),
                    ("supplier", "growth", *[0.1] * 3, *[0.5] * 3),
                    ("supplier", "approval", *[0.8] * 3, *[0.1] * 3),
                    ("account", "spend", *[0.3] * 3, *[0.5] * 3)])  # fmt: skip


def four_accounts() -> pd.DataFrame:
    """Return four accounts with the dependence of both sides.

    Returns
    -------
    (4, 2), index account
        `supplier_dependence`, `account_dependence` (0-1).

    Examples
    --------
    >>> four_accounts().loc["Harbour"].tolist()
    [0.7, 0.35]
    """
    return pd.DataFrame(
        {
            "supplier_dependence": [0.70, 0.60, 0.30, 0.35],
            "account_dependence": [0.35, 0.55, 0.25, 0.60],
        },
        index=pd.Index(["Harbour", "Meadow", "Tower", "Ridge"], name="account"),
    )


def uncertain_account() -> pd.DataFrame:
    """Return an account of which eight facts are known within a range.

    Returns
    -------
    (4, 10)
        As `worked_account`.

    Examples
    --------
    >>> table = uncertain_account()
    >>> bool((table["stake_low"] < table["stake_high"]).all())
    True
    """
    return _inputs([("supplier", "revenue", 0.50, 0.55, 0.60, 0.22, 0.30, 0.36),
                    ("supplier", "capacity", 0.10, 0.30, 0.60, 0.50, 0.60, 0.70),
                    ("account", "spend", 0.20, 0.30, 0.35, 0.40, 0.50, 0.60),
                    ("account", "shoppers", 0.30, 0.40, 0.50, 0.50, 0.80, 0.90)])  # fmt: skip


def account_to_plan() -> pd.DataFrame:
    """Return the account that is to be brought into the corridor.

    Returns
    -------
    (2, 10)
        As `worked_account`.

    Examples
    --------
    >>> account_to_plan()[["stake_low", "stake", "stake_high"]].to_numpy().tolist()
    [[0.47, 0.5, 0.53], [0.27, 0.3, 0.33]]
    """
    return _inputs([("supplier", "revenue", 0.47, 0.50, 0.53, 0.37, 0.40, 0.43),
                    ("account", "spend", 0.27, 0.30, 0.33, 0.77, 0.80, 0.83)])  # fmt: skip


def measures_to_choose() -> pd.DataFrame:
    """Return the measures of the library that the exercise on planning offers.

    Examples
    --------
    >>> list(measures_to_choose()["measure"].unique()) == list(PLANNED)
    True
    """
    library = default_measures()
    return library[library["measure"].isin(PLANNED)].reset_index(drop=True)


def worked_measures() -> pd.DataFrame:
    """Return notice, briefing and diversification with the effects of the worked example.

    Notice takes the account's stake from .45 to .62, the briefing its alternatives from .60 to
    .45; diversification takes the supplier's stake from .70 to .50 and its alternatives from .25
    to .45.

    Examples
    --------
    >>> from kamtools.power.measure_effects import apply_measures
    >>> after = apply_measures(worked_account(), worked_measures(),
    ...                        ["advance_notice", "market_briefing", "diversification"])
    >>> after[["stake", "availability"]].round(2).to_numpy().tolist()
    [[0.5, 0.45], [0.62, 0.45]]
    """
    rows = [
        ("advance_notice", "account", "stake", 0.17 / 0.55),
        ("market_briefing", "account", "availability", -0.15 / 0.60),
        ("diversification", "supplier", "stake", -0.20 / 0.70),
        ("diversification", "supplier", "availability", 0.20 / (1 - 0.25)),
    ]
    own = pd.DataFrame(rows, columns=["measure", "side", "acts_on", "effect"])
    return merge_measures(own.assign(part="all", basis=BASIS))


def _inputs(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    facts = [f"{fact}{end}" for fact in ("stake", "availability") for end in ENDS]
    table = pd.DataFrame(rows, columns=["side", "part", *facts])
    table.insert(0, "account_id", "Harbour")
    return table.assign(basis=BASIS)
