import pandas as pd
import pytest

from kamtools.planning.readiness import dimension_scores, statement_levels
from kamtools.planning.statements import NAMES


@pytest.fixture
def answered():
    """Return a function that makes answers: one level for all, others by keyword."""

    def make(level=None, respondent=None, **levels):
        given = dict.fromkeys(NAMES, level) | levels
        rows = [(name, value) for name, value in given.items() if value is not None]
        table = pd.DataFrame(rows, columns=["statement", "level"]).astype({"level": float})
        return table if respondent is None else table.assign(respondent=respondent)

    return make


@pytest.fixture
def scores_at(answered):
    """Return a function that makes the scores of a firm with one level for all statements."""

    def make(level=None, **levels):
        return dimension_scores(statement_levels(answered(level, **levels)))

    return make
