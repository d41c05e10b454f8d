"""Which person could take which account, after which training."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.competence_profile import as_written, competence_targets
from kamtools.role.raci_table import names_in

SPECIAL_LEVEL = 3.0
"""The level that an account's need asks for where the role has no target: an assumption."""

UNNAMED_LEVEL = 1.0
"""The level of a competence that a person neither names nor is judged in: an assumption."""

LANGUAGE_LEVEL = SPECIAL_LEVEL
"""The level of a language that is spoken well enough to do business: by definition enough."""

_KEYS = ["needs", "manager_id"]


def account_needs(accounts: pd.DataFrame) -> pd.DataFrame:
    """Return the competences that each account calls for.

    Parameters
    ----------
    accounts
        `account_id` and `needs`, competences separated by semicolons; may be missing.

    Returns
    -------
    (n_needs, 2)
        `account_id`, `competence` in the spelling of the profile where it is in it.

    Raises
    ------
    InputError
        If a column is missing.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": ["C1", "C2"], "needs": ["Negotiation;海运", None]})
    >>> account_needs(accounts)
      account_id   competence
    0         C1  negotiation
    1         C1           海运
    """
    _need(accounts, ["account_id", "needs"], "accounts")
    table = accounts[["account_id"]].assign(competence=names_in(accounts["needs"]))
    table = table.explode("competence").dropna(subset="competence")
    table["competence"] = as_written(table["competence"])
    return table.drop_duplicates().reset_index(drop=True)


