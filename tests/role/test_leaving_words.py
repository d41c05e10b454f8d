import pandas as pd

from kamtools.role.leaving import leaving
from kamtools.role.leaving_words import describe_leaving


def test_words_count_what_has_nobody_and_name_it(division, threads):
    activities = division("Visit the buyers", deputy=None)
    text = describe_leaving(leaving("Li", activities, threads, also=["key account manager"]))
    assert text.startswith("If Li leaves tomorrow: ")
    assert "1 of 2 activities they do has nobody: Visit the buyers." in text
    assert "1 of 2 client contacts has nobody." in text
    assert "No account is cut off." in text


def test_words_name_accounts_as_people_call_them(threads):
    gone = leaving("Li", counterparts=threads.assign(person="Li"))
    text = describe_leaving(gone, pd.Series({"C1": "青禾超市", "C2": None}))
    assert "青禾超市 (3 of 3 client roles) and C2 (2 of 2 client roles)" in text
    assert "2 accounts are cut off." in text


def test_words_say_when_all_is_covered(division, threads):
    text = describe_leaving(
        leaving("planner", division(), threads.replace("planner", "planner; Li"))
    )
    assert "The 1 activity they do is covered, by a deputy." in text
    assert "The 1 client contact is known to others too." in text
    assert text.startswith("If the planner leaves tomorrow")


def test_only_some_of_many_are_named(threads):
    many = pd.DataFrame(
        {"account_id": [f"C{n}" for n in range(9)], "client_role": "buyer", "person": "Li"}
    )
    text = describe_leaving(leaving("Li", counterparts=many), most=2)
    assert "C0 (1 of 1 client roles), C1 (1 of 1 client roles) and 7 more" in text
