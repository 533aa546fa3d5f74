"""Real processes killed, stopped and set side by side: nothing is lost and nothing is doubled."""

import asyncio
import os
import random
import signal
import time
from collections import Counter

from storage import audit, db, outbox, requests
from storage.records import State
from tests.faults.processes import FINISH_WITHIN, LOOK_EVERY, Town, town

MOST_KILLS = 8
SEED = int(os.environ.get("QUANMEI_TEST_SEED", "20261123"))


async def kill_and_start(town: Town, chance: random.Random, until: asyncio.Task[object]) -> int:
    """Kill a bot at some moment, a number of times, until everything is done; how often that was."""
    for kills in range(MOST_KILLS):
        await asyncio.wait([until], timeout=chance.uniform(0.02, 0.7))
        if until.done():
            return kills
        bot = chance.choice(town.bots)
        await bot.end(signal.SIGKILL)
        await bot.start()
    return MOST_KILLS


def durable(url: str) -> str:
    """With every commit on the disk, as it is in use."""
    return url.partition("?")[0]


async def outbox_is_empty(within: float = FINISH_WITHIN) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        counts = await outbox.counts()
        if not counts.get("queued", 0) + counts.get("sending", 0):
            return True
        await asyncio.sleep(LOOK_EVERY)
    return False


async def check_screens(town: Town) -> None:
    """Every letter of which the platform's id is known is on its screen; what else is there is one of
    those that a killed process had sent without learning the id, once each."""
    screens = [screen for sim in (town.feishu, town.wecom) for screen in sim.screens.values()]
    shown = {card.id: card.account for screen in screens for card in screen if not card.mine}
    sent = await db.rows("SELECT account, message_id FROM letters WHERE kind = 'send' AND state = 'sent'")
    known = {row["message_id"] for row in sent if row["message_id"]}
    doubtful = Counter(row["account"].lower() for row in sent if not row["message_id"])
    assert known <= shown.keys()
    assert Counter(shown[card] for card in shown.keys() - known) <= doubtful


async def count(sql: str) -> int:
    return int((await db.rows(f"SELECT count(*) AS n FROM {sql}"))[0]["n"])


async def check(town: Town, total: int) -> None:
    """Each request once, each decision once, each card once, and the trail whole."""
    assert await outbox_is_empty()
    found = [await requests.get(f"FB-{year()}-{n:04d}") for n in range(1, total + 1)]
    assert {request.title for request in found if request} == {f"第{n:03d}号稿" for n in range(total)}
    assert {request.state for request in found if request} == {State.AWAITING_PUBLISH}
    assert await count("requests") == total
    decided = await db.rows("SELECT request, step, count(*) AS n FROM decisions GROUP BY request, step")
    assert [row["n"] for row in decided] == [1] * (2 * total)
    await check_screens(town)
    assert await outbox.dead() == []
    assert await audit.verify() is None


def year() -> int:
    return time.gmtime(time.time() + 8 * 3600).tm_year


async def test_a_bot_killed_at_any_moment_loses_nothing_and_doubles_nothing(sqlite_migrated: str) -> None:
    total, chance = 100, random.Random(SEED)
    async with town(durable(sqlite_migrated), units=25, patience=99) as found:
        work: asyncio.Task[object] = asyncio.ensure_future(
            asyncio.gather(*(found.approval(n) for n in range(total)))
        )
        kills = await kill_and_start(found, chance, work)
        await work
        await check(found, total)
    assert kills > 2


async def test_two_replicas_of_which_one_is_killed_share_everything_through_postgresql(
    postgres_migrated: str,
) -> None:
    total, chance = 24, random.Random(SEED)
    async with town(postgres_migrated, units=8, bots=2, patience=99) as found:
        work: asyncio.Task[object] = asyncio.ensure_future(
            asyncio.gather(*(found.approval(n) for n in range(total)))
        )
        await kill_and_start(found, chance, work)
        await work
        await check(found, total)


async def test_two_replicas_asked_at_the_same_moment_make_one_decision(postgres_migrated: str) -> None:
    async with town(postgres_migrated, units=1, bots=2) as found:
        for number in range(5):
            name = f"第{number}号稿"
            said = f"/发布\n媒体：之声0\n标题：{name}\n正文：公告。\n涉及：重大事项决策"
            await found.wecom.say("a0", said)
            await found.press(found.wecom, "a0", name, "确认提交")
            await found.press(found.feishu, "ou_r0", name, "审查通过")
            await found.press(found.wecom, "f0", name, "同意")
            cards = [await found.card(found.feishu, f"ou_c{n}", name, "同意") for n in range(2)]

            await asyncio.gather(
                *(found.feishu.click(f"ou_c{n}", shown.id, "同意") for n, shown in enumerate(cards))
            )

            request = await requests.get(f"FB-{year()}-{number + 1:04d}")
            assert request is not None
            assert len([d for d in await requests.decisions(request.id) if d.step == "centre"]) == 1
            assert sum("不需要再办" in shown.toast for shown in cards) == 1
        assert await audit.verify() is None


async def test_a_bot_told_to_stop_finishes_and_is_gone_within_ten_seconds(sqlite_migrated: str) -> None:
    async with town(durable(sqlite_migrated), units=4, patience=99) as found:
        work = asyncio.gather(*(found.approval(n) for n in range(12)))
        await asyncio.sleep(0.4)
        found.feishu.faults.slow = 3.0

        started = time.monotonic()
        assert await found.bots[0].end(signal.SIGTERM) == 0
        assert time.monotonic() - started < 10

        found.feishu.faults.slow = 0.0
        await found.bots[0].start()
        await work
        await check(found, 12)
