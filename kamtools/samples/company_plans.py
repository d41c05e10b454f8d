"""The sample company's people and plans: small tables that are written out.

All persons, firms, papers and events are invented.
"""

import pandas as pd

MANAGERS = pd.DataFrame(
    [
        ("M1", "Ines Falk", 120, "Capital", "negotiation; category planning; trade law",
         "English"),
        ("M2", "林知秋", 120, "Capital", "negotiation; category planning; Mandarin",
         "Mandarin; English"),
        ("M3", "Oskar Brandt", 110, "North", "wholesale trade; negotiation", "English; German"),
        ("M4", "Petra Nyholm", 90, "North", "wholesale trade; logistics", "English; Swedish"),
        ("M5", "Tomas Ruzek", 120, "East", "grocery chains; promotions", "English; Czech"),
        ("M6", "Clara Venn", 110, "South", "wholesale trade; finance", "English"),
        ("M7", "何语桐", 100, "West", "independent trade; Mandarin; promotions",
         "Mandarin; English"),
        ("M8", "Jonas Adeyemi", 100, "Capital", "online trade; data; promotions", "English"),
    ],
    columns=["manager_id", "name", "capacity_hours_per_month", "region", "competences",
             "languages"],
).astype({"capacity_hours_per_month": float})  # fmt: skip

_NEW_YEAR = "New-year gift tins in all channels"

# The organisation that a step touches, by its place in the tables of accounts; "" for all.
_STEPS = (
    (_NEW_YEAR, "2025-01-06", "", "head of marketing"),
    ("Premium snack shelf in city supermarkets, first stores", "2025-01-27",
     "Copperbell City Market", "key account manager"),
    ("Joint tasting weeks for the lantern festival", "2025-02-10", "青禾超市",
     "key account manager"),
    ("New price list", "2025-03-03", "", "head of finance"),
    ("Order minimum and paid express delivery", "2025-03-17", "Moor & Sons <Wholesale>",
     "head of logistics"),
    ("Kiosk range in small packs", "2025-04-07", "+Plus Kiosk", "product developer"),
    ("Washing powder in a recycled box", "2025-05-05", "", "head of production"),
    ("Shared volume plan for the year", "2025-05-19", "Gantry Discount Centre",
     "head of sales"),
    ("Talks on winning back lost shelf space", "2025-06-02", "Silverbrook Cash & Carry",
     "head of sales"),
    ("Early order window for mooncake boxes", "2025-06-16", "", "production planner"),
)  # fmt: skip

# Day of the notice, how, by whom, and the organisations told of the new-year gift tins: three
# weeks ahead is promised, so the second line is late, and who stands in none was forgotten.
_TOLD = (
    ("2024-12-10", "meeting", "Clara Venn",
     ("Clovercote Distribution", "Pepperwick Market", "榆浦批发部")),
    ("2024-12-20", "e-mail", "Jonas Adeyemi",
     ("Quillstead Distribution", "Teaselmere Cash & Carry", "溪舟批发部")),
    ("2024-12-12", "letter", "林知秋", ("Gantry Discount Centre", "青禾超市", "+Plus Kiosk")),
    ("2024-12-13", "call", "Ines Falk", ("Heronbeck Distribution", "Copperbell City Market")),
)  # fmt: skip


def initiatives(roster: pd.DataFrame) -> pd.DataFrame:
    """List the firm's own planned steps.

    Parameters
    ----------
    roster
        Accounts with `account_id` and `organisation`, as `make_roster` makes it.

    Returns
    -------
    DataFrame
        `initiative`, `date` it starts, `account_id` it touches (a chain's first store
        stands for the chain; missing for all), `owner`.
    """
    table = pd.DataFrame(_STEPS, columns=["initiative", "date", "touches", "owner"])
    table["account_id"] = table.pop("touches").map(_account_of(roster)).astype("str")
    return table.astype({"date": "datetime64[ns]"})[["initiative", "date", "account_id", "owner"]]


def notices_given(roster: pd.DataFrame) -> pd.DataFrame:
    """List when which client was told of which step: some in time, some late, some never.

    Parameters
    ----------
    roster
        As for `initiatives`.

    Returns
    -------
    DataFrame
        `account_id`, `initiative`, `date` of the notice, `how`, `by`.
    """
    told = [
        (client, _NEW_YEAR, day, how, by) for day, how, by, clients in _TOLD for client in clients
    ]
    shelf = ("Copperbell City Market", _STEPS[1][0], "2024-12-19", "meeting", "Ines Falk")
    columns = ["account_id", "initiative", "date", "how", "by"]
    table = pd.DataFrame([*told, shelf], columns=columns)
    table["account_id"] = table["account_id"].map(_account_of(roster))
    known = table.dropna(subset="account_id").reset_index(drop=True)  # other seeds, other names
    return known.astype({"account_id": "str", "date": "datetime64[ns]"})


def _account_of(roster: pd.DataFrame) -> pd.Series:
    """Return the account that stands for each organisation: its first store if it is a chain."""
    named = roster.assign(party=roster["chain"].fillna(roster["name"]))
    return named.drop_duplicates("party").set_index("party")["account_id"]
