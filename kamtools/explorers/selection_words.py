"""What the selection explorer says of its list: a sentence and an HTML table."""

import html

import pandas as pd

from kamtools.plots.style import BLUE, VERMILLION, short_money
from kamtools.wording import listing

MOST_NAMES = 5
HEADS = ("Rank", "Account", "Score", "Sales", "By sales", "")
STYLE = (
    "<style>.kam-list{border-collapse:collapse;font-size:13px;line-height:1.35}"
    ".kam-list th,.kam-list td{padding:2px 8px;text-align:right;white-space:nowrap;"
    "border-bottom:1px solid rgba(128,128,128,.25)}"
    ".kam-list td:nth-child(2),.kam-list th:nth-child(2),.kam-list td:last-child"
    "{text-align:left}.kam-list td:nth-child(2){white-space:normal;min-width:9em}</style>"
)


def describe_moves(listed: pd.DataFrame, names: pd.Series) -> str:
    """Return in words who came in and went out, and how far the list is one by sales.

    Parameters
    ----------
    listed
        As `selection_list` returns it.
    names
        Name by account_id.

    Examples
    --------
    >>> listed = pd.DataFrame(
    ...     {"rank": [1, 2], "is_chosen": [True, False], "was_chosen": [False, True],
    ...      "in_sales_list": [False, True]}, index=["a", "b"],
    ... )
    >>> print(describe_moves(listed, pd.Series({"a": "Riser", "b": "Giant"})))
    ... # doctest: +NORMALIZE_WHITESPACE
    Against the starting weights Riser comes in and Giant (now 2) goes out. 1 of the 1 chosen is
    not among the 1 largest by sales.
    """
    chosen, before = listed["is_chosen"], listed["was_chosen"]
    shown = account_names(listed.index, names)
    left = listed[before & ~chosen]
    leaving = shown[left.index] + " (now " + left["rank"].astype(str) + ")"
    moves = [
        _said(list(shown[chosen & ~before]), "comes in", "come in"),
        _said(list(leaving), "goes out", "go out"),
    ]
    moved = " and ".join(move for move in moves if move)
    start = f"Against the starting weights {moved}." if moved else "The list at the start."
    n_chosen, n_small = int(chosen.sum()), int((chosen & ~listed["in_sales_list"]).sum())
    return (
        f"{start} {n_small:,} of the {n_chosen:,} chosen {'is' if n_small == 1 else 'are'} "
        f"not among the {n_chosen:,} largest by sales."
    )


def list_html(listed: pd.DataFrame, names: pd.Series) -> str:
    """Return the chosen accounts, then those that went out, as an HTML table.

    Names are text there, whatever they contain.

    Parameters
    ----------
    listed
        As `selection_list` returns it.
    names
        Name by account_id.

    Examples
    --------
    >>> listed = pd.DataFrame(
    ...     {"rank": [1], "score": [0.7], "revenue": [2e6], "rank_by_sales": [3],
    ...      "is_chosen": [True], "was_chosen": [True], "in_sales_list": [True]}, index=["a"]
    ... )
    >>> "<td>Tom &amp; &lt;b&gt;Co</td>" in list_html(listed, pd.Series({"a": "Tom & <b>Co"}))
    True
    """
    rows = listed[listed["is_chosen"] | listed["was_chosen"]]
    shown = account_names(rows.index, names)
    columns = zip(
        rows["rank"], shown, rows["score"], rows["revenue"], rows["rank_by_sales"],
        rows["is_chosen"], rows["was_chosen"], strict=True,
    )  # fmt: skip
    body = "".join(
        f"<tr><td>{rank:,}</td><td>{html.escape(name)}</td><td>{points:.3f}</td>"
        f"<td>{short_money(revenue)}</td><td>{by_sales:,}</td><td>{_mark(is_in, was_in)}</td></tr>"
        for rank, name, points, revenue, by_sales, is_in, was_in in columns
    )
    heads = "".join(f"<th>{html.escape(head)}</th>" for head in HEADS)
    return (
        f'{STYLE}<div style="overflow-x:auto"><table class="kam-list"><thead><tr>{heads}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def account_names(accounts: pd.Index, names: pd.Series) -> pd.Series:
    r"""Return the name of each account on one line, its id where it has none.

    Examples
    --------
    >>> account_names(pd.Index(["a", "b"]), pd.Series({"a": "Harbour\nFoods"})).tolist()
    ['Harbour Foods', 'b']
    """
    ids = pd.Series(accounts.astype(str), index=accounts, dtype=str)
    known = names.reindex(accounts).astype("string").str.split().str.join(" ").fillna("")
    return ids.where(known == "", known)


def _said(names: list[str], one: str, several: str) -> str:
    if not names:
        return ""
    told = names[:MOST_NAMES]
    if len(names) > MOST_NAMES:
        told = [*told, f"{len(names) - MOST_NAMES:,} more"]
    return f"{listing(told)} {one if len(names) == 1 else several}"


def _mark(is_chosen: bool, was_chosen: bool) -> str:
    if is_chosen == was_chosen:
        return ""
    colour, word = (BLUE, "came in") if is_chosen else (VERMILLION, "went out")
    return f'<b style="color:{colour}">{word}</b>'
