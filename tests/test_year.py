"""A year is played against the clock, and every reminder that was sent is compared with those due."""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from handlers import desk
from handlers.calendar import adopt
from handlers.cases import progress
from handlers.composing.compose import compose
from handlers.duties import begin
from handlers.events import NOWHERE, Place, Tick
from handlers.rules import notice
from handlers.rules.articles import ART_6_2, ART_6_3
from handlers.rules.chain import RESPONSIBLE
from handlers.rules.deadlines import step_due
from handlers.workyear import current
from storage import db, duties, media, opening, proxies, requests
from storage.duty_records import DutyKind
from storage.held import held
from storage.records import Act, Decision, Request, State, Urgency
from storage.rows import load
from storage.steps import Step as Link
from storage.steps import StepRole, Verb
from tests.year import AUTUMN, HOSTS, RUNS, YEAR, Absence, Change, Reminder, Step, Year, expected, letters
from tests.year_days import NOTICE, PUBLISHED, SHANGHAI

GRID = 20
"""Seconds between two ticks."""

SENT = "kind = 'send' AND state <> 'skipped'"
"""What leaves: what a later slice of the same tick has joined is skipped."""

WORTH = {"change", "revise", "step", "systems", "absence", "week", "calendar", "round", "account"}

Happening = tuple[datetime, Callable[[datetime], Awaitable[None]]]


def number(change: Change) -> str:
    return f"BG-{change.told:%Y-%m%d}"


def filing(change: Change, when: datetime) -> Request:
    """What says that the leaver is no administrator any more, for the first-responsible person to approve."""
    unit = HOSTS[change.medium]
    return Request(
        id=0, number=number(change), kind="BG", state=State.IN_REVIEW, applicant=RUNS[change.medium],
        unit=unit, title=change.name, digest="",
        form={"media": [change.medium], "after": {"admins": [RUNS[change.medium]]}},
        chain=(Link(RESPONSIBLE, StepRole.FIRST_RESPONSIBLE, Verb.APPROVE, ART_6_2, unit),),
        step=RESPONSIBLE, version=1,
        urgency=Urgency.NORMAL, submitted_at=when, step_since=when,
    )  # fmt: skip


LEAD = "a lead"
"""What the system asks the centre to look at because something is late."""


