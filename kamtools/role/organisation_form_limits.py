"""The forms of organisation for key accounts, and the assumed marks by which one is chosen.

The numbers are assumptions: no study was found that measures from where on a form pays. They
stand in one table that a firm reads, argues with and replaces.
"""

import pandas as pd

from kamtools.errors import InputError

FORMS = {
    "part-time": "key accounts beside other work in sales",
    "unit": "a key-account unit",
    "cross-functional": "a cross-functional team with an executive sponsor",
    "co-located": "a team that works at the client's place",
    "global": "a global team, one lead for all countries",
}
"""What each form is, the most loosely knit first."""

CONDITIONS = {
    "key_share": ("revenue share of key accounts", "share"),
    "largest_share": ("revenue share of the largest", "share"),
    "revenue_share": ("revenue share", "share"),
    "sites": ("sites", "number"),
    "countries": ("countries", "number"),
    "functions": ("functions involved", "number"),
    "joint_projects": ("joint projects", "number"),
    "people": ("people's full time", "number"),
}
"""What a manager calls each condition, and how it is read out."""

LIMIT_COLUMNS = ["level", "form", "condition", "at_least", "is_required", "because"]

_LIMITS = (
    ("firm", "unit", "key_share", 0.25, False, "a quarter of revenue is no side job (E10, E22)"),
    ("firm", "unit", "largest_share", 0.05, False, "its loss would be felt (E18)"),
    ("firm", "unit", "people", 1.0, False, "one person's full time, at least (E20)"),
    ("firm", "cross-functional", "functions", 3, True, "the work crosses functions (E23)"),
    ("firm", "cross-functional", "joint_projects", 3, False, "joint work needs a lead (E21)"),
    ("firm", "cross-functional", "key_share", 0.50, False, "half of revenue concerns all (E17)"),
    ("firm", "co-located", "largest_share", 0.30, True, "the firm lives by one client (E18)"),
    ("firm", "co-located", "functions", 4, False, "most functions work for it (E23)"),
    ("firm", "co-located", "joint_projects", 6, False, "daily joint work (E21)"),
    ("firm", "global", "countries", 3, True, "the client buys in several countries"),
    ("firm", "global", "key_share", 0.25, False, "a quarter of revenue (E17)"),
    ("firm", "global", "people", 2.0, False, "one lead, and somebody to lead"),
    (
        "account",
        "unit",
        "revenue_share",
        0.01,
        False,
        "a hundredth of revenue is noticed when lost",
    ),
    ("account", "unit", "functions", 2, False, "somebody must speak for all of us (E23)"),
    ("account", "unit", "people", 0.10, False, "half a day a week (E20)"),
    ("account", "cross-functional", "functions", 3, True, "a seller cannot speak for all (E23)"),
    ("account", "cross-functional", "revenue_share", 0.03, False, "worth a sponsor's time (E17)"),
    ("account", "cross-functional", "joint_projects", 2, False, "joint work needs a lead (E21)"),
    ("account", "co-located", "people", 1.0, True, "who moves there must be there all week"),
    ("account", "co-located", "revenue_share", 0.10, False, "a tenth of revenue (E18)"),
    ("account", "co-located", "functions", 4, False, "most functions work for it (E23)"),
    ("account", "co-located", "joint_projects", 3, False, "daily joint work (E21)"),
    ("account", "global", "countries", 3, True, "it buys in several countries"),
    ("account", "global", "sites", 10, False, "many sites need one who speaks for all"),
    ("account", "global", "revenue_share", 0.03, False, "worth the travel (E17)"),
)


def default_form_limits() -> pd.DataFrame:
    """Return the assumed marks of every form: to be read, argued with and replaced.

    Returns
    -------
    (n_marks, 6)
        `level` ("firm" or "account"), `form` (a key of `FORMS`), `condition` (a key of
        `CONDITIONS`), `at_least` (share 0-1, or a number), `is_required` (whether the form
        cannot do without it), `because`.

    Examples
    --------
    >>> limits = default_form_limits()
    >>> limits.loc[(limits.level == "account") & (limits.form == "co-located"), "at_least"].tolist()
    [1.0, 0.1, 4.0, 3.0]
    """
    return pd.DataFrame(_LIMITS, columns=LIMIT_COLUMNS).astype({"at_least": float})


def form_marks(level: str, limits: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the marks of one level, checked, the most loosely knit form first.

    Raises
    ------
    InputError
        If the limits lack a column, or name another form, condition or level, or a number
        below 0, or one mark twice.
    """
    table = default_form_limits() if limits is None else limits
    missing = [name for name in LIMIT_COLUMNS[:-1] if name not in table]
    if missing:
        raise InputError(
            f"limits: expected a column {missing[0]!r}; got {', '.join(map(str, table.columns))}"
        )
    marked = list(FORMS)[1:]
    for column, known in (("level", ["firm", "account"]), ("form", marked),
                          ("condition", list(CONDITIONS))):  # fmt: skip
        others = table.loc[~table[column].isin(known), column]
        if len(others):
            raise InputError(f"limits: no {column} {others.iloc[0]!r}; expected {', '.join(known)}")
    if not (table["at_least"] >= 0).all():
        raise InputError("limits: at_least must be a number of at least 0 in every row")
    if table.duplicated(["level", "form", "condition"]).any():
        raise InputError("limits: one form has the same condition twice")
    own = table[table["level"] == level]
    if own.empty:
        raise InputError(f"limits: none for the level {level!r}; expected firm or account")
    return own.sort_values("form", key=lambda form: form.map(marked.index), kind="stable")
