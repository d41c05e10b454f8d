import pandas as pd
import pytest

_COLUMNS = ["activity", "function", "responsible", "accountable", "consulted", "informed",
            "deputy", "escalation_days"]  # fmt: skip
_SOUND = (
    ("Give notice of our steps", "client", "key account manager", "head of strategy",
     "marketing", "sales office", "second manager", 3.0),
    ("Visit the buyers", "client", "key account manager", "head of sales", "", "", "Eva", 5.0),
    ("Set the price floor", "finance", "pricing analyst", "head of finance",
     "key account manager", "head of sales", "controller", 2.0),
    ("Set the credit limit", "finance", "credit controller", "head of finance",
     "key account manager; sales office", "", "controller", 2.0),
    ("Buy packaging", "purchasing", "buyer", "head of purchasing", "", "", "second buyer", 5.0),
    ("Plan volumes", "production", "planner", "head of production", "buyer", "", "shift leader",
     3.0),
    ("Close complaints", "after-sales", "quality officer", "head of quality", "", "",
     "sales office", 3.0),
)  # fmt: skip


@pytest.fixture
def division():
    """Return a function that makes a sound division of work; keywords change one activity."""

    def make(activity=None, /, **changes):
        table = pd.DataFrame(_SOUND, columns=_COLUMNS)
        row = table["activity"] == activity
        for column, value in changes.items():
            table.loc[row, column] = value
        return table

    return make


@pytest.fixture
def threads():
    """Return counterparts at two accounts with a counterpart for each client role."""
    return pd.DataFrame(
        {
            "account_id": ["C1", "C1", "C1", "C2", "C2"],
            "client_role": ["buyer", "accounts payable", "quality manager", "buyer", "owner"],
            "function": ["client", "finance", "production", "client", "client"],
            "person": ["Li", "credit controller", "planner", "Eva; Li", "head of sales"],
        }
    )
