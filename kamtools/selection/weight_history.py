"""What each later change of frozen weights did: who came in and who went out because of it."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from kamtools.selection.freeze import FrozenWeights, is_frozen, weights_hash
from kamtools.selection.sensitivity import chosen_accounts, list_moves
from kamtools.selection.weights import check_weights, direct_weights
from kamtools.wording import listing, percent

SHOWN = 12
"""Hexadecimal digits of a hash that are enough to tell it from others."""


def weight_history(
    frozen: Sequence[FrozenWeights],
    weights: pd.Series,
    values: pd.DataFrame,
    objectives: pd.Series,
    top: int,
    *,
    method: str = "weighted_sum",
) -> pd.DataFrame:
    """Return all weights in the order in which they held, and what each change did.

    All lists are drawn from the present values, so that nothing but the weights differs.

    Parameters
    ----------
    frozen
        From `freeze.frozen_in_log`, the first one first.
    weights : 0-1 with the sum 1, index criterion
        Of this run. If they are not the last that were frozen, they are the last row.
    values, objectives
        As in `scoring.weighted_sum`.
    top : number of accounts in the list
    method
        As in `scoring.score`.

    Returns
    -------
    (n_steps, 9)
        `hash`; `by`, blank on weights of this run that nobody froze; `date`; `note`;
        `weights` in words; `accounts_in` and `accounts_out`, tuples of account_id, against the
        row before; `overlap` with it, 0-1; `not_known`, criteria that are not in `values` now,
        without which the list was drawn.

    Raises
    ------
    InputError
        As `scoring.score` and `portfolio.choose_top`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 6.0, 1.0], "growth": [0.0, 0.2, 0.9]},
    ...                       index=["a", "b", "friend"])
    >>> from kamtools.selection.freeze import freeze
    >>> first = freeze(pd.Series({"margin": 1.0}), by="Li Wei", date=date(2024, 12, 2))
    >>> history = weight_history([first], pd.Series({"growth": 1.0}), values,
    ...                          pd.Series("max", index=values.columns), 1)
    >>> history[["by", "weights", "accounts_in", "accounts_out"]]
           by       weights accounts_in accounts_out
    0  Li Wei  margin 100 %          ()           ()
    1          growth 100 %   (friend,)         (a,)
    """
    steps: list[tuple[str, str, date | None, str, pd.Series]]
    steps = [(step.hash, step.by, step.date, step.note, _series(step)) for step in frozen]
    run = check_weights(weights, values.columns)
    if not is_frozen(run, frozen):
        steps.append((weights_hash(run), "", None, "", run))
    unmoved = {"accounts_in": (), "accounts_out": (), "overlap": 1.0}
    before: frozenset[str] | None = None
    rows: list[dict[str, object]] = []
    for step_hash, by, day, note, given in steps:
        known, not_known = _known(given, values)
        # Without one criterion that is known now, there is no list to compare with.
        chosen = None if known is None else chosen_accounts(values, known, objectives, top, method)
        moves = list_moves(before, chosen) if before and chosen else unmoved
        rows.append(
            {"hash": step_hash, "by": by, "date": day, "note": note,
             "weights": weights_in_words(given), **moves, "not_known": not_known}
        )  # fmt: skip
        before = chosen or before
    return pd.DataFrame(rows)


def describe_freeze(
    history: pd.DataFrame,
    *,
    names: Mapping[str, str] | pd.Series | None = None,
    faults: Sequence[object] = (),
) -> str:
    """Return in words whether this run's weights were settled before, by whom, and what changed.

    Parameters
    ----------
    history
        From `weight_history`.
    names : account_id -> name
    faults
        Of `decision_log.read_log`: the text then says that the log was changed.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 6.0, 1.0], "growth": [0.0, 0.2, 0.9]},
    ...                       index=["a", "b", "friend"])
    >>> from kamtools.selection.freeze import freeze
    >>> first = freeze(pd.Series({"margin": 1.0}), by="Li Wei", date=date(2024, 12, 2))
    >>> objectives = pd.Series("max", index=values.columns)
    >>> print(describe_freeze(weight_history([first], pd.Series({"margin": 1.0}), values,
    ...                                      objectives, 1)))
    The weights were frozen by Li Wei on 2024-12-02 (hash 9e0592938f0e); this run uses them.
    >>> print(describe_freeze(weight_history([first], pd.Series({"growth": 1.0}), values,
    ...                                      objectives, 1)))
    The weights were frozen by Li Wei on 2024-12-02 (hash 9e0592938f0e). This run uses others,
    which nobody froze (growth 100 %): in comes friend, out goes a.
    """
    sentences = [_altered(faults)] if faults else []
    by_people = history[history["by"] != ""]
    if by_people.empty:
        sentences.append(
            "Nobody froze the weights: they may have been chosen for the list that they give."
        )
        return " ".join(sentences)
    first, last = by_people.iloc[0], by_people.iloc[-1]
    uses_last = len(by_people) == len(history)
    frozen = (
        f"The weights were frozen by {first['by']} on {first['date']} "
        f"(hash {first['hash'][:SHOWN]})"
    )
    if len(by_people) == 1:
        sentences.append(f"{frozen}{'; this run uses them.' if uses_last else '.'}")
    else:
        sentences.append(f"{frozen} and changed {_times(len(by_people) - 1)} since.")
        sentences += [
            f"On {step['date']} {step['by']} changed them to {step['weights']}: "
            f"{_moved(step, names)}."
            for _, step in by_people.iloc[1:].iterrows()
        ]
        if uses_last:
            sentences.append(f"This run uses the last ones (hash {last['hash'][:SHOWN]}).")
    if not uses_last:
        run = history.iloc[-1]
        sentences.append(
            f"This run uses others, which nobody froze ({run['weights']}): {_moved(run, names)}."
        )
    return " ".join(sentences)


def weights_in_words(weights: pd.Series) -> str:
    """Return weights as a manager reads them, the heaviest first; without those of 0.

    Examples
    --------
    >>> weights_in_words(pd.Series({"growth": 0.4, "margin": 0.6, "trend": 0.0}))
    'margin 60 %, growth 40 %'
    """
    heaviest_first = weights[weights > 0].sort_index().sort_values(ascending=False, kind="stable")
    return ", ".join(f"{name} {percent(weight)}" for name, weight in heaviest_first.items())


def _series(frozen: FrozenWeights) -> pd.Series:
    return pd.Series(dict(frozen.weights), dtype=float)


def _known(weights: pd.Series, values: pd.DataFrame) -> tuple[pd.Series | None, tuple[str, ...]]:
    """Return the weights of the criteria known now, and the others' names."""
    points = {str(name): float(w) for name, w in weights.items() if name in values.columns}
    not_known = tuple(sorted(str(name) for name in weights.index if name not in values.columns))
    return (direct_weights(points) if sum(points.values()) > 0 else None), not_known


def _altered(faults: Sequence[object]) -> str:
    noun = "place" if len(faults) == 1 else "places"
    return (
        f"Beware: the decision log was changed after it was written ({len(faults):,} {noun}, "
        f"first {faults[0]})."
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _moved(step: pd.Series, names: Mapping[str, str] | pd.Series | None) -> str:
    def called(accounts: tuple[str, ...]) -> str:
        return listing([str(a if names is None else names.get(a, a)) for a in accounts])

    entering, leaving = step["accounts_in"], step["accounts_out"]
    if not entering:
        return "the list stays as it was"
    many = len(entering) > 1
    return (
        f"in {'come' if many else 'comes'} {called(entering)}, "
        f"out {'go' if many else 'goes'} {called(leaving)}"
    )
