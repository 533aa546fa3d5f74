"""The requests of one process and year as a workbook, for the centre (/导出)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import exported as cards
from cards.workbook import book
from handlers.kinds.process import PROCESSES
from handlers.letters import may_read, views
from handlers.people import whose
from handlers.rules.permits import SHANGHAI
from storage import people, requests
from storage.records import Person, Request

DOCUMENT = "exported"
MOST = 300
"""Requests in one workbook, the newest: it is made while others wait."""


async def of_year(kind: str, year: int) -> list[Request]:
    """The newest of that year, whatever became of them."""
    begins, ends = datetime(year, 1, 1, tzinfo=SHANGHAI), datetime(year + 1, 1, 1, tzinfo=SHANGHAI)
    return await requests.newest(kind, begins, ends, MOST)


async def workbook(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """For those of the centre, each line as they may read it at this moment; None for others."""
    person, kind, year = await people.get(reader), str(args["kind"]), int(args["year"])
    if person is None or not await whose.of_centre(person, at):
        return None
    read = [await _line(one, person, at) for one in await of_year(kind, year)]
    form = PROCESSES[kind].form
    return book([cards.sheet(f"{form.command} {year}", form, [one for one in read if one])])


async def _line(request: Request, person: Person, at: datetime) -> cards.Line | None:
    """None where they are not even told of it; of what was erased, and what they may not read, no word."""
    view = await views.load(request, person.id, at)
    if await may_read.may_see(person, view):
        return None
    text = bool(request.form) and await may_read.may_have_text(person, view)
    return cards.line(view, PROCESSES[request.kind].form, text=text)
