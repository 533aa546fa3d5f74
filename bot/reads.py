"""Read marks that no event brought: the platform is asked now and then, a few letters at a time.

When the next round is due stands in the database, so no second replica asks as well.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol, runtime_checkable

import structlog

from bot.platforms.base import Clock, Fault, Passing, Permanent, Platform, Submit
from bot.writer import Writer
from handlers.cases import read_marks
from handlers.events import Seen
from storage import db, marks
from storage.letters import Letter
from storage.records import Platform as Name

log = structlog.get_logger(__name__)

EVERY = 600
"""Seconds between two looks whether a round is due."""

ROUND = timedelta(hours=3)
"""Between two rounds, each of which asks about a letter once."""

MOST = 50
"""Letters of one round, asked about one after another; the next round goes on behind them."""


@runtime_checkable
class TellsReaders(Protocol):
    """A platform that says who has read a message; WeCom does not."""

    async def readers(self, account: str, message: str) -> Sequence[tuple[str, datetime]]:
        """Who has read the bot's own message and when, named as `account` is; raises `Passing` or
        `Permanent`."""
        ...


class Reads:
    """Asks about letters whose read mark is missing; `look` is called again and again."""

    def __init__(
        self, platforms: Mapping[Name, Platform], writer: Writer, submit: Submit, clock: Clock
    ) -> None:
        self._asked = {name: one for name, one in platforms.items() if isinstance(one, TellsReaders)}
        self._writer, self._submit, self._clock = writer, submit, clock

    async def look(self) -> None:
        """The rounds that are due; what fails is asked in a later one."""
        for name, platform in self._asked.items():
            try:
                if await self._is_due(name):
                    await self._round(name, platform)
            except db.Unreachable as failure:
                log.warning("reads_wait", platform=name, why=str(failure))
            except Exception:
                log.exception("reads_failed", platform=name)

    async def _is_due(self, name: Name) -> bool:
        """Whether this process is to ask now; the first time it is one round from now."""
        now, mark = self._clock(), await marks.get(_title(name))
        if mark is None:
            await self._write(marks.put, _title(name), "", now + ROUND)
            return False
        return mark.at <= now and bool(await self._write(marks.move, mark.name, mark.at, now + ROUND))

    async def _round(self, name: Name, platform: TellsReaders) -> None:
        """The letters behind those of the last round; at the end of them the first again."""
        mark = await marks.get(_title(name))
        assert mark is not None
        async with db.reading():
            letters = await read_marks.missing(name, self._clock(), str(mark.value), MOST)
        for letter in letters:
            await self._write(marks.put, mark.name, letter.id, mark.at)
            if not await self._ask(platform, letter):
                return
        if len(letters) < MOST:
            await self._write(marks.put, mark.name, "", mark.at)

    async def _ask(self, platform: TellsReaders, letter: Letter) -> bool:
        """About one letter; False where nothing more can be asked now."""
        try:
            readers = await platform.readers(letter.account, letter.message_id)
        except Passing as passing:
            log.info("reads_wait", platform=letter.platform, why=passing.why)
            return False
        except Permanent as refused:
            log.info("reads_refused", platform=letter.platform, why=str(refused))
            return refused.fault is not Fault.CONFIG  # a scope that is missing is missing for all
        for account, at in readers:
            await self._submit(
                Seen(
                    key=f"read:{letter.id}:{account}",
                    platform=letter.platform,
                    accounts=(account,),
                    at=self._clock(),
                    said_at=at,
                    messages=(letter.message_id,),
                )
            )
        return True

    async def _write(self, write: Callable[..., Any], *args: Any) -> Any:
        return await self._writer.do(partial(write, *args))


def _title(name: Name) -> str:
    return f"reads:{name}"
