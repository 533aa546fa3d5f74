"""How fast it is: `make bench`. Several rounds, the servers in turn, medians and their spread."""

import asyncio
import compileall
import os
import socket
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import uvloop
from aiohttp import ClientError, ClientSession
from rich.console import Console
from rich.table import Table

from tests.bench_hints import hints
from tests.bench_load import UNITS, Line, Screens, approve, found_school, pressed, submit, timed

ROUNDS = 5
AT_ONCE = 32
REQUESTS = 3000
CLICKS = 320
APPROVALS = 480
WARM_UP = 64
READY_WITHIN = 30.0
LONGEST = 120.0
"""Seconds after which a part has failed."""


async def main() -> None:
    figures: dict[str, list[float]] = {}
    for number in range(1, ROUNDS + 1):
        Console(stderr=True).print(f"round {number} of {ROUNDS} …")
        for part in (partial(plain, "bare"), partial(plain, "believed"), clicks, approvals, start_up, hints):
            async with asyncio.timeout(LONGEST):
                found = await part()
            for name, value in found.items():
                figures.setdefault(name, []).append(value)
    Console().print(report(figures))


def report(figures: dict[str, list[float]]) -> Table:
    table = Table(
        "figure",
        "median",
        "lowest",
        "highest",
        "share of bare",
        title=f"{ROUNDS} rounds, load {os.getloadavg()[0]:.1f}",
    )
    bare = statistics.median(figures["bare aiohttp, requests/s"])
    for name, values in figures.items():
        middle = statistics.median(values)
        share = f"{middle / bare:.3f}" if "/s" in name else ""
        table.add_row(name, f"{middle:.1f}", f"{min(values):.1f}", f"{max(values):.1f}", share)
    return table


@asynccontextmanager
async def server(*words: str) -> AsyncIterator[Process]:
    command = (sys.executable, "-m", "tests.bench_servers", *words)
    process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=DEVNULL)
    try:
        await listening(int(words[1]))
        yield process
    finally:
        process.kill()
        await process.wait()


async def listening(port: int) -> None:
    until = time.perf_counter() + READY_WITHIN
    while time.perf_counter() < until:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return
    raise TimeoutError(f"nothing listens on {port}")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def together(port: int, jobs: list[Callable[[Line], Awaitable[None]]]) -> float:
    """Run the jobs on `AT_ONCE` connections; seconds for all of them."""
    waiting = iter(jobs)

    async def work() -> None:
        line = Line(port)
        for job in waiting:
            await job(line)
        line.close()

    started = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return time.perf_counter() - started


NAMES = {"bare": "bare aiohttp, requests/s", "believed": "believed and parsed, requests/s"}


async def plain(kind: str) -> dict[str, float]:
    """Requests a second of a server that decides nothing."""
    port = free_port()
    value = {"act": "approve", "ref": "FB-2026-0001", "step": "review", "version": 1, "card": "0" * 32}
    action = {"value": value, "tag": "button", "timezone": "Asia/Shanghai"}
    requests = [pressed("ou_r1", "om_1", action) for _ in range(REQUESTS)]

    async def ask(line: Line) -> None:
        await line.post(requests.pop())

    async with server(kind, str(port)):
        await together(port, [ask] * WARM_UP)
        requests += [pressed("ou_r1", "om_1", action) for _ in range(WARM_UP)]
        return {NAMES[kind]: REQUESTS / await together(port, [ask] * REQUESTS)}


class Served(NamedTuple):
    """A bot in a process of its own: its port, the screens beside it, its process id, its database's file."""

    port: int
    screens: Screens
    pid: int
    file: str


