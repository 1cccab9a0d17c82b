"""What the transcripts share: a line said, `[a press]`, ‹media›, silence in minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.town import Someone, Town


async def tells(person: Someone, *lines: str | int) -> None:
    """Say the lines one by one: `[label]` presses, `‹photo›` sends, a number lets minutes pass."""
    for one in lines:
        if isinstance(one, int):
            person.seen = len(person.heard)
            await person.town.passes(minutes=one)
        elif one.startswith("["):
            await person.presses(one.strip("[]"))
        elif one.startswith("‹"):
            await person.sends(one.strip("‹›"))
        else:
            await person.says(one)


def relayed(staff: Someone, words: str) -> Any:
    """The copy of a customer's words in a room: a reply to it answers the customer."""
    return next(
        m
        for m in reversed(staff.actor.screen)
        if m.text.startswith("👤") and words in m.text and not m.labels
    )


def shows(staff: Someone, words: str) -> Any:
    """The newest message of the desk with these words."""
    return next(m for m in reversed(staff.actor.screen) if m.from_bot and words in m.text)


async def prompted(staff: Someone, label: str, words: str) -> Any:
    """Press what needs words and reply to the desk's prompt."""
    before = {m.message_id for m in staff.actor.screen}
    await staff.presses(label)
    prompt = next(
        m for m in reversed(staff.actor.screen) if m.from_bot and m.message_id not in before
    )
    return await staff.says(words, reply_to=prompt)


DONE = ("说完了", "That's all")


async def filed(
    town: Town, name: str = "李女士", words: str = "收银多扣了我128块，单号 8823-1907"
) -> Someone:
    """A customer whose case stands in the queue, confirmed."""
    one = town.customer(name, "en" if words.isascii() else "zh-hans")
    await one.says(words)
    if told := [label for label in one.buttons if label in DONE]:
        await one.presses(told[0])
    yes, skip = ("都对", "跳过") if not words.isascii() else ("All correct", "skip")
    for _ in range(9):
        if any(yes in label for label in one.buttons):
            break
        asked = "".join(one.buttons)
        await one.says("退款" if "退款" in asked else "refund" if "Money back" in asked else skip)
    await one.presses(yes)
    return one
