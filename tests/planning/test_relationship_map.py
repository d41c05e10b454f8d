import datetime
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools import engagement
from kamtools.errors import InputError
from kamtools.planning.relationship_map import relationship_map
from kamtools.planning.relationship_threads import independent_threads
from kamtools.planning.relationship_words import describe_relationships, relationship_gaps
from kamtools.samples import locate
from kamtools.samples.company import SEED
from kamtools.samples.company_flaws import planted_flaws

AS_OF = datetime.date(2024, 12, 31)


def table_of(*rows):
    """Return counterparts of C1 from (role, function, person[, strength[, last contact]])."""
    columns = ["client_role", "function", "person", "strength", "last_contact"]
    full = [(*row, *(None,) * (5 - len(row))) for row in rows]
    table = pd.DataFrame(full, columns=columns).assign(account_id="C1")
    return table.astype({"strength": float, "last_contact": "datetime64[ns]"})


def known(*rows, **options):
    return relationship_map(table_of(*rows), "C1", as_of=AS_OF, **options)


def test_each_client_role_has_the_state_of_its_best_thread():
    found = known(
        ("buyer", "client", "Li; Eva", 4, "2024-12-01"),
        ("owner", "client", "Li", 5, "2024-12-01"),
        ("payables", "finance", "Jonas", 2, "2024-12-01"),
        ("quality", "production", "Ines", 5, "2024-10-01"),
        ("goods-in", "after-sales", None),
    )
    assert found.roles["status"].to_dict() == {
        "buyer": "covered", "owner": "one thread", "payables": "weak", "quality": "gone cold",
        "goods-in": "nobody",
    }  # fmt: skip


def test_one_fresh_thread_keeps_a_role_warm():
    rows = table_of(("buyer", "client", "Li", 2, "2024-01-05"),
                    ("buyer", "client", "Eva", 4, "2024-12-20"))  # fmt: skip
    found = relationship_map(rows, "C1", as_of=AS_OF)
    assert found.links["is_cold"].tolist() == [True, False]
    assert found.roles.loc["buyer", ["people", "strength", "status"]].tolist() == [2, 4, "covered"]


def test_ninetieth_day_is_not_yet_cold():
    last = AS_OF - datetime.timedelta(days=90)
    assert known(("buyer", "client", "Li", 4, str(last))).links["days"].tolist() == [90.0]
    assert not known(("buyer", "client", "Li", 4, str(last))).links["is_cold"].any()
    assert known(("buyer", "client", "Li", 4, str(last)), stale_days=89).links["is_cold"].all()


def test_one_person_for_all_roles_is_the_only_thread():
    found = known(("buyer", "client", "Li"), ("owner", "client", "Li"), ("head", "client", None))
    assert found.people.loc["Li", ["roles", "lost", "is_cut_off"]].tolist() == [2, 2, True]
    assert found.measures[["independent_threads", "largest_loss"]].tolist() == [1.0, 1.0]
    assert relationship_gaps(found)["gap"].tolist()[:2] == ["single thread", "nobody"]


def test_two_for_one_role_hang_on_one_thread_and_none_is_the_only_one():
    found = known(("buyer", "client", "Li; Eva"))
    assert found.measures["independent_threads"] == 1.0
    assert not found.people["is_cut_off"].any()
    assert found.people["lost"].tolist() == [0, 0]


def test_each_with_a_counterpart_is_as_many_threads_as_roles():
    found = known(("buyer", "client", "Li"), ("payables", "finance", "Jonas"),
                  ("goods-in", "after-sales", "Eva"))  # fmt: skip
    assert found.measures["independent_threads"] == 3.0
    assert found.measures["coverage"] == 1.0


def test_a_name_in_two_spellings_is_one_person():
    found = known(("buyer", "client", "Li"), ("owner", "client", "li"))
    assert found.people.index.tolist() == ["Li"]


def test_functions_without_a_contact_and_without_a_role_are_told_apart():
    found = known(("buyer", "client", "Li"), ("payables", "finance", None))
    assert found.functions["status"].to_dict() == {
        "client": "in contact", "finance": "no contact", "purchasing": "no role listed",
        "production": "no role listed", "after-sales": "no role listed",
    }  # fmt: skip
    gaps = relationship_gaps(found)
    assert gaps.loc[gaps["subject"] == "payables", "found"].item().endswith("no other contact.")
    assert (gaps["gap"] == "no role listed").sum() == 3


