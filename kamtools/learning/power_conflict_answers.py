"""Answers of the exercises on conflict: offers elsewhere, patience, a stop of deliveries."""

import numpy as np
from scipy.optimize import brentq

from kamtools.learning.judging import Context
from kamtools.power.bargaining import nash_split, rubinstein_share, settle
from kamtools.power.stop import daily_losses

PIE, OFFER = 100.0, 20.0
PATIENCE, THEIR_PATIENCE = 0.90, 0.98
DAYS = 60


def settled_with_offer(context: Context) -> float:
    """Return what the supplier gets with a small offer elsewhere: an outside option."""
    return float(settle(PIE, supplier_outside=OFFER))


def offer_taken_as_income(context: Context) -> float:
    """Return what it would get if the offer were income while there is no agreement."""
    return float(nash_split(PIE, supplier_inside=OFFER, account_inside=0))


def share_of_the_impatient(context: Context) -> float:
    """Return the share of the supplier, who is the less patient and makes the first offer."""
    return float(rubinstein_share(supplier_patience=PATIENCE, account_patience=THEIR_PATIENCE))


def share_of_the_patient(context: Context) -> float:
    """Return the share that it would have with the two patiences exchanged."""
    return float(rubinstein_share(supplier_patience=THEIR_PATIENCE, account_patience=PATIENCE))


def turning_share(context: Context) -> float:
    """Return the share of switching shoppers from which the account loses more a day."""
    return _turning(context)


def turning_without_basket(context: Context) -> float:
    """Return that share if a shopper who leaves bought nothing else."""
    return _turning(context, basket=0.0)


def turning_without_substitutes(context: Context) -> float:
    """Return that share if nobody who stays took a substitute."""
    return _turning(context, substitute_share=0.0)


def assumed_share(context: Context) -> float:
    """Return the share that the table of assumptions has in its middle."""
    return float(context["assumed"]["switch_share"])


def _turning(context: Context, **changed: float) -> float:
    """Return where the losses of a day cross, the shelf of the account being empty."""
    middle = {**context["assumed"].astype(float), **changed}

    def account_loses_more(share: float) -> float:
        drawn = {name: np.array([value]) for name, value in middle.items()}
        drawn["switch_share"] = np.array([share])
        supplier, account = daily_losses(drawn, days=DAYS)
        return float(account[0, -1] - supplier[0, -1])

    return float(brentq(account_loses_more, 0.0, 1.0))
