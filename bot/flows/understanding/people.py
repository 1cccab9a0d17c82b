"""People whom a message names: staff and the customer, never firms."""

from __future__ import annotations

import re
from typing import Final

from bot.flows.understanding.page import MASK, Page

_TITLED: Final = re.compile(
    r"(?P<n>(?:[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕季裴霍涂苗谷盛曲翁冉骆蓝辛靳柴鲍华喻祁蒲屈饶解牟艾尤穆农司卓古吉缪简芦麦褚娄窦戚岑景宫卜冷晏席卫米柏宗瞿桂佟应臧闵邬卞姬仇栾隋刁沙荣巫寇桑郎甄丛仲虞敖巩佘麻苑迟邝]|小|阿|老)[一-龥]?)(?P<k>先生|女士|小姐|太太|经理|师傅|店长|主管|医生|主任|老师|客服)"
)
_CALLED: Final = re.compile(
    r"(?:名叫|名字叫|叫做|叫|姓名是|名字是|姓)(?P<n>(?:小|阿)?[一-龥]{1,3}|[a-z]{2,12})(?=的|嘅|,|。|\s|$|那)"
)
_NICKNAME: Final = re.compile(
    r"(?:服务员|店员|员工|客服|经理|销售|导购|顾问|师傅|前台|收银员|骑手|快递员|司机|职员|侍应|专员|业务员?|柜员|店长|护士)(?:叫|是|是个叫)?(?P<n>(?:小|阿|老)[一-龥])"
)
_NOT_CALLED: Final = re.compile(
    r"我|你|他|她|经理|人|车|什么|投诉|外卖|不|主管|老板|我们|号|客服|佢|做|了|来|出|咩|醒"
)
_EN_PERSON: Final = re.compile(
    r"\b(?:(?P<t>Mr|Mrs|Ms|Miss|Dr)\.? (?P<a>[A-Z][a-z]+(?: [A-Z][a-z]+)?)|(?:named|called|name is|name was|spoke (?:to|with)|speaking (?:to|with)|talked (?:to|with)|served by|dealt with|by the name of|waiter|waitress|cashier|manager|agent|driver|advisor|rep),? (?P<b>[A-Z][a-z]{1,14}(?: [A-Z][a-z]+)?))\b"
)
# "a waiter called Tom" names a person, "I called Barclays" does not.
_CALLED_SOMEONE: Final = re.compile(
    r"\b(?:man|woman|guy|lady|girl|someone|somebody|person|waiter|waitress|agent|rep|manager|employee|member|clerk|driver|is|was|he's|she's|cashier|server|technician|advisor|colleague|assistant)\s(?:is |was )?$"
)
_FIRM: Final = re.compile(
    r"\b(?:Bank|Fargo|Chase|Citi\w*|Capital|Credit|Union|Inc|LLC|Ltd|Financial|Finance|Services?|Mortgage|Experian|Equifax|Transunion|TransUnion|Amazon|Paypal|PayPal|Walmart|Target|Store|Support|Department|Insurance|Group|Airlines?|Hotels?|Visa|America|American|Express|Recovery|Loans?|Barclays|Customer|Corporate|Headquarters|Systems?|Solutions|Telecom|Mobile|Energy|Water|Electric|Gas|Google|Apple|Samsung|Sony)\b"
)
_FIRM_AFTER: Final = re.compile(
    r"(?:'s?)?\s(?:customer|support|bank|card|account|representatives?|reps?|agents?|branch|store|website|app|loan|mortgage|office|services?|corporate|back\b|again\b|and they|they)\b"
)
_FIRM_BEFORE: Final = re.compile(r"\b(?:at|from|by|with my|the|my|dear|your) [A-Z]", re.IGNORECASE)
_NOT_PERSON: Final = frozenset(
    [
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "The",
        "A",
        "An",
        "I",
        "My",
        "Your",
        "Customer",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Bank",
        "And",
        "But",
        "He",
        "She",
        "They",
        "It",
        "We",
        "On",
        "In",
        "At",
    ]
)


def _staff(page: Page) -> None:
    for match in _NICKNAME.finditer(page.masked):
        if match["n"][1] not in "姐妹伙朋弟子哥时费票吃动区姓孩":
            page.keep("person", match.start("n"), match.end("n"), 0.75, "staff")


def _is_company(page: Page, match: re.Match[str], group: str) -> bool:
    """Tell a firm from a person: "I called Barclays", "spoke with Acme customer support"."""
    name = match[group]
    lead = page.shown[match.start() : match.start(group)].rstrip(", ").lower()
    if lead == "called" and not _CALLED_SOMEONE.search(
        page.folded, max(0, match.start() - 24), match.start()
    ):
        return True
    if _FIRM.search(name) or _FIRM_AFTER.match(page.folded, match.end()):
        return True
    return _FIRM_BEFORE.search(
        page.shown[: match.start()] + page.shown[match.end() :]
    ) is not None and (
        re.search(
            rf"\b(?:at|from|by|with my|the|my|dear|your) {re.escape(name)}\b",
            page.shown,
            re.IGNORECASE,
        )
        is not None
    )


def people(page: Page) -> None:
    """Add people named in the message; names keep the writer's spelling."""
    if page.han:
        for match in _TITLED.finditer(page.masked):
            page.keep("person", match.start(), match.end(), 0.8, "staff")
        _staff(page)
        for match in _CALLED.finditer(page.masked):
            if not _NOT_CALLED.search(match["n"]):
                page.keep("person", match.start("n"), match.end("n"), 0.7, "staff")
    if not page.latin or page.shown.islower():
        return
    for match in _EN_PERSON.finditer(page.shown):
        group = "a" if match["a"] else "b"
        if (
            match[group].split()[0] in _NOT_PERSON
            or MASK in page.masked[match.start() : match.end()]
        ):
            continue
        if not match["t"] and _is_company(page, match, group):
            continue
        own = "my name" in page.folded[max(0, match.start() - 4) : match.end()]
        start = match.start() if match["t"] else match.start(group)
        page.keep("person", start, match.end(), 0.8, "customer" if own else "staff")
