"""A scenario of the balancing game: a supplier, a powerful account, and a year of events.

A scenario is one TOML text, which a trainer can write. Its measures are those of
`measures.default_measures`, of which it may take some (`measures`) or replace numbers
(`own_measures`, rows as `measures.merge_measures` takes them).
"""

import copy
import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.power.game_assumptions import BASE, assumption_table
from kamtools.power.game_scenario_checks import check_scenario
from kamtools.power.measure_checks import check_measures
from kamtools.power.measures import default_measures, merge_measures

SHIPPED = ("powerful_distributor", "delisting_chain", "quiet_partner")
"""Names of the scenarios that come with the package."""


@dataclass(frozen=True, eq=False)
class Scenario:
    """A scenario that can be played.

    Attributes
    ----------
    name, title, supplier, account, story, currency
    pie : money a year that both earn from the trade
    supplier_share : of the pie, that the supplier gets today, 0-1
    budget : money for measures in the year
    corridor : low and high of the power imbalance, -1 to 1
    steps : months in which a step of the supplier's is ready
    counterpart : key of the measure that is asked for in return
    score : weights of margin, corridor and trust; their sum is 1
    inputs : dependence inputs as `dependence.power_table` takes them, of one account
    measures : as `measures.default_measures`, those on offer
    hidden : what the seed draws and hides: ranges, and the chance that the market tightens
    events : tables with kind, months, text and, for a launch, strength
    assumptions : index assumption; value, meaning, source
    """

    name: str
    title: str
    supplier: str
    account: str
    story: str
    currency: str
    pie: float
    supplier_share: float
    budget: float
    corridor: tuple[float, float]
    steps: tuple[int, ...]
    counterpart: str
    score: dict[str, float]
    inputs: pd.DataFrame
    measures: pd.DataFrame
    hidden: dict[str, Any]
    events: tuple[dict[str, Any], ...]
    assumptions: pd.DataFrame

    def assumed(self, name: str) -> float:
        """Return the value of an assumption."""
        return self.values[name]

    @cached_property
    def values(self) -> dict[str, float]:
        """The value of each assumption."""
        return {str(name): float(value) for name, value in self.assumptions["value"].items()}


def read_scenario(given: str | dict[str, Any], *, name: str = "scenario") -> Scenario:
    """Return a scenario from its TOML text, or from what such a text says.

    Parameters
    ----------
    given
        TOML, or the dictionary that it makes.
    name
        What it is called in messages, such as the name of its file.

    Raises
    ------
    InputError
        If the text is no TOML, or with all that is wrong: key, what was seen, what is expected.

    Examples
    --------
    >>> read_scenario("budget = 'much'")
    Traceback (most recent call last):
    kamtools.errors.InputError: the scenario cannot be played (...)
      ...
    """
    if isinstance(given, str):
        try:
            said = tomllib.loads(given)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{name} is not TOML: {error}") from error
    else:
        said = copy.deepcopy(given)
    measures = _measures(said, name)
    check_scenario(said, name=name, measures=tuple(measures["measure"].unique()))
    kept = [*said.get("measures", measures["measure"].unique()), said["counterpart"]]
    on_offer = measures[measures["measure"].isin(kept)].reset_index(drop=True)
    check_measures(on_offer)
    return Scenario(
        name=name,
        title=said["title"],
        supplier=said["supplier"],
        account=said["account"],
        story=said["story"],
        currency=said["currency"],
        pie=float(said["pie"]),
        supplier_share=float(said["supplier_share"]),
        budget=float(said["budget"]),
        corridor=(float(said["corridor"][0]), float(said["corridor"][1])),
        steps=tuple(sorted(said["steps"])),
        counterpart=said["counterpart"],
        score={key: float(value) for key, value in said["score"].items()},
        inputs=_inputs(said),
        measures=on_offer,
        hidden=said["hidden"],
        events=tuple(said.get("events", [])),
        assumptions=assumption_table(said.get("assumptions", {}), _base_assumptions()),
    )


def shipped_scenario(name: str) -> Scenario:
    """Return one of the scenarios that come with the package.

    Parameters
    ----------
    name
        One of `SHIPPED`.

    Raises
    ------
    InputError
        If there is no such scenario.

    Examples
    --------
    >>> shipped_scenario("powerful_distributor").account
    'Peihui'
    """
    return read_scenario(scenario_text(name), name=name)


def scenario_text(name: str) -> str:
    """Return the TOML text of a shipped scenario, for a trainer to copy and change.

    Examples
    --------
    >>> "[assumptions]" in scenario_text("quiet_partner")
    True
    """
    if name not in SHIPPED:
        raise InputError(f"no scenario {name!r}; there are {', '.join(SHIPPED)}")
    folder = files("kamtools.power").joinpath("game_scenarios")
    return folder.joinpath(f"{name}.toml").read_text(encoding="utf-8")


def _base_assumptions() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(scenario_text(BASE))["assumptions"]
    return table


def _measures(said: dict[str, Any], name: str) -> pd.DataFrame:
    own = said.get("own_measures")
    if own is None:
        return default_measures()
    if not isinstance(own, list) or not all(isinstance(row, dict) for row in own):
        raise InputError(f"{name}, key own_measures: expected tables, each with a measure")
    return merge_measures(pd.DataFrame(own))


def _inputs(said: dict[str, Any]) -> pd.DataFrame:
    """Return the dependence inputs as the rest of the room reads them."""
    rows = [
        {"account_id": said["account"], "side": row["side"], "part": row["part"]}
        | {
            f"{one}{level}": float(end)
            for one in ("stake", "availability")
            for level, end in zip(("_low", "", "_high"), row[one], strict=True)
        }
        for row in said["dependence"]
    ]
    return pd.DataFrame(rows).astype({"account_id": "str", "side": "str", "part": "str"})
