"""收到: whoever was notified says that they have the notice; nothing depends on it."""

from dataclasses import replace

from cards import phrases
from handlers.cases import acting, record
from handlers.cases.acting import Asked, Operation
from handlers.events import Reply
from handlers.kinds.process import PROCESSES, supplement_at
from handlers.letters import views
from storage import requests
from storage.records import Act, Request

RECEIVED_BY = "received"
"""Of what came of a request: who said 收到, with when."""


async def _received(asked: Asked) -> Reply:
    request, law = asked.request, await acting.law(asked)
    step = request.current
    if step is None or step.name not in PROCESSES[request.kind].received:
        return Reply(f"{request.number} 现在不需要您回“收到”。", ok=False)
    if asked.person.id not in law.holders:
        return Reply(f"{request.number} 不由您办理。", ok=False)
    known = dict(request.outcome.get(RECEIVED_BY) or {})
    if asked.person.id not in known:
        await _kept(asked, asked.by(law), {**known, asked.person.id: asked.event.at.isoformat()})
    return Reply(await _said(asked))


async def _kept(asked: Asked, by: record.By, told: dict[str, str]) -> None:
    after = await record.kept_in_place(asked.request, Act.RECEIVED, by, asked.at_step)
    after = replace(after, outcome={**after.outcome, RECEIVED_BY: told})
    await requests.conclude(after)
    await acting.stands_at(asked, after)


async def _said(asked: Asked) -> str:
    """That it was noted, and what is still to be done by when."""
    request: Request = asked.request
    view = await views.load(request, asked.person.id, asked.event.at)
    added = supplement_at(request.kind, request.step)
    then = f"请于{phrases.due(view)}发：/{added.form.command} {request.number}" if added else ""
    return f"已记下您收到 {request.number}。{then}"


RECEIVED = Operation(
    Act.RECEIVED, "收到", "received", "/收到 编号", "告诉全媒体中心您已收到通知", "responsible", _received
)
