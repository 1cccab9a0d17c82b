"""Clock times and parts of the day, in English and Chinese.

An hour of twelve without morning or afternoon is `vague`: `settled.py` decides by what stands
around it. Folded text in, moments without a day out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.flows.understanding.calendar_words import PARTS_EN, PARTS_ZH
from bot.flows.understanding.moments import Moment, clock
from bot.flows.understanding.numerals import whole

_HOURS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_MINUTES: Final = "five|ten|quarter|a quarter|twenty|twenty[- ]five|5|10|15|20|25|half|a half"
_PM: Final = r"[ap]m\b|[ap]\.m\b\.?|[ap]\b(?!\.\w|'|/)"
_LED: Final = r"(?:at|around|about|by|till|til|until|since|from|before|after|past|gone|nearly|almost|close to|circa|to|and|between|for)"
_MAYBE_LED: Final = rf"(?:{_LED} (?:about |around |roughly |just |like |say |nearly |gone )?)?"
_FOLLOWED: Final = r"(?![.:]?\d|\s?[ap]\.?m\b)(?=\s*(?:[,.;!?)\"]|$|-|–)|\s(?:on|in the|at night|that|this|last|yesterday|today|tonight|tomorrow|sharp|and|but|when|because|cos|we|i|they|she|he|it|o'clock|plus|or so|ish|with|to|until|till)\b|ish\b|\+)"
_PART_AFTER: Final = r"(?:\s(?:in the|at|that|this|last|yesterday|tomorrow)?\s?(?P<part>morning|afternoon|arvo|evening|night|lunchtime)\b)?"
_EN: Final = re.compile(
    # 7pm · 7.30 pm · 3-5pm (the first of a range takes the half of the second)
    rf"(?<![\d:.$£€¥,])(?P<h>\d{{1,2}})(?:[:.h](?P<mi>\d{{2}}))?\s?(?:-|to|–|til|till|until|and)\s?(?P<hb>\d{{1,2}})(?:[:.](?P<mib>\d{{2}}))?\s?(?P<apb>[ap]\.?m\b\.?)"
    rf"|(?<![\d:.$£€¥,])(?P<h1>\d{{1,2}})(?:[:.h](?P<mi1>\d{{2}}))?\s?(?P<ap>{_PM})"
    r"|(?<![\d:.])(?P<h2>\d{1,2})[:h](?P<mi2>\d{2})(?::\d{2})?(?![\d:]|(?!ish)[a-z])"
    # the clock in words: half past eight, half eight, quarter to six, ten to seven
    rf"|\b{_MAYBE_LED}(?P<m4>{_MINUTES}) (?P<to>past|to|after|before|til|till|of) (?P<h4>{_HOURS}|\d{{1,2}})\b(?! (?:people|of|days|weeks|percent|times))"
    rf"|\b{_MAYBE_LED}(?P<half>half) (?P<h5>{_HOURS})\b"
    rf"|(?<!-)\b(?P<led6>{_MAYBE_LED})(?P<h6>{_HOURS}) (?P<m6>thirty|fifteen|forty[- ]five|twenty|ten|forty|fifty)\b(?! (?:dollars|pounds|people|percent|euros|quid))"
    rf"|\b{_MAYBE_LED}(?P<h3>\d{{1,2}}|{_HOURS}) ?o'?clock\b"
    rf"|\b{_LED} (?P<word>noon|midnight|midday)\b|\b(?:12 )?(?P<word2>noon|midnight|midday)\b"
    # at 7 · around eight · gone nine · by 6; 5 plus
    rf"|\b(?:{_LED} (?:about |around |roughly |just |like |say )?)(?P<h7>\d{{1,2}}|{_HOURS})(?:\.(?P<mi7>\d{{2}}))?(?:ish)?{_FOLLOWED}"
    rf"|\b(?P<h8>\d{{1,2}}|{_HOURS})(?P<plus>\s?plus\b|-?ish\b)"
    # eight at night, six that evening
    rf"|\b{_MAYBE_LED}(?P<h9>\d{{1,2}}|{_HOURS})(?= (?:in the|at|that|this|last|yesterday) (?:morning|afternoon|arvo|evening|night))"
    # 1400 hrs; the 6.20 from Alicante
    r"|\b(?P<mil>(?:[01]\d|2[0-3])[0-5]\d)\s?(?:hrs?|hours)\b"
    r"|\b(?:the|at|around|about|my) (?P<h10>\d{1,2})\.(?P<mi10>[0-5]\d)\b(?!%|\s?(?:million|billion|k\b|kg|stars?|dollars|pounds|each))",
    re.ASCII,
)
_EN_KEY: Final = re.compile(
    r"\d\s?[ap]\.?m?\b|\d[:.h]\d|clock|noon|mid|half|past|quarter|\bto \w|ish\b|plus|hours|hrs|(?:at|around|about|by|since|gone|from|nearly|until|till) (?:\d|[a-z])|morning|night|evening|thirty|forty"
)
_DURATION: Final = re.compile(
    r"\s?(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|people|of us|times|%|percent|items?|calls?|emails?|miles|km|mph|star|dollars|pounds|quid|branches|stores|different|or more|or \d|x\b|small|kids|little|large|adults|staff|and a half)"
)
_PART_KEY: Final = re.compile("morning|noon|evening|night|lunch|arvo|hours|tea|dawn|nite")
_PART: Final = re.compile(
    r"(?<!good )(?<!per )(?<!\ba )(?<!each )(?<!every )(?<!all )(?<!whole )(?<!free )(?<!one )(?<!first )(?<!/)\b(?:in the |at |early |late |mid[- ])*(?P<p>morning|afternoon|arvo|evening|night(?!s?cl|mare|gown|shift| shift| staff| manager| out)|lunchtime|lunch time|early hours|small hours|teatime)\b(?!s\b| (?:best|shift|tea|person|team|manager|staff|clinic))"
)
_ZH_PART: Final = "凌晨|清晨|早晨|早上|上午|朝早|上昼|中午|正午|晌午|晏昼|下午|下昼|午后|傍晚|黄昏|晚上|夜晚|晚黑|晚间|深夜|半夜|大半夜|夜里|夜间|午夜|一大早|一早|(?<![寻琴昨今前明当听每全成])[晚早]"
_ZH: Final = re.compile(
    rf"(?P<p>{_ZH_PART})?的?(?:大?[约概])?(?:由|从|差不多|将近|快)?\s?"
    r"(?:(?P<h>(?<![\d.:/-])\d{1,2}|二十[一二三四]?|十[一二]?|[一二两三四五六七八九]|零)\s?(?P<u>点钟|点|时|點)(?!间|候|常|而|效|尚|装|代|段|速|价|评|的(?!时候|班|车|飞机|票|课|高铁|航班|场|钟)|[一二两三四五六七八九十\d]+[、:])"
    r"(?P<rest>半|正|整|(?P<q>[一三1３3])[刻个]?刻|(?:搭|踏)(?P<da>\d{1,2}|十[一二]?|[一二三四五六七八九])(?!分)|(?P<mi>\d{1,2}(?!\d)|零[一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九](?=分)|[一二三四五六七八九])\s?(?:分(?!钟))?)?"
    r"(?P<vague>多|几|许|出头|左右|前后)?"
    r"|(?P<h2>(?<![\d:.])\d{1,2}):(?P<mi2>\d{2})(?::\d{2})?(?![\d:]))"
)
_ZH_KEY: Final = re.compile("[点时:]")
# A small hour in Chinese characters is a time only where something says so: 两点建议 is none.
_ZH_LED: Final = re.compile(
    r"(?:到|至|从|由|在|约|等|订|于|近|过|快|晚|差|才|凌晨|上|下|午|早|朝|昼|夜|黑|日|天|号|[一二三四五六日](?=$)|:|,|嘅)\s?$"
)
_NO_TIME_AFTER: Final = frozenset("要建意问不些小头儿都也")
_ZH_TIMED: Final = re.compile(
    r"\s?(?:多|几|许|左右|前后|之前|前|后|才|就|开始|来|到|至|半|整|钟|起|出发|的(?:时候|车|飞机|课|高铁)|,|。|$)"
)
_ZH_PARTS: Final = re.compile(
    rf"(?<![寻琴昨今前明当听每全成第])(?:{'|'.join(sorted((part for part in PARTS_ZH if len(part) > 1), key=len, reverse=True))})(?![好茶班市餐饭])"
)
_ZH_PART_KEY: Final = re.compile("[晨早午昼晚夜晏晌昏]")


_WEAK_LEADS: Final = ("to ", "and ", "for ", "between ")
_OWN_WORDS: Final = ("m4", "half", "h6", "h3", "h7", "h8", "h9", "h10")


def _half(hour: int, letters: str | None) -> tuple[int, bool]:
    """Return the hour on 24 and whether its half of the day stays open."""
    if letters:
        return hour % 12 + (12 if letters.startswith("p") else 0), False
    return hour, 1 <= hour <= 12


def _number(text: str | None) -> int:
    return (whole(text) or 0) if text else 0


def _spoken(match: re.Match[str]) -> tuple[int, int, bool] | None:
    """Read what stands in words or without am and pm: hour, minute, whether it is vague."""
    if match["m4"]:
        minute = {"quarter": 15, "a quarter": 15, "half": 30, "a half": 30}.get(match["m4"])
        minute = _number(match["m4"].replace("-", " ")) if minute is None else minute
        hour = _number(match["h4"])
        if match["to"] in {"to", "before", "til", "till", "of"}:
            if minute == 30 or (match["to"] in {"before", "of"} and minute != 15):
                return None
            return (hour - 1 or 12), 60 - minute, True
        return hour, minute, True
    if match["h5"]:
        return _number(match["h5"]), 30, True
    if match["h6"]:
        return _number(match["h6"]), _number(match["m6"].replace("-", " ")), True
    for group in ("h3", "h7", "h8", "h9"):
        if match[group]:
            return _number(match[group]), _number(match["mi7"]) if group == "h7" else 0, True
    return None


def _range(match: re.Match[str]) -> Iterator[Moment]:
    """Yield both ends of 3-5pm."""
    last, _ = _half(int(match["hb"]), match["apb"])
    first = int(match["h"])
    if int(match["hb"]) > 12 or first > 12:
        return
    if last >= 12 and first + 12 <= last:
        first += 12
    elif last >= 12 and first == 12:
        first = 12
    ends = ((first, match["mi"], "h"), (last, match["mib"], "hb"))
    for hour, minute, group in ends:
        time = clock(hour, int(minute or 0), None)
        end = match.end() if group == "hb" else match.end("mi" if match["mi"] else "h")
        if time:
            yield Moment(match.start(group), end, time=time)


def _told(match: re.Match[str]) -> tuple[int, int, bool] | None:
    """Return hour, minute and whether the half of the day is open; None for what is no time."""
    if match["mil"]:
        return int(match["mil"][:2]), int(match["mil"][2:]), False
    if match["h2"]:
        hour = int(match["h2"])
        return hour, int(match["mi2"]), 1 <= hour <= 12 and match["h2"][0] != "0"
    if match["h10"]:
        return int(match["h10"]), int(match["mi10"]), True
    if match["h1"]:
        hour = int(match["h1"])
        return (_half(hour, match["ap"])[0], int(match["mi1"] or 0), False) if hour <= 12 else None
    spoken = _spoken(match)
    return spoken if spoken and 1 <= spoken[0] <= 12 else None


def english(text: str) -> Iterator[Moment]:
    """Yield the clock times that a folded English text tells."""
    if not _EN_KEY.search(text):
        return
    for match in _EN.finditer(text):
        word = next((group for group in ("word", "word2") if match[group]), None)
        if match["hb"]:
            yield from _range(match)
        elif word:
            midnight = match[word] == "midnight"
            time, part = ("00:00", None) if midnight else ("12:00", "noon")
            yield Moment(match.start(word), match.end(), time=time, part=part)
        else:
            yield from _english_time(text, match)


def _english_time(text: str, match: re.Match[str]) -> Iterator[Moment]:
    told = _told(match)
    group = next((group for group in _OWN_WORDS if match[group]), None)
    if told is None or (group and group != "h10" and _DURATION.match(text, match.end())):
        return
    time = clock(told[0], told[1], None)
    if time is not None:
        weak = (match["h7"] is not None and match.group().startswith(_WEAK_LEADS)) or (
            match["h6"] is not None and not match["led6"]
        )
        start = match.start(group) if group else match.start()
        yield Moment(start, match.end(), time=time, vague=told[2], weak=weak)


def english_parts(text: str) -> Iterator[Moment]:
    """Yield parts of the day in English."""
    if _PART_KEY.search(text):
        for match in _PART.finditer(text):
            yield Moment(match.start(), match.end(), part=PARTS_EN[match["p"]], confidence=0.6)


def _zh_minute(match: re.Match[str], *, fives: bool) -> int:
    rest = match["rest"] or ""
    if rest == "半":
        return 30
    if match["q"]:
        return 15 if match["q"] in "一1" else 45
    if match["da"]:
        return _number(match["da"]) * 5
    minute = _number(match["mi"])
    lone = bool(match["mi"]) and len(match["mi"]) == 1 and "分" not in rest
    return minute * 5 if lone and fives else minute


def chinese(text: str, *, fives: bool) -> Iterator[Moment]:
    """Yield clock times in folded Chinese; `fives`: 三点九 is 3:45, as Cantonese says it."""
    if not _ZH_KEY.search(text):
        return
    for match in _ZH.finditer(text):
        part = PARTS_ZH.get(match["p"] or "")
        if match["h2"]:
            hour, minute = int(match["h2"]), int(match["mi2"])
            vague = part is None and 1 <= hour <= 12 and match["h2"][0] != "0"
            weak = False
        else:
            hour, minute = _number(match["h"]), _zh_minute(match, fives=fives)
            vague = part is None and 1 <= hour <= 12
            lone = match["mi"] and len(match["mi"]) == 1 and "分" not in (match["rest"] or "")
            if lone and not fives:
                minute = 0
            if (
                match["u"] == "时"
                and not (match["rest"] or part or match["vague"])
                and not _ZH_LED.search(text, max(0, match.start() - 2), match.start("h"))
            ):
                continue
            bare = not (match["rest"] or part or match["vague"]) and match["u"] == "点"
            small = not match["h"].isdigit() and match["h"] in "一二两三四五"
            if bare and small and text[match.end() : match.end() + 1] in _NO_TIME_AFTER:
                continue
            led = _ZH_LED.search(text, max(0, match.start("h") - 2), match.start("h"))
            weak = bool(bare and small and not (led and _ZH_TIMED.match(text, match.end())))
        time = clock(hour, minute, part)
        if time is not None:
            start = match.start("p") if match["p"] else match.start("h2" if match["h2"] else "h")
            yield Moment(start, match.end(), time=time, part=part, vague=vague, weak=weak)


def chinese_parts(text: str) -> Iterator[Moment]:
    """Yield parts of the day in Chinese."""
    if _ZH_PART_KEY.search(text):
        for match in _ZH_PARTS.finditer(text):
            yield Moment(match.start(), match.end(), part=PARTS_ZH[match.group()], confidence=0.6)