@asynccontextmanager
async def bot() -> AsyncIterator[Served]:
    """The bot in a process of its own on a new SQLite file, Feishu and the people in this one."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="quanmei-bench-"))
        file = f"{folder}/bench.db"
        await found_school(f"sqlite://{file}")
        screens = await Screens().open(stack)
        port = free_port()
        process = await stack.enter_async_context(server("bot", str(port), f"sqlite://{file}", screens.base))
        yield Served(port, screens, process.pid, file)


async def clicks() -> dict[str, float]:
    """Decisions a second, the letters of each committed and held back."""
    async with bot() as (port, screens, _, _):
        waiting: list[bytes] = []
        units = iter(range(CLICKS))

        async def prepare(line: Line) -> None:
            waiting.append(await submit(line, screens, next(units) % UNITS))

        await together(port, [prepare] * CLICKS)
        await asyncio.sleep(0.5)
        screens.limited = True
        spent: list[float] = []

        async def click(line: Line) -> None:
            spent.append(await timed(line, waiting.pop()))

        seconds = await together(port, [click] * CLICKS)
    return {"a decision by click, clicks/s": CLICKS / seconds, **latency("a click", spent)}


async def approvals() -> dict[str, float]:
    """Whole approvals a second, until the last author has been told."""
    async with bot() as (port, screens, pid, _):
        free = list(range(UNITS))
        spent: list[float] = []

        async def one(line: Line) -> None:
            unit = free.pop(0)
            await approve(line, screens, unit, spent)
            free.append(unit)

        await together(port, [one] * WARM_UP)
        spent.clear()
        screens.calls, before = 0, processor_time(pid)
        seconds = await together(port, [one] * APPROVALS)
        worked = processor_time(pid) - before
    return {
        "whole approvals/s": APPROVALS / seconds,
        "processor time of an approval, ms": worked / APPROVALS * 1000,
        "calls to Feishu in an approval": screens.calls / APPROVALS,
        **latency("a click amid approvals", spent),
    }


def latency(name: str, spent: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(spent, n=100)
    return {f"{name}, p50 ms": cuts[49] * 1000, f"{name}, p99 ms": cuts[98] * 1000}


async def start_up() -> dict[str, float]:
    """From starting the process to a 200 of /readyz, both platforms on, and the memory then resident.

    The code is compiled, as it is wherever pip installed it.
    """
    for package in ("bot", "cards", "handlers", "storage"):
        compileall.compile_dir(Path(__file__).parents[1] / package, quiet=1)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="quanmei-bench-"))
        screens = await Screens().open(stack)
        await found_school(f"sqlite://{folder}/bench.db")
        port = free_port()
        started = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", stdout=DEVNULL, stderr=DEVNULL,
            env=os.environ | environment(folder, port, screens.base),
        )  # fmt: skip
        try:
            await ready(f"http://127.0.0.1:{port}/readyz")
            spent = time.perf_counter() - started
            megabytes = resident(process.pid)
        finally:
            process.terminate()
            await process.wait()
    return {"start to ready, ms": spent * 1000, "resident then, MB": megabytes}


def processor_time(pid: int) -> float:
    """Seconds that a process has worked, in its own code and in the kernel's."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Megabytes that a process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def environment(folder: str, port: int, base: str) -> dict[str, str]:
    settings = {
        "DATABASE_URL": f"sqlite://{folder}/bench.db",
        "PORT": str(port),
        "SECRET_KEY": "bench",
        "LOG_FORMAT": "json",
        "FEISHU_APP_ID": "cli_bench",
        "FEISHU_APP_SECRET": "app-secret",
        "FEISHU_ENCRYPT_KEY": "encrypt-key",
        "FEISHU_VERIFICATION_TOKEN": "verification-token",
        "FEISHU_BASE_URL": base,
        "WECOM_CORP_ID": "wwbench",
        "WECOM_AGENT_ID": "1000001",
        "WECOM_SECRET": "secret",
        "WECOM_TOKEN": "token",
        "WECOM_ENCODING_AES_KEY": "H8qIvzH4ZN7dZ9smKfUGdZEr2iF3JoUbLoFTqozxnw8",
        "WECOM_BASE_URL": base,
    }
    return {f"QUANMEI_{name}": value for name, value in settings.items()}


async def ready(url: str) -> None:
    until = time.perf_counter() + READY_WITHIN
    async with ClientSession() as session:
        while time.perf_counter() < until:
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            except ClientError:
                pass
            await asyncio.sleep(0.01)
    raise TimeoutError("not ready")


if __name__ == "__main__":
    uvloop.run(main())
