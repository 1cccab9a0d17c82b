"""An admin who presses and types anything: every button answers, nothing breaks, ever valid."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.flows import effects as do
from bot.flows import events as e
from bot.flows.admin.draft import Mistake, document, read, started
from bot.flows.admin.pages import PAGES
from bot.flows.admin.pages.home import SECTIONS
from bot.flows.comparison import Comparison, HandedOff, Told
from bot.flows.desk import Config
from bot.flows.model import Status
from bot.flows.people import Role
from bot.flows.trial import Trial
from tests.core.small_world import ADMIN, MANAGER, START, SUPERVISOR, SmallWorld

TYPED = (
    "5", "0", "-1", "500", "五千元", "HK$300", "EUR 20", "30 min", "2个工作小时", "当天", "漏水，冒烟",
    "x" * 4096, "<b>&", "😀" * 90, "C-1", "99", "…", "{ref} {name} {x}", "经理！！你们太过分了，要找律师",
    "watch", "C-1 再说一遍", "一千万亿", "..", "点", "9:30-12:00，13:00-18:00", "9-12, 11-13", "休息", "22:00-8:00",
    "12月24日 盘点", "2027-02-15 – 2027-02-21 春节", "2027-02-14 10-16", "Tokyo", "DE BY", "14", "明天9点", "24h",
    "watch", "C-1 再说一遍", "{due", "<b>x", "您好", "a,b,a，(x+)+$", "*", "𝕏" * 60, "{ref} <i>{ref}</i>", "一千万亿", "..", "点",
)  # fmt: skip
STEP = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 40)),
    st.tuples(st.just("press"), st.integers(0, 40)),
    st.tuples(st.just("press"), st.integers(0, 40)),
    st.tuples(st.just("type"), st.sampled_from(TYPED)),
    st.tuples(st.just("open"), st.just(0)),
    st.tuples(st.just("section"), st.integers(0, len(SECTIONS) - 1)),
    st.tuples(st.just("other"), st.integers(0, 40)),
    st.tuples(st.just("old"), st.integers(0, 40)),
)
QUICK = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
THOROUGH = settings(QUICK, max_examples=5000, derandomize=False)


def world_of(name: str) -> SmallWorld:
    world = SmallWorld.of(name, managers=True)
    world.desk = world.desk.but(offered=world.desk.config.but(version=9))
    if name == "hk":  # an admin by the set-up code, whose role can be taken away
        world.desk = world.desk.but(operators=(), redeemed=(ADMIN,))
    world.says(101, "收银多扣了我600块，单号 8823-1907，昨天")
    world.cases[1] = world.cases[1].but(status=Status.QUEUED, filed_at=START)
    for user in (ADMIN, SUPERVISOR):
        asks(world, user)
    return world


def asks(world: SmallWorld, user: int) -> None:
    key, who, number = world.key(), world.who(user), world.message_id()
    world.happens(e.StaffCommanded(key, world.now, who, user, number, command="admin"))


def buttons(world: SmallWorld, user: int) -> list[str]:
    session = world.desk.sessions[user]
    return [f"a:{session.token}:{session.rev}:{n}" for n in range(len(session.moves))]


def walk(world: SmallWorld, steps: list[tuple[str, object]], user: int = ADMIN) -> None:
    for act, what in steps:
        before = world.desk.config
        match act:
            case "press":
                there = buttons(world, user)
                if there:
                    outcome = world.staff_presses(user, user, there[int(what) % len(there)])
                    answers = [one for one in outcome.effects if isinstance(one, do.Answer)]
                    assert len(answers) == 1
            case "type":
                world.says(user, str(what))
            case "open":
                asks(world, user)
            case "section":
                asks(world, user)
                world.staff_presses(user, user, buttons(world, user)[int(what)])
            case "other":
                there = buttons(world, SUPERVISOR)
                if there:
                    world.staff_presses(SUPERVISOR, SUPERVISOR, there[int(what) % len(there)])
                assert world.desk.config == before, "who may only look has changed something"
            case "old":
                session = world.desk.sessions[user]
                data = f"a:{session.token}:{session.rev - 1}:{int(what) % 9}"
                draft = session.draft
                world.staff_presses(user, user, data)
                assert world.desk.sessions[user].draft == draft
        holds(world)


def holds(world: SmallWorld) -> None:
    """Whatever was done: the configuration that stands and every draft are whole and valid."""
    Config.model_validate(document(world.desk.config) | {"version": 1})
    assert world.desk.admins_with(world.desk.config.people), "nobody is left to change anything"
    assert world.desk.sessions.get(SUPERVISOR) is None or not world.desk.sessions[SUPERVISOR].draft
    for session in world.desk.sessions.values():
        assert session.here.page in PAGES
        if session.draft is not None:
            assert not isinstance(read(session.draft.doc, 1), Mistake)
            assert session.draft.doc != session.draft.was


@QUICK
@given(st.sampled_from(("cn", "us", "hk")), st.lists(STEP, min_size=5, max_size=60))
def test_wherever_an_admin_wanders_every_button_answers_and_the_configuration_stays_valid(
    name, steps
):
    walk(world_of(name), steps)


@pytest.mark.soak
@THOROUGH
@given(st.sampled_from(("cn", "us", "hk")), st.lists(STEP, min_size=30, max_size=200))
def test_long_wanderings_hold_that_too(name, steps):
    walk(world_of(name), steps)


ALIKE = 7
"""Places of one page that are tried: all of most, some of the many texts and rules."""


def test_every_button_that_can_be_reached_is_pressed_once():
    """Breadth first over all pages: each distinct place is shown, each of its keys pressed."""
    world = world_of("cn")
    config = world.desk.config
    off = config.but(rules=(config.rules[0].but(on=False), *config.rules[1:]))
    draft = started(config).but(doc=document(off))
    told = Told(1, HandedOff("danger", ()))
    trial = Trial(token="t", count=9).ended(Comparison(1, 0, 1, (told,)))
    session = world.desk.sessions[ADMIN].but(draft=draft, file=draft, trial=trial)
    world.desk = world.desk.but(sessions={**world.desk.sessions, ADMIN: session})
    asks(world, ADMIN)
    seen: set[str] = set()
    pages: Counter[str] = Counter()
    waiting = [world.desk.sessions[ADMIN]]
    pressed = 0
    while waiting and pressed < 1500:
        start = waiting.pop(0)
        desk = world.desk
        for n in range(len(start.moves)):
            world.desk = desk.but(sessions={**desk.sessions, ADMIN: start})
            world.staff_presses(ADMIN, ADMIN, f"a:{start.token}:{start.rev}:{n}")
            pressed += 1
            if world.desk.sessions[ADMIN].awaits is not None:
                world.says(ADMIN, "5")  # a name, a number: some pages are reached by words
            after = world.desk.sessions[ADMIN]
            place, page = after.here.model_dump_json(), after.here.page
            fresh = place not in seen and world.desk.config.version == desk.config.version
            if fresh and pages[page] < ALIKE:
                seen.add(place)
                pages[page] += 1
                waiting.append(after)
        world.desk = desk
    assert set(pages) == set(PAGES) - {"version"}, "a page that no key leads to"


def test_a_manager_looks_at_everything_and_changes_nothing():
    world = world_of("cn")
    world.desk = world.desk.but(config=world.desk.config.but(people={SUPERVISOR: Role.MANAGER}))
    asks(world, MANAGER)
    before = document(world.desk.config)
    for n in range(300):
        there = buttons(world, MANAGER)
        if there:
            world.staff_presses(MANAGER, MANAGER, there[(n * 7) % len(there)])
        if n % 20 == 0:
            asks(world, MANAGER)
    assert document(world.desk.config) == before
    assert world.desk.sessions[MANAGER].draft is None


def test_a_draft_that_this_release_cannot_read_is_dropped_and_that_is_said():
    world = world_of("us")
    draft = started(world.desk.config)
    broken = draft.but(doc=draft.doc | {"rules": [{"id": "of_another_release"}]})
    known = world.desk.sessions[ADMIN].but(draft=broken)
    world.desk = world.desk.but(sessions={**world.desk.sessions, ADMIN: known})
    world.staff_presses(ADMIN, ADMIN, buttons(world, ADMIN)[0])
    assert world.desk.sessions[ADMIN].draft is None
    assert any(
        "dropped" in one.params["text"] or "放弃" in one.params["text"]
        for one in world.fresh
        if "text" in one.params
    )
