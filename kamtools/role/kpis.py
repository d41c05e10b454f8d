"""By what a key account manager's work is measured, and how it is paid, with the source of each.

One table for the measures and one for the pay. A measure says where its figures come from;
where no table of an engagement holds them, it says so. Whether a measure may move pay is our
proposal, with its reason. Never pay on a self-entered health score: who is paid by a number
that he types in himself will type in a good one.

References
----------
.. [1] Strategic Account Management Association, yearly study of pay, as told at
   flylib.com/books/en/3.94.1.55: salary 75-85 %, bonus 15-25 %.
.. [2] Holmström, B. and Milgrom, P. (1991), "Multitask Principal-Agent Analyses", Journal of
   Law, Economics, & Organization 7, 24-52.
.. [3] opensymmetry.com, "The Strategic Account Manager: how do you compensate this critical
   role?": no commission for volume that is there already.
.. [4] Gartner (2019), G00404880, abstract: the plan of an ordinary account manager makes key
   account managers underperform; a scorecard of their own helps.
"""

from collections.abc import Collection

import pandas as pd

from kamtools.wording import listing

FIXED_SHARE = (0.75, 0.85)
"""Part of the pay that is salary, as most often found among strategic account managers [1]_."""

NEVER_PAY_ON = "a health score that the manager enters"

KPI_COLUMNS = ["definition", "formula", "unit", "files", "better", "may_pay", "because", "source"]

_KPIS = {
    "margin after service": (
        "What the accounts leave once they have been served",
        "revenue − cost of goods − cost of the hours and deliveries it took, over 12 months",
        "money a year", ("invoices", "service"), "more", True,
        "audited figures; it pays for profit, not for volume", "E13, E20; Kaplan & Anderson",
    ),
    "share of wallet": (
        "Our part of what the account buys in our categories",
        "our revenue ÷ what the account buys in our categories from everybody",
        "0-1", ("relationship",), "more", False,
        "what it buys elsewhere is an estimate, and the manager's own", "E19",
    ),
    "headroom captured": (
        "Growth that came out of what the account bought from others",
        "rise of our share of wallet × what the account buys in our categories",
        "money a year", ("relationship", "invoices"), "more", False,
        "rests on the same estimate", "E19",
    ),
    "value at risk": (
        "Future margin of the accounts that may be lost",
        "sum over accounts of forecast margin × probability that the account falls silent",
        "money", ("invoices",), "less", False,
        "a forecast, wide for a single account", "E18",
    ),
    "dependence on each side": (
        "What we would lose without the account, and the account without us",
        "stake × (1 − availability of alternatives), for each side",
        "0-1", ("invoices", "relationship"), "their part up", False,
        "both sides' estimates; a judgement", "E5, E8; Emerson 1962",
    ),
    "power imbalance": (
        "How much the account is the stronger side",
        "our dependence − the account's dependence",
        "−1 to 1", ("invoices", "relationship"), "nearer 0", False,
        "both sides' estimates; a judgement", "E8; Emerson 1962",
    ),
    "contact coverage": (
        "Roles at the account that somebody of us talks to",
        "client roles with a named person of ours ÷ client roles known",
        "0-1", ("counterparts",), "more", False,
        "who counts the roles decides the figure", "E23",
    ),
    "promises kept": (
        "What was promised to the account and done by its day",
        "promises kept by their day ÷ promises due",
        "0-1", (), "more", True,
        "the client can confirm it", "E2",
    ),
    "notice in time": (
        "Our own steps of which the account knew at least 14 days before",
        "steps announced 14 days or more before their start ÷ steps that touch the account",
        "0-1", (), "more", True,
        "both dates are on paper; the essay asks for half a month to a month", "E2",
    ),
    "briefing read": (
        "Market briefings that the account opened, and that it answered",
        "opened ÷ sent, and answered ÷ sent",
        "0-1", (), "more", False,
        "opening is easily asked for; whether briefings work is untested", "E3",
    ),
    "days sales outstanding": (
        "How long the account takes to pay",
        "receivables ÷ invoiced sales × days of the period",
        "days", (), "less", True,
        "the books show it; but the credit limit is not the manager's to set", "E20",
    ),
    "forecast error": (
        "How far the manager's forecast of the account was off",
        "mean of |forecast − actual| ÷ mean actual, month by month",
        "0 and up", ("invoices",), "less", False,
        "who is paid for it forecasts what is easily met", "E19",
    ),
    "joint-project value": (
        "What projects with the account brought both sides",
        "margin of joint projects, as agreed with finance, less their cost",
        "money a year", (), "more", True,
        "pay once finance and the client have signed the figure", "E21",
    ),
}  # fmt: skip

