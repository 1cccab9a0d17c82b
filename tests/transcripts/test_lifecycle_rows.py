"""Every row of the lifecycle table, gone through by people with buttons, replies and silence.

The rows come from the table itself: one that nobody here can bring about fails. Each is told by
its status before and after, and by the line it leaves in the timeline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.flows.lifecycle.table import LIFECYCLE
from bot.flows.model import Status
from tests.town import Someone, Town

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

S = Status
IN_THE_CORE = {
    (S.QUEUED, "reply"),
    (S.FEEDBACK, "reply"),
    (S.HANDED_OFF, "accept"),
    (S.HANDED_OFF, "decline"),
}
"""Nothing of such a case is relayed, so there is nothing to reply to: tests/core has these two.
A case that nobody has is offered by a rule alone: `test_targets` has one."""
BY_A_RULE = {"approve", "disapprove"}
"""What a rule of one's own has to ask for first: test_approval has these."""

LEAVES = {
    "file": "filed",
    "feedback": "feedback",
    "hand_off": "handed_off",
    "withdraw": "withdrawn",
    "upgrade": "upgraded",
    "note": "noted",
    "reply": "replied",
    "confirm": "confirmed",
    "take": "taken",
    "release": "released",
    "transfer": "transfer_offered",
    "accept": "transferred",
    "decline": "transfer_declined",
    "grade": "graded",
    "help": "help_called",
    "join": "helper_joined",
    "progress": "replied",
    "ask": "asked",
    "answered": "fact",
    "resolve": "resolved",
    "refuse": "refused",
    "settle": "settled",
    "dispute": "disputed",
    "close": "closed",
    "rate": "rated",
    "reopen": "reopened",
    "verify": "verified",
    "responsibility": "responsibility",
    "need": "need",
    "told": "told_by_staff",
    "still": "replied",
    "contained": "contained",
    "contain_tell": "contained",
    "pause": "paused",
    "resume": "resumed",
}
"""What each act writes into the timeline."""


class Scene:
    """One case of one customer in a town, and the hands that move it."""

    def __init__(self, town: Town, number: int) -> None:
        self.town = town
        self.n = number
        self.ann = town.customer(f"顾客{number}号", "zh-hans")
        self.mei, self.ravi, self.boss = town.mei, town.ravi, town.boss
        # Telegram lets only admins of the group write in a closed topic.
        self.chief = Someone(town, town.boss_person.at(town.group))

    async def status(self) -> S:
        return (await self.town.case(self.n)).status

    def found(self, staff: Someone, label: str) -> Any:
        """The newest message about this case with this button."""
        return next(
            m
            for m in reversed(staff.actor.screen)
            if any(label in one for one in m.labels)
            and f"C-{self.n} " in f"{m.text} ".replace("：", " ")
        )

    async def press(self, staff: Someone, *labels: str) -> None:
        for label in labels:
            await staff.presses(label, message=self.found(staff, label))

    async def in_words(self, label: str, words: str) -> None:
        """Press what needs words, reply to the prompt."""
        await self.press(self.mei, label)
        prompt = next(
            m
            for m in reversed(self.mei.actor.screen)
            if m.from_bot and m.text.startswith(f"C-{self.n}")
        )
        await self.mei.says(words, reply_to=prompt)

    def copy(self) -> Any:
        """The customer's words as they stand in the room."""
        head = f"👤 {self.ann.actor.user.first_name}\n"
        return next(m for m in self.mei.actor.screen if m.text.startswith(head) and not m.labels)

    async def summary(self) -> None:
        await self.ann.says("收银多扣了我128块，单号 8823-1907，昨天的事")
        if "说完了" in "".join(self.ann.buttons):
            await self.ann.presses("说完了")
        for _ in range(9):
            if "都对" in "".join(self.ann.buttons):
                return
            await self.ann.says("退款" if "退款" in "".join(self.ann.buttons) else "跳过")
        raise AssertionError(self.ann.heard[-3:])


async def draft(scene: Scene) -> None:
    await scene.ann.says("收银多扣了我的钱")


async def feedback_asked(scene: Scene) -> None:
    await scene.ann.says("只是提个建议，希望菜单字大一点，不用回复")
    if "让你们知道" not in "".join(scene.ann.buttons):
        await scene.ann.presses("说完了")


async def feedback(scene: Scene) -> None:
    await feedback_asked(scene)
    await scene.ann.presses("让你们知道")


async def unconfirmed(scene: Scene) -> None:
    await scene.summary()
    await scene.town.passes(minutes=16)


async def queued(scene: Scene) -> None:
    await scene.summary()
    await scene.ann.presses("都对")


async def handed_off(scene: Scene) -> None:
    await scene.summary()
    await scene.ann.says("转人工")


