"""Which of the amounts told is the one the complaint is about; the others are only mentioned.

In: a page whose amounts are read, and what is wanted. The words around each amount weigh for it
(多收, 退我, "extra … back") or against it (报价, 只肯退, "the quote was"); where the customer wants
no money, and where nothing says which, none is.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from bot.flows.understanding.facts import Found
from bot.flows.understanding.page import Page

# Before the amount, after it, how much it weighs.
_WEIGHED: Final = tuple(
    (
        re.compile(f"(?:{before})(?P<gap>.*)$", re.DOTALL) if before else None,
        re.compile(after) if after else None,
        weight,
    )
    for before, after, weight in (
        (
            r"多收|多扣|多出|多咗|多交|多付|多算|多的|多嗰|差(?![评劲点])|溢收|超收|\bextra|\bdifference|overcharg\w*|\btop ?up",
            r"[的嘅]?差[价额]|\s?(?:extra|difference|too much|over\b)",
            6.0,
        ),
        (
            r"退(?!票|货|订|房|租|改|费|[一不]|回\S{0,6}了)(?:我|还|返|回|给我|俾我)?|俾返|还我|还给我|赔(?!率)|要(?:求|返|回)|追回|\brefund\w*(?: of| me)?|return (?:of )?(?:my|the)|reimburs\w+|give (?:me )?back|get back|want back|entitled to|compensat\w+",
            r"[^,;!?。\n]{0,14}?(?:退(?:给|还|回|返|了|掉|不|款|我)|还给我|俾返|返俾|要退|追回|不退|补给?我)|[^,;!?。\n.]{0,24}?\b(?:back\b|refund|returned|reversed|reimburs)",
            5.0,
        ),
        (
            r"亏了?|蚀|损失|转走|盗刷|被盗|骗走?|吞了?我?|丢|断|自费|医药费\S{0,2}|医疗费\S{0,4}|手续费|退票费|违约金|罚|\bstolen|\btransferred|\blost|\bdebited|unauthori[sz]ed|\bscam\w*|termination fee|penalty",
            r"[^,;!?。\n]{0,8}?(?:被盗|没了|不见|被转|转走)|[^,;!?。\n.]{0,16}?(?:was (?:taken|transferred|stolen|debited|withdrawn)|early termination|penalty|disappeared|missing)",
            4.0,
        ),
        (
            r"扣|收(?!据|到|件)|刷|碌|变|升到|涨到|加到|加价|来个|出咗|变成|结[账帐]|埋单|余额|按金|押金|定金|订金|\bcharg\w+|\bbilled|\btook|\btaken?|\bcame out|\bhit for|turned into|ended? up pay|\bdeposit|\bwanted|\bnow",
            r"[^,;!?。\n]{0,6}?(?:定金|押金|不退)|[^,;!?。\n.]{0,16}?(?:charge\b|came out|deposit|was charged|on (?:the|my) card)",
            3.0,
        ),
        (
            r"付|花|交|买|费|价|总|共|实付|消费|\bpa(?:id|y)|\bspent|\bcost|\bbought|\bfor|\ball",
            r"(?:买的|一[^,;!?。\n]{1,2}$)|\s?(?:each|per|a night|nett|all)",
            1.5,
        ),
        (
            r"官网|网上|别家|隔壁|人家|市价|说好|讲好|谈好|讲明|报价|原价|平时|平日|标(?!准)|本来|原来|之前|明明|应该|从来|期期|由|从|写(?!着)|话|广告|标准间\S{0,3}|\bquot\w+|\badvertis\w+|\bsays?|\bsaid|\bnormally|\busually|\bshould|\boriginal\w*|\bused to|\bagreed|\bworth|\bmy bill|\bbooked\b.*\bat",
            r"[^,;!?。\n]{0,4}?(?:左右|全包|任选)|\s?(?:as (?:per|advertised|quoted))",
            -2.5,
        ),
        (
            r"房价|房子|首付|总价|额度|限额|月薪|年薪|工资|收入|存款|市值|价值|贷款|预算|\b(?:limit|home|house|condo|property|mortgage|loan|salary|income|savings|equity|line of credit|down ?payment|apprais\w+|valued|purchase price|budget)\b",
            r"\s?(?:mortgage|loan|limit|salary|house|home\b|budget)",
            -12.0,
        ),
        (
            r"只肯?退|只赔|肯退|才退|只给|才赔|送|补偿|红包|优惠券|代金券|满|免|折|挣|赚|工资|\boffer\w*|\bvoucher\w*|\bcoupon\w*|\bpromo|\bgoodwill|\btook|\bknocked|\bonly (?:got|refunded)|\bearn",
            r"[^,;!?。\n]{0,6}?(?:券|红包|积分)|[^,;!?。\n.]{0,14}?(?:voucher|coupon|off\b|credit|gift card|goodwill)",
            -4.0,
        ),
    )
)
_WAIVED: Final = re.compile(
    r"(?:don'?t|do not|not) (?:care about|want|need|after|asking for|interested in|bothered about|fussed about)[^,;!?.\n]{0,24}$|\b(?:keep|forget|never mind)(?: about)? (?:the|your|my)?\s?$|唔使退|不用退|无需退"
)
_WAIVED_AFTER: Final = re.compile(
    r"[^;!?。\n]{0,14}?(?:唔使退|不用退|[钱費费]\S{0,3}不要|唔要返|不要了)|[^;!?\n]{0,30}?\b(?:don'?t want|don'?t need|no dramas|keep it|not (?:the )?(?:issue|problem|point))"
)
# No money is wanted at all.
_NO_MONEY: Final = re.compile(
    r"不(?:是|要|用|需要|想|必|求)(?:要)?(?:你们)?(?:退)?(?:钱|款|赔钱|退款|赔偿)|钱不用退|唔(?:使|要|想要|系要)(?:退|赔)|不(?:是|图|在乎|差)(?:这点|那点|点)?钱|我?不是(?:要)?钱"
    r"|\b(?:not|isn'?t) (?:about|after) (?:the )?money\b|\b(?:don'?t|do not) (?:want|need) (?:any |my |a |the )?(?:money|refund|of it back|compensation)|\bno (?:refund|compensation) (?:needed|wanted|necessary)|\bkeep (?:the|your) (?:money|\$|£)"
)
_MONEY_WISHES: Final = frozenset({"refund", "compensation", "exchange", "repair", "cancel"})
# Money, or what costs money, is asked for, whatever the remedy is called.
_WISH: Final = re.compile(
    r"退(?!房|休|订|烧|伍|出|租|到)|赔|折现|补(?:给|回|偿|寄|发)|负担|承担|吸收|换[一返回个条件部只隻]|修(?!改|养)|还(?:我|给我|钱)|俾返|查清|表坏|check ?表|不算数|说法|给个"
    r"|\b(?:refund\w*|money back|back|reverse|waive|pay|price (?:that|which)|free|replace\w*|redo|redone|fix|fill|another one|reimburse|credit)\b"
)
_LEAD: Final = 16
_LEAD_LATIN: Final = 40
_TAIL: Final = 40
_NEAR: Final = 0.07  # a word farther off weighs less, this much a character
_UNLIKELY: Final = -2.4
_PAID: Final = 1.0
_AT_ALL: Final = 2.5
"""What the words around an amount must weigh where no remedy is wanted that costs money."""


def _weight(page: Page, found: Found, start: int, end: int) -> float:
    text = page.folded
    lead = _LEAD_LATIN if page.language == "en" else _LEAD
    first = max(page.clause_start(start), start - lead)
    last = min(page.clause_end(end), end + _TAIL)
    if _WAIVED.search(text, first, start) or _WAIVED_AFTER.match(text, end):
        return -9.0
    if found.value == "0":
        return -9.0
    score = 0.0
    for before, after, weight in _WEIGHED:
        match = before.search(text, first, start) if before else None
        near = 0.0
        if match is not None:
            near = max(0.4, 1 - _NEAR / (2 if page.language == "en" else 1) * len(match["gap"]))
        if after and after.match(text, end, last):
            near = max(near, 0.8)
        score += weight * near
    return score


def mark(page: Page, remedies: tuple[str, ...], rejected: tuple[str, ...], kind: str) -> None:
    """Give the amount that the complaint is about the kind `disputed`."""
    amounts = [found for found in page.found if found.slot == "amount"]
    if not amounts or kind == "feedback":
        return
    wanted = bool(_MONEY_WISHES.intersection(remedies))
    if not wanted and ("refund" in rejected or _NO_MONEY.search(page.folded)):
        return
    wanted = wanted or (not remedies and _WISH.search(page.folded) is not None)
    starts = page.folded_starts()
    told = Counter(found.value for found in amounts)
    scored = []
    for index, found in enumerate(amounts):
        start = starts(found.start)
        score = _weight(page, found, start, start + len(found.text))
        scored.append((score + 0.5 * (told[found.value] - 1) + 0.1 * index, index))
    best, index = max(scored)
    lone = len(told) == 1 and not remedies
    if best < (_UNLIKELY if wanted else _PAID if lone else _AT_ALL):
        return
    value = amounts[index].value
    page.found = [
        found.model_copy(update={"kind": "disputed"})
        if found.slot == "amount" and found.value == value
        else found
        for found in page.found
    ]
