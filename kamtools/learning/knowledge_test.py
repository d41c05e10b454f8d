"""The knowledge tests before and after a course: fifteen questions each, in two parallel forms.

`items` has the questions, `score` says what came of answers, `show` asks them in a notebook.
"""

from kamtools.learning.knowledge_items import FORMS, Form, items
from kamtools.learning.knowledge_scores import score
from kamtools.learning.knowledge_widget import KnowledgeTest

__all__ = ["FORMS", "items", "score", "show"]


def show(form: Form) -> KnowledgeTest:
    """Return a knowledge test, to be the last line of a cell.

    Answers can be changed until they are handed in; then the score is shown. Which answers were
    right is told, with lessons, once the test "after" is handed in, since the two forms ask for
    the same. In a trainee's pack the answers are recorded (`progress`), and the first that are
    handed in count. Where no widget can be shown it is the questions as text.

    Parameters
    ----------
    form
        "before" or "after".

    Raises
    ------
    InputError
        If there is no such form.

    Examples
    --------
    >>> test = show("before")
    >>> test.questions["before-01"].value = "a"
    >>> test.hand_in.click()
    >>> test.status.value
    '...14 questions are open...'
    """
    return KnowledgeTest(form)
