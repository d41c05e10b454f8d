"""What was done to an engagement, in words for the person who did it."""

from collections.abc import Mapping

from kamtools.pseudonyms.folder import Pseudonymised
from kamtools.wording import listing

SHOWN = 20
WARNING = (
    "Pseudonymised is not anonymous: the figures keep their shape, the shift of days can be "
    "guessed and the factor of amounts worked out from them. Who knows the firm may know it "
    "again. Read the texts, and give it on as you would a confidential file."
)
_PLURALS = {
    "supplier": "the firm", "chain": "chains", "account": "account ids", "name": "account names",
    "manager": "manager ids", "person": "persons", "company": "competitors",
    "product": "products", "region": "regions", "value": "values of the firm's own columns",
}  # fmt: skip


def describe(done: Pseudonymised) -> list[str]:
    """Return a sentence for each thing that was done, what is left to do last.

    It names what was left in the texts, so it is not for those who get the result.
    """
    aliases = listing([f"{_PLURALS[kind]} ({n:,})" for kind, n in done.aliases.items()])
    sentences = [f"{done.lines:,} invoice lines; aliases for {aliases}."]
    if done.replaced:
        sentences.append(f"Replaced in free text: {_counted(done.replaced)}.")
    if done.left_out:
        sentences.append(f"Columns left out, since nobody knows what they hold: "
                         f"{'; '.join(done.left_out)}.")  # fmt: skip
    if done.left_behind:
        sentences.append(f"Not read, so not in it: {', '.join(done.left_behind)}.")
    if done.short_ids:
        sentences.append(
            f"{done.short_ids:,} ids are numbers of fewer than five digits: free text was not "
            "searched for them."
        )
    if done.possible_names:
        first = sorted(done.possible_names, key=lambda word: (-done.possible_names[word], word))
        more = len(first) - SHOWN
        rest = f" and {more:,} more" if more > 0 else ""
        sentences.append(f"May be names still, please look: {', '.join(first[:SHOWN])}{rest}.")
    return [*sentences, WARNING]


def _counted(counts: Mapping[str, int]) -> str:
    return listing([f"{n:,} {what}" for what, n in counts.items()])
