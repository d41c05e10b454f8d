"""What measures do to the inputs of dependence.

An effect e of a measure works on one input x (a stake or an availability, 0-1):

    raised   x' = 1 − (1 − x)(1 − e)   for e above 0: e of what is missing to 1 is closed,
    lowered  x' = x (1 + e)            for e below 0: −e of what there is is taken away.

Of several measures on the same input first all that raise it, then all that lower it are
applied: x' = (1 − (1 − x) Π(1 − e⁺)) Π(1 − e⁻). So the order of measures does not matter, x'
stays between 0 and 1, and no measure gains all that several together could.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.measure_checks import check_measures
from kamtools.schema import names_in

LEVELS = ("_low", "", "_high")
INPUTS = ("account_id", "side", "part", "stake_low", "stake", "stake_high", "availability_low",
          "availability", "availability_high")  # fmt: skip
"""Columns of the dependence inputs that measures read."""


def moved(values: np.ndarray, left: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Return inputs after measures.

    Parameters
    ----------
    values : any shape, 0-1
    left : Π(1 − e⁺), same shape or one that broadcasts
        Part of what is missing to 1 that stays missing.
    kept : Π(1 − e⁻)
        Part of what there is then that stays.

    Examples
    --------
    >>> moved(np.array([0.5, 0.5]), np.array([0.8, 1.0]), np.array([1.0, 0.6])).round(2)
    array([0.6, 0.3])
    """
    return (1 - (1 - values) * left) * kept


def works_on(effects: pd.DataFrame, inputs: pd.DataFrame) -> np.ndarray:
    """Say which effect works on which row of the inputs.

    Parameters
    ----------
    effects : (n_effects, …)
        `side` and `part`: one part, several separated by semicolons, "all", or "largest": the
        part with the largest stake × (1 − availability) of its account and side.
    inputs : (n_inputs, …)
        `account_id`, `side`, `part`, `stake`, `availability`.

    Returns
    -------
    (n_effects, n_inputs) bool

    Examples
    --------
    >>> effects = pd.DataFrame({"side": ["account"] * 3, "part": ["all", "shoppers", "largest"]})
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["account", "account", "supplier"],
    ...                        "part": ["shoppers", "spend", "revenue"],
    ...                        "stake": [0.2, 0.3, 0.5], "availability": 0.5})
    >>> works_on(effects, inputs).astype(int)
    array([[1, 1, 0],
           [1, 0, 0],
           [0, 1, 0]])
    """
    same_side = effects["side"].to_numpy()[:, None] == inputs["side"].to_numpy()[None]
    u = inputs["stake"] * (1 - inputs["availability"])
    ordered = inputs.assign(place=np.arange(len(inputs)), u=u).sort_values(
        "u", ascending=False, kind="stable"
    )
    first = ordered.drop_duplicates(["account_id", "side"])["place"]
    special = {"all": np.ones(len(inputs), dtype=bool),
               "largest": np.isin(np.arange(len(inputs)), first)}  # fmt: skip
    rows = [special.get(cell.strip(), inputs["part"].isin(names_in(cell)).to_numpy())
            for cell in effects["part"]]  # fmt: skip
    return same_side & np.array(rows, dtype=bool).reshape(same_side.shape)


