"""What becomes of each column of an engagement, in one table that a person can read through.

`HOW` explains the ways, `COLUMNS` gives one of them for each column of `schema.TABLES`, with the
reason where something is kept. A column that the schema does not name is left out; only where
a goal of the strategy rests on it, its texts become aliases.
"""

from kamtools.schema import RATING_SUFFIX

HOW = {
    "account": "an alias; where it names a chain, the chain's",
    "accounts": "a list of the same, separated by semicolons",
    "manager": "an alias",
    "invoice": "an alias",
    "chain": "an alias",
    "name": "an alias",
    "person": "an alias",
    "people": "names become aliases, words for a job stay; a list separated by semicolons",
    "company": "an alias",
    "product": "an alias, also where free text names it",
    "region": "an alias, also where free text names it",
    "label": "kept but for the names in it; different ones stay different",
    "labels": "a list of the same, separated by semicolons",
    "text": "free text: kept but for names, addresses, numbers of telephones and amounts",
    "date": "moved by the one shift",
    "money": "multiplied by the one factor",
    "kept": "as it is",
}

_RATIO = "a share, a rating or a span of time: the figures rest on it, and it names nobody"
_HOURS = "hours: the figures rest on them, and they name nobody"
_COUNT = "a count: the figures rest on it"
_CHOICE = "one of a few words of the toolkit"
_CODE = "a code of the toolkit, or the firm's own word for a kind of work"
_FREE = "written by people"
_OURS = "from the list of people and departments"

