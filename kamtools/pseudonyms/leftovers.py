"""What in a scrubbed text still looks like a name, for a person to look at."""

import re
from collections import Counter
from collections.abc import Iterable

from kamtools.pseudonyms.names import JOBS
from kamtools.pseudonyms.terms import CALENDAR, CHINESE

PLAIN = JOBS | CALENDAR | {"english", "mandarin", "german", "french", "e-mail", "q1", "q2", "q3",
                           "q4", "amount", "name", "i", "we", "a"}  # fmt: skip
_WORD = re.compile(rf"[^\W\d_{CHINESE}][^\W_{CHINESE}]*(?:[-'’&.][^\W_{CHINESE}]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;\"“(]|\n)\W*$")
_CHINESE_NAME = re.compile(
    rf"[{CHINESE}](?:经理|总监|主任|老师|先生|女士|小姐|总)(?![{CHINESE}]*部)"
    rf"|[{CHINESE}]{{2,8}}(?:公司|集团|商行|贸易行|超市|便利店)"
)


def possible_names(texts: Iterable[str], aliases: Iterable[str]) -> Counter[str]:
    """Return the words that look like names and are no alias, with how often they stand.

    A word with a capital letter counts unless it begins a sentence, is a month, a weekday or a
    word for a job; of Chinese text, a sign before a title, and what ends like a firm's name.

    Examples
    --------
    >>> possible_names(["Asked Holmes of Account Bifono Tosanife in May."],
    ...                ["Account Bifono Tosanife"])
    Counter({'Holmes': 1})
    """
    ours = {word for alias in aliases for word in alias.split()}
    found: Counter[str] = Counter()
    for text in texts:
        for match in _WORD.finditer(text):
            word = match[0]
            if word[0].islower() or word in ours or word.casefold() in PLAIN:
                continue
            if not _SENTENCE_END.search(text[: match.start()]):
                found[word] += 1
        found.update(match[0] for match in _CHINESE_NAME.finditer(text))
    return found