def test_single_thread_planted_in_the_sample_company_is_the_only_one_of_its_account():
    firm = engagement.roll_up(engagement.load(locate("sample")))
    flaws = planted_flaws(seed=SEED)
    account = flaws.loc[flaws["flaw"] == "single_thread", "subject"].item()
    cut_off = [
        one for one in firm.counterparts["account_id"].unique()
        if relationship_map(firm.counterparts, one, as_of=firm.as_of).people["is_cut_off"].any()
        and (firm.counterparts["account_id"] == one).sum() >= 5
    ]  # fmt: skip
    assert cut_off == [account]


@pytest.mark.parametrize("counterparts", [None, table_of(("buyer", "client", "Li"))])
def test_account_that_no_table_knows_has_an_empty_map_that_says_so(counterparts):
    found = relationship_map(counterparts, "C9", as_of=AS_OF)
    assert found.links.empty
    assert found.measures.isna().all()
    assert relationship_gaps(found).empty
    assert describe_relationships(found, name="浩瀚") == (
        "Who talks to whom at 浩瀚 is not known: counterparts.csv would tell."
    )


def test_words_say_how_many_are_reached_and_what_one_leaving_does():
    text = describe_relationships(known(
        ("buyer", "client", "Li", 4, "2024-12-01"), ("owner", "client", "Li", 4, "2024-12-01"),
        ("payables", "finance", "Jonas", 2, "2024-12-01"), ("quality", "production", None),
    ))  # fmt: skip
    assert text == (
        "At C1 somebody of us talks to 3 of 4 client roles (75 %). It hangs on 2 independent "
        "threads; if Li leaves, 2 of 3 roles have nobody. Nobody talks to quality. Weak: payables. "
        "2 more roles know only one of us. Of our functions production is without a contact. Of "
        "our functions purchasing and after-sales are without a client role."
    )


def test_words_say_when_nobody_is_in_touch_or_nothing_is_judged():
    assert describe_relationships(known(("buyer", "client", None))) == (
        "Nobody of us talks to any of the 1 client roles of C1."
    )
    text = describe_relationships(known(("buyer", "client", "Li; Eva")))
    assert "every role knows a second of us" in text
    assert "not judged: the column strength" in text


pairs = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(pairs)
def test_independent_threads_are_as_many_as_must_leave_until_nobody_talks(drawn):
    links = pd.DataFrame(sorted(drawn), columns=["client_role", "person"])
    everybody = [("role", role) for role in links["client_role"].unique()]
    everybody += [("us", person) for person in links["person"].unique()]
    fewest = next(
        size for size in range(11)
        if any(all(("role", role) in gone or ("us", person) in gone for role, person in drawn)
               for gone in combinations(everybody, size))
    )  # fmt: skip
    assert independent_threads(links) == fewest


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sets(st.sampled_from(["Li", "Eva", "Jonas"])), min_size=1, max_size=7))
def test_measures_are_shares_and_losses_add_up(people):
    rows = [(f"role {n}", "client", "; ".join(sorted(who)) or None) for n, who in enumerate(people)]
    found = known(*rows)
    reached = sum(bool(who) for who in people)
    assert found.measures["coverage"] == pytest.approx(reached / len(people))
    assert found.people["lost"].sum() == sum(len(who) == 1 for who in people)
    assert found.measures["independent_threads"] <= min(reached, 3)
    assert np.isnan(found.measures["largest_loss"]) == (reached == 0)


def test_table_without_a_person_column_is_refused():
    with pytest.raises(InputError, match="there is no person"):
        relationship_map(table_of(("b", "c", "d")).drop(columns="person"), "C1", as_of=AS_OF)


def test_stale_days_below_one_are_refused():
    with pytest.raises(InputError, match="at least 1; got 0"):
        known(("buyer", "client", "Li"), stale_days=0)


def test_counterparts_given_to_the_map_are_not_changed():
    table = table_of(("buyer", "client", "Li; Eva", 3, "2024-12-01"), ("owner", "client", None))
    before = table.copy()
    relationship_map(table, "C1", as_of=AS_OF)
    pd.testing.assert_frame_equal(table, before)
