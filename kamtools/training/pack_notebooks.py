"""The small notebooks of a pack that no repository holds: tests, game, progress."""

from collections.abc import Sequence

from kamtools.training.trainee_notebook import Notebook, code_cell, markdown_cell, new_notebook

TEST_TITLES = {"before": "What do you think now?", "after": "What do you think now, again?"}
_TEST_SAID = {
    "before": "Fifteen questions, before anybody explains anything. Nobody is marked by them: "
    "they show later what has changed.",
    "after": "Fifteen other questions on the same matters. Together with those of the beginning "
    "they show what has changed.",
}
HOW_TO_RUN = "Run the cell below: click into it, then press Shift and Enter."


def knowledge_notebook(form: str) -> Notebook:
    """Return the notebook of a knowledge test.

    Parameters
    ----------
    form
        "before" or "after".
    """
    return new_notebook([
        markdown_cell(f"# {TEST_TITLES[form]}\n\n{_TEST_SAID[form]}\n\n{HOW_TO_RUN}", name="about"),
        code_cell(
            f'from kamtools.learning import knowledge_test\n\nknowledge_test.show("{form}")',
            name="test",
        ),
    ])  # fmt: skip


def game_notebook(scenarios: Sequence[str]) -> Notebook:
    """Return the notebook of the balancing game, a cell for each of its scenarios."""
    about = (
        "# Twelve months of balance\n\n"
        "You are the supplier of a powerful account for twelve months. Predict, choose measures, "
        "play the month, read the signs. The same seed gives the same year; another seed gives "
        f"another account, market and luck.\n\n{HOW_TO_RUN}"
    )
    cells = [
        markdown_cell(about, name="about"),
        code_cell("seed: int = 4  # whole number; the same seed gives the same year",
                  name="parameters", labels=["parameters"]),
        code_cell("from kamtools.explorers.balancing_game import balancing_game", name="imports"),
    ]  # fmt: skip
    for number, scenario in enumerate(scenarios, start=1):
        title = scenario.replace("_", " ").capitalize()
        cells.append(markdown_cell(f"## {title}", name=f"scenario-{number}"))
        call = f'balancing_game("{scenario}", seed=seed)'
        cells.append(code_cell(call, name=f"game-{number}"))
    return new_notebook(cells)


def progress_notebook(course: str) -> Notebook:
    """Return the notebook that shows a learner what is done and what is open."""
    about = (
        f"# Your progress: {course}\n\n"
        "Answers, tries and hints are kept in the file `progress.sqlite` beside this notebook, "
        f"and nowhere else. {HOW_TO_RUN} Run it again whenever you like."
    )
    return new_notebook([
        markdown_cell(about, name="about"),
        code_cell(
            "from kamtools.learning.progress_page import progress_page\n\nprogress_page()",
            name="progress",
        ),
    ])  # fmt: skip
