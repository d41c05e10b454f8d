import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.briefing import market_briefing
from kamtools.planning.briefing_matching import ClientFacts

AS_OF = datetime.date(2024, 12, 31)
FACTS = ClientFacts(pd.Series({"Washing powder": 0.3, "Tea": 0.2}), "North", "discounter")
STEPS = pd.DataFrame(
    [
        ("Washing powder in a recycled box", "2025-05-05", None, "head of production"),
        ("New price list for washing powder", "2025-03-03", None, "head of finance"),
        ("Washing powder shelf", "2025-02-03", "b", "key account manager"),
        ("Tea tasting", "2025-02-10", "a", "key account manager"),
        ("Washing powder relaunch", "2024-11-04", None, "head of marketing"),
    ],
    columns=["initiative", "date", "account_id", "owner"],
).astype({"date": "datetime64[ns]"})


def event(day="2024-12-09", text="Showed a refill of washing powder.", **more):
    return {"date": pd.Timestamp(day), "competitor": "Brightwash", "event": text,
            "source": "Trade press", "access": "public", "meaning": "It is new.",
            "suggestion": None, "response": None, **more}  # fmt: skip


EVENTS = pd.DataFrame([
    event("2024-11-20"),
    event(suggestion="Try it in two stores.", response="We set up the shelf."),
    event("2024-12-02", "Named a new head.", competitor="Tall Pine", meaning=None),
    event("2024-12-11", "Won a tea prize in the North.", suggestion="Taste it.", meaning=None),
])  # fmt: skip


def make(events=EVENTS, **more):
    given = {"account_id": "a", "name": "Ox & Elk", "month": "2024-12", "as_of": AS_OF,
             "language": "en", "facts": FACTS, "supplier": "Lantern", **more}  # fmt: skip
    return market_briefing(events, **given)


def test_the_lines_of_the_month_that_touch_the_client_are_told_in_their_order():
    one = make()
    assert [(line.number, line.row) for line in one.lines] == [(1, 3), (2, 5)]
    assert one.heading == "Market briefing, December 2024"
    assert one.subtitle == "for Ox & Elk  ·  from Lantern  ·  as of 31 December 2024"


def test_what_a_line_means_is_counted_and_written_never_invented():
    first, second = make().lines
    assert first.known == "Washing powder: 30 % of your purchases from us."
    assert second.known == "Tea: 20 % of your purchases from us. It is in your region."
    assert (first.meaning, second.meaning) == ("It is new.", "")


def test_suggestions_and_cooperation_are_those_that_somebody_wrote_and_our_dated_plans():
    one = make(initiatives=STEPS)
    assert [point.text for point in one.suggestions] == ["Try it in two stores.", "Taste it."]
    assert [(point.text, point.number) for point in one.cooperation] == [
        ("We set up the shelf.", 1),
        ("Washing powder in a recycled box: planned to begin on 5 May 2025.", 1),
        ("Tea tasting: planned to begin on 10 February 2025.", 2),
    ]


def test_our_price_plans_and_those_for_other_clients_are_never_told():
    told = " ".join(point.text for point in make(initiatives=STEPS).cooperation)
    assert "price" not in told
    assert "shelf:" not in told
    assert "relaunch" not in told


def test_it_stays_a_draft_until_all_is_written_and_a_person_has_checked_it():
    unfinished = make(checked_by="Ines Falk")
    assert unfinished.missing == ("what line 2 means",)
    assert unfinished.is_draft
    assert unfinished.status == "DRAFT, parts are still to be written. Do not send."
    whole = EVENTS.assign(meaning="It is new.")
    assert make(whole).status == "DRAFT, not yet checked by a person. Do not send."
    assert make(whole, checked_by=" \n").is_draft
    done = make(whole, checked_by=" Ines \n Falk ")
    assert not done.is_draft
    assert done.status == "Checked by Ines Falk."


def test_what_is_missing_is_said_part_by_part():
    bare = make(EVENTS.drop(columns=["meaning", "suggestion", "response"]))
    assert bare.missing == (
        "what line 1 means", "what line 2 means", "2 suggestions", "what our cooperation can do",
    )  # fmt: skip


