import re
from pathlib import Path

import pytest

from kamtools import engagement, schema
from kamtools.planning.briefing import market_briefing
from kamtools.planning.briefing_matching import client_facts
from kamtools.publishing.documents.briefing_page import headings, market_rows, sections
from kamtools.samples import locate

TEXT = (
    Path(__file__).resolve().parents[2] / "playbook" / "templates" / "market-briefing.md"
).read_text(encoding="utf-8")
ACCOUNT = "A126"


@pytest.fixture(scope="module")
def example():
    firm = engagement.roll_up(engagement.load(locate("sample")))
    names = firm.display_names()
    return market_briefing(
        firm.market_events, account_id=ACCOUNT, name=names[ACCOUNT], month="2024-12",
        as_of=firm.as_of, language="en", supplier=firm.name, initiatives=firm.initiatives,
        facts=client_facts(firm.invoices, firm.accounts, account_id=ACCOUNT, as_of=firm.as_of),
        other_accounts=names.drop(ACCOUNT), checked_by="Ines Falk",
    )  # fmt: skip


def test_the_columns_are_those_of_the_schema_with_their_meaning():
    told = re.findall(r"^\| `(\w+)` \| (yes|no) \| ([^|;]+)", TEXT, re.MULTILINE)
    columns = schema.MARKET_EVENTS.columns
    assert [name for name, _, _ in told] == list(columns)
    for name, _, meaning in told:
        assert meaning.strip() in columns[name].description


def test_the_filled_example_is_what_the_sample_company_gives(example):
    begun = TEXT.index(f"### {example.heading}")
    lines = [line for line in TEXT[begun:].splitlines() if line.strip()]
    rows = [" | ".join(row) for row in (headings(example), *market_rows(example))]
    wanted = [f"### {example.heading}", example.subtitle, f"| {rows[0]} |", "|---|---|---|---|---|"]
    wanted += [f"| {row} |" for row in rows[1:]]
    for title, points in sections(example):
        wanted += [f"**{title}**", *(f"- ({point.number}) {point.text}" for point in points)]
    assert lines == [*wanted, example.notes]


def test_the_example_row_has_a_cell_for_every_column():
    (row,) = re.findall(r"^For example: `(.+)`$", TEXT, re.MULTILINE)
    cells = re.findall(r'"[^"]*"|[^,]+|(?<=,)(?=,|$)', row)
    assert len(cells) == len(schema.MARKET_EVENTS.columns)
