"""Whether a threat or a call for a person is meant now, or only told of.

A threat is an intention, a condition or a present report ("I have reported you"); naming a
body as addressee, right or history is none. A call for a person is a request of this moment;
what the writer asked for back then is part of the story.
"""

from __future__ import annotations

import re
from typing import Final

from bot.flows.understanding.lexicon import Hit
from bot.flows.understanding.page import MASK, Page

_LONG_EN: Final = 200  # characters: a longer message is a story
_LONG_ZH: Final = 90
_TERSE: Final = 40  # characters: so short that naming the body is the threat
_BEFORE: Final = 70
_AFTER: Final = 36

# --- threats -------------------------------------------------------------------------------
_INTENT_EN: Final = re.compile(
    r"\b(?:i'?ll|we'?ll|will|shall|going to|gonna|about to|(?:intend|plan|threaten|prepared|ready|forced|willing|want|have|like|love|happy|time|free) to|intending|planning"
    r"|or (?:else|i|we|it's|its)|otherwise|unless|if (?:you|this|it|i|we|they|nothing|the|not|no)|no (?:choice|option|alternative)|next (?:step|stop|call|move|email|letter)|next$"
    r"|consider(?:ing)?|thinking (?:of|about)|expect|hear from|see you|let's see|must i|should i|do i (?:have|need)|(?:i|we)(?:'m|'re|m| am| are) (?:also |now |already )?\w+ing"
    r"|or (?:the|my|a|small)|tell(?:ing)?|don't make me|straight to|off to|then it'?s|it'?s (?:the|off|time)|(?:my|our) (?:solicitor|lawyer|attorney|barrister)s?|failing that|are visiting|letter of demand|has been (?:informed|instructed|notified)|have (?:informed|instructed|notified|spoken|consulted))\b"
)
_REPORTED_EN: Final = re.compile(
    r"\b(?:(?:i|we)(?:'ve| have| had|'m| am|'re| are)?|have|already|just|now|being) (?:also |already |just |now )?(?:report(?:ed)?|fil(?:ed|ing)|complained|contacted|submitted|lodged|notified|informed|written|wrote|escalated|cc'?d|copied|emailed|called)\b"
    r"|\b(?:reporting|complaint (?:has been )?(?:filed|lodged|going)) |\bpolice (?:report|case|reference)"
)
_INTENT_ZH: Final = re.compile(
    r"再不|再唔|再没|如果|若|要是|否则|不然|唔系就|就(?:去|要|找|打|会|等|向|直接|只能|只好|告|投诉|发|曝|报|法)|我(?:会|要|将|去|就|立刻|马上|现在|们?要|们?会|一定|已经?|只能|只好|准备|打算|必)"
    r"|必(?:定|将|须|要)?|将(?:会|要|向|去|通过)?|准备|打算|等着|等住|走着瞧|见$|见[!。,]|只能|只好|不得不|保留|唯有|一定|马上|明天|直接|决定|别怪|逼我|要去|会去|去(?:告|找|投诉|举报|申诉|消|法)|向.{0,12}(?:投诉|举报|申诉|反映)|等我|小心我|不处理|不解决|不退|不赔|不给|唔处理|唔退|唔赔|至少?$"
    r"|已经?(?:报|寄|委托|请|找|约|投诉|举报|申诉|通知|去|po|发|反映)|(?:报|寄|搵|约|通知)(?:了|咗)|都搵咗|备案"
)
_ADDRESSED: Final = re.compile(
    r"\b(?:dear|hello|hi|to whom it may concern at|attn:?)\s+(?:the )?$|(?:尊敬的|亲爱的|敬启者[:,]?)$"
)
_AT_WORK: Final = re.compile(
    r"\b(?:work(?:s|ed|ing)?|jobs?|employed|volunteer\w*|intern\w*|retired) (?:at|for|with|by|in|from) (?:the )?$"
)
_HISTORY_EN: Final = re.compile(
    r"\b(?:(?:saw|seen|found|read|watch(?:ed)?|heard|advertis\w+|ads?|bought|ordered|messaged|posted) (?:\w+ ){0,4}$|(?:response|reply|replied|answer|rules?|according|under|required by|regulated by|behalf of|complaint (?:with|to)|claim with) (?:\w+ ){0,2}$)"
)
_OTHERS_SUE: Final = re.compile(
    r"^\s(?:me|us|my (?:husband|wife|mother|father|son|daughter|person|parents))\b|^(?:我|咱)(?!们?(?:会|要|就|去|将))"
)
_THEIRS: Final = re.compile(
    r"\b(?:they|you|he|she|it|bank|company|collector|lender|agency|firm)(?:'ll| will| would|'re going to| are going to| were going to| threatened(?: me| us)?(?: to| with)?| can| could)\s(?:\w+ ){0,2}$"
)
_OWN_LAWYER: Final = re.compile(r"\b(?:my|our|hear\w*)\b")
_TOLD: Final = re.compile(
    r"\b(?:did|was|were|had|trying|tried|settled|secured?|afford|hired|paid|cost|before i|back then|in (?:19|20)\d\d)\b"
)
_HOTLINE_ROOM: Final = re.compile(r"[0-9a-z\-./#_]")
_HOTLINE_1950: Final = re.compile(r"打|拨|申诉|投诉|专线|热线|消保|\b(?:call|dial|phone|report)")
_NOUN_MEDIA: Final = re.compile(
    r"^(?:on |social|local|newspaper|trustpilot|google|a journalist|journalist|the journalist|watchdog|yelp|negative|bad|one star|1 star)"
)
_DOES_MEDIA: Final = re.compile(
    r"\b(?:post|share|shar(?:e|ing)|put(?:ting)?|leav(?:e|ing)|writ(?:e|ing)|all over|blast|expos(?:e|ing)|warn|spread)\b"
)


