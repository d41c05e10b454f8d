"""Colours of letters that everybody can read: at least 4.5 to 1 against what is behind them.

The measure and its threshold for text of usual size are those of WCAG 2.1 [1]_. The colours of
Okabe and Ito are for areas and lines; as letters on white most of them are too light.

References
----------
.. [1] W3C, "Web Content Accessibility Guidelines (WCAG) 2.1", 2018, success criterion 1.4.3.
"""

import numpy as np
from matplotlib.colors import to_hex, to_rgb
from matplotlib.typing import ColorType

LEAST_CONTRAST = 4.5
PAPER, INK, BLACK = "#ffffff", "#1f2937", "#000000"
_STEP = 0.01


def contrast(one: ColorType, other: ColorType) -> float:
    """Return how far two colours stand apart, from 1 (the same) to 21 (black and white).

    Examples
    --------
    >>> contrast("black", "white")
    21.0
    >>> round(contrast("#777777", "white"), 2)
    4.48
    """
    darker, lighter = sorted(_luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def letters(colour: ColorType) -> str:
    """Return a colour darkened, in the same hue, as far as letters in it need on white.

    Examples
    --------
    >>> letters("#0072B2"), letters("#D55E00")
    ('#0072b2', '#c25600')
    """
    red, green, blue = to_rgb(colour)
    shades = (to_hex((red * part, green * part, blue * part)) for part in np.arange(1, 0, -_STEP))
    return next(shade for shade in shades if contrast(shade, PAPER) >= LEAST_CONTRAST)


def letters_on(background: ColorType) -> str:
    """Return the colour of letters on an area: our ink, white or, between the two, black.

    Examples
    --------
    >>> letters_on("#f3f4f6"), letters_on("#0072B2"), letters_on("#3a89bd")
    ('#1f2937', '#ffffff', '#000000')
    """
    inks = (INK, PAPER, BLACK)
    return next(ink for ink in inks if contrast(ink, background) >= LEAST_CONTRAST)


def _luminance(colour: ColorType) -> float:
    part = np.array(to_rgb(colour))
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])