async def severe(scene: Scene) -> None:
    await scene.summary()
    await scene.ann.says("再不处理我就找12315")


async def in_progress(scene: Scene) -> None:
    await handed_off(scene)
    await scene.press(scene.mei, "接手")


async def waiting(scene: Scene) -> None:
    await in_progress(scene)
    await scene.press(scene.mei, "问顾客", "联系方式")


async def carried_out(scene: Scene) -> None:
    await in_progress(scene)
    await scene.press(scene.mei, "已办妥", "不另写", "仍然办结")


async def followed_up(scene: Scene) -> None:
    await carried_out(scene)
    await scene.ann.presses("办到了")


async def closed(scene: Scene) -> None:
    await followed_up(scene)
    await scene.ann.presses("5")


async def closed_by_silence(scene: Scene) -> None:
    await carried_out(scene)
    await scene.town.passes(days=11)


async def rated_by_nobody(scene: Scene) -> None:
    await followed_up(scene)
    await scene.town.passes(days=8)


async def refused(scene: Scene) -> None:
    await in_progress(scene)
    await scene.press(scene.mei, "更多")
    await scene.in_words("拒绝", "监控显示收款无误，理由如下。")


async def withdrawn(scene: Scene) -> None:
    await queued(scene)
    await withdraw(scene)


REACH: dict[S, Callable[[Scene], Awaitable[None]]] = {
    S.DRAFT: draft,
    S.FEEDBACK: feedback,
    S.QUEUED: queued,
    S.HANDED_OFF: handed_off,
    S.IN_PROGRESS: in_progress,
    S.WAITING: waiting,
    S.CARRIED_OUT: carried_out,
    S.FOLLOWED_UP: followed_up,
    S.CLOSED: closed,
    S.REFUSED: refused,
    S.WITHDRAWN: withdrawn,
}


async def _unconfirmed_taken(scene: Scene) -> None:
    await unconfirmed(scene)
    await scene.press(scene.mei, "接手")


async def _unconfirmed_waiting(scene: Scene) -> None:
    await _unconfirmed_taken(scene)
    await scene.press(scene.mei, "问顾客", "联系方式")


async def _severe_taken(scene: Scene) -> None:
    await severe(scene)
    await scene.press(scene.mei, "接手")


async def _severe_waiting(scene: Scene) -> None:
    await _severe_taken(scene)
    await scene.press(scene.mei, "问顾客", "联系方式")


async def _offered(scene: Scene) -> None:
    await in_progress(scene)
    await transfer(scene)


async def _offered_waiting(scene: Scene) -> None:
    await waiting(scene)
    await transfer(scene)


async def _called(scene: Scene) -> None:
    await in_progress(scene)
    await call_help(scene)


async def _called_waiting(scene: Scene) -> None:
    await waiting(scene)
    await call_help(scene)


async def _withdrawn_later(scene: Scene) -> None:
    await handed_off(scene)
    await withdraw(scene)


async def _asked_twice(scene: Scene) -> None:
    await carried_out(scene)
    await scene.town.passes(days=3)
    assert len([m for m in scene.ann.actor.screen if any("办到了" in b for b in m.labels)]) == 2
    await scene.ann.presses("办到了")


async def taken_down(scene: Scene) -> None:
    """A case of somebody who telephoned, taken and answered: the words wait to be told."""
    await scene.mei.says("/log 收银多扣了我128块，单号 8823-1907")
    await scene.press(scene.mei, "接手", "更多")
    await scene.in_words("回复顾客", "正在查，今天给您回话。")


async def _told_released(scene: Scene) -> None:
    await taken_down(scene)
    await scene.press(scene.mei, "更多", "放回")


async def _told_waiting(scene: Scene) -> None:
    await taken_down(scene)
    await scene.press(scene.mei, "问顾客", "联系方式")


async def _told_carried_out(scene: Scene) -> None:
    await taken_down(scene)
    await scene.in_words("已办妥", "钱退回去了。")


async def _told_refused(scene: Scene) -> None:
    await taken_down(scene)
    await scene.press(scene.mei, "更多")
    await scene.in_words("拒绝", "监控显示收款无误，理由如下。")


async def _paused(scene: Scene) -> None:
    await in_progress(scene)
    await pause(scene)


async def _paused_waiting(scene: Scene) -> None:
    await _paused(scene)
    await scene.press(scene.mei, "问顾客", "联系方式")


