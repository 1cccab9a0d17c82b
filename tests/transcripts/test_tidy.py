"""What is no longer needed is let go, and nothing else."""

from tests.town import Town


async def test_keys_of_updates_that_never_come_again_are_forgotten_after_a_week():
    async with Town() as town:
        await town.customer("李女士", "zh-hans").says("转人工")
        newest = max(int(key[1:]) for key in await keys(town))
        await town.passes(days=9)
        assert f"u{newest}" not in await keys(town, newest)
        assert await town.case(1) is not None


async def keys(town: Town, upto: int = 100_000_050) -> set[str]:
    async with town.desk.store.unit() as unit:
        return await unit.seen([f"u{number}" for number in range(upto - 60, upto + 1)])
