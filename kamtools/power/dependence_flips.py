"""Which single fact, if wrong, moves an account to another zone."""

import numpy as np
import pandas as pd

from kamtools.power.dependence import middle_dependence
from kamtools.power.measure_effects import INPUTS
from kamtools.power.zones import PROPOSED, ZONES, CutOffs, zone_numbers

FACTS = ("stake", "availability")
MOVES = ("low", "high", "none", "all")


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
    (8 n_inputs, 12), index 0, 1, …
        `account_id`, `side`, `part`, `fact` ("stake", "availability"), `moved_to` ("low",
        "high", "none", "all"), `value` (0-1), `power_imbalance`, `mutual_dependence`,
        `zone_before`, `zone`, `flips` (bool), `imbalance_before`.

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
    rows = inputs.reset_index(drop=True)
    moves = _moves(rows)
    after = _placed(_moved(rows, moves), combine, cutoffs).loc[moves.index]
    was = before.loc[moves["account_id"]]
    return moves.drop(columns="number").assign(
        power_imbalance=after["power_imbalance"],
        mutual_dependence=after["mutual_dependence"],
        zone_before=was["zone"].to_numpy(),
        zone=after["zone"],
        flips=after["zone"].to_numpy() != was["zone"].to_numpy(),
        imbalance_before=was["power_imbalance"].to_numpy(),
    )


def _moves(rows: pd.DataFrame) -> pd.DataFrame:
    """Return every move of one input: the number of its row, which fact, and to which value."""
    facts = []
    for fact in FACTS:
        ends = rows[[f"{fact}_low", f"{fact}_high"]].to_numpy(dtype=float)
        facts.append(np.column_stack([ends, np.zeros(len(rows)), np.ones(len(rows))]))
    n_moves = len(FACTS) * len(MOVES)
    own = rows[["account_id", "side", "part"]]
    table = own.loc[np.repeat(own.index, n_moves)]
    return (
        table.rename_axis("number")
        .reset_index()[[*own, "number"]]
        .assign(
            fact=np.tile(np.repeat(FACTS, len(MOVES)), len(rows)),
            moved_to=np.tile(MOVES, len(FACTS) * len(rows)),
            value=np.stack(facts, axis=1).ravel(),
        )
    )


def _moved(rows: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Return the inputs of the moved one's account after each move, the move as account_id."""
    numbered = rows[list(INPUTS)].rename_axis("row").reset_index()
    asked = moves[["account_id", "number", "fact", "value"]].rename_axis("move").reset_index()
    after = asked.merge(numbered, on="account_id")
    is_it = after["row"] == after["number"]
    for fact in FACTS:
        columns = [f"{fact}_low", fact, f"{fact}_high"]
        is_moved = is_it & (after["fact"] == fact)
        after[columns] = after[columns].astype(float)
        after.loc[is_moved, columns] = after.loc[is_moved, ["value"] * len(columns)].to_numpy()
    return after.drop(columns=["account_id", "number", "fact", "value", "row"]).rename(
        columns={"move": "account_id"}
    )


def _placed(inputs: pd.DataFrame, combine: str, cutoffs: CutOffs) -> pd.DataFrame:
    table = middle_dependence(inputs, combine=combine)
    numbers = zone_numbers(
        table["power_imbalance"].to_numpy(),
        table["mutual_dependence"].to_numpy(),
        cutoffs=cutoffs,
    )
    return table.assign(zone=[ZONES[number] for number in numbers])
