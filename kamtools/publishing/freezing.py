"""Weights into the decision log of an engagement, before any score is computed."""

from datetime import date
from pathlib import Path

from kamtools import ledger
from kamtools.decision_log import append_entry
from kamtools.engagement import load, roll_up
from kamtools.errors import InputError
from kamtools.planning.default_choice import firm_criteria
from kamtools.selection.freeze import KIND, FrozenWeights, freeze, log_content
from kamtools.selection.portfolio import eligible
from kamtools.selection.weights import parse_weights


def freeze_weights(
    folder: Path | str, weights_text: str, *, by: str, date: date, note: str = ""
) -> FrozenWeights:
    """Freeze weights for an engagement and return what was written to its decision log.

    The engagement is read to see which criteria its tables can tell; nothing is scored.

    Parameters
    ----------
    folder
        The engagement's; the log is kept in it.
    weights_text
        As the parameter `weights` of the selection notebook (`weights.parse_weights`).
    by
        Name of the person who settles them.
    date
        Day on which they are settled.
    note
        Why.

    Raises
    ------
    InputError
        If there is no such folder, the engagement cannot be used, the weights cannot be read
        or are of criteria that its tables do not tell, the name is blank, or as
        `decision_log.append_entry`.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"there is no engagement folder {str(folder)!r} to keep the log in")
    firm = roll_up(load(folder))
    candidates = eligible(ledger.scorecard(firm.invoices, as_of=firm.as_of))
    table = firm_criteria(firm, candidates)
    weights = parse_weights(weights_text, table.values.columns)
    frozen = freeze(weights, by=by, date=date, note=note)
    append_entry(folder, kind=KIND, by=frozen.by, date=date, content=log_content(frozen))
    return frozen
