"""Invoice lines: which are kept, which are set aside and why, and the count of both.

Nothing is dropped: every line that was read is either kept or set aside with a reason, and
the two add up to the lines of the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pandas as pd

from kamtools.errors import Fault
from kamtools.reading.values import listed_faults

SIGNS = {
    "€": ("EUR",),
    "$": ("USD", "AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"),
    "£": ("GBP",),
    "¥": ("CNY", "JPY"),
    "￥": ("CNY", "JPY"),
}
KEPT = "kept as read"
BLANK = "blank line"
CREDIT = "credit note, netted against its account"
LOOKALIKE = "same as an earlier line, kept: no product tells them apart"
QUALITY_COLUMNS = ["file", "lines_read", "lines_kept", "lines_set_aside", "reason"]


@dataclass(frozen=True)
class CleanLines:
    """Invoice lines `kept` (typed), lines `set_aside` (as read), and the `quality` counts."""

    kept: ir.Table
    set_aside: ir.Table
    quality: pd.DataFrame


def currency_faults(
    typed: ir.Table, file: str, *, currency: str, rates: Mapping[str, float]
) -> list[Fault]:
    """Return a fault for each currency in the lines that no rate turns into the firm's own."""
    if "currency_" not in typed.columns or not currency:
        return []
    code = typed.currency_.upper()
    counts = typed.group_by(code=code).aggregate(lines=typed.count(), row=typed.row.min())
    seen = counts.filter(counts.code.notnull()).order_by("row").to_pandas()
    return [
        Fault(file, int(row), "currency", repr(code), _rate_hint(currency), int(lines))
        for code, lines, row in seen[["code", "lines", "row"]].itertuples(index=False)
        if code != currency and code not in rates
    ]


def sign_faults(typed: ir.Table, file: str, *, currency: str) -> list[Fault]:
    """Return the faults of amounts that carry the sign of another currency than the firm's."""
    if not typed.amount.type().is_string() or "currency_" in typed.columns or not currency:
        return []
    sign = typed.amount.re_extract("([€$£¥￥])", 1)
    ours = [mark for mark, codes in SIGNS.items() if currency in codes]
    other = typed.filter((sign != "") & ~sign.isin(ours))
    expected = f"an amount in {currency}, or a column currency"
    return listed_faults(other, file, "amount", shown="amount", expected=expected)


def _rate_hint(currency: str) -> str:
    return f"{currency}, or a file rates.csv (currency, rate) that holds it"


def set_lines_aside(
    typed: ir.Table, *, currency: str, rates: Mapping[str, float], as_of: object, duplicates: str
) -> ir.Table:
    """Return the typed lines with `reason` (why set aside, else null) and `note_` (if kept).

    Parameters
    ----------
    typed : as from `reading.tables.type_columns`, without faults
    rates : units of `currency` for one unit of another
    as_of : lines dated later are set aside
    duplicates : "set_aside" or "keep" lines that equal an earlier one in every column;
        "auto" sets them aside where a product column could have told them apart
    """
    cells = [name for name in typed.columns if not name.endswith("_") and name != "row"]
    if "cost_" not in typed.columns:
        typed = typed.mutate(cost_=ibis.null("float64"))
    if "product_" not in typed.columns:
        typed = typed.mutate(product_=ibis.null("string"))
    has_product = "product" in cells
    repeats = _store_repeats(typed.select("row", *cells), cells)
    typed = typed.left_join(repeats, typed.row == repeats.repeated_)
    typed = typed.mutate(repeat_=typed.repeated_.notnull(), factor_=_factor(typed, currency, rates))
    drop_repeats = duplicates == "set_aside" or (duplicates == "auto" and has_product)
    reason = ibis.cases(
        (typed.blank_, BLANK),
        (typed.account_id_.isnull(), "blank account_id"),
        (typed.repeat_ & drop_repeats, "duplicate of an earlier line"),
        (typed.date_ > as_of, "dated after as_of"),
        (typed.amount_ == 0, "amount is zero"),
    )
    note = ibis.cases(
        (typed.amount_ < 0, CREDIT), (typed.factor_ != 1, "converted"), (typed.repeat_, LOOKALIKE)
    )
    return typed.mutate(reason=reason, note_=note.fill_null(KEPT))


def _store_repeats(lines: ir.Table, cells: list[str]) -> ir.Table:
    """Return the rows that equal an earlier one: few, and found once."""
    place = lines.mutate(place=ibis.row_number().over(group_by=cells, order_by="row"))
    repeats = place.filter(place.place > 0).select(repeated_="row")
    return lines.get_backend().create_table("invoice_repeats", repeats, temp=True)


def _factor(typed: ir.Table, currency: str, rates: Mapping[str, float]) -> ir.FloatingValue:
    others = {code: rate for code, rate in rates.items() if code != currency}
    if "currency_" not in typed.columns or not others:
        return ibis.literal(1.0)
    code = typed.currency_.upper()
    return ibis.cases(*((code == other, rate) for other, rate in others.items()), else_=1.0)


def split_lines(marked: ir.Table, file: str) -> CleanLines:
    """Return the marked lines as those kept and those set aside, both stored, and the counts."""
    backend = marked.get_backend()
    good = marked.filter(marked.reason.isnull())
    good = good.select(
        account_id=good.account_id_,
        invoice_id=good.invoice_id_,
        date=good.date_,
        amount=(good.amount_ * good.factor_).cast(dt.float64),
        cost=(good.cost_ * good.factor_).cast(dt.float64),
        product=good.product_,
        note_=good.note_,
    )
    as_read = [name for name in marked.columns if not name.endswith("_")]
    bad = marked.filter(marked.reason.notnull()).select(as_read)
    kept = backend.create_table("invoice_lines", good, temp=True)
    aside = backend.create_table("invoice_lines_aside", bad, temp=True)
    counts = {(why, True): lines for why, lines in _count(kept.note_)}
    counts |= {(why, False): lines for why, lines in _count(aside.reason)}
    return CleanLines(kept.drop("note_"), aside.order_by("row"), quality_rows(file, counts))


def _count(why: ir.StringValue) -> list[tuple[str, int]]:
    """Return the number of lines of each reason, the commonest first."""
    counts = why.name("why").value_counts(name="lines").to_pandas()
    ordered = counts.sort_values(["lines", "why"], ascending=[False, True])
    return [(str(why), int(lines)) for why, lines in ordered.itertuples(index=False)]


def quality_rows(file: str, counts: Mapping[tuple[str, bool], int]) -> pd.DataFrame:
    """Return the data-quality rows of a file from counts by (reason, whether kept)."""
    return pd.DataFrame(
        [
            [file, lines, lines * kept, lines * (not kept), reason]
            for (reason, kept), lines in counts.items()
        ],
        columns=QUALITY_COLUMNS,
    )
