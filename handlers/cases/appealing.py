"""/申诉: who is concerned by a decision has it looked at again by somebody else of the centre."""

from dataclasses import replace

from cards.times import when
from handlers.cases import acting, casework, progress, record
from handlers.cases.acting import Asked, Operation
from handlers.chain.law import Law
from handlers.chain.operate import Appeal, Refusal, Why
from handlers.events import Reply
from handlers.kinds.process import PROCESSES
from storage import requests
from storage.records import Act


async def _appeal(asked: Asked) -> Reply:
    """Within its time, once; what was decided holds until it is looked at again."""
    request, at = asked.request, asked.event.at
    found = PROCESSES[request.kind].appeals(request)
    if found is None and request.outcome.get("appeal"):
        now = "正由中心另一位同志复核" if request.current else "已经复核过"
        return Reply(f"{request.number} 已有申诉，{now}，不能再申诉。", ok=False)
    if found is None:
        return Reply(f"{request.number} 现在没有可以申诉的处理决定。", ok=False)
    law, op = Law(heard=found.by, recent=at < found.until), Appeal((found.step,))
    by = record.By.event(asked.event, asked.person.id)
    after = await casework.operated(request, op, by, law)
    if isinstance(after, Refusal):
        return _refused(asked, after, when(found.until, at))
    reason = asked.words[: record.LONGEST]
    after = await casework.recorded(
        request, after, op, Act.APPEAL.value, by, article=found.step.article, note=reason
    )
    kept = {"by": asked.person.id, "at": at.isoformat(), "reason": reason}
    after = replace(after, outcome={**after.outcome, "appeal": kept})
    await requests.conclude(after)
    await progress.settle(after, at, shown=acting.shown_card(asked))
    return Reply(f"已收到对 {request.number} 的申诉，由中心另一位同志复核。复核前，原决定照常执行。")


def _refused(asked: Asked, refusal: Refusal, until: str) -> Reply:
    number = asked.request.number
    if refusal.why is Why.NOT_YOURS:
        return Reply(f"只有处理决定涉及的人能对 {number} 申诉。", ok=False)
    if refusal.why is Why.LATE:
        return Reply(f"{number} 的申诉期已于 {until} 届满。如有新的事实，请直接联系全媒体中心。", ok=False)
    return Reply(f"{number} 已经复核过，不再复核。", ok=False)


APPEAL = Operation(
    Act.APPEAL, "申诉", "appeal", "/申诉 编号 理由", "对处理决定申诉，由中心另一人复核", "all", _appeal,
    "请写申诉的理由",
)  # fmt: skip
APPEALING = (APPEAL,)
