"""The competences that a key account manager needs, each with five written levels.

Their texts are in `competence_profile.toml` beside this module, where they can be read,
translated and argued with. The profile is a skeleton, not a finding: which competences make
a manager succeed has not been measured in a way that would give weights. Attitude is not in
it, although research finds that it often does not fit the job [2]_; ask about it in person.

References
----------
.. [1] Association for Key Account Management, diploma competency specification at a4kam.org:
   fourteen competences in four groups, of which twelve are to be shown.
.. [2] Davies, I. A. and Ryals, L. J. (2013), 409 managers of 10 firms: key account managers
   differ from senior sellers in managerial tasks; Davies, Ryals and Holt (2010): attitudes
   often do not match the job.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

import pandas as pd

from kamtools.errors import InputError

LEVELS = (1, 2, 3, 4, 5)

SPECIAL = "special"
"""The group of what a firm adds to the profile: a language, a trade, a law."""


@dataclass(frozen=True)
class Competence:
    """One thing that a key account manager can do, and how well it can be seen.

    Attributes
    ----------
    name
        As in the columns of competences.csv, managers.csv and accounts.csv.
    group
        A key of `GROUPS`.
    says
        What somebody can who has it.
    anchors
        What is seen at levels 1 to 5.
    target : 1-5
        What the role asks for, an assumption; `because` gives the reason.
    claim
        The claims of the essay that it serves.
    managerial
        Whether it is one of the managerial tasks that set the role apart.
    source
        Where the finding behind it can be read; blank where there is our judgement only.
    """

    name: str
    group: str
    says: str
    anchors: tuple[str, ...]
    target: int
    because: str
    claim: str
    managerial: bool = False
    source: str = ""


_TEXTS = tomllib.loads(
    files("kamtools.role").joinpath("competence_profile.toml").read_text(encoding="utf-8")
)

GROUPS: dict[str, str] = _TEXTS["groups"]
"""What a manager calls each group, in the order of the radar."""

COMPETENCES: tuple[Competence, ...] = tuple(
    Competence(**{**entry, "anchors": tuple(entry["anchors"])}) for entry in _TEXTS["competences"]
)

NAMES: tuple[str, ...] = tuple(competence.name for competence in COMPETENCES)


def as_written(words: pd.Series) -> pd.Series:
    """Return competences in one spelling, so that the same word is the same competence.

    Parameters
    ----------
    words
        Text in any case, with spaces or underscores.

    Returns
    -------
    Series
        By the same index: in the profile's spelling where the profile has it, otherwise as it
        is first written in `words`; missing where blank.

    Examples
    --------
    >>> as_written(pd.Series(["Account_Planning", "Mandarin", "mandarin ", ""])).tolist()
    ['account planning', 'Mandarin', 'Mandarin', nan]
    """
    plain = words.astype("str").str.replace("_", " ").str.split().str.join(" ")
    plain = plain.where(plain != "")
    key = plain.str.casefold()
    first = plain.groupby(key).first().to_dict() | {name.casefold(): name for name in NAMES}
    return key.map(first).astype("str")


def competence_targets(changes: dict[str, float] | None = None) -> pd.DataFrame:
    """Return what level the role asks for in each competence, and why.

    Parameters
    ----------
    changes : competence -> level 1-5
        In place of the default ones, or for further competences of the firm's own.

    Returns
    -------
    (n_competences, 5), index competence
        `group` (a key of `GROUPS` or "special"), `target` (1-5), `managerial`, `because`
        ("set for this run" where changed) and `source`: the claims of the essay and the
        finding behind it.

    Raises
    ------
    InputError
        If a level is out of its range.

    Examples
    --------
    >>> competence_targets({"Mandarin": 4}).loc[["Mandarin"], ["group", "target"]]
                  group  target
    competence
    Mandarin    special     4.0
    >>> competence_targets().groupby("managerial")["target"].mean().round(1).to_dict()
    {False: 3.1, True: 4.0}
    """
    table = pd.DataFrame(
        {
            "group": [one.group for one in COMPETENCES],
            "target": [float(one.target) for one in COMPETENCES],
            "managerial": [one.managerial for one in COMPETENCES],
            "because": [one.because for one in COMPETENCES],
            "source": [f"{one.claim}; {one.source or 'our judgement'}" for one in COMPETENCES],
        },
        index=pd.Index(NAMES, name="competence"),
    )
    names = as_written(pd.Series(list(changes or {}), dtype="str"))
    for name, level in zip(names, (changes or {}).values(), strict=True):
        if not 1 <= level <= 5:
            raise InputError(f"a target is a level from 1 to 5; got {level!r} for {name}")
        old = table.loc[name] if name in table.index else None
        table.loc[name] = [
            SPECIAL if old is None else old["group"],
            float(level),
            False if old is None else old["managerial"],
            "set for this run",
            "the firm's own" if old is None else old["source"],
        ]
    return table.astype({"managerial": bool})


def competence_form() -> pd.DataFrame:
    """Return the form to fill in; saved as competences.csv it is the engagement's own table.

    Returns
    -------
    (n_competences, 12)
        `manager_id`, `competence`, `assessor` ("self" or "manager"), `level` and `evidence`,
        of which all but the competence are to be filled in; `group`, `says`, and `level_1` to
        `level_5`, the written levels.

    Examples
    --------
    >>> competence_form().columns[:5].tolist()
    ['manager_id', 'competence', 'assessor', 'level', 'evidence']
    """
    rows = [
        {
            "manager_id": None,
            "competence": one.name,
            "assessor": None,
            "level": None,
            "evidence": None,
            "group": GROUPS[one.group],
            "says": one.says,
            **{f"level_{level}": text for level, text in zip(LEVELS, one.anchors, strict=True)},
        }
        for one in COMPETENCES
    ]
    return pd.DataFrame(rows)
