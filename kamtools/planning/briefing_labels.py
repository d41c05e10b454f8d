"""The words of the briefing's page, in English and Chinese, and dates as each language has them."""

import datetime
from collections.abc import Sequence

from kamtools.errors import InputError
from kamtools.wording import listing, percent

LABELS = {
    "en": {
        "title": "Market briefing, {month}",
        "for": "for {name}",
        "from": "from {supplier}",
        "dated": "as of {day}",
        "moved": "What moved",
        "means": "What it means for you",
        "suggestions": "What we suggest",
        "cooperation": "What our cooperation can do",
        "number": "No.",
        "date": "Date",
        "who": "Who",
        "what": "What",
        "source": "Source",
        "public": "public",
        "own": "own research",
        "licensed": "licensed",
        "bought": "{products}: {share} of your purchases from us.",
        "region": "It is in your region.",
        "segment": "It is about your kind of trade.",
        "all": "It is about everybody in this market.",
        "to line": "(on {number})",
        "planned": "{step}: planned to begin on {day}.",
        "calm": "Nothing became known this month that touches what you buy. A calm month is news "
        "too.",
        "to write": "To be written by the key account manager.",
        "draft": "DRAFT, not yet checked by a person. Do not send.",
        "unfinished": "DRAFT, parts are still to be written. Do not send.",
        "checked": "Checked by {person}.",
        "sources": "Every line is public, our own research or licensed, as marked. Nothing here "
        "comes from another client.",
        "shares": "Shares of your purchases: the twelve months to {day}.",
    },
    "zh": {
        "title": "市场简报，{month}",
        "for": "致：{name}",
        "from": "来自：{supplier}",
        "dated": "截至{day}",
        "moved": "市场动态",
        "means": "对贵方意味着什么",
        "suggestions": "我们的建议",
        "cooperation": "双方合作能做什么",
        "number": "序号",
        "date": "日期",
        "who": "企业",
        "what": "动态",
        "source": "来源",
        "public": "公开",
        "own": "自有调研",
        "licensed": "授权使用",
        "bought": "{products}：占贵方从我处采购额的{share}。",
        "region": "发生在贵方所在地区。",
        "segment": "涉及贵方所在的业态。",
        "all": "涉及市场中的所有企业。",
        "to line": "（见第{number}条）",
        "planned": "{step}：计划于{day}开始。",
        "calm": "本月没有出现涉及贵方采购品类的动态。平静的月份同样值得一报。",
        "to write": "待关键客户经理填写。",
        "draft": "草稿，尚未经人核对，请勿发送。",
        "unfinished": "草稿，部分内容待填写，请勿发送。",
        "checked": "核对人：{person}。",
        "sources": "每条内容均按标注来自公开信息、自有调研或授权资料，均非来自其他客户。",
        "shares": "采购额占比：截至{day}的十二个月。",
    },
}
"""Language -> what each part of the page is called."""

LANGUAGE_NAMES = {"en": "English", "zh": "Chinese"}
"""What each language is called in English."""

_CHINESE = ("zh", "chinese", "mandarin", "cantonese", "中文", "汉语", "普通话", "粤语")
_ENGLISH = ("en", "english", "英语", "英文")


def label(which: str, language: str, **values: object) -> str:
    """Return a label in a language, with values put in; names may hold any sign.

    Examples
    --------
    >>> label("for", "en", name="Ox {and} Elk"), label("moved", "zh")
    ('for Ox {and} Elk', '市场动态')
    """
    return LABELS[language][which].format(**values)


def page_language(given: str, *, of_account: object = None, of_firm: str = "en") -> str:
    """Return the language of the page: as given, else the account's, else the firm's.

    Parameters
    ----------
    given
        "en", "zh", or blank.
    of_account
        As in `language` of accounts.csv ("English", "Mandarin", "中文"); one that the page is
        not made in counts as not known.
    of_firm
        As in engagement.toml.

    Raises
    ------
    InputError
        If the one given is neither.

    Examples
    --------
    >>> page_language("", of_account="Mandarin"), page_language("", of_account="Czech")
    ('zh', 'en')
    """
    if given:
        return check_language(given)
    spoken = of_account.strip().casefold() if isinstance(of_account, str) else ""
    if spoken.startswith(_CHINESE):
        return "zh"
    return "en" if spoken in _ENGLISH else check_language(of_firm)


def check_language(language: str) -> str:
    """Return a language that the page has labels in.

    Raises
    ------
    InputError
        If it has none.

    Examples
    --------
    >>> check_language("zh")
    'zh'
    """
    if language not in LABELS:
        raise InputError(f"language is one of {', '.join(LABELS)}; got {language!r}")
    return language


def day_words(day: datetime.date, language: str) -> str:
    """Return a day as it is written in a language.

    Examples
    --------
    >>> day_words(datetime.date(2024, 12, 9), "en"), day_words(datetime.date(2024, 12, 9), "zh")
    ('9 December 2024', '2024年12月9日')
    """
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_words(month: datetime.date, language: str) -> str:
    """Return a month as it is written in a language.

    Examples
    --------
    >>> month_words(datetime.date(2024, 12, 1), "en"), month_words(datetime.date(2024, 12, 1), "zh")
    ('December 2024', '2024年12月')
    """
    if language == "zh":
        return f"{month.year}年{month.month}月"
    return f"{_MONTHS[month.month - 1]} {month.year}"


def share_words(share: float, language: str) -> str:
    """Return a share (0-1) as each language writes it.

    Examples
    --------
    >>> share_words(0.21, "en"), share_words(0.21, "zh")
    ('21 %', '21%')
    """
    return percent(share).replace(" ", "") if language == "zh" else percent(share)


def names_words(names: Sequence[str], language: str) -> str:
    """Return names as each language lists them.

    Examples
    --------
    >>> names_words(["tea", "salt"], "en"), names_words(["茶", "盐"], "zh")
    ('tea and salt', '茶、盐')
    """
    return "、".join(names) if language == "zh" else listing(names)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
