import os
from pathlib import Path

import pytest
from hypothesis import settings

from kamtools.publishing import kernels
from kamtools.publishing.kernels.protocol import ADDRESS

settings.register_profile("ci", derandomize=True, max_examples=30, deadline=None, database=None)
REPOSITORY = Path(__file__).resolve().parent.parent
TOML = 'name = "Test"\ncurrency = "EUR"\nas_of = 2024-12-31\n'
INVOICES = """account_id,invoice_id,date,amount,cost,product
A1,1,2024-01-15,100.50,60,tea
A1,2,2024-02-15,80.25,50,tea
A2,3,2024-03-20,40.00,10,salt
"""


@pytest.fixture
def make_folder(tmp_path):
    """Return a function that writes an engagement; keywords replace files, None removes one."""

    def make(*, toml=TOML, extra_toml="", **files):
        folder = tmp_path / "firm"
        folder.mkdir(exist_ok=True)
        (folder / "engagement.toml").write_text(toml + extra_toml, encoding="utf-8")
        for name, content in {"invoices": INVOICES, **files}.items():
            path = folder / f"{name}.csv"
            if content is None:
                path.unlink(missing_ok=True)
            elif isinstance(content, bytes):
                path.write_bytes(content)
            else:
                path.write_text(content, encoding="utf-8", newline="")
        return folder

    return make


@pytest.fixture(scope="session")
def shared_data():
    """Return the folder of public data sets, or skip the test where there is none."""
    named = os.environ.get("KAMTOOLS_DATA")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no folder of public data: name one in KAMTOOLS_DATA")
    return folder


@pytest.fixture(scope="session")
def _warm_parent():
    with kernels._started() as address:
        yield address


@pytest.fixture(scope="module")
def warm_kernels(_warm_parent):
    """Give the kernels of a file of tests from one warm parent, where they are asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ADDRESS, _warm_parent)
        yield
