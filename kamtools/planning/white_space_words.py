"""White space in words: what is missing, what it would bring, and how often that came true."""

import pandas as pd

from kamtools.planning.white_space import WhiteSpace
from kamtools.planning.white_space_backtest import WhiteSpaceBacktest
from kamtools.planning.white_space_gaps import FAR_LESS, NOT_BOUGHT, TOO_FEW, WHITE
from kamtools.wording import listing, money, percent

MOST = 3
CLOSE = 0.5
"""Below this likeness the accounts compared are far from alike: an assumption."""


def describe_white_space(
    found: WhiteSpace, *, name: str | None = None, currency: str = "", most: int = MOST
) -> str:
    """Return in words what similar accounts buy and this one does not, or far less.

    Parameters
    ----------
    found
        From `white_space.white_space`.
    name
        What the account is called; its id if None.
    currency
        Of the engagement.
    most : how many product groups are named

    Examples
    --------
    >>> from kamtools.planning.white_space import white_space
    >>> rows = [(f"c{n}", group, 10.0) for n in range(8) for group in ("salt", "tea")]
    >>> sales = pd.DataFrame([*rows, ("a", "tea", 20.0)],
    ...                      columns=["account_id", "product_group", "revenue"])
    >>> print(describe_white_space(white_space(sales, "a", seed=1), currency="EUR"))
    Compared with the 8 accounts most like it (median likeness 0.84 of 1), a does not buy salt
    (8 of 8 buy it; EUR 10 a year, 10 to 10). In all that is EUR 10 a year (10 to 10), if it
    bought as they do: what is possible, not a forecast; the ranges are of an average, and one
    account varies more. The margin is not known: too many invoice lines have no cost.
    """
    who = name or found.account_id
    if found.table.empty or (found.table["status"] == TOO_FEW).all():
        return " ".join(found.unknown)
    alike = float(found.similar["likeness"].median())
    within = " of its segment" if found.similar["same_segment"].all() else ""
    compared = (
        f"Compared with the {len(found.similar)} accounts{within} most like it (median "
        f"likeness {alike:.2f} of 1), {who}"
    )
    far = [] if alike >= CLOSE else ["They are not much like it, so take this as a question."]
    if found.gaps.empty:
        return " ".join([f"{compared} lacks no product group that most of them buy.", *far])
    verbs = {NOT_BOUGHT: "does not buy", FAR_LESS: "buys far less of"}
    parts = [
        f"{verb} {_named(rows, len(found.similar), currency, most)}"
        for status, verb in verbs.items()
        if len(rows := found.gaps[found.gaps["status"] == status])
    ]
    sentences = [
        f"{compared} {' and '.join(parts)}.",
        f"In all that is {_range(found.total, 'brings', currency)}, if it bought as they do: "
        "what is possible, not a forecast; the ranges are of an average, and one account varies "
        "more.",
    ]
    if pd.notna(found.total["margin"]):
        sentences.append(f"As margin: {_range(found.total, 'margin', currency)}.")
    return " ".join([*sentences, *far, *found.unknown])


def describe_site_white_space(
    table: pd.DataFrame, *, names: pd.Series | None = None, currency: str = "", most: int = MOST
) -> str:
    """Return in words which sites lack what the account's other sites buy.

    Parameters
    ----------
    table
        From `white_space_sites.site_white_space`.
    names : index account_id
        What the sites are called; ids where unknown.
    currency
        Of the engagement.
    most : how many sites are named

    Examples
    --------
    >>> describe_site_white_space(pd.DataFrame(columns=["account_id", "status"]))
    'Its sites cannot be compared: the invoices tell of fewer than two that buy products.'
    """
    if table.empty:
        return (
            "Its sites cannot be compared: the invoices tell of fewer than two that buy products."
        )
    n_sites = table["account_id"].nunique()
    if (table["status"] == TOO_FEW).all():
        return f"Its {n_sites} sites are too few to say which lacks what."
    white = table[table["status"].isin(WHITE)]
    if white.empty:
        return f"None of its {n_sites} sites lacks a product group that most of the others buy."
    known = {} if names is None else names.dropna().to_dict()
    by_site = white.groupby("account_id", sort=False).agg(
        brings=("brings", "sum"), groups=("product_group", list)
    )
    first = by_site.sort_values("brings", ascending=False, kind="stable").head(most)
    told = [
        f"{known.get(site, site)} ({listing(_some(list(row['groups']), MOST))}; "
        f"{money(row['brings'], currency)} a year)"
        for site, row in first.iterrows()
    ]
    verb = "lacks" if len(by_site) == 1 else "lack"
    return (
        f"{len(by_site)} of its {n_sites} sites {verb} {len(white)} product groups between them "
        f"that most of the others buy, worth {money(by_site['brings'].sum(), currency)} a year. "
        f"The most: {listing(told)}."
    )


