"""The sample company: Lantern Foods, an invented supplier of snacks and household goods.

It sells mainly through wholesalers and small shops, as company B of claim E16 does, and
wants to lift its brand through city supermarkets, whose present sales are poor. In it
sales rank is wrong for known reasons, recorded apart by `planted_truths`, so that a test
can ask of a method whether it found them:

``loses_money_when_served``
    among the five largest by sales, with a decent gross margin, which service eats up [1]_;
``riser``
    in the middle by sales, almost trebling them in a year;
``fader``
    among the ten largest by sales, falling month after month;
``supermarket_channel``
    four city supermarkets, small in sales, that the strategy needs;
``power_trap``
    the largest by sales: the firm needs it, it hardly needs the firm.

What is wrong in who looks after whom, and in who does what, is in
`kamtools.samples.company_flaws`.

References
----------
.. [1] The case of Kanthal, whose largest customer turned out to be the least profitable.
"""

from pathlib import Path

import pandas as pd

from kamtools.errors import InputError
from kamtools.samples.company_accounts import (
    FADER,
    KNOWN_TO_THE_FIRM,
    LOSES_MONEY,
    POWER_TRAP,
    RISER,
    SUPERMARKET,
    make_roster,
)
from kamtools.samples.company_contacts import contacts
from kamtools.samples.company_demand import monthly_demand
from kamtools.samples.company_dependence import judged_dependence
from kamtools.samples.company_faults import with_faults
from kamtools.samples.company_market import MARKET_EVENTS
from kamtools.samples.company_plans import MANAGERS, initiatives, notices_given
from kamtools.samples.company_readiness import readiness_answers
from kamtools.samples.company_relations import ratings, relationship_facts
from kamtools.samples.company_service import service_records
from kamtools.samples.company_skills import competence_levels
from kamtools.samples.company_strengths import client_views
from kamtools.samples.company_tasks import ACTIVITIES, WORKLOAD_ASSUMPTIONS
from kamtools.samples.company_trade import invoice_lines
from kamtools.samples.company_work import work_facts
from kamtools.samples.whole_folder import whole_folder

SEED = 20240611
"""The seed of the sample company that `kam sample` and `kam demo` use."""

STORIES = {
    LOSES_MONEY: "Small orders, express deliveries and free displays cost more than its margin.",
    RISER: "Kiosks that open everywhere and buy more of us every month.",
    FADER: "Was among the largest; has bought less in each month since autumn 2023.",
    SUPERMARKET: "City supermarkets buy little yet, but shoppers meet the brand there.",
    POWER_TRAP: "More than a tenth of our sales, yet we are three percent of what it buys.",
}

ENGAGEMENT = """\
# The sample company of kamtools: invented, made by its own seeded generator.
name = "Lantern Foods (sample company)"
currency = "EUR"
as_of = 2024-12-31
language = "en"

# Claim E16: city supermarkets sell little yet, but they lift the brand.
[strategy]
goals = [
    { name = "Lift the brand in city supermarkets", column = "segment", \
values = ["city supermarket"], weight = 0.2 },
]

[capacity]
hours_per_year = 10440  # the managers' 870 hours a month
key_account_hours = 3000  # of these, what is left beside all other accounts
headcount = 8
budget = 900000
key_accounts = 20
cost_per_hour = 48

# How far the dependence of both sides may differ (0 = equal, plus = the client is stronger).
[power]
corridor = [-0.15, 0.15]

[finance]
fixed_costs = 4900000
avoidable_share = 0.1
cash = 900000
debt = 3200000
covenant = 3.0  # debt may be three times the yearly profit

[quality]
duplicates = "set_aside"
"""


def make_company(*, seed: int) -> dict[str, pd.DataFrame]:
    """Make every table of the sample company.

    Parameters
    ----------
    seed
        The same seed makes the same tables, to the last digit; see `SEED`.

    Returns
    -------
    dict
        By the names of `kamtools.schema.TABLES`, all but `rates`: `invoices` (about
        30,000 lines of 2022-2024, with less than 1 % of faulty ones), `accounts` (300, of
        which 64 are stores of 8 chains), `service`, `managers`, `relationship`,
        `activities`, `counterparts`, `competences`, `workload_assumptions`, `market_events`,
        `initiatives`, `notices`, `strengths`, `readiness`, `dependence`. Money is in EUR.

    Examples
    --------
    >>> tables = make_company(seed=SEED)
    >>> len(tables["accounts"]), sorted(tables)[:3]
    (300, ['accounts', 'activities', 'competences'])
    """
    roster = make_roster(seed=seed)
    demand = monthly_demand(roster, seed=seed)
    lines = invoice_lines(roster, demand, seed=seed)
    service = service_records(roster, demand, lines, seed=seed)
    judged = ratings(roster, demand, seed=seed)
    work = work_facts(roster, demand, service, seed=seed)
    return {
        "invoices": with_faults(lines, seed=seed),
        "accounts": roster[KNOWN_TO_THE_FIRM].join([judged, work]),
        "service": service,
        "managers": MANAGERS.copy(),
        "relationship": relationship_facts(roster, demand, seed=seed),
        "activities": ACTIVITIES.copy(),
        "counterparts": contacts(roster, demand, seed=seed),
        "competences": competence_levels(seed=seed),
        "workload_assumptions": WORKLOAD_ASSUMPTIONS.copy(),
        "market_events": MARKET_EVENTS.copy(),
        "initiatives": initiatives(roster),
        "notices": notices_given(roster),
        "strengths": client_views(roster, seed=seed),
        "readiness": readiness_answers(),
        "dependence": judged_dependence(roster, demand, seed=seed),
    }


def planted_truths(*, seed: int) -> pd.DataFrame:
    """List what is planted in the sample company, for tests; no engagement folder holds it.

    Parameters
    ----------
    seed
        The seed of the company.

    Returns
    -------
    DataFrame
        `account_id` (after roll-up: for a chain its name), `truth` (the keys of
        `STORIES`), `story` in a sentence.

    Examples
    --------
    >>> planted_truths(seed=SEED)["truth"].value_counts()["supermarket_channel"]
    np.int64(4)
    """
    roster = make_roster(seed=seed)
    planted = roster[roster["truth"] != ""].drop_duplicates("organisation")
    planted = planted.sort_values(["truth", "sales_rank"], ignore_index=True)
    return pd.DataFrame(
        {
            "account_id": planted["organisation"],
            "truth": planted["truth"],
            "story": planted["truth"].map(STORIES),
        }
    )


def write_company(folder: Path | str, *, seed: int) -> None:
    """Write the sample company as an engagement folder.

    Parameters
    ----------
    folder
        Where to; it may exist if it is empty. It is written beside and renamed, so that
        it is there whole or not at all.
    seed
        The seed of the company; the same seed writes the same bytes.

    Raises
    ------
    InputError
        If the folder holds something already, or is a file.
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        seen = "not empty" if target.is_dir() else "not a folder"
        raise InputError(f"{target} is {seen}; the sample company goes into a new or empty folder")
    with whole_folder(target.absolute()) as unfinished:
        unfinished.mkdir()
        _write_files(unfinished, seed=seed)


def _write_files(folder: Path, *, seed: int) -> None:
    """Write `engagement.toml` and one CSV file per table: UTF-8, commas, ISO dates."""
    (folder / "engagement.toml").write_text(ENGAGEMENT, encoding="utf-8", newline="\n")
    for name, table in make_company(seed=seed).items():
        table.to_csv(
            folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n",
            date_format="%Y-%m-%d",
        )  # fmt: skip
