"""The pages of the app: what each is called, for whom it is, how long it takes, what it runs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import nbformat

from kamtools.learning.case_list import list_cases
from kamtools.publishing.catalogue import notebooks_folder
from kamtools.training.trainee_notebook import read_notebook, source

_MINUTES = re.compile(r"Time needed: (\d+) minutes")
_FROM_SHOWN = "from kamtools.training import app_shown"
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


@dataclass(frozen=True)
class Page:
    """A page that has a kernel.

    Attributes
    ----------
    key
        Its address, without the first stroke.
    group
        Heading under which the start page lists it.
    title, about
    minutes
        That it takes, about.
    audience
        For whom it is.
    code
        What its kernel runs; the value of the last line is shown.
    missing
        Why it cannot be opened, as the engagement lacks something; empty where it can.
    """

    key: str
    group: str
    title: str
    about: str
    minutes: int
    audience: str
    code: str
    missing: str = ""


TRY, DECIDE, PRACTISE, TEST = "Try it out", "Decide a case", "Practise", "Test yourself"


def list_pages(*, firm: str, no_list: str = "", no_role: str = "") -> list[Page]:
    """Return all pages, in the order of the start page.

    Parameters
    ----------
    firm
        Name of the company that the explorers are about.
    no_list, no_role
        Why there is no such explorer for it; empty where there is one.
    """
    return [*_explorers(firm, no_list, no_role), *_cases(), *_exercises(), *_tests()]


def page_notebook(page: Page) -> nbformat.NotebookNode:
    """Return the notebook that Voilà runs for a page: one cell."""
    return nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(page.code, id="page")],
        metadata={"kernelspec": _KERNEL, "title": page.title},
    )


def grouped(pages: Sequence[Page]) -> list[tuple[str, list[Page]]]:
    """Return pages under their headings, both in the order given."""
    headings = dict.fromkeys(page.group for page in pages)
    return [(head, [page for page in pages if page.group == head]) for head in headings]


def _explorers(firm: str, no_list: str, no_role: str) -> list[Page]:
    return [
        Page(
            "key-accounts", TRY, "Which accounts are key?",
            f"Move weights, goals and hours of {firm}; the list follows at once.", 15,
            "Who chooses accounts", f"{_FROM_SHOWN}\napp_shown.show_list()", no_list,
        ),
        Page(
            "managers", TRY, "Who looks after them?",
            f"Let a manager of {firm} leave or a key account come; see who takes over what.", 15,
            "Who leads managers", f"{_FROM_SHOWN}\napp_shown.show_role()", no_role,
        ),
        Page(
            "game", TRY, "The balancing game",
            "Twelve months as the supplier of a powerful account, in one of three scenarios.", 30,
            "Who looks after accounts", f"{_FROM_SHOWN}\napp_shown.show_game()",
        ),
    ]  # fmt: skip


def _cases() -> list[Page]:
    return [
        Page(
            f"case-{case['name']}", DECIDE, str(case["title"]), str(case["question"]),
            int(case["minutes"]), "Everybody",
            f"{_FROM_SHOWN}\napp_shown.show_case({case['name']!r})",
        )
        for case in list_cases().to_dict("records")
    ]  # fmt: skip


def _exercises() -> list[Page]:
    pages = []
    for file in sorted((notebooks_folder() / "exercises").glob("*.ipynb")):
        first = source(read_notebook(file)["cells"][0])
        title = first.splitlines()[0].removeprefix("# ")
        minutes = _MINUTES.search(first)
        pages.append(
            Page(
                f"exercises-{file.stem.partition('_')[2]}", PRACTISE,
                title, "They check themselves, and have hints.",
                int(minutes[1]) if minutes else 30, "Who has read the chapter",
                f"{_FROM_SHOWN}\napp_shown.show_exercises({str(file)!r})",
            )
        )  # fmt: skip
    return pages


def _tests() -> list[Page]:
    about = {"before": "Fifteen questions, before a course.", "after": "Fifteen others, after it."}
    return [
        Page(
            f"test-{form}", TEST, f"What do you know {form}?", said, 15, "Participants",
            f"from kamtools.learning import knowledge_test\nknowledge_test.show({form!r})",
        )
        for form, said in about.items()
    ]  # fmt: skip
