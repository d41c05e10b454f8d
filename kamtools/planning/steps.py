"""The firm's planned steps, the accounts each concerns, and the notice that was given of it."""

import datetime
from collections.abc import Iterable

import pandas as pd

from kamtools.errors import InputError

STEP_COLUMNS = ["initiative", "starts", "account_id", "owner"]
GIVEN_COLUMNS = ["given", "how", "by"]


def read_steps(initiatives: pd.DataFrame | None) -> pd.DataFrame:
    """Return the planned steps, each once, the soonest first.

    Parameters
    ----------
    initiatives
        As in `schema.INITIATIVES`; None where the firm has no such table.

    Returns
    -------
    (n_steps, 4)
        `initiative`, `starts` (a day), `account_id` and `owner`, both "" where not given.

    Raises
    ------
    InputError
        If a step has no name or no date.

    Examples
    --------
    >>> table = pd.DataFrame({"initiative": ["New price list"], "date": ["2025-03-03"]})
    >>> read_steps(table)
           initiative     starts account_id owner
    0  New price list 2025-03-03
    """
    if initiatives is None:
        initiatives = pd.DataFrame(columns=["initiative", "date"])
    steps = pd.DataFrame(
        {
            "initiative": words_of(initiatives, "initiative"),
            "starts": pd.to_datetime(initiatives["date"]).dt.normalize().astype("datetime64[ns]"),
            "account_id": ids_of(initiatives),
            "owner": words_of(initiatives, "owner"),
        }
    )
    for column, what in (("initiative", "name"), ("starts", "date")):
        lacking = steps.index[(steps[column] == "") | steps[column].isna()]
        if len(lacking):
            raise InputError(f"initiatives, line {lacking[0] + 1}: a step needs a {what}")
    steps = steps.drop_duplicates(["initiative", "starts", "account_id"])
    return steps.sort_values("starts", kind="stable", ignore_index=True)


def concerned_accounts(steps: pd.DataFrame, accounts: Iterable[str]) -> pd.DataFrame:
    """Return each step once for every account that it concerns.

    Parameters
    ----------
    steps
        From `read_steps`.
    accounts
        The key accounts: a step without an account concerns them all. One that names an
        account concerns it, whether it is key or not.

    Returns
    -------
    (n_pairs, 5)
        As `steps`, with `number`: 1 for the first step of that name with
        the account, 2 for its repetition, and so on.

    Examples
    --------
    >>> table = pd.DataFrame({"initiative": ["Price list", "Tasting"], "account_id": [None, "B"],
    ...                       "date": ["2025-03-03", "2025-04-07"]})
    >>> concerned_accounts(read_steps(table), ["A", "B"])[["initiative", "account_id"]]
       initiative account_id
    0  Price list          A
    1  Price list          B
    2     Tasting          B
    """
    is_for_all = steps["account_id"] == ""
    keys = pd.DataFrame({"account_id": pd.Series(list(dict.fromkeys(accounts)), dtype="str")})
    for_all = steps[is_for_all].drop(columns="account_id").merge(keys, how="cross")
    named = steps[~is_for_all]
    pairs = pd.concat([named, for_all])[STEP_COLUMNS]
    pairs = pairs.drop_duplicates(["initiative", "starts", "account_id"])
    pairs = pairs.sort_values("starts", kind="stable", ignore_index=True)
    name = pairs["initiative"].str.casefold()
    pairs["number"] = pairs.groupby([name, pairs["account_id"]]).cumcount() + 1
    return pairs


