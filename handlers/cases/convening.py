"""A step that all whom its role has decide together (会签, 票签, 依次): each gets a place once it waits."""

from datetime import datetime

from handlers.cases import record
from handlers.chain.operate import Actor, Convene, Law, Refusal, data_of, operate
from handlers.chain.step import carried, case_of
from handlers.kinds.process import PROCESSES
from handlers.people import whose
from storage import requests
from storage.records import Request

ACT = "convene"


async def convened(request: Request, at: datetime) -> Request:
    """The request that is held and saved, with those named who decide its step together, where they have
    still to be. Where the role has fewer than must agree, it waits for more, and that alarms."""
    step = request.current
    if step is None or not step.convenes:
        return request
    roll = await whose.roll(step, whose.applicant_of(request), at)
    op, before = Convene(tuple(roll)), case_of(request, PROCESSES[request.kind].ends)
    case = operate(before, op, Actor(), Law(roll=roll))
    if isinstance(case, Refusal):
        return request
    stands, by = record.place(request), record.By("", at)
    after = await record.keep(
        carried(request, case), ACT, by,
        before=stands, after=stands, article=step.article, data=data_of(op, step.name),
    )  # fmt: skip
    await requests.save(after)
    return after
