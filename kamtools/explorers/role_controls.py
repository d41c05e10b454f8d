"""The controls of the role explorer, and how they are laid out; they decide nothing."""

from dataclasses import dataclass

import ipywidgets
import pandas as pd

from kamtools.explorers.controls import STYLE, WIDE
from kamtools.explorers.role_case import FITS_ALL, NONE, Case, Settings, settings_at_start, team_at
from kamtools.explorers.selection_list import exact_points
from kamtools.explorers.selection_words import account_names

HOURS_STEP, SHARE_STEP = 20.0, 0.01
LEAST_SHARE = LEAST_BAND = 0.05
MOST_HIRES = 10
MOST_HOURS = 2600.0


@dataclass(frozen=True)
class RoleControls:
    """What can be moved.

    Attributes
    ----------
    hires, hire_like, leaver
        A number of managers, and dropdowns of managers.
    hours, share
        Sliders of the hours of a full-time manager and of the share for accounts.
    band
        A slider of how far loads may be from their share; None where that is no rule.
    new_account
        A dropdown of accounts that are not on the list; None where there is none.
    """

    hires: ipywidgets.BoundedIntText
    hire_like: ipywidgets.Dropdown
    leaver: ipywidgets.Dropdown
    hours: ipywidgets.FloatSlider
    share: ipywidgets.FloatSlider
    band: ipywidgets.FloatSlider | None
    new_account: ipywidgets.Dropdown | None

    def all(self) -> list[ipywidgets.Widget]:
        """Return all controls."""
        some = [one for one in (self.band, self.new_account) if one is not None]
        return [self.hires, self.hire_like, self.leaver, self.hours, self.share, *some]

    def read(self, start: Settings) -> Settings:
        """Return where the controls stand; what was not moved as exact as at the start."""
        band = start.balance
        if self.band is not None and band is not None:
            band = _exact(self.band, band)
        return Settings(
            hours_per_year=_exact(self.hours, start.hours_per_year),
            share_for_accounts=_exact(self.share, start.share_for_accounts),
            hires=self.hires.value,
            hire_like=self.hire_like.value,
            leaver=self.leaver.value,
            new_account=NONE if self.new_account is None else self.new_account.value,
            balance=band,
        )

    def write(self, settings: Settings) -> None:
        """Put the controls where the settings are."""
        self.hours.value = settings.hours_per_year
        self.share.value = settings.share_for_accounts
        self.hires.value, self.hire_like.value = settings.hires, settings.hire_like
        self.leaver.value = settings.leaver
        if self.band is not None:
            self.band.value = settings.balance
        if self.new_account is not None:
            self.new_account.value = settings.new_account


def make_role_controls(case: Case) -> RoleControls:
    """Return the controls for a case, each with a description.

    Parameters
    ----------
    case
        What is known; the controls are not yet put anywhere.
    """
    start = settings_at_start(case)
    team = [(name, one) for one, name in team_at(case, start)["name"].items()]
    new_account = None
    if len(case.candidates):
        new_account = ipywidgets.Dropdown(
            options=[("None", NONE), *_told_candidates(case.candidates, case.names)],
            description="New key account", **WIDE,
        )  # fmt: skip
    return RoleControls(
        hires=ipywidgets.BoundedIntText(
            value=0, min=0, max=MOST_HIRES, description="Managers to hire", **WIDE
        ),
        hire_like=ipywidgets.Dropdown(
            options=[("Match every account", FITS_ALL), *((f"Like {n}", one) for n, one in team)],
            description="Whoever is hired", **WIDE,
        ),
        leaver=ipywidgets.Dropdown(
            options=[("Nobody", NONE), *team], description="Manager who leaves", **WIDE
        ),
        hours=_slider("Hours a year of a full-time manager", start.hours_per_year / 2,
                      max(MOST_HOURS, start.hours_per_year), HOURS_STEP, ".0f"),
        share=_slider("Share of them for accounts", min(LEAST_SHARE, start.share_for_accounts),
                      1.0, SHARE_STEP, ".0%"),
        band=None if start.balance is None else _slider(
            "Loads may be from their share by ±", min(LEAST_BAND, start.balance),
            max(1.0, start.balance), SHARE_STEP, ".0%"),
        new_account=new_account,
    )  # fmt: skip


def role_controls_box(
    controls: RoleControls, buttons: list[ipywidgets.Button], status: ipywidgets.HTML
) -> ipywidgets.VBox:
    """Return the controls under one another, under headings of people, capacity and accounts."""
    rows: list[ipywidgets.Widget] = [ipywidgets.HTML(STYLE + _heading("People"))]
    rows += [controls.leaver, controls.hires, controls.hire_like]
    rows += [ipywidgets.HTML(_heading("Capacity")), controls.hours, controls.share]
    rows += [] if controls.band is None else [controls.band]
    if controls.new_account is not None:
        rows += [ipywidgets.HTML(_heading("Accounts")), controls.new_account]
    rows += [
        ipywidgets.HBox(buttons, layout={"margin": "8px 0 0", "flex_flow": "row wrap"}),
        status,
    ]
    box = ipywidgets.VBox(rows, layout={"flex": "1 1 340px", "max_width": "440px"})
    box.add_class("kam-controls")
    return box


def _told_candidates(candidates: pd.DataFrame, names: pd.Series) -> list[tuple[str, object]]:
    """Return each candidate's name with its hours, and its id where a name comes twice."""
    shown = account_names(candidates.index, names)
    is_double = shown.duplicated(keep=False)
    hours = candidates["hours"].astype(float)
    return [
        (f"{name} {account} ({taken:,.0f} h)" if double else f"{name} ({taken:,.0f} h)", account)
        for account, name, double, taken in zip(
            candidates.index, shown, is_double, hours, strict=True
        )
    ]


def _exact(slider: ipywidgets.FloatSlider, start: float) -> float:
    shown = pd.Series([slider.value])
    return float(exact_points(shown, pd.Series([start]), step=slider.step).iloc[0])


def _heading(text: str) -> str:
    return f'<b style="display:block;margin:6px 0 0">{text}</b>'


def _slider(
    description: str, least: float, most: float, step: float, readout: str
) -> ipywidgets.FloatSlider:
    """Return a slider that tells its value when it is let go: an answer takes a moment."""
    return ipywidgets.FloatSlider(
        value=most, min=least, max=most, step=step, readout_format=readout,
        description=description, tooltip=description, continuous_update=False, **WIDE,
    )  # fmt: skip
