"""Whether a message says that somebody of the staff laid hands on a person.

Such a case accuses a colleague whatever else it is about. The doer must be named as staff in the
same clause, and what was done must be done to a body: a driver who hit a car accuses nobody so.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bot.flows.understanding.page import Page


class Assault(NamedTuple):
    """Where the folded text says so; `harm` when it can have hurt."""

    start: int
    end: int
    harm: bool


_STAFF_ZH: Final = (
    r"(?:保安|安保|看更|店员|服务员|服务人员|服务生|员工|经理|店长|主管|导购|收银员?|司机|师傅|骑手"
    r"|外卖员|外送员|快递员|送货员?的?|侍应|职员|前台|客服|销售|业务员|厨师|工作人员|管理员|教练|技师"
    r"|美容师|柜员|店主|老板娘?|阿姐|保洁|管家|物业的?人|你[们哋](?:的|嘅)?人)"
)
_BODY_ZH: Final = r"(?:我|人|客|顾客|孩子|小孩|女儿|儿子|老人|佢|他|她|老公|老婆)"
_HARM_ZH: Final = (
    rf"(?:殴打|暴打|群殴|动手打|拳打|围殴|打(?:了|咗|伤|到|倒|过|晒)*{_BODY_ZH}|揍|踢(?:了|咗|到)*{_BODY_ZH}"
    rf"|踹|掐(?:了|着|住)*{_BODY_ZH}|锁喉|扇(?:了|咗)*(?:{_BODY_ZH}|耳光|巴掌)|(?:掴|刮)(?:了|咗)*{_BODY_ZH}"
    rf"|把{_BODY_ZH}[^,。!?;]{{0,4}}?(?:打|推倒|摔|踢|按|拖|轰)"
    r"|打人|动手(?!术|机|册|法)|郁手|撞(?:倒|伤)(?:了|咗)*我)"
)
_HANDS_ZH: Final = (
    rf"(?:(?:推搡|推撞|推(?:了|咗|倒|跌)*{_BODY_ZH}(?!荐|销|广))|(?:拽|拉扯|扯)(?:了|着|住|咗)*{_BODY_ZH}"
    r"|摸(?:了|咗)*我|性骚扰|猥亵|非礼|咸猪手|强吻|搂(?:了|住|着)*我)"
)
_CALL_ZH: Final = r"(?![^,。!?;]{0,5}(?:电话|手机|微信|折|包|招呼|针|卡|小报告))"
_WITHIN_ZH: Final = r"(?:(?!客人|顾客|别人|有人|没有?|冇|未|不(?!但|仅|光|止))[^,。!?;\n]){0,10}?"
_ZH: Final = re.compile(
    rf"{_STAFF_ZH}{_WITHIN_ZH}(?:(?P<harm>{_HARM_ZH})|(?P<hands>{_HANDS_ZH})){_CALL_ZH}"
    rf"|被(?:你[们哋](?:的|嘅)?)?(?:一个|个)?{_STAFF_ZH}{_WITHIN_ZH}"
    r"(?:(?P<harm2>打(?!电话|扰|断|折|发|搅|量|听)|揍|踢|踹|掐|殴打|撞倒)|(?P<hands2>推(?!荐|销|诿|脱|来)|拽|摸|骚扰))"
)

_STAFF_EN: Final = (
    r"(?:(?:security )?guards?|security|bouncer|waiter|waitress|cashier|manager|driver|courier|employees?"
    r"|staff(?: members?)?|member of (?:your )?staff|clerk|salesman|saleswoman|salesperson|worker|assistant"
    r"|receptionist|chef|doorman|technician|bartender|barista|supervisor|owner|engineer|porter|cleaner)"
)
_WHOM_EN: Final = (
    r"(?:me|us|him|her|my (?:\w+ )?(?:son|daughter|child|kid|wife|husband|mother|mum|mom|father|dad|friend"
    r"|sister|brother|face|arm|chest|back|shoulder|hair|head|leg|neck|throat))"
)
_HARM_EN: Final = (
    r"(?:hit|punched|slapped|kicked|choked|assaulted|attacked|struck|beat|headbutted|strangled)"
)
_HANDS_EN: Final = (
    r"(?:pushed|shoved|grabbed|groped|manhandled|tackled|dragged|spat (?:on|at)|fondled|molested)"
)
_PRESSED_EN: Final = (
    r"(?! (?:to|into|for|towards) (?:buy|sign|pay|leave|order|tak|get|a |an |the ))"
)
_EN: Final = re.compile(
    rf"\b{_STAFF_EN}(?: (?!not\b|never\b|didn't\b)[a-z']+){{0,4}}? (?:(?P<harm>{_HARM_EN})|(?P<hands>{_HANDS_EN}))"
    rf" {_WHOM_EN}\b{_PRESSED_EN}"
    rf"|\b(?:(?P<harm2>{_HARM_EN}|beaten)|(?P<hands2>{_HANDS_EN}))(?: up)? by (?:(?:a|an|the|your|one of your|their)"
    rf" )?(?:[a-z]+ )?{_STAFF_EN}\b"
)


def read(page: Page) -> Assault | None:
    """Return where a message says that staff laid hands on somebody."""
    found = [pattern.search(page.folded) for pattern in _patterns(page)]
    match = next((one for one in found if one is not None), None)
    if match is None:
        return None
    return Assault(*match.span(), harm=bool(match["harm"] or match["harm2"]))


def _patterns(page: Page) -> list[re.Pattern[str]]:
    return [*([_ZH] if page.han else []), *([_EN] if page.latin else [])]
