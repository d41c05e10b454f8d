"""Columns of kept tables that hold one of a few fixed words, and which words these are."""

from kamtools.planning.account_plan_changes import CHANGES as PLAN_CHANGES
from kamtools.planning.briefing_gate import MAY_GO_OUT, REFUSED
from kamtools.planning.briefing_rules import KINDS as GATE_KINDS
from kamtools.planning.calendar_words import AHEAD, GIVEN, LATE
from kamtools.planning.calendar_words import KINDS as CALENDAR_KINDS
from kamtools.planning.conditions import CONDITIONS
from kamtools.planning.power_decisions import DAYS as DECISION_DAYS
from kamtools.planning.relationship_map import NO_ROLE, ROLE_STATUSES
from kamtools.planning.relationship_words import SINGLE
from kamtools.planning.statements import DIMENSIONS
from kamtools.planning.structure import MODELS
from kamtools.planning.white_space_gaps import STATUSES as GAP_STATUSES
from kamtools.power.bargaining_range import RESULTS as BARGAINING_POINTS
from kamtools.power.dependence_flips import FACTS
from kamtools.power.dependence_inputs import BASES
from kamtools.power.measures import OPERATIONS, default_measures
from kamtools.power.network_inputs import ENDS
from kamtools.power.planner_comparison import WAYS
from kamtools.power.simulation_ladder import LADDER
from kamtools.power.zones import ZONES
from kamtools.role.allocation_ways import BEST, BY_SALES, EQUAL, TODAY
from kamtools.role.assumptions import ASSUMED, TIERS
from kamtools.role.competence_profile import COMPETENCES, GROUPS
from kamtools.role.expected_hours import LOGGED, MODELLED
from kamtools.role.raci_rules import MUST, SHOULD
from kamtools.role.workload import ASSUMPTIONS, TO_COME
from kamtools.selection.backtest_lists import METHOD_LABELS
from kamtools.selection.backtest_measures import MEASURE_LABELS
from kamtools.selection.backtest_table import BETTER, NO_DIFFERENCE, WORSE
from kamtools.selection.backtest_tally import ANY_LIST, NEWCOMERS
from kamtools.selection.criteria import CRITERIA
from kamtools.selection.gate_rules import STATUSES as GATE_STATUSES
from kamtools.selection.matrix import NOT_PLACED, POLICIES

MEASURES = tuple(default_measures()["label"])
_ZONES = tuple(ZONES)
_SIDES = ("supplier", "account")

VALUES: dict[str, tuple[str, ...]] = {
    "access": ("public", "own", "licensed"),
    "accounts": ("all",),
    "acts_on": FACTS,
    "basis": (*BASES, ASSUMED, "published"),
    "case": (*ENDS, "all"),
    "cell": (*POLICIES, NOT_PLACED),
    "change": (*PLAN_CHANGES, "equal weights", "topsis instead of weighted sum",
               "promethee instead of weighted sum", "equal importance",
               "lowest level anyone gave", "target one higher"),
    "competence": tuple(one.name for one in COMPETENCES),
    "fact": FACTS,
    "item": ("Sales of a year", "Rank by sales", "Share of our sales", "Growth on the year before",
             "Margin of a year", "Margin rate", "Profit after serving it", "Rank in the selection",
             "Cell of the portfolio matrix", "Share of its wallet", "Months it needs to replace us",
             "Months we need to replace it", "Power imbalance", "Mutual dependence",
             "Zone of the power map"),
    "gap": (SINGLE, *ROLE_STATUSES, NO_ROLE),
    "group": tuple(GROUPS),
    "kind": (*CALENDAR_KINDS, *GATE_KINDS, *DECISION_DAYS, "calendar", "contacts", "power"),
    "label": (*(one.label for one in CRITERIA), *DIMENSIONS.values(),
              *(one.label for one in CONDITIONS), *MEASURES),
    "dimension": tuple(DIMENSIONS.values()),
    "legal": ("clear", "counsel"),
    "Measure": MEASURES,
    "measure": (*MEASURE_LABELS, NEWCOMERS, "without_manager", "least_load", "highest_load",
                "outside_band", "over_capacity", "rival_pairs", "language_unmatched",
                "region_unmatched", "competence_met"),
    "method": (*METHOD_LABELS, ANY_LIST),
    "Operation": tuple(f"{number} {name}" for number, name in OPERATIONS.items()),
    "Numbers from": (ASSUMED,),
    "objective": ("max", "min"),
    "part": ("event", "meaning", "suggestion", "cooperation", "trade", "spend", "brand pull"),
    "called_for": MODELS,
    "carried": MODELS,
    "fits": MODELS,
    "point": BARGAINING_POINTS,
    "points_to": MODELS,
    "policy": tuple(POLICIES.values()),
    "rung": tuple(LADDER),
    "scope": ("account", "firm"),
    "section": ("position", "goal", "action", "risk"),
    "severity": (MUST, SHOULD),
    "step": ("Today", *MEASURES),
    "side": _SIDES,
    "source": (ASSUMED, ASSUMPTIONS, LOGGED, MODELLED, "invoices", "power", "relationship facts",
               "selection", "the user"),
    "status": (AHEAD, LATE, GIVEN, "draft", "checked", *GAP_STATUSES),
    "status_next": GATE_STATUSES,
    "tier": TIERS,
    "verdict": ("in", "argue about it", "out", MAY_GO_OUT, REFUSED, BETTER, WORSE,
                NO_DIFFERENCE),
    "way": (BEST, EQUAL, BY_SALES, TODAY, *WAYS.values(), "today", "by value",
            "by value per hour", "optimum"),
    "whose": ("account", "key account manager", "ledger", "relationship facts"),
    "work": (TO_COME,),
    "axis": ("Sales of the last 12 months", "Score"),
    "zone": _ZONES,
    "zone_after": _ZONES,
    "zone_before": _ZONES,
}  # fmt: skip
"""Column -> its words; those that people may write beside them stay as they are."""
