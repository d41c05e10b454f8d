"""Weights settled before the scores are seen.

Selection is political: who knows the ranks argues for the weights that keep them. So the
weights are frozen first, with a name and a date, and their hash goes into the engagement's
decision log (`kamtools.decision_log`). They may be changed later, but not unseen:
`weight_history` lists each change with the accounts that it brought in and threw out.

References
----------
.. [1] Schäfer (2025), 73 interviews on how key accounts are selected, University of Bamberg,
   https://fis.uni-bamberg.de/handle/uniba/112158
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from kamtools.decision_log import Entry, sha256_of
from kamtools.errors import InputError
from kamtools.selection.weights import check_weights

KIND = "weights frozen"
DECIMALS = 9
"""To which weights are hashed: 3 to 2 and 6 to 4 are the same weights."""


@dataclass(frozen=True)
class FrozenWeights:
    """Weights that a person settled on a day.

    Attributes
    ----------
    hash
        SHA-256 of the weights, in hexadecimal: equal for equal weights.
    by, date
        Who, when.
    weights : criterion -> above 0, up to 1, with the sum 1
    note
        Why, in the person's words; may be blank.
    """

    hash: str
    by: str
    date: date
    weights: Mapping[str, float]
    note: str


def freeze(weights: pd.Series, *, by: str, date: date, note: str = "") -> FrozenWeights:
    """Return weights with the name, the day and the hash that stand for them.

    Parameters
    ----------
    weights : 0-1 with the sum 1, index criterion
        A criterion without a weight does not count, and is not kept.
    by
        Name of the person who settles them.
    date
        Day on which they are settled.
    note
        Why.

    Raises
    ------
    InputError
        If the name is blank, or as `weights.check_weights`.

    Examples
    --------
    >>> frozen = freeze(pd.Series({"margin": 0.6, "growth": 0.4, "trend": 0.0}),
    ...                 by="Li Wei", date=date(2024, 12, 2))
    >>> frozen.weights, frozen.hash[:12]
    ({'growth': 0.4, 'margin': 0.6}, 'ffe7d86e5f62')
    """
    if not by.strip():
        raise InputError("weights are frozen by a person; got a blank name")
    return FrozenWeights(weights_hash(weights), by.strip(), date, _kept(weights), note.strip())


def weights_hash(weights: pd.Series) -> str:
    """Return the SHA-256 of weights, in hexadecimal.

    Examples
    --------
    >>> one, two = pd.Series({"a": 0.6, "b": 0.4}), pd.Series({"b": 0.4, "a": 0.6, "c": 0.0})
    >>> weights_hash(one) == weights_hash(two)
    True
    """
    return sha256_of({name: round(weight, DECIMALS) for name, weight in _kept(weights).items()})


def log_content(frozen: FrozenWeights) -> dict[str, Any]:
    """Return what the decision log keeps beside name and date, under the kind `KIND`.

    Examples
    --------
    >>> frozen = freeze(pd.Series({"a": 1.0}), by="Li", date=date(2024, 12, 2), note="profit")
    >>> list(log_content(frozen))
    ['weights', 'weights_hash', 'note']
    """
    return {
        "weights": dict(frozen.weights),
        "weights_hash": frozen.hash,
        "note": frozen.note,
    }


def frozen_in_log(entries: Iterable[Entry]) -> tuple[FrozenWeights, ...]:
    """Return the frozen weights among the entries of a decision log, in their order.

    Whether an entry was changed since it was written is for `decision_log.read_log` to say.

    Raises
    ------
    InputError
        If an entry of frozen weights holds none.
    """
    return tuple(_from_entry(entry) for entry in entries if entry.kind == KIND)


def is_frozen(weights: pd.Series, frozen: Sequence[FrozenWeights]) -> bool:
    """Say whether weights are those that were frozen last.

    Examples
    --------
    >>> first = freeze(pd.Series({"margin": 1.0}), by="Li Wei", date=date(2024, 12, 2))
    >>> is_frozen(pd.Series({"margin": 1.0, "growth": 0.0}), [first])
    True
    >>> is_frozen(pd.Series({"margin": 1.0}), [])
    False
    """
    return bool(frozen) and weights_hash(weights) == frozen[-1].hash


def _from_entry(entry: Entry) -> FrozenWeights:
    weights = entry.content.get("weights")
    if not isinstance(weights, dict) or not all(
        isinstance(weight, int | float) for weight in weights.values()
    ):
        raise InputError(f"entry {entry.number} of the decision log holds no weights")
    stated, note = (str(entry.content.get(name, "")) for name in ("weights_hash", "note"))
    return FrozenWeights(stated, entry.by, entry.date, weights, note)


def _kept(weights: pd.Series) -> dict[str, float]:
    checked = check_weights(weights, [str(name) for name in weights.index])
    return {str(name): float(w) for name, w in checked.sort_index().items() if w > 0}
