"""Our own planned steps that answer what moved in the market, as far as a client may hear them."""

import datetime

import pandas as pd

from kamtools.planning.briefing_matching import ClientFacts, concerns
from kamtools.planning.briefing_rules import HARMLESS, MATTER, default_rules, words_of
from kamtools.planning.steps import read_steps
from kamtools.schema import names_in


def steps_that_answer(
    initiatives: pd.DataFrame | None,
    told: pd.DataFrame,
    *,
    account_id: str,
    as_of: datetime.date,
    facts: ClientFacts,
    rules: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return our planned steps that answer a line, and may be told to the client.

    Parameters
    ----------
    initiatives
        As `schema.INITIATIVES`; None: there are none.
    told
        From `choose_lines`.
    account_id, as_of, facts, rules
        As for `market_briefing`.

    Returns
    -------
    (n_steps, 5)
        `initiative`, `starts`, `account_id`, `owner`, `number` of the line it answers, from 1.

    Examples
    --------
    >>> steps = pd.DataFrame({"initiative": ["Soap in a recycled box", "Soap price list"],
    ...                       "date": pd.to_datetime(["2025-05-05", "2025-03-03"])})
    >>> told = pd.DataFrame({"line": [2], "touches": ["Soap"]})
    >>> steps_that_answer(steps, told, account_id="a", as_of=datetime.date(2024, 12, 31),
    ...                   facts=ClientFacts(pd.Series({"Soap": 1.0})))["initiative"].tolist()
    ['Soap in a recycled box']
    """
    steps = read_steps(initiatives)
    is_ours = steps["account_id"].isin(["", account_id]) & (steps["starts"] > pd.Timestamp(as_of))
    table = default_rules() if rules is None else rules
    is_matter = [_is_matter(text, table) for text in steps["initiative"]]
    steps = steps[is_ours & ~pd.Series(is_matter, index=steps.index, dtype=bool)]
    touched = [set(names_in(one)) for one in told["touches"]]
    answers = [
        _first_answered(concerns(text, None, facts), touched) for text in steps["initiative"]
    ]
    numbered = steps.assign(number=pd.Series(answers, index=steps.index, dtype="int64"))
    return numbered[numbered["number"] > 0].reset_index(drop=True)


def _is_matter(text: str, rules: pd.DataFrame) -> bool:
    plain = words_of(HARMLESS, rules).sub(" ", text)
    return words_of(MATTER, rules).search(plain) is not None


def _first_answered(names: list[str], touched: list[set[str]]) -> int:
    """Return the number of the first line that a step answers, 0 if it answers none."""
    for number, one in enumerate(touched, start=1):
        if one & set(names):
            return number
    return 0
