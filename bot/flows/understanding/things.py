"""Goods and counts that a message names."""

from __future__ import annotations

import re
from typing import Final

from bot.flows.understanding.numerals import EN, whole
from bot.flows.understanding.page import MASK, Page

_CUE: Final = re.compile(
    r"(?:\b(?:bought|purchased|ordered|my|our|the|a|an|new|this|return|got)(?: \w+){0,2}\s*$)|(?:买的?|订的?|点的?|购的?|购买的?|这|那|个|台|部|件|双|份|只|我的|款|碗|杯|盒|条|张|辆|支|瓶|了)\S{0,3}$"
)
_GUESSED: Final = re.compile(
    r"(?:买|购买|订购|入手)(?:了|的|咗|嘅)(?:一|两|几|1|2)?(?:个|台|件|部|双|只|套|瓶|盒|条|张|款|支|辆|本|箱)?(?P<p>[一-龥]{2,6}?)(?=[,。!?;\s]|就|结果|坏|是|有|没|不|一|才|打开|收到|到|后|发现|质量|$)"
)
_STORY_EN: Final = 300  # characters
_STORY_ZH: Final = 120
# Goods that stories name in passing, and English words that mean other things as well.
_EVERYDAY: Final = frozenset(
    [
        "phone", "loan", "mortgage", "credit card", "debit card", "insurance", "tickets", "course",
        "breakfast", "lunch", "dinner", "brunch", "tea", "coffee", "book", "books", "ring", "iron",
        "fan", "watch", "desk", "chair", "glasses", "table", "computer", "tv", "console", "foundation",
        "membership", "speaker", "monitor", "flight", "serum", "cable", "wallet", "savings account",
        "checking account", "早餐", "午餐", "晚餐", "手机", "电脑", "信用卡", "贷款", "保险", "套餐",
        "课程", "钱包", "电视", "毛巾", "椅子", "书桌", "茶叶", "水果", "精华", "新车",
    ]
)  # fmt: skip
_NO_GOODS_AFTER: Final = re.compile(
    r"\s(?:calls?|numbers?|lines?|conversations?|reps?|support|agents?|tag|shop|table at|a (?:room|table|flight|hotel|appointment)|out for|club|of hers)\b|号码?|店|厂|卡(?!了|死|顿|机)|号"
)
_NO_GOODS_BEFORE: Final = re.compile(
    r"\b(?:by|via|on|over the|on the|answer the|pick up the|to|can't|not|please|will|a big|huge)\s$"
)
_NO_PRODUCT: Final = re.compile(
    r"什么|甚么|啥|咩|乜|东西|商品|产品|货|时候|这个|那个|人|钱|第|你们"
)
_UNIT_EN: Final = "items?|tins?|strips?|trays?|tubes?|rolls?|jars?|slices?|sheets?|boxes|box|bottles?|packs?|packets?|bags?|pieces?|pcs|units?|pairs?|tickets?|cans?|cartons?|copies|books?|plates?|cups?|bowls?|kg|kilos?|grams?|g|lbs?|litres?|liters?|rooms?|parcels?|packages?|shirts?|seats?|sets?|dishes|of them|of these|of those"
_QUANTITY: Final = re.compile(
    rf"(?<![\d.,:/\-$£€¥a-z第])(?P<n>\d{{1,4}}(?:\.\d+)?|[一二两三四五六七八九十]{{1,3}}|几)\s?(?:大|小)?(?P<u>件|箱|盒|瓶|包|袋|打|公斤|千克|斤|克|台|部|双|套|条|支|枝|本|份|张|只|对|罐|桶|碗|杯|盘|碟|串|颗|粒|辆|间|卷|枚|樽|嚿|碌|盏|扇|块|片|匹|床|把|筐|个|kg)(?!\)?多?(?:个)?(?:工作日|月|星期|礼拜|小时|天|钟)|月|小时|钟|星期|礼拜|人|多?小时|工作日|电话|客服|下午|上午|早上|晚上|经理|员工|服务|问题|分|地方|次|小朋友|孩子|顾客|年|工|半|部分|道歉|解释|不通|电话|[大细]人|细路|阿[伯公婆叔姨]|小孩|老人|唔同|不同|说法|交代|理由|字|疗程|门|前|后|枱|桌)"
    rf"|\b(?P<n2>\d{{1,4}}|{EN})\s(?P<u2>{_UNIT_EN})\b"
)
# 一双 counts nothing by itself; 只收到一箱 does.
_ONE_COUNTED: Final = re.compile(
    r"(?:[只仅才少共剩缺漏就坏错]|只[有是给收买到来寄发]|一共|总共|收到|退|发了|寄了|少了|\bonly|\bjust|\bexactly)了?\s?$"
)
_GOODS_LED: Final = re.compile(
    r"(?:买|订|购|收到?|少|缺|坏|剩|退|换|碎|破|漏|寄|发|拿|要|有|里面?|共|的)[了咗]?\s?$"
)
_AMISS: Final = re.compile(
    r"坏|烂|碎|少[了发寄装]|缺|漏[发寄送装]|脱|断|臭|过期|发霉|裂|受潮|变质|错|不见|冻冰|剩|\b(?:broken|missing|crack\w*|short|smash\w*|damaged|leak\w*|wrong|mouldy|moldy|raw|faulty|ruined|expired|off|left|dead)\b"
)
_NEAR: Final = 22  # characters after a count in which it is said what is amiss
_BARE_COUNT: Final = 6  # characters: a message this short is a count


