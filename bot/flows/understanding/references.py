"""References: order, invoice, booking, tracking, case … by keyword first, then by shape.

Card numbers (13 to 19 digits that pass the Luhn check) are never taken as a reference.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.flows.understanding import contacts
from bot.flows.understanding.page import Page

# One reference may be written in groups: "8500 2217 63", "MYX 8810 2231", "TKO RN 26010388".
_GROUPS: Final = (
    r"(?:(?:[a-z]{2,4}\s){0,2}\d{2,5}(?:\s\d{1,5}){1,4}+|(?:[a-z]{2,4}\s){1,2}\d{4,10})"
    r"(?![\w:%/-]|\.\d|\s?(?:[元块蚊圆天日月年号点个件次人分]|[ap]m\b|days?\b|hours?\b|weeks?\b|times?\b))|"
)
_KINDS: Final = {
    "order": "order|po|purchase order|work order|job|con note|订单|订货|下单|单号|单编号|单据|订购|订餐|取件|提货|核销|兑换|外卖|取餐|团购|落单",
    "invoice": "invoice|bill|receipt|check|docket|发票|小票|收据|账单|帐单",
    "booking": "booking|bkng|reservations|pickup|conf|bkg|voucher|票|reservation|confirmation|pnr|itinerary|预订|预约|订房|订位|订台|订座|确认",
    "tracking": "tracking|track|trk|awb|waybill|parcel|consignment|shipment|package|运单|快递|物流|包裹|追踪|货运|寄件|托运|查件|挂号|转运",
    "case": "case|ticket|report|form|file|claim|回执|档案|报失|爭议|争议|异常单|维修单|complaint|reference|ref|incident|query|工单|案件|个案|投诉|客诉|报修|申诉|受理|参考|查询|报案|受案|立案|仲裁|保修|维修|服务单|任务|作业",
    "account": "account|acct|a/c|membership|member|customer|client|user|loyalty|会员|账号|帐号|账户|帐户|户口|客户|用户|户号|水表|电表|表|缴费|学|会籍",
    "contract": "contract|policy|agreement|lease|tenancy|loan|合同|合约|保单|契约|理赔|贷款|协议",
    "batch": "batch|lot|serial|sn|s/n|imei|meter|chassis|vin|批|批次|序列|流水|机身|车架|引擎|设备|出厂|凭证|交易|货|产品编|商品编",
    "plate": "plate|licence|license|reg|rego|registration|车牌|车号|车牌号",
    "transaction": "transaction|txn|payment|transfer|receipt no",
}
_KIND_OF: Final = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}
_EN: Final = "|".join(sorted((w for w in _KIND_OF if w.isascii()), key=len, reverse=True))
_ZH: Final = "|".join(sorted((w for w in _KIND_OF if not w.isascii()), key=len, reverse=True))
_SPELT: Final = rf"(?P<t>{_GROUPS}(?=[a-z0-9\-_/]*\d)[a-z0-9](?:[a-z0-9\-_/]{{1,38}}[a-z0-9]))"
_KEYWORD_EN: Final = re.compile(
    rf"\b(?P<k>{_EN})(?:\s?(?:number|no\.?|num\.?|nr\.?|#|ids?|code|ending(?: in)?|ends in|ref(?:erence)?(?:\s(?:number|no\.?))?|order)\b\.?)*\s?(?:is|was|:|#|=|-|\()?\s?(?:is\s)?[#(\"']?{_SPELT}(?![\w.]\d|%)"
)
_KEYWORD_ZH: Final = re.compile(
    rf"(?P<k>{_ZH})(?:的)?(?:编?号码?|编码|代码|码|尾号|单号|后四[位码]|末四码|no\.?|number|id)?\s?(?:是|为|系|:|#|=|就是|\(|“|「|\")*\s?[#(]?{_SPELT}(?![\d%])"
)
_LOOSE: Final = re.compile(
    rf"(?:^|[^a-z])(?:(?<![房间台桌位机话座门工栋楼取挂排抽第])(?<![取挂排抽]的)编?号码?|no\.|#)\s?(?:是|为|系|:)?\s?{_SPELT}(?![\d%])"
)
_SHAPE: Final = re.compile(
    r"(?<![a-z0-9_\-/.@])(?:(?P<mix>(?=[a-z\-]*\d)(?=[\d\-]*[a-z])(?=(?:[a-z\-]*\d){4})[a-z0-9]+(?:-[a-z0-9]+)*)|(?P<dash>\d{3,}(?:-\d{3,})+)|(?P<long>\d{10,30}))(?![a-z0-9_\-/@]|\.\d)",
    re.ASCII,
)
_PLATE: Final = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][·\s]?[a-z0-9]{4,6}[学警挂港澳领试]?(?![a-z0-9])"
)
# Plates by their shape where it is the country's own and nothing else looks like it.
_PLATES: Final = {
    "GB": re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}\s?[a-z]{3}(?![a-z0-9])"),
    "MY": re.compile(r"(?<=[(（])[a-z]{1,3}\s?\d{1,4}(?=[)）])"),
    "SG": re.compile(r"(?<![a-z0-9])s[a-z]{2}\s?\d{1,4}\s?[a-z](?![a-z0-9])"),
    "IE": re.compile(r"(?<![a-z0-9])\d{2,3}-[a-z]{1,2}-\d{1,6}(?![a-z0-9])"),
}
# The number of an official paper: 京公(海)受字〔2026〕0412.
_PAPER: Final = re.compile(
    r"[一-龥][一-龥()]{1,12}[〔\[(【](?:19|20)\d{2}[〕\])】]\s?(?:第)?\d{1,6}(?:-\d+)?"
)
_PAPER_WORDS: Final = frozenset("单回执号案件是为系编")
_FLIGHT: Final = re.compile(r"(?:[a-z]{2}|[a-z]\d|\d[a-z])-?\d{3,4}")
_VIN: Final = re.compile(r"(?<![a-z0-9])(?=[a-z]*\d)(?=\d*[a-z])[a-hj-npr-z0-9]{17}(?![a-z0-9])")
_DATE: Final = re.compile(
    r"(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?"
)
_UNITS: Final = re.compile(
    r"\s?(?:[元块蚊圆天日月年号个件次人分小]|dollars?|bucks|pounds|euros?|days?|hours?|weeks?|minutes?|times?|people|items?|am\b|pm\b|usd|hkd|gbp|of\b|years?|months?)"
)
_MODEL: Final = re.compile(
    r"(?:iphone|ipad|rtx|gtx|galaxy|win|mp|usb|ps|covid|wifi|mate|gen|type|version|v|size|no|step|day|room|gate|flight|a|b|c|h)-?\d{1,4}[a-z]{0,4}"
)
HOTLINES: Final = frozenset({"12315", "12345", "12300", "12378", "12381", "12366", "1950", "315"})
_TWO_DIGITS: Final = re.compile(r"\d[a-z\-_/]*\d")
# Words that also stand before a price, a year or a count: their short number needs "no." or "#".
_COUNTED: Final = frozenset(
    [
        "bill",
        "check",
        "claim",
        "quote",
        "quotation",
        "loan",
        "ticket",
        "payment",
        "transfer",
        "transaction",
        "file",
        "job",
        "report",
        "reg",
        "registration",
        "rego",
        "model",
        "lot",
        "query",
        "permit",
        "track",
        "license",
        "licence",
        "pickup",
        "票",
        "表",
        "货",
        "交易",
        "贷款",
        "学",
        "券",
        "兑换",
        "车票",
    ]
)
_NUMBERED: Final = re.compile(r"number|no|num|nr|#|id|code|:|ref|end|号|码")
_SHORT: Final = 5  # digits
_MIN_SHAPE: Final = 6
_ADJACENT_DIGITS: Final = 3


def _luhn(digits: str) -> bool:
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_card(text: str) -> bool:
    """Tell whether a token is a payment card number."""
    digits = re.sub(r"[\s\-]", "", text)
    return digits.isdigit() and 13 <= len(digits) <= 19 and digits[0] in "3456" and _luhn(digits)


def _refused(text: str, match: re.Match[str]) -> bool:
    token = match["t"]
    digits = sum(char.isdigit() for char in token)
    if digits < 2 or len(token) < _ADJACENT_DIGITS:
        return True
    if _DATE.fullmatch(token) or is_card(token) or token in HOTLINES:
        return True
    if (
        token.isdigit()
        and len(token) < 4
        and match.group().rstrip()[-len(token) - 1 : -len(token)] not in set(" :#号是码")
    ):
        return True
    keyword = match.groupdict().get("k")
    if keyword in _COUNTED and token.isdigit() and len(token) <= _SHORT:
        between = text[match.end("k") : match.start("t")]
        if not _NUMBERED.search(between):
            return True
    spoken = _UNITS.match(text, match.end()) is not None
    return spoken and token.isdigit() and len(token) <= 6


def _add(page: Page, start: int, end: int, confidence: float, kind: str) -> None:
    first, last = page.original_span(start, end)
    written = unicodedata.normalize("NFKC", page.original[first:last])
    page.add("reference", written, start, end, confidence, kind=kind)


def _plates(page: Page) -> None:
    """Add plates by their country's shape, before a keyword takes a part of one."""
    own = _PLATES.get(page.region)
    for match in own.finditer(page.masked) if own else ():
        if page.shown[match.start() : match.end()].isupper():
            _add(page, match.start(), match.end(), 0.85, "plate")


