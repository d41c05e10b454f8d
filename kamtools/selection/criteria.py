"""What counts in an account, from which table it comes, and which way it counts.

They follow the five characteristics of a key account (E17-E21), what an account leaves once
it is served (E13) and what the firm wants (E15, E16). To add one: an entry in `CRITERIA`
here, its numbers in `measurement`, a test of both.

The points are defaults, an assumption that each firm confirms or replaces. Five criteria
carry two thirds of them, as practitioners advise three to five and no long lists.

Scales
------
A criterion is measured in its own unit and then valued, so that equal steps of value are
steps that a manager feels as equal:

- `linear`: as measured, no further than the `anchors` where there are any. Beyond an anchor
  more is no longer better (or worse): one account with 90 % returns would otherwise push all
  others together at the good end.
- `log`: money. Amounts differ a thousandfold between accounts; on raw money one giant gets
  everything, all others next to nothing, and the criterion no longer tells the others apart.
  The value is log(1 + amount / typical), typical being the median of the positive amounts:
  each doubling is worth about the same. A loss is the bottom of the scale however deep it
  is: such an account is to be mended, not made key.
- `log_change`: growth, as log2 of this year over last, from halved (-1) to doubled (+1):
  beyond a doubling it is a start, not a growth rate, and says little of the years to come.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """One thing that makes an account more, or less, of a key account.

    Attributes
    ----------
    name
        Column in the table of criteria, and the word used in `weights`.
    label
        What a manager calls it; a noun that "high" or "low" can stand before.
    objective
        "max" if more is better, "min" if less is.
    source
        The file and column it needs.
    meaning
        What is measured, over which time, and how it differs from its neighbours.
    claim
        The claims of the essay that it puts to work.
    points
        Default weight before weights are brought to a sum of 1.
    scale, anchors
        How the measured number becomes a value; see the module.
    wording
        How the measured number is read out: {money}, {percent}, {change} or {number}.
    stands_in_for
        The criterion whose points it takes over where that one is not known.
    """

    name: str
    label: str
    objective: str
    source: str
    meaning: str
    claim: str
    points: float
    scale: str = "linear"
    anchors: tuple[float, float] | None = None
    wording: str = "{number}"
    stands_in_for: str | None = None


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "margin",
        "Profit after service",
        "max",
        "cost in invoices (and service for the cost of serving)",
        "Revenue less cost of the goods less cost of serving, over the last 12 months. Not "
        "every order brings profit: unlike sales it sees what the sales cost.",
        "E13",
        40,
        scale="log",
        wording="{money}",
    ),
    Criterion(
        "revenue",
        "Sales",
        "max",
        "invoices",
        "Net sales of the last 12 months: what is gone the day after the account leaves. "
        "Volume alone, which fills plants and lorries; hence far fewer points than profit.",
        "E14 E17",
        10,
        scale="log",
        wording="{money}",
        stands_in_for="margin",
    ),
    Criterion(
        "growth",
        "Growth",
        "max",
        "invoices of the 12 months before the last 12",
        "Sales of the last 12 months over those of the 12 before: a large share of sales in "
        "future, if not now. Counted from halved to doubled.",
        "E17",
        15,
        scale="log_change",
        anchors=(-0.5, 1.0),
        wording="{change} a year",
    ),
    Criterion(
        "trend",
        "Trend within the year",
        "max",
        "invoices",
        "Slope of the monthly sales of the last 12 months over their mean. Sees the turn of the "
        "last months, to which growth from year to year is blind; season blurs it.",
        "E17",
        5,
        anchors=(-0.1, 0.1),
        wording="{change} a month",
    ),
    Criterion(
        "regularity",
        "Regularity of orders",
        "max",
        "invoices",
        "Part of the last 12 months (or since its first order) in which it bought at all: "
        "whether it comes back, not how much it buys when it does.",
        "E19",
        5,
        wording="{percent} of months",
    ),
    Criterion(
        "volatility",
        "Volatility of sales",
        "min",
        "invoices",
        "Standard deviation of the monthly sales over their mean: how much the amounts jump, "
        "also for one who buys every month.",
        "E19",
        5,
        anchors=(0.0, 2.0),
        wording="±{percent} from month to month",
    ),
    Criterion(
        "returns_rate",
        "Returns",
        "min",
        "invoices with credit notes",
        "What was credited over what was invoiced in the last 12 months. The money is already "
        "gone from sales; this counts the trouble and the doubt that come with it.",
        "E13 E20",
        5,
        anchors=(0.0, 0.25),
        wording="{percent} of sales",
    ),
    Criterion(
        "headroom",
        "Headroom",
        "max",
        "share_of_wallet in relationship",
        "What the account buys from others in our categories over 12 months: sales × "
        "(1 − share of wallet) / share of wallet. Money that is there already, unlike growth.",
        "E19",
        10,
        scale="log",
        wording="{money} bought elsewhere",
    ),
    Criterion(
        "strategic_fit",
        "Strategic fit",
        "max",
        "goals in engagement.toml, or strategic_fit_rating in accounts",
        "How far it serves the firm's present goals (strategy, segment, whose customer it is), "
        "0-1; says nothing of its size, so that a channel with poor sales today can be key.",
        "E15 E16 E21",
        30,
        wording="{percent}",
    ),
    Criterion(
        "growth_potential",
        "Growth potential",
        "max",
        "growth_potential_rating in accounts",
        "Judgement from 1 to 5 of what the account itself will become, where growth and headroom "
        "only see what was.",
        "E17 E19",
        10,
        anchors=(1.0, 5.0),
        wording="{number} of 5",
    ),
    Criterion(
        "relationship",
        "Quality of the relationship",
        "max",
        "relationship_rating in accounts",
        "Judgement from 1 to 5 of trust and openness between the two firms, which figures of "
        "sales do not show.",
        "E19 E21",
        5,
        anchors=(1.0, 5.0),
        wording="{number} of 5",
    ),
    Criterion(
        "service_cost_rate",
        "Cost of service",
        "min",
        "cost (or hours and a cost per hour) in service",
        "Cost of serving over sales, last 12 months. Its money is already taken from profit; "
        "this counts the appetite for people's time, which is short whatever it costs.",
        "E13 E20",
        5,
        anchors=(0.0, 0.5),
        wording="{percent} of sales",
    ),
    Criterion(
        "bargaining_power",
        "Bargaining power",
        "min",
        "bargaining_power_rating in accounts",
        "Judgement from 1 to 5 of how hard it can press us. A mark of key accounts, but a cost "
        "and a risk: counted as a plus it would reward the accounts that hurt.",
        "E5 E20",
        5,
        anchors=(1.0, 5.0),
        wording="{number} of 5",
    ),
    Criterion(
        "hard_to_replace",
        "Time to replace it",
        "max",
        "months_to_replace_them in relationship",
        "Months until other accounts would have made up for it: what makes its loss hurt beyond "
        "its size. It says who needs care, not who is in the stronger place.",
        "E18",
        5,
        anchors=(0.0, 24.0),
        wording="{number} months",
    ),
)
