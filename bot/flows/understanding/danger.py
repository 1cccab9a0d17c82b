"""Whether words of danger tell of harm: negated, supposed, figurative and life's other sorrows do not.

Recall first: a word counts unless its clause says otherwise.
"""

from __future__ import annotations

import re
from typing import Final

from bot.flows.understanding.lexicon import Hit
from bot.flows.understanding.page import Page

_SUPPOSED: Final = re.compile(
    r"\b(?:if|what if|in case|could have|might have|would have|imagine|hypothetically|wonder whether|afraid of)\b|如果|万一|要是|假如|假设|倘若|若是|会不会|怕会|担心会|以防"
)
_ASKED: Final = re.compile(
    r"\b(?:does it|is it|will it|can it|are there|do you have|does this)\b|有没有|会不会|是否|吗\b"
)
_FREED: Final = re.compile(
    r"\b(?:no one|nobody|none of us|no injur\w+|wasn't|weren't|isn't|aren't|not|never|without|don't|didn't|no)\b[^,.;!?]{0,22}$|"
    r"(?:没有?(?:人|造成|任何|被|什么|发生)?|无人?|未|冇人?|不是|并非|并没有?|不会|冇|唔系|唔会|没被|避免|防止)(?:[^,;。!?]{0,4})$"
)
_SPOILED: Final = re.compile(
    r"no one (?:helped|came|cared|answered)|nobody (?:helped|came|cared)|没人(?:管|理|帮|处理)|冇人(?:理|帮)|不管|不小心|没想到|not only|不仅|不但|不止|not just|no wonder|只|差点没"
)
_AFTER_FREED: Final = re.compile(
    r"^(?:倒|就|都)?(?:没有|冇|无)(?![^,;。]{0,2}人(?:理|管))|^s? free\b"
)
_BODY: Final = r"(?:hand|finger|thumb|leg|arm|foot|feet|toe|face|back|head|mouth|eye|tooth|teeth|knee|ankle|wrist|tongue|lip|skin|scalp|neck|throat|shoulder|hair|chest|stomach|belly|thigh|palm)s?"
_KIN: Final = r"(?:son|daughter|child|kids?|baby|toddler|wife|husband|mother|mum|mom|father|dad|friend|sister|brother|girl|boy|guest|grand\w+|niece|nephew|parents?|colleague|partner)"
_BURNT: Final = re.compile(r"burned|burnt")
_BURNT_PERSON: Final = re.compile(
    rf"\b{_BODY}\b|\b{_KIN}\b|\b(?:me|him|myself|himself|herself|us)\b|\b(?:i|he|she|we|got|been|badly|severely|am|get) (?:\w+ )?burn(?:ed|t)$|degree|blister|scar|(?:his|her|our|their) \w*$"
)
_BURNT_SAYING: Final = re.compile(
    r"^[\s-](?:out\b|through|a hole|bridges?|by (?:\w+ ){0,3}(?:company|bank|business|store|shop|seller|place|them|you|people|scam\w*|contractors?|retailer|brand|guys|lot|airline|lender|deal)\b|on (?:the|this|that) (?:deal|price|fees?|trade|sale)|before\b|in the past)"
)
_HURT_SAYING: Final = re.compile(
    r"^(?:s|ing)?\s(?:my|our|his|her|the|your|their)?\s?(?:\w+ )?(?:credit|score|business|feelings|wallet|pocket|reputation|financ\w+|chances|rating|sales|brand|bottom line|customers|trust|economy)"
)
_OTHER_INJURY: Final = re.compile(
    r"\b(?:sports?|old|prior|previous|pre-existing|work|running|football|personal|workplace)\s$"
)
_LAW_INJURY: Final = re.compile(
    r"^\s(?:lawyers?|attorneys?|claims?|law\b|firm|clause|suit|lawsuit|settlement|protection|from (?:running|sports?|work|football|the gym|years))"
)
_THREATENED: Final = re.compile(r"^\s(?:with|that|to (?:sue|send|report|cancel|take))")
_TOXIC: Final = re.compile(
    r"^\s(?:attitude|culture|company|relationship|environment|work\w*|behaviou?r|management|people|staff)"
)
_BLOWN_UP: Final = re.compile(
    r"\b(?:bills?|prices?|costs?|fees?|inbox|debt|balance|premium)\s(?:has |have |just |suddenly |then )?$|心态|气|肺都?|群里|评论区|人都|价格|账单$"
)
_HOSPITAL: Final = re.compile(r"hospital|\ber\b|a&e|emergency|医院|住院|入院|送医|急诊")
_LIFE: Final = re.compile(
    r"\b(?:loan|account|mortgage|credit|debt|bank|payments?|collection\w*|late fee|interest|bills?|cosigner|co-signer|cancel\w*|reschedul\w+|flight|trip|booking|reservation|unemploy\w+|lost my job|deployed|escrow|lender|medical bill|insurance|policy|calls?)\b"
    r"|贷款|信用卡|还款|逾期|利息|账单|取消|退订|改期|改签|行程|机票|退票|去不了|无法(?:入住|前往|出行)|请假|保险|理赔|催收|房费"
)
_CAUSE: Final = re.compile(
    rf"\b(?:your|their|the) (?:\w+ )?(?:food|product|oysters?|meal|chicken|cream|shampoo|cake|fish|seafood|drink|soup|staff|machine|device|chair|floor|driver|car|stairs|ladder|treatment|medicine|pill)\b|\b(?:ate|eaten|eating|drank|drinking|using|used|caused|made (?:me|him|her|us)|put (?:me|him|her|my)|landed|sent (?:me|him|her)|poison\w*|reaction|allerg\w+|vomit\w*|fell|slipp\w+|tripped|burn(?:ed|t|s)?|injur\w+|chok\w+|bleed\w*|cut|broke\w*|exploded|shock\w*|sick|ill|stitches|rushed|ambulance|ended up|collapsed|fainted|{_BODY})\b"
    r"|吃|喝|食|饮|用了|使用|烫|摔|滑|砸|伤|过敏|中毒|拉肚|吐|呕|泻|害|导致|造成|电到|撞|晕|咬|疹|跌|流血"
)
_CUTS: Final = frozenset({"割破", "划破", "割到", "划到", "砸到", "夹到", "烫到"})
_SOMEONE: Final = re.compile(
    r"手(?!里|头|机|上)|脚|脸|嘴|腿|头|指|皮肤|舌|眼|孩|娃|老人|妈|爸|客人|[我他她佢](?!的|家|们|嘅|买)"
)
_EXCLAIMED: Final = re.compile(r"(?:^|[,。!?~\s])(?:真|真是|简直|我|彻底)?晕倒(?:[,。!?~\s]|$)")