def idle_effects(inputs: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Return the effects that move nothing: their part is not among the inputs of any account.

    Parameters
    ----------
    inputs, measures
        As in `apply_measures`.

    Returns
    -------
    (n_idle, 4)
        `measure`, `side`, `part`, `acts_on`: to be mended, or the measure looks weaker than
        it is.

    Examples
    --------
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["account"], "part": ["shoppers"],
    ...                        "stake": 0.2, "availability": 0.5})
    >>> measures = pd.DataFrame({"measure": "brand", "side": "account", "acts_on": "stake",
    ...                          "part": ["shopers"]})
    >>> idle_effects(inputs, measures)
      measure     side     part acts_on
    0   brand  account  shopers   stake
    """
    is_idle = pd.Series(~works_on(measures, inputs).any(axis=1), index=measures.index)
    rows = measures[["measure", "side", "part", "acts_on"]]
    return rows[is_idle].reset_index(drop=True)


def apply_measures(
    inputs: pd.DataFrame, measures: pd.DataFrame, chosen: Sequence[str] | pd.DataFrame
) -> pd.DataFrame:
    """Return the dependence inputs as they are once the measures work.

    Low ends move by the low effects, high ends by the high ones: the range that comes out
    holds every case in which inputs and effects are within theirs.

    Parameters
    ----------
    inputs : (n_inputs, …)
        `account_id`, `side`, `part`, and `stake` and `availability` (0-1), each with `_low`
        and `_high`; other columns are kept.
    measures
        As `measures.default_measures`.
    chosen
        Keys of measures taken for every account, or a table with `account_id` and `measure`.

    Returns
    -------
    DataFrame
        As `inputs`, with `measures`: those that moved the row, separated by semicolons.

    Raises
    ------
    InputError
        If inputs lack a column or are out of range, a measure is not known, or as
        `measure_checks.check_measures`.

    Examples
    --------
    >>> inputs = pd.DataFrame({"account_id": ["a"], "side": ["account"], "part": ["spend"]})
    >>> inputs[["stake_low", "stake", "stake_high"]] = [0.4, 0.5, 0.6]
    >>> inputs[["availability_low", "availability", "availability_high"]] = 0.5
    >>> from kamtools.power.measures import default_measures
    >>> after = apply_measures(inputs, default_measures(), ["plan_sharing", "market_briefing"])
    >>> after[["stake_low", "stake", "stake_high", "availability", "measures"]].round(3)
       stake_low  stake  stake_high  availability                      measures
    0      0.418  0.572       0.711          0.44  plan_sharing;market_briefing
    """
    check_inputs(inputs)
    check_measures(measures)
    pairs = chosen_pairs(chosen, inputs, measures)
    taken = _taken(pairs, measures, inputs) & works_on(measures, inputs)
    after = inputs.copy()
    for column in ("stake", "availability"):
        works = taken & (measures["acts_on"] == column).to_numpy()[:, None]
        for level in LEVELS:
            effect = np.where(works, measures[f"effect{level}"].to_numpy()[:, None], 0.0)
            left = (1 - np.maximum(effect, 0)).prod(axis=0)
            kept = (1 + np.minimum(effect, 0)).prod(axis=0)
            values = inputs[f"{column}{level}"].to_numpy(dtype=float)
            after[f"{column}{level}"] = moved(values, left, kept)
    names = measures["measure"].to_numpy()
    told = [";".join(dict.fromkeys(names[column])) for column in taken.T]
    return after.assign(measures=pd.Series(told, index=inputs.index, dtype="str"))


def chosen_pairs(
    chosen: Sequence[str] | pd.DataFrame, inputs: pd.DataFrame, measures: pd.DataFrame
) -> pd.DataFrame:
    """Return which account has which measure, one row each.

    Parameters
    ----------
    chosen, inputs, measures
        As in `apply_measures`.

    Returns
    -------
    DataFrame
        `account_id`, `measure`, nothing twice.

    Raises
    ------
    InputError
        If a measure or account is not known, or a single text came in place of a list.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> accounts = pd.DataFrame({"account_id": ["a", "b"]})
    >>> chosen_pairs(["coalition"], accounts, default_measures())
      account_id    measure
    0          a  coalition
    1          b  coalition
    """
    if isinstance(chosen, str):
        raise InputError(f"chosen measures must be a list of keys; got the text {chosen!r}")
    if isinstance(chosen, pd.DataFrame):
        pairs = chosen[["account_id", "measure"]].drop_duplicates().reset_index(drop=True)
    else:
        accounts = inputs[["account_id"]].drop_duplicates()
        pairs = accounts.merge(pd.DataFrame({"measure": pd.unique(np.array(chosen, dtype=object))},
                                            dtype="str"), how="cross")  # fmt: skip
    for column, known in (("measure", measures), ("account_id", inputs)):
        is_unknown = ~pairs[column].isin(known[column])
        if is_unknown.any():
            raise InputError(
                f"chosen measures: no such {column} {pairs.loc[is_unknown, column].iloc[0]!r}; "
                f"known are {', '.join(map(str, known[column].drop_duplicates().head(20)))}"
            )
    return pairs


def _taken(pairs: pd.DataFrame, measures: pd.DataFrame, inputs: pd.DataFrame) -> np.ndarray:
    """Say of each effect and each row of the inputs whether its account has the measure."""
    table = pd.crosstab(pairs["measure"], pairs["account_id"])
    table = table.reindex(index=measures["measure"], columns=inputs["account_id"], fill_value=0)
    return table.to_numpy() > 0


def check_inputs(inputs: pd.DataFrame) -> None:
    """Refuse dependence inputs that cannot be used.

    Parameters
    ----------
    inputs
        As in `apply_measures`.

    Raises
    ------
    InputError
        If there is none, a column is missing, low, middle and high are not in order within 0
        to 1, a side is not known, or a part stands twice.

    Examples
    --------
    >>> check_inputs(pd.DataFrame({"account_id": ["a"], "side": ["account"]}))
    Traceback (most recent call last):
    kamtools.errors.InputError: dependence inputs lack the columns part, stake_low, ...
    """
    missing = [name for name in INPUTS if name not in inputs]
    if missing:
        raise InputError(f"dependence inputs lack the columns {', '.join(missing)}")
    if inputs.empty:
        raise InputError("dependence inputs have no rows")
    is_wrong = ~inputs["side"].isin(["supplier", "account"])
    if is_wrong.any():
        raise InputError(f"{_place(inputs, is_wrong)}: side must be supplier or account")
    is_wrong = inputs.duplicated(["account_id", "side", "part"])
    if is_wrong.any():
        raise InputError(f"{_place(inputs, is_wrong)} stands twice in the dependence inputs")
    for column in ("stake", "availability"):
        low, middle, high = (inputs[f"{column}{level}"] for level in LEVELS)
        is_wrong = ~((low >= 0) & (low <= middle) & (middle <= high) & (high <= 1))
        if is_wrong.any():
            seen = ", ".join(f"{ends[is_wrong].iloc[0]:g}" for ends in (low, middle, high))
            raise InputError(
                f"{_place(inputs, is_wrong)}: {column} needs 0 ≤ low ≤ middle ≤ high ≤ 1; "
                f"got {seen}"
            )


def _place(inputs: pd.DataFrame, is_wrong: pd.Series) -> str:
    row = inputs[is_wrong].iloc[0]
    return f"account {row['account_id']}, {row['side']}, {row['part']}"
