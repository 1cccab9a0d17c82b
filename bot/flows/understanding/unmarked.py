"""Amounts told by a number alone: 一晚1680, 学费三千六, "the quote was 1.9k", 由59变成129.

Read after references, phones, marked amounts and dates are masked. A number is money by its
shape (1,588 · 九百八), by the words before or after it, or because the message tells the same
sum elsewhere with its currency; never when it counts things.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from bot.flows.understanding.money import REGION_CURRENCY, major, note
from bot.flows.understanding.numerals import EN_NUMBERS, parse
from bot.flows.understanding.page import Page
from bot.flows.understanding.references import HOTLINES

_HAN_DIGIT: Final = "[一二两三四五六七八九]"
_HAN_NUMBER: Final = rf"(?:{_HAN_DIGIT}?十?{_HAN_DIGIT}?[百千万亿](?:[零一二两三四五六七八九十百千万]*)|{_HAN_DIGIT}?十{_HAN_DIGIT}?)"
_NUMBER: Final = re.compile(
    rf"(?<![\w.\-/:#$%])(?P<d>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,2}})?|\d{{1,7}}+(?:\.\d{{1,2}}+)?)(?P<s>[万千百]\d?(?!\d)|k\b|w(?![a-z]))?(?![\da-z,.:/\-]\d|[a-z]|-[a-z])"
    rf"|(?P<h>{_HAN_NUMBER})",
    re.ASCII,
)
_BEFORE_LATIN: Final = re.compile(r"[一-龥a-z\d]", re.ASCII)
# What counts, measures or ranks is no money.
_COUNTS: Final = re.compile(
    r"\s?(?:多|几|余|来)?\s?(?:[次遍趟回个位名人天日晚夜月年号件小分点时倍成盒箱瓶张份本%‰°楼层室房栋座米斤吨克两升公款台部杯碗套双条家户桌粒颗包袋支字页句秒钟度岁周期届班路线秒口块种样项卷章集道粉亩平][^费钱块]?"
    r"|折(?![一二两三四五六七八九\d])|只(?![肯能退赔给收有是要剩])|里(?!面)|公里|毫|厘|星期|礼拜|(?:st|nd|rd|th)\b|times?\b|days?\b|hours?\b|hrs?\b|weeks?\b|months?\b|years?\b|yrs?\b|minutes?\b|mins?\b|people\b|persons?\b|guests?\b|items?\b|nights?\b|orders?\b|percent|stars?\b|calls?\b|emails?\b|different\b|business\b|working\b"
    r"|[ap]m\b|boxes\b|tickets?\b|separate\b|followers\b|subscribers\b|miles?\b|kms?\b|metres?\b|meters?\b|degrees?\b|inch|feet\b|ft\b|gb\b|mb\b|kg\b|lbs?\b|of (?:us|them|the|my|our)\b|pieces?\b|pairs?\b|points?\b|kids\b|children\b|staff\b|floors?\b)"
)
_A_PIECE: Final = "一(?:个|件|晚|夜|张|箱|盒|瓶|人|位|间|份|串|碗|条|只|对|双|次|套|台|斤|节|堂|桌|年|月|包|袋|杯|支|袋|天|客)"
# Words that stand right before a price; the second line needs a number that is no small count.
_STRONG: Final = (
    r"花|花费|付|收|扣|扣款|交|缴|充|充值|存|退|退款|退回|退还|赔|赔偿|刷|碌|转走|转账|转|划走|盗刷|亏|蚀|欠|损失|挣|赚|价|价格|单价|价钱|报价|估价单?|标|金额|数额|定金|订金|订咗|押金|按金|尾款|首付|余额|结余|费用?|费共|钱|款|工本|月租|租金|房租|租|小费|红包"
    r"|说好|讲好|谈好|讲定|讲明|结账|结帐|结算|埋单|买单|卖单|账单|帐单|单据|收据|合计|合共|一共|总共|总计|共计|共|加起来|实付|实收|应付|应收|到手|自费|自付|保价|报销|满|立减|减|折|优惠|卖|消费|消费了|吃了|吃咗|一口价|加价|加收|多收|多扣|少退|只退|只赔|补|差|差价|成本|原本|罚|罚款|贴|垫|垫付|俾|畀|花咗|使咗"
)
_WEAK: Final = rf"还有|里有|剩余|跳到|跳成|飙到|贵了?|便宜了?|涨了?|官网|网上|别家|隔壁|市价|行情|门店|平台|线上|实际|其实|实扣|月供|利息|保费|变|变成|变为|变做|变咗|改回|改成|涨到|涨成|加到|升到|升至|加至|降到|由|从|才|只要|净系|各|送|本来|原来|吐了?|每[桌间杯份台张件瓶]|成|每人|每位|每月|每个月|每晚|每年|人均|{_A_PIECE}|要|都是|就是|等于|剩|剩下|还剩|给|给我来个|给我来|写|得|平时|期期|买|买的|我的|嗰|换一个|换个|是|返|又"
_JOIN: Final = r"(?:小|大|上|起|了|咗|我们?|你们?|咱们?|佢|是|系|为|到|成|掉|嗰?|去|走|回|返|返俾我|约|大约|大概|近|将近|差不多|快|就|至少|足足|整整|超过|另外?|又|还|一笔|一遍|的|只|才|肯|人民币|共|:|=|,|~|\s|\(|\"|“|「)*"
_BEFORE: Final = re.compile(rf"(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK})){_JOIN}$")
_BEFORE_EN: Final = re.compile(
    r"\b(?:paid|pay(?:ing)?|charg(?:e|ed|ing)|charge of|cost(?:s|ing)?|price|priced|prices|refund(?:ed)?|worth|spent|total(?:led|ed)?|billed|bill|amount|fee|fees|deposit|took|taken|deducted|owed?|owes|for only|quot(?:e|ed)|top ?up|extra|another|rent|fare|tip|debited|withdrew|transferred|compensat\w+|balance|difference|overcharged|invoice[d]?|estimate[d]?|premium|supplement|salary|earn|lost)"
    r"(?:\s(?:is|was|of|at|me|us|by|to|him|her|them|only|an?|the|extra|another|additional|over|about|around|nearly|almost|roughly|approximately|just|exactly|up|from|price|came|comes|fee|back))*\s?[:=~]?\s?$"
)
_AFTER: Final = re.compile(
    rf"(?:多|几|余|左右)?(?:[一两二三四五六\d](?:件|双|个|条|盒|箱|瓶|包|张|斤|份|只|袋)(?![月天钟])|买的|卖的|买了|订的|拿的|拍的|抢的|修的|做的|买来|现金|{_A_PIECE}|每[个人晚月年次张位]|/[月晚人年次位]|的[一-龥]{0, 4}(?:餐|卡|费|团购)|的(?:优惠券|代金券|券|套餐|红包|房|价|学费|票|会员)|任选|也是钱|不是钱|包邮|起步|一位|嘅嘢|的钱|块|元|退(?:给|还|回|返)?[我俾])"
    r"|\s?(?:each\b|per\b|a (?:month|night|year|week|head|person|day)\b|all in\b|nett\b|in total\b|back\b|difference\b|refund\b|cash\b)"
)
_END: Final = re.compile(r"\s*(?:多|左右)?(?:[,。;!?\n…~)]|$|\s)")
_MONEY: Final = re.compile(
    "[钱价费付花扣退赔卖贵买]|收[了我咗]|账单|帐单|结[账帐]|套餐|定金|余额|充值"
)
_NUMBERED: Final = re.compile(
    r"[号码房座栋幢楼室门编尾机线路航班型第版卡]|电话|热线|拨打|打了?$|\x1a$|[a-z]$"
)
_LEAST_ALONE: Final = 10
_TENS_EN: Final = "|".join(sorted(EN_NUMBERS, key=len, reverse=True))
# "thirty-one fifty": said aloud, taken only where the same sum is written as well.
_ALOUD: Final = re.compile(
    rf"\b(?P<a>(?:{_TENS_EN})(?:[- ](?:{_TENS_EN}))?) (?P<b>ninety|eighty|seventy|sixty|fifty|forty|thirty|twenty|ten)(?:[- ](?P<c>nine|eight|seven|six|five|four|three|two|one))?\b"
)
_LEAD: Final = 24
_LEAD_EN: Final = 44
_LEAST: Final = 5
_LEAST_WEAK: Final = 10


def _value(match: re.Match[str]) -> Decimal | None:
    """Return the number, None where it is written like none."""
    digits = match["d"]
    if digits is None:
        return parse(match["h"])
    if digits[0] == "0" and digits != "0":
        return None
    return parse(digits + (match["s"] or ""))


def _shaped(match: re.Match[str]) -> bool:
    """Tell whether the way a number is written says money: 1,588 · 36.50 · 九百八 · 1万2."""
    digits, han = match["d"], match["h"]
    if digits:
        return "," in digits or bool(match["s"] and match["s"][0] in "万千百" and match["s"][1:])
    if sum(map(han.count, "百千万十")) > 1 and han[-1] not in "百千万亿":
        return True
    return len(han) > 2 and han[-1] in "一二两三四五六七八九" and han[-2] in "百千万"


def _ends(text: str, end: int) -> bool:
    """Tell whether a number ends its clause, which what is counted does not."""
    return _END.match(text, end) is not None


def _money_near(page: Page, start: int, known: set[Decimal]) -> bool:
    """Tell whether the clause, or the message, speaks of money and of no number of a thing."""
    first = max(page.clause_start(start), start - _LEAD)
    if _NUMBERED.search(page.masked, first, start):
        return False
    return bool(known) or _MONEY.search(page.masked, first, start) is not None


def _told(page: Page, match: re.Match[str], value: Decimal, known: set[Decimal]) -> float:
    """Return how sure it is that a number is money, 0 where it is none."""
    text = page.masked
    start, end = match.span()
    if _AFTER.match(text, end) and value >= _LEAST:
        return 0.8
    if _COUNTS.match(text, end):
        return 0.0
    if value in known and value >= _LEAST:
        return 0.8
    before = _BEFORE.search(text, max(0, start - _LEAD), start)
    if before is not None:
        if before["strong"]:
            return 0.8
        year = match["d"] is not None and 1990 <= value <= 2035 and len(match["d"]) == 4
        return 0.7 if value >= _LEAST_WEAK and not year else 0.0
    if page.latin and _BEFORE_EN.search(text, max(0, start - _LEAD_EN), start):
        return 0.75
    if (
        match["d"]
        and page.han
        and value >= _LEAST_ALONE
        and _ends(text, end)
        and _money_near(page, start, known)
    ):
        return 0.6
    if known and match["d"] and "." in match["d"] and _ends(text, end):
        return 0.6
    vague = match["h"] and match["h"][-1] in "百千万" and text[end : end + 1] in set("多几余")
    return 0.7 if _shaped(match) or vague else 0.0


def _likely(page: Page, match: re.Match[str]) -> bool:
    """Leave out what cannot be a sum, cheaply."""
    han, start = match["h"], match.start()
    if han is None:
        return match["d"] not in HOTLINES
    if (
        page.masked[start - 1 : start] in set("第几数好上成老之十百千万零一二三四五六七八九")
        and start
    ):
        return False
    return len(han) > 1 or page.region in {"HK", "MO"}


def _sums(page: Page) -> set[Decimal]:
    """Return the sums that are told already, in major units."""
    return {
        Decimal(str(major(found.value, found.currency)))
        for found in page.found
        if found.slot == "amount"
    }


def read(page: Page) -> None:
    """Add every amount that is told by a number alone."""
    currency = REGION_CURRENCY.get(page.region, "USD")
    known = _sums(page)
    for again in (False, True):  # a sum that is sure makes the same number elsewhere money
        added = False
        for match in _NUMBER.finditer(page.masked):
            if not _likely(page, match):
                continue
            value = _value(match)
            if value is None or value < _LEAST or (again and value not in known):
                continue
            sure = _told(page, match, value, known)
            if sure:
                note(page, match.start(), match.end(), value, currency, sure)
                known.add(value)
                added = True
        if not added:
            break
    if page.latin and known:
        _aloud(page, known, currency)


def _aloud(page: Page, known: set[Decimal], currency: str) -> None:
    for match in _ALOUD.finditer(page.masked):
        whole, tens, ones = parse(match["a"]), parse(match["b"]), parse(match["c"] or "zero")
        if whole is None or tens is None or ones is None:
            continue
        value = whole + (tens + ones) / 100
        if value in known:
            said = next(
                one.currency
                for one in page.found
                if one.slot == "amount" and major(one.value, one.currency) == float(value)
            )
            note(page, match.start(), match.end(), value, said or currency, 0.7)