class Player:
    """Lets a year happen, and keeps what each duty is called in it."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.names: dict[object, str] = {}
        self.requests: dict[int, str] = {}
        self.ticks: list[datetime] = []

    async def play(self) -> None:
        """From the first day to the last, stopping at what happens, each morning and at what is due."""
        happenings = sorted(self._happenings(), key=lambda happening: happening[0])
        now = self.year.begins
        while now < self.year.ends:
            while happenings and happenings[0][0] <= now:
                when, happen = happenings.pop(0)
                async with db.transaction():
                    await happen(when)
            await self._tick(now)
            now = self._awake(await self._next(now, happenings))

    async def _next(self, now: datetime, happenings: list[Happening]) -> datetime:
        local = now.astimezone(SHANGHAI)
        dawn = local.replace(hour=7, minute=7, second=0, microsecond=0)
        stops = [dawn if dawn > local else dawn + timedelta(days=1), *(when for when, _ in happenings[:1])]
        if due := await duties.next_due():
            stops.append(due)
        return max(_on_grid(min(stops)), now + timedelta(seconds=GRID))

    def _awake(self, moment: datetime) -> datetime:
        return next((end for begin, end in self.year.asleep if begin <= moment < end), moment)

    async def _tick(self, now: datetime) -> None:
        self.ticks.append(now)
        for what in ("look_out", "remind") if now.astimezone(SHANGHAI).hour == 7 else ("remind",):
            left: Place | None = NOWHERE
            while left is not None:
                async with db.transaction():
                    reply = await desk.handle(Tick(key=f"{what}:{now}", at=now, what=what, after=left))
                left = reply.left
        await self._readable(now)

    async def _readable(self, now: datetime) -> None:
        """Every letter of this tick makes a card."""
        sql = "SELECT template, args, person FROM letters WHERE created_at = ?"
        for row in await db.rows(sql, db.to_ms(now)):
            assert await compose(row["template"], load(row["args"]), row["person"], now), row

    def _happenings(self) -> list[Happening]:
        year = self.year
        found: list[Happening] = []
        for change in year.changes:
            found += [(change.told, self._changed(change)), (change.until, self._recorded(change))]
            if change.filed and change.returned:
                found += [(change.filed, self._filed(change)), (change.returned, self._returned(change))]
        for step in year.steps:
            found += [(step.since, self._waits(step)), (step.until, self._decided(step))]
        for absence in year.absences:
            found.append((absence.told, self._away(absence)))
            if absence.until:
                found.append((absence.until, self._back(absence)))
        if year.ends > PUBLISHED:
            found.append((PUBLISHED, self._published))
        return found

    def _changed(self, change: Change) -> Callable[[datetime], Awaitable[None]]:
        async def happen(when: datetime) -> None:
            medium = (await media.several([change.medium]))[0]
            await begin.change_happened(medium, "admins", change.person, change.on, when, "directory")

        return happen

    def _filed(self, change: Change) -> Callable[[datetime], Awaitable[None]]:
        async def happen(when: datetime) -> None:
            async with db.transaction():
                request = await requests.add(filing(change, when))
                await progress.settle(request, when)
            self.requests[request.id] = Step(when, HOSTS[change.medium], change.until).name
            self.names[f"revise:{request.id}"] = change.revision

        return happen

    def _returned(self, change: Change) -> Callable[[datetime], Awaitable[None]]:
        async def happen(when: datetime) -> None:
            async with db.transaction():
                request = (await held(request=number(change))).request
                assert request
                decision = Decision(request.id, 1, request.step, Act.RETURN, "2101", when, "", "再看")
                await requests.decide(decision)
                returned = replace(request, state=State.RETURNED, due_at=None)
                await requests.save(returned)
                await progress.settle(returned, when)

        return happen

    def _recorded(self, change: Change) -> Callable[[datetime], Awaitable[None]]:
        async def happen(when: datetime) -> None:
            async with db.transaction():
                known = (await held(request=number(change))).request
                request = known or await requests.add(filing(change, when))
                recorded = replace(request, state=State.RECORDED, due_at=None)
                await requests.save(recorded)
                await progress.settle(recorded, when)

        return happen

    def _waits(self, step: Step) -> Callable[[datetime], Awaitable[None]]:
        async def happen(when: datetime) -> None:
            urgency = Urgency.URGENT if step.urgent else Urgency.NORMAL
            medium = next(no for no, unit in HOSTS.items() if unit == step.unit)
            asked = Request(
                id=0, number=f"FB-{when:%Y-%m%d}", kind="FB", state=State.IN_REVIEW,
                applicant="2105", unit=step.unit, title=step.name, form={"media": [medium]}, digest="",
                chain=(Link(RESPONSIBLE, StepRole.FIRST_RESPONSIBLE, Verb.APPROVE, ART_6_3, step.unit),),
                step=RESPONSIBLE,
                version=1, urgency=urgency, submitted_at=when, step_since=when,
                due_at=step_due(when, urgency, await current()).at,
            )  # fmt: skip
            async with db.transaction():
                request = await requests.add(asked)
                await progress.settle(request, when)
            self.requests[request.id] = step.name

        return happen

    def _decided(self, step: Step) -> Callable[[datetime], Awaitable[None]]:
        async def happen(when: datetime) -> None:
            request = await requests.get(f"FB-{step.since:%Y-%m%d}")
            assert request
            await db.run("UPDATE requests SET state = 'recorded' WHERE id = ?", request.id)
            async with db.transaction():
                done = (await held(request=request.id)).request
                assert done
                await progress.settle(done, when)

        return happen

    def _away(self, absence: Absence) -> Callable[[datetime], Awaitable[None]]:
        async def happen(when: datetime) -> None:
            async with db.transaction():
                await held(person=absence.principal)
                given = await proxies.add(
                    absence.principal, absence.delegate, absence.starts, absence.ends, ""
                )
            await begin.absence_began(given, when)
            self.names[given.id] = absence.name

        return happen

    def _back(self, absence: Absence) -> Callable[[datetime], Awaitable[None]]:
        async def happen(when: datetime) -> None:
            async with db.transaction():
                await held(person=absence.principal)
                assert await proxies.cancel(absence.principal, when) == 1

        return happen

    async def _published(self, when: datetime) -> None:
        await adopt(notice.read(NOTICE), when)

    async def sent(self) -> list[Reminder]:
        """What `told` remembers, in the year's own words; what is owed for a lead is no part of it."""
        sql = (
            "SELECT t.person, t.rung, t.at, d.id FROM told t JOIN duties d ON d.id = t.duty"
            " LEFT JOIN requests r ON r.id = d.request WHERE r.kind IS NULL OR r.kind <> 'WG'"
        )
        found = [
            Reminder(db.from_ms(row["at"]), row["person"], await self.name(row["id"]), row["rung"])
            for row in await db.rows(sql)
        ]
        return sorted(found)

    async def name(self, duty_id: int) -> str:
        duty = await duties.get(duty_id)
        assert duty
        if duty.kind is DutyKind.DECIDE:
            return self.requests.get(duty.request or 0, LEAD)
        if duty.kind is DutyKind.PROXY:
            return self.names[(duty.detail or {})["proxy"]]
        return self.names.get(duty.name, duty.name)

    async def written(self) -> Counter[tuple[datetime, str, str]]:
        """Every matter that a letter of a tick tells somebody, once for each letter on one platform."""
        found: Counter[tuple[datetime, str, str]] = Counter()
        sql = f"SELECT DISTINCT template, args, person, created_at FROM letters WHERE {SENT}"
        for row in await db.rows(sql):
            when, args = db.from_ms(row["created_at"]), load(row["args"])
            if row["template"] in ("digest", "duty"):
                matters = [number for number, *_ in args.get("matters", ())] or [args["duty"]]
                names = [await self.name(number) for number in matters]
                found.update([(when, row["person"], name) for name in names if name != LEAD])
            elif row["template"] == "unrevised" or (row["template"] == "status" and args.get("rung")):
                found[when, row["person"], self.names[f"revise:{args['request']}"]] += 1
            elif (row["template"] == "overdue" or args.get("rung")) and args["request"] in self.requests:
                found[when, row["person"], self.requests[args["request"]]] += 1
        return found


