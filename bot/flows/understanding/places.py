"""Places that a message names: branches, rooms, tables, addresses, well-known districts."""

from __future__ import annotations

import re
from typing import Final

from bot.flows.understanding.page import MASK, Page

_BRANCH: Final = re.compile(
    r"分店|门店|旗舰店|专卖店|专柜|营业厅|门市|分行|支行|网点|服务区|购物中心|商场|百货|广场|超市|火车站|地铁站|机场|酒店|餐厅|饭店|茶餐厅|店(?![员长家主铺面小名里])"
)
_AT: Final = re.compile(
    r"(?:在|喺|去|到|于|来|住|你们的?|你哋|你地|贵|逛|帮衬|光顾|惠顾|^|[,。\s])$"
)
_SHORT: Final = 15  # characters: a message this short may be a place and nothing else
_NAME_RUN: Final = re.compile(r"[一-龥a-z0-9]+$")
_ROOM: Final = re.compile(r"(房|台|桌|座位)间?(?:编)?号码?(?:是|:)?\s?[a-z]?\d{1,4}(?!\d)")
_SPOT_KEY: Final = re.compile(r"[台桌房包窗柜登月站楼座]")
_BRANCH_KEY_EN: Final = re.compile(
    r"branch|store|shop|restaurant|location|outlet|mall|hotel|station|airport|office|cafe|dealership|garage|salon|gym|clinic|supermarket"
)
_BRANCH_STOP: Final = re.compile(
    r".*(?:在|喺|去|到|于|来|你们|你哋|你地|贵|的|了|是|我|这|那|个|咗|嘅|从|跟|和|家|间|,|找|同|系|号|天|日|晚|上|下|午|点|买|吃|住|叫|逛|路过|订|每次|光顾|帮衬|惠顾|某|与|及|得知|不知|知道|要求|请|证明|建议|让|给|把|对|过|不少|许多|很多|所有|离开|后|后来|该|说|问|打|用|被|比|想|为)"
)
_NOT_A_NAME: Final = re.compile(
    r"^(?:网|商|书|饭|酒|药|这|那|本|分|同|别|其他|一|两|几|每|全|整|小|大|黑|破|烂|实体|专|门|旗舰|连锁|该|贵|什么|哪|官方|任何|附近|餐|某|外卖|老|新|回|火锅|烧烤|咖啡|奶茶|面|甜品|蛋糕|水果|便利|早餐|快餐|鞋|服装|手机|眼镜|洗衣|星级|.*星级|度假型|首先|幸好|结果|但此|而且|整个|理发|美容|汽车|4s|花|玩具|家具|服务|隔壁|附近的?|当地|酒楼|五金)?$"
)
_SPOT: Final = re.compile(
    r"(?P<n>[a-z]?\d{1,4}[a-z]?|[一二三四五六七八九十]{1,3})\s?(?:号|號|番)?\s?(?P<k>台|桌|房间|房|包间|包厢|窗口|柜台|登机口|收银台|站台|月台|楼|座位)(?![电灯子风机脑钟元])"
)
_SPOT_EN: Final = re.compile(
    r"\b(?P<k>table|room|gate|counter|booth|seat|floor|till|checkout|platform|bay|unit|apartment|apt|flat)\s?(?:number |no\.? ?|#)?(?P<n>[a-z]?\d{1,4}[a-z]?)\b"
)
_BRANCH_EN: Final = re.compile(
    r"\b(?:your|the|at|in|from|our)\s(?P<n>(?:[a-z0-9'&.]+\s){1,4}?)(?P<k>branch|store|shop|restaurant|location|outlet|mall|hotel|station|airport|office|cafe|dealership|garage|salon|gym|clinic|supermarket)\b"
)
_PLAIN_EN: Final = frozenset(
    [
        "your",
        "the",
        "a",
        "an",
        "this",
        "that",
        "same",
        "local",
        "nearest",
        "online",
        "whole",
        "other",
        "another",
        "new",
        "main",
        "our",
        "my",
        "any",
        "each",
        "every",
        "first",
        "entire",
        "big",
        "small",
        "head",
        "post",
        "phone",
        "gift",
        "coffee",
        "book",
        "shoe",
        "back",
        "app",
        "front",
        "parking",
        "particular",
        "called",
        "named",
        "at",
        "in",
        "from",
        "of",
        "to",
        "and",
        "or",
        "is",
        "was",
        "manager",
        "which",
        "different",
        "next",
        "one",
        "physical",
        "out",
        "very",
        "it",
        "so",
        "grocery",
        "bank",
        "business",
        "executive",
        "mobile",
        "customer",
        "xxxx",
        "their",
        "his",
        "her",
        "executive",
        "services",
        "service",
    ]
)
_NO_AREA: Final = re.compile(
    r"\s?的?(?:市?(?:市容|市民|市政|政府|户口|形象|人(?!民)|话|菜|烤鸭|小吃|特产|口味|时间|银行|大学|牌|产)|黄金周|style|time|bank|university|city council|times\b)"
)
_THERE: Final = re.compile(
    r"(?:在|喺|去|到|于|来|住|回|飞|逛|位于|你们的?|你哋|贵|[市省,。;!?\s(（]|^)$|\b(?:in|at|to|near|from|of|your|the|visited|outside|around|for)\s(?:the )?$"
)
_THERE_AFTER: Final = re.compile(
    r"的?(?:[^,。;!?\s]{0,3}店|门市|专柜|商场|分行|机场|车站|站|广场|餐厅|酒店|营业厅)| (?:branch|store|shop|outlet|office|airport|hotel|restaurant)"
)


