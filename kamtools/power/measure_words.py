"""The library of measures as people read it: what each does, costs and must respect."""

import pandas as pd

from kamtools.power.measures import GRADES, OPERATIONS, measure_list
from kamtools.wording import listing, money, percent

WHO = {"supplier": "we", "account": "the account"}


def effect_words(effect: pd.Series) -> str:
    """Return one effect in words.

    Parameters
    ----------
    effect
        A row of `measures.default_measures`.

    Examples
    --------
    >>> row = pd.Series({"side": "account", "part": "largest", "acts_on": "stake",
    ...                  "effect_low": 0.05, "effect": 0.15, "effect_high": 0.3})
    >>> effect_words(row)
    'the account has more at stake with us (in what matters most): 15 % (5 % to 30 %) of what is
    missing to 1 is closed'
    >>> effect_words(row.replace({"account": "supplier", "largest": "all",
    ...                           "stake": "availability"}))
    'we have better alternatives: 15 % (5 % to 30 %) of what is missing to 1 is closed'
    """
    rises = effect["effect"] > 0 or (effect["effect"] == 0 and effect["effect_high"] > 0)
    is_us = effect["side"] == "supplier"
    has, other = ("have", "the account") if is_us else ("has", "us")
    if effect["acts_on"] == "stake":
        what = f"{has} {'more' if rises else 'less'} at stake with {other}"
    else:
        what = f"{has} {'better' if rises else 'worse'} alternatives"
    part = {"all": "", "largest": " (in what matters most)"}.get(
        effect["part"], f" (in {effect['part']})"
    )
    ends = [effect["effect_low"], effect["effect_high"]]
    sizes = [_size(end, rises) for end in (ends if rises else ends[::-1])]
    span = "" if ends[0] == ends[1] else f" ({sizes[0]} to {sizes[1]})"
    gain = "of what is missing to 1 is closed" if rises else "of what there is is taken away"
    return f"{WHO[effect['side']]} {what}{part}: {_size(effect['effect'], rises)}{span} {gain}"


def measures_table(measures: pd.DataFrame, *, currency: str = "") -> pd.DataFrame:
    """Return the library with one row for each measure, in words.

    Parameters
    ----------
    measures
        As `measures.default_measures`.
    currency
        Stands before amounts.

    Returns
    -------
    (n_measures, 9), index measure
        `Measure`, `Operation`, `What it does`, `Cost a year`, `Months to work`, `Evidence`,
        `Needs and excludes`, `Law and guard-rail`, `Numbers from`.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> row = measures_table(default_measures(), currency="EUR").loc["advance_notice"]
    >>> row[["Operation", "Cost a year", "Needs and excludes"]].tolist()
    ['3 status giving', 'EUR 6,000 (2,000 to 12,000)', 'needs plan_sharing']
    """
    listed = measure_list(measures)
    effects = pd.Series([effect_words(row) for _, row in measures.iterrows()], dtype="str")
    grouped = effects.groupby(measures["measure"].to_numpy(), sort=False).agg("; ".join)
    once = listed["scope"].map({"account": "", "firm": ", once for the firm"}).astype("str")
    rows = [row for _, row in listed.iterrows()]
    return pd.DataFrame(
        {
            "Measure": listed["label"],
            "Operation": [f"{row['operation']} {OPERATIONS[row['operation']]}" for row in rows],
            "What it does": grouped.reindex(listed.index),
            "Cost a year": pd.Series([_cost(row, currency) for row in rows], listed.index) + once,
            "Months to work": listed["months_to_work"].map("{:g}".format),
            "Evidence": [f"{row['grade']} ({GRADES[row['grade']]}): {row['evidence']} "
                         f"[{row['source']}]" for row in rows],
            "Needs and excludes": [_others(row) for row in rows],
            "Law and guard-rail": [_law(row) for row in rows],
            "Numbers from": listed["basis"],
        },
        index=listed.index,
    )  # fmt: skip


def describe_measures(measures: pd.DataFrame) -> str:
    """Return in words what the library is, and how far to trust it.

    Parameters
    ----------
    measures
        As `measures.default_measures`.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> print(describe_measures(default_measures()))
    15 measures: contract or law (3), withdrawal (1), network extension (3), status giving (7)
    and coalition (1). What stands behind their directions: measured in one study (1), indirect
    evidence or cases (9) and no evidence found (5). All sizes of effects and costs are
    assumptions. Counsel looks first at 7 of them.
    """
    listed = measure_list(measures)
    n = len(listed)
    by = _counts(listed["operation"].map(OPERATIONS), list(OPERATIONS.values()))
    kinds = [words.split(":")[0] for words in GRADES.values()]
    found = _counts(listed["grade"].map(dict(zip(GRADES, kinds, strict=True))), kinds)
    assumed = int((listed["basis"] == "assumption").sum())
    whose = "All sizes" if assumed == n else f"In {assumed} of them all sizes"
    counsel = int((listed["legal"] == "counsel").sum())
    text = [
        f"{n} measures: {listing(by)}.",
        f"What stands behind their directions: {listing(found)}.",
        f"{whose} of effects and costs are assumptions." if assumed else "",
        f"Counsel looks first at {counsel} of them." if counsel else "",
    ]
    return " ".join(part for part in text if part)


def _counts(words: pd.Series, order: list[str]) -> list[str]:
    counts = words.value_counts().reindex(order).dropna().astype(int)
    return [f"{word} ({count})" for word, count in counts.items()]


def _size(effect: float, rises: bool) -> str:
    """Return an effect as a share; with a minus where it goes against the measure's direction."""
    size = effect if rises else -effect
    return f"{'−' if size < 0 else ''}{percent(abs(size))}"


def _cost(row: pd.Series, currency: str) -> str:
    span = "" if row["cost_low"] == row["cost_high"] else (
        f" ({money(row['cost_low'])} to {money(row['cost_high'])})")  # fmt: skip
    return f"{money(row['cost'], currency)}{span}"


def _others(row: pd.Series) -> str:
    words = [f"{what} {row[what].replace(';', ',')}" for what in ("needs", "excludes") if row[what]]
    return "; ".join(words) or "none"


def _law(row: pd.Series) -> str:
    return f"{'Counsel first. ' if row['legal'] == 'counsel' else ''}{row['guard_rail']}"
