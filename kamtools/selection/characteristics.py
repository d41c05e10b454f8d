"""The five characteristics of a key account as five measured profiles (E17-E21).

Four are merits; the fourth, that key accounts take much and bargain hard, is a cost and a
risk. It is shown beside them and never added to them: a sum that counted it as a plus would
reward the accounts that hurt. There is no sum at all, since the five answer different
questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.characteristic_parts import PARTS, part_scores
from kamtools.wording import change, listing, percent

HIGH, LOW = 2 / 3, 1 / 3
"""From where on a characteristic is there, and up to where it is not: a convention."""


@dataclass(frozen=True)
class Characteristic:
    """One of the five.

    Attributes
    ----------
    name
        Column of the profiles.
    claim
        The claim of the essay that it puts to work.
    label
        What a manager calls it, lower case.
    combine
        How its halves are put together: "max" where either is enough, "min" where both are
        needed, "mean" where there is but one.
    is_merit
        False for the one that is a cost and a risk.
    """

    name: str
    claim: str
    label: str
    combine: str
    is_merit: bool = True


CHARACTERISTICS: tuple[Characteristic, ...] = (
    Characteristic("share", "E17", "large share of sales, now or in future", "max"),
    Characteristic("hard_to_replace", "E18", "hard to replace", "mean"),
    Characteristic("stable_with_potential", "E19", "stable, with potential", "min"),
    Characteristic("demanding", "E20", "takes much or bargains hard", "max", is_merit=False),
    Characteristic("fits", "E21", "fits our development", "mean"),
)
"""In the order of the essay."""


@dataclass(frozen=True)
class Profiles:
    """Five profiles of each account, and what they rest on.

    Attributes
    ----------
    scores : (n_accounts, 5) 0-1, index account_id; NaN where too little is known
        Columns by the names of `CHARACTERISTICS`. `demanding` is a cost: 1 is the worst.
    rests_on, missing : (n_accounts, 5) text
        The facts that the score rests on, and those that it lacks with what they need.
    parts : (n_accounts, n_parts), in their own units; NaN where not known
    """

    scores: pd.DataFrame
    rests_on: pd.DataFrame
    missing: pd.DataFrame
    parts: pd.DataFrame


def profiles(parts: pd.DataFrame) -> Profiles:
    """Return the five characteristics of each account from what was measured of it.

    Parameters
    ----------
    parts : (n_accounts, n_parts), index account_id; NaN where not known
        From `characteristic_parts.measure_parts`.

    Raises
    ------
    InputError
        If a part is missing.

    Notes
    -----
    Parts between their anchors (`characteristic_parts.PARTS`) are averaged over those known
    in each half; the halves are put together as `Characteristic.combine` says.

    Examples
    --------
    >>> parts = pd.DataFrame({part.name: [float("nan")] for part in PARTS}, index=["b"])
    >>> found = profiles(parts.assign(revenue_share=0.1, service_cost_rate=0.25))
    >>> found.scores.loc["b", ["share", "demanding"]].tolist()
    [1.0, 0.5]
    >>> found.rests_on.loc["b", "share"], found.missing.loc["b", "fits"]
    ('share of sales: 10 %',
     'strategic fit; quality of the relationship; planned steps that touch it')
    """
    missing = [part.name for part in PARTS if part.name not in parts]
    if missing:
        raise InputError(f"the parts of the characteristics lack {listing(missing)}")
    scores = part_scores(parts)
    columns: dict[str, dict[str, pd.Series]] = {"scores": {}, "rests_on": {}, "missing": {}}
    for characteristic in CHARACTERISTICS:
        own = [part for part in PARTS if part.characteristic == characteristic.name]
        halves = pd.DataFrame(
            {
                half: scores[[part.name for part in own if part.half == half]].mean(axis=1)
                for half in dict.fromkeys(part.half for part in own)
            }
        )
        is_told = parts[[part.name for part in own if part.is_enough]].notna().any(axis=1)
        score = halves.agg(characteristic.combine, axis=1).where(is_told)
        columns["scores"][characteristic.name] = score
        known = [_read_out(parts[part.name], part.label, part.wording) for part in own]
        lacking = [parts[part.name].isna().map({True: part.label, False: ""}) for part in own]
        columns["rests_on"][characteristic.name] = _joined(known)
        columns["missing"][characteristic.name] = _joined(lacking)
    tables = {name: pd.DataFrame(of_it, index=parts.index) for name, of_it in columns.items()}
    return Profiles(parts=parts, **tables)


def describe_profiles(found: Profiles) -> pd.Series:
    """Return each account's profile in a sentence or two.

    Returns
    -------
    (n_accounts,) text, index account_id

    Examples
    --------
    >>> scores = pd.DataFrame([[0.9, 0.5, 0.1, 0.8, float("nan")]], index=["a"],
    ...                       columns=[c.name for c in CHARACTERISTICS])
    >>> blank = scores.astype("str")
    >>> print(describe_profiles(Profiles(scores, blank, blank, scores))["a"])
    Yes: large share of sales, now or in future (0.90). Partly: hard to replace (0.50). No:
    stable, with potential (0.10). Not known: fits our development. It costs: takes much or
    bargains hard (0.80).
    """
    sentences = [_sentence(row) for row in found.scores.to_numpy().tolist()]
    return pd.Series(sentences, index=found.scores.index, name="profile", dtype="str")


def _read_out(values: pd.Series, label: str, wording: str) -> pd.Series:
    said = [
        "" if np.isnan(value) else f"{label}: {_said(float(value), wording)}" for value in values
    ]
    return pd.Series(said, index=values.index, dtype="str")


def _said(value: float, wording: str) -> str:
    if not np.isfinite(value):
        return "never"
    number = f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"
    return wording.format(percent=percent(value), change=change(value), number=number)


def _joined(texts: Sequence[pd.Series]) -> pd.Series:
    rows = zip(*texts, strict=True)
    said = ["; ".join(text for text in row if text) for row in rows]
    return pd.Series(said, index=texts[0].index, dtype="str")


def _sentence(row: Sequence[float]) -> str:
    groups: dict[str, list[str]] = {"Yes": [], "Partly": [], "No": [], "Not known": []}
    costs = ""
    for characteristic, score in zip(CHARACTERISTICS, row, strict=True):
        label = characteristic.label
        if not characteristic.is_merit:
            costs = _cost_words(label, float(score))
        elif np.isnan(score):
            groups["Not known"].append(label)
        else:
            level = "Yes" if score >= HIGH else "No" if score <= LOW else "Partly"
            groups[level].append(f"{label} ({score:.2f})")
    told = [f"{level}: {'; '.join(labels)}." for level, labels in groups.items() if labels]
    return " ".join([*told, costs])


def _cost_words(label: str, score: float) -> str:
    if np.isnan(score):
        return f"Whether it {label} is not known."
    if score <= LOW:
        return f"It costs little ({score:.2f})."
    return f"It costs: {label} ({score:.2f})." if score >= HIGH else f"It costs some ({score:.2f})."
