import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

# No deadline: how long an example takes depends on what else the machine does.
settings.register_profile("selection", deadline=None, max_examples=60)
settings.load_profile("selection")

DAYS_PER_MONTH = 365.25 / 12


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
