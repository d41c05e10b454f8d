import pandas as pd

from kamtools.role.responsibility import check_raci
from kamtools.role.responsibility_words import describe_violations


def test_words_of_a_sound_division_have_no_list(division, threads):
    text = describe_violations(check_raci(division(), counterparts=threads))
    assert text.startswith("Of the ten rules 0 are broken, 9 are kept and 1 could not be checked")
    assert "1." not in text


def test_words_tell_what_must_be_mended_first_and_how(division):
    activities = division("Plan volumes", escalation_days=None, accountable="")
    text = describe_violations(check_raci(activities), first=1)
    assert "1. Plan volumes: Nobody answers for it. Name the one person who does. (Rule 1)" in text
    assert "1 further one is in the table." in text
    assert "1 place must be mended and 1 should be." in text


def test_words_name_accounts_as_people_call_them(threads):
    findings = check_raci(None, counterparts=threads.replace("head of sales", None))
    text = describe_violations(findings, names=pd.Series({"C2": "青禾超市"}))
    assert (
        "owner: Nobody of us talks to this role at 1 of 1 account that has it. At 青禾超市." in text
    )


def test_accounts_beyond_a_few_are_counted():
    table = pd.DataFrame(
        {"account_id": [f"C{n}" for n in range(9)], "client_role": "buyer", "person": None}
    )
    text = describe_violations(check_raci(None, counterparts=table))
    assert "At C0, C1, C2 and 6 more." in text


def test_words_name_the_files_that_would_tell(division):
    text = describe_violations(check_raci(division()))
    assert "rules 5, 8; counterparts.csv and service.csv would tell." in text
