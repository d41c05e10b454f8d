"""Public stops of delivery: what was printed, what is assumed, and a replay of each.

Facts and assumptions stand in `stops.toml` beside this module. No source gives who gave in, so
a replay can be held only against the length of the stop, and few inputs are facts: it shows
whether the model can be true, not that it is.
"""

import tomllib
from importlib.resources import files
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.facts import check_fact
from kamtools.power.stop import INPUTS, simulate_stop

_ENDS = ("low", "middle", "high")
_STOPS: dict[str, list[dict[str, Any]]] = tomllib.loads(
    files("kamtools.power").joinpath("stops.toml").read_text(encoding="utf-8")
)


def stop_facts() -> pd.DataFrame:
    """Return every published figure of the stops, with its source.

    Returns
    -------
    DataFrame, one row a fact
        `case`, `name`, `input` (of the simulator; missing if none, `length_days` for the
        length), `low`, `middle`, `high`, `unit`, `date`, `address`,
        `also` (a second address, where the first does not say all; or missing), `grade`.

    Examples
    --------
    >>> sorted(set(stop_facts()["grade"]))
    ['B']
    """
    rows = []
    for case in _STOPS["cases"]:
        for fact in case["facts"]:
            check_fact(fact, case=case["case"])
            is_length = "length_days" in fact
            triple = fact["length_days"] if is_length else fact["value"]
            rows.append(
                {
                    "case": case["case"],
                    "name": fact["name"],
                    "input": "length_days" if is_length else fact.get("input"),
                    **dict(zip(_ENDS, map(float, triple), strict=True)),
                    **{key: fact[key] for key in ("unit", "date", "address")},
                    "also": fact.get("also"),
                    "grade": fact["grade"],
                }
            )
    return pd.DataFrame(rows)


def stop_inputs(case: str | None = None) -> pd.DataFrame:
    """Return the simulator's inputs, a case's facts in the place of assumptions.

    Parameters
    ----------
    case
        As in `stop_facts`; None for assumptions only.

    Returns
    -------
    DataFrame, index the inputs of `stop.simulate_stop`
        `low`, `middle`, `high`, `basis` ("published" or "assumption"), `source` (address, or
        why it is assumed).

    Examples
    --------
    >>> stop_inputs("unilever-delhaize-2009")["basis"].value_counts().to_dict()
    {'assumption': 9, 'published': 3}
    """
    rows = {
        entry["input"]: [*map(float, entry["value"]), "assumption", entry["why"]]
        for entry in _STOPS["assumptions"]
    }
    if case is not None:
        _entry(case)
        facts = stop_facts()
        known = facts[(facts["case"] == case) & facts["input"].isin(INPUTS)]
        for fact in known.itertuples():
            rows[str(fact.input)] = [fact.low, fact.middle, fact.high, "published", fact.address]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=[*_ENDS, "basis", "source"])
    return table.loc[list(INPUTS)]


def replay_stops(*, draws: int, seed: int, days: int = 180) -> pd.DataFrame:
    """Return each public stop beside what the simulator says of its length.

    Returns
    -------
    DataFrame, index case
        `supplier`, `account`, `published_inputs` (how many of the inputs are facts), `length_low`
        and `length_high` (days, published), `model_low`, `model`, `model_high` (days, 90 %
        interval), `is_inside` (the published length lies in it; missing where a court ended
        the stop), `p_supplier_first`, `p_account_first` (of the model; no source says),
        `cannot` (what a replay cannot say).

    Examples
    --------
    >>> list(replay_stops(draws=50, seed=1)["is_inside"].isna())
    [False, False, False, False, True]
    """
    facts = stop_facts()
    rows = {}
    for entry in _STOPS["cases"]:
        case = entry["case"]
        inputs = stop_inputs(case)
        course = simulate_stop(inputs, days=days, draws=draws, seed=seed)
        length = facts[(facts["case"] == case) & (facts["input"] == "length_days")].iloc[0]
        model = course.attrs["length"]
        is_court = any(fact.get("ended_by") == "court" for fact in entry["facts"])
        is_inside = model["low"] <= length["high"] and length["low"] <= model["high"]
        rows[case] = {
            "supplier": entry["supplier"],
            "account": entry["account"],
            "published_inputs": int((inputs["basis"] == "published").sum()),
            "length_low": length["low"],
            "length_high": length["high"],
            "model_low": model["low"],
            "model": model["middle"],
            "model_high": model["high"],
            "is_inside": pd.NA if is_court else is_inside,
            "p_supplier_first": course["p_supplier_first"].iloc[-1],
            "p_account_first": course["p_account_first"].iloc[-1],
            "cannot": entry["cannot"],
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("case")
    return table.astype({"is_inside": "boolean"})


def replay_words(replays: pd.DataFrame, case: str) -> str:
    """Return one replay in words, with what it cannot say.

    Examples
    --------
    >>> text = replay_words(replay_stops(draws=50, seed=1), "coca-cola-edeka-2022")
    >>> "A court ended the stop" in text
    True
    """
    if case not in replays.index:
        raise InputError(f"no replay of {case}; got {', '.join(replays.index)}")
    row = replays.loc[case]
    n = row["published_inputs"]
    span = f"{row['length_low']:.0f}"
    if row["length_high"] > row["length_low"]:
        span = f"{span} to {row['length_high']:.0f}"
    return (
        f"{row['supplier']} and {row['account']}: {span} days in fact; the model says "
        f"{row['model']:.0f} ({row['model_low']:.0f} to {row['model_high']:.0f}) with {n} of "
        f"{len(INPUTS)} inputs published and the rest assumed. {row['cannot']}"
    )


def _entry(case: str) -> dict[str, Any]:
    for entry in _STOPS["cases"]:
        if entry["case"] == case:
            return entry
    known = ", ".join(entry["case"] for entry in _STOPS["cases"])
    raise InputError(f"no stop called {case}; known are {known}")
