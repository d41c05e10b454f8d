"""What is wrong with roles in the sample company, for tests; no engagement folder holds it.

Planted are five faults in who does what, two rivals with one manager, a load that lies
unevenly, client roles that nobody of us talks to, and gaps in what people can do. A method
that looks for them has to find them, whatever the seed.
"""

from collections.abc import Mapping

import pandas as pd

from kamtools.samples import company_skills
from kamtools.samples.company import make_company
from kamtools.samples.company_accounts import ORGANISATIONS, POWER_TRAP
from kamtools.samples.company_contacts import UNCOVERED
from kamtools.samples.company_tasks import FLAWS
from kamtools.samples.company_work import FIRST_DAY, SAME_MANAGER
from kamtools.wording import percent


def planted_flaws(*, seed: int) -> pd.DataFrame:
    """List what is wrong with roles in the sample company.

    Parameters
    ----------
    seed
        The seed of the company: who carries most and least depends on it.

    Returns
    -------
    DataFrame
        `table` it stands in, `subject` (an activity, function, account after roll-up, manager
        or client role), `flaw` (a short name), `story` in a sentence.

    Examples
    --------
    >>> from kamtools.samples.company import SEED
    >>> flaws = planted_flaws(seed=SEED)
    >>> flaws["table"].value_counts(sort=False).to_dict()
    {'activities': 5, 'accounts': 2, 'managers': 2, 'counterparts': 2, 'competences': 3}
    """
    tables = make_company(seed=seed)
    load = load_today(tables)
    power_trap = next(party.name for party in ORGANISATIONS if party.truth == POWER_TRAP)
    accounts = tables["accounts"].set_index("name")["account_id"]
    learner, language = company_skills.LEARNER, company_skills.LANGUAGE
    overrated, competence = company_skills.OVERRATED
    rows = [
        *(("activities", *flaw) for flaw in FLAWS),
        *(("accounts", name, "rivals_share_manager",
           f"{' and '.join(SAME_MANAGER)} compete, and one manager looks after both.")
          for name in SAME_MANAGER),
        ("managers", load.idxmax(), "overloaded",
         f"Carries {percent(load.max())} of the mean of all managers' logged hours."),
        ("managers", load.idxmin(), "underloaded",
         f"Carries {percent(load.min())} of the mean of all managers' logged hours."),
        ("counterparts", UNCOVERED, "role_without_counterpart",
         "Nobody of us talks to a quality manager at any client."),
        ("counterparts", accounts[power_trap], "single_thread",
         "At the largest account one manager is the only one who talks to anybody."),
        ("competences", company_skills.TEAM_GAP, "team_gap",
         "Nobody gives clients notice of our steps as early as the role asks."),
        ("competences", overrated, "overrated",
         f"Rates {competence} at 5; the superior says 2."),
        ("competences", learner, "one_training",
         f"Has all that {company_skills.ACCOUNT} calls for but {language}, which is begun."),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["table", "subject", "flaw", "story"])


def load_today(tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Return each manager's load: hours logged for their accounts in a year, 1 is the mean.

    Parameters
    ----------
    tables
        Of the company, as `make_company` makes them.

    Examples
    --------
    >>> load = load_today(make_company(seed=1))
    >>> bool(abs(load.mean() - 1) < 1e-9), len(load)
    (True, 8)
    """
    manager = tables["accounts"].set_index("account_id")["manager_id"]
    year = tables["service"][tables["service"]["date"] >= FIRST_DAY]
    hours = year.groupby(year["account_id"].map(manager))["hours"].sum()
    hours = hours.reindex(tables["managers"]["manager_id"], fill_value=0.0)
    return hours / hours.mean()
