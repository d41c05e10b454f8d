import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from kamtools import engagement, ledger
from kamtools.samples.company import SEED, write_company
from kamtools.selection.measurement import criteria_table
from kamtools.selection.portfolio import eligible

# No deadline: how long an example takes depends on what else the machine does.
settings.register_profile("selection", deadline=None, max_examples=60)
settings.load_profile("selection")

DAYS_PER_MONTH = 365.25 / 12


@pytest.fixture(scope="session")
def sample_firm(tmp_path_factory):
    """Return the sample company, its stores under their chains."""
    folder = tmp_path_factory.mktemp("company") / "firm"
    write_company(folder, seed=SEED)
    return engagement.roll_up(engagement.load(folder))


@pytest.fixture(scope="session")
def sample_scorecard(sample_firm):
    """Return the scorecard of the accounts of the sample company that can be chosen."""
    return eligible(ledger.scorecard(sample_firm.invoices, as_of=sample_firm.as_of))


@pytest.fixture(scope="session")
def sample_facts(sample_firm):
    """Return what the sample company's files tell beside the scorecard."""
    return {
        "accounts": sample_firm.accounts, "relationship": sample_firm.relationship,
        "service": sample_firm.service, "goals": sample_firm.strategy["goals"],
        "as_of": sample_firm.as_of, "cost_per_hour": sample_firm.capacity["cost_per_hour"],
    }  # fmt: skip


@pytest.fixture(scope="session")
def sample_criteria(sample_scorecard, sample_facts):
    """Return the sample company's table of criteria."""
    return criteria_table(sample_scorecard, **sample_facts)


@pytest.fixture(scope="session")
def history_of():
    """Return a function that makes a purchase history of accounts by months, oldest first.

    An account orders early in each month in which it has a revenue above 0.
    """

    def make(months, *, margin_rate=None):
        panel = pd.DataFrame(months).T if isinstance(months, dict) else pd.DataFrame(months)
        account, month = np.nonzero(panel.to_numpy())
        revenue = panel.to_numpy(dtype=float)[account, month]
        back = panel.shape[1] - 1 - month
        is_order = revenue > 0
        days = np.where(is_order, (back + 0.9) * DAYS_PER_MONTH, np.nan)
        costed = revenue if margin_rate is not None else 0.0 * revenue
        gross = np.where(is_order, revenue, 0.0)
        table = pd.DataFrame(
            {
                "account_id": panel.index.astype(str).to_numpy()[account],
                "months_back": back,
                "revenue": revenue,
                "costed": costed,
                "margin": costed * (margin_rate or 0.0),
                "orders": is_order.astype("int64"),
                "gross": gross,
                "first_order_gross": np.where(is_order, gross, np.nan),
                "first_days_back": days,
                "last_days_back": days,
            }
        )
        return table.sort_values(["account_id", "months_back"], ignore_index=True)

    return make
