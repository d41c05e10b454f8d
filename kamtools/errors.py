"""What can go wrong for a reason a user can mend, told so that they can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 1_000
"""Characters of what was seen that a message repeats."""


class KamtoolsError(Exception):
    """Base of every error that is meant for a user's eyes; anything else is a bug."""


class RunError(KamtoolsError):
    """A run that was started and failed (exit code 1 on the command line)."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one place of one file.

    `row` counts as a spreadsheet does: the header is row 1. It is None where the
    fault is of a whole column or file. `count` is the number of rows with the same
    fault; `row` and `seen` are then those of the first.
    """

    file: str
    row: int | None
    column: str | None
    seen: str
    expected: str
    count: int = 1

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"{'key' if self.file.endswith('.toml') else 'column'} {self.column}")
        more = f" (and {self.count - 1:,} more rows like it)" if self.count > 1 else ""
        seen = f"{self.seen[:LONGEST]}..." if len(self.seen) > LONGEST else self.seen
        return f"{', '.join(place)}: saw {seen}; expected {self.expected}{more}"


class InputError(KamtoolsError):
    """Input that cannot be used (exit code 2 on the command line), with all its faults."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__("\n".join([message, *(f"  {fault}" for fault in faults)]))
        self.faults = tuple(faults)
