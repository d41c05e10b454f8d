"""What the people can, as they and their superiors see it, against what the role asks for.

Two judgements of the same person are kept side by side, because where they are far apart
the talk about it is worth more than any figure. What nobody judged is not known, never zero.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.competence_profile import (
    COMPETENCES,
    GROUPS,
    LEVELS,
    SPECIAL,
    as_written,
    competence_targets,
)
from kamtools.wording import listing

APART = 2
"""Levels between the two judgements from which to talk before anything is computed."""

ASSESSORS = ("self", "manager")
_NEEDED = ("manager_id", "competence", "assessor", "level")
_ANCHORS = {one.name: dict(zip(LEVELS, one.anchors, strict=True)) for one in COMPETENCES}


def check_assessments(assessments: pd.DataFrame | None) -> pd.DataFrame:
    """Return the judgements that were given, or refuse the table.

    Parameters
    ----------
    assessments
        `manager_id`, `competence` (of the profile or the firm's own words), `assessor` ("self",
        or "manager" for the superior) and `level` (a whole number 1-5, or missing); None where
        the firm has no competences.csv.

    Returns
    -------
    (n_judgements, 4)
        The same columns, competences in one spelling. Rows without a level are left out.

    Raises
    ------
    InputError
        If a column is missing, a level or assessor is none of ours, or somebody judges the
        same thing twice.

    Examples
    --------
    >>> check_assessments(pd.DataFrame({"manager_id": ["M1", "M1"], "assessor": ["self"] * 2,
    ...     "competence": ["Account_Planning", "Mandarin"], "level": [3.0, None]}))
      manager_id        competence assessor  level
    0         M1  account planning     self    3.0
    """
    given = pd.DataFrame(columns=list(_NEEDED)) if assessments is None else assessments
    missing = [column for column in _NEEDED if column not in given]
    if missing:
        raise InputError(
            f"competences need the columns {listing(_NEEDED)}; there is no {listing(missing)}"
        )
    table = given[list(_NEEDED)].assign(competence=as_written(given["competence"]))
    table = table[table["level"].notna()].reset_index(drop=True)
    wrong = table.loc[~table["level"].isin(LEVELS), "level"]
    if len(wrong):
        raise InputError(f"a level is a whole number from 1 to 5; got {wrong.iloc[0]:g}")
    strange = table.loc[~table["assessor"].isin(ASSESSORS), "assessor"]
    if len(strange):
        raise InputError(f"an assessor is 'self' or 'manager'; got {strange.iloc[0]!r}")
    twice = table[table.duplicated(["manager_id", "competence", "assessor"])]
    if len(twice):
        row = twice.iloc[0]
        who = "themselves" if row["assessor"] == "self" else "their superior"
        raise InputError(f"{row['competence']} of {row['manager_id']} is judged twice by {who}")
    words = ["manager_id", "competence", "assessor"]
    return table.astype(dict.fromkeys(words, "str")).astype({"level": float})


def competence_levels(assessments: pd.DataFrame | None) -> pd.DataFrame:
    """Return each person's level in each competence, with both judgements.

    Parameters
    ----------
    assessments
        As in `check_assessments`.

    Returns
    -------
    (n_judged, 7), in the order of persons and competences
        `manager_id`, `competence`, `self`, `manager` (1-5, NaN where not judged); `level`, the
        superior's where there is one and otherwise one's own, which is an assumption;
        `apart` (self − manager, NaN where one is missing) and `talk`, whether they are `APART`
        levels or more from each other.

    Raises
    ------
    InputError
        As `check_assessments`.

    Examples
    --------
    >>> both = pd.DataFrame({"manager_id": ["M1", "M1"], "competence": ["negotiation"] * 2,
    ...                      "assessor": ["self", "manager"], "level": [5.0, 3.0]})
    >>> competence_levels(both)[["level", "apart", "talk"]]
       level  apart  talk
    0    3.0    2.0  True
    """
    given = check_assessments(assessments)
    order = given[["manager_id", "competence"]].drop_duplicates()
    levels = given.set_index(["manager_id", "competence", "assessor"])["level"].unstack()
    wide = levels.reindex(columns=list(ASSESSORS)).astype(float).reset_index()
    table = order.merge(wide, on=["manager_id", "competence"], how="left")
    table["level"] = table["manager"].fillna(table["self"])
    table["apart"] = table["self"] - table["manager"]
    table["talk"] = table["apart"].abs() >= APART
    return table


def competence_gaps(levels: pd.DataFrame, *, targets: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return where each person is below what the role asks for, the widest gap first.

    Parameters
    ----------
    levels
        From `competence_levels`.
    targets
        From `competence_profile.competence_targets`, the default ones if None. Competences
        without a target, such as a language, are never a gap of the role.

    Returns
    -------
    (n_gaps, 8)
        `manager_id`, `competence`, `group`, `level`, `target`, `gap` (levels, above 0), `now`
        and `wanted`: the written levels, blank for competences that are not in the profile.
        Of equal gaps, managerial tasks are first, then the order of the profile.

    Examples
    --------
    >>> judged = pd.DataFrame({"manager_id": ["M1"] * 2, "assessor": ["manager"] * 2,
    ...     "competence": ["negotiation", "priorities"], "level": [3.0, 2.0]})
    >>> competence_gaps(competence_levels(judged))[["competence", "gap", "now"]]
       competence  gap                                        now
    0  priorities  2.0  Time goes to the largest or the loudest.
    """
    wanted = competence_targets() if targets is None else targets
    table = _with_targets(levels, wanted)
    table = table.assign(gap=table["target"] - table["level"])
    below = table[table["gap"] > 0].copy()
    for column, level in (("now", "level"), ("wanted", "target")):
        texts = [
            _ANCHORS.get(name, {}).get(int(np.floor(at)), "")
            for name, at in zip(below["competence"], below[level], strict=True)
        ]
        below[column] = pd.Series(texts, below.index, dtype="str")
    place = below["competence"].map({str(name): n for n, name in enumerate(wanted.index)})
    below = below.assign(place=place).sort_values(
        ["gap", "managerial", "place"], ascending=[False, False, True], kind="stable"
    )
    columns = ["manager_id", "competence", "group", "level", "target", "gap", "now", "wanted"]
    return below[columns].reset_index(drop=True)


