"""The form of organisation in words: which one, why, what would tip it, what is not known."""

import pandas as pd

from kamtools.role.organisation_form import changes_to, classify_form
from kamtools.role.organisation_form_limits import CONDITIONS, FORMS, form_marks
from kamtools.wording import listing, percent

MOST_NAMED = 5
"""Accounts that a sentence names; the others are counted."""


def form_reasons(
    values: pd.Series, form: str, *, level: str, limits: pd.DataFrame | None = None
) -> str:
    """Return in words which marks of a form hold, and from where on they do.

    Parameters
    ----------
    values : index condition
        Of one account or of the firm; NaN where not known.
    form
        A key of `FORMS`.
    level, limits
        As in `organisation_form.classify_form`.

    Examples
    --------
    >>> values = pd.Series({"key_share": 0.6, "functions": 5, "joint_projects": 1})
    >>> form_reasons(values, "cross-functional", level="firm")
    'functions involved 5 (3 is enough) and revenue share of key accounts 60 % (50 % is enough)'
    >>> form_reasons(values, "part-time", level="firm")
    'no other form has marks enough'
    """
    marks = form_marks(level, limits)
    own = marks[marks["form"] == form].set_index("condition")["at_least"]
    value = values.reindex(own.index).astype(float)
    holds = own[value >= own]
    reasons = [
        f"{CONDITIONS[str(name)][0]} {read_condition(str(name), value[str(name)])} "
        f"({read_condition(str(name), limit)} is enough)"
        for name, limit in holds.items()
    ]
    return listing(reasons) or "no other form has marks enough"


