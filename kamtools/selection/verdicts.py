"""In, out, or to be argued about; and who would choose an account, in words.

The words are for people who have never heard of a distribution: shares of the ways of
weighing that were tried, and which criteria weigh more in those that choose the account.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.acceptability import Acceptability
from kamtools.wording import listing, percent

IN_FROM = 0.8
OUT_UNTIL = 0.2
"""Shares of draws from which an account is in, and up to which it is out: a convention."""
SURE = 2.0
"""Standard errors by which a number must differ before the words speak of it."""
WORTH_SAYING = 0.01
"""Difference of a mean weight that is told, one percentage point."""


def verdicts(
    result: Acceptability, *, in_from: float = IN_FROM, out_until: float = OUT_UNTIL
) -> pd.DataFrame:
    """Return for each account whether it is in, out, or to be argued about.

    Parameters
    ----------
    result : from `smaa`
    in_from, out_until : 0-1, the latter smaller
        Share of draws from which an account is in, and up to which it is out.

    Returns
    -------
    (n_accounts, 3), index account_id, the likeliest first
        `p_top_k` (0-1), `standard_error`, `verdict`: "in", "out" or "argue about it".

    Raises
    ------
    InputError
        If the two shares are not such numbers.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 5.0, 0.0], "growth": [9.0, 0.0, 5.0]},
    ...                       index=["a", "b", "c"])
    >>> weights = pd.DataFrame({"margin": [0.9, 0.6, 0.3], "growth": [0.1, 0.4, 0.7]})
    >>> from kamtools.selection.acceptability import smaa
    >>> result = smaa(values, weights, pd.Series({"margin": "max", "growth": "max"}), top=2)
    >>> verdicts(result)["verdict"].to_dict()
    {'a': 'in', 'b': 'argue about it', 'c': 'argue about it'}
    """
    if not 0 <= out_until < in_from <= 1:
        raise InputError(
            f"expected 0 <= out_until < in_from <= 1; got out_until = {out_until!r} and "
            f"in_from = {in_from!r}"
        )
    p = result.p_top
    verdict = np.where(p >= in_from, "in", np.where(p <= out_until, "out", "argue about it"))
    table = pd.DataFrame(
        {"p_top_k": p, "standard_error": result.standard_error, "verdict": verdict}, index=p.index
    )
    return table.sort_index().sort_values("p_top_k", ascending=False, kind="stable")


def describe_verdicts(
    result: Acceptability,
    *,
    in_from: float = IN_FROM,
    out_until: float = OUT_UNTIL,
    names: Mapping[str, str] | pd.Series | None = None,
) -> str:
    """Return in words how many accounts are settled and whom to argue about.

    Parameters
    ----------
    result : from `smaa`
    in_from, out_until
        As in `verdicts`.
    names : account_id -> name
        An account without one keeps its id.

    Raises
    ------
    InputError
        As `verdicts`.

    Examples
    --------
    >>> from kamtools.selection.acceptability import smaa
    >>> values = pd.DataFrame({"margin": [9.0, 8.0, 0.0], "growth": [9.0, 0.0, 6.0]},
    ...                       index=["a", "b", "c"])
    >>> margin = (np.arange(1000) + 0.5) / 1000
    >>> weights = pd.DataFrame({"margin": margin, "growth": 1 - margin})
    >>> result = smaa(values, weights, pd.Series({"margin": "max", "growth": "max"}), top=2)
    >>> print(describe_verdicts(result))
    Of 3 accounts for 2 places, 1 is in under at least 80 % of 1,000 ways to weigh the
    criteria, and 0 are in under at most 20 %. Argue about the other 2; the closest calls are
    b (57 %) and c (43 %).
    """
    table = verdicts(result, in_from=in_from, out_until=out_until)
    n_in, n_out = (int((table["verdict"] == verdict).sum()) for verdict in ("in", "out"))
    text = (
        f"Of {len(table):,} accounts for {_counted(result.top, 'place')}, {_are(n_in)} in under "
        f"at least {percent(in_from)} of {result.n_draws:,} ways to weigh the criteria, and "
        f"{_are(n_out)} in under at most {percent(out_until)}. "
        f"{_whom_to_argue_about(table, names)}"
    )
    n_unsure = int(_is_unsure(table, (in_from, out_until)).sum())
    if not n_unsure:
        return text
    verb, verdict = ("stands", "verdict") if n_unsure == 1 else ("stand", "verdicts")
    return f"{text} {n_unsure:,} {verb} so near a limit that more draws may change the {verdict}."


def describe_supporters(
    result: Acceptability, labels: Mapping[str, str] | pd.Series | None = None
) -> pd.Series:
    """Return for each account, in one sentence, who would choose it.

    Told is the smaller camp: for an account that most would choose, who would not. Criteria
    are named where their mean weight in that camp differs from the mean of all that was drawn
    by a percentage point and more than chance explains; in brackets are these two means.

    Parameters
    ----------
    result : from `smaa`
    labels : criterion -> text
        What a manager calls each criterion; a criterion without one keeps its name.

    Returns
    -------
    (n_accounts,) text, index account_id

    Examples
    --------
    >>> from kamtools.selection.acceptability import smaa
    >>> values = pd.DataFrame({"margin": [9.0, 8.0, 0.0], "growth": [9.0, 0.0, 6.0]},
    ...                       index=["a", "b", "c"])
    >>> margin = (np.arange(1000) + 0.5) / 1000
    >>> weights = pd.DataFrame({"margin": margin, "growth": 1 - margin})
    >>> result = smaa(values, weights, pd.Series({"margin": "max", "growth": "max"}), top=2)
    >>> sentences = describe_supporters(result, {"margin": "Profit"})
    >>> print(sentences["a"])
    Chosen whatever counts more.
    >>> print(sentences["c"])
    Chosen under 43 % of the weights: by those to whom growth (79 % instead of 50 %) counts for
    more, and profit (21 % instead of 50 %) for less.
    """
    nouns = [_noun(str(name), labels) for name in result.drawn_weights.index]
    criteria = np.array(nouns, dtype=object)
    mean = result.drawn_weights["mean"].to_numpy()
    p = result.p_top.to_numpy()[:, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        # Those who leave it out: the mean of all is the mean of both camps.
        against = (mean - p * result.top_weights.to_numpy()) / (1 - p)
        camp = np.where(p > 0.5, against, result.top_weights.to_numpy())
        size = np.minimum(p, 1 - p) * result.n_draws
        error = result.drawn_weights["standard_deviation"].to_numpy() / np.sqrt(size)
    is_told = np.abs(camp - mean) > np.maximum(SURE * error, WORTH_SAYING)
    sentences = [
        _sentence(share, weights[told], mean[told], criteria[told])
        for share, weights, told in zip(p[:, 0], camp, is_told, strict=True)
    ]
    return pd.Series(sentences, index=result.p_top.index, name="supporters", dtype="str")


def _sentence(share: float, camp: np.ndarray, mean: np.ndarray, criteria: np.ndarray) -> str:
    """Return who chooses, or if the share is above half who leaves out, one account."""
    if share in (0, 1):
        return "Chosen whatever counts more." if share == 1 else "Chosen under none of the weights."
    verb, size = ("Left out", 1 - share) if share > 0.5 else ("Chosen", share)
    told = percent(size) if size >= 0.001 else "less than 0.1 %"
    text = f"{verb} under {told} of the weights"
    order = np.argsort(-np.abs(camp - mean), kind="stable")
    more = [place for place in order if camp[place] > mean[place]][:2]
    less = [place for place in order if camp[place] < mean[place]][:2]
    parts: list[str] = []
    for places, how in ((more, "for more"), (less, "for less")):
        if places:
            counts = " counts" if len(places) == 1 else " count"
            named = [_instead(criteria[place], camp[place], mean[place]) for place in places]
            parts.append(f"{listing(named)}{'' if parts else counts} {how}")
    if not parts:
        return f"{text}, with no criterion that tells them from the others."
    return f"{text}: by those to whom {', and '.join(parts)}."


def _instead(criterion: str, camp: float, mean: float) -> str:
    return f"{criterion} ({percent(camp)} instead of {percent(mean)})"


def _whom_to_argue_about(table: pd.DataFrame, names: Mapping[str, str] | pd.Series | None) -> str:
    argued = table[table["verdict"] == "argue about it"]
    if argued.empty:
        return "There is nobody to argue about."
    known = {} if names is None else dict(names)
    distance = (argued["p_top_k"] - 0.5).abs().round(6).sort_values(kind="stable")
    calls = argued.loc[distance.index[:3]]
    told = [f"{known.get(a, a)} ({percent(p)})" for a, p in calls["p_top_k"].items()]
    if len(argued) == 1:
        return f"Argue about {told[0]}."
    return f"Argue about the other {len(argued):,}; the closest calls are {listing(told)}."


def _is_unsure(table: pd.DataFrame, limits: tuple[float, float]) -> pd.Series:
    p, error = table["p_top_k"], table["standard_error"]
    near = [(p - limit).abs() < SURE * error for limit in limits]
    return near[0] | near[1]


def _noun(name: str, labels: Mapping[str, str] | pd.Series | None) -> str:
    label = str(name if labels is None else dict(labels).get(name, name))
    return label[:1].lower() + label[1:]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _are(number: int) -> str:
    return f"{number:,} {'is' if number == 1 else 'are'}"