_ROWS = (
    ("invoices", "account_id", "account", "names a client"),
    ("invoices", "invoice_id", "invoice", "can be looked up in a client's books"),
    ("invoices", "date", "date", "can be looked up in a client's books"),
    ("invoices", "amount", "money", "can be looked up in a client's books"),
    ("invoices", "cost", "money", "the firm's secret"),
    ("invoices", "product", "product", "names brands, own labels, and so the firm"),
    ("invoices", "currency", "kept", "checked to be a code that rates knows"),
    ("accounts", "account_id", "account", "names a client"),
    ("accounts", "name", "name", "names a client"),
    ("accounts", "segment", "label", "a kind of client: the talk in the room rests on it"),
    ("accounts", "region", "region", "a place narrows down who it is"),
    ("accounts", "chain", "chain", "names a client"),
    ("accounts", "manager_id", "manager", "names a person"),
    ("accounts", "language", "label", "matched with what managers speak"),
    ("accounts", "sites", "kept", _COUNT),
    ("accounts", "decision_makers", "kept", _COUNT),
    ("accounts", "open_projects", "kept", _COUNT),
    ("accounts", "needs", "labels", "matched with what managers can"),
    ("accounts", "rivals", "accounts", "names clients"),
    ("accounts", ".*" + RATING_SUFFIX, "kept", _RATIO),
    ("service", "account_id", "account", "names a client"),
    ("service", "date", "date", "one shift for all days"),
    ("service", "activity", "label", _CODE),
    ("service", "hours", "kept", _HOURS),
    ("service", "cost", "money", "one factor for all money"),
    ("time_equations", "activity", "label", _CODE),
    ("time_equations", "driver", "kept", _CHOICE),
    ("time_equations", "hours", "kept", _HOURS),
    ("managers", "manager_id", "manager", "names a person"),
    ("managers", "name", "person", "names a person"),
    ("managers", "capacity_hours_per_month", "kept", _HOURS),
    ("managers", "region", "region", "as in accounts"),
    ("managers", "competences", "labels", "matched with what accounts need"),
    ("managers", "languages", "labels", "matched with what buyers speak"),
    ("relationship", "account_id", "account", "names a client"),
    ("relationship", "share_of_wallet", "kept", _RATIO),
    ("relationship", "alternatives", "kept", _COUNT),
    ("relationship", "months_to_replace_us", "kept", _RATIO),
    ("relationship", "months_to_replace_them", "kept", _RATIO),
    ("activities", "activity", "label", _CODE),
    ("activities", "function", "label", _OURS),
    ("activities", "responsible", "people", _OURS),
    ("activities", "accountable", "people", _OURS),
    ("activities", "consulted", "people", _OURS),
    ("activities", "informed", "people", _OURS),
    ("activities", "deputy", "people", _OURS),
    ("activities", "escalation_days", "kept", _RATIO),
    ("counterparts", "account_id", "account", "names a client"),
    ("counterparts", "client_role", "label", "a job, not a person"),
    ("counterparts", "function", "label", _OURS),
    ("counterparts", "person", "people", _OURS),
    ("counterparts", "name", "person", "names a person"),
    ("counterparts", "strength", "kept", _RATIO),
    ("counterparts", "last_contact", "date", "one shift for all days"),
    ("competences", "manager_id", "manager", "names a person"),
    ("competences", "competence", "label", "as in managers"),
    ("competences", "assessor", "kept", _CHOICE),
    ("competences", "level", "kept", _RATIO),
    ("competences", "evidence", "text", _FREE),
    ("workload_assumptions", "assumption", "label", _CODE),
    ("workload_assumptions", "value", "kept", _HOURS),
    ("workload_assumptions", "low", "kept", _HOURS),
    ("workload_assumptions", "high", "kept", _HOURS),
    ("workload_assumptions", "meaning", "text", _FREE),
    ("workload_assumptions", "source", "text", _FREE),
    ("market_events", "date", "date", "can be looked up in the press"),
    ("market_events", "competitor", "company", "names the trade, and so the firm"),
    ("market_events", "event", "text", _FREE),
    ("market_events", "source", "text", _FREE),
    ("market_events", "access", "kept", _CHOICE),
    ("market_events", "concerns", "labels", "products and regions in it become their aliases"),
    ("market_events", "meaning", "text", _FREE),
    ("market_events", "suggestion", "text", _FREE),
    ("market_events", "response", "text", _FREE),
    ("market_events", "language", "kept", _CHOICE),
    ("initiatives", "initiative", "label", "matched with notices"),
    ("initiatives", "date", "date", "one shift for all days"),
    ("initiatives", "account_id", "account", "names a client"),
    ("initiatives", "owner", "people", _OURS),
    ("notices", "account_id", "account", "names a client"),
    ("notices", "initiative", "label", "matched with initiatives"),
    ("notices", "date", "date", "one shift for all days"),
    ("notices", "how", "text", _FREE),
    ("notices", "by", "people", _OURS),
    ("strengths", "account_id", "account", "names a client"),
    ("strengths", "factor", "label", "what a client needs, in its words"),
    ("strengths", "weight", "kept", _RATIO),
    ("strengths", "us", "kept", _RATIO),
    ("strengths", "rival", "company", "names the trade, and so the firm"),
    ("strengths", "rating", "kept", _RATIO),
    ("readiness", "statement", "label", _CODE),
    ("readiness", "level", "kept", _RATIO),
    ("readiness", "respondent", "people", _OURS),
    ("readiness", "evidence", "text", _FREE),
    ("dependence", "account_id", "account", "names a client"),
    ("dependence", "side", "kept", _CHOICE),
    ("dependence", "part", "label", _CODE),
    *(("dependence", f"{name}{end}", "kept", _RATIO)
      for name in ("stake", "availability") for end in ("_low", "", "_high")),
    ("dependence", "whose", "people", _OURS),
    ("dependence", "source", "text", _FREE),
    ("dependence", "basis", "kept", _CHOICE),
    ("measures", "measure", "label", _CODE),
    ("measures", "label", "label", _FREE),
    ("measures", "operation", "kept", _CHOICE),
    ("measures", "scope", "kept", _CHOICE),
    ("measures", "side", "kept", _CHOICE),
    ("measures", "part", "label", _CODE),
    ("measures", "acts_on", "kept", _CHOICE),
    *(("measures", f"effect{end}", "kept", _RATIO) for end in ("_low", "", "_high")),
    *(("measures", f"cost{end}", "money", "one factor for all money")
      for end in ("_low", "", "_high")),
    ("measures", "months_to_work", "kept", _RATIO),
    ("measures", "needs", "labels", _CODE),
    ("measures", "excludes", "labels", _CODE),
    ("measures", "grade", "kept", _CHOICE),
    ("measures", "evidence", "text", _FREE),
    ("measures", "source", "text", _FREE),
    ("measures", "legal", "kept", _CHOICE),
    ("measures", "guard_rail", "text", _FREE),
    ("measures", "use", "kept", _CHOICE),
    ("rates", "currency", "kept", "the lines in it need its rate"),
    ("rates", "rate", "kept", "a ratio that stands in the newspaper"),
)  # fmt: skip

COLUMNS: dict[str, dict[str, str]] = {}
for _table, _column, _how, _ in _ROWS:
    COLUMNS.setdefault(_table, {})[_column] = _how
REASONS = {(table, column): why for table, column, _, why in _ROWS}

SETTINGS = {
    "name": "supplier", "currency": "kept", "as_of": "date", "language": "kept",
    "capacity.budget": "money", "capacity.cost_per_hour": "money",
    "capacity.hours_per_year": "kept", "capacity.key_account_hours": "kept",
    "capacity.headcount": "kept", "capacity.key_accounts": "kept", "power.corridor": "kept",
    "finance.fixed_costs": "money", "finance.cash": "money", "finance.debt": "money",
    "finance.avoidable_share": "kept", "finance.covenant": "kept", "quality.duplicates": "kept",
}  # fmt: skip
"""Keys of engagement.toml. Goals are told in `settings_file`; [files] is written anew."""


def how(table: str, column: str) -> str | None:
    """Return what becomes of a column, a key of `HOW`; None for one that the schema lacks.

    Examples
    --------
    >>> how("invoices", "amount"), how("accounts", "own_rating"), how("accounts", "VAT number")
    ('money', 'kept', None)
    """
    known = COLUMNS[table]
    is_rating = table == "accounts" and column.endswith(RATING_SUFFIX)
    return "kept" if is_rating else known.get(column)
