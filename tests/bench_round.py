"""Whether a round of the whole school holds anybody up: a part of `make bench ARGS=scale`.

100 units and 800 media on SQLite, the bot's own pace towards both platforms, which answer after 50 ms. Beside
each phase somebody else turns a page of the ledger every 50 ms: how long that takes, its wait included, is
printed, and how long the bot itself was at work in that time: less, where others had the processor.
"""

import asyncio
import gc
import os
import statistics
import sys
import tempfile
import threading
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import orjson
import uvloop
from rich.console import Console
from rich.table import Table

from bot import logs
from bot.app import GIVE_WAY, assembled
from bot.platforms.base import Answer
from bot.platforms.base import Platform as Port
from bot.platforms.feishu import Feishu
from bot.platforms.settings import WecomSettings
from bot.platforms.wecom import Wecom
from bot.writer import Writer
from cards.beginning import ASK, SURE
from handlers.events import Click, Message
from handlers.rules.articles import ART_8
from storage import db, drafts, opening, outbox, requests, tables
from storage.chains import chain_json
from storage.letters import Letter, LetterKind
from storage.records import Platform, Role
from storage.rows import dump
from storage.steps import Step, StepRole, Verb
from tests.bench_past import AT, LARGE, found
from tests.bench_servers import SETTINGS

PROBERS = 100
PROBE_EVERY, ANSWERS_AFTER = 0.05, 0.05
"""Seconds between two presses of somebody else, and until a platform answers."""
APART = 0.2
"""Seconds between two people who return or sign."""
AT_MOST = 20
"""Seconds that a phase waits for its letters."""
MORNING = datetime(2026, 11, 30, 0, 44, 58, tzinfo=UTC)
"""Monday: the round ended on Friday, and nobody has returned anything."""
TUESDAY = datetime(2026, 12, 1, 0, 44, 58, tzinfo=UTC)
WAITING, PILED = 2000, 1_000_000
"""Posts that are reminded of on one morning, and the id of the first."""
CENTRE = {"c0": "wecom", "c1": "feishu"}
WECOM = WecomSettings("ww1", 1, "secret", "token", "H8qIvzH4ZN7dZ9smKfUGdZEr2iF3JoUbLoFTqozxnw8")


class Wire:
    """Both platforms: whatever is asked is granted; when each receiver was written to is kept."""

    def __init__(self) -> None:
        self.calls: list[float] = []
        self.sent: defaultdict[str, list[float]] = defaultdict(list)
        self._numbers = count(1)

    async def __call__(
        self,
        method: str,  # noqa: ARG002
        url: str,  # noqa: ARG002
        *,
        params: Mapping[str, str] | None = None,  # noqa: ARG002
        headers: Mapping[str, str] | None = None,  # noqa: ARG002
        body: bytes | None = None,
    ) -> Answer:
        now = time.perf_counter()
        said = orjson.loads(body) if body else {}
        self.calls.append(now)
        if to := said.get("receive_id") or said.get("touser"):
            self.sent[to].append(now)
        await asyncio.sleep(ANSWERS_AFTER)
        number = f"m{next(self._numbers)}"
        given = {
            "code": 0, "tenant_access_token": "t", "expire": 7200, "data": {"message_id": f"om_{number}"},
            "errcode": 0, "access_token": "t", "expires_in": 7200, "msgid": number, "response_code": number,
        }  # fmt: skip
        return Answer(body=orjson.dumps(given))


class Work:
    """How long this process has worked, by the clock on the wall: looked at every few milliseconds."""

    def __init__(self) -> None:
        self._seen: list[tuple[float, float]] = []
        self._over = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while not self._over.wait(0.004):
            self._seen.append((time.perf_counter(), time.process_time()))

    def between(self, begun: float, ended: float) -> float:
        """Seconds of work in that time, and what a look is late by."""
        first = max(0, bisect_left(self._seen, (begun,)) - 1)
        last = min(len(self._seen) - 1, bisect_left(self._seen, (ended,)))
        return self._seen[last][1] - self._seen[first][1]

    def end(self) -> None:
        self._over.set()


class Hold:
    """The longest that the writer was at work on what it does at once, in ms of processor time."""

    def __init__(self, writer: Writer) -> None:
        self.longest = 0.0
        carry_out = writer._carry_out

        async def timed(batch: Any) -> None:
            begun = time.process_time()
            await carry_out(batch)
            self.longest = max(self.longest, (time.process_time() - begun) * 1000)

        writer._carry_out = timed  # type: ignore[method-assign]

    def taken(self) -> float:
        """Since it was last asked for."""
        longest, self.longest = self.longest, 0.0
        return longest


