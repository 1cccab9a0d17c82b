"""What one customer says, from the narrative to the confirmation, and what must come back.

Six turns: narrative, three answers, remedy, confirmation. The next words depend on what the desk
asked (its buttons tell), so a desk that asks otherwise fails the bench instead of being flattered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

TURNS = 6
VARIANTS = 64
"""Different wordings per language; a reader that remembers texts would be flattered by one."""

PRODUCTS_EN = ("blender", "kettle", "toaster", "lamp", "heater", "fan", "vacuum cleaner", "oven")
PRODUCTS_ZH = ("破壁机", "电水壶", "烤面包机", "台灯", "取暖器", "电风扇", "吸尘器", "电饭煲")
LASTED_EN = ("two weeks", "three weeks", "four weeks", "five weeks")
LASTED_ZH = ("两", "三", "四", "五")
REFERENCE = re.compile(r"C-(\d+)")


class WrongAnswerError(Exception):
    """The bot answered something that the script does not expect."""


@dataclass(frozen=True, slots=True)
class Lines:
    """One wording of the script: the narrative, answers by fact, remedy, confirmation."""

    language: str
    narrative: str
    answers: dict[str, str]
    remedy: str
    confirmation: str

    @property
    def typed(self) -> tuple[str, ...]:
        """All six messages in their order, for a bot that only echoes."""
        return (self.narrative, *self.answers.values(), self.remedy, self.confirmation)


def lines(n: int) -> Lines:
    """Return the n-th wording; English and Chinese take turns."""
    number = f"88{n % VARIANTS + 10}-27{n % VARIANTS + 10}"
    product, lasted = n // 2 % 8, n // 16 % 4
    if n % 2:
        return Lines(
            "zh-hans",
            f"在你们店里买的{PRODUCTS_ZH[product]}质量太差了，才用了{LASTED_ZH[lasted]}次开关就坏了，做工粗糙，"
            "漏水漏一桌子，买了两台都是坏的，打电话也没人管。",
            {"when": "上周二", "order": number, "amount": f"{120 + n % VARIANTS}元"},
            "我要退款",
            "对",
        )
    return Lines(
        "en",
        f"The {PRODUCTS_EN[product]} I bought from you is defective: after {LASTED_EN[lasted]} the "
        "switch broke and it leaks. I ordered two of them and both are faulty, the quality is "
        "terrible.",
        {"when": "last Tuesday", "order": number, "amount": f"${120 + n % VARIANTS}"},
        "refund please",
        "yes",
    )


@dataclass(frozen=True, slots=True)
class Say:
    """Type this."""

    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """Press the button with this data."""

    data: str


@dataclass(frozen=True, slots=True)
class Filed:
    """The end: the case has this number."""

    number: int


def next_act(script: Lines, said: int, message: dict[str, Any], *, taps: bool) -> Say | Tap | Filed:
    """Return what the customer does about the desk's answer to the `said`-th message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    data = rows[0][0].get("callback_data", "") if rows else ""
    _, _, rest = data.partition(":")
    kind, _, rest = rest.partition(":")
    if kind == "a" and 1 <= said <= len(script.answers):
        fact = rest.split(":")[1]
        if fact in script.answers:
            return Say(script.answers[fact])
    if kind == "r" and said == TURNS - 2:
        return Say(script.remedy)
    if kind == "s" and said == TURNS - 1:
        return Tap(data) if taps else Say(script.confirmation)
    found = REFERENCE.search(message.get("text", ""))
    if not rows and said == TURNS and found:
        return Filed(int(found[1]))
    msg = f"after message {said} the desk said {message.get('text')!r} with {data!r}"
    raise WrongAnswerError(msg)


def next_echo(script: Lines, said: int, message: dict[str, Any]) -> Say | Filed:
    """Return the next message for a bot that echoes."""
    typed = script.typed
    if message.get("text") != typed[said - 1]:
        msg = f"the echo of message {said} is {message.get('text')!r}"
        raise WrongAnswerError(msg)
    return Say(typed[said]) if said < TURNS else Filed(0)
