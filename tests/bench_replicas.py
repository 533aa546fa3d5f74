"""SQLite against PostgreSQL, and one process against two on one database: `make bench ARGS=replicas`.

Whole approvals, the events of each falling on the processes in turn; afterwards every decision that was
acknowledged is looked up by its request and its entry on the trail.
"""

import asyncio
import os
import statistics
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle

import uvloop
from rich.console import Console
from rich.table import Table

from storage import db, opening
from tests.bench import AT_ONCE, free_port, processor_time, server
from tests.bench_load import UNITS, Line, Screens, approve, found_school
from tests.bench_postgres import postgres

ROUNDS = 3
APPROVALS = 240
WARM_UP = 64
KINDS = (("SQLite", 1), ("PostgreSQL", 1), ("PostgreSQL", 2))
DECISIONS = (
    "SELECT count(*) AS n FROM decisions d JOIN requests r ON r.id = d.request"
    " JOIN trail t ON t.matter = r.number AND t.actor = d.actor AND t.act = d.act"
)
"""Those that their trail tells of: the review's and the approval's of each."""


class Turns(Line):
    """One connection to each of the processes; what is posted goes to the next."""

    def __init__(self, ports: list[int]) -> None:
        self._lines = [Line(port) for port in ports]
        self._next = cycle(self._lines)

    async def post(self, request: bytes) -> bytes:
        return await next(self._next).post(request)

    def close(self) -> None:
        for line in self._lines:
            line.close()


async def main() -> None:
    figures: dict[tuple[str, int], list[tuple[float, float]]] = {}
    names = [f"round{n}" for n in range(ROUNDS * len(KINDS))]
    with tempfile.TemporaryDirectory(prefix="quanmei-bench-") as folder, postgres(*names) as there:
        for name, kind in zip(names, KINDS * ROUNDS, strict=True):
            url = f"sqlite://{folder}/{name}.db" if kind[0] == "SQLite" else there[name]
            figures.setdefault(kind, []).append(await approvals(url, kind[1]))
    table = Table(
        "database", "processes", "approvals/s", "their processor time, ms", "of SQLite",
        title=f"medians of {ROUNDS} rounds, load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors",
    )  # fmt: skip
    first = statistics.median(rate for rate, _ in figures[KINDS[0]])
    for (name, processes), found in figures.items():
        rate, worked = (statistics.median(column) for column in zip(*found, strict=True))
        table.add_row(name, str(processes), f"{rate:.1f}", f"{worked:.1f}", f"{rate / first:.2f}")
    Console().print(table)


@asynccontextmanager
async def bots(url: str, processes: int) -> AsyncIterator[tuple[list[int], list[int], Screens]]:
    """Their ports, their process ids, and the screens that all of them send to."""
    async with AsyncExitStack() as stack:
        await found_school(url)
        screens = await Screens().open(stack)
        ports = [free_port() for _ in range(processes)]
        running = [
            await stack.enter_async_context(server("bot", str(port), url, screens.base)) for port in ports
        ]
        yield ports, [process.pid for process in running], screens


async def approvals(url: str, processes: int) -> tuple[float, float]:
    """Whole approvals a second, and milliseconds of processor time of all processes for one."""
    async with bots(url, processes) as (ports, pids, screens):
        free = list(range(UNITS))

        async def work(todo: Iterator[int]) -> None:
            line = Turns(ports)
            for _ in todo:
                unit = free.pop(0)
                await approve(line, screens, unit, [])
                free.append(unit)
            line.close()

        async def together(count: int) -> float:
            todo, loop = iter(range(count)), asyncio.get_running_loop()
            begun = loop.time()
            await asyncio.gather(*(work(todo) for _ in range(AT_ONCE)))
            return loop.time() - begun

        await together(WARM_UP)
        before = sum(map(processor_time, pids))
        seconds = await together(APPROVALS)
        worked = sum(map(processor_time, pids)) - before
    async with opening.opened(url):
        kept = await db.one(DECISIONS)
        assert kept is not None
        assert kept["n"] == 2 * (WARM_UP + APPROVALS), f"{kept['n']} decisions are kept"
    return APPROVALS / seconds, worked / APPROVALS * 1000


if __name__ == "__main__":
    uvloop.run(main())
