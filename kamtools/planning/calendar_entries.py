"""Steps and their advance notices in the calendar: when each is due, and why (E2)."""

import datetime
from collections.abc import Callable

import numpy as np
import pandas as pd

from kamtools.planning.calendar_rules import CalendarRules
from kamtools.planning.calendar_words import (
    AHEAD,
    GIVEN,
    LATE,
    NOTICE,
    STEP,
    words,
)
from kamtools.planning.working_days import (
    at_once,
    working_day_before,
)

Row = dict[str, object]
Called = Callable[[str], str]


def notice_rows(
    pairs: pd.DataFrame,
    rules: CalendarRules,
    *,
    as_of: datetime.date,
    called: Called,
    language: str,
) -> list[Row]:
    """Return a notice for each step and account: given, still to come, or late.

    Parameters
    ----------
    pairs
        From `steps.with_notice`, of steps that begin on `as_of` or later.
    called
        What an account is called.
    language
        "en" or "zh".
    """
    latest = pairs["starts"].dt.date.to_numpy() - datetime.timedelta(days=rules.notice_days)
    due = working_day_before(np.array(latest, dtype="datetime64[D]"), rules)
    rows = []
    for pair, day in zip(pairs.to_dict("records"), due, strict=True):
        starts, by = pair["starts"].date(), pd.Timestamp(day).date()
        because = words("why notice", language, promised=rules.notice_days)
        told = {"account": called(pair["account_id"]), "initiative": pair["initiative"],
                "starts": starts}  # fmt: skip
        if not pd.isna(pair["given"]):
            when, status, which = pair["given"].date(), GIVEN, "notice given"
        elif by < as_of:
            when, status, which = at_once(as_of, starts, rules), LATE, "notice late"
            because += words("was due", language, due=by, left=(starts - when).days)
            because += words("not known", language)
        else:
            when, status, which = by, AHEAD, NOTICE
        rows.append(
            {"date": when, "kind": NOTICE, "account_id": pair["account_id"],
             "what": words(which, language, **told), "because": because, "owner": "",
             "initiative": pair["initiative"], "status": status, "starts": starts,
             "key": [pair["initiative"].casefold(), pair["number"]]}
        )  # fmt: skip
    return rows


def step_rows(steps: pd.DataFrame, *, called: Called, language: str) -> list[Row]:
    """Return the beginning of each step.

    Parameters
    ----------
    steps
        From `steps.read_steps`, with `number`, as `steps.concerned_accounts` counts it.
    called, language
        As in `notice_rows`.
    """
    rows = []
    for step in steps.to_dict("records"):
        account = step["account_id"]
        which = "step of" if account else STEP
        what = words(which, language, initiative=step["initiative"], account=called(account))
        rows.append(
            {"date": step["starts"].date(), "kind": STEP, "account_id": account, "what": what,
             "owner": step["owner"], "because": words("why step", language),
             "initiative": step["initiative"], "status": AHEAD,
             "key": [step["initiative"].casefold(), step["number"]]}
        )  # fmt: skip
    return rows