def test_at_most_three_suggestions_are_made_and_none_twice():
    rows = [event(suggestion=text) for text in ("One.", "One.", "Two.", "Three.", "Four.")]
    assert [p.text for p in make(pd.DataFrame(rows)).suggestions] == ["One.", "Two.", "Three."]


def test_a_calm_month_is_told_as_such():
    calm = make(facts=ClientFacts(pd.Series(dtype=float)), checked_by="Ines Falk")
    assert calm.lines == calm.suggestions == calm.cooperation == ()
    assert not calm.is_draft


def test_one_refused_line_stops_the_whole_even_if_it_would_not_be_told():
    bad = pd.concat([EVENTS, pd.DataFrame([event(text="Will raise the price of ink.")])])
    with pytest.raises(InputError, match=r"(?s)1 line is refused.*row 6.*future prices"):
        make(bad)
    with pytest.raises(InputError, match="1 line is refused"):
        make(bad, lines=[3])
    assert make(bad, left_out=[6]) == make()


def test_a_bad_line_of_another_month_stops_nothing():
    assert make(pd.concat([EVENTS, pd.DataFrame([event("2024-10-01", source=None)])])) == make()


def test_an_undated_line_stops_every_month():
    with pytest.raises(InputError, match="no date"):
        make(pd.concat([EVENTS, pd.DataFrame([event(date=pd.NaT)])]))


def test_another_client_s_name_stops_it():
    named = EVENTS.assign(source="Visit to Heron Stores")
    with pytest.raises(InputError, match=r"3 lines are refused(?s:.*)Heron Stores"):
        make(named, other_accounts=["Heron Stores"])
    assert make(named).lines


def test_the_log_says_what_was_told_to_whom_from_where_and_who_checked_it():
    one = make(initiatives=STEPS, checked_by="Ines Falk")
    log = one.log
    assert set(log["account_id"]) == {"a"}
    assert set(log["checked_by"]) == {"Ines Falk"}
    assert set(log["status"]) == {"draft"}
    assert log["date"].eq(pd.Timestamp(AS_OF)).all()
    assert log["part"].value_counts().to_dict() == {
        "event": 2, "meaning": 3, "suggestion": 2, "cooperation": 3,
    }  # fmt: skip
    told = log[log["part"] == "event"]
    assert told["source"].tolist() == ["Trade press"] * 2
    assert told["access"].tolist() == ["public"] * 2
    assert not log[["line", "source"]].isna().any(axis=None)


def test_meaning_and_sources_are_tables_by_number():
    one = make()
    assert one.meaning["number"].tolist() == one.sources["number"].tolist() == [1, 2]
    assert one.sources["access"].tolist() == ["public", "public"]


def test_a_chinese_briefing_has_chinese_words_and_dates():
    one = make(EVENTS.assign(meaning="新。"), language="zh", initiatives=STEPS, checked_by="林知秋")
    assert one.heading == "市场简报，2024年12月"
    assert one.subtitle == "致：Ox & Elk  ·  来自：Lantern  ·  截至2024年12月31日"
    assert one.lines[0].known == "Washing powder：占贵方从我处采购额的30%。"
    assert one.cooperation[-1].text == "Tea tasting：计划于2025年2月10日开始。"
    assert one.status == "核对人：林知秋。"


def test_a_language_without_labels_is_refused():
    with pytest.raises(InputError, match=r"language is one of en, zh; got 'fr'"):
        make(language="fr")


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(EVENTS))))
def test_the_order_of_the_rows_changes_no_word(order):
    told = {line.event for line in make(EVENTS.iloc[list(order)]).lines}
    assert told == {line.event for line in make().lines}


def test_arguments_stay_as_they_were():
    events, steps, shares = EVENTS.copy(), STEPS.copy(), FACTS.shares.copy()
    make(events, initiatives=steps)
    pd.testing.assert_frame_equal(events, EVENTS)
    pd.testing.assert_frame_equal(steps, STEPS)
    pd.testing.assert_series_equal(shares, FACTS.shares)