def _spots_zh(page: Page) -> None:
    spots = _SPOT.finditer(page.masked) if _SPOT_KEY.search(page.masked) else ()
    for match in spots:
        kind = {"台": "table", "桌": "table", "房": "room", "房间": "room"}.get(match["k"], "spot")
        written = page.shown[match.start() : match.end()]
        if match["k"] == "台" and not ("枱" in written or "号" in match.group()):
            continue
        if (
            match["k"] in {"台", "楼", "房"}
            and "号" not in match.group()
            and match["n"][0] in "一二两三四五六七八九十"
        ):
            continue
        page.keep("place", match.start(), match.end(), 0.85, kind)
    for match in _ROOM.finditer(page.masked) if "号" in page.masked else ():
        page.keep(
            "place",
            match.start(),
            match.end(),
            0.8,
            "room" if match[1] == "房" else "table",
        )


def _branches_zh(page: Page) -> None:
    for match in _BRANCH.finditer(page.masked):
        run = _NAME_RUN.search(page.masked, max(0, match.start() - 8), match.start())
        name = _BRANCH_STOP.sub("", run.group()) if run else ""
        if run is None or len(name) < 2 or _NOT_A_NAME.match(name):
            continue
        lead = page.masked[: match.start() - len(name)]
        if _AT.search(lead) or "分" in match.group() or len(page.masked) <= _SHORT:
            page.keep("place", match.start() - len(name), match.end(), 0.85, "branch")


def places(page: Page) -> None:
    """Add branches, rooms, tables and well-known districts."""
    if page.han:
        _spots_zh(page)
        _branches_zh(page)
    if page.latin and page.digits:
        for match in _SPOT_EN.finditer(page.masked):
            page.keep("place", match.start(), match.end(), 0.85, match["k"])
    if page.latin and _BRANCH_KEY_EN.search(page.masked):
        _branches_en(page)
    for hit in page.listed("areas"):
        if MASK not in page.masked[hit.start : hit.end]:
            _area(page, hit.start, hit.end)


def _area(page: Page, start: int, end: int) -> None:
    """Add a town or district: sure where the words say "there", a guess where it is only named."""
    text = page.folded
    if _NO_AREA.match(text, end):
        return
    there = len(text.strip()) <= _SHORT or _THERE.search(text, max(0, start - 12), start)
    there = there or _THERE_AFTER.match(text, end)
    page.keep("place", start, end, 0.75 if there else 0.4, "area", guessed=not there)


def _branches_en(page: Page) -> None:
    for match in _BRANCH_EN.finditer(page.masked):
        words: list[str] = []
        for word in reversed(match["n"].split()):
            if word in _PLAIN_EN or MASK in word:
                break
            words.insert(0, word)
        if words:
            start = page.masked.rindex(words[0], match.start("n"), match.end("n"))
            page.keep("place", start, match.end(), 0.8, "branch")