def team_gaps(levels: pd.DataFrame, *, targets: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return for each competence of the role how the team as a whole stands.

    Parameters
    ----------
    levels, targets
        As for `competence_gaps`.

    Returns
    -------
    (n_competences, 7), index competence, in the order of the targets
        `group`, `target`, `level` (the median of those judged, NaN if nobody is), `best` (the
        highest), `judged` (persons), `below` (persons below the target) and `gap`: target −
        median, 0 where there is none, NaN where nobody is judged.

    Examples
    --------
    >>> judged = pd.DataFrame({"manager_id": ["M1", "M2"], "assessor": ["manager"] * 2,
    ...     "competence": ["negotiation"] * 2, "level": [2.0, 4.0]})
    >>> team = team_gaps(competence_levels(judged))
    >>> team.loc[["negotiation"], ["level", "best", "judged", "below"]]
                 level  best  judged  below
    competence
    negotiation    3.0   4.0       2      1
    """
    wanted = competence_targets() if targets is None else targets
    table = wanted[["group", "target"]].copy()
    known = _with_targets(levels, wanted)
    by_competence = known.groupby("competence")["level"]
    table["level"], table["best"] = by_competence.median(), by_competence.max()
    table["judged"] = by_competence.count().reindex(table.index, fill_value=0)
    below = known[known["level"] < known["target"]].groupby("competence").size()
    table["below"] = below.reindex(table.index, fill_value=0)
    table["gap"] = (table["target"] - table["level"]).clip(lower=0)
    return table.rename_axis("competence")


def group_levels(levels: pd.DataFrame) -> pd.DataFrame:
    """Return each person's mean level in each group of the profile.

    Parameters
    ----------
    levels
        As for `competence_gaps`.

    Returns
    -------
    (n_persons, 4), index manager_id, columns the groups in words; NaN where nothing is judged

    Examples
    --------
    >>> judged = pd.DataFrame({"manager_id": ["M1"] * 2, "assessor": ["manager"] * 2,
    ...     "competence": ["negotiation", "account profit"], "level": [2.0, 3.0]})
    >>> group_levels(competence_levels(judged))["Planning and value"].to_dict()
    {'M1': 2.5}
    """
    group = levels["competence"].map({one.name: one.group for one in COMPETENCES}).fillna(SPECIAL)
    persons = levels["manager_id"].drop_duplicates()
    means = levels.groupby(["manager_id", group])["level"].mean().unstack()
    table = means.reindex(index=persons, columns=list(GROUPS))
    return table.rename(columns=GROUPS).rename_axis(index="manager_id", columns="group")


def _with_targets(levels: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return the levels that have a target, in the spelling of the targets."""
    spelled = {str(name).casefold(): str(name) for name in targets.index}
    names = levels["competence"].astype("str").str.casefold().map(spelled).astype("str")
    known = levels.assign(competence=names).dropna(subset="competence")
    return known.merge(targets.rename_axis("competence").reset_index(), on="competence")