def _on_grid(moment: datetime) -> datetime:
    """The first tick from that moment on."""
    seconds = -moment.timestamp() % GRID
    return moment + timedelta(seconds=seconds)


def in_words(reminders: list[Reminder]) -> list[str]:
    return [f"{r.when.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {r.person} {r.what} {r.rung}" for r in reminders]


async def play(year: Year, url: str) -> None:
    async with opening.opened(url):
        player = Player(year)
        await player.play()
        due, sent = expected(year), await player.sent()

        assert in_words(sent) == in_words(due)
        assert await player.written() == Counter((r.when, r.person, r.what) for r in letters(year, due))
        assert await repeated() == []


async def repeated() -> list[tuple[str, int]]:
    """Who got more than one message on one platform on one tick, urgent ones left out."""
    sql = (
        f"SELECT person, created_at FROM letters WHERE {SENT} AND urgent = 0 AND template IN"
        " ('digest', 'duty', 'overdue', 'unrevised', 'approval') AND coalesce(request, 0) NOT IN"
        " (SELECT id FROM requests WHERE kind = 'WG')"
        " GROUP BY person, platform, created_at HAVING count(*) > 1"
    )
    return [(row["person"], row["created_at"]) for row in await db.rows(sql)]


async def test_every_reminder_of_a_year_goes_to_whom_and_when_it_should(sqlite_university: str) -> None:
    await play(YEAR, sqlite_university)


async def test_an_autumn_on_postgres(postgres_university: str) -> None:
    await play(AUTUMN, postgres_university)


def test_the_year_holds_what_is_worth_playing() -> None:
    due = expected(YEAR)

    assert len(due) > 500
    assert {r.what.split(":")[0] for r in due} == WORTH
