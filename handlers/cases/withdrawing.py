"""What followed from a decision that no longer stands is withdrawn, as long as it is open."""

from handlers.cases import casework, progress, record
from handlers.chain.law import Law
from handlers.chain.operate import Refusal, Void
from handlers.letters import notify
from storage import requests
from storage.held import held
from storage.records import Act, Request
from storage.vocabulary import STOP


async def withdraw(number: str, because: str, by: record.By) -> Request | None:
    """The request as it is void; None where there is none, or it has ended by itself."""
    request = (await held(request=number)).request
    if request is None:
        return None
    op = Void(because)
    after = await casework.operated(request, op, by, Law(steward=True))
    if isinstance(after, Refusal):
        return None
    before = await requests.holders(request.id)
    article = request.chain[0].article
    after = await casework.recorded(
        request, after, op, Act.VOID.value, by, article=article, note=because[: record.LONGEST]
    )
    await requests.save(after)
    await progress.settle(after, by.at)
    lifted = "责令停止运行同时解除。" if after.form.get("measure") == STOP else ""
    text = f"{after.number}《{after.title}》已收回，不用再办。{lifted}原因：{because}"
    concerned = (after.applicant, *before, *after.outcome.get("cc", ()))
    await notify.words(concerned, "已收回", text, by.at, request=after)
    return after