SPECIAL: dict[tuple[S, str], Callable[[Scene], Awaitable[None]]] = {
    (S.DRAFT, "feedback"): feedback_asked,
    (S.QUEUED, "confirm"): unconfirmed,
    (S.IN_PROGRESS, "confirm"): _unconfirmed_taken,
    (S.WAITING, "confirm"): _unconfirmed_waiting,
    (S.IN_PROGRESS, "take"): _severe_taken,
    (S.WAITING, "take"): _severe_waiting,
    (S.IN_PROGRESS, "accept"): _offered,
    (S.IN_PROGRESS, "decline"): _offered,
    (S.WAITING, "accept"): _offered_waiting,
    (S.WAITING, "decline"): _offered_waiting,
    (S.IN_PROGRESS, "contained"): _severe_taken,
    (S.WAITING, "contained"): _severe_waiting,
    (S.IN_PROGRESS, "contain_tell"): _severe_taken,
    (S.WAITING, "contain_tell"): _severe_waiting,
    (S.IN_PROGRESS, "resume"): _paused,
    (S.WAITING, "resume"): _paused_waiting,
    (S.IN_PROGRESS, "join"): _called,
    (S.WAITING, "join"): _called_waiting,
    (S.FOLLOWED_UP, "dispute"): _asked_twice,
    (S.CLOSED, "dispute"): closed_by_silence,
    (S.WITHDRAWN, "reply"): _withdrawn_later,
    (S.CLOSED, "rate"): rated_by_nobody,
    (S.HANDED_OFF, "told"): _told_released,
    (S.IN_PROGRESS, "told"): taken_down,
    (S.WAITING, "told"): _told_waiting,
    (S.CARRIED_OUT, "told"): _told_carried_out,
    (S.REFUSED, "told"): _told_refused,
}
"""Rows whose act needs more than the plain way to their status."""


# ---- deeds ----------------------------------------------------------------------------------


async def file(scene: Scene) -> None:
    await scene.ann.presses("说完了")
    for _ in range(9):
        if "都对" in "".join(scene.ann.buttons):
            break
        await scene.ann.says("退款" if "退款" in "".join(scene.ann.buttons) else "跳过")
    await scene.ann.presses("都对")


async def threaten(scene: Scene) -> None:
    if await scene.status() is S.WAITING:  # there a message would be the answer; an edit is not
        story = next(m for m in scene.ann.actor.screen if m.text.startswith("收银"))
        await scene.ann.edits(story, story.text + "，再不处理我就找12315")
        return
    desk_said = (
        next(m for m in reversed(scene.ann.actor.screen) if m.from_bot and "C-" in m.text)
        if "C-" in "".join(scene.ann.heard)
        else scene.ann.actor.last
    )
    await scene.ann.says("再不处理我就找12315", reply_to=desk_said)


async def withdraw(scene: Scene) -> None:
    await scene.ann.says("撤销投诉")
    await scene.ann.presses("撤回")


async def note(scene: Scene) -> None:
    card = next(
        m for m in reversed(scene.mei.actor.screen) if m.from_bot and f"C-{scene.n} ·" in m.text
    )
    who = scene.chief if await scene.status() is S.CLOSED else scene.mei
    await who.says("// 这单先看监控", reply_to=card)


async def take(scene: Scene) -> None:
    if await scene.status() in {S.IN_PROGRESS, S.WAITING}:
        await scene.boss.presses("接手", message=scene.found(scene.boss, "接手"))
        assert any("负责" in alert for alert in scene.boss.actor.alerts)
        return
    await scene.press(scene.mei, "接手")


async def opened(scene: Scene, label: str) -> None:
    await scene.press(scene.mei, "更多", label)


async def grade(scene: Scene) -> None:
    await opened(scene, "定级")
    await scene.press(scene.mei, "严重")


async def transfer(scene: Scene) -> None:
    await scene.ravi.says("大家好")
    await scene.press(scene.mei, "更多", "转给同事", "Ravi")


async def call_help(scene: Scene) -> None:
    await opened(scene, "求助")
    await scene.press(scene.mei, "主管")


async def reply(scene: Scene) -> None:
    who = scene.chief if await scene.status() is S.CLOSED else scene.mei
    await who.says("您好，正在查。", reply_to=scene.copy())
    assert "您好，正在查。" in scene.ann.heard


async def ask(scene: Scene) -> None:
    if await scene.status() is S.QUEUED:
        await scene.press(scene.mei, "更多")
    await scene.press(scene.mei, "问顾客", "联系方式")


async def resolve(scene: Scene) -> None:
    case = await scene.town.case(scene.n)
    if case.owner is None:
        await scene.press(scene.mei, "更多")
    await scene.press(scene.mei, "已办妥", "不另写", "仍然办结")


async def progress(scene: Scene) -> None:
    case = await scene.town.case(scene.n)
    if case.owner is None:
        await scene.press(scene.mei, "更多")
    await scene.in_words("告知进展", "监控已经调出来了。")


async def still(scene: Scene) -> None:
    waits = await scene.status() is S.WAITING
    await scene.town.passes(hours=47 if waits else 1, minutes=40)
    await scene.press(scene.mei, "还在查")


