"""How ready the sample company's own people say it is for key accounts.

Three people answered alone. They see the firm alike in most things, sales a little brighter;
nobody knew about pay. The firm keeps good tables, and chooses its key accounts by sales.
"""

import pandas as pd

RESPONDENTS = ("head of sales", "head of finance", "Ines Falk")
"""In the order of the levels below."""

_UNKNOWN = float("nan")
_LEVELS: dict[str, tuple[float, float, float]] = {
    "written_criteria": (3, 2, 2),
    "weights_first": (1, 1, 2),
    "short_list": (3, 3, 3),
    "on_and_off": (2, _UNKNOWN, 3),
    "named_manager": (4, 3, 3),
    "written_role": (3, 3, 2),
    "chosen_for_role": (3, 2, 2),
    "reach_across": (4, 4, 3),
    "living_record": (4, 2, 2),
    "profit_known": (3, 3, 3),
    "both_sides": (3, _UNKNOWN, 3),
    "market_watch": (4, _UNKNOWN, 4),
    "service_standard": (2, 2, 3),
    "hours_planned": (2, 3, 3),
    "counterparts": (3, _UNKNOWN, 2),
    "own_offer": (3, 3, 4),
    "sponsor": (4, 2, 3),
    "long_view": (2, 2, 2),
    "right_measures": (3, 2, 2),
    "pay_fits": (_UNKNOWN, _UNKNOWN, _UNKNOWN),
}

_EVIDENCE = {
    ("written_criteria", "head of finance"): "The list of 2024 is the sales list of 2023.",
    ("short_list", "Ines Falk"): "20 accounts since 2022; hours are logged, not compared.",
    ("reach_across", "head of sales"): "List of activities with one who decides on each.",
    ("reach_across", "head of finance"): "Price floor and credit limit are finance's alone.",
    ("living_record", "Ines Falk"): "Promises stand in my own notebook.",
    ("profit_known", "head of finance"): "Margin report by account; service is not in it.",
    ("both_sides", "Ines Falk"): "Estimates for our larger accounts, as of December 2024.",
    ("market_watch", "Ines Falk"): "13 events of 2024, each with date and source.",
    ("hours_planned", "head of finance"): "Plan of visits; express deliveries are in no plan.",
}


def readiness_answers() -> pd.DataFrame:
    """List what each person says of each statement.

    Returns
    -------
    DataFrame
        `statement`, `level` (1-5, or missing), `respondent`, `evidence` (may be missing);
        three rows a statement.

    Examples
    --------
    >>> answers = readiness_answers()
    >>> len(answers), int(answers["level"].isna().sum())
    (60, 7)
    """
    rows = [
        (statement, level, person, _EVIDENCE.get((statement, person)))
        for statement, levels in _LEVELS.items()
        for person, level in zip(RESPONDENTS, levels, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["statement", "level", "respondent", "evidence"])
    return table.astype({"level": float, "evidence": "str"})
