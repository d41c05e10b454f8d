"""Answers of the exercises on the people of the role, worked out of an engagement."""

import pandas as pd

from kamtools import ledger
from kamtools.learning.judging import Context
from kamtools.role.competence import competence_levels
from kamtools.role.competence_training import known_competences, trainings
from kamtools.role.leaving import leaving

RIVAL = "青禾超市"
LEAVER = "M2"


def least_training(context: Context) -> str:
    """Return who, of all but today's manager, could take the rival after the least training."""
    return str(_trainings(context).iloc[0]["manager_id"])


def manager_today(context: Context) -> str:
    """Return today's manager of the rival."""
    accounts = context["firm"].accounts.set_index("account_id")
    return str(accounts.at[RIVAL, "manager_id"])


def one_training_but_longer(context: Context) -> str:
    """Return who needs one training too, of more levels."""
    table = _trainings(context)
    return str(table[table["to_train"] == 1].iloc[-1]["manager_id"])


def same_region_most_training(context: Context) -> str:
    """Return who of the rival's region needs the most training."""
    firm = context["firm"]
    region = firm.accounts.set_index("account_id").at[RIVAL, "region"]
    near = firm.managers.loc[firm.managers["region"] == region, "manager_id"]
    table = _trainings(context)
    return str(table[table["manager_id"].isin(near)].iloc[-1]["manager_id"])


def cut_off(context: Context) -> set[str]:
    """Return the accounts where nobody of us has a contact once the manager has left."""
    accounts = _left_behind(context, _leaver(context))
    return set(accounts.index[accounts["is_cut_off"]])


def touched(context: Context) -> set[str]:
    """Return the accounts where the manager has a contact."""
    return set(_left_behind(context, _leaver(context)).index)


def next_worst(context: Context) -> str:
    """Return the account, of those not cut off, that loses most of its contacts."""
    accounts = _left_behind(context, _leaver(context))
    rest = accounts[~accounts["is_cut_off"]]
    return str((rest["lost"] / rest["contacts"]).idxmax())


def looked_after(context: Context) -> set[str]:
    """Return all accounts that the manager looks after."""
    accounts = context["firm"].accounts
    return set(accounts.loc[accounts["manager_id"] == LEAVER, "account_id"])


def on_one_person(context: Context) -> set[str]:
    """Return the accounts that are cut off if the one manager leaves who talks to them."""
    return {
        str(account)
        for accounts in _every_leaving(context).values()
        for account in accounts.index[accounts["is_cut_off"]]
    }


def on_busiest_person(context: Context) -> set[str]:
    """Return those of them that hang on the manager with the most client contacts."""
    accounts = max(_every_leaving(context).values(), key=lambda some: int(some["lost"].sum()))
    return set(accounts.index[accounts["is_cut_off"]])


def largest_on_one_person(context: Context) -> str:
    """Return which of them has the highest sales."""
    firm = context["firm"]
    scorecard = ledger.scorecard(firm.invoices, as_of=firm.as_of)
    return str(scorecard["revenue"].reindex(sorted(on_one_person(context))).idxmax())


def two_contacts_lost(context: Context) -> set[str]:
    """Return the accounts that lose two contacts or more when one manager leaves."""
    return {
        str(account)
        for accounts in _every_leaving(context).values()
        for account in accounts.index[accounts["lost"] > 1]
    }


def _trainings(context: Context) -> pd.DataFrame:
    firm = context["firm"]
    known = known_competences(competence_levels(firm.competences), firm.managers)
    table = trainings(
        firm.accounts[firm.accounts["account_id"] == RIVAL], known, managers=firm.managers
    )
    return table[table["manager_id"] != manager_today(context)]


def _leaver(context: Context) -> str:
    return str(context["firm"].managers.set_index("manager_id").at[LEAVER, "name"])


def _left_behind(context: Context, person: str) -> pd.DataFrame:
    firm = context["firm"]
    return leaving(person, firm.activities, firm.counterparts).accounts


def _every_leaving(context: Context) -> dict[str, pd.DataFrame]:
    who = context["firm"].counterparts["person"].dropna()
    managers = context["firm"].managers["name"]
    return {name: _left_behind(context, name) for name in managers if who.str.contains(name).any()}
