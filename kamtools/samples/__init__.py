"""Engagements to try things on: the sample company and public data sets.

`company` generates an invented firm with truths planted in it, `public` turns real public
sets into engagements, `locate` finds either by name, or a folder of one's own.
"""

from kamtools.samples.locating import locate

__all__ = ["locate"]