def _long(page: Page) -> bool:
    return len(page.folded) > (_LONG_ZH if page.han else _LONG_EN)


def hotline(page: Page, hit: Hit) -> bool:
    """Tell whether digits are a consumer hotline and not part of another number."""
    text = page.folded
    around = text[max(0, hit.start - 1) : hit.start] + text[hit.end : hit.end + 1]
    if _HOTLINE_ROOM.search(around) or MASK in page.masked[hit.start : hit.end]:
        return False
    if text[hit.start : hit.end] != "1950":
        return True
    if text.startswith(("年", " 年", "元", "块", "蚊", "s"), hit.end):
        return False
    near = text[max(0, hit.start - 12) : hit.end + 8]
    return page.region == "TW" or _HOTLINE_1950.search(near) is not None


def threat(page: Page, hit: Hit) -> bool:
    """Tell whether the words threaten: intention, condition, or a report made now."""
    text = page.folded
    word = text[hit.start : hit.end]
    if word.isdigit() and not hotline(page, hit):
        return False
    first, last = page.sentence(hit.start, hit.end)
    before = text[max(first, hit.start - _BEFORE) : hit.start]
    after = text[hit.end : min(last, hit.end + _AFTER)]
    theirs = not _OWN_LAWYER.search(word) and _THEIRS.search(before)
    if _ADDRESSED.search(before) or _AT_WORK.search(before) or _OTHERS_SUE.search(after) or theirs:
        return False
    if not word.isascii() or (word.isdigit() and page.han):
        if not _long(page):
            return True
        nearby = text[max(first, hit.start - 30) : min(last, hit.end + 12)]
        return _INTENT_ZH.search(nearby) is not None
    return _threat_en(page, hit, before, after)


def _threat_en(page: Page, hit: Hit, before: str, after: str) -> bool:
    word = page.folded[hit.start : hit.end]
    lead = f"{before}{word}"
    reported = hit.tag != "threat_media" and _REPORTED_EN.search(lead) is not None
    if _HISTORY_EN.search(before) and not reported:
        return False
    meant = _INTENT_EN.search(f"{lead}{after}" if hit.tag != "threat_regulator" else lead)
    if hit.tag == "threat_media" and _NOUN_MEDIA.match(word):
        done = _DOES_MEDIA.search(lead + after) is not None
        return (meant is not None) or (done and not _long(page) and "posted" not in lead)
    if meant or reported:
        return True
    if hit.tag == "threat_regulator":
        return len(page.folded.strip()) <= _TERSE
    return not _long(page) and _TOLD.search(before) is None


