"""What clients want of us and what happens in their market."""

import pandera.pandas as pa

from kamtools.schema.columns import at_least, between, date, known, number, one_of, text

MARKET_EVENTS = pa.DataFrameSchema(
    {
        "date": date("day it became known"),
        "competitor": text("who moved"),
        "event": text("what happened, in one sentence"),
        "source": text("where it can be read or asked"),
        "access": pa.Column(
            str, checks=[one_of("public", "own", "licensed")], nullable=True, required=False,
            description="public, own (research) or licensed"),
        "concerns": text("product groups, regions or segments it touches, separated by "
                         "semicolons, or all; blank: looked for in the event", required=False),
        "meaning": text("what it means for the clients it concerns, as we would tell them",
                        required=False),
        "suggestion": text("what we would do in their place", required=False),
        "response": text("what working with us does about it", required=False),
        "language": pa.Column(
            str, checks=[one_of("en", "zh")], nullable=True, required=False,
            description="en or zh, the language that the line is written in; blank: goes in both"),
    },
    name="market_events",
)  # fmt: skip

INITIATIVES = pa.DataFrameSchema(
    {
        "initiative": text("our own planned step"),
        "date": date("day it starts"),
        "account_id": text("whom it touches; blank for all", required=False),
        "owner": text("who leads it", required=False),
    },
    name="initiatives",
)

NOTICES = pa.DataFrameSchema(
    {
        "account_id": text("who was told; blank for all"),
        "initiative": known(text("the step that was announced, as in initiatives")),
        "date": date("day on which the notice was given"),
        "how": text("letter, meeting, call, …", required=False),
        "by": text("who gave it", required=False),
    },
    name="notices",
)

STRENGTHS = pa.DataFrameSchema(
    {
        "account_id": text("the client that was asked"),
        "factor": text("what it needs from a supplier, in its own words"),
        "weight": known(number("how much the factor counts for it, in any points",
                                 at_least(0))),
        "us": known(number("how it rates us in the factor, 1 worst to 10 best",
                             between(1, 10))),
        "rival": text("a competitor it knows; one row for each"),
        "rating": known(number("how it rates the rival in the factor, 1 to 10",
                                 between(1, 10))),
    },
    name="strengths",
)  # fmt: skip
