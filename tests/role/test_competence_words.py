import pandas as pd

from kamtools.role.competence import competence_gaps, competence_levels, team_gaps
from kamtools.role.competence_words import describe_gaps, describe_person, describe_trainings


def told(*rows, **options):
    judged = pd.DataFrame(rows, columns=["manager_id", "competence", "assessor", "level"])
    levels = competence_levels(judged)
    return describe_gaps(levels, competence_gaps(levels), team_gaps(levels), **options)


def test_words_say_that_nobody_is_judged():
    assert told().startswith("Nobody is judged: competences.csv is missing or blank.")


def test_team_that_has_what_is_asked_for_is_told_so():
    text = told(("M1", "negotiation", "manager", 4.0))
    assert "In the median the team has what the role asks for, as far as it is judged." in text
    assert "Nobody is below what the role asks for" in text
    assert "own word" not in text


def test_words_name_people_and_not_their_ids():
    text = told(("M1", "priorities", "manager", 2.0), names=pd.Series({"M1": "林知秋"}))
    assert "Most below what the role asks for is 林知秋 (1 competence, 2 levels)." in text


def test_words_say_to_talk_before_training():
    text = told(("M1", "priorities", "manager", 2.0), ("M1", "priorities", "self", 5.0))
    assert "Talk first, before anything is trained: M1 and their superior" in text


def test_words_count_what_rests_on_ones_own_word():
    text = told(("M1", "priorities", "self", 4.0), ("M1", "negotiation", "manager", 4.0))
    assert "1 of 2 levels rests on the person's own word only." in text


def test_person_is_told_what_is_seen_and_what_is_wanted():
    judged = pd.DataFrame(
        {"manager_id": ["M1"] * 2, "competence": ["priorities", "negotiation"],
         "assessor": ["manager"] * 2, "level": [2.0, 1.0]}
    )  # fmt: skip
    text = describe_person("M1", competence_gaps(competence_levels(judged)), first=1)
    assert "1. priorities (level 2, asked for 4). Now: Time goes to the largest" in text
    assert "1 more below what is asked for." in text


def test_words_say_who_could_take_an_account_and_after_which_training():
    table = pd.DataFrame(
        {"account_id": ["C1"] * 2, "manager_id": ["M1", "M2"],
         "training": ["none", "Mandarin +1"], "ask": ["negotiation", "none"]}
    )  # fmt: skip
    text = describe_trainings("C1", table, names=pd.Series({"C1": "Harbour", "M2": "Eva"}))
    assert text == (
        "Harbour could go to M1 as they are (level not known: negotiation), "
        "or to Eva after Mandarin +1."
    )


def test_account_whose_needs_are_not_known_is_told_so():
    table = pd.DataFrame(columns=["account_id", "manager_id", "training", "ask"])
    assert describe_trainings("C9", table) == "C9: what it calls for is not known."
