"""The words of the calendar's entries, in English and Chinese."""

from kamtools.errors import InputError

NOTICE, STEP, HANDOVER = "notice", "initiative", "plan hand-over"
BRIEFING, REVIEW, GATE = "briefing", "review", "stage gate"
KINDS = (HANDOVER, NOTICE, STEP, BRIEFING, REVIEW, GATE)
"""Kinds of entries, in the order of one day."""

AHEAD, LATE, GIVEN = "to come", "late", "given"
"""What stands of an entry. Only notices and hand-overs can be late, only notices given."""

LANGUAGES = ("en", "zh")

_WORDS = {
    "en": {
        NOTICE: "Tell {account}: “{initiative}” begins on {starts}",
        "notice late": "Tell {account} at once: “{initiative}” begins on {starts}",
        "notice given": "{account} was told: “{initiative}” begins on {starts}",
        STEP: "“{initiative}” begins",
        "step of": "“{initiative}” begins ({account})",
        HANDOVER: "Hand over the plan for {period} to the management of every key account",
        "plan hand-over late": "Hand over the plan for {period} to the management of every key "
        "account at once",
        BRIEFING: "Send every key account the briefing of {period}",
        REVIEW: "Review the quarter that ended on {ended}: plan against outcome, notices kept",
        GATE: "Stage gate of {account}, now: {status}",
        "why notice": "E2: {promised} days of notice promised",
        "was due": "; was due on {due}; days left: {left}",
        "not known": "; nothing here says that it was done",
        "why step": "initiatives.csv",
        "why handover": "E1: the plan, with dates, {promised} days before its year begins on "
        "{starts}",
        "why briefing": "E3: every month, on working day {number}",
        "why review": "rule: every quarter, on working day {number}",
        "why gate": "rule: status {status}, looked at again after {months} months",
    },
    "zh": {
        NOTICE: "告知{account}：“{initiative}”将于{starts}开始",
        "notice late": "立即告知{account}：“{initiative}”将于{starts}开始",
        "notice given": "已告知{account}：“{initiative}”将于{starts}开始",
        STEP: "“{initiative}”开始",
        "step of": "“{initiative}”开始（{account}）",
        HANDOVER: "向每家关键客户的管理层递交{period}年度计划",
        "plan hand-over late": "立即向每家关键客户的管理层递交{period}年度计划",
        BRIEFING: "向每家关键客户发送{period}市场简报",
        REVIEW: "季度回顾（截至{ended}）：计划与结果、通知是否兑现",
        GATE: "{account}的阶段评审，目前：{status}",
        "why notice": "E2：承诺提前{promised}天通知",
        "was due": "；应于{due}完成，还剩{left}天",
        "not known": "；此处没有已完成的记录",
        "why step": "initiatives.csv",
        "why handover": "E1：计划年度于{starts}开始，提前{promised}天递交带日期的计划",
        "why briefing": "E3：每月第{number}个工作日",
        "why review": "规则：每季度第{number}个工作日",
        "why gate": "规则：状态为“{status}”，{months}个月后再评审",
    },
}
"""Language -> what an entry says."""

LABELS = {
    "en": {
        NOTICE: "Notice", STEP: "Step", HANDOVER: "Plan hand-over", BRIEFING: "Briefing",
        REVIEW: "Review", GATE: "Stage gate", "owner": "Owner: ", "because": "Because: ",
        "account_id": "Account: ", "status": "Status: ", AHEAD: "to come", LATE: "late",
        GIVEN: "given",
    },
    "zh": {
        NOTICE: "提前通知", STEP: "举措", HANDOVER: "递交计划", BRIEFING: "市场简报",
        REVIEW: "季度回顾", GATE: "阶段评审", "owner": "负责人：", "because": "依据：",
        "account_id": "客户：", "status": "状态：", AHEAD: "待办", LATE: "已逾期", GIVEN: "已告知",
    },
}  # fmt: skip
"""Language -> what kinds, states and parts of an entry are called in a calendar."""

STATUS_ZH = {"standard": "普通客户", "probation": "考察期", "key": "关键客户", "notice": "警示期"}


def check_language(language: str) -> str:
    """Return a language that the calendar has words in.

    Raises
    ------
    InputError
        If it has none.

    Examples
    --------
    >>> check_language("zh")
    'zh'
    """
    if language not in LANGUAGES:
        raise InputError(f"language is one of {', '.join(LANGUAGES)}; got {language!r}")
    return language


def words(which: str, language: str, **values: object) -> str:
    """Return what an entry says.

    Parameters
    ----------
    which
        A kind, or another key of the words.
    language
        "en" or "zh".
    **values
        What is put into the text; names may hold any sign.

    Examples
    --------
    >>> words("step of", "en", initiative="New {price} list", account="Ox & Co.")
    '“New {price} list” begins (Ox & Co.)'
    """
    return _WORDS[language][which].format(**values)


def status_words(status: str, language: str) -> str:
    """Return what a status of the stage gates is called.

    Examples
    --------
    >>> status_words("probation", "en"), status_words("probation", "zh")
    ('probation', '考察期')
    """
    return STATUS_ZH.get(status, status) if language == "zh" else status
