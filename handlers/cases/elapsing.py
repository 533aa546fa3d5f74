"""A step that nobody answered in its time: the next one goes on, and those who were asked are told."""

from datetime import datetime

from handlers.cases import carrying, casework, late, record
from handlers.chain.law import Law
from handlers.chain.operate import Elapse, Refusal
from handlers.kinds.process import PROCESSES
from storage.records import Act, Request


async def passed_by(request: Request | None, at: datetime) -> bool:
    """Whether the waiting step of a request that is held was passed by, since its term is over."""
    if request is None:
        return False
    step, why = request.current, PROCESSES[request.kind].elapses.get(request.step)
    if step is None or not why or not late.over(request, at):
        return False
    by, op = record.By("", at), Elapse(why)
    after = await casework.operated(request, op, by, Law(elapsed=True))
    if isinstance(after, Refusal):
        return False
    after = await casework.recorded(request, after, op, Act.ELAPSE.value, by, article=step.article, note=why)
    await carrying.on(request, after, Act.ELAPSE, at)
    return True