def known_competences(levels: pd.DataFrame, managers: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what is known of each person's competences: a level, or only that it is named.

    Parameters
    ----------
    levels
        From `competence.competence_levels`.
    managers
        `manager_id`, and `competences` (words separated by semicolons; they tell no level)
        and `languages` (those spoken well enough to do business, which is `LANGUAGE_LEVEL`)
        where there are any; None where there is no such table.

    Returns
    -------
    (n_known, 3)
        `manager_id`, `competence`, `level` (1-5, NaN where it is only named).

    Raises
    ------
    InputError
        If managers have no `manager_id`.

    Examples
    --------
    >>> managers = pd.DataFrame({"manager_id": ["M1"], "competences": ["Mandarin; negotiation"]})
    >>> judged = pd.DataFrame({"manager_id": ["M1"], "competence": ["negotiation"],
    ...                        "level": [4.0]})
    >>> known_competences(judged, managers)
      manager_id   competence  level
    0         M1  negotiation    4.0
    1         M1     Mandarin    NaN
    """
    known = [levels[["manager_id", "competence", "level"]]]
    if managers is not None:
        _need(managers, ["manager_id"], "managers")
        for column in ("competences", "languages"):
            if column in managers:
                words = managers[["manager_id"]].assign(competence=names_in(managers[column]))
                named = words.explode("competence").dropna(subset="competence")
                level = LANGUAGE_LEVEL if column == "languages" else np.nan
                known.append(named.assign(level=level))
    parts = [part.astype({"competence": "str", "level": float}) for part in known if len(part)]
    if not parts:
        return known[0].reset_index(drop=True)
    table = pd.concat(parts, ignore_index=True)
    table["competence"] = as_written(table["competence"])
    return table.drop_duplicates(["manager_id", "competence"]).reset_index(drop=True)


def trainings(
    accounts: pd.DataFrame,
    known: pd.DataFrame,
    *,
    managers: pd.DataFrame | None = None,
    targets: pd.DataFrame | None = None,
    special_level: float = SPECIAL_LEVEL,
    unnamed_level: float = UNNAMED_LEVEL,
) -> pd.DataFrame:
    """Return for each account and person what would have to be trained, the fewest first.

    Parameters
    ----------
    accounts
        As for `account_needs`; accounts without needs are left out.
    known
        From `known_competences`.
    managers
        `manager_id` of all who may take an account; those in `known` if None. Of one who is
        not in `known` nothing is known, and all is to be asked.
    targets
        From `competence_profile.competence_targets`: the level needed; the default if None.
    special_level : 1-5
        The level needed where there is no target.
    unnamed_level : 1-5
        The level of what a person, of whom something is known, neither names nor is judged in.

    Returns
    -------
    (n_accounts × n_persons, 8), by account, then by rank
        `account_id`, `manager_id`; `rank` within the account (1 is best; equal where the
        numbers are); `to_train` (competences), `levels_to_lift` (their sum), `to_ask`
        (competences without a level: named only, or of somebody of whom nothing is known);
        `training`, such as "negotiation +2", and `ask`, both "none" where there is none.

    Raises
    ------
    InputError
        If a column is missing or a level is out of its range.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": ["C1"], "needs": ["negotiation; Mandarin"]})
    >>> known = pd.DataFrame({"manager_id": ["M1", "M1", "M2"], "level": [2.0, 4.0, float("nan")],
    ...                       "competence": ["negotiation", "Mandarin", "negotiation"]})
    >>> trainings(accounts, known)[["manager_id", "rank", "training", "ask"]]
      manager_id  rank        training          ask
    0         M1     1  negotiation +1         none
    1         M2     2     Mandarin +2  negotiation
    """
    for name, level in (("special_level", special_level), ("unnamed_level", unnamed_level)):
        if not 1 <= level <= 5:
            raise InputError(f"{name} must be from 1 to 5; got {level!r}")
    _need(known, ["manager_id", "competence", "level"], "known competences")
    needs = account_needs(accounts)
    # Accounts with the same needs have the same answer: it is found once.
    sets = needs.groupby("account_id", sort=False)["competence"].agg("; ".join)
    wanted = competence_targets() if targets is None else targets
    persons = (known if managers is None else managers)[["manager_id"]].drop_duplicates()
    pairs = _pairs(sets, persons, known, wanted["target"], special_level, unnamed_level)
    result = sets.rename("needs").reset_index().merge(_by_pair(pairs), on="needs")
    return result.drop(columns="needs")


def _pairs(
    sets: pd.Series,
    persons: pd.DataFrame,
    known: pd.DataFrame,
    targets: pd.Series,
    special_level: float,
    unnamed_level: float,
) -> pd.DataFrame:
    """Return one row for each set of needs, person and competence, with the levels to lift."""
    needs = pd.DataFrame({"needs": sets.drop_duplicates()})
    needs = needs.assign(competence=needs["needs"].str.split("; ")).explode("competence")
    has = known.assign(key=known["competence"].str.casefold(), is_known=True)
    pairs = needs.assign(key=needs["competence"].str.casefold()).merge(persons, how="cross")
    pairs = pairs.merge(has.drop(columns="competence"), on=["manager_id", "key"], how="left")
    is_in = pairs["is_known"].notna()
    is_blank = ~pairs["manager_id"].isin(known["manager_id"])
    asked = targets.set_axis(targets.index.astype("str").str.casefold())
    needed = pairs["key"].map(asked).astype(float).fillna(special_level)
    level = pairs["level"].astype(float).mask(~is_in & ~is_blank, unnamed_level)
    return pairs.assign(lift=(needed - level).clip(lower=0), is_asked=level.isna())


def _by_pair(pairs: pd.DataFrame) -> pd.DataFrame:
    lifted = pairs["competence"] + " +" + pairs["lift"].map("{:g}".format).astype("str")
    is_lift = pairs["lift"] > 0
    texts = pairs.assign(
        training=lifted.where(is_lift), ask=pairs["competence"].where(pairs["is_asked"])
    )
    table = pairs.assign(is_lift=is_lift).groupby(_KEYS, sort=False).agg(
        to_train=("is_lift", "sum"), levels_to_lift=("lift", "sum"), to_ask=("is_asked", "sum")
    )  # fmt: skip
    for column in ("training", "ask"):
        named = texts.dropna(subset=column).groupby(_KEYS, sort=False)[column].agg("; ".join)
        table[column] = named.reindex(table.index).fillna("none").astype("str")
    order = ["to_train", "levels_to_lift", "to_ask"]
    table = table.reset_index().sort_values(["needs", *order], kind="stable")
    is_new = (table[["needs", *order]] != table[["needs", *order]].shift()).any(axis=1)
    place = table.groupby("needs", sort=False).cumcount() + 1
    rank = place.where(is_new).groupby(table["needs"], sort=False).ffill().astype(int)
    columns = ["needs", "manager_id", "rank", *order, "training", "ask"]
    return table.assign(rank=rank)[columns]


def _need(table: pd.DataFrame, columns: list[str], what: str) -> None:
    missing = [column for column in columns if column not in table]
    if missing:
        raise InputError(f"{what} need the column {missing[0]}; got {', '.join(table.columns)}")
