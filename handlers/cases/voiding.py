"""An approval whose time is over is void; and who is told of what is void."""

from collections.abc import Iterable
from datetime import datetime

from handlers.cases import casework, progress, record
from handlers.chain.law import Law
from handlers.chain.operate import Refusal, Void
from handlers.letters import notify
from handlers.processes.process import PROCESSES
from storage import requests
from storage.records import PASSING, Request


async def tell_all(
    request: Request, text: str, at: datetime, *, holders: Iterable[str] = (), but: str = ""
) -> None:
    """The applicant, those who let it pass, and those who held it before."""
    decided = [d.actor for d in await requests.decisions(request.id) if d.act in PASSING]
    concerned = (request.applicant, *decided, *holders)
    await notify.words(concerned, "已作废", text, at, request=request, but=but)


async def expire(request: Request, because: str, by: record.By) -> Request | None:
    """An approval without a receipt whose time is over; None where it may be no more. It is held."""
    op = Void(because)
    after = await casework.operated(request, op, by, Law())
    if isinstance(after, Refusal):
        return None
    article = PROCESSES[request.kind].form.article
    after = await casework.recorded(request, after, op, "expire", by, article=article, note=because)
    await requests.save(after)
    await progress.settle(after, by.at)
    text = f"{after.number}《{after.title}》{because}，不得再发布。申请人仍要发布请发：/再发 {after.number}"
    await tell_all(after, text, by.at)
    return after
