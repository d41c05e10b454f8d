"""An engagement without names, for training rooms.

`folder.pseudonymise` does it, `columns` says what becomes of each column, `disguise` what a key
makes of names, days and money; `names`, `terms` and `scrubbing` find names in free text, and
`leftovers` lists what still looks like one.

Pseudonymised is not anonymous. Whoever has the key and the original can tell every alias; whoever
knows the firm may know it again by the shape of its figures. Treat the result as confidential.
"""

from kamtools.pseudonyms.folder import Pseudonymised, pseudonymise
from kamtools.pseudonyms.words import describe

__all__ = ["Pseudonymised", "describe", "pseudonymise"]
