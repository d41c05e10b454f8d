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
    if "currency_" not in typed.columns:
        return []
    code = typed.currency_.upper()
    counts = typed.group_by(code=code).aggregate(lines=typed.count(), row=typed.row.min())
    seen = counts.filter(counts.code.notnull()).order_by("row").to_pandas()
    return [
        Fault(file, int(row), "currency", repr(code), _rate_hint(currency), int(lines))
        for code, lines, row in seen[["code", "lines", "row"]].itertuples(index=False)
        if code != currency and code not in rates
    ]


def _rate_hint(currency: str) -> str:
    return f"{currency}, or a file rates.csv (currency, rate) that holds it"


def set_lines_aside(
    typed: ir.Table, *, currency: str, rates: Mapping[str, float], as_of: object, duplicates: str
) -> ir.Table:
    """Return the typed lines with `reason` (why set aside, else null) and `note` (if kept).

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
    typed = typed.mutate(
        repeat=ibis.row_number().over(group_by=cells, order_by="row") > 0,
        factor=_factor(typed, currency, rates),
    )
    drop_repeats = duplicates == "set_aside" or (duplicates == "auto" and has_product)
    reason = ibis.cases(
        (typed.blank, BLANK),
        (typed.account_id_.isnull(), "blank account_id"),
        (typed.repeat & drop_repeats, "duplicate of an earlier line"),
        (typed.date_ > as_of, "dated after as_of"),
        (typed.amount_ == 0, "amount is zero"),
    )
    note = ibis.cases(
        (typed.amount_ < 0, CREDIT), (typed.factor != 1, "converted"), (typed.repeat, LOOKALIKE)
    )
    return typed.mutate(reason=reason, note=note.fill_null(KEPT))


def _factor(typed: ir.Table, currency: str, rates: Mapping[str, float]) -> ir.FloatingValue:
    others = {code: rate for code, rate in rates.items() if code != currency}
    if "currency_" not in typed.columns or not others:
        return ibis.literal(1.0)
    code = typed.currency_.upper()
    return ibis.cases(*((code == other, rate) for other, rate in others.items()), else_=1.0)


def split_lines(marked: ir.Table, file: str) -> CleanLines:
    """Return the marked lines as those kept and those set aside, with the counts."""
    kept = marked.filter(marked.reason.isnull())
    kept = kept.select(
        account_id=kept.account_id_,
        invoice_id=kept.invoice_id_,
        date=kept.date_,
        amount=(kept.amount_ * kept.factor).cast(dt.float64),
        cost=(kept.cost_ * kept.factor).cast(dt.float64),
        product=kept.product_,
    )
    aside = marked.filter(marked.reason.notnull())
    own = [
        name
        for name in marked.columns
        if not name.endswith("_") and name not in ("repeat", "factor", "note", "blank")
    ]
    return CleanLines(kept, aside.select(own).order_by("row"), _count(marked, file))


def _count(marked: ir.Table, file: str) -> pd.DataFrame:
    counts = (
        marked.group_by(why=marked.reason.fill_null(marked.note), kept=marked.reason.isnull())
        .aggregate(lines=marked.count())
        .to_pandas()
        .sort_values(["kept", "lines", "why"], ascending=[False, False, True])
    )
    return quality_rows(
        file, {(str(why), bool(kept)): int(lines) for why, kept, lines in counts.itertuples(False)}
    )


def quality_rows(file: str, counts: Mapping[tuple[str, bool], int]) -> pd.DataFrame:
    """Return the data-quality rows of a file from counts by (reason, whether kept)."""
    return pd.DataFrame(
        [
            [file, lines, lines * kept, lines * (not kept), reason]
            for (reason, kept), lines in counts.items()
        ],
        columns=QUALITY_COLUMNS,
    )
