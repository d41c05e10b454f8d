"""What happened in the sample company's market: lines for the briefing of its clients.

All firms, papers and events are invented. Those of the last month are there in English and in
Chinese, with what they mean for a client; the earlier ones have no more than the event.
"""

import pandas as pd

_COLUMNS = ["date", "competitor", "event", "source", "access", "concerns", "meaning", "suggestion",
            "response", "language"]  # fmt: skip

_OF_THE_YEAR = (
    ("2024-01-22", "Sunfield Snacks", "Launched a low-price sesame cracker in two regions.",
     "Sample trade letter 3/2024 (invented)", "public"),
    ("2024-02-27", "Brightwash", "Cut the list price of washing powder by 4 percent.",
     "Price list on the maker's site (invented)", "public"),
    ("2024-03-18", "Sunfield Snacks", "Was seen with end-of-aisle displays in 11 of 20 stores.",
     "Own store check, March 2024", "own"),
    ("2024-04-15", "Golden Reed Trading", "Opened a warehouse in the Capital region.",
     "Sample town gazette, 15 April 2024 (invented)", "public"),
    ("2024-05-13", "Brightwash", "Its share of washing powder rose from 21 to 24 percent.",
     "Sample panel report Q1/2024 (invented)", "licensed"),
    ("2024-06-10", "Kettle & Kite", "Recalled a batch of rice crisps.",
     "Public recall notice (invented)", "public"),
    ("2024-07-08", "Golden Reed Trading", "Offers delivery within 24 hours to small shops.",
     "Leaflet of the firm, June 2024 (invented)", "public"),
    ("2024-08-19", "Kettle & Kite", "Announced mooncake boxes with a shorter order time.",
     "Sample trade letter 17/2024 (invented)", "public"),
    ("2024-09-16", "Sunfield Snacks", "Named a new head of supermarket sales.",
     "Press release (invented)", "public"),
    ("2024-10-07", "Brightwash", "Supermarket shoppers call its brand cheaper but duller.",
     "Own shopper survey, 412 answers, September 2024", "own"),
    ("2024-10-28", "Sunfield Snacks", "Its share of city supermarkets rose to 12 percent.",
     "Sample panel report Q3/2024 (invented)", "licensed"),
    ("2024-11-18", "Kettle & Kite", "Closed its plant for household paper.",
     "Sample trade letter 24/2024 (invented)", "public"),
    ("2024-12-09", "Golden Reed Trading", "Stopped supplying kiosks in four regions.",
     "Own count of 40 kiosks, November 2024", "own"),
)  # fmt: skip

_OF_DECEMBER = (
    ("2024-12-04", "Brightwash",
     "Had a refill pouch of washing powder on the shelf in 9 of 24 discount stores.",
     "Own store check, December 2024", "own", "Washing powder",
     "Shoppers find a refill beside the box for the first time in this range.",
     "Give a refill one shelf in two stores, and compare them with two others after eight weeks.",
     "We set up the trial shelf and count what is bought with you."),
    ("2024-12-11", "Sunfield Snacks",
     "Came first of eight in a taste test of sesame crackers.",
     "Sample consumer magazine 12/2024 (invented)", "public", "Sesame crackers",
     "Shoppers can read a comparison in which the crackers that you sell were not tested.",
     "Let shoppers taste at the shelf in the weeks before the lantern festival.",
     "We bring samples and staff for the tasting."),
    ("2024-12-13", "Kettle & Kite",
     "Raised its list price of rice crisps by 3 percent on 2 December 2024.",
     "Price list on the maker's site, 2 December 2024 (invented)", "public", "Rice crisps",
     "The difference between the two brands on your shelf is not what it was in November.",
     "Look at the order of the rice crisps on the shelf.",
     ""),
    ("2024-12-18", "Golden Reed Trading",
     "Deliveries in the Capital region came on the promised day in 87 of 100 cases.",
     "Sample panel of shop owners Q3/2024 (invented)", "licensed", "Capital",
     "The region's shops have grown used to deliveries on a promised day.",
     "",
     "We can agree fixed days of delivery with each of your stores."),
)  # fmt: skip

_OF_DECEMBER_ZH = (
    ("2024-12-04", "Brightwash", "在24家折扣店中，有9家上架了它的洗衣粉补充装。",
     "自有门店检查，2024年12月", "own", "Washing powder",
     "这是该品类第一次有补充装与盒装并排出现，顾客会看到。",
     "在两家门店给补充装一个货位，八周后与另外两家门店比较。",
     "我们负责布置试验货架，并与贵方一起统计购买情况。"),
    ("2024-12-11", "Sunfield Snacks", "在一次八个品牌的芝麻饼干口味测评中名列第一。",
     "样本消费者杂志，2024年第12期（虚构）", "public", "Sesame crackers",
     "顾客能读到这份测评，而贵方在售的饼干未参加测评。",
     "元宵节前几周在货架旁安排试吃。",
     "我们提供试吃样品和人员。"),
    ("2024-12-13", "Kettle & Kite", "2024年12月2日已将米脆片的目录价上调3%。",
     "厂家网站价目表，2024年12月2日（虚构）", "public", "Rice crisps",
     "货架上两个品牌之间的差距已与11月不同。",
     "检查米脆片在货架上的排列。",
     ""),
    ("2024-12-18", "Golden Reed Trading", "在首都区的送货中，每100次有87次在约定日到达。",
     "样本店主调查，2024年第三季度（虚构）", "licensed", "Capital",
     "该地区的商店已习惯于在约定日收货。",
     "",
     "我们可以与贵方每家门店约定固定的送货日。"),
)  # fmt: skip


def _rows() -> list[tuple[str, ...]]:
    """Return all lines with all columns, by date."""
    plain = [(*row, "", "", "", "", "en") for row in _OF_THE_YEAR]
    told = [(*row, "en") for row in _OF_DECEMBER] + [(*row, "zh") for row in _OF_DECEMBER_ZH]
    return sorted([*plain, *told], key=lambda row: (row[0], row[-1]))


MARKET_EVENTS = (
    pd.DataFrame(_rows(), columns=_COLUMNS).replace("", None).astype({"date": "datetime64[ns]"})
)