def _papers(page: Page) -> None:
    """Add the numbers of official papers, and mainland plates."""
    for match in _PAPER.finditer(page.masked):
        start = match.start()
        while page.masked[start : start + 1] in _PAPER_WORDS:
            start += 1
        _add(page, start, match.end(), 0.85, "case")
    for match in _PLATE.finditer(page.masked):
        _add(page, match.start(), match.end(), 0.9, "plate")


def by_keyword(page: Page) -> None:
    """Add references that follow a word such as order number or 订单号."""
    if not page.digits or not _TWO_DIGITS.search(page.masked):
        return
    _plates(page)
    patterns = [_KEYWORD_ZH] if page.han else []
    if page.latin:
        patterns.append(_KEYWORD_EN)
    for pattern in patterns:
        text = page.masked
        for match in pattern.finditer(text):
            if not _refused(text, match):
                _add(page, match.start("t"), match.end("t"), 0.95, _KIND_OF[match["k"]])
    if page.han:
        _papers(page)


def by_shape(page: Page) -> None:
    """Add what only looks like a reference; run after phones, amounts and dates are masked."""
    text = page.masked
    if not page.digits or not _TWO_DIGITS.search(text):
        return
    for match in _LOOSE.finditer(text):
        if not _refused(text, match) and len(match["t"]) >= 4:
            _add(page, match.start("t"), match.end("t"), 0.7, "other")
    text = page.masked
    for match in _SHAPE.finditer(text):
        token = match.group()
        if (
            len(token) < _MIN_SHAPE
            or _MODEL.fullmatch(token)
            or _FLIGHT.fullmatch(token)
            or is_card(token)
        ):
            continue
        kind = "vin" if _VIN.fullmatch(token) else "other"
        if contacts.number(token, page.region) and match["mix"] is None and match["dash"] is None:
            continue
        _add(page, match.start(), match.end(), 0.75, kind)
