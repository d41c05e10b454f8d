"""How far each side depends on the other, and what could change it."""

import pandera.pandas as pa

from kamtools.schema.columns import at_least, between, known, number, one_of, text


def _choice(description: str, *values: str) -> pa.Column:
    return pa.Column(str, checks=[one_of(*values)], nullable=True, required=False,
                     description=f"{', '.join(values)}: {description}")  # fmt: skip


RELATIONSHIP = pa.DataFrameSchema(
    {
        "account_id": text("as in the invoices", unique=True),
        "share_of_wallet": number(
            "our part of what the account buys in our categories, 0-1",
            between(0, 1), required=False),
        "alternatives": number("suppliers that could stand in for us", at_least(0),
                                required=False),
        "months_to_replace_us": number("months the account would need", at_least(0),
                                        required=False),
        "months_to_replace_them": number("months we would need", at_least(0), required=False),
    },
    name="relationship",
)  # fmt: skip

SIDES = ("supplier", "account")

DEPENDENCE = pa.DataFrameSchema(
    {
        "account_id": known(text("as in the invoices")),
        "side": pa.Column(
            str, checks=[one_of(*SIDES)], nullable=False,
            description="who depends: supplier (we on the account) or account (it on us)"),
        "part": known(text("what the dependence is about, such as revenue, margin or spend")),
        **{
            f"{name}{end}": number(meaning.format(level), between(0, 1), required=not end)
            for name, meaning in (
                ("stake", "how much is at stake, 0-1: {}"),
                ("availability", "how far others could stand in, 0-1: {}"),
            )
            for end, level in (("_low", "the least"), ("", "most likely"), ("_high", "the most"))
        },
        "whose": known(text("whose estimate it is: ledger, key account manager, account, …")),
        "source": text("where it can be read or asked", required=False),
        "basis": pa.Column(
            str, checks=[one_of("measured", "judged", "assumed")], nullable=True, required=False,
            description="measured, judged or assumed"),
    },
    unique=["account_id", "side", "part"],
    report_duplicates="exclude_first",
    name="dependence",
)  # fmt: skip

MEASURES = pa.DataFrameSchema(
    {
        "measure": known(text("short name; replaces the toolkit's own, or adds one")),
        "label": text("as people call it", required=False),
        "operation": pa.Column(
            float, checks=[one_of(0, 1, 2, 3, 4)], nullable=True, required=False,
            description="Emerson's: 1 withdraw, 2 others, 3 status, 4 coalition; 0 none of them"),
        "scope": _choice("taken and paid for each account, or once for the firm",
                         "account", "firm"),
        "side": _choice("whose dependence it changes", *SIDES),
        "part": text("the part it changes; all, or largest", required=False),
        "acts_on": _choice("what it changes", "stake", "availability"),
        **{
            f"effect{end}": number(
                f"{level}: above 0 the share it closes to 1, below 0 the share it takes away",
                between(-1, 1), required=False)
            for end, level in (("_low", "least effect"), ("", "effect"), ("_high", "most effect"))
        },
        **{
            f"cost{end}": number(f"{level} a year in the engagement's currency", at_least(0),
                                 required=False)
            for end, level in (("_low", "least cost"), ("", "cost"), ("_high", "most cost"))
        },
        "months_to_work": number("months until it works", at_least(0), required=False),
        "needs": text("measures it needs, separated by semicolons; none for none",
                      required=False),
        "excludes": text("measures it excludes, separated by semicolons; none for none",
                         required=False),
        "grade": _choice("grade of the evidence, A best", "A", "B", "C", "D"),
        "evidence": text("what shows it", required=False),
        "source": text("where it can be read or asked", required=False),
        "legal": _choice("no special question, or counsel looks first", "clear", "counsel"),
        "guard_rail": text("what must be kept to", required=False),
        "use": pa.Column(
            float, checks=[one_of(0, 1)], nullable=True, required=False,
            description="0 takes the measure out; 1 or blank keeps it"),
    },
    name="measures",
)  # fmt: skip
