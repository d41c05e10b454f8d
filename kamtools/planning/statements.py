"""Twenty statements by which a firm sees how ready it is, each with five written levels.

Their texts are in `statements.toml` beside this module, where they can be read, translated
and argued with. To add one: an entry there, and an answer in the sample company.

References
----------
.. [1] Feste, J., Ivens, B. and Pardo, C. (2022), survey of 221 managers: formalising does not
   by itself raise effectiveness; a formal selection process, with customer knowledge
   integrated, does.
.. [2] Schäfer (2025), 73 interviews, University of Bamberg: selection is political.
.. [3] Malthouse, E. C. and Blattberg, R. C. (2005), "Can we predict customer lifetime
   value?", Journal of Interactive Marketing 19(1), 2-16.
.. [4] McDonald, M. and Woodburn, D., as told at sellingpower.com/2010/01/13/2267.
.. [5] Davies, I. A. and Ryals, L. J. (2013), 409 managers of 10 firms; Davies, I. A.,
   Ryals, L. J. and Holt, S. (2010).
.. [6] Revegy, public test at revegy.com/key-account-assessment: selection in four levels.
.. [7] Gartner (2019), G00404880, abstract.
.. [8] SAMA studies, as told at flylib.com/books/en/3.94.1.55.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files

import pandas as pd

from kamtools.errors import InputError

LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Statement:
    """One thing that a firm which is ready for key accounts has in place.

    Attributes
    ----------
    name
        As in the column `statement` of readiness.csv.
    dimension
        A key of `DIMENSIONS`.
    says
        The statement.
    anchors
        What is seen at levels 1 to 5.
    importance : 1-3
        Points by default, an assumption; `because` gives the reason.
    claim
        The claims of the essay that it puts to work.
    source
        Where the finding behind it can be read; blank where there is our judgement only.
    """

    name: str
    dimension: str
    says: str
    anchors: tuple[str, ...]
    importance: int
    because: str
    claim: str
    source: str = ""


_TEXTS = tomllib.loads(
    files("kamtools.planning").joinpath("statements.toml").read_text(encoding="utf-8")
)

DIMENSIONS: dict[str, str] = _TEXTS["dimensions"]
"""What a manager calls each dimension, in the order of the radar."""

STATEMENTS: tuple[Statement, ...] = tuple(
    Statement(**{**entry, "anchors": tuple(entry["anchors"])}) for entry in _TEXTS["statements"]
)

NAMES: tuple[str, ...] = tuple(statement.name for statement in STATEMENTS)


def importance_points(text: str = "default") -> pd.Series:
    """Return how much each statement counts.

    Parameters
    ----------
    text
        "default"; "equal"; or points in place of the default ones of the statements that are
        named: "pay_fits = 3, sponsor = 1".

    Returns
    -------
    (n_statements,) points of at least 0, index statement

    Raises
    ------
    InputError
        If the text has another form or names no such statement.

    Examples
    --------
    >>> importance_points("pay_fits = 3")[["pay_fits", "sponsor"]].to_dict()
    {'pay_fits': 3.0, 'sponsor': 2.0}
    """
    points = pd.Series({one.name: float(one.importance) for one in STATEMENTS}, name="importance")
    points = points.rename_axis("statement")
    said = text.strip()
    if said in ("default", "equal"):
        return points if said == "default" else points * 0 + 1
    for part in said.split(","):
        name, _, number = (piece.strip() for piece in part.partition("="))
        if not number.replace(".", "", 1).isdigit():
            raise InputError(
                "importance must be 'default', 'equal' or points such as 'pay_fits = 3, "
                f"sponsor = 1'; could not read {part.strip()!r}"
            )
        refuse_unknown([name])
        points[name] = float(number)
    return points


def importance_table(points: pd.Series) -> pd.DataFrame:
    """Return the assumed importance of each statement with its reason, the highest first.

    Parameters
    ----------
    points : (n_statements,) from `importance_points`

    Returns
    -------
    (n_statements, 3), index statement
        `importance`, `because`, and `source`: the claims of the essay and the finding behind
        it. Where the points are not the default ones, the reason is "set for this run".

    Examples
    --------
    >>> importance_table(importance_points("pay_fits = 9"))["because"].iloc[0]
    'set for this run'
    """
    default = importance_points()
    table = pd.DataFrame(
        {
            "importance": points.reindex(NAMES).to_numpy(),
            "because": [one.because for one in STATEMENTS],
            "source": [f"{one.claim}; {one.source or 'our judgement'}" for one in STATEMENTS],
        },
        index=pd.Index(NAMES, name="statement"),
    )
    is_set = table["importance"] != default
    table["because"] = table["because"].mask(is_set, "set for this run")
    return table.sort_values("importance", ascending=False, kind="stable")


def form() -> pd.DataFrame:
    """Return the form to fill in; saved as readiness.csv it is the engagement's own table.

    Returns
    -------
    (n_statements, 11)
        `statement`, then `level`, `respondent` and `evidence` to fill in, `dimension`, `says`,
        and `level_1` to `level_5`, the written levels.

    Examples
    --------
    >>> form().columns[:4].tolist()
    ['statement', 'level', 'respondent', 'evidence']
    """
    rows = [
        {
            "statement": one.name,
            "level": None,
            "respondent": None,
            "evidence": None,
            "dimension": DIMENSIONS[one.dimension],
            "says": one.says,
            **{f"level_{level}": text for level, text in zip(LEVELS, one.anchors, strict=True)},
        }
        for one in STATEMENTS
    ]
    return pd.DataFrame(rows)


def refuse_unknown(names: Iterable[str]) -> None:
    """Refuse names that are no statement's.

    Raises
    ------
    InputError
        With the nearest name there is.

    Examples
    --------
    >>> refuse_unknown(["sponsor"])
    """
    for name in names:
        if name not in NAMES:
            near = get_close_matches(str(name), NAMES, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(NAMES)}"
            raise InputError(f"no statement {name!r}; {hint}")
