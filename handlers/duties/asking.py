"""Whoever is to be heard beside a step is asked at once, each once; the duty reminds them."""

from datetime import datetime

from handlers.kinds.process import asked_beside
from handlers.letters import notify
from storage import duties, people, told
from storage.duty_records import DutyKind
from storage.records import Request


async def ask_beside(request: Request, at: datetime) -> None:
    """After a request was saved: who is asked is told, and is known to have been, for /待办."""
    asked = asked_beside(request)
    duty = await duties.open_for(request.id, DutyKind.ASKED) if asked else None
    if asked is None or duty is None:
        return
    known = await people.several(list(await asked.heard(request, at)))
    for person in known:
        await told.enter(duty.id, person, 0, at)
    args = {"request": request.id, "number": request.number, "kind": asked.kind, "key": asked.key}
    once = f"hear:{request.id}:{asked.kind}"
    await notify.tell(known.values(), notify.ASKED, args, at, request=request, once=once)
