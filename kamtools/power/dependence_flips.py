"""Which single fact, if wrong, moves an account to another zone."""

import pandas as pd

from kamtools.power.dependence import middle_dependence
from kamtools.power.zones import PROPOSED, ZONES, CutOffs, zone_numbers


def fact_flips(
    inputs: pd.DataFrame, *, combine: str = "noisy-or", cutoffs: CutOffs = PROPOSED
) -> pd.DataFrame:
    """Move each input alone to its low and high, and to 0 and 1, and see where the account goes.

    Parameters
    ----------
    inputs, combine
        As in `dependence.dependence_draws`.
    cutoffs
        Where the zones begin.

    Returns
    -------
    (8 n_inputs, 11), index 0, 1, …
        `account_id`, `side`, `part`, `fact` ("stake", "availability"), `moved_to` ("low",
        "high", "none", "all"), `value` (0-1), `power_imbalance`, `mutual_dependence`,
        `zone_before`, `zone`, `flips` (bool).

    Raises
    ------
    InputError
        As `dependence.dependence_draws`.

    Examples
    --------
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"]})
    >>> inputs[["stake_low", "stake", "stake_high"]] = [[0.6, 0.7, 0.8], [0.4, 0.45, 0.5]]
    >>> inputs[["availability_low", "availability", "availability_high"]] = [
    ...     [0.25, 0.25, 0.25], [0.1, 0.6, 0.7]]
    >>> flips = fact_flips(inputs)
    >>> flips.loc[flips["flips"] & (flips["moved_to"] == "low"), ["side", "fact", "zone"]]
           side          fact     zone
    12  account  availability  between
    """
    before = _placed(inputs, combine, cutoffs)
    inputs = inputs.reset_index(drop=True)
    rows = []
    for number, row in inputs.iterrows():
        own = inputs[inputs["account_id"] == row["account_id"]]
        for fact in ("stake", "availability"):
            moves = {"low": row[f"{fact}_low"], "high": row[f"{fact}_high"], "none": 0, "all": 1}
            for moved_to, value in moves.items():
                changed = own.copy()
                columns = [f"{fact}_low", fact, f"{fact}_high"]
                changed.loc[number, columns] = float(value)
                after = _placed(changed, combine, cutoffs).iloc[0]
                zone_before = before.loc[row["account_id"], "zone"]
                rows.append(
                    {
                        **row[["account_id", "side", "part"]],
                        "fact": fact,
                        "moved_to": moved_to,
                        "value": float(value),
                        **after[["power_imbalance", "mutual_dependence"]],
                        "zone_before": zone_before,
                        "zone": after["zone"],
                        "flips": after["zone"] != zone_before,
                    }
                )
    return pd.DataFrame(rows)


def _placed(inputs: pd.DataFrame, combine: str, cutoffs: CutOffs) -> pd.DataFrame:
    table = middle_dependence(inputs, combine=combine)
    numbers = zone_numbers(
        table["power_imbalance"].to_numpy(),
        table["mutual_dependence"].to_numpy(),
        cutoffs=cutoffs,
    )
    return table.assign(zone=[ZONES[number] for number in numbers])
