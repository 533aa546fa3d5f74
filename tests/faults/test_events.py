"""Events that come twice, together, too many, or to a bot that fails: one effect each, or none at all."""

import asyncio
import gc
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NoReturn
from urllib.parse import urlsplit

import asyncpg
import orjson
import pytest

from bot.writer import Overloaded, Writer
from handlers import table
from handlers.cases import decide
from handlers.events import Click, Reply
from handlers.help import Command
from storage import db, engine_sqlite, inbox, outbox, requests
from storage.records import Act, Person, Platform
from tests.faults.acts import Wiretap, handed_in, post, trail_is_whole
from tests.faults.conftest import troubled
from tests.world import World, buttons


async def rows(table_name: str) -> int:
    found = await db.one(f"SELECT count(*) AS n FROM {table_name}")
    assert found is not None
    return int(found["n"])


async def test_an_event_delivered_five_times_at_once_has_one_effect(any_world: World) -> None:
    world = any_world
    await world.say("李老师", post("学院更名"))
    tap = Wiretap(world, world.wecom, Platform.WECOM)
    await world.click("李老师", "确认提交")
    await handed_in(world, "校庆")
    messages, clicks = [tap.heard[1]], [tap.heard[0], tap.heard[2]]
    before = await rows("letters")

    answers = await asyncio.gather(*(tap.again(raw) for raw in [*messages, *clicks] * 5))

    assert {answer.status for answer in answers} == {200}
    assert (await rows("requests"), await rows("drafts"), await rows("letters")) == (2, 2, before)
    assert world.errors == []


async def test_a_first_delivery_five_times_at_once_makes_one_request(any_world: World) -> None:
    world = any_world
    await world.say("李老师", post("学院更名"))
    tap = Wiretap(world, world.wecom, Platform.WECOM)
    once = tap._deliver

    async def five_times(raw: Any) -> Any:
        return (await asyncio.gather(*(once(raw) for _ in range(5))))[0]

    tap._deliver = five_times
    await world.click("李老师", "确认提交")

    assert await rows("requests") == 1
    assert len(world.titles("孙老师")) == 1
    assert world.errors == []


async def test_an_event_delivered_again_after_a_restart_has_no_second_effect(any_world: World) -> None:
    world = any_world
    tap = Wiretap(world, world.wecom, Platform.WECOM)
    await world.say("李老师", post("学院更名"))
    said = world.titles("李老师")

    await world.restart()
    assert (await tap.again(tap.heard[0])).status == 200
    await world.settle()

    assert world.titles("李老师") == said
    assert await rows("drafts") == 1


async def test_of_two_who_decide_at_the_same_moment_one_wins_and_the_other_is_told(any_world: World) -> None:
    world = any_world
    await world.say("李老师", post("学院更名") + "\n涉及：重大事项决策")
    await world.click("李老师", "确认提交")
    await world.click("孙老师", "审查通过")
    await world.click("王书记", "同意")
    cards = [(world.where(name), world.card(name, "同意")) for name in ("钱主任", "赵老师")]

    await asyncio.gather(*(sim.click(account, shown.id, "同意") for (sim, account), shown in cards))
    await world.settle()

    request = await requests.get("FB-2026-0001")
    assert request is not None
    centre = [d.actor for d in await requests.decisions(request.id) if d.step == "centre"]
    assert centre in (["1101"], ["1102"])
    for name in ("钱主任", "赵老师"):
        assert "同意" not in buttons(world.card(name))
    assert await trail_is_whole()
    assert world.errors == []


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Act], None]:
    """Makes a decision fail after it has written something."""

    def fail(act: Act) -> None:
        async def broken(event: Click, person: Person) -> NoReturn:
            await decide.click(event, person)
            raise ZeroDivisionError

        monkeypatch.setitem(table.CLICKS, act, broken)

    return fail


