"""Every name and id that an engagement knows, with the one alias of each."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from kamtools.errors import InputError
from kamtools.pseudonyms.columns import COLUMNS
from kamtools.pseudonyms.disguise import Disguise
from kamtools.schema import names_in

ORDER = ("chain", "account", "manager", "person", "company", "name", "product", "region", "value")
"""A text that is several of these, such as an account and a chain, counts as the first."""

_JOB_WORDS = """
    account accounts accountable administration administrator after-sales agent all analyst and
    area assistant assurance back board buyer buyers buying category ceo cfo chair chief client
    commercial committee controller controlling coo coordinator council credit customer customers
    data demand department deputy design developer development director dispatch dispatcher
    engineer engineering everybody everyone executive export field finance first for force general
    group head human it junior kam key lead leader ledger legal logistics maintenance management
    manager managers managing market marketing member nobody of office officer online operations
    owner payable personnel planner planning plant president pricing procurement product
    production project promotions purchasing quality receivable regional representative research
    resources sales second secretary senior service services shift site sourcing staff steering
    store strategic strategist strategy supplier supply support task team technical technician the
    third trade treasury vice warehouse working"""
JOBS = frozenset(_JOB_WORDS.split())
"""Words that name a job or a department: what consists of them alone names nobody."""
CHINESE_JOBS = re.compile(
    "(?:大客户|客户|关键|账户|总经理|副总经理|经理|销售|财务|采购|生产|市场|战略|总监|主管|主任|组长|部门|部|处|"
    "负责人|专员|助理|物流|仓库|质量|售后|客服|产品|计划|信用|控制|会计|人事|董事会|委员会|小组|办公室|第二|高级)+"
)


def is_job(text: str) -> bool:
    """Say whether a text consists of words for jobs and departments alone.

    Examples
    --------
    >>> is_job("second key account manager"), is_job("Head of Sales"), is_job("大客户经理")
    (True, True, True)
    >>> is_job("Ines Falk"), is_job("江经理"), is_job("head of Falk")
    (False, False, False)
    """
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
    return bool(words) and all(
        word.casefold() in JOBS or CHINESE_JOBS.fullmatch(word) for word in words
    )


@dataclass(frozen=True)
class Names:
    """The aliases of an engagement.

    Attributes
    ----------
    aliases
        Each name or id as it stands in a cell -> its alias.
    kinds
        The same -> what it is, one of `ORDER` or "supplier".
    owners
        An account's name -> its chain, where it has one: what its parts stand for.
    """

    aliases: Mapping[str, str]
    kinds: Mapping[str, str]
    owners: Mapping[str, str] = field(default_factory=dict)


def known_names(
    disguise: Disguise,
    tables: Mapping[str, pd.DataFrame],
    *,
    firm: str,
    accounts: Iterable[str],
    products: Iterable[str],
    people: Iterable[str] = (),
    values: Iterable[str] = (),
) -> Names:
    """Return the names in an engagement's tables and invoices with their aliases.

    Parameters
    ----------
    tables
        Those that the engagement has, by name, without the invoices.
    firm
        Its name.
    accounts, products
        All that stand in the invoices.
    people
        Named elsewhere than in a table, such as in the decision log.
    values
        Texts of columns of the firm's own that a goal of the strategy rests on.

    Raises
    ------
    InputError
        If two names come to one alias, which with a key in a thousand happens once there are
        a hundred thousand of them.
    """
    found: dict[str, list[str]] = {kind: [] for kind in ORDER}
    found["account"] += accounts
    found["product"] += products
    found["person"] += [name for name in people if not is_job(name)]
    found["value"] += values
    for table, frame in tables.items():
        for column in frame.columns:
            how = COLUMNS[table].get(str(column))
            cells = frame[column].dropna().drop_duplicates().astype("str")
            if how in found:
                found[how] += cells.tolist()
            elif how == "accounts":
                found["account"] += [name for cell in cells for name in names_in(cell)]
            elif how == "people":
                people = [name for cell in cells for name in names_in(cell)]
                found["person"] += [name for name in people if not is_job(name)]
    found["chain"] = [name.strip() for name in found["chain"]]
    kinds: dict[str, str] = {}
    for kind in ORDER:
        kinds |= {text: kind for text in found[kind] if text and text not in kinds}
    kinds.setdefault(firm, "supplier")
    aliases = {text: disguise.alias(kind, text) for text, kind in kinds.items()}
    if len(set(aliases.values())) < len(aliases):
        raise InputError("under this key two names have one alias; use another key")
    return Names(aliases, kinds, _owners(tables.get("accounts")))


def _owners(accounts: pd.DataFrame | None) -> dict[str, str]:
    if accounts is None or "chain" not in accounts:
        return {}
    of_chain = accounts[accounts["chain"].notna() & accounts["name"].notna()]
    return dict(zip(of_chain["name"], of_chain["chain"].str.strip(), strict=True))
