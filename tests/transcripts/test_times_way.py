"""Time: promises kept by the desk once and by people after, ladders, closing, nothing twice."""

from datetime import timedelta

from tests.town import Town
from tests.transcripts.tellings import filed, tells


async def test_the_promised_time_brings_word_and_a_new_time_and_the_second_goes_one_level_up():
    async with Town() as town:
        li = await filed(town)
        promised = next(p for p in (await town.case(1)).promises if p.kind == "first_answer").due
        li.seen = len(li.heard)
        await town.passes(hours=2, minutes=1)
        li.sees("C-1", "暂时没有结果", "最晚")
        case = await town.case(1)
        assert case.level == "supervisor"
        assert "missed" in await town.timeline(1)
        again = [p for p in case.promises if p.state == "open"]
        assert min(p.due for p in again) > promised
        heard = len(li.heard)
        level = case.level
        await town.passes(days=2)
        case = await town.case(1)
        assert case.level in {"manager", "admin"}
        assert case.level != level
        updates = [h for h in li.heard[heard:] if "暂时没有结果" in h]
        assert not updates, "the desk fobs nobody off twice"


async def test_an_owner_who_stays_silent_loses_the_case_to_everybody():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await tells(li, "收银多扣了我128块，单号 8823-1907", "转人工")
        await town.mei.presses("接手")
        await town.passes(days=3)
        case = await town.case(1)
        assert case.owner is None
        town.team_sees("Mei", "放回待接手")


async def test_a_pause_ends_the_story_without_a_button():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("你们多扣了我128块")
        li.seen = len(li.heard)
        await town.passes(seconds=15)
        li.sees_not("？")
        await li.says("就在昨天")
        li.seen = len(li.heard)
        await town.passes(seconds=15)
        li.sees_not("？")
        await town.passes(seconds=10)
        li.sees("？")


async def test_settled_is_asked_twice_and_then_silence_closes():
    async with Town() as town:
        li = await filed(town)
        await tells(town.mei, "[接手]", "[已办妥]", "[不另写]", "[仍然办结]")
        await town.passes(days=3)
        assert sum("都按说好的办到了" in h or "再问您一次" in h for h in li.heard) == 2
        assert (await town.case(1)).status == "carried_out"
        await town.passes(days=8)
        assert (await town.case(1)).status == "closed"
        assert "先结案" in li.heard[-1]
        heard = len(li.heard)
        await town.passes(days=60)
        assert len(li.heard) == heard, "nothing more after the end"


async def test_nothing_fires_twice_for_the_same_reason_over_a_month_of_silence():
    async with Town() as town:
        li = await filed(town)
        await town.passes(days=30)
        case = await town.case(1)
        assert all(times == 1 for times in case.fired.values())
        assert len(li.heard) < 24, li.heard  # an honest word every two working days
        assert case.wake_at is None or case.wake_at > town.sandbox.clock.now()


async def test_wake_ups_only_move_forward():
    async with Town() as town:
        await filed(town)
        last = town.sandbox.clock.now()
        for _ in range(30):
            case = await town.case(1)
            if case.wake_at is None:
                break
            assert case.wake_at >= last
            last = case.wake_at
            await town.passes(
                seconds=(last - town.sandbox.clock.now()) / timedelta(seconds=1) + 0.01
            )
            assert (await town.case(1)).wake_at is None or (await town.case(1)).wake_at > last


async def test_a_draft_with_nothing_said_ends_quietly_and_one_with_words_never():
    async with Town() as town:
        li = town.customer("李女士", "zh-hans")
        await li.says("/new")
        await town.passes(minutes=20)
        assert (await town.case(1)).status == "withdrawn"
        await li.says("你们多扣了我128块")
        await town.passes(minutes=20)
        assert (await town.case(2)).status == "queued"
