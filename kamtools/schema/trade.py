"""Who buys what, what serving it takes, and rates of exchange."""

import pandera.pandas as pa

from kamtools.schema.columns import (
    RATING_SUFFIX,
    at_least,
    between,
    date,
    known,
    number,
    one_of,
    text,
)

INVOICES = pa.DataFrameSchema(
    {
        "account_id": text("who was invoiced; lines without one are set aside"),
        "invoice_id": text("number of the invoice or credit note"),
        "date": date("day of the invoice"),
        "amount": known(number("net value of the line; negative on a credit note")),
        "cost": number("cost of the goods on the line", required=False),
        "product": text("what was sold", required=False),
        "currency": text("code such as EUR; needs rates.csv where it varies", required=False),
    },
    name="invoices",
)

ACCOUNTS = pa.DataFrameSchema(
    {
        "account_id": text("as in the invoices", unique=True),
        "name": text("as people call it; any script"),
        "segment": text("the firm's own segment or channel", required=False),
        "region": text("where it is looked after from", required=False),
        "chain": text("the buying organisation it belongs to; blank if none", required=False),
        "manager_id": text("who looks after it today; blank if nobody", required=False),
        "language": text("of its buyers", required=False),
        "sites": number("places it buys for; blank: counted from the stores of its chain",
                         at_least(0), required=False),
        "decision_makers": number("people there who decide on us", at_least(0),
                                   required=False),
        "open_projects": number("joint projects under way", at_least(0), required=False),
        "needs": text("competences it calls for, separated by semicolons", required=False),
        "rivals": text("account ids, separated by semicolons, that must not share its manager",
                        required=False),
        ".*" + RATING_SUFFIX: pa.Column(
            float,
            checks=[between(1, 5)],
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
        "account_id": text("as in the invoices"),
        "date": date("day of the work"),
        "activity": text("what was done, in the firm's own words"),
        "hours": known(number("hours spent", at_least(0))),
        "cost": number("cost of the work in the engagement's currency", at_least(0),
                        required=False),
    },
    name="service",
)  # fmt: skip

TIME_EQUATIONS = pa.DataFrameSchema(
    {
        "activity": known(text("work that an order causes, in the words of service")),
        "driver": pa.Column(
            str, checks=[one_of("orders", "lines", "credit_notes")], nullable=False,
            description="what is counted: orders, lines or credit_notes"),
        "hours": known(number("hours for each; the rows of this file replace all assumed ones",
                                at_least(0))),
    },
    unique=["activity", "driver"],
    report_duplicates="exclude_first",
    name="time_equations",
)  # fmt: skip

RATES = pa.DataFrameSchema(
    {
        "currency": text("code such as USD", unique=True),
        "rate": known(
            pa.Column(
                float,
                checks=[pa.Check.gt(0, error="a number above 0")],
                description="units of the engagement's currency for one unit of this one",
            )
        ),
    },
    name="rates",
)
