"""A half-year is played on each database, and every letter that left is compared with those due."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any, cast

import pytest

from bot.app import assembled
from bot.platforms.base import Download, Sent
from bot.platforms.base import Platform as Port
from cards.beginning import ASK, SURE
from cards.card import Card
from handlers import audit
from handlers.events import Click, FileRef, Message
from handlers.letters import unposted
from storage import db, drafts, duties, opening, people, requests, tables
from storage.notes import Signer
from storage.records import Person, Platform
from storage.rows import load
from tests.dialogues import fitting, owing, replaying
from tests.dialogues.test_files import PICTURE
from tests.half_year import ACTS, BEGINS, ENDS, NEWCOMERS, Act, expected
from tests.year_days import SHANGHAI, at

GRID = 20
"""Seconds between two ticks."""
CALLED = {"approval": "asked", "cc": "copied", "say": "told", "superseded": "status"}
"""Template -> what the list calls a letter; any other is called as it is."""
NOTHING: dict[str, list[str]] = {"late or missing": [], "not due": []}


class Postman:
    """A platform that takes whatever card it is given."""

    def __init__(self, name: Platform) -> None:
        self.name = name
        self._sent = count(1)

    async def send(self, _: str, __: Card, key: str) -> Sent:
        return Sent(f"{self.name}{next(self._sent)}", f"code{key}")

    async def update(self, *_: Any) -> None: ...

    async def fetch(self, _: FileRef) -> Download:
        return Download(PICTURE, "image/png")


class Player:
    """Lets the half-year happen: what people write, each morning, and whatever is due."""

    def __init__(self, signer: Signer | None = None) -> None:
        self.now = BEGINS
        self._waiting = list(ACTS)
        self.answered: set[tuple[str, int]] = set()
        self._serial = count(1)
        posts = {name: cast(Port, Postman(name)) for name in Platform}
        self.machine = assembled(posts, lambda: self.now, signer)

    async def play(self, ends: datetime = ENDS) -> None:
        """From where it stands to `ends`."""
        self.machine.writer.start()
        waiting = self._waiting
        while self.now < ends:
            while waiting and at(waiting[0].when) <= self.now:
                await self._act(waiting.pop(0))
            await self._tick()
            self.now = await self._next(waiting)
        await self.machine.writer.stop()

    async def _next(self, waiting: list[Act]) -> datetime:
        dawn = self.now.astimezone(SHANGHAI).replace(hour=7, minute=7, second=0)
        stops = [
            dawn if dawn > self.now else dawn + timedelta(days=1),
            *(at(act.when) for act in waiting[:1]),
        ]
        if due := await duties.next_due():
            stops.append(due)
        soonest = min(stops)
        on_grid = soonest + timedelta(seconds=-soonest.timestamp() % GRID)
        return max(on_grid, self.now + timedelta(seconds=GRID))

    async def _tick(self) -> None:
        hourly = ("look_out",) if self.now.astimezone(SHANGHAI).hour == 7 else ()
        for what in (*hourly, "rounds", "remind"):
            await self.machine.ticks.tick(what)
        await self.machine.checkpoints.look()
        await self.machine.courier.drain()

    async def _act(self, act: Act) -> None:
        self.answered.add((act.who, db.to_ms(self.now)))
        person = await people.get(act.who)
        assert person
        await self._say(person, act.text)
        if act.picture:
            await self._say(person, "", FileRef("key", "截图.png", "image", "m"))
        if act.confirm:
            pressed = await self._preview(act.who)
            await self.machine.dispatch(Click(**self._origin(person), **pressed))
        await self.machine.courier.drain()

    async def _preview(self, person: str) -> dict[str, Any]:
        """确认提交 as it stands on what this person was shown last: a round, or the draft that is open."""
        if round_ := await db.one(
            "SELECT id FROM letters WHERE template = ? AND person = ? AND created_at = ?",
            ASK, person, db.to_ms(self.now),
        ):  # fmt: skip
            return {"act": SURE, "ref": "", "card": round_["id"]}
        (draft,) = await drafts.open_of(person)
        return {"act": "confirm", "ref": str(draft.id), "version": draft.rev}

    async def _say(self, person: Person, text: str, *files: FileRef) -> None:
        await self.machine.dispatch(Message(**self._origin(person), text=text, files=files))
        await self.machine.courier.drain()

    def _origin(self, person: Person) -> dict[str, Any]:
        platform, account = person.accounts()[0]
        return {
            "key": f"e{next(self._serial)}", "platform": platform, "accounts": (account,), "at": self.now,
        }  # fmt: skip

    async def letters(self) -> list[str]:
        """Every letter that left, a line for each matter it is about; what only answers whoever acted is
        left out, and that nobody here signs checkpoints."""
        found = []
        sql = (
            "SELECT DISTINCT template, args, person, once, created_at, number FROM letters l"
            " LEFT JOIN requests r ON r.id = l.request WHERE l.kind IN ('send', 'file') AND l.state = 'sent'"
            f" AND template <> '{unposted.TEMPLATE}'"
        )
        for row in await db.rows(sql):
            when = f"{db.from_ms(row['created_at']).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
            args, once = load(row["args"]), row["once"] or ""
            if row["template"] == "digest":
                matters = [await self._owed(duty) for duty, *_ in args["matters"]]
            elif once.startswith("remind:"):
                matters = [await self._owed(int(once.split(":")[1]))]
            elif (row["person"], row["created_at"]) in self.answered and not once:
                continue
            else:
                called = CALLED.get(row["template"], row["template"])
                titled = args["title"] if called == "told" else ""
                matters = [" ".join(filter(None, (called, titled, row["number"])))]
            found += [f"{when} {row['person']} {matter}" for matter in matters]
        return sorted(set(found))

    async def _owed(self, number: int) -> str:
        duty = await duties.get(number)
        assert duty
        request = await requests.by_id(duty.request) if duty.request else None
        return f"reminded {duty.kind.value}:{request.number}" if request else f"reminded {duty.name}"


async def _repeated() -> list[tuple[str, int]]:
    """Who was reminded by more than one message on one platform on one tick."""
    sql = (
        "SELECT person, created_at FROM letters WHERE state = 'sent'"
        " AND (once LIKE 'remind:%' OR once LIKE 'digest:%')"
        " GROUP BY person, platform, created_at HAVING count(*) > 1"
    )
    return [(row["person"], row["created_at"]) for row in await db.rows(sql)]


async def newcomers() -> None:
    """The unit that the university of all dialogues has not."""
    code, name, head, called, account = NEWCOMERS
    async with db.transaction():
        await tables.Unit.create(
            code=code, name=name, kind="基层党委", parent="1000", first_responsible=head, deputies="[]"
        )
        await tables.Person.create(
            id=head, name=called, unit=code, identity="教职工", roles="", wecom=account, wecom_key=account
        )


@pytest.fixture
async def played(university_url: str) -> AsyncIterator[Player]:
    async with opening.opened(university_url):
        await newcomers()
        player = Player()
        await player.play()
        yield player


async def test_every_letter_of_a_half_year_goes_to_whom_and_when_it_should(played: Player) -> None:
    sent, due = await played.letters(), expected()

    assert {"late or missing": sorted({*due} - {*sent}), "not due": sorted({*sent} - {*due})} == NOTHING
    assert sent == due
    assert await _repeated() == []
    assert await audit.verify() is None
    assert [*await owing.faults(), *await replaying.faults(), *await fitting.faults()] == []


def test_the_half_year_holds_what_is_worth_playing() -> None:
    due = [line.split(" ", 4)[3:] for line in expected()]
    reminded = {what.partition(":")[0] for how, *whats in due for what in whats if how == "reminded"}

    assert len(due) > 200
    assert reminded == {
        "round", "account", "term", "decide", "receive", "look_again", "receipt", "calendar", "week", "asked",
        "hearing", "systems",
    }  # fmt: skip
    assert {how for how, *_ in due} == {
        "asked", "copied", "told", "status", "reminded", "allegation", "disposed",
    }  # fmt: skip
