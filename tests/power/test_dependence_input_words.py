import pandas as pd

from kamtools.power.dependence_input_words import describe_inputs, describe_lacking


def test_what_is_measured_judged_and_assumed_is_counted():
    inputs = pd.DataFrame({"account_id": ["a", "a"], "basis": "measured", "whose": "ledger"})
    text = describe_inputs(inputs)
    assert text == "Of 2 inputs of 1 account 2 are measured. They come from: ledger (2)."


def test_no_inputs_are_said_to_be_none():
    assert describe_inputs(pd.DataFrame()) == "There are no dependence inputs."


def test_one_account_that_lacks_a_side_is_named():
    lacking = pd.DataFrame({"account_id": ["a"], "side": "account", "needs": "facts"})
    assert describe_lacking(lacking, names=pd.Series({"a": "浩瀚"})) == (
        "1 account has no inputs of the account side: 浩瀚. It needs facts. Nothing is filled in: "
        "until then they are not on the map."
    )


def test_many_that_lack_a_side_are_counted_after_the_first():
    lacking = pd.DataFrame({"account_id": [f"a{n}" for n in range(9)], "side": "account",
                            "needs": "facts"})  # fmt: skip
    assert "a0, a1, a2, a3, a4 and 4 more. They need facts." in describe_lacking(lacking)


def test_nothing_lacking_is_said():
    empty = pd.DataFrame({"account_id": [], "side": [], "needs": []})
    assert describe_lacking(empty) == "Both sides of every account have inputs."
