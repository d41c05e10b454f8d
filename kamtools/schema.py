"""The tables of an engagement: columns, units, checks.

Every table is a pandera schema. A column's dtype says how its text is read (`float` as a
number, `datetime64` as a date, `str` as text), its checks say which values are possible,
its description is what `kam init` writes into the template. Columns that a schema does
not name are kept and ignored, so a firm may leave its own columns in its files. Several
names in one cell are separated by semicolons.

References
----------
.. [1] Claims E1-E23 are those of the essay this project works out; see the playbook.
"""

import re

import pandera.pandas as pa

RATING_SUFFIX = "_rating"
SEPARATOR = ";"
"""Stands between the names in one cell."""


def names_in(cell: object) -> list[str]:
    """Return the names in a cell, in their order; none where the cell is blank.

    The wide semicolon of Chinese parts names too.

    Examples
    --------
    >>> names_in("finance; production；何语桐;"), names_in(float("nan"))
    (['finance', 'production', '何语桐'], [])
    """
    if not isinstance(cell, str):
        return []
    return [name for part in re.split("[;；]", cell) if (name := part.strip())]


def _text(description: str, *, required: bool = True, unique: bool = False) -> pa.Column:
    return pa.Column(
        str, nullable=not unique, required=required, unique=unique, description=description
    )


def _number(description: str, *checks: pa.Check, required: bool = True) -> pa.Column:
    return pa.Column(
        float, checks=list(checks), nullable=True, required=required, description=description
    )


def _date(description: str, *, required: bool = True) -> pa.Column:
    return pa.Column("datetime64[ns]", nullable=False, required=required, description=description)


def _known(column: pa.Column) -> pa.Column:
    """Make a column one whose every value must be given."""
    column.nullable = False
    return column


def _at_least(low: float) -> pa.Check:
    return pa.Check.ge(low, error=f"a number of at least {low:g}")


def _between(low: float, high: float) -> pa.Check:
    return pa.Check.in_range(low, high, error=f"a number from {low:g} to {high:g}")


def _one_of(*values: object) -> pa.Check:
    return pa.Check.isin(values, error="one of " + ", ".join(map(str, values)))


INVOICES = pa.DataFrameSchema(
    {
        "account_id": _text("who was invoiced; lines without one are set aside"),
        "invoice_id": _text("number of the invoice or credit note"),
        "date": _date("day of the invoice"),
        "amount": _known(_number("net value of the line; negative on a credit note")),
        "cost": _number("cost of the goods on the line", required=False),
        "product": _text("what was sold", required=False),
        "currency": _text("code such as EUR; needs rates.csv where it varies", required=False),
    },
    name="invoices",
)

ACCOUNTS = pa.DataFrameSchema(
    {
        "account_id": _text("as in the invoices", unique=True),
        "name": _text("as people call it; any script"),
        "segment": _text("the firm's own segment or channel", required=False),
        "region": _text("where it is looked after from", required=False),
        "chain": _text("the buying organisation it belongs to; blank if none", required=False),
        "manager_id": _text("who looks after it today; blank if nobody", required=False),
        "language": _text("of its buyers", required=False),
        "sites": _number("places it buys for; blank: counted from the stores of its chain",
                         _at_least(0), required=False),
        "decision_makers": _number("people there who decide on us", _at_least(0),
                                   required=False),
        "open_projects": _number("joint projects under way", _at_least(0), required=False),
        "needs": _text("competences it calls for, separated by semicolons", required=False),
        "rivals": _text("account ids, separated by semicolons, that must not share its manager",
                        required=False),
        ".*" + RATING_SUFFIX: pa.Column(
            float,
            checks=[_between(1, 5)],
            nullable=True,
            required=False,
            regex=True,
            description="a judgement from 1 to 5 on an anchored scale",
        ),
    },
    name="accounts",
)  # fmt: skip

SERVICE = pa.DataFrameSchema(
    {
        "account_id": _text("as in the invoices"),
        "date": _date("day of the work"),
        "activity": _text("what was done, in the firm's own words"),
        "hours": _known(_number("hours spent", _at_least(0))),
        "cost": _number("cost of the work in the engagement's currency", _at_least(0),
                        required=False),
    },
    name="service",
)  # fmt: skip

TIME_EQUATIONS = pa.DataFrameSchema(
    {
        "activity": _known(_text("work that an order causes, in the words of service")),
        "driver": pa.Column(
            str, checks=[_one_of("orders", "lines", "credit_notes")], nullable=False,
            description="what is counted: orders, lines or credit_notes"),
        "hours": _known(_number("hours for each; the rows of this file replace all assumed ones",
                                _at_least(0))),
    },
    unique=["activity", "driver"],
    report_duplicates="exclude_first",
    name="time_equations",
)  # fmt: skip

MANAGERS = pa.DataFrameSchema(
    {
        "manager_id": _text("short code", unique=True),
        "name": _text("as people call them"),
        "capacity_hours_per_month": _number("hours a month for accounts", _at_least(0)),
        "region": _text("where they work", required=False),
        "competences": _text("words separated by semicolons", required=False),
        "languages": _text("spoken well enough to do business, separated by semicolons",
                           required=False),
    },
    name="managers",
)  # fmt: skip

