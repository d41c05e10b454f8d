"""The balancing game: twelve months as the supplier of a powerful account."""

from pathlib import Path

from kamtools.errors import InputError
from kamtools.explorers.game_widget import BalancingGame
from kamtools.power.game_scenario import SHIPPED, Scenario, read_scenario, shipped_scenario


def balancing_game(scenario: str | Path = "powerful_distributor", *, seed: int) -> BalancingGame:
    """Return the game, to be the last line of a cell.

    Parameters
    ----------
    scenario
        Name of a shipped scenario ("powerful_distributor", "delisting_chain",
        "quiet_partner"), or path of a trainer's TOML file.
    seed
        A whole number of at least 0: which account, market and luck are met. The same seed
        gives the same year.

    Raises
    ------
    InputError
        If there is no such scenario or file, or with all that is wrong with it.

    Notes
    -----
    The same is played without a front end by `kamtools.power.game_play.play`.

    Examples
    --------
    >>> game = balancing_game("quiet_partner", seed=1)
    >>> game.controls.play.click()
    >>> len(game.game.history)
    1
    """
    return BalancingGame(open_scenario(scenario), seed=seed)


def open_scenario(scenario: str | Path) -> Scenario:
    """Return a shipped scenario by its name, or a trainer's by its path.

    Parameters
    ----------
    scenario
        As in `balancing_game`.

    Raises
    ------
    InputError
        If it cannot be found, read or played.

    Examples
    --------
    >>> open_scenario("delisting_chain").account
    'Brix stores'
    >>> open_scenario("mine.toml")
    Traceback (most recent call last):
    kamtools.errors.InputError: no scenario 'mine.toml': neither a file nor one of ...
    """
    if str(scenario) in SHIPPED:
        return shipped_scenario(str(scenario))
    path = Path(scenario)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"scenario {path} is not a text in UTF-8") from error
    except OSError as error:
        raise InputError(
            f"no scenario {str(scenario)!r}: neither a file nor one of {', '.join(SHIPPED)}"
        ) from error
    return read_scenario(text, name=str(scenario))
