"""The part of the section on Iowa that asks whether imbalance comes before a loss."""

import pandas as pd
from scipy import stats

from benchmarks.network_numbers import (
    percent_number,
    plain,
    points,
    points_interval,
    signed,
    table,
)
from benchmarks.network_study import TEST_BASES, TEST_LARGER, TEST_LEAST, Study, heaviest
from kamtools.power.zones import PROPOSED
from kamtools.wording import listing, money, percent

OUTCOME_WORDS = {
    "change": "change of dollars, second to third year",
    "still_trading": "still trading in the third year",
}
PREDICTOR_WORDS = {"power_imbalance": "imbalance", "mutual_dependence": "mutual dependence"}

REGRESSION = (
    "**Why a year before.** A pair that happens to sell much in a year looks dependent in that "
    "year and falls back in the next, without any power at work (regression to the mean). In made "
    "data with nothing but such luck (`tests/power/test_network_loss.py`) imbalance of the same "
    "year goes with a loss, that of the year before with none. The rows “in the same year” are "
    "there to be distrusted. Imbalance is also made of the very sizes that are held equal, so the "
    "test only asks whether it tells more than they do. And a difference is no effect: who deals "
    "with whom was not drawn by lot, and “gone” is not always the buyer's decision: stores close, "
    "brands end."
)


def loss_section(found: Study) -> str:
    """Return the whole part in Markdown."""
    return "\n\n".join(
        [
            "### Does imbalance come before a loss?",
            _rules(),
            _outcome(found),
            loss_table(found.test),
            _few(found),
            groups_table(found.groups),
            _afterwards(found),
            afterwards_table(found),
            REGRESSION,
        ]
    )


def loss_table(test: pd.DataFrame) -> str:
    """Return what 0.10 more of imbalance and of mutual dependence goes with."""
    rows = [
        [
            OUTCOME_WORDS[row.outcome],
            PREDICTOR_WORDS[row.predictor],
            row.measured,
            points_interval(row.effect, row.low, row.high),
            f"{row.rows:,}",
            f"{row.suppliers} as {row.effective_suppliers:.1f}",
            f"{row.accounts} as {row.effective_accounts:.1f}",
        ]
        for row in test.itertuples(index=False)
    ]
    head = ["outcome", "0.10 more of", "measured", "difference, points (95 %)", "pair-years",
            "vendors count as", "buyers count as"]  # fmt: skip
    return table(head, rows, left=(0, 1, 2))


def groups_table(groups: pd.DataFrame) -> str:
    """Return what happened to pairs by how imbalanced they were, groups without any left out."""
    groups = groups[groups["pairs"] > 0]
    rows = [
        [
            f"{signed(max(span.left, -1))} to {signed(span.right)}",
            f"{row.pairs:,.0f}",
            points(row.change),
            percent_number(row.still_trading),
            percent_number(row.largest_supplier),
            percent_number(row.largest_account),
        ]
        for span, row in zip(groups.index, groups.itertuples(index=False), strict=True)
    ]
    head = ["imbalance in the first year", "pair-years", "mean change, points",
            "still trading in the third year, %", "of them with the commonest vendor, %",
            "with the commonest buyer, %"]  # fmt: skip
    return table(head, rows)


def afterwards_table(found: Study) -> str:
    """Return the test of imbalance for parts of the pairs."""
    labels = _part_labels(found)
    tests = found.afterwards.set_index(["part", "outcome"])
    rows = []
    for part in found.afterwards["part"].unique():
        change, stays = (tests.loc[(part, outcome)] for outcome in OUTCOME_WORDS)
        cells = [points_interval(one["effect"], one["low"], one["high"]) for one in (change, stays)]
        rows.append([labels[part], f"{change['rows']:,}", *cells])
    return table(["pairs", "pair-years", *(f"{word}, points" for word in OUTCOME_WORDS.values())],
                 rows)  # fmt: skip


