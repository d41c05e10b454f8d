"""Figures of the slides, drawn while they are built, all of the sample company."""

import base64
import io
from collections.abc import Callable
from functools import cache
from html import escape

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from kamtools import engagement as engagements
from kamtools import ledger
from kamtools.planning import readiness
from kamtools.planning.chosen import read_chosen, write_chosen
from kamtools.planning.default_choice import default_choice
from kamtools.planning.relationship_map import relationship_map
from kamtools.plots.alt_text import alt_text
from kamtools.plots.concentration import plot_pareto
from kamtools.plots.notice import plot_notice
from kamtools.plots.power_map import plot_power_map
from kamtools.plots.readiness import plot_readiness
from kamtools.plots.relationship_map import plot_relationships
from kamtools.plots.simulation_ladder import plot_simulation_ladder
from kamtools.power import dependence_assumptions, dependence_inputs
from kamtools.power.dependence import dependence_draws, power_table
from kamtools.power.simulation_assumptions import default_simulation_assumptions
from kamtools.power.simulation_ladder import simulate_ladder
from kamtools.power.simulation_notice import notice_curve
from kamtools.publishing.blocks import figure_alt
from kamtools.samples import locate
from kamtools.selection.concentration import pareto_curve

SEED = 1
YEARS = 10_000
CORRIDOR = (-0.15, 0.15)


@cache
def _firm() -> engagements.Engagement:
    return engagements.roll_up(engagements.load(locate("sample")))


@cache
def _scorecard() -> pd.DataFrame:
    return ledger.scorecard(_firm().invoices, as_of=_firm().as_of)


@cache
def _names() -> pd.Series:
    names = _firm().display_names().reindex(_scorecard().index)
    return names.fillna(_scorecard().index.to_series())


def _readiness() -> Axes:
    levels = readiness.statement_levels(_firm().readiness)
    return plot_readiness(readiness.dimension_scores(levels))


def _concentration() -> Axes:
    revenue = _scorecard().revenue
    return plot_pareto(pareto_curve(revenue[revenue > 0]), names=_names())


def _threads() -> Axes:
    gantry = _names().index[_names() == "Gantry Discount Centre"][0]
    seen = relationship_map(_firm().counterparts, gantry, as_of=_firm().as_of)
    shown = (seen.roles, seen.people, seen.links, seen.functions)
    return plot_relationships(*shown, name=_names()[gantry])


def _power_map() -> Axes:
    chosen = read_chosen(
        write_chosen(default_choice(_firm(), _scorecard()).cell), _scorecard().index
    )
    assumed = dependence_assumptions.default_dependence_assumptions()
    measured = dependence_inputs.measured_inputs(_scorecard(), _firm().relationship, assumed)
    joined = dependence_inputs.join_inputs(measured, _firm().dependence, assumptions=assumed)
    of_key = joined[joined.account_id.isin(chosen.index)]
    lacking = dependence_inputs.lacking_sides(of_key, chosen.index)
    inputs = of_key[~of_key.account_id.isin(lacking.account_id)].reset_index(drop=True)
    table = power_table(inputs, draws=10_000, seed=SEED)
    drawn = dependence_draws(inputs, draws=2_000, seed=SEED)
    return plot_power_map(table, names=_names(), draws=drawn, corridor=CORRIDOR)


def _ladder() -> Axes:
    story = default_simulation_assumptions()
    return plot_simulation_ladder(simulate_ladder(story, notice_days=21, years=YEARS, seed=SEED))


def _notice() -> Axes:
    story, days = default_simulation_assumptions(), range(5, 91, 5)
    return plot_notice(notice_curve(story, notice_days=days, years=YEARS, seed=SEED))


FIGURES: dict[str, tuple[Callable[[], Axes], str]] = {
    "readiness": (_readiness, "The five dimensions of the sample company's readiness"),
    "concentration": (_concentration, "Sales of the sample company added up from the largest"),
    "threads": (_threads, "Who at Gantry talks to whom at the sample company"),
    "power-map": (_power_map, "The sample company's key accounts on the power map"),
    "ladder": (_ladder, "What each rung of the essay's ladder brings in the model"),
    "notice": (_notice, "What notice of so many days brings in the model"),
}
"""Name -> how to draw it, and what it shows."""


@cache
def figure_html(name: str) -> str:
    """Return a figure as an image that stands in the page itself."""
    matplotlib.use("agg")
    draw, shows = FIGURES[name]
    figure = draw().figure
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=150, bbox_inches="tight")
    plt.close(figure)
    data = base64.b64encode(content.getvalue()).decode()
    alt = escape(figure_alt(shows, alt_text(figure)))
    return f'<img class="drawn" src="data:image/png;base64,{data}" alt="{alt}">'
