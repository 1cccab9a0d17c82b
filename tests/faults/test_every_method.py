"""Whatever fails at Telegram, in whatever method: nothing is lost, and the log or the team says so."""

from __future__ import annotations

import logging
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.survey import survey
from tests.faults.journey import QUIET_DESK, Accuser, Traveller, settled_state, stored, travel
from tests.kills.checks import check_said, check_screens
from tests.kills.script import Visitor
from tests.kills.siege import REPEATABLE, Made, repeats
from tests.town import Town

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = ("429", "500", "502", "timeout", "reset", "lost", "malformed")
ACTED = frozenset({"lost", "malformed"})
PATIENCE = 0.3
"""Seconds a call waits for its answer here; a time-out at the stand-in never answers."""
TEXTS = Path(__file__).parents[2] / "bot" / "texts"
METHOD = re.compile(r'"((?:send|edit|copy|set|create|close|reopen|delete|answer)[A-Z]\w+)"')
TWICE = 2


def impatient(town: Town) -> None:
    """Let the desk wait a short while only for an answer."""
    town.desk.bot.request._read = PATIENCE
    town.desk.bot.request._timeouts.clear()
    town.desk.intake._answer_seconds = PATIENCE


async def journey(plan: Callable[[Town], Any] = lambda _town: None) -> dict[str, Any]:
    """Make the whole journey with customers of the usual kind beside the one who sees it all."""
    async with Town(config=QUIET_DESK) as town:
        impatient(town)
        people = [town.sandbox.person(f"Customer {n}") for n in range(4)]
        kinds = (Traveller, Visitor, Visitor, Accuser)
        travellers = [
            kind(n, one, town.mei.actor)
            for n, (kind, one) in enumerate(zip(kinds, people, strict=True))
        ]
        planned = plan(town)
        await travel(town, travellers)
        documents = await stored(town)
        calls = [(call.method, call.params, call.ok, call.result) for call in town.sandbox.calls]
        check_said(travellers, documents["cases"], documents["timeline"])
        check_screens(travellers, documents["cases"], town.group)
        assert documents["failed"] == []
        assert documents["dead"] == []
        return {"state": settled_state(documents), "calls": calls, "planned": planned}


_clean: list[dict[str, Any]] = []


async def clean_journey() -> dict[str, Any]:
    """Return the journey without faults, made once."""
    if not _clean:
        _clean.append(await journey())
    return _clean[0]


def methods_of(journey: dict[str, Any]) -> set[str]:
    return {method for method, _, ok, _ in journey["calls"] if ok and not method.startswith("get")}


def made(journey: dict[str, Any]) -> list[Made]:
    return [
        Made(n, method, int(params.get("chat_id", 0)), repr(sorted(params.items())).encode())
        for n, (method, params, ok, _) in enumerate(journey["calls"])
        if ok and method.startswith(REPEATABLE)
    ]


async def test_the_journey_needs_every_method_that_the_desk_can_render():
    written = {
        method
        for path in sorted(TEXTS.rglob("*.py"))
        for method in METHOD.findall(path.read_text("utf-8"))
    }
    assert len(written) > 20
    clean = await clean_journey()
    assert written - methods_of(clean) == set()
    refused = [one for one in clean["calls"] if not one[2] and "is not modified" not in one[3]]
    assert refused == []


@pytest.mark.parametrize("kind", KINDS)
async def test_no_fault_loses_anything_in_any_method(kind: str, caplog: pytest.LogCaptureFixture):
    """Each method fails twice on the way; the end is that of a journey without faults."""
    clean = await clean_journey()
    methods = sorted(methods_of(clean) - {"deleteWebhook"})
    caplog.set_level(logging.INFO, logger="bot")

    def plan(town: Town) -> list[Any]:
        usual = Counter(call[0] for call in clean["calls"])
        return [
            town.sandbox.faults.add(
                method, kind, times=TWICE, skip=min(n % 3, usual[method] - 1), retry_after=7
            )
            for n, method in enumerate(methods)
        ]

    shaken = await journey(plan)
    unmet = {fault.method for fault in shaken["planned"] if fault.hits < 1}
    assert unmet == set()
    assert shaken["state"] == clean["state"]
    logged = caplog.text
    for method in methods:
        # a letter that edits what stands is logged as the letter it is
        named = ("sendMessage", method) if method == "editMessageText" else (method,)
        assert any(f"({one})" in logged or f"fleeting {one}" in logged for one in named), method
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]
    hits = sum(fault.hits for fault in shaken["planned"])
    again = repeats(made(shaken), made(clean)).total
    assert again <= (hits if kind in ACTED else 0), (again, hits)


@pytest.mark.parametrize("kind", [*KINDS, "duplicate", "reorder"])
async def test_no_fault_of_the_poll_loses_or_repeats_anything(kind: str):
    """Polls fail again and again; what was said is in its case once, in its order."""
    clean = await clean_journey()
    often = {"times": 5, "skip": 7} if kind == "timeout" else {"chance": 0.34}
    shaken = await journey(
        lambda town: [town.sandbox.faults.add("getUpdates", kind, retry_after=0, **often)]
    )
    assert shaken["planned"][0].hits >= 5
    assert shaken["state"] == clean["state"]
    assert repeats(made(shaken), made(clean)).total == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["getChat", "getChatMember"])
async def test_a_room_is_not_lost_because_telegram_did_not_answer(method: str, kind: str):
    """At the start the desk looks at its rooms; a fault there says nothing about the room."""
    async with Town(config=QUIET_DESK) as town:
        impatient(town)
        town.sandbox.faults.add(method, kind, times=2)
        seen = await survey(town.desk.bot, town.group.id, pauses=(0.01, 0.01))
        assert (seen.error, seen.forum, seen.topics) == ("", True, True)
        town.sandbox.faults.add(method, kind, times=2)
        unseen = await survey(town.desk.bot, town.group.id, pauses=(0.01,))
        assert unseen.error
        assert not unseen.answered
        town.group.remove_bot()
        refused = await survey(town.desk.bot, town.group.id, pauses=())
        assert refused.error
        assert refused.answered


async def test_a_restart_while_telegram_stumbles_keeps_the_team_chat():
    """The first look at the team chat fails; the desk asks again and cases go where they went."""
    async with Town(config=QUIET_DESK) as town:
        town.sandbox.faults.add("getChat", "502")
        await town.restart()
        team = town.desk.app.desk.team
        assert (team.chat, team.forum, team.topics, team.lost) == (town.group.id, True, True, False)
