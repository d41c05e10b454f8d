"""Firms and notebooks for the benchmark of the batch."""

from collections.abc import Sequence
from pathlib import Path

import nbformat
import pandas as pd
from nbformat import v4

from kamtools.samples.company import SEED, write_company

TINY = ('engagement: str = "sample"',
        "import pandas as pd\npd.DataFrame({'a': [1]})",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")  # fmt: skip
SMALL = 40
"""Accounts of a small firm."""


def write_firms(folder: Path, *, firms: int, accounts: int | None) -> Path:
    """Write sample companies, each of a seed of its own, and return their folder.

    Parameters
    ----------
    accounts : keep only the first so many accounts; the whole company where None
    """
    for number in range(firms):
        firm = folder / f"firm-{number + 1:02}"
        write_company(firm, seed=SEED + number)
        if accounts is not None:
            keep_accounts(firm, accounts)
    return folder


def keep_accounts(firm: Path, accounts: int) -> None:
    """Leave some accounts, with what concerns them, and few key accounts to choose.

    They are the first of each segment, since goals name segments, and then the first ones.
    """
    every = pd.read_csv(firm / "accounts.csv", dtype="str")
    ordered = pd.concat([every.drop_duplicates("segment"), every])["account_id"]
    kept = set(ordered.drop_duplicates()[:accounts])
    for path in sorted(firm.glob("*.csv")):
        table = pd.read_csv(path, dtype="str")
        if "account_id" in table:
            stays = table.account_id.isin(kept) | table.account_id.isna()
            # rivals may name accounts that go
            table[stays].drop(columns="rivals", errors="ignore").to_csv(path, index=False)
    settings = firm / "engagement.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("key_accounts = 20", "key_accounts = 6"), encoding="utf-8")


def write_tiny(folder: Path, names: Sequence[str]) -> Path:
    """Write notebooks of two cells, which import pandas and draw a line; return their folder."""
    folder.mkdir(parents=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for number, name in enumerate(names, start=1):
        cells = [v4.new_code_cell(source) for source in TINY]
        cells[0].metadata["tags"] = ["parameters"]
        notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, folder / f"{number}_{name}.ipynb")
    return folder
