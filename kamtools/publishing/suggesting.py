"""What a refusal of an unknown name suggests instead."""

from collections.abc import Sequence
from difflib import get_close_matches


def suggestion(name: str, known: Sequence[str]) -> str:
    """Return the end of a refusal: the nearest known name, and all of them.

    Examples
    --------
    >>> suggestion("tpo", ["top", "seed"])
    'did you mean top? Known: seed, top'
    """
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    names = ", ".join(sorted(known)) or "none"
    return (f"did you mean {near[0]}? " if near else "") + f"Known: {names}"