def verdict(found: Study) -> str:
    """Say in one sentence what the test found."""
    row = _main(found, "change")
    if row["high"] < 0:
        return "More imbalance came before a loss of dollars."
    if row["low"] > 0:
        return "More imbalance came before a gain of dollars."
    return "No loss of dollars can be shown to follow imbalance, nor can it be ruled out."


def _rules() -> str:
    first, last = TEST_BASES
    return (
        "The rules were set before the outcome was looked at. First year: how imbalanced is the "
        f"pair ({first} to {last}; pairs of at least {money(TEST_LEAST, '$')} in that year; shops "
        "of makers and distributors left out)? Second to third year: change of dollars, "
        "200 (new − old) ÷ (new + old), in points, so that −200 is gone; and does the pair still "
        "trade? Held equal: logarithm of the pair's, the vendor's and the buyer's trade in the "
        "first year, and the year. Errors are clustered by vendor and by buyer. If dependence "
        "invites pressure, more imbalance should come before a loss: a negative difference."
    )


def _outcome(found: Study) -> str:
    change, stays = (_main(found, outcome) for outcome in OUTCOME_WORDS)
    naive = stats.t.ppf(0.975, min(change["suppliers"], change["accounts"]) - 1) * change["error"]
    effect = change["effect"]
    return (
        f"**Outcome: {verdict(found)}** With 0.10 more imbalance, change of dollars "
        f"{_effect(change)}, still trading {_effect(stays)}. The intervals are wide because "
        f"{change['suppliers']:.0f} vendors and {change['accounts']:.0f} buyers tell as much as "
        f"{change['effective_suppliers']:.1f} and {change['effective_accounts']:.1f} equal ones "
        "would: a few of them make most of the contrast. That was seen, and the intervals "
        "widened, only after the first look. Had every name counted alike, the first "
        f"interval would be {points(effect - naive)} to {points(effect + naive)}; where a few "
        "outweigh the rest, such intervals miss zero too often although nothing is at work "
        "(`tests/power/test_network_clusters.py` shows it)."
    )


def _few(found: Study) -> str:
    heavy = heaviest(found.panel)
    imbalance = found.panel["power_imbalance"]
    captive = found.panel[imbalance > PROPOSED.imbalance]
    other = found.panel[imbalance < -PROPOSED.imbalance]
    at_one = captive["account_id"].isin(heavy["account"]).mean()
    from_two = other["supplier"].isin(heavy["suppliers"]).mean()
    return (
        f"Of the {len(captive)} pair-years in which the vendor is captive, {percent(at_one)} are "
        f"with {heavy['account'][0]}; of the {len(other)} in which the buyer is, "
        f"{percent(from_two)} are with {listing([plain(name) for name in heavy['suppliers']])}. "
        "So even the whole trade of a State hardly tells being captive from being with "
        f"{heavy['account'][0]}. With nothing held equal:"
    )


def _afterwards(found: Study) -> str:
    change = found.afterwards[found.afterwards["outcome"] == "change"]["effect"]
    signs = "not even the sign stays" if change.min() < 0 < change.max() else "the sign stays"
    return (
        "In this table large pairs differ from small ones in everything, so it explains nothing. "
        f"Looked at afterwards, to see how firm the test is: {signs} when those that weigh most, "
        "or the smaller pairs, are left out."
    )


def _part_labels(found: Study) -> dict[str, str]:
    heavy = heaviest(found.panel)
    return {
        "all": "all, as above",
        "without_account": f"without {heavy['account'][0]}",
        "without_suppliers": f"without {listing([plain(name) for name in heavy['suppliers']])}",
        "larger": f"at least {money(TEST_LARGER, '$')} in the first year",
        "chains": "with chains only",
    }


def _main(found: Study, outcome: str) -> pd.Series:
    """Return the row of the test: imbalance, measured a year before."""
    tests = found.test.set_index(["outcome", "measured", "predictor"])
    return tests.loc[(outcome, "a year before", "power_imbalance")]


def _effect(row: pd.Series) -> str:
    return f"{points(row['effect'])} points ({points(row['low'])} to {points(row['high'])})"