def describe_firm_form(
    firm: pd.DataFrame, *, n_accounts: int, limits: pd.DataFrame | None = None
) -> str:
    """Return in words which organisation fits the firm, why, and what would tip it.

    Parameters
    ----------
    firm : index condition
        `value` and `accounts_known`, from `organisation_measures.measure_firm`.
    n_accounts : number of key accounts
    limits
        As in `organisation_form.classify_form`.

    Examples
    --------
    >>> firm = pd.DataFrame.from_dict({"key_share": (0.26, 10), "largest_share": (0.12, 10),
    ...     "functions": (5.0, 10), "joint_projects": (2.0, 8)}, orient="index",
    ...     columns=["value", "accounts_known"])
    >>> print(describe_firm_form(firm, n_accounts=10))
    Fits: a key-account unit, for revenue share of key accounts 26 % (25 % is enough) and
    revenue share of the largest 12 % (5 % is enough). It would be a cross-functional team
    with an executive sponsor if joint projects went from 2 to 3. Not known: people's full
    time and countries; they could make it a global team, one lead for all countries. Known
    of fewer than the 10 accounts, so it may be more: joint projects (8).
    """
    values = firm["value"]
    fit = _classified(values, "firm", limits)
    form = str(fit["form"])
    sentences = [
        f"Fits: {FORMS[form]}, for {form_reasons(values, form, level='firm', limits=limits)}.",
        describe_next_form(values, form, level="firm", limits=limits),
        _not_known(fit),
        _known_of(firm, n_accounts),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def describe_next_form(
    values: pd.Series, form: str, *, level: str, limits: pd.DataFrame | None = None
) -> str:
    """Return in words what would tip it to the next form; nothing above the last.

    Parameters
    ----------
    values : index condition
    form
        The form that fits, a key of `FORMS`.
    level, limits
        As in `organisation_form.classify_form`.

    Examples
    --------
    >>> values = pd.Series({"revenue_share": 0.12, "functions": 5, "joint_projects": 1})
    >>> print(describe_next_form(values, "cross-functional", level="account"))
    It would be a team that works at the client's place if people's full time, not known
    today, reached 1.
    """
    following = [
        one for one in form_marks(level, limits)["form"].unique() if _place(one) > _place(form)
    ]
    if not following:
        return ""
    changes = changes_to(values, following[0], level=level, limits=limits)
    told = [
        _change(str(name), value, limit)
        for name, value, limit in zip(
            changes.index, changes["value"], changes["at_least"], strict=True
        )
    ]
    return f"It would be {FORMS[following[0]]} if {listing(told)}."


def describe_account_forms(
    forms: pd.DataFrame,
    measured: pd.DataFrame,
    *,
    firm_form: str,
    names: pd.Series | None = None,
    limits: pd.DataFrame | None = None,
) -> str:
    """Return in words which accounts call for more than the firm's own form, or for less.

    Parameters
    ----------
    forms : index account_id
        From `organisation_form.classify_form` with the level "account".
    measured : index account_id
        The conditions it was made from.
    firm_form
        The firm's form, a key of `FORMS`.
    names : index account_id
        What people call the accounts.
    limits
        As in `organisation_form.classify_form`.

    Examples
    --------
    >>> from kamtools.role.organisation_form import classify_form
    >>> measured = pd.DataFrame({"revenue_share": [0.15, 0.02], "functions": [5, 2],
    ...     "joint_projects": [1, 0], "people": [1.2, 0.1]}, index=["a", "b"])
    >>> forms = classify_form(measured, level="account")
    >>> print(describe_account_forms(forms, measured, firm_form="unit"))
    1 of 2 accounts calls for more than the firm's form. a: a team that works at the client's
    place, for people's full time 1.2 (1 is enough), revenue share 15 % (10 % is enough) and
    functions involved 5 (4 is enough).
    >>> print(describe_account_forms(forms, measured, firm_form="co-located"))
    No account of 2 calls for more than the firm's form. Less would do for 1: a key-account
    unit (1).
    """
    places = forms["form"].map(_place)
    above = forms[places > _place(firm_form)]
    less = _less(forms.loc[places < _place(firm_form), "form"])
    if above.empty:
        none = f"No account of {len(forms)} calls for more than the firm's form."
        return f"{none} {less}".strip()
    by_size = measured.loc[above.index, "revenue_share"].sort_values(ascending=False, kind="stable")
    verb = "calls" if len(above) == 1 else "call"
    sentences = [f"{len(above)} of {len(forms)} accounts {verb} for more than the firm's form."]
    for account in by_size.index[:MOST_NAMED]:
        form = str(forms.loc[account, "form"])
        why = form_reasons(measured.loc[account], form, level="account", limits=limits)
        name = account if names is None else names.get(account, account)
        sentences.append(f"{name}: {FORMS[form]}, for {why}.")
    if len(above) > MOST_NAMED:
        sentences.append(f"And {len(above) - MOST_NAMED} more.")
    return " ".join(sentences + [less] * bool(less))


def read_condition(condition: str, value: float) -> str:
    """Return a condition's value as a manager reads it.

    Examples
    --------
    >>> read_condition("revenue_share", 0.1), read_condition("people", 1.25)
    ('10 %', '1.2')
    """
    if CONDITIONS[condition][1] == "share":
        return percent(value)
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def _less(below: pd.Series) -> str:
    if below.empty:
        return ""
    counts = below.value_counts()
    told = [f"{FORMS[form]} ({counts[form]})" for form in FORMS if form in counts.index]
    return f"Less would do for {len(below)}: {listing(told)}."


def _classified(values: pd.Series, level: str, limits: pd.DataFrame | None) -> pd.Series:
    return classify_form(values.to_frame().T, level=level, limits=limits).iloc[0]


def _place(form: str) -> int:
    return list(FORMS).index(form)


def _change(condition: str, value: float, limit: float) -> str:
    label, wanted = CONDITIONS[condition][0], read_condition(condition, limit)
    if pd.isna(value):
        return f"{label}, not known today, reached {wanted}"
    before = read_condition(condition, value)
    if before == wanted:
        before = f"{100 * value:.2f} %" if CONDITIONS[condition][1] == "share" else f"{value:.2f}"
    return f"{label} went from {before} to {wanted}"


def _not_known(fit: pd.Series) -> str:
    if not fit["unknown"]:
        return ""
    could = fit["could_be"]
    more = "" if pd.isna(could) else f"; they could make it {FORMS[str(could)]}"
    return f"Not known: {fit['unknown']}{more}."


def _known_of(firm: pd.DataFrame, n_accounts: int) -> str:
    partly = firm[(firm["accounts_known"] < n_accounts) & firm["value"].notna()]
    told = [
        f"{CONDITIONS[str(row.Index)][0]} ({row.accounts_known})" for row in partly.itertuples()
    ]
    if not told:
        return ""
    return f"Known of fewer than the {n_accounts} accounts, so it may be more: {listing(told)}."
