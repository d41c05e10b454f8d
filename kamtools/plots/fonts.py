"""Texts that figures can draw: Chinese included, never a missing glyph, never too long.

Account names come from other people's files. Matplotlib draws a character only if one of
its fonts has it and warns otherwise, reads dollar signs as mathematics, and keeps a list of
fonts that may be older than the fonts themselves. What reaches a figure goes through here.
"""

import contextlib
import functools
import unicodedata
import warnings
from bisect import bisect_right
from itertools import accumulate

import pandas as pd
from matplotlib import font_manager

LATIN_FONT = "DejaVu Sans"
"""The font that matplotlib brings along, so that it is there on every machine."""

CJK_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "DengXian",
    "SimHei",
    "Noto Sans CJK TC",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)
"""Fonts with Chinese characters, the ones made for simplified characters first."""

BOX = "\u25a1"
"""What stands for a character that no font here has."""


@functools.cache
def find_cjk_font() -> str | None:
    """Return the name of an installed font with Chinese characters, None if there is none.

    Matplotlib's own list is asked first; where it knows none, the fonts on this machine are
    looked through again, because that list is kept from an earlier day.
    """
    return _first_listed() or (_list_new_fonts() and _first_listed()) or None


def font_families() -> list[str]:
    """Return the fonts of every figure, in the order in which a character is looked for.

    Examples
    --------
    >>> font_families()[0]
    'DejaVu Sans'
    """
    found = find_cjk_font()
    return [LATIN_FONT] if found is None else [LATIN_FONT, found]


def drawable(text: str, *, stand_in: str = "") -> str:
    r"""Return a text that the fonts here can draw, on one line.

    Characters without a glyph become boxes; where they are more than half of the text,
    `stand_in` is used if it can be drawn. When Chinese characters are among them, the
    package that would help is named in a warning, once.

    Parameters
    ----------
    text
        Any text; line breaks, tabs and invisible characters are taken out.
    stand_in
        What says the same in plain letters, such as an account's id.

    Examples
    --------
    >>> drawable("Café\n Noir")
    'Café Noir'
    >>> drawable("\U000f0000\U000f0001", stand_in="C017")
    'C017'
    >>> drawable("Bar \U000f0000")
    'Bar □'
    """
    line = _one_line(text)
    missing = {character for character in line if ord(character) not in _glyphs()}
    if not missing:
        return line
    if any(_is_cjk(character) for character in missing):
        _say_what_to_install()
    if stand_in and 2 * sum(character in missing for character in line) > len(line):
        return drawable(stand_in)
    return "".join(BOX if character in missing else character for character in line)


def shorten(text: str, width: int) -> str:
    """Return a text cut to `width` columns, in which a Chinese character takes two.

    Examples
    --------
    >>> shorten("Northern Harbour Provisions", 16)
    'Northern Harbou…'
    >>> shorten("浩瀚食品有限公司", 9)
    '浩瀚食品…'
    """
    ends = list(accumulate(_columns(character) for character in text))
    if not ends or ends[-1] <= width:
        return text
    return text[: bisect_right(ends, width - 1)].rstrip() + "…"


def figure_names(names: pd.Series, *, width: int = 24) -> pd.Series:
    """Return names as a figure shows them: drawable, short, and no two the same.

    Parameters
    ----------
    names
        Name by account_id; where missing or blank the id stands for it.
    width
        Columns that a name may take; a Chinese character takes two.

    Returns
    -------
    Series
        By the same index. Accounts whose short names would be the same carry their id.

    Examples
    --------
    >>> stores = {"C1": "Riverside Supermarket, East", "C2": "Riverside Supermarket, West"}
    >>> figure_names(pd.Series(stores | {"C3": None}), width=20).tolist()
    ['Riverside Superm… C1', 'Riverside Superm… C2', 'C3']
    """
    ids = names.index.astype(str).tolist()
    full = [
        drawable(_given(name) or account, stand_in=account)
        for account, name in zip(ids, names, strict=True)
    ]
    short = pd.Series([shorten(name, width) for name in full], index=names.index, dtype=str)
    is_double = short.duplicated(keep=False)
    if not is_double.any():
        return short
    marked = [_marked(name, account, width) for name, account in zip(full, ids, strict=True)]
    return short.mask(is_double, pd.Series(marked, index=short.index))


def _marked(name: str, account: str, width: int) -> str:
    mark = drawable(account)
    room = max(width - len(mark) - 1, 4)
    return mark if name == mark else f"{shorten(name, room)} {mark}"


def _given(name: object) -> str:
    return "" if pd.isna(name) else _one_line(str(name))  # type: ignore[call-overload]


def _one_line(text: str) -> str:
    shown = (c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf"})
    return " ".join("".join(shown).split())


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _is_cjk(character: str) -> bool:
    return unicodedata.name(character, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))


def _first_listed() -> str | None:
    listed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CJK_FONTS if name in listed), None)


def _list_new_fonts() -> bool:
    """Add the fonts that matplotlib's list does not hold yet; say whether there were any."""
    listed = {str(font.fname) for font in font_manager.fontManager.ttflist}
    new = [path for path in font_manager.findSystemFonts() if path not in listed]
    for path in sorted(new):
        # A font file that is damaged or has no outlines is of no use, and no fault of ours.
        with contextlib.suppress(OSError, RuntimeError, ValueError):
            font_manager.fontManager.addfont(path)
    return bool(new)


@functools.cache
def _glyphs() -> frozenset[int]:
    """Return the code points that at least one of our fonts can draw."""
    points: set[int] = set()
    for family in font_families():
        path = font_manager.findfont(font_manager.FontProperties(family=[family]))
        points.update(font_manager.get_font(path).get_charmap())
    return frozenset(points)


@functools.cache
def _say_what_to_install() -> None:
    warnings.warn(
        "Some names hold Chinese characters, and no font installed here has them, so figures "
        "show account ids or boxes instead. Install a font (Debian and Ubuntu: fonts-noto-cjk; "
        "Fedora: google-noto-sans-cjk-fonts) and start again.",
        stacklevel=4,
    )
