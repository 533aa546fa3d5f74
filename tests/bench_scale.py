"""Whether a long past slows the bot down: `make bench ARGS=scale`. Three databases, asked in turn.

Each is held by a process of its own: a large school with years behind it, the same school on its
first day, and a tiny one. Without any wire: handlers, storage, the commit, and the card composed.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import uvloop
from rich.console import Console
from rich.table import Table

from bot import logs
from bot.app import assembled
from handlers.composing.compose import compose
from handlers.events import Click, Message, Tick
from storage import db, drafts, opening, outbox
from storage.records import Platform
from tests import bench_round
from tests.bench_past import AT, LARGE, SMALL, School, found, remember
from tests.bench_postgres import postgres

RUNS = 200
WARM_UP = 10
WAITING = 5
"""Requests that wait for the reviewer whose /待办 is measured."""

AUTHOR, REVIEWER = "a0", "r0"
POST = "/发布\n媒体：之声0\n标题：第 {serial} 次更名公告\n正文：经学校批准，学院今日更名，特此公告。"
_SCHOOLS: dict[str, tuple[School, bool]] = {
    "past": (LARGE, True),
    "empty": (LARGE, False),
    "tiny": (SMALL, False),
}
"""Name -> the directory, and whether there are years behind it."""


class Office:
    """The bot on the open database, its clock a tenth of a second further with each event."""

    def __init__(self) -> None:
        self._serial = count(1)
        self._now = AT
        self.machine = assembled({}, lambda: self._now)

    def _next(self) -> tuple[str, datetime]:
        self._now += timedelta(milliseconds=100)
        return f"bench:{next(self._serial)}", self._now

    async def say(self, person: str, text: str) -> float:
        """Seconds until the answer is committed and its card composed."""
        key, at = self._next()
        message = Message(key=key, platform=Platform.FEISHU, accounts=(f"ou_{person}",), at=at, text=text)
        started = time.perf_counter()
        await self.machine.dispatch(message)
        spent = time.perf_counter() - started
        row = await db.one("SELECT id FROM letters WHERE person = ? ORDER BY created_at DESC LIMIT 1", person)
        letter = await outbox.get(row["id"]) if row else None
        assert letter is not None
        started = time.perf_counter()
        async with db.reading():
            card = await compose(letter.template, letter.args, person, at)
        assert card is not None
        return spent + time.perf_counter() - started

    async def click(self, person: str, act: str, ref: str, version: int) -> float:
        key, at = self._next()
        click = Click(
            key=key, platform=Platform.FEISHU, accounts=(f"ou_{person}",), at=at, act=act, ref=ref,
            version=version,
        )  # fmt: skip
        started = time.perf_counter()
        reply, _ = await self.machine.dispatch(click)
        spent = time.perf_counter() - started
        assert reply.ok, reply.toast
        return spent

    async def tick(self, what: str) -> float:
        key, at = self._next()
        started = time.perf_counter()
        await self.machine.dispatch(Tick(key=key, at=at, what=what))
        return time.perf_counter() - started

    async def hand_in(self) -> str:
        """A new request that waits for the reviewer; its number."""
        await self.say(AUTHOR, POST.format(serial=next(self._serial)))
        draft = (await drafts.open_of(AUTHOR))[0]
        await self.click(AUTHOR, "confirm", str(draft.id), draft.rev)
        row = await db.one("SELECT number FROM requests ORDER BY id DESC LIMIT 1")
        assert row is not None
        return str(row["number"])

    async def decide(self) -> float:
        return await self.click(REVIEWER, "approve", await self.hand_in(), 1)

    async def gauge(self) -> float:
        """What is counted after every tick for /metrics."""
        started = time.perf_counter()
        await outbox.counts()
        return time.perf_counter() - started


ACTS: dict[str, Callable[[Office], Awaitable[float]]] = {
    "a tick, nothing due": lambda office: office.tick("remind"),
    "the letters counted after it": Office.gauge,
    "the hourly look": lambda office: office.tick("look_out"),
    "/待办": lambda office: office.say(REVIEWER, "/待办"),
    "/台账 之声7": lambda office: office.say(REVIEWER, "/台账 之声7"),
    "a click that decides": Office.decide,
}


def serve(pipe: Connection, url: str, name: str) -> None:
    """A process's life: load the database, say how long that took, then carry out acts by name."""
    logs.set_up("json")
    uvloop.run(_serve(pipe, url, *_SCHOOLS[name]))


async def _serve(pipe: Connection, url: str, school: School, old: bool) -> None:
    started = time.perf_counter()
    async with opening.opened(url):
        await opening.migrate()
        await found(school)
        if old:
            await remember(url, school)
        if db.is_postgres():
            await db.run("ANALYZE")  # as autovacuum does within minutes
        office = Office()
        office.machine.writer.start()
        for _ in range(WAITING):
            await office.hand_in()
        for what in ("look_out", "remind"):
            await office.tick(what)
        pipe.send(time.perf_counter() - started)
        while act := pipe.recv():
            pipe.send(await ACTS[act](office))
        await office.machine.writer.stop()


def measure(engine: str, urls: dict[str, str]) -> Table:
    """Every act `RUNS` times on each database in turn."""
    context = get_context("spawn")
    pipes: dict[str, Any] = {}
    for name, url in urls.items():
        pipes[name], theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, url, name), daemon=True)
        process.start()
        theirs.close()
        Console(stderr=True).print(f"{engine}, {name}: ready after {pipes[name].recv():.0f} s")
    table = Table("p50 / p95, ms", *urls, "past / empty", "empty / tiny")
    for act in ACTS:
        spent = _in_turn(pipes, act)
        middle = {name: statistics.median(values) for name, values in spent.items()}
        ratios = (middle["past"] / middle["empty"], middle["empty"] / middle["tiny"])
        table.add_row(act, *map(_cuts, spent.values()), *(f"{ratio:.2f}" for ratio in ratios))
    for pipe in pipes.values():
        pipe.send("")
    table.title = f"{engine}, load {os.getloadavg()[0]:.1f}"
    return table


def _in_turn(pipes: dict[str, Any], act: str) -> dict[str, list[float]]:
    spent: dict[str, list[float]] = {name: [] for name in pipes}
    for run in range(-WARM_UP, RUNS):
        for name in sorted(pipes, reverse=run % 2 == 0):
            pipes[name].send(act)
            seconds = pipes[name].recv()
            if run >= 0:
                spent[name].append(seconds)
    return spent


def _cuts(spent: list[float]) -> str:
    cuts = statistics.quantiles(spent, n=20)
    return f"{cuts[9] * 1000:.2f} / {cuts[18] * 1000:.2f}"


@contextmanager
def sqlite_urls() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="quanmei-scale-") as folder:
        yield {name: f"sqlite://{folder}/{name}.db" for name in _SCHOOLS}


@contextmanager
def postgres_urls() -> Iterator[dict[str, str]]:
    """Three databases of a PostgreSQL that lives as long as the bench."""
    with postgres(*_SCHOOLS) as urls:
        yield urls


def main() -> None:
    for engine, urls in (("SQLite", sqlite_urls), ("PostgreSQL", postgres_urls)):
        with urls() as found_urls:
            Console(width=120).print(measure(engine, found_urls))
    bench_round.main()


if __name__ == "__main__":
    main()
