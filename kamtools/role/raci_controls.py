"""Which activities, roles and functions the rules of a RACI speak of, by keywords.

A rule such as "the key account manager never answers for the price floor" has to find the
price floor among a firm's own words. How is told in one table that can be shown and edited;
what it takes for what can be seen with `recognised_activities`.
"""

import re

import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing

SEGREGATED = ("price floor", "credit limit", "complaint closure")
"""What the key account manager must not answer for, since the manager is judged by it."""
NOTICE = "advance notice"
MANAGER, STRATEGY = "key account manager", "strategy"
COMMITTEE, ONE_OF_IT = "committee", "one of a committee"
FUNCTIONS = ("client", "finance", "purchasing", "production", "after-sales")
"""The functions that the manager's work crosses (E23)."""

_ROWS = (
    ("activity", "price floor", "price floor; floor price; minimum price; lowest price; 底价",
     "who sells must not set the limit of selling"),
    ("activity", "credit limit", "credit limit; credit line; 信用额度; 授信",
     "who wants the order must not lend the money"),
    ("activity", "complaint closure",
     "close complaint; closing complaint; closure complaint; settle complaint; 投诉处理",
     "who wants peace must not declare it"),
    ("activity", "advance notice",
     "give notice; advance notice; notice calendar; notice step; 提前通知; 预先通知",
     "the essay's second measure: half a month to a month before (E2)"),
    ("role", "key account manager",
     "key account manager; KAM; account manager; 大客户经理; 客户经理",
     "add the managers' names if the table has persons"),
    ("role", "strategy", "strategy; strategist; strategic planning; 战略",
     "notice must follow the firm's own plan"),
    ("role", "committee", "committee; board; council; steering group; task force; working group; "
     "everyone; everybody; all; 委员会; 小组", "where many answer, nobody does"),
    ("role", "one of a committee", "chair; chairman; chairwoman; head; leader; member; "
     "secretary; 主任; 组长", "one person, though the name has a committee in it"),
    ("function", "client", "client; customer; sales; key accounts; 客户; 销售", "E23"),
    ("function", "finance", "finance; accounting; controlling; 财务", "E23"),
    ("function", "purchasing", "purchasing; procurement; buying; sourcing; 采购", "E23"),
    ("function", "production", "production; manufacturing; operations; 生产", "E23"),
    ("function", "after-sales", "after-sales; after sales; aftersales; service; customer service; "
     "logistics; 售后", "E23"),
)  # fmt: skip


def default_controls() -> pd.DataFrame:
    """Return by which keywords activities, roles and functions are recognised.

    All of them are assumptions: add the firm's own words, separated by semicolons.

    Returns
    -------
    (13, 4)
        `kind`: "activity", "role" or "function"; `control`, what is recognised; `keywords`;
        `because`. An activity is recognised if it has all words of one keyword, in any order;
        a role if it has a keyword as whole words; a function if it is a keyword. A plural or
        a past tense (s, es, d, ed) counts as the same word, upper and lower case are the same.

    Examples
    --------
    >>> default_controls().set_index("control").loc["credit limit", "keywords"]
    'credit limit; credit line; 信用额度; 授信'
    """
    return pd.DataFrame(_ROWS, columns=["kind", "control", "keywords", "because"])


def check_controls(controls: pd.DataFrame | None) -> pd.DataFrame:
    """Return the controls, the default ones for None, or refuse a table that is incomplete.

    Raises
    ------
    InputError
        If a column or a control is missing, or a control has no keyword.

    Examples
    --------
    >>> len(check_controls(None))
    13
    """
    default = default_controls()
    if controls is None:
        return default
    needed = ["kind", "control", "keywords"]
    missing = [column for column in needed if column not in controls]
    if missing:
        raise InputError(f"controls need the columns {listing(needed)}; no {listing(missing)}")
    given = set(zip(controls["kind"], controls["control"], strict=True))
    wanted = zip(default["kind"], default["control"], strict=True)
    absent = [name for kind, name in wanted if (kind, name) not in given]
    if absent:
        raise InputError(f"controls have no row for {listing(absent)}")
    blank = controls[controls["keywords"].astype("str").fillna("").str.strip() == ""]
    if len(blank):
        raise InputError(f"the control {blank['control'].iloc[0]} has no keyword")
    return controls


def recognised(text: str, controls: pd.DataFrame, *, kind: str, control: str) -> bool:
    """Say whether a text is what a control speaks of.

    Parameters
    ----------
    text
        An activity, a role or a function in the firm's words.
    controls
        As `default_controls` returns them.
    kind, control
        The row of `controls`.

    Examples
    --------
    >>> controls = default_controls()
    >>> recognised("Complaints are closed", controls, kind="activity", control="complaint closure")
    True
    >>> recognised("Record complaints", controls, kind="activity", control="complaint closure")
    False
    >>> recognised("Kamal Rao", controls, kind="role", control="key account manager")
    False
    """
    row = controls[(controls["kind"] == kind) & (controls["control"] == control)]
    keywords = [
        " ".join(word.split()).casefold()
        for cell in row["keywords"]
        for word in re.split("[;；]", cell)
        if word.strip()
    ]
    said = " ".join(text.split()).casefold()
    if kind == "function":
        return said in keywords
    if kind == "role":
        return any(_has(said, keyword) for keyword in keywords)
    return any(has_all_words(said, keyword) for keyword in keywords)


def has_all_words(text: str, keyword: str) -> bool:
    """Say whether a text has all words of a keyword, in any order, in any case.

    A plural or a past tense (s, es, d, ed) counts as the same word.

    Examples
    --------
    >>> has_all_words("Complaints are closed", "close complaint"), has_all_words("Close", "loss")
    (True, False)
    """
    said = text.casefold()
    return all(_has(said, word) for word in keyword.casefold().split())


def recognised_activities(table: pd.DataFrame, controls: pd.DataFrame | None = None) -> pd.Series:
    """Return which activities were taken for which control, to be looked over.

    Parameters
    ----------
    table : (n_activities, …), index activity
        From `raci_table.raci_table`.
    controls
        As in `default_controls`, which None stands for.

    Returns
    -------
    (n_controls,) lists of activities in one text, index control; "none" where there is none

    Raises
    ------
    InputError
        As `check_controls`.

    Examples
    --------
    >>> found = recognised_activities(pd.DataFrame(index=["Set the credit limit"]))
    >>> found[["credit limit", "price floor"]].tolist()
    ['Set the credit limit', 'none']
    """
    known = check_controls(controls)
    names = known.loc[known["kind"] == "activity", "control"].drop_duplicates()
    found = [
        listing([a for a in map(str, table.index)
                 if recognised(a, known, kind="activity", control=name)]) or "none"
        for name in names
    ]  # fmt: skip
    return pd.Series(found, pd.Index(names, name="control"), name="activities", dtype="str")


def _has(text: str, keyword: str) -> bool:
    """Say whether a text has a keyword as whole words; Chinese has no ends of words."""
    if not keyword.isascii():
        return keyword in text
    return re.search(rf"(?<!\w){re.escape(keyword)}(?:s|es|d|ed)?(?!\w)", text) is not None
