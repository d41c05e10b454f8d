"""Names of the sample company's accounts, all invented.

About a fifth are Chinese. A name is a first word that no other account has, followed by a
word for the trade, so that a reader can tell the accounts of a report apart at a glance.
"""

import numpy as np

CHINESE_SHARE = 0.2

STEMS = (
    "Amber", "Ash", "Birch", "Bram", "Cinder", "Clover", "Dapple", "Elder", "Fenn", "Gorse",
    "Hazel", "Heron", "Juniper", "Larch", "Linnet", "Mallow", "Nettle", "Osier", "Pepper",
    "Quill", "Rowan", "Sorrel", "Teasel", "Willow",
)  # fmt: skip
ENDINGS = (
    "beck", "combe", "cote", "dell", "ford", "garth", "holt", "ley", "mere", "stead", "thorpe",
    "wick",
)  # fmt: skip
FIRST_CHARACTERS = "云松锦禾泽兰溪岚砚榆棠苇"
SECOND_CHARACTERS = "川谷汀浦原陌舟屿桥泉坊岭"

TRADES = {
    "wholesaler": ("Wholesale", "Trading", "Cash & Carry", "Distribution"),
    "independent shop": ("Stores", "Grocery", "Corner Shop", "Provisions", "Minimarket"),
    "food service": ("Kitchens", "Catering", "Canteens", "Tea House"),
    "online shop": ("Online", "Direct", "Pantry Box"),
}
CHINESE_TRADES = {
    "wholesaler": ("批发部", "贸易行"),
    "independent shop": ("食品店", "便民店", "杂货铺"),
    "food service": ("茶餐厅", "小厨"),
    "online shop": ("网店", "优选"),
}

QUARTERS = (
    "Riverside", "Old Town", "Station", "Harbour", "Mill Street", "Park Gate", "Castle Hill",
    "North Ring", "Canal", "Market Square", "South Gate", "Tram Depot", "Abbey Road End",
    "Fairground", "Bridge Foot",
)  # fmt: skip
CHINESE_QUARTERS = (
    "河滨店", "老城店", "车站店", "港口店", "公园店", "北环店", "运河店", "广场店", "南门店",
    "桥头店", "城东店", "城西店", "湖边店", "书院店", "花市店",
)  # fmt: skip


def is_chinese(name: str) -> bool:
    """Say whether a name holds a Chinese character.

    Examples
    --------
    >>> is_chinese("青禾超市"), is_chinese("+Plus Kiosk")
    (True, False)
    """
    return any("\u4e00" <= character <= "\u9fff" for character in name)


def account_names(segments: list[str], *, seed: int) -> list[str]:
    """Invent one name for each account that belongs to no chain.

    Parameters
    ----------
    segments
        The segment of each account, a key of `TRADES`.
    seed
        Of the draw of words.

    Returns
    -------
    list
        Names in the order of `segments`, no two of which share the first word.

    Examples
    --------
    >>> names = account_names(["wholesaler", "food service"], seed=1)
    >>> len(set(names))
    2
    """
    rng = np.random.default_rng([seed, 1])
    english = iter(rng.permutation([stem + ending for stem in STEMS for ending in ENDINGS]))
    chinese = iter(rng.permutation([a + b for a in FIRST_CHARACTERS for b in SECOND_CHARACTERS]))
    in_chinese = rng.random(len(segments)) < CHINESE_SHARE
    turns = rng.integers(0, 60, len(segments))
    return [
        f"{next(chinese)}{CHINESE_TRADES[segment][turn % len(CHINESE_TRADES[segment])]}"
        if is_one
        else f"{next(english)} {TRADES[segment][turn % len(TRADES[segment])]}"
        for segment, is_one, turn in zip(segments, in_chinese, turns, strict=True)
    ]


def store_name(chain: str, number: int) -> str:
    """Name a store of a chain after the quarter it stands in (`number` counts from 0).

    Examples
    --------
    >>> store_name("Orchard & Quay", 0), store_name("青禾超市", 1)
    ('Orchard & Quay Riverside', '青禾超市老城店')
    """
    if is_chinese(chain):
        return chain + CHINESE_QUARTERS[number]
    return f"{chain} {QUARTERS[number]}"
