"""For each account and each combination of the firm's measures: the cheapest own measures."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.power.planner_rules import PlanRules
from kamtools.power.planner_search import reaches, weigh_sets
from kamtools.power.planner_sets import bits, members


@dataclass(frozen=True)
class Solved:
    """Which combination of the firm's measures, and which accounts are brought in.

    Attributes
    ----------
    firm : row of the combination in `Options.firm_codes`
    is_reached : (n_accounts,) bool
    cost : money a year, of everything
    weight : of the accounts that are brought in
    """

    firm: int
    is_reached: np.ndarray
    cost: float
    weight: float


@dataclass(frozen=True)
class Options:
    """What each account could do under each combination of the firm's measures.

    Attributes
    ----------
    accounts : (n_accounts,)
    listed : measures in the order of the sets' bits
    firm_codes : (n_firm,) sets of the firm's measures
    firm_cost : (n_firm,)
    least_code, least_cost, least_probability : (n_accounts, n_firm)
        The cheapest own measures: none, unless some must be included.
    reach_code, reach_cost, reach_probability : (n_accounts, n_firm)
        The cheapest that reach the probability; cost infinite where none do.
    """

    accounts: list[str]
    listed: pd.DataFrame
    firm_codes: np.ndarray
    firm_cost: np.ndarray
    least_code: np.ndarray
    least_cost: np.ndarray
    least_probability: np.ndarray
    reach_code: np.ndarray
    reach_cost: np.ndarray
    reach_probability: np.ndarray

    def firm_names(self, firm: int) -> list[str]:
        """Return the firm's measures in a combination."""
        return members(int(self.firm_codes[firm]), self.listed)

    def own_names(self, place: int, firm: int, is_reached: bool) -> list[str]:
        """Return an account's own measures under a combination."""
        codes = self.reach_code if is_reached else self.least_code
        return members(int(codes[place, firm]), self.listed)

    def cost_of(self, solved: Solved) -> np.ndarray:
        """Return what each account's own measures cost in a solution."""
        return np.where(
            solved.is_reached, self.reach_cost[:, solved.firm], self.least_cost[:, solved.firm]
        )

    def probability_of(self, solved: Solved) -> np.ndarray:
        """Return the probability that each account reaches in a solution."""
        return np.where(
            solved.is_reached,
            self.reach_probability[:, solved.firm],
            self.least_probability[:, solved.firm],
        )

    def names_of(self, solved: Solved) -> list[str]:
        """Return each account's own measures in a solution, separated by semicolons."""
        return [
            "; ".join(self.own_names(place, solved.firm, is_in))
            for place, is_in in enumerate(solved.is_reached)
        ]


def account_options(
    inputs: pd.DataFrame,
    measures: pd.DataFrame,
    listed: pd.DataFrame,
    rules: PlanRules,
    *,
    seed: int,
    draws: int,
) -> Options:
    """Return the options of every account.

    Parameters
    ----------
    inputs, measures, rules, seed, draws
        As in `planner_portfolio.plan_portfolio`.
    listed
        The rows of `measures.measure_list` that may be chosen.

    Raises
    ------
    InputError
        As `planner_search.weigh_sets`.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures, measure_list
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.7, 0.45],
    ...                        "availability": [0.25, 0.6]})
    >>> for name in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[name] = inputs[name.rsplit("_", 1)[0]]
    >>> listed = measure_list(default_measures()).loc[["diversification", "coalition"]]
    >>> options = account_options(inputs, default_measures(), listed, PlanRules((-0.2, 0.2)),
    ...                           seed=1, draws=200)
    >>> [options.firm_names(firm) for firm in range(2)], options.reach_cost.tolist()
    ([[], ['diversification']], [[inf, 25000.0]])
    """
    is_firm = (listed["scope"] == "firm").to_numpy()
    firm_mask = int((1 << np.flatnonzero(is_firm)).sum())
    accounts = [str(name) for name in inputs["account_id"].drop_duplicates()]
    found = []
    for account in accounts:
        own = inputs[inputs["account_id"] == account]
        sets = weigh_sets(own, measures, listed, rules, account_id=account, seed=seed, draws=draws)
        firm = sets["code"].to_numpy() & firm_mask
        own_code = sets["code"].to_numpy() - firm
        own_cost = bits(own_code, len(listed)) @ listed[rules.cost].to_numpy(dtype=float)
        table = sets.assign(firm=firm, own=own_code, cost=own_cost, is_good=reaches(sets, rules))
        table = table.sort_values(["cost", "probability", "size"], ascending=[True, False, True],
                                  kind="stable")  # fmt: skip
        least = table.drop_duplicates("firm").set_index("firm").sort_index()
        reach = table[table["is_good"]].drop_duplicates("firm").set_index("firm")
        found.append((least, reach.reindex(least.index)))
    firm_codes = found[0][0].index.to_numpy()

    def stacked(which: int, column: str, blank: float) -> np.ndarray:
        return np.vstack([pair[which][column].fillna(blank).to_numpy() for pair in found])

    return Options(
        accounts=accounts,
        listed=listed,
        firm_codes=firm_codes,
        firm_cost=bits(firm_codes, len(listed)) @ listed[rules.cost].to_numpy(dtype=float),
        least_code=stacked(0, "own", 0),
        least_cost=stacked(0, "cost", 0.0),
        least_probability=stacked(0, "probability", 0.0),
        reach_code=stacked(1, "own", 0),
        reach_cost=stacked(1, "cost", np.inf),
        reach_probability=stacked(1, "probability", 0.0),
    )
