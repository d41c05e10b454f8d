"""Who works for the accounts, on what, and what they can and say."""

import pandera.pandas as pa

from kamtools.schema.columns import at_least, known, number, one_of, text

MANAGERS = pa.DataFrameSchema(
    {
        "manager_id": text("short code", unique=True),
        "name": text("as people call them"),
        "capacity_hours_per_month": number("hours a month for accounts", at_least(0)),
        "region": text("where they work", required=False),
        "competences": text("words separated by semicolons", required=False),
        "languages": text("spoken well enough to do business, separated by semicolons",
                           required=False),
    },
    name="managers",
)  # fmt: skip

ACTIVITIES = pa.DataFrameSchema(
    {
        "activity": text("a task in looking after a key account"),
        "function": text("the department it belongs to"),
        "responsible": text("who does it (R)"),
        "accountable": text("who answers for it (A)", required=False),
        "consulted": text("who is asked (C)", required=False),
        "informed": text("who is told (I)", required=False),
        "deputy": text("who stands in for the responsible", required=False),
        "escalation_days": number("working days until it goes to the accountable",
                                   at_least(0), required=False),
    },
    name="activities",
)  # fmt: skip

COUNTERPARTS = pa.DataFrameSchema(
    {
        "account_id": text("as in the invoices"),
        "client_role": text("the person's role at the client"),
        "function": text("our department that should talk to this role"),
        "person": text("who of us does; blank where nobody does"),
        "name": text("the person's name at the client", required=False),
        "strength": pa.Column(
            float, checks=[one_of(1, 2, 3, 4, 5)], nullable=True, required=False,
            description="1-5, how well the two know and trust each other; blank: not judged"),
        "last_contact": pa.Column(
            "datetime64[ns]", nullable=True, required=False,
            description="day on which the two last spoke; blank where nobody knows"),
    },
    name="counterparts",
)  # fmt: skip

COMPETENCES = pa.DataFrameSchema(
    {
        "manager_id": text("as in managers"),
        "competence": text("in the same words as in managers and in the accounts' needs"),
        "assessor": pa.Column(
            str, checks=[one_of("self", "manager")], nullable=False,
            description="who judges: self, or the person's manager"),
        "level": pa.Column(
            float, checks=[one_of(1, 2, 3, 4, 5)], nullable=True,
            description="1-5 on the anchored scale; blank where nobody knows"),
        "evidence": text("what shows it", required=False),
    },
    name="competences",
)  # fmt: skip

WORKLOAD_ASSUMPTIONS = pa.DataFrameSchema(
    {
        "assumption": text("name of one of the assumptions of the workload", unique=True),
        "value": known(number("what the firm assumes instead", at_least(0))),
        "low": number("the least it may be", at_least(0), required=False),
        "high": number("the most it may be", at_least(0), required=False),
        "meaning": text("in words, with its unit", required=False),
        "source": text("where it is known from", required=False),
    },
    name="workload_assumptions",
)

READINESS = pa.DataFrameSchema(
    {
        "statement": text("name of one of the statements; see notebook 1"),
        "level": pa.Column(
            float,
            checks=[one_of(1, 2, 3, 4, 5)],
            nullable=True,
            description="what is seen in the firm, 1-5; blank where nobody knows",
        ),
        "respondent": text("who says so", required=False),
        "evidence": text("what shows it", required=False),
    },
    name="readiness",
)
