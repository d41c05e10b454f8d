"""A picture among widgets that has a name for those who do not see it."""

import ipywidgets
import traitlets


class NamedImage(ipywidgets.Image):
    """An image whose `tooltip` is its name, for screen readers and under the mouse.

    ipywidgets 8 has no `alt` for an image, and sets the tooltip of a widget only where the
    length of its description is known, which an `Image` does not have.
    """

    description = traitlets.Unicode("").tag(sync=True)