def with_notice(
    pairs: pd.DataFrame, notices: pd.DataFrame | None, *, as_of: datetime.date
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return each pair with the first notice given of it, and the notices that fit none.

    A notice belongs to the step of its name that begins next, or to the last one where none
    begins any more; names are compared without regard to case and blanks. One without an
    account went to all.

    Parameters
    ----------
    pairs
        From `concerned_accounts`.
    notices
        As in `schema.NOTICES`; None where none was written down.
    as_of
        Last day that counts; notices dated later are left out, and are not in the second
        table either.

    Returns
    -------
    (n_pairs, 8), (n_unknown, 5)
        `pairs` with `given` (a day, missing where no notice was given), `how` and `by`; and
        of the notices that name no step of the account `initiative`, `account_id`, `given`,
        `how` and `by`.

    Examples
    --------
    >>> table = pd.DataFrame({"initiative": ["Price list"], "date": ["2025-03-03"]})
    >>> pairs = concerned_accounts(read_steps(table), ["A", "B"])
    >>> notices = pd.DataFrame({"account_id": ["A", "B"], "date": "2025-02-03",
    ...                         "initiative": ["price  list", "Prize list"]})
    >>> known, unknown = with_notice(pairs, notices, as_of=datetime.date(2025, 2, 10))
    >>> known["given"].notna().tolist(), unknown["initiative"].tolist()
    ([True, False], ['Prize list'])
    """
    log = _log(notices, as_of)
    ours = pairs.assign(pair=range(len(pairs)), key=pairs["initiative"].str.casefold())
    both = log.merge(ours[["pair", "key", "account_id", "starts"]], on="key", suffixes=("_to", ""))
    both = both[(both["account_id_to"] == "") | (both["account_id_to"] == both["account_id"])]
    unknown = log[~log["line"].isin(both["line"])]
    both = both.assign(has_begun=both["starts"] < both["given"],
                       apart=(both["starts"] - both["given"]).abs())  # fmt: skip
    both = both.sort_values(["has_begun", "apart"], kind="stable")
    both = both.drop_duplicates(["line", "account_id"]).sort_values("given", kind="stable")
    first = both.drop_duplicates("pair").set_index("pair")[GIVEN_COLUMNS]
    columns = ["initiative", "account_id", *GIVEN_COLUMNS]
    return (
        pairs.join(first.reindex(range(len(pairs))).set_axis(pairs.index)),
        unknown[columns].reset_index(drop=True),
    )


def words_of(table: pd.DataFrame, column: str) -> pd.Series:
    r"""Return a column of text on one line each, "" where it is blank or there is no such column.

    Examples
    --------
    >>> words_of(pd.DataFrame({"owner": [" head\n of  sales ", None]}), "owner").tolist()
    ['head of sales', '']
    """
    if column not in table:
        return pd.Series("", index=table.index, dtype="str")
    return table[column].map(one_line, na_action="ignore").fillna("").astype("str")


def ids_of(table: pd.DataFrame) -> pd.Series:
    """Return the account ids as they are, "" where one is blank or there is no such column.

    Examples
    --------
    >>> ids_of(pd.DataFrame({"account_id": ["A  1", " ", None]})).tolist()
    ['A  1', '', '']
    """
    if "account_id" not in table:
        return pd.Series("", index=table.index, dtype="str")
    ids = table["account_id"].fillna("").astype("str")
    return ids.where(ids.str.strip() != "", "")


def one_line(text: object) -> str:
    r"""Return a text on one line, without signs that cannot be shown.

    Examples
    --------
    >>> one_line("New\r\nprice\x00 list")
    'New price list'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())


def _log(notices: pd.DataFrame | None, as_of: datetime.date) -> pd.DataFrame:
    if notices is None:
        notices = pd.DataFrame(columns=["account_id", "initiative", "date"])
    given = pd.to_datetime(notices["date"]).dt.normalize().astype("datetime64[ns]")
    log = pd.DataFrame(
        {
            "initiative": words_of(notices, "initiative"),
            "account_id": ids_of(notices),
            "given": given,
            "how": words_of(notices, "how"),
            "by": words_of(notices, "by"),
            "line": range(len(notices)),
        }
    )
    log["key"] = log["initiative"].str.casefold()
    return log[log["given"] <= pd.Timestamp(as_of)]
