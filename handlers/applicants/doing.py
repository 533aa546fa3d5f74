"""An act of whoever acts as the applicant: who, for whom, entered in the trail, and what answers it."""

from dataclasses import dataclass
from typing import Any

from handlers.cases import casework, record
from handlers.chain.operate import Op
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.people import behalf
from storage.records import Act, Person, Request

Event = Message | Click


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts as the applicant, and for whom where that one has left."""

    person: Person
    stands_for: str = ""


async def done(
    event: Event, acting: Acting, request: Request, op: Op, act: Act, *, note: str = ""
) -> Request:
    """The request after an act of its applicant that the table allows now, in its trail already."""
    by = record.By.event(event, acting.person.id, acting.stands_for)
    after = await casework.operated(request, op, by, behalf.law(by.actor, by.principal))
    assert isinstance(after, Request), after
    article = PROCESSES[request.kind].form.article
    return await casework.recorded(request, after, op, act.value, by, article=article, note=note)


def pressed(event: Event) -> str:
    """The letter of the card that was pressed; empty for a message."""
    return event.card if isinstance(event, Click) else ""


def about(request: Request) -> dict[str, Any]:
    return {"request": request.id, "number": request.number}


def status_of(toast: str, request: Request) -> Reply:
    return Reply(toast, template="status", args=about(request))
