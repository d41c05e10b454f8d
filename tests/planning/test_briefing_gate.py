import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.briefing_gate import check_lines, describe_refusals, require_clear
from kamtools.planning.briefing_reasons import reasons_against
from kamtools.planning.briefing_rules import default_rules, more_rules

OTHERS = ["Orchard & Quay", "砚溪便利", "12347", "Ox"]
TO_COME = "future prices, volumes, capacity or bids"
FROM_CLIENT = "comes from a client of ours"
NAMES_CLIENT = "names another client of ours"


def line(event="Opened two depots.", **more):
    row = {"date": pd.Timestamp("2024-12-09"), "competitor": "Brightwash", "event": event,
           "source": "Trade press, 9 December 2024", "access": "public", **more}  # fmt: skip
    return pd.DataFrame([row])


def checked(table, **more):
    return check_lines(table, addressee="Gantry Centre", other_accounts=OTHERS, **more)


def reason(event="Opened two depots.", *, rules=None, **more):
    return checked(line(event, **more), rules=rules)["reason"].iloc[0]


# The playbook's exercise 4, whose answer is: (a) and (c) may go out, (b) is stopped twice over.
def test_the_playbook_s_three_lines_are_judged_as_it_says():
    lines = pd.concat([
        line("A rival opened two depots.", source="trade press, 3 May"),
        line("A rival will raise prices in June, said a buyer at another client."),
        line("Own label up to a fifth of the shelf.", source="Our store checks, 120 stores, week "
             "18", access="own"),
    ])  # fmt: skip
    found = checked(lines)
    assert found["verdict"].tolist() == ["may go out", "refused", "may go out"]
    assert found["reason"].iloc[1] == f"{TO_COME}; {FROM_CLIENT}"


@pytest.mark.parametrize(
    "event",
    [
        "Will raise its list price in June.",
        "Plans to cut output by a fifth.",
        "Is to add capacity.",
        "To cut prices",
        "Prices may be raised.",
        "Announced its price list for 2026.",
        "The list price of soap as of 1 March 2025 is 3 percent higher.",
        "New prices from 1 January.",
        "Intends to bid for the school contract, at a tender price nobody knows.",
        "It expects larger volumes next quarter.",
        "Quotes will be lower in Q2 2025.",
        "将上调洗衣粉价格。",
        "计划明年扩产一倍。",
        "拟参与学校食堂投标。",
        "2025年3月起执行新价目表。",
        "预计下季度销量下降。",
    ],
)
def test_a_rival_s_future_price_volume_capacity_or_bid_is_refused(event):
    assert reason(event) == TO_COME


@pytest.mark.parametrize(
    "event",
    [
        "Raised its list price by 3 percent on 2 December 2024.",
        "Cut the price of washing powder; shoppers call it cheaper but duller.",
        "Closed its plant for household paper.",
        "Sold less than expected; its volume fell by 4 percent.",
        "Was forced to cut its prices in October 2024.",
        "Missed its targets: output fell.",
        "Won the tender for school meals.",
        "Will open a shop in the old town.",
        "Plans a new campaign with a singer.",
        "In May its prices were the lowest of eight.",
        "The panel counted 2000 households; prices were stable.",
        "2024年12月2日已将洗衣粉目录价上调3%，价格高于11月。",
        "第三季度销量低于预期。",
        "上月关闭了一家工厂。",
        "将在老城开设一家新店。",
    ],
)
def test_what_has_happened_and_what_is_no_price_may_go_out(event):
    assert reason(event) == ""


@pytest.mark.parametrize(
    "text",
    [
        "One of our clients told us.",
        "A large retailer said so.",
        "Heard from a customer.",
        "Call with a buyer.",
        "Told us by one of our wholesalers.",
        "Another client's order book.",
        "据客户透露。",
        "另一家客户提供。",
        "客户告知",
    ],
)
def test_what_comes_from_a_client_is_refused_in_text_and_source(text):
    assert reason(text) == FROM_CLIENT
    assert reason(source=text) == FROM_CLIENT


@pytest.mark.parametrize(
    "text",
    ["Won a client in the north.", "Own survey of 412 shoppers", "Its customers complained in "
     "public.", "Annual report to shareholders", "自有门店检查", "新增一家客户"],
)  # fmt: skip
def test_clients_in_general_are_no_source(text):
    assert reason(source=text) == ""


