"""What the sample company's managers can do, as they and their superior see it.

The fourteen competences of the role and what each manager adds. As in a real firm some levels
are missing, and nobody has yet asked the superior about the newest manager. Planted are a
gap of the whole team, one person who thinks far better of the own work than the superior
does, and one who lacks nothing but a language for an account that another has today.
"""

import numpy as np
import pandas as pd

from kamtools.samples.company_plans import MANAGERS

PROFILE = (
    "client business", "client people", "market insight", "account planning", "account profit",
    "value offer", "negotiation", "cross-functional lead", "project delivery", "priorities",
    "relationship building", "power balance", "early notice", "adaptability",
)  # fmt: skip
"""In the words of the role's own profile, which a firm need not keep to."""
MEANS = {"M1": 3.9, "M2": 3.8, "M3": 3.3, "M4": 3.2, "M5": 3.4, "M6": 3.5, "M7": 3.0, "M8": 2.9}
BRIGHTER = 0.35  # levels by which people rate themselves above their superior, in the mean
UNKNOWN = 0.05
NOT_YET_ASKED = "M8"

TEAM_GAP = "early notice"
"""Everybody tells clients of our steps when they have begun, or some days before."""
OVERRATED = ("M3", "priorities")
LEARNER, LANGUAGE, ACCOUNT = "M1", "Mandarin", "青禾超市"
"""Has all that the account needs but the language, and has begun to learn it."""

# Manager, competence, level by oneself, by the superior, evidence of the superior.
PLANTED = (
    (*OVERRATED, 5, 2, "A third of all service hours goes to one wholesaler."),
    (LEARNER, LANGUAGE, 3, 2, "Evening course since spring 2023; small talk, no talks on price."),
    (LEARNER, "category planning", 5, 5, "Shelf plan for Copperbell City Market, 2024."),
    ("M2", LANGUAGE, 5, 5, "Mother tongue."),
    ("M7", LANGUAGE, 5, 5, "Mother tongue."),
)


def competence_levels(*, seed: int) -> pd.DataFrame:
    """Draw the levels of every manager in every competence.

    Parameters
    ----------
    seed
        Of the levels and of which are missing; no other part of the company draws from it.

    Returns
    -------
    DataFrame
        `manager_id`, `competence`, `assessor` ("self" or "manager", the superior), `level`
        (1-5, or missing), `evidence` (often missing).

    Examples
    --------
    >>> levels = competence_levels(seed=1)
    >>> levels.groupby("manager_id")["assessor"].nunique().to_dict()["M8"]
    1
    """
    rng = np.random.default_rng([seed, 12])
    own = MANAGERS.set_index("manager_id")["competences"].str.split("; ")
    rows = [
        (manager, competence)
        for manager in own.index
        for competence in dict.fromkeys([*PROFILE, *own[manager]])
    ]
    rows.append((LEARNER, LANGUAGE))
    table = pd.DataFrame(rows, columns=["manager_id", "competence"])
    table = table.sort_values("manager_id", kind="stable", ignore_index=True)
    is_own = [who in own and what in own[who] for who, what in table.to_numpy()]
    mean = np.where(is_own, 4.4, table["manager_id"].map(MEANS))
    level = np.where(is_own, 3.0, 1.0)
    by_superior = np.clip(np.rint(mean + rng.normal(0, 0.7, len(table))), level, 5)
    in_gap = (table["competence"] == TEAM_GAP).to_numpy()
    by_superior = np.where(in_gap, np.clip(by_superior - 1, 1, 3), by_superior)
    by_oneself = np.clip(np.rint(by_superior + rng.normal(BRIGHTER, 0.6, len(table))), 1, 5)
    missing = rng.random((len(table), 2)) < UNKNOWN
    table["self"] = np.where(missing[:, 0], np.nan, by_oneself)
    table["manager"] = np.where(missing[:, 1] & ~in_gap, np.nan, by_superior)
    table["evidence"] = None
    for manager, competence, oneself, superior, evidence in PLANTED:
        row = (table["manager_id"] == manager) & (table["competence"] == competence)
        table.loc[row, ["self", "manager"]] = [oneself, superior]
        table.loc[row, "evidence"] = evidence
    return _by_assessor(table)


def _by_assessor(table: pd.DataFrame) -> pd.DataFrame:
    """Return two rows for one: by oneself, then by the superior, who gives the evidence."""
    long = table.melt(
        id_vars=["manager_id", "competence", "evidence"], value_vars=["self", "manager"],
        var_name="assessor", value_name="level", ignore_index=False,
    ).sort_index(kind="stable")  # fmt: skip
    long["evidence"] = long["evidence"].where(long["assessor"] == "manager")
    is_asked = (long["assessor"] == "self") | (long["manager_id"] != NOT_YET_ASKED)
    columns = ["manager_id", "competence", "assessor", "level", "evidence"]
    return long.loc[is_asked, columns].reset_index(drop=True).astype(
        {"level": float, "evidence": "str", "assessor": "str"}
    )  # fmt: skip