RELATIONSHIP = pa.DataFrameSchema(
    {
        "account_id": _text("as in the invoices", unique=True),
        "share_of_wallet": _number(
            "our part of what the account buys in our categories, 0-1",
            _between(0, 1), required=False),
        "alternatives": _number("suppliers that could stand in for us", _at_least(0),
                                required=False),
        "months_to_replace_us": _number("months the account would need", _at_least(0),
                                        required=False),
        "months_to_replace_them": _number("months we would need", _at_least(0), required=False),
    },
    name="relationship",
)  # fmt: skip

ACTIVITIES = pa.DataFrameSchema(
    {
        "activity": _text("a task in looking after a key account"),
        "function": _text("the department it belongs to"),
        "responsible": _text("who does it (R)"),
        "accountable": _text("who answers for it (A)", required=False),
        "consulted": _text("who is asked (C)", required=False),
        "informed": _text("who is told (I)", required=False),
        "deputy": _text("who stands in for the responsible", required=False),
        "escalation_days": _number("working days until it goes to the accountable",
                                   _at_least(0), required=False),
    },
    name="activities",
)  # fmt: skip

COUNTERPARTS = pa.DataFrameSchema(
    {
        "account_id": _text("as in the invoices"),
        "client_role": _text("the person's role at the client"),
        "function": _text("our department that should talk to this role"),
        "person": _text("who of us does; blank where nobody does"),
        "name": _text("the person's name at the client", required=False),
    },
    name="counterparts",
)

COMPETENCES = pa.DataFrameSchema(
    {
        "manager_id": _text("as in managers"),
        "competence": _text("in the same words as in managers and in the accounts' needs"),
        "assessor": pa.Column(
            str, checks=[_one_of("self", "manager")], nullable=False,
            description="who judges: self, or the person's manager"),
        "level": pa.Column(
            float, checks=[_one_of(1, 2, 3, 4, 5)], nullable=True,
            description="1-5 on the anchored scale; blank where nobody knows"),
        "evidence": _text("what shows it", required=False),
    },
    name="competences",
)  # fmt: skip

WORKLOAD_ASSUMPTIONS = pa.DataFrameSchema(
    {
        "assumption": _text("name of one of the assumptions of the workload", unique=True),
        "value": _known(_number("what the firm assumes instead", _at_least(0))),
        "low": _number("the least it may be", _at_least(0), required=False),
        "high": _number("the most it may be", _at_least(0), required=False),
        "meaning": _text("in words, with its unit", required=False),
        "source": _text("where it is known from", required=False),
    },
    name="workload_assumptions",
)

MARKET_EVENTS = pa.DataFrameSchema(
    {
        "date": _date("day it became known"),
        "competitor": _text("who moved"),
        "event": _text("what happened, in one sentence"),
        "source": _text("where it can be read or asked"),
        "access": pa.Column(
            str, checks=[_one_of("public", "own", "licensed")], nullable=True, required=False,
            description="public, own (research) or licensed"),
    },
    name="market_events",
)  # fmt: skip

INITIATIVES = pa.DataFrameSchema(
    {
        "initiative": _text("our own planned step"),
        "date": _date("day it starts"),
        "account_id": _text("whom it touches; blank for all", required=False),
        "owner": _text("who leads it", required=False),
    },
    name="initiatives",
)

STRENGTHS = pa.DataFrameSchema(
    {
        "account_id": _text("the client that was asked"),
        "factor": _text("what it needs from a supplier, in its own words"),
        "weight": _known(_number("how much the factor counts for it, in any points",
                                 _at_least(0))),
        "us": _known(_number("how it rates us in the factor, 1 worst to 10 best",
                             _between(1, 10))),
        "rival": _text("a competitor it knows; one row for each"),
        "rating": _known(_number("how it rates the rival in the factor, 1 to 10",
                                 _between(1, 10))),
    },
    name="strengths",
)  # fmt: skip

READINESS = pa.DataFrameSchema(
    {
        "statement": _text("name of one of the statements; see notebook 1"),
        "level": pa.Column(
            float,
            checks=[_one_of(1, 2, 3, 4, 5)],
            nullable=True,
            description="what is seen in the firm, 1-5; blank where nobody knows",
        ),
        "respondent": _text("who says so", required=False),
        "evidence": _text("what shows it", required=False),
    },
    name="readiness",
)

RATES = pa.DataFrameSchema(
    {
        "currency": _text("code such as USD", unique=True),
        "rate": _known(
            pa.Column(
                float,
                checks=[pa.Check.gt(0, error="a number above 0")],
                description="units of the engagement's currency for one unit of this one",
            )
        ),
    },
    name="rates",
)

TABLES: dict[str, pa.DataFrameSchema] = {
    str(schema.name): schema
    for schema in (
        INVOICES, ACCOUNTS, SERVICE, TIME_EQUATIONS, MANAGERS, RELATIONSHIP, ACTIVITIES,
        COUNTERPARTS, COMPETENCES, WORKLOAD_ASSUMPTIONS, MARKET_EVENTS, INITIATIVES, STRENGTHS,
        READINESS, RATES,
    )
}  # fmt: skip
"""Every table of an engagement by the name of its file, without the ending."""