class Office:
    """The bot on the open database; its clock runs, and jumps to the morning."""

    def __init__(self) -> None:
        self.wire, self._serial = Wire(), count(1)
        self.cards: dict[str, str] = {}
        self._ahead = AT - datetime.now(UTC)
        ports: dict[Platform, Port] = {
            Platform.FEISHU: Feishu(SETTINGS, self.wire, self.clock),
            Platform.WECOM: Wecom(WECOM, self.wire, self.clock),
        }
        self.machine = assembled(ports, self.clock)
        self.hold = Hold(self.machine.writer)

    def clock(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def jump(self, to: datetime) -> None:
        self._ahead = to - datetime.now(UTC)

    async def say(self, person: str, text: str) -> None:
        platform = Platform(CENTRE.get(person, "feishu"))
        key, account = f"m{next(self._serial)}", person if platform is Platform.WECOM else f"ou_{person}"
        await self.machine.dispatch(
            Message(key=key, platform=platform, accounts=(account,), at=self.clock(), text=text)
        )

    async def press(
        self, person: str, act: str, ref: str, version: int = 0, step: str = "", card: str = ""
    ) -> None:
        click = Click(
            key=f"c{next(self._serial)}", platform=Platform.FEISHU, accounts=(f"ou_{person}",),
            at=self.clock(), act=act, ref=ref, version=version, step=step, card=card,
        )  # fmt: skip
        reply, _ = await self.machine.dispatch(click)
        assert reply.ok, reply.toast

    async def probe(self, waits: list[tuple[float, float]]) -> None:
        """Presses at set times, whatever became of those before; when each was due and when it was done."""
        begun = time.perf_counter()

        async def one(due: float, number: int) -> None:
            person = f"p{1000 + number % PROBERS}"
            await self.press(person, "ledger_page", f"之声{number % 800}", card=self.cards[person])
            waits.append((due, time.perf_counter()))

        async with asyncio.TaskGroup() as group:
            for number in count():
                due = begun + number * PROBE_EVERY
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(one(due, number))

    async def hand_out(self) -> None:
        """Each of those who press has a page of the ledger on their screen."""
        for n in range(PROBERS):
            person, number = f"p{1000 + n}", outbox.new_id(self.clock())
            self.cards[person] = number
            card = Letter(
                number, LetterKind.SEND, Platform.FEISHU, person, f"ou_{person}", "ledger",
                {"words": "之声", "page": 1}, self.clock(),
            )  # fmt: skip
            await outbox.put([card])
            await outbox.sent(number, f"om_{person}", "", self.clock())

    async def quiet(self) -> None:
        """Until no letter waits, `AT_MOST` seconds at most: the rest leaves beside the next phase."""
        with suppress(TimeoutError):
            async with asyncio.timeout(AT_MOST):
                while (await outbox.counts()).keys() & {"queued", "sending"}:  # noqa: ASYNC110
                    await asyncio.sleep(0.2)

    async def begin(self) -> None:
        await self.say("c0", "/摸底 开始 11-23 11-27")
        shown = await db.one("SELECT id FROM letters WHERE template = ?", ASK)
        assert shown
        await self.machine.dispatch(
            Click(
                key="begin", platform=Platform.WECOM, accounts=("c0",), at=self.clock(), act=SURE, ref="",
                card=shown["id"],
            )
        )  # fmt: skip
        await self.machine.ticks.tick("rounds")
        await self.quiet()

    async def remind(self) -> None:
        self.jump(MORNING)
        await asyncio.sleep(2)
        await self.machine.ticks.tick("remind")
        await self.quiet()

    async def pile(self) -> None:
        """As many posts as `WAITING` have waited for their reviewers since Thursday."""
        since = db.to_ms(TUESDAY - timedelta(days=5))
        posts, owed, held = [], [], []
        for n in range(WAITING):
            unit = n % LARGE.units
            step = Step("review", StepRole.SECRECY_REVIEWER, Verb.EXAMINE, ART_8, f"{1000 + unit}")
            form = {"media": [f"QM-{n % LARGE.media:04d}"], "title": f"第 {n} 次公告", "body": "特此公告。"}
            common = {"form": dump(form), "digest": "d" * 64, "chain": chain_json([step])}
            posts.append(
                tables.Request(
                    id=PILED + n, number=f"FB-2025-{n:04d}", kind="FB", state="in_review", version=1,
                    applicant=f"a{unit}", unit=f"{1000 + unit}", title=form["title"], step="review",
                    urgency="普通", submitted_at=since, step_since_at=since, due_at=since,
                    trail_hash="h" * 64, **common,
                )
            )  # fmt: skip
            owed.append(
                tables.Duty(
                    name=f"decide:{PILED + n}", kind="decide", article=ART_8, request=PILED + n,
                    step="review", version=1, since_at=since, due_at=since, next_at=db.to_ms(TUESDAY), rung=2,
                    open=True,
                )
            )  # fmt: skip
            held.append(tables.Holder(request=PILED + n, person=f"r{unit}", principal=""))
        await tables.Request.bulk_create(posts)
        await tables.Duty.bulk_create(owed)
        await tables.Holder.bulk_create(held)

    async def wait_on(self) -> None:
        """The morning on which all of them are reminded of, and the centre gets copies."""
        self.jump(TUESDAY)
        await asyncio.sleep(2)
        await self.machine.ticks.tick("remind")
        await self.quiet()

    async def fill_in(self, unit: int) -> None:
        await self.say(f"a{unit}", "/摸底\n无变化：全部")
        draft = (await drafts.open_of(f"a{unit}"))[0]
        await self.press(f"a{unit}", "confirm", str(draft.id), draft.rev)

    async def sign(self, unit: int) -> None:
        row = await db.one("SELECT id FROM requests WHERE unit = ?", f"{1000 + unit}")
        request = await requests.by_id(row["id"]) if row else None
        assert request
        await self.press(f"f{unit}", "approve", request.number, request.version, str(request.step))

    async def each(self, act: Callable[[int], Coroutine[Any, Any, None]]) -> None:
        """Every unit in turn, whether the one before is done or not; then until no letter waits."""
        async with asyncio.TaskGroup() as group:
            for unit in range(LARGE.units):
                group.create_task(act(unit))
                await asyncio.sleep(APART)
        await self.quiet()


@asynccontextmanager
async def open_office() -> AsyncIterator[Office]:
    with tempfile.TemporaryDirectory(prefix="quanmei-round-") as folder:
        async with opening.opened(f"sqlite://{folder}/round.db"):
            await opening.migrate()
            await found(LARGE)
            for person, platform in CENTRE.items():
                on = (
                    {"wecom": person, "wecom_key": person}
                    if platform == "wecom"
                    else {"feishu": f"ou_{person}"}
                )
                centre = {"id": person, "name": person, "unit": "1000", "identity": "教职工", **on}
                await tables.Person.bulk_create([tables.Person(**centre, roles=Role.CENTER_APPROVER.value)])
                await tables.PersonRole.create(person=person, role=Role.CENTER_APPROVER.value)
            office = Office()
            office.machine.writer.start()
            await office.hand_out()
            gc.collect()
            gc.freeze()  # as the program does once it is loaded
            office.machine.courier.start()
            yield office
            await office.machine.courier.stop()
            await office.machine.writer.stop()


def most_within(moments: list[float], seconds: float) -> int:
    """The most of the moments that lie within one stretch of so many seconds."""
    ordered = sorted(moments)
    return max((i + 1 - bisect_left(ordered, at - seconds) for i, at in enumerate(ordered)), default=0)


async def measure() -> Table:
    columns = (
        "presses",
        "p50, ms",
        "p99, ms",
        "longest, ms",
        "at work of it",
        "longest hold",
        "took, s",
        "calls a minute",
    )
    table = Table("a round, SQLite", *columns)
    async with open_office() as office:
        phases: dict[str, Callable[[], Awaitable[None]]] = {
            "nothing else": lambda: asyncio.sleep(5),
            "the round opens": office.begin,
            "everybody is reminded": office.remind,
            "100 returns": lambda: office.each(office.fill_in),
            "100 signatures": lambda: office.each(office.sign),
            "2,000 are reminded of": office.wait_on,
        }
        for name, phase in phases.items():
            if phase == office.wait_on:
                await office.pile()
            figures = await beside(office, phase)
            Console(stderr=True, width=120).print(name, *figures)
            table.add_row(name, *figures)
        sent = office.wire.sent
        table.caption = (
            f"most to one person in a minute: {max(most_within(one, 60) for one in sent.values())} (Feishu),"
            f" {most_within(sent['c0'], 60)} (WeCom); load {os.getloadavg()[0]:.1f}"
        )
    return table


async def beside(office: Office, phase: Callable[[], Awaitable[None]]) -> tuple[str, ...]:
    """A phase carried out while others press: the figures of one line."""
    waits: list[tuple[float, float]] = []
    office.hold.taken()
    work, before, started = Work(), len(office.wire.calls), time.perf_counter()
    probing = asyncio.create_task(office.probe(waits))
    await phase()
    spent = time.perf_counter() - started
    probing.cancel()
    with suppress(asyncio.CancelledError):
        await probing
    work.end()
    took = [done - due for due, done in waits]
    cuts = statistics.quantiles(took, n=100)
    longest = max(work.between(*wait) for wait in waits)
    shown = [f"{one * 1000:.0f}" for one in (cuts[49], cuts[98], max(took), longest)]
    shown.append(f"{office.hold.taken():.0f}")
    return str(len(waits)), *shown, f"{spent:.0f}", str(most_within(office.wire.calls[before:], 60))


def main() -> None:
    logs.set_up("json")
    sys.setswitchinterval(GIVE_WAY)
    Console(width=120).print(uvloop.run(measure()))


if __name__ == "__main__":
    main()