def describe_white_space_backtest(found: WhiteSpaceBacktest) -> str:
    """Return in words how often such gaps were filled, and whether naming them told anything.

    Parameters
    ----------
    found
        From `white_space_backtest.backtest_white_space`.

    Examples
    --------
    >>> table = pd.DataFrame({"value": [0.3, 0.1, 0.2, 3.0, 1.5, 0.4],
    ...     "low": [0.25, 0.1, 0.2, 2.5, 1.2, 0.3], "high": [0.35, 0.1, 0.2, 3.5, 1.8, 0.5]},
    ...     index=["filled", "all_gaps", "like_gaps", "lift", "lift_over_like", "realised"])
    >>> print(describe_white_space_backtest(WhiteSpaceBacktest(table, 90, 100, 1_000)))
    Asked on the period before, 100 of 1,000 gaps of 90 accounts would have been named; 30 %
    (25 % to 35 %) of them were filled since, against 20 % of such gaps with accounts of a like
    size. That is 1.5 times as often (1.2 to 1.8): naming them told something. Of the money
    expected 40 % came (30 % to 50 %), with nobody acting on it as far as we know.
    """
    if not found.accounts:
        return (
            "How often such gaps are filled is not known: the invoices hold no products, or do not "
            "reach back two periods."
        )
    if not found.named:
        return (
            f"Asked on the period before, none of {found.gaps:,} gaps of {found.accounts:,} "
            "accounts would have been named, so nothing can be said of how often they are filled."
        )
    value, low, high = (found.table[name] for name in ("value", "low", "high"))
    lift = "lift_over_like"
    if low[lift] > 1:
        verdict = "naming them told something"
    elif high[lift] < 1:
        verdict = "these gaps were filled less often than others"
    else:
        verdict = "naming them told nothing that the groups and the size do not"
    return (
        f"Asked on the period before, {found.named:,} of {found.gaps:,} gaps of "
        f"{found.accounts:,} accounts would have been named; {percent(value['filled'])} "
        f"({percent(low['filled'])} to {percent(high['filled'])}) of them were filled since, "
        f"against {percent(value['like_gaps'])} of such gaps with accounts of a like size. That "
        f"is {value[lift]:.1f} times as often ({low[lift]:.1f} to {high[lift]:.1f}): {verdict}. "
        f"Of the money expected {percent(value['realised'])} came ({percent(low['realised'])} to "
        f"{percent(high['realised'])}), with nobody acting on it as far as we know."
    )


def _named(rows: pd.DataFrame, n_similar: int, currency: str, most: int) -> str:
    told = [
        f"{group} ({row['buyers']:.0f} of {n_similar} buy it; {money(row['brings'], currency)} a "
        f"year, {money(row['brings_low'])} to {money(row['brings_high'])})"
        for group, row in rows.head(most).iterrows()
    ]
    more = len(rows) - len(told)
    return listing([*told, f"{more} more"] if more else told)


def _range(values: pd.Series, name: str, currency: str) -> str:
    return (
        f"{money(values[name], currency)} a year ({money(values[f'{name}_low'])} to "
        f"{money(values[f'{name}_high'])})"
    )


def _some(words: list[str], most: int) -> list[str]:
    more = len(words) - most
    return words if more < 1 else [*words[:most], f"{more} more"]
