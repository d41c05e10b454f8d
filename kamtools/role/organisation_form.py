"""Who works for key accounts together: from a seller beside other work to a global team.

`kamtools.planning` asks how much of an organisation a firm needs at all; this asks how the
people are put together, for the firm and for each account, as one account may deserve a team
of its own [1]_. Every form above the first has marks, each a condition and a limit that it
must reach. A form fits where more than half of its marks hold, and every one that it cannot do
without. The limits are assumptions, in one table that a firm may replace. A condition that is
not known never counts as met; the forms that it could still call for are named.

References
----------
.. [1] Procter & Gamble put a customer team beside Walmart's head office in 1987, with people
   of several functions; Goldman, S. M., "Who's Who in Customer Teams at Walmart",
   docslib.org/doc/564631; adage.com, article 40167. The order of the forms is a proposal.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.organisation_form_limits import CONDITIONS, FORMS, form_marks
from kamtools.wording import listing


def classify_form(
    measured: pd.DataFrame, *, level: str, limits: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the form of organisation that fits each account, or the firm.

    Parameters
    ----------
    measured : (n, n_conditions)
        A column for each condition that is known, NaN where one is not; see
        `organisation_measures`.
    level : "firm" or "account"
        Which marks to look at.
    limits
        As `default_form_limits` returns, which it is where none is given.

    Returns
    -------
    (n, 3), index of `measured`
        `form` (a key of `FORMS`), `could_be` (the highest form above it that the conditions
        which are not known could still call for; missing if none), `unknown` (those
        conditions of `level` in words).

    Raises
    ------
    InputError
        If a value is negative, or the limits name another form, condition or level.

    Examples
    --------
    >>> measured = pd.DataFrame({"revenue_share": [0.15, 0.02], "functions": [5, 2],
    ...     "joint_projects": [4, 0], "people": [1.2, 0.1], "sites": [None, 1]}, index=["a", "b"])
    >>> classify_form(measured, level="account")[["form", "could_be"]]
             form could_be
    a  co-located   global
    b        unit      NaN
    """
    marks = form_marks(level, limits)
    values = _checked(measured, marks)
    forms = list(FORMS)
    best = np.zeros(len(values), dtype=int)
    open_to = np.zeros(len(values), dtype=int)
    for form, own in marks.groupby("form", sort=False):
        fits, is_open = _judged(values, own)
        number = forms.index(str(form))
        best = np.where(fits, np.maximum(best, number), best)
        open_to = np.where(is_open, np.maximum(open_to, number), open_to)
    names = pd.Series(forms)
    missing = values.isna()
    labels = np.array([CONDITIONS[str(name)][0] for name in values.columns])
    return pd.DataFrame(
        {
            "form": names.to_numpy()[best],
            "could_be": names.where(names != forms[0]).to_numpy()[
                np.where(open_to > best, open_to, 0)
            ],
            "unknown": [listing(list(labels[row])) for row in missing.to_numpy()],
        },
        index=measured.index,
    ).astype({"form": "str", "could_be": "str", "unknown": "str"})


def changes_to(
    values: pd.Series, form: str, *, level: str, limits: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the fewest and nearest changes of conditions that would make a form fit.

    Parameters
    ----------
    values : index condition
        Of one account or of the firm; NaN where not known.
    form
        A key of `FORMS`.
    level, limits
        As in `classify_form`.

    Returns
    -------
    (n_changes, 2), index condition
        `value` (NaN if not known) and `at_least`. Those that the form cannot do without come
        first, then the nearest. Empty if the form fits already. All of them together are needed.

    Raises
    ------
    InputError
        If there is no such form, or it has no marks at that level.

    Examples
    --------
    >>> values = pd.Series({"revenue_share": 0.02, "functions": 4, "people": 0.5})
    >>> changes_to(values, "cross-functional", level="account")
                      value  at_least
    condition
    revenue_share      0.02      0.03
    """
    marks = form_marks(level, limits)
    own = marks[marks["form"] == form].set_index("condition")
    if own.empty:
        with_marks = ", ".join(marks["form"].unique())
        raise InputError(f"no form {form!r} with marks for the {level}; there are: {with_marks}")
    value = _checked(values.to_frame().T, marks).iloc[0].reindex(own.index)
    holds = value >= own["at_least"]
    lacking = own.assign(value=value)[~holds]
    lacking = lacking.assign(far=1 - lacking["value"] / lacking["at_least"])
    # What the form cannot do without comes first; what is not known, last of each.
    lacking = lacking.sort_values(["is_required", "far"], ascending=[False, True], kind="stable")
    wanted = max(int(lacking["is_required"].sum()), _needed(len(own)) - int(holds.sum()))
    return lacking[["value", "at_least"]].head(wanted)


def _checked(measured: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Return the conditions that the marks look at, NaN where one was not measured."""
    values = measured.reindex(columns=marks["condition"].unique()).astype(float)
    is_negative = (values < 0).any()
    if is_negative.any():
        raise InputError(f"{is_negative.idxmax()} must be at least 0; got {values.min().min():g}")
    return values


def _judged(values: pd.DataFrame, own: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Say for each row whether the form fits, and whether it might if more were known."""
    of_form = values[own["condition"]].to_numpy()
    holds, unknown = of_form >= own["at_least"].to_numpy(), np.isnan(of_form)
    required = own["is_required"].to_numpy(dtype=bool)
    at_best = holds | unknown
    enough = holds.sum(axis=1) >= _needed(len(own))
    fits = holds[:, required].all(axis=1) & enough
    might = at_best[:, required].all(axis=1) & (at_best.sum(axis=1) >= _needed(len(own)))
    return fits, might & ~fits


def _needed(n_marks: int) -> int:
    """Return the least number that is more than half."""
    return n_marks // 2 + 1