# --- a person ------------------------------------------------------------------------------
_NOW_EN: Final = re.compile(
    r"\b(?:let me|get me|give me|connect me|transfer me|put me|bring me|find me|fetch|please|pls|can (?:i|we|you|someone)|could (?:i|we|you|someone)|may i|(?:i|we)(?:'d| would) (?:like|prefer|rather)"
    r"|(?:i|we) (?:really |just |only |still )?(?:want|need|demand|insist|request|wish|require)|i'm asking|where is|stop with|hate bots|not talking to a bot|i'll only|have someone|someone call|how do i|is there)\b"
)
_BACK_THEN_EN: Final = re.compile(
    r"\b(?:asked|told|tried|wanted|waited|had to|demanded|requested|needed|was|were|wasn't|could(?:n't| not)(?! i\b)|got|finally|after|then|spoke|said|says|refused|insisted|advised|about ever|ever|when|took|hours? to|minutes to|time to|never|did|didn't|hung up|by)\b"
)
_THEN_AFTER_EN: Final = re.compile(
    r"\s(?:told|said|was|were|who|then|explained|hung|did|just|never|had|has|would|could|asked)\b"
)
_NOUN_EN: Final = re.compile(
    r"^(?:live|human|real|customer service|agent please|manager please|not a bot)"
)
_CALL: Final = re.compile(
    r"(?:(?:an?|the|your|live|real|actual|human|talk|speak|to|with|duty|now|hello|hi|ok|no|just)[\s,.]+)*(?:agent|human|person|operator|representative|manager|supervisor|staff|boss|people)(?:[\s,.]+(?:please|pls|now|thanks))*\W*"
)
_CALL_ZH: Final = re.compile(
    r"(?:人工|真人|经理|主管|店长|客服经理|负责人|经理呢|你们经理呢|活人|职员)[!.。~,?呢呀啊]*"
)
_NOW_ZH: Final = re.compile(
    r"我(?:就)?要(?!求他|求她|求前|求服|求酒|求店|求客)|我想|请(?!问)|给我|帮我|麻烦|马上|立刻|立即|赶紧|快点?|现在|能不能|可不可以|可以.{0,8}[吗嘛]|唔该|俾我|即刻|我只(?:想|要)|必须|转|希望|找个|搵个|换个|叫个|俾个|让他本人|叫你们|叫你哋|搵你哋"
)
_BACK_THEN_ZH: Final = re.compile(
    r"昨[天晚日]|当时|当晚|后来|之前|上次|曾|那天|嗰日|嗰晚|嗰阵|最后|于是|结果|寻日|琴日|让他|让她|叫他|叫她|要他|要她|要求他|我去|跑去|就去|再去|又去|又(?:找|打|问)|说要|说去|打电话|才|等了|转了|找了|排了|拨打|打给"
)
_THEN_AFTER_ZH: Final = re.compile(
    r"^(?:[^。!?]{0,6}(?:他|她|佢|对方|经理|前台|客服)(?:却|就|也|都|才|又|居然|竟)?(?:说|讲|话|称|告知|让|叫|不|没|唔|冇|态度)|也|都|才|了|过|后|之后|以后|却|还是|仍|一直|永远|打不通|没用|冇用|理论|通知|说|讲|态度|要排|要等|,(?:他|她|佢|对方|通知|告知|说|结果|但|可))"
)


_LIVE_ZH: Final = re.compile("真人|活人|机器人|机械人|本人|supervisor|manager")
_FETCHED_WORD_ZH: Final = re.compile(
    "(?:出来|出嚟|打给我|给我打|打俾我|覆我|回电|回我|联络我|联系我|本人)$"
)
_FETCHED_ZH: Final = re.compile(
    r"^(?:给我|马上|即刻|立刻)?(?:滚|行|企)?(?:出[来嚟黎](?!了|咗)|过[来嚟黎](?!了|咗)|[听接]电话)"
)


def person_wanted(page: Page, hit: Hit) -> bool:
    """Tell whether the writer wants a person now."""
    text = page.folded
    word = text[hit.start : hit.end]
    first, last = page.sentence(hit.start, hit.end)
    if word.isascii():
        before = text[max(page.clause_start(hit.start), first, hit.start - 44) : hit.start]
        asks = _NOW_EN.search(before + word) is not None
        then = _BACK_THEN_EN.search(before) is not None
        if _long(page):
            return asks and not then
        if _NOUN_EN.match(word) and not asks:
            told = _THEN_AFTER_EN.match(text, hit.end) is not None
            return len(text.strip()) <= _TERSE and not told
        return asks or not then
    before = text[max(first, hit.start - 24) : hit.start]
    after = text[hit.end : min(last, hit.end + 16)]
    if _THEN_AFTER_ZH.match(after):
        return False
    asks = _NOW_ZH.search(before[-12:] + word) is not None or _FETCHED_ZH.match(after) is not None
    then = _BACK_THEN_ZH.search(before) is not None
    if _FETCHED_WORD_ZH.search(word):
        return True
    if _LIVE_ZH.search(word):
        return not (then and not _NOW_ZH.search(before[-4:] + word))
    if _long(page):
        return asks and not then
    return asks or not then


def lone_call(page: Page) -> bool:
    """Tell whether the whole message is a call: "agent!", 经理呢."""
    text = page.folded.strip()
    if len(text) > _TERSE:
        return False
    pattern = _CALL_ZH if page.han else _CALL
    return pattern.fullmatch(text) is not None
