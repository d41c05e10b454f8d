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

import pandera.pandas as pa

from kamtools.schema.columns import RATING_SUFFIX, SEPARATOR, names_in
from kamtools.schema.market import INITIATIVES, MARKET_EVENTS, NOTICES, STRENGTHS
from kamtools.schema.people import (
    ACTIVITIES,
    COMPETENCES,
    COUNTERPARTS,
    MANAGERS,
    READINESS,
    WORKLOAD_ASSUMPTIONS,
)
from kamtools.schema.power import DEPENDENCE, MEASURES, RELATIONSHIP
from kamtools.schema.trade import ACCOUNTS, INVOICES, RATES, SERVICE, TIME_EQUATIONS

TABLES: dict[str, pa.DataFrameSchema] = {
    str(schema.name): schema
    for schema in (
        INVOICES, ACCOUNTS, SERVICE, TIME_EQUATIONS, MANAGERS, RELATIONSHIP, ACTIVITIES,
        COUNTERPARTS, COMPETENCES, WORKLOAD_ASSUMPTIONS, MARKET_EVENTS, INITIATIVES, NOTICES,
        STRENGTHS, READINESS, DEPENDENCE, MEASURES, RATES,
    )
}  # fmt: skip
"""Every table of an engagement by the name of its file, without the ending."""

__all__ = [
    "ACCOUNTS",
    "ACTIVITIES",
    "COMPETENCES",
    "COUNTERPARTS",
    "DEPENDENCE",
    "INITIATIVES",
    "INVOICES",
    "MANAGERS",
    "MARKET_EVENTS",
    "MEASURES",
    "NOTICES",
    "RATES",
    "RATING_SUFFIX",
    "READINESS",
    "RELATIONSHIP",
    "SEPARATOR",
    "SERVICE",
    "STRENGTHS",
    "TABLES",
    "TIME_EQUATIONS",
    "WORKLOAD_ASSUMPTIONS",
    "names_in",
]
