"""Which category a message belongs to, and whether it is a complaint or feedback."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from bot.flows.understanding.accusing import Assault
from bot.flows.understanding.facts import Signal
from bot.flows.understanding.page import Page

# Where two categories prove equally much, the more specific one wins.
_PRECEDENCE: Final = (
    "privacy_fraud",
    "outage",
    "billing",
    "misleading",
    "delivery",
    "service_attitude",
    "wait_response",
    "facility",
    "product_quality",
)
_HARM: Final = frozenset(
    {"injury", "allergy", "food_poisoning", "fire", "trapped", "self_harm", "other"}
)
_HARM_WEIGHT: Final = 9
_SMOKE_WEIGHT: Final = 3
_ASSAULT_WEIGHT: Final = 4


def category(
    page: Page, signals: Sequence[Signal], assault: Assault | None = None
) -> tuple[str, float]:
    """Return the category and how sure it is, 0 to 1; danger to people outweighs the rest."""
    scores: dict[str, int] = {}
    seen: set[tuple[str, str]] = set()
    for hit in page.listed("categories"):
        word = page.folded[hit.start : hit.end]
        if (hit.tag, word) in seen:
            continue
        seen.add((hit.tag, word))
        scores[hit.tag] = scores.get(hit.tag, 0) + hit.weight
    if assault is not None:
        scores["service_attitude"] = scores.get("service_attitude", 0) + _ASSAULT_WEIGHT
    for signal in signals:
        if signal.name == "safety" and signal.kind != "violence":  # a threat is no injury
            weight = _HARM_WEIGHT if signal.kind in _HARM else _SMOKE_WEIGHT
            scores["safety_injury"] = scores.get("safety_injury", 0) + weight
    if not scores:
        return "other", 0.2
    total = sum(scores.values())
    best = max(scores, key=lambda tag: (scores[tag], -_rank(tag)))
    sure = scores[best] / total * min(1.0, 0.5 + scores[best] / 10)
    return best, round(sure, 2)


def _rank(tag: str) -> int:
    return _PRECEDENCE.index(tag) if tag in _PRECEDENCE else -1


# A mild review: so-so words, nothing lost, nothing wished, nothing to look up.
_SO_SO: Final = re.compile(
    r"(?<!不)一般般?(?!都|来说|来讲|情况|要|不会|纳税|会|是)|还行|还可以|还不错|凑合|马马虎虎|过得去|中规中矩|普普通通|普通|麻麻地|麻麻哋|几好|ok啦|尚可|不过不失|无功无过"
    r"|\b(?:so-so|average|meh|mediocre|not bad|nothing special|decent|acceptable|alright|all right|okay|ok|it was fine|was fine|so so|could be better|reasonable)\b"
)
_SLIGHT: Final = re.compile(
    r"有点|有一点|有些|稍微|稍|略|偏|少少|小小|一点点?|有啲|\b(?:a bit|a little|slightly|somewhat|a touch|bit)\b"
)
_LIKED: Final = re.compile(
    r"不错|挺好|喜欢|很好|还好|好吃|好看|干净|方便|舒服|满意|热情|几好|幾好|\b(?:good|nice|love|loved|like|liked|great|fine|clean|friendly|pleasant|lovely|tasty|comfortable)\b"
)
_TROUBLE: Final = re.compile(
    r"坏|破|漏|裂|退|赔|骗|假(?!期|日)|扣|丢|少了|缺|没收|没到|没人|没有?给|还没|不能|无法|打不开|开不了|故障|失灵|脏|虫|蟑螂|过期|发霉|馊|臭|等了|拖|投诉|态度(?!还|不错|挺|很好)|差(?!不多)|烂|(?<!不)错(?!过)|维修|换货|催|不理|不处理|拒|唔啱|冇人|未收|希望|要求|请(?!问)|能不能|可不可以|怎么办|为什么|点解|为何|处理|解决|\?"
    r"|\b(?:broke\w*|refund\w*|charged|overcharged|never|wrong|missing|didn't|doesn't|don't work|won't|stopped|still|late|cancel\w*|complain\w*|rude|not received|dirty|leak\w*|lost|damaged|faulty|defect\w*|waited|waiting|terrible|awful|worst|disappoint\w*|unhappy|please|fix|expired|mould|mold|cockroach|ignored?|fee|bill|cold|sick|not happy|nobody|no one|overpriced|problem|issue|why|want|need|should)\b"
)
# What nobody writes who only has an idea or a kind word.
_GRAVE: Final = re.compile(
    r"最差|最烂|强烈投诉|[要已]经?投诉|投诉(?:过|后|无)|无法忍受|忍无可忍|受不了|恶劣|蟑螂|很脏|好脏|假货|骗"
)
_GRAVE_WORDS: Final = frozenset(
    [
        "worst", "terrible", "awful", "disgust", "disgusting", "disgusted", "cockroach",
        "cockroaches", "unacceptable", "scam", "scammed", "scammers", "ripped",
    ]
)  # fmt: skip
# A message with neither a Chinese character nor one of these is no mild review.
_MILD_WORDS: Final = frozenset(
    [
        "so", "average", "meh", "mediocre", "bad", "nothing", "decent", "acceptable", "alright",
        "right", "okay", "ok", "fine", "better", "reasonable", "bit", "little", "slightly",
        "somewhat", "touch",
    ]
)  # fmt: skip
_STORY_EN: Final = 300  # characters
_STORY_ZH: Final = 120
_MILD_LEAST: Final = 4  # characters: "ok" answers a question
_TO_LOOK_UP: Final = frozenset({"amount", "reference", "phone", "email"})
_REVIEW_EN: Final = 160  # characters: a mild review is short
_REVIEW_ZH: Final = 60


def _grave(page: Page) -> bool:
    if not _GRAVE_WORDS.isdisjoint(page.words):
        return True
    return page.han and _GRAVE.search(page.folded) is not None


def _mild(page: Page) -> bool:
    """Tell whether a short message only rates: 感觉一般, 房间有点小，早餐还行."""
    text = page.folded
    if not page.han and _MILD_WORDS.isdisjoint(page.words):
        return False
    if len(text) > (_REVIEW_ZH if page.han else _REVIEW_EN) or _TROUBLE.search(text):
        return False
    if any(found.slot in _TO_LOOK_UP for found in page.found):
        return False
    if _SO_SO.search(text):
        return len(text.strip()) >= _MILD_LEAST
    return _SLIGHT.search(text) is not None and _LIKED.search(text) is not None


def kind(
    page: Page, signals: Sequence[Signal], remedies: Sequence[str], category_score: float
) -> tuple[Literal["complaint", "feedback"], float]:
    """Return complaint or feedback; feedback only where clearly no outcome is wanted."""
    proofs = {"praise": 0, "suggestion": 0, "informing": 0}
    for hit in page.listed("kinds"):
        if not (hit.tag == "praise" and page.negator(hit.start)):
            proofs[hit.tag] += 1
    strong = any(signal.name != "anger" for signal in signals)
    angry = any(signal.name == "anger" for signal in signals)
    if strong or (angry and not proofs["informing"]):
        return "complaint", 0.9
    if proofs["informing"]:
        return "feedback", 0.85
    if remedies and set(remedies) != {"other"}:
        return "complaint", 0.9
    if _grave(page):
        return "complaint", 0.8
    long = len(page.folded) > (_STORY_ZH if page.han else _STORY_EN)
    if proofs["suggestion"] and not (long and category_score >= 0.5):
        return "feedback", 0.75 if category_score < 0.7 else 0.6
    if not remedies and not signals and _mild(page):
        return "feedback", 0.65
    if proofs["praise"] and (proofs["praise"] > 1 or category_score < 0.5):
        return "feedback", 0.8
    return "complaint", 0.6 if category_score < 0.3 else 0.8
