"""Every corner, one by one: each status with each act, each step with each kind of message."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.flows import effects as do
from bot.flows import events as e
from bot.flows.conversation.steps import BUTTONS, STEPS
from bot.flows.deciding import DECIDED
from bot.flows.desk import Config
from bot.flows.lifecycle.table import LIFECYCLE
from bot.flows.looking import next_look
from bot.flows.model import Case, Question, Status, Transfer
from bot.flows.people import Dialog
from bot.flows.rules.judge import firings
from bot.flows.rules.model import Rule
from bot.flows.rules.scene import Scene
from tests.core.moves import FACTS, MEDIA
from tests.core.small_world import MEI, RAVI, START, TEAM, SmallWorld, config_of

ACTS = sorted({act for _, act in LIFECYCLE})
VERBS = (
    *ACTS,
    "more",
    "less",
    "askmenu",
    "tomenu",
    "grademenu",
    "checks",
    "prompt",
    "for",
    "nothing",
    *DECIDED,
    "anyway",
)
ARGUMENTS = ("", "contact", "severe", str(RAVI), "refuse", "anyway", "order", "ours+anyway", "²")


def world_with(status: Status, step: str = "", **more: object) -> SmallWorld:
    """A world with one case at this status, its customer at this step."""
    world = SmallWorld.of("cn")
    world.says(101, "收银多扣了我128块，单号 8823-1907")
    filed = None if status is Status.DRAFT else START
    world.cases[1] = world.cases[1].but(
        **{
            "status": status,
            "filed_at": filed,
            "shown": status is not Status.DRAFT,
            "listening": status is Status.DRAFT and step == "listening",
            "asked_settled": 1 if status is Status.CARRIED_OUT else 0,
            "asked_settled_at": START,
        }
        | more
    )
    dialog = Dialog(step=step, case=1, asking="order") if step else None
    world.customers[101] = world.customers[101].but(dialog=dialog)
    return world


@pytest.mark.parametrize("status", list(Status))
def test_every_act_of_staff_in_every_status_is_answered(status):
    for verb, argument in itertools.product(VERBS, ARGUMENTS):
        for owner in (None, MEI):
            world = world_with(status, owner=owner, transfer=Transfer(to=MEI, by=RAVI, at=START))
            outcome = world.staff_presses(MEI, TEAM, f"s:{verb}:1:{argument}")
            assert outcome is not None
            answers = [x for x in outcome.effects if isinstance(x, do.Answer)]
            assert len(answers) == 1
            row = LIFECYCLE.get((status, verb))
            assert world.cases[1].status in {status, row.to if row else status, Status.HANDED_OFF}


@pytest.mark.parametrize("status", list(Status))
def test_every_prompted_act_in_words_in_every_status_is_answered(status):
    for act in ("reply", "note", "progress", "resolve", "refuse", "ask+free"):
        world = world_with(status, owner=MEI)
        kind = {"reply": "relay", "note": "card"}.get(act, f"prompt:{act}")
        pair = (TEAM, 7)
        world.links[pair] = replace(
            next(iter(world.links.values())), chat=TEAM, message=7, kind=kind
        )
        outcome = world.staff_writes(MEI, TEAM, "好的", reply_to=7, quoted="C-1")
        assert outcome is not None
        assert world.fresh, f"silence for {act} at {status}"
        row = LIFECYCLE.get((status, act.partition("+")[0]))
        world.passes(timedelta(seconds=6))
        assert world.cases[1].status is (row.to if row else status)


def test_a_reply_is_carried_even_where_no_room_shows_the_customers_words():
    """The two rows that no transcript can reach: queued × reply and feedback × reply."""
    for status in (Status.QUEUED, Status.FEEDBACK):
        world = world_with(status)
        world.links[TEAM, 7] = replace(
            next(iter(world.links.values())), chat=TEAM, message=7, kind="relay"
        )
        world.staff_writes(MEI, TEAM, "在查了", reply_to=7)
        world.passes(timedelta(seconds=6))
        carried = [x for x in world.letters if x.chat == 101 and x.purpose == "answer"]
        assert carried[0].params["text"] == "在查了"
        assert world.cases[1].status is LIFECYCLE[status, "reply"].to


@pytest.mark.parametrize("step", ["", *STEPS, "unheard_of"])
def test_every_message_at_every_step_in_every_status_is_answered(step):
    for status in Status:
        for text in ("五", "不知道", "<b>随便</b> & 12315", "转人工"):
            world_with(status, step).says(101, text)
        for media in MEDIA[:5:4]:
            world_with(status, step).says(101, "", media=media)


@pytest.mark.parametrize("kind", [*BUTTONS, "n", "b", "p", "?"])
def test_every_button_of_every_kind_at_every_step_is_answered(kind):
    for step, status in itertools.product(("", "asking"), Status):
        for choice in ("", "yes", "5", "=", "order:-"):
            world_with(status, step).presses(101, f"c:{kind}:1:{choice}", 7)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.sampled_from(sorted(STEPS)), st.sampled_from(list(Status)), FACTS)
def test_whatever_is_read_out_of_a_message_it_is_answered(step, status, facts):
    world_with(status, step).says(101, "随便说说", facts=facts)


@pytest.mark.parametrize("status", list(Status))
def test_after_a_look_the_next_one_is_later_however_late_it_comes(status):
    for late in (timedelta(0), timedelta(hours=5), timedelta(days=40)):
        for question in (None, Question(fact="free", words="?", by=MEI, at=START)):
            world = world_with(status, "listening", question=question, climbed_at=START)
            wake = next_look(world.desk, world.cases[1], world.now)
            if wake is None:
                continue
            world.now = max(world.now, wake) + late
            for _ in range(6):
                world.wakes(1)  # asserts that it moves on
                if world.cases[1].wake_at is None:
                    break
                world.now = world.cases[1].wake_at


def test_a_look_for_which_nothing_was_due_moves_the_next_one_on_all_the_same():
    """As when an admin chooses a room: every open case is woken at once."""
    world = world_with(Status.QUEUED)
    world.cases[1] = world.cases[1].but(wake_at=world.now)
    world.wakes(1)
    assert world.cases[1].wake_at != world.now


def test_judging_ends_even_for_rules_that_trigger_themselves():
    round_and_round = [
        {
            "id": f"again_{n}",
            "when": ["said", "changed", "handed_off", "filed", "time"],
            "if": {"test": "not", "of": {"test": "status", "any_of": ["closed"]}},
            "then": [
                {"do": "hand_off", "level": level},
                {"do": "grade", "grade": "severe"},
                {"do": "notify", "role": "supervisor"},
            ],
            "once": "reason",
        }
        for n, level in enumerate(("agent", "supervisor", "manager", "admin") * 3)
    ]
    config = config_of("cn").but(rules=tuple(Rule.model_validate(one) for one in round_and_round))
    world = SmallWorld.of("cn")
    world.desk = world.desk.but(config=Config.model_validate(config))
    world.says(101, "收银多扣了我128块")
    case = world.cases[1]
    assert len(case.fired) == len(round_and_round)
    scene = Scene(case, world.now, config.hours)
    assert not list(firings(config.rules, scene, frozenset({"said"})))


def test_a_late_answer_of_another_customer_never_reaches_this_ones_case():
    world = SmallWorld.of("cn")
    world.says(101, "收银多扣了我128块")
    world.presses(102, "c:s:1:yes", 7)
    world.presses(102, "c:w:1:yes", 7)
    world.presses(102, "c:e:1:no", 7)
    assert world.cases[1].status is Status.DRAFT
    assert all(x.chat in {0, 101, 102} or x.chat < 0 for x in world.letters)
    told = [x for x in world.letters if x.chat == 102 and "C-1" in str(x.params)]
    assert not told


def test_the_same_delivery_twice_counts_once():
    world = SmallWorld.of("cn")
    world.says(101, "收银多扣了我128块")
    event = world.happened[-1]
    before = world.cases[1]
    assert world.happens(event) is None
    assert world.cases[1] == before
    assert world.happens(replace(event, key="another")) is not None


def test_an_event_is_a_plain_value():
    event = e.Woken("w1", START, 1)
    with pytest.raises(AttributeError):
        event.case = 2  # type: ignore[misc]
    assert Case.model_validate_json(world_with(Status.QUEUED).cases[1].model_dump_json())