def _figurative(page: Page, hit: Hit) -> bool:
    """Tell whether a word of harm is a saying or about something else than a body."""
    text = page.folded
    word = text[hit.start : hit.end]
    before, after = text[max(0, hit.start - 24) : hit.start], text[hit.end : hit.end + 44]
    if _BURNT.fullmatch(word):
        first, last = page.clause_start(hit.start), page.clause_end(hit.end)
        near = text[max(first, hit.start - 40) : hit.end]
        told = _BURNT_PERSON.search(near) or _BURNT_PERSON.search(
            text[hit.end : min(last, hit.end + 30)]
        )
        return told is None or _BURNT_SAYING.match(after) is not None
    if word == "hurt":
        return _HURT_SAYING.match(after) is not None
    if word in {"injury", "injuries", "injured"}:
        return bool(_OTHER_INJURY.search(before) or _LAW_INJURY.match(after))
    if word == "threatened me":
        return _THREATENED.match(after) is not None
    if word == "toxic":
        return _TOXIC.match(after) is not None
    if word in {"exploded", "explode", "炸了", "炸裂", "爆炸"}:
        return _BLOWN_UP.search(before) is not None
    if word in _CUTS:
        first, last = page.clause_start(hit.start), page.clause_end(hit.end)
        near = text[max(first, hit.start - 10) : min(last, hit.end + 5)]
        return _SOMEONE.search(near) is None
    if word == "晕倒":
        return _EXCLAIMED.match(text[max(0, hit.start - 3) : hit.end + 1]) is not None
    return False


def _elsewhere(page: Page, hit: Hit) -> bool:
    """Tell whether a stay in hospital is the writer's life and not the trouble's outcome."""
    text = page.folded
    if not _HOSPITAL.search(text[hit.start : hit.end]):
        return False
    first, last = page.sentence(hit.start, hit.end)
    near = (
        text[max(first, hit.start - 90) : hit.start] + " " + text[hit.end : min(last, hit.end + 60)]
    )
    return _LIFE.search(near) is not None and _CAUSE.search(near) is None


def real(page: Page, hit: Hit) -> bool:
    """Tell whether the danger happened or is happening."""
    text = page.folded
    start = page.clause_start(hit.start)
    before = text[max(start, hit.start - 34) : hit.start]
    if hit.tag == "violence":  # a threat with a condition is a threat
        return _FREED.search(before) is None
    if _SUPPOSED.search(text, max(start, hit.start - 40), hit.start) or _ASKED.search(before):
        return False
    if _FREED.search(before) and not _SPOILED.search(before):
        return False
    if _AFTER_FREED.match(text[hit.end : hit.end + 6]) is not None:
        return False
    return hit.tag == "self_harm" or not (_figurative(page, hit) or _elsewhere(page, hit))
