"""The sections of the charter that speak of people and figures: measures, pay, competences."""

from collections.abc import Collection

import pandas as pd

from kamtools.errors import InputError
from kamtools.role.charter_accounts import ENTERED
from kamtools.role.charter_form import Line, Section
from kamtools.role.competence import competence_gaps
from kamtools.role.competence_profile import competence_targets
from kamtools.role.kpis import FIXED_SHARE, kpi_table, kpis_within_reach, pay_principles
from kamtools.wording import listing, percent

MOST_COMPETENCES = 6
"""Gaps that a charter names: an assumption; nobody works on more at a time."""


def kpis_section(files: Collection[str] | None = None) -> Section:
    """Return the measures of the role that the firm's tables can give.

    Parameters
    ----------
    files
        Names of the engagement's tables, such as "invoices". None if not told: then all.

    Examples
    --------
    >>> section = kpis_section({"invoices", "service"})
    >>> [line.cells[0] for line in section.lines]
    ['margin after service', 'value at risk', 'forecast error']
    >>> section.missing[1]
    'No figure yet for contact coverage: needs counterparts.'
    """
    table = kpi_table()
    lacks = kpis_within_reach(files or ())
    shown = table if files is None else table[lacks == ""]
    lines = [
        Line(
            (str(kpi), row["formula"], row["unit"],
             f"{'yes' if row['may_pay'] else 'no'}: {row['because']}"),
            f"measures of the role: {row['source']}",
        )
        for kpi, row in shown.iterrows()
    ]  # fmt: skip
    out = lacks[~lacks.index.isin(shown.index)]
    missing = [
        f"No figure yet for {listing(list(map(str, kpis.index)))}: {why}."
        for why, kpis in out.groupby(out, sort=False)
    ]
    return Section("kpis", tuple(lines), tuple(missing))


def pay_section(fixed_share: float | None = None) -> Section:
    """Return how the role is paid, as entered, beside what the field does and why.

    Parameters
    ----------
    fixed_share : 0-1
        Salary over target pay, as the firm entered it; None if it did not.

    Raises
    ------
    InputError
        If the share is not from 0 to 1.

    Examples
    --------
    >>> section = pay_section(0.6)
    >>> section.lines[0].cells
    ('Mix of this role', '60 % fixed, 40 % variable')
    >>> section.missing
    ('60 % fixed is outside the usual 75 % to 85 %: say why, or change it.',)
    """
    guidance = [
        Line((str(name), row["says"]), row["source"]) for name, row in pay_principles().iterrows()
    ]
    if fixed_share is None:
        return Section("pay", tuple(guidance), ("Not entered: the pay mix of this role.",))
    if not 0 <= fixed_share <= 1:
        raise InputError(f"fixed_share must be from 0 to 1; got {fixed_share!r}")
    mix = f"{percent(fixed_share)} fixed, {percent(1 - fixed_share)} variable"
    low, high = FIXED_SHARE
    missing = []
    if not low <= fixed_share <= high:
        usual = f"{percent(low)} to {percent(high)}"
        missing = [
            f"{percent(fixed_share)} fixed is outside the usual {usual}: say why, or change it."
        ]
    return Section("pay", (Line(("Mix of this role", mix), ENTERED), *guidance), tuple(missing))


def competences_section(
    levels: pd.DataFrame | None, *, targets: pd.DataFrame | None = None
) -> Section:
    """Return what the manager has to learn for the role, the widest gap first.

    Parameters
    ----------
    levels
        Of this manager, from `competence.competence_levels`; None if the firm has no
        competences.csv.
    targets
        From `competence_profile.competence_targets`, the default ones if None.

    Examples
    --------
    >>> from kamtools.role.competence import competence_levels
    >>> judged = pd.DataFrame({"manager_id": ["M1"] * 2, "competence": ["priorities"] * 2,
    ...                        "assessor": ["self", "manager"], "level": [4.0, 2.0]})
    >>> section = competences_section(competence_levels(judged))
    >>> section.lines[0].cells[1], section.lines[0].source
    ('2: Time goes to the largest or the loudest.', "competences.csv: the superior's judgement")
    >>> section.missing[0]
    'Own and superior judgement of priorities are far apart: talk about it first.'
    """
    wanted = competence_targets() if targets is None else targets
    judged = None if levels is None else levels[levels["level"].notna()]
    if judged is None or judged.empty:
        return Section("competences", (), ("No competence is judged: competences.csv.",))
    gaps = competence_gaps(judged, targets=wanted)
    by_superior = judged.set_index("competence")["manager"].notna()
    lines = [
        Line(
            (row["competence"], _level(row["level"], row["now"]),
             _level(row["target"], row["wanted"])),
            "competences.csv: "
            + ("the superior's" if by_superior[row["competence"]] else "one's own")
            + " judgement",
        )
        for row in gaps.head(MOST_COMPETENCES).to_dict("records")
    ]  # fmt: skip
    apart = listing(judged.loc[judged["talk"], "competence"].tolist())
    unjudged = wanted.index[~wanted.index.isin(judged["competence"])]
    missing = []
    if apart:
        missing.append(f"Own and superior judgement of {apart} are far apart: talk about it first.")
    if len(unjudged):
        missing.append(f"Nobody has judged {listing(list(map(str, unjudged)))}.")
    note = f"The widest {MOST_COMPETENCES} of {len(gaps)} gaps." if len(gaps) > len(lines) else ""
    if gaps.empty:
        note = "No gap: every level asked for and judged is reached."
    return Section("competences", tuple(lines), tuple(missing), note)


def _level(level: float, says: str) -> str:
    return f"{level:g}: {says}" if says else f"{level:g}"
