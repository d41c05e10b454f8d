from kamtools import schema
from kamtools.planning.briefing_gate import check_lines
from kamtools.samples.company import SEED, make_company
from kamtools.samples.company_market import MARKET_EVENTS


def test_events_fit_the_schema_and_stand_by_date():
    schema.MARKET_EVENTS.validate(MARKET_EVENTS)
    assert MARKET_EVENTS["date"].is_monotonic_increasing


def test_every_line_passes_the_gate_for_every_client():
    accounts = make_company(seed=SEED)["accounts"]
    names = [*accounts["name"], *accounts["chain"].dropna().unique()]
    assert check_lines(MARKET_EVENTS, addressee="", other_accounts=names)["reason"].eq("").all()


def test_each_line_of_the_last_month_that_has_a_meaning_is_there_in_both_languages():
    told = MARKET_EVENTS[MARKET_EVENTS["meaning"].notna()]
    facts = ["date", "competitor", "access", "concerns"]
    english, chinese = (told[told["language"] == one] for one in ("en", "zh"))
    assert english[facts].to_numpy().tolist() == chinese[facts].to_numpy().tolist()
    assert len(english) > 3
