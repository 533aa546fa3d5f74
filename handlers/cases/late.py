"""A step whose term is over: whether it is, and whose it is to go further (升级) where no answer came."""

from datetime import datetime

from handlers.kinds.process import PROCESSES
from handlers.people import whose
from storage.records import Person, Request


def over(request: Request, at: datetime) -> bool:
    """Whether the term of the waiting step is over."""
    due = PROCESSES[request.kind].term(request)
    return due is not None and due <= at


async def theirs_to_end(request: Request, person: Person, at: datetime) -> bool:
    """Whether somebody is of the centre, which may go further where the step that waits runs out of its term:
    nobody whom it is about."""
    waits = request.current is not None and request.step in PROCESSES[request.kind].unanswered
    concerned = person.id in whose.applicant_of(request).concerned
    return waits and not concerned and await whose.of_centre(person, at)