_PAY = (
    ("Fixed pay", "75 % to 85 % of target pay",
     "field evidence: SAMA studies, as told at flylib.com/books/en/3.94.1.55"),
    ("Variable pay", "15 % to 25 % of target pay",
     "field evidence: SAMA studies, as told at flylib.com/books/en/3.94.1.55"),
    ("Why so much fixed",
     "A high bonus for this year's sales draws time from work that pays later. Where one task is "
     "measured well and another badly, strong pay for the first starves the second.",
     "theory: Holmström & Milgrom 1991"),
    ("Pay for", "Growth, a better mix and new products; not for volume that is there already",
     "field evidence: opensymmetry.com"),
    ("How", "A scorecard of the role's own, not the plan of an ordinary account manager",
     "field evidence: Gartner 2019 (G00404880), abstract only"),
    ("Never", f"Never pay on {NEVER_PAY_ON}", "our rule: who enters it is paid by it"),
)  # fmt: skip


def kpi_table() -> pd.DataFrame:
    """Return the measures of the role.

    Returns
    -------
    (13, 8), index kpi
        `definition`, `formula` in words, `unit`, `files` (names of the engagement's tables
        that it needs, separated by semicolons; blank where none of them holds it), `better`
        (which way), `may_pay` (whether it may move pay: a proposal), `because`, `source`.

    Examples
    --------
    >>> kpi_table().loc["contact coverage", ["files", "unit"]].tolist()
    ['counterparts', '0-1']
    """
    rows = {
        name: (definition, formula, unit, "; ".join(files), *others)
        for name, (definition, formula, unit, files, *others) in _KPIS.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=KPI_COLUMNS)
    return table.rename_axis("kpi")


def kpis_within_reach(files: Collection[str]) -> pd.Series:
    """Return what each measure still lacks, for a firm with these tables.

    Parameters
    ----------
    files
        Names of the engagement's tables, such as "invoices".

    Returns
    -------
    (13,) text, index kpi
        Blank where the firm's tables hold all that it needs.

    Examples
    --------
    >>> lacks = kpis_within_reach({"invoices", "service"})
    >>> lacks["margin after service"], lacks["power imbalance"], lacks["notice in time"]
    ('', 'needs relationship', 'needs a record of its own; no table of kam holds it')
    """
    lacking = {}
    for name, (_, _, _, needed, *_) in _KPIS.items():
        absent = [file for file in needed if file not in files]
        lacking[name] = f"needs {listing(absent)}" if absent else ""
        if not needed:
            lacking[name] = "needs a record of its own; no table of kam holds it"
    return pd.Series(lacking, dtype="str", name="lacks").rename_axis("kpi")


def pay_principles() -> pd.DataFrame:
    """Return what the field knows of the pay of key account managers.

    Returns
    -------
    (6, 2), index principle
        `says` and `source`.

    Examples
    --------
    >>> pay_principles().loc["Fixed pay", "says"]
    '75 % to 85 % of target pay'
    """
    table = pd.DataFrame(list(_PAY), columns=["principle", "says", "source"])
    return table.set_index("principle")
