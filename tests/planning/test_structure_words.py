from kamtools.planning.structure import fit_structure
from kamtools.planning.structure_words import describe_fit, describe_tipping

LARGE = {"top_share": 0.55, "largest_share": 0.25, "manager_years": 2.0, "functions": 5}
SMALL = {"top_share": 0.05, "largest_share": 0.01, "functions": 1}


def test_form_that_readiness_holds_back_is_told_with_both_scores(scores_at):
    fit = fit_structure(LARGE, scores_at(2))
    text = describe_fit(fit)
    assert text.startswith("Fits: one key-account manager. Of 4 known conditions 4 point to a dep")
    assert "readiness on the whole 2.0, choosing key accounts 2.0" in text
    assert "two or three accounts as a pilot" in text
    assert describe_tipping(fit).startswith(
        "It would be a department with readiness on the whole from 2.0 to 3 and choosing key"
    )


def test_form_that_readiness_carries_is_told_with_what_would_make_it_less(scores_at):
    fit = fit_structure(LARGE, scores_at(4))
    assert "Readiness carries it" in describe_fit(fit)
    text = describe_tipping(fit)
    assert text.startswith("It would be one key-account manager")
    assert "below" in text or "only if" in text


def test_firm_without_the_task_is_told_what_would_make_it_one(scores_at):
    fit = fit_structure(SMALL, scores_at(None))
    assert describe_fit(fit).startswith("Fits: no key-account management yet. Of 3 known")
    assert "Readiness" not in describe_fit(fit)
    assert describe_tipping(fit).startswith("It would be key accounts beside other work")


def test_unknown_readiness_is_told(scores_at):
    text = describe_fit(fit_structure(LARGE, scores_at(None)))
    assert "Readiness is not known, so this is what the firm needs" in text


def test_share_just_below_its_limit_is_not_rounded_onto_it(scores_at):
    fit = fit_structure({"largest_share": 0.0962}, scores_at(None))
    assert "from 9.6 % to 10 %" in describe_tipping(fit)


def test_many_changes_are_counted_and_not_listed(scores_at):
    many = {**LARGE, "regions": 9, "sites": 99}
    text = describe_tipping(fit_structure(many, scores_at(4)))
    assert text == "It would be one key-account manager only if 3 conditions changed."
