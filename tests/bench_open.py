"""What happens when more clicks come than can be carried out: `make bench ARGS=open`.

Each click comes at its own time, whatever became of those before (an open loop), and its wait is counted from
the moment it was due. Afterwards every answer is compared with the database: whoever was told that something
is decided has their decision and their trail entry there, whoever was turned away has neither.
"""

import asyncio
import os
import sqlite3
import statistics
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count

import orjson
import uvloop
from rich.console import Console
from rich.table import Table

from bot.platforms.feishu import BUSY, LATE
from tests.bench import bot, together
from tests.bench_load import UNITS, Line, Screens, pressed, submitted

RATES = (50, 100, 200, 400, 1000)
"""Clicks offered in a second."""

CLICKS = 320
CONNECTIONS = 256
SETTLED = 10.0
"""Seconds after which whatever was only promised has been done."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reviewer's click that waits, with what it is about."""

    number: str
    actor: str
    request: bytes


@dataclass(slots=True)
class Answers:
    """What the clicks of one rate were answered, and after how many seconds."""

    acknowledged: dict[Waiting, float] = field(default_factory=dict)
    turned_away: dict[Waiting, float] = field(default_factory=dict)
    late: dict[Waiting, float] = field(default_factory=dict)

    def add(self, click: Waiting, body: bytes, seconds: float) -> None:
        said = orjson.loads(body).get("toast", {}).get("content", "")
        where = {BUSY: self.turned_away, LATE: self.late}.get(said, self.acknowledged)
        where[click] = seconds


async def main() -> None:
    table = Table(
        "offered/s", "decided", "p50 ms", "p99 ms", "turned away", "p99 ms", "told later", "not as answered",
        title=f"{CLICKS} clicks each, load {os.getloadavg()[0]:.1f}",
    )  # fmt: skip
    for rate in RATES:
        async with bot() as served:
            clicks = await prepared(served.port, served.screens)
            answers = await offered(served.port, clicks, rate)
            await asyncio.sleep(SETTLED)
            wrong = untrue(served.file, answers)
        told = [*map(_quantiles, (answers.acknowledged, answers.turned_away))]
        table.add_row(
            str(rate), str(len(answers.acknowledged)), *told[0],
            str(len(answers.turned_away)), told[1][1], str(len(answers.late)), str(wrong),
        )  # fmt: skip
    Console().print(table)


async def prepared(port: int, screens: Screens) -> list[Waiting]:
    """Posts handed in, each waiting for its reviewer; the letters of what follows are held back."""
    waiting: list[Waiting] = []
    units = count()

    async def prepare(line: Line) -> None:
        n = next(units) % UNITS
        message, action = await submitted(line, screens, n)
        number = str(action["value"]["ref"])
        waiting.append(Waiting(number, f"r{n}", pressed(f"ou_r{n}", message, action)))

    await together(port, [prepare] * CLICKS)
    await asyncio.sleep(0.5)
    screens.limited = True
    return waiting


async def offered(port: int, clicks: list[Waiting], rate: int) -> Answers:
    """The clicks, one every 1/`rate` s, on connections that are open already."""
    answers, lines = Answers(), asyncio.Queue[Line]()
    for _ in range(CONNECTIONS):
        line = Line(port)
        await line.open()
        lines.put_nowait(line)
    begun = time.perf_counter()

    async def press(click: Waiting, due: float) -> None:
        await asyncio.sleep(due - (time.perf_counter() - begun))
        line = await lines.get()
        body = await line.post(click.request)
        answers.add(click, body, time.perf_counter() - begun - due)
        lines.put_nowait(line)

    await asyncio.gather(*(press(click, n / rate) for n, click in enumerate(clicks)))
    while not lines.empty():
        lines.get_nowait().close()
    return answers


def untrue(file: str, answers: Answers) -> int:
    """How many answers the database does not bear out, by number, actor and trail entry."""
    decided = (
        "SELECT 1 FROM decisions d JOIN requests r ON r.id = d.request WHERE r.number = ? AND d.actor = ?"
    )
    entered = "SELECT 1 FROM trail WHERE matter = ? AND actor = ? AND act = 'approve'"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as raw:

        def there(click: Waiting) -> list[bool]:
            one = (click.number, click.actor)
            return [raw.execute(sql, one).fetchone() is not None for sql in (decided, entered)]

        lost = sum(not all(there(click)) for click in answers.acknowledged)
        return lost + sum(any(there(click)) for click in answers.turned_away)


def _quantiles(spent: Mapping[Waiting, float]) -> tuple[str, str]:
    if len(spent) < 2:
        return "", ""
    cuts = statistics.quantiles(spent.values(), n=100)
    return f"{cuts[49] * 1000:.0f}", f"{cuts[98] * 1000:.0f}"


if __name__ == "__main__":
    uvloop.run(main())
