"""What became of each job of a batch, as values that go through pipes and into batch.json."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["ran", "unchanged", "failed", "stopped"]


@dataclass(frozen=True)
class Outcome:
    """What became of one job.

    Attributes
    ----------
    name
        The job's, which is also that of its report's folder.
    status
        `ran`: there is a new report. `unchanged`: the report that stands is of the same
        inputs, notebooks, parameters and program. `failed`: `message` says why. `stopped`:
        the batch was ended before this job was done.
    firm, as_of
        Name and day of the engagement, empty where its files could not be read.
    decisions
        (notebook, sentence), in order.
    notebook, cell, message
        Of a failure: the notebook's short name, the source of the cell, and what it said.
        The first two are empty where no cell failed.
    seconds
        How long the job took.
    """

    name: str
    status: Status
    firm: str = ""
    as_of: str = ""
    decisions: tuple[tuple[str, str], ...] = ()
    notebook: str = ""
    cell: str = ""
    message: str = ""
    seconds: float = 0.0


def as_plain(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as values that JSON can hold.

    Examples
    --------
    >>> from_plain(as_plain(Outcome("tea", "ran", decisions=(("role", "Hire two."),))))
    Outcome(name='tea', status='ran', firm='', as_of='', decisions=(('role', 'Hire two.'),),
    notebook='', cell='', message='', seconds=0.0)
    """
    return asdict(outcome) | {"decisions": [list(pair) for pair in outcome.decisions]}


def from_plain(plain: Mapping[str, Any]) -> Outcome:
    """Return the outcome that `as_plain` made such values of."""
    decisions = tuple((str(notebook), str(text)) for notebook, text in plain["decisions"])
    return Outcome(**{**plain, "decisions": decisions})
