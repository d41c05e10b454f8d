import nbformat
import pytest
from nbformat import v4

from kamtools.publishing.run import run

ACCOUNTS = """account_id,name
A1,<script>alert(1)</script>
A2,"=HYPERLINK(""http://x"",""click"")"
"""
PARAMETERS = 'engagement: str = "sample"  # folder\nas_of: str = ""\ntop: int = 1\nseed: int = 7'
CELLS = [
    ("md", "# Which accounts are *key*?\n\nPay $w_j$ for\n\n$$s_i = \\sum_j w_j r_{ij}$$"),
    ("code", PARAMETERS, ["parameters"]),
    (
        "code",
        "import sys\nimport pandas as pd\nfrom kamtools import engagement as engagements\n"
        "from kamtools.publishing.tables import decide, keep",
    ),
    ("code", "firm = engagements.load(engagement, as_of=as_of or None)\nprint(engagement)"),
    ("code", 'sys.stderr.write("a warning of /" + "home/somebody") if top < 0 else None'),
    (
        "code",
        "chosen = firm.accounts.assign(rank=range(1, 1 + len(firm.accounts)), score=1 / 3)\n"
        'chosen["reason"] = "We choose " + chosen.name\nkeep("chosen", chosen.head(top + 1))',
    ),
    ("md", "The share of each account, by name."),
    (
        "code",
        "import matplotlib.pyplot as plt\nfrom kamtools.plots.alt_text import Figure\n"
        "ax = plt.figure(figsize=(4, 2), FigureClass=Figure).gca()\n"
        'ax.set_title("Two bars")\nax.bar([1, 2], [3, 4]);',
        ["decision"],
    ),
    ("code", 'from IPython.display import HTML\nHTML("<b>" + firm.accounts.name[0] + "</b>")'),
    ("code", 'decide(f"Choose {firm.accounts.name[0]}, since {firm.accounts.name[1]}.")'),
    ("md", "## Your turn\n\nAn exercise for learners.", ["exercise"]),
]


def build_notebook(cells):
    made = []
    for number, (kind, source, *tags) in enumerate(cells):
        new = v4.new_markdown_cell if kind == "md" else v4.new_code_cell
        made.append(new(source, id=f"c{number}", metadata={"tags": tags[0]} if tags else {}))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return v4.new_notebook(cells=made, metadata={"kernelspec": kernel})


def save_notebook(folder, cells, *, name="2_selection"):
    folder.mkdir(exist_ok=True, parents=True)
    nbformat.write(build_notebook(cells), folder / f"{name}.ipynb")
    return folder


@pytest.fixture
def notebook():
    """Return a function that builds a notebook from (kind, source, tags) cells."""
    return build_notebook


@pytest.fixture
def notebook_folder(tmp_path):
    """Return a function that saves cells as the notebook `selection` of a folder."""
    return lambda cells, **more: save_notebook(tmp_path / "notebooks", cells, **more)


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """Return a function that makes an engagement with hostile names and runs CELLS on it."""

    def make(*, out="report", run_stamp="stamp 1", parameters=None, root=None):
        root = root or tmp_path_factory.mktemp("example")
        firm = root / "firm"
        firm.mkdir(exist_ok=True)
        (firm / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
        (firm / "engagement.toml").write_text(
            'name = "Tea & <i>Salt</i>"\ncurrency = "EUR"\nas_of = 2024-12-31\n', encoding="utf-8"
        )
        (firm / "invoices.csv").write_text(
            "account_id,invoice_id,date,amount,cost,=note\n"
            "A1,1,2024-01-15,100.50,60,x\nA2,2,2024-02-15,80.25,50,x\n,3,2024-03-20,40,10,@x\n",
            encoding="utf-8",
        )
        source = save_notebook(root / "notebooks", CELLS)
        index = run(firm, parameters=parameters, out=root / out, run_stamp=run_stamp, source=source)
        return index.parent

    return make


@pytest.fixture(scope="session")
def report(example):
    """Return a report made once for all tests that only look at it."""
    return example()


def save_firms(root, *names):
    for name in names:
        folder = root / "firms" / name
        folder.mkdir(parents=True)
        toml = f'name = "Firm {name}"\ncurrency = "EUR"\nas_of = 2024-12-31\n'
        (folder / "engagement.toml").write_text(toml, encoding="utf-8")
        (folder / "invoices.csv").write_text(
            f"account_id,invoice_id,date,amount\n{name}1,1,2024-01-15,100\n", encoding="utf-8"
        )
    return root / "firms"


@pytest.fixture
def make_firms(tmp_path):
    """Return a function that writes small engagements of those names into one folder."""
    return lambda *names: save_firms(tmp_path, *names)


@pytest.fixture(scope="session")
def set_up_batch():
    """Return a function that writes firms and notebooks, by file name, below a folder."""

    def set_up(root, firms, notebooks):
        for name, cells in notebooks.items():
            save_notebook(root / "notebooks", cells, name=name)
        return save_firms(root, *firms), root / "notebooks"

    return set_up
