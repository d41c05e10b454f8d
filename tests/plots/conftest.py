import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

mpl.use("Agg")

ENGLISH = "Northern Harbour and Riverside Provisions (Holdings) International Company Limited"
CHINESE = "广州浩瀚食品供应链管理有限公司华南分公司"


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def crowd():
    """Return 60 accounts in one corner, with long English and Chinese names."""
    rng = np.random.default_rng(11)
    accounts = pd.Index([f"C{row:03d}" for row in range(60)], name="account_id")
    table = pd.DataFrame(
        {"revenue": np.exp(rng.normal(10, 0.2, 60)), "score": rng.normal(0.6, 0.04, 60)},
        index=accounts,
    )
    names = [f"{CHINESE}{row}" if row % 3 else f"{row} {ENGLISH}" for row in range(60)]
    return table.assign(name=names)
