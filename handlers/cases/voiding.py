"""An approval whose time is over is void; and who is told of what is void."""

from collections.abc import Iterable
from datetime import datetime

from handlers.cases import casework, progress, record
from handlers.chain.law import Law
from handlers.chain.operate import Refusal, Void
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from storage import people, requests
from storage.held import held
from storage.records import PASSING, Act, Request, State


async def tell_all(
    request: Request, text: str, at: datetime, *, holders: Iterable[str] = (), but: str = ""
) -> None:
    """The applicant, those who let it pass, and those who held it before."""
    decided = [d.actor for d in await requests.decisions(request.id) if d.act in PASSING]
    concerned = (request.applicant, *PROCESSES[request.kind].told(request), *decided, *holders)
    await notify.words(concerned, "已作废", text, at, request=request, but=but)


async def voided(
    request: Request, reason: str, by: record.By, law: Law, shown: str = ""
) -> Request | Refusal:
    """The request, which is held, voided by somebody, and everybody told who had a part in it; what its
    passing did is undone. `shown` is the card that was pressed."""
    before, step = await requests.holders(request.id), request.named(request.step)
    await held(medium=await PROCESSES[request.kind].writes(request.form))
    after = await _void(request, reason, by, law, Act.VOID, step.article if step else "")
    if isinstance(after, Refusal):
        return after
    await PROCESSES[after.kind].undone(request, by.at)
    await progress.settle(after, by.at, shown=shown)
    person = await people.get(by.actor)
    who = person.name if person else by.actor
    lapsed = "，不得发布" if PROCESSES[after.kind].ends is State.AWAITING_PUBLISH else ""
    text = f"{who} 已将 {after.number}《{after.title}》作废{lapsed}。原因：{reason}"
    await tell_all(after, text, by.at, holders=before, but=by.actor)
    return after


async def expire(request: Request, because: str, by: record.By) -> Request | None:
    """An approval without a receipt whose time is over; None where it may be no more. It is held."""
    after = await _void(request, because, by, Law(), "expire", PROCESSES[request.kind].form.article)
    if isinstance(after, Refusal):
        return None
    await progress.settle(after, by.at)
    text = f"{after.number}《{after.title}》{because}，不得再发布。申请人仍要发布请发：/再发 {after.number}"
    await tell_all(after, text, by.at)
    return after


async def _void(
    request: Request, reason: str, by: record.By, law: Law, act: str, article: str
) -> Request | Refusal:
    """In its trail, and saved."""
    op = Void(reason)
    after = await casework.operated(request, op, by, law)
    if isinstance(after, Refusal):
        return after
    after = await casework.recorded(request, after, op, act, by, article=article, note=reason)
    await requests.save(after)
    return after