def test_a_line_that_names_another_client_is_refused_wherever_it_names_it():
    for column in ("event", "source", "competitor", "meaning", "suggestion", "response"):
        assert reason(**{column: "Seen at Orchard  & quay."}) == NAMES_CLIENT
    assert reason("在砚溪便利上架。") == NAMES_CLIENT


def test_parts_of_words_and_numbers_are_no_names_and_the_addressee_may_be_named():
    assert reason("Ships by oxcart; 12347 pieces were counted.") == ""
    assert reason("An Ox stood there.") == NAMES_CLIENT
    assert reason("Displays at Gantry Centre.") == ""
    inside = check_lines(line("At Gantry Centre."), addressee="Gantry Centre",
                         other_accounts=["Gantry"])  # fmt: skip
    assert inside["reason"].tolist() == [""]


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("source", None, "no source"),
        ("source", "  ", "no source"),
        ("date", pd.NaT, "no date"),
        ("access", None, "not public, own, nor licensed"),
        ("access", "rumour", "not public, own, nor licensed"),
        ("event", None, "no event"),
    ],
)
def test_a_line_without_source_date_access_or_event_is_refused(column, value, why):
    assert checked(line().assign(**{column: value}))["reason"].tolist() == [why]


def test_a_table_without_access_is_refused_line_by_line():
    assert checked(line().drop(columns="access"))["verdict"].tolist() == ["refused"]


def test_our_own_words_may_speak_of_the_client_s_future_but_not_of_a_rival_s():
    assert reason(suggestion="Order a larger volume next month, at the price agreed.") == ""
    assert reason(suggestion="Brightwash will cut its price: order less.") == TO_COME
    assert reason(meaning="The competitor's price will fall.") == TO_COME
    assert reason(response="对手明年将降价，我们可以帮助贵方。") == TO_COME


def test_all_refusals_stand_in_one_message_with_row_text_reason_and_what_to_do():
    lines = pd.concat([
        line(), line(source=None), line("Will raise prices."), line("At Orchard & Quay."),
    ])  # fmt: skip
    found = reasons_against(lines, addressee="Gantry Centre", other_accounts=OTHERS)
    said = describe_refusals(found)
    assert said.startswith("The briefing does not go out: 3 lines are refused.")
    assert "Row 3, source: no source (seen: blank). What to do: write where" in said
    assert f"Row 4, event: {TO_COME} (seen: prices … Will). What to do: take the line out" in said
    assert f"Row 5, event: {NAMES_CLIENT} (seen: Orchard & Quay). What to do: take" in said
    with pytest.raises(InputError, match="3 lines are refused") as error:
        require_clear(found)
    assert [fault.row for fault in error.value.faults] == [3, 4, 5]
    assert "saw 'prices … Will' (future prices" in str(error.value)


def test_without_refusals_there_is_no_message_and_nothing_is_raised():
    found = reasons_against(line(), addressee="a", other_accounts=[])
    assert describe_refusals(found) == ""
    require_clear(found)


def test_rows_are_those_that_the_table_says_where_it_does():
    assert checked(line().assign(line=41))["line"].tolist() == [41]


def test_words_can_be_added_and_taken_away():
    assert reason("More pallets next month.", rules=more_rules("matter: pallets?")) == TO_COME
    without = default_rules().query("kind != 'client'")
    assert reason(source="客户告知", rules=without) == ""


def test_a_table_without_sources_is_refused_as_a_whole():
    with pytest.raises(InputError, match=r"lacks the column source"):
        checked(line().drop(columns="source"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["Opened a shop.", "Will cut prices.", "At Orchard & Quay.", ""]),
                min_size=1, max_size=6))  # fmt: skip
def test_the_verdict_on_a_line_does_not_depend_on_the_lines_beside_it(events):
    table = pd.concat([line(event) for event in events], ignore_index=True)
    alone = [reason(event) for event in events]
    assert checked(table)["reason"].tolist() == alone
    assert ((checked(table)["verdict"] == "refused") == [bool(why) for why in alone]).all()


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_a_verdict(text):
    assert checked(line(text, source=text, meaning=text))["verdict"].isin(
        ["may go out", "refused"]
    ).all()  # fmt: skip


def test_arguments_stay_as_they_were():
    table, rules = line("Will cut prices."), default_rules()
    before = table.copy(), rules.copy()
    checked(table, rules=rules)
    pd.testing.assert_frame_equal(table, before[0])
    pd.testing.assert_frame_equal(rules, before[1])
