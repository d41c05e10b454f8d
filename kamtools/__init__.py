"""Key account management that can be computed, practised and tested.

Rooms, from the ground up: `schema` (the tables of an engagement), `engagement` and
`ledger` (a folder of files becomes validated tables, invoice lines become a scorecard),
`selection` (which accounts are key), `plots`, `explorers`, `publishing`, `cli`.
"""

__version__ = "0.1.0"