async def contain_tell(scene: Scene) -> None:
    await scene.press(scene.mei, "更多", "已采取应急措施")
    await scene.in_words("也告诉顾客", "插座已经断电封好。")
    assert "插座已经断电封好。" in scene.ann.heard


async def pause(scene: Scene) -> None:
    await scene.press(scene.mei, "更多", "暂停计时", "供应商", "明天")


async def refuse(scene: Scene) -> None:
    await scene.press(scene.mei, "更多")
    await scene.in_words("拒绝", "监控显示收款无误，理由如下。")


async def verify(scene: Scene) -> None:
    await opened(scene, "核实情况")
    await scene.press(scene.mei, "订单确有")


async def responsibility(scene: Scene) -> None:
    await opened(scene, "核实情况")
    await scene.press(scene.mei, "第三方", "仍然认定")


async def need(scene: Scene) -> None:
    await scene.press(scene.mei, "更多")
    await scene.in_words("真正的需要", "要一个说法，不只是钱。")


async def dispute(scene: Scene) -> None:
    await scene.ann.presses("请上一级" if await scene.status() is S.REFUSED else "还没有")


async def reopen(scene: Scene) -> None:
    if await scene.status() is S.WITHDRAWN:
        await scene.ann.presses("恢复")
    else:
        await scene.press(scene.mei, "重新打开")


DEEDS: dict[str, Callable[[Scene], Awaitable[Any]]] = {
    "file": file,
    "feedback": lambda s: s.ann.presses("让你们知道"),
    "hand_off": threaten,
    "withdraw": withdraw,
    "upgrade": lambda s: s.ann.presses("我想要个答复"),
    "note": note,
    "reply": reply,
    "confirm": lambda s: s.ann.presses("都对"),
    "take": take,
    "release": lambda s: opened(s, "放回"),
    "transfer": transfer,
    "accept": lambda s: s.press(s.ravi, "接受"),
    "decline": lambda s: s.press(s.ravi, "婉拒"),
    "grade": grade,
    "help": call_help,
    "join": lambda s: s.press(s.ravi, "我来帮忙"),
    "progress": progress,
    "ask": ask,
    "answered": lambda s: s.ann.says("13800138000"),
    "verify": verify,
    "responsibility": responsibility,
    "need": need,
    "told": lambda s: s.press(s.mei, "已经转告"),
    "resolve": resolve,
    "refuse": refuse,
    "settle": lambda s: s.ann.presses("办到了"),
    "dispute": dispute,
    "close": lambda s: s.town.passes(days=11),
    "rate": lambda s: s.ann.presses("5"),
    "reopen": reopen,
    "still": still,
    "contained": lambda s: s.press(s.mei, "更多", "已采取应急措施", "已采取，不另写"),
    "contain_tell": contain_tell,
    "pause": pause,
    "resume": lambda s: s.press(s.mei, "更多", "继续计时"),
}


def _to_be_read(staff: Someone) -> list[tuple[str, list[str]]]:
    """What the team chat shows: messages that change where they stand are an answer as well."""
    return [(m.text, list(m.labels)) for m in staff.actor.screen]


AT = sorted({at for at, _ in LIFECYCLE})


@pytest.mark.parametrize("at", AT)
async def test_every_act_possible_at_this_status_is_done_by_people_and_leads_where_the_table_says(
    at,
):
    rows = [row for (here, act), row in LIFECYCLE.items() if here == at]
    rows = [row for row in rows if (row.at, row.act) not in IN_THE_CORE]
    rows = [row for row in rows if row.act not in BY_A_RULE]
    rows.sort(key=lambda row: row.act in {"close", "still"})  # time passes for all of them: last
    async with Town() as town:
        for number, row in enumerate(rows, 1):
            scene = Scene(town, number)
            await SPECIAL.get((row.at, row.act), REACH[row.at])(scene)
            name = f"{row.at.value} × {row.act}"
            assert await scene.status() is row.at, f"{name}: {await scene.status()}"
            before = await town.timeline(number)
            said, shown = len(scene.ann.heard), _to_be_read(town.mei)
            alerts = len(town.boss.actor.alerts)
            await DEEDS[row.act](scene)
            assert await scene.status() is row.to, f"{name} led to {await scene.status()}"
            fresh = (await town.timeline(number))[len(before) :]
            assert LEAVES[row.act] in fresh or (row.act, row.at in {S.IN_PROGRESS, S.WAITING}) == (
                "take",
                True,
            ), f"{name} left only {fresh}"
            answered = (
                len(scene.ann.heard) > said
                or _to_be_read(town.mei) != shown
                or len(town.boss.actor.alerts) > alerts
            )
            assert answered, f"{name}: nobody heard anything"