async def test_a_handler_that_fails_leaves_nothing_behind_and_says_so(
    any_world: World, failing: Callable[[Act], None]
) -> None:
    world = any_world
    await handed_in(world)
    failing(Act.APPROVE)
    before = await rows("letters")

    toast = await world.click("孙老师", "审查通过")

    assert toast == "系统暂时出错，没有记录您的操作，请稍后再点一次。"
    request = await requests.get("FB-2026-0001")
    assert request is not None
    assert (request.step, await rows("decisions"), await rows("letters")) == ("review", 0, before)
    assert world.errors == ["event_failed"]
    assert await trail_is_whole()


async def test_where_no_toast_can_be_shown_the_failure_is_said_in_the_chat(
    any_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = any_world

    async def broken(*_: object) -> NoReturn:
        raise ZeroDivisionError

    await world.say("李老师", post("学院更名"))
    monkeypatch.setitem(table.CLICKS, "confirm", broken)
    await world.click("李老师", "确认提交")
    assert "没有记录您的操作" in world.last("李老师")

    monkeypatch.setitem(table.BY_NAME, "待办", Command("待办", "", broken, "", "", ""))
    await world.say("李老师", "/待办")
    assert "没有处理成功" in world.last("李老师")
    assert world.errors == ["event_failed", "event_failed"]


async def test_one_failure_in_a_batch_touches_nobody_else(any_world: World) -> None:
    async def good(key: str) -> str:
        assert await inbox.claim(key, any_world.now)
        return key

    async def bad() -> None:
        await inbox.claim("bad", any_world.now)
        await db.run("INSERT INTO nothing VALUES (1)")

    writer = any_world.machine.writer
    jobs = [lambda n=n: good(f"k{n}") if n != 3 else bad() for n in range(7)]
    results = await asyncio.gather(*(writer.do(job) for job in jobs), return_exceptions=True)

    assert isinstance(results[3], db.DatabaseError)
    assert [r for n, r in enumerate(results) if n != 3] == [f"k{n}" for n in range(7) if n != 3]
    assert {row["key"] for row in await db.rows("SELECT key FROM claims")} == set(results) - {results[3]}


async def test_a_job_that_another_transaction_got_in_the_way_of_is_run_again(
    postgres_university: str,
) -> None:
    """Two replicas' batches take the same two rows in opposite order."""
    async with troubled(postgres_university) as world:
        both = [world.machine.writer, Writer()]
        both[1].start()
        await both[0].do(lambda: db.run("INSERT INTO counters (name, value) VALUES ('a', 0), ('b', 0)"))
        met = asyncio.Barrier(2)

        def count(first: str, second: str) -> Callable[[], Any]:
            met_once = [False]

            async def job() -> None:
                await db.run("UPDATE counters SET value = value + 1 WHERE name = ?", first)
                if not met_once[0]:
                    met_once[0] = True
                    await met.wait()
                await db.run("UPDATE counters SET value = value + 1 WHERE name = ?", second)

            return job

        await asyncio.gather(both[0].do(count("a", "b")), both[1].do(count("b", "a")))
        await both[1].stop()
        assert [row["value"] for row in await db.rows("SELECT value FROM counters")] == [2, 2]


async def test_more_than_can_be_worked_off_is_turned_away_and_comes_again(world: World) -> None:
    await handed_in(world)
    writer = world.machine.writer
    writer._pace = 10.0
    gate = asyncio.Event()
    held = [asyncio.create_task(writer.do(gate.wait)) for _ in range(2)]
    await asyncio.sleep(0)

    toast = world.feishu.click("ou_sun", world.card("孙老师", "审查通过").id, "审查通过")
    message = world.wecom.say("li", "/待办")
    told = asyncio.create_task(writer.do(outbox.counts))
    answers = await asyncio.gather(toast, message)

    assert "系统繁忙" in orjson.loads(answers[0].body)["toast"]["content"]
    assert answers[1].status == 503
    gate.set()
    await asyncio.gather(*held, told)
    writer._pace = 0.001
    assert [answer.status for answer in await world.wecom.redeliver()] == [200]
    await world.settle()
    assert "待办" in world.titles("李老师")[-1]


async def test_an_outside_job_is_refused_and_one_of_ours_waits() -> None:
    writer = Writer()
    writer._pace = 3.0
    waiting = asyncio.create_task(writer.do(outbox.counts))
    await asyncio.sleep(0)

    with pytest.raises(Overloaded):
        await writer.do(outbox.counts, within=2.0)
    waiting.cancel()


async def test_one_slow_commit_turns_nobody_away(world: World) -> None:
    await world.machine.writer.do(lambda: asyncio.sleep(0.6))
    gate = asyncio.Event()
    held = asyncio.create_task(world.machine.writer.do(gate.wait))
    await asyncio.sleep(0)

    many = [asyncio.create_task(world.machine.writer.do(outbox.counts, within=2.0)) for _ in range(100)]
    await asyncio.sleep(0)
    gate.set()

    assert await asyncio.gather(*many) == [{}] * 100
    await held


@asynccontextmanager
async def sqlite_gone(url: str) -> AsyncIterator[None]:
    """Another process keeps the file locked for longer than we wait."""
    other = sqlite3.connect(urlsplit(url).path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine_sqlite, "BUSY_WITHIN", 0.05)
        yield
    other.execute("ROLLBACK")
    other.close()


@asynccontextmanager
async def postgres_gone(url: str) -> AsyncIterator[None]:
    """The server throws everybody out and lets nobody in."""
    parts = urlsplit(url)
    name = parts.path.removeprefix("/")
    admin = await asyncpg.connect(f"postgres://postgres@/postgres?{parts.query}")
    await admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1"
    await admin.execute(sql, name)
    yield
    await admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    await admin.close()
    gc.collect()  # asyncpg leaves the sockets of refused connections to it, which warns


GONE = {"sqlite": sqlite_gone, "postgres": postgres_gone}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_without_a_database_nothing_is_half_done_and_afterwards_all_goes_on(
    any_world: World, university_url: str
) -> None:
    world = any_world
    await handed_in(world)
    card = world.card("孙老师", "审查通过")

    async with GONE[university_url.partition(":")[0]](university_url):
        said, clicked = await asyncio.gather(
            world.wecom.say("li", post("校庆")), world.feishu.click("ou_sun", card.id, "审查通过")
        )
        assert said.status == 503
        assert "系统繁忙" in orjson.loads(clicked.body)["toast"]["content"]
        await world.settle()

    assert [answer.status for answer in await world.wecom.redeliver()] == [200]
    await world.settle()
    await world.click("孙老师", "审查通过")
    assert world.titles("李老师").count("请确认：校庆") == 1
    assert len(world.titles("王书记")) == 1
    assert (await rows("decisions"), await rows("drafts")) == (1, 2)
    assert await trail_is_whole()
    assert world.errors == []


async def test_a_commit_that_fails_keeps_nothing_and_the_next_one_works(
    sqlite_university: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with troubled(sqlite_university) as world:
        failures = ["disk full"]

        def full(raw: sqlite3.Connection) -> None:
            if failures:
                raise sqlite3.OperationalError(failures.pop())
            raw.commit()

        monkeypatch.setattr(engine_sqlite, "commit", full)
        assert (await world.wecom.say("li", post("学院更名"))).status == 503
        assert await rows("drafts") == 0
        assert [answer.status for answer in await world.wecom.redeliver()] == [200]
        assert await rows("drafts") == 1


async def test_a_reply_is_given_although_nobody_wakes_for_it(world: World) -> None:
    """The answer to a click never waits for a platform."""
    await handed_in(world)
    world.feishu.faults.down = world.wecom.faults.down = True

    answer = await world.feishu.click("ou_sun", world.card("孙老师", "审查通过").id, "审查通过")

    assert Reply(orjson.loads(answer.body)["toast"]["content"]) == Reply("已审查通过 FB-2026-0001")
