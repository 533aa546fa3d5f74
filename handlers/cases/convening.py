"""A step that all whom its role has decide together (会签, 票签, 依次): each gets a place once it waits."""

from datetime import datetime

from handlers.cases import casework, record
from handlers.chain.operate import Convene, Refusal
from storage import requests
from storage.records import Request

ACT = "convene"


async def convened(request: Request, at: datetime) -> Request:
    """The request that is held and saved, with those named who decide its step together, where they have
    still to be. Where the role has fewer than must agree, it waits for more, and that alarms."""
    step = request.current
    if step is None or not step.convenes:
        return request
    law, by = await casework.law(request, at), record.By("", at)
    op = Convene(tuple(law.roll))
    after = await casework.operated(request, op, by, law)
    if isinstance(after, Refusal):
        return request
    after = await casework.recorded(request, after, op, ACT, by, article=step.article)
    await requests.save(after)
    return after