def products(page: Page) -> None:
    """Add known goods, and what stands after 买的 when nothing known is named."""
    best: dict[int, tuple[int, str]] = {}
    for hit in page.listed("products"):
        if hit.end > best.get(hit.start, (0, ""))[0]:
            best[hit.start] = (hit.end, hit.tag)
    last = -1
    known = False
    named: set[str] = set()
    for start, (end, trade) in sorted(best.items()):
        if end <= last or MASK in page.masked[start:end]:
            continue
        last = end
        known = True
        word = page.folded[start:end]
        if word in named:
            continue
        named.add(word)
        if _NO_GOODS_AFTER.match(page.folded, end) or (
            word.isascii() and _NO_GOODS_BEFORE.search(page.folded, max(0, start - 14), start)
        ):
            continue
        sure = _sure_of_product(page, start, word)
        page.keep("product", start, end, sure, trade, guessed=sure < 0.5)
    if (
        known
        or not page.han
        or not ("买" in page.masked or "购" in page.masked or "入手" in page.masked)
    ):
        return
    for match in _GUESSED.finditer(page.masked):
        if not _NO_PRODUCT.search(match["p"]):
            page.keep("product", match.start("p"), match.end("p"), 0.4, None, guessed=True)


def _sure_of_product(page: Page, start: int, word: str) -> float:
    """Say how sure it is that this is what the complaint is about; a long story names much."""
    cued = _CUE.search(page.folded, max(0, start - 24), start) is not None
    if len(page.folded) > (_STORY_ZH if page.han else _STORY_EN):
        return 0.6 if cued and word not in _EVERYDAY else 0.4 if word not in _EVERYDAY else 0.3
    if word in _EVERYDAY and not cued:
        return 0.45
    return 0.85 if cued else 0.65


def quantities(page: Page) -> None:
    """Add counted goods: those that are amiss where any are, else those that were bought."""
    counts = [
        (match, unit, number)
        for match in _QUANTITY.finditer(page.masked)
        for unit, number in (_counted(page, match),)
        if number
    ]
    amiss = [one for one in counts if _amiss(page, one[0])]
    for match, unit, number in amiss or counts:
        page.add("quantity", number, match.start(), match.end(), 0.75, unit=unit)


def _counted(page: Page, match: re.Match[str]) -> tuple[str, str]:
    """Return unit and number, "" for what counts no goods; a lone 一个 counts nothing."""
    written, unit = match["n"] or match["n2"], match["u"] or match["u2"]
    if written in {"几", "a", "an"} or (written == "一" and unit == "个"):
        return unit, ""
    bare = len(page.masked.strip()) <= _BARE_COUNT
    before = max(0, match.start() - 6)
    if written in {"一", "one"} and not bare:
        if not _ONE_COUNTED.search(page.masked, before, match.start()):
            return unit, ""
    elif unit == "个" and not bare and not _GOODS_LED.search(page.masked, before, match.start()):
        return unit, ""
    number = written if "." in written else str(whole(written) or "")
    return unit.removeprefix("of "), number


def _amiss(page: Page, match: re.Match[str]) -> bool:
    """Tell whether the counted things are those that the complaint is about."""
    first = max(page.clause_start(match.start()), match.start() - 10)
    last = min(page.clause_end(match.end()), match.end() + _NEAR)
    return _AMISS.search(page.folded, first, last) is not None
