"""Products, places, people and quantities that a message names."""

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
_HAN: Final = "\u4e00-\u9fff"
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
_STREET: Final = re.compile(r"(?P<n>[一-龥]{2,6}(?:路|街|大道|巷))(?P<h>\d{1,4}号)?")
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
_UNIT_EN: Final = "items?|boxes|box|bottles?|packs?|packets?|bags?|pieces?|pcs|units?|pairs?|tickets?|cans?|cartons?|copies|books?|plates?|cups?|bowls?|kg|kilos?|grams?|g|lbs?|litres?|liters?|rooms?|parcels?|packages?|shirts?|seats?|sets?|dishes|of them|of these|of those"
_QUANTITY: Final = re.compile(
    rf"(?<![\d.,:/\-$£€¥a-z第])(?P<n>\d{{1,4}}(?:\.\d+)?|[一二两三四五六七八九十]{{1,3}}|几)\s?(?:大|小)?(?P<u>件|箱|盒|瓶|包|袋|打|公斤|千克|斤|克|台|部|双|套|条|支|枝|本|份|张|只|对|罐|桶|碗|杯|盘|碟|串|颗|粒|辆|间|卷|枚|樽|嚿|碌|个|kg)(?!\)?多?(?:个)?(?:工作日|月|星期|礼拜|小时|天|钟)|月|小时|钟|星期|礼拜|人|多?小时|工作日|电话|客服|下午|上午|早上|晚上|经理|员工|服务|问题|分|地方|次|小朋友|孩子|顾客|年|工|半|部分|道歉|解释|说法|交代|理由|字|疗程|门|前|后|枱|桌)"
    rf"|\b(?P<n2>\d{{1,4}}|{EN})\s(?P<u2>{_UNIT_EN})\b"
)
# 一双 counts nothing by itself; 只收到一箱 does.
_ONE_COUNTED: Final = re.compile(
    r"(?:[只仅才少共剩缺漏就坏错]|只[有是给收买到来寄发]|一共|总共|收到|退|发了|寄了|少了|\bonly|\bjust|\bexactly)了?\s?$"
)
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
        _keep(page, "product", start, end, sure, trade, guessed=sure < 0.5)
    if (
        known
        or not page.han
        or not ("买" in page.masked or "购" in page.masked or "入手" in page.masked)
    ):
        return
    for match in _GUESSED.finditer(page.masked):
        if not _NO_PRODUCT.search(match["p"]):
            _keep(page, "product", match.start("p"), match.end("p"), 0.4, None, guessed=True)


def _sure_of_product(page: Page, start: int, word: str) -> float:
    """Say how sure it is that this is what the complaint is about; a long story names much."""
    cued = _CUE.search(page.folded, max(0, start - 24), start) is not None
    if len(page.folded) > (_STORY_ZH if page.han else _STORY_EN):
        return 0.6 if cued and word not in _EVERYDAY else 0.4 if word not in _EVERYDAY else 0.3
    if word in _EVERYDAY and not cued:
        return 0.45
    return 0.85 if cued else 0.65


def _keep(
    page: Page,
    slot: str,
    start: int,
    end: int,
    sure: float,
    kind: str | None,
    *,
    guessed: bool = False,
) -> None:
    first, last = page.original_span(start, end)
    page.add(slot, page.original[first:last], start, end, sure, kind=kind, guessed=guessed)  # type: ignore[arg-type]


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
        _keep(page, "place", match.start(), match.end(), 0.85, kind)
    for match in _ROOM.finditer(page.masked) if "号" in page.masked else ():
        _keep(
            page,
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
            _keep(page, "place", match.start() - len(name), match.end(), 0.85, "branch")


def places(page: Page) -> None:
    """Add branches, rooms, tables and well-known districts."""
    if page.han:
        _spots_zh(page)
        _branches_zh(page)
    if page.latin and page.digits:
        for match in _SPOT_EN.finditer(page.masked):
            _keep(page, "place", match.start(), match.end(), 0.85, match["k"])
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
    _keep(page, "place", start, end, 0.75 if there else 0.4, "area", guessed=not there)


def _branches_en(page: Page) -> None:
    for match in _BRANCH_EN.finditer(page.masked):
        words: list[str] = []
        for word in reversed(match["n"].split()):
            if word in _PLAIN_EN or MASK in word:
                break
            words.insert(0, word)
        if words:
            start = page.masked.rindex(words[0], match.start("n"), match.end("n"))
            _keep(page, "place", start, match.end(), 0.8, "branch")


def _staff(page: Page) -> None:
    for match in _NICKNAME.finditer(page.masked):
        if match["n"][1] not in "姐妹伙朋弟子哥时费票吃动区姓孩":
            _keep(page, "person", match.start("n"), match.end("n"), 0.75, "staff")


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
            _keep(page, "person", match.start(), match.end(), 0.8, "staff")
        _staff(page)
        for match in _CALLED.finditer(page.masked):
            if not _NOT_CALLED.search(match["n"]):
                _keep(page, "person", match.start("n"), match.end("n"), 0.7, "staff")
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
        _keep(page, "person", start, match.end(), 0.8, "customer" if own else "staff")


def quantities(page: Page) -> None:
    """Add counted goods; a lone 一个 counts nothing."""
    for match in _QUANTITY.finditer(page.masked):
        written, unit = match["n"] or match["n2"], match["u"] or match["u2"]
        if written in {"几", "a", "an"} or (written == "一" and unit == "个"):
            continue
        if (
            written in {"一", "one"}
            and len(page.masked.strip()) > _BARE_COUNT
            and not _ONE_COUNTED.search(page.masked, max(0, match.start() - 6), match.start())
        ):
            continue
        number = written if "." in written else whole(written)
        if number in {None, 0}:
            continue
        unit = unit.removeprefix("of ") if unit.startswith("of") else unit
        page.add("quantity", str(number), match.start(), match.end(), 0.75, unit=unit)


def read(page: Page) -> None:
    """Add all four; run after references, amounts and dates are masked."""
    people(page)
    places(page)
    quantities(page)
    products(page)
