"""What is private on a register goes with its holder: within the hour of their leaving (Article 2(2))."""

from datetime import datetime

from handlers.cases import casework, erasing, progress, record
from handlers.chain.law import Law
from handlers.chain.operate import Withdraw
from handlers.events import Reply, Tick
from handlers.kinds.process import PROCESSES
from handlers.registers import signing
from handlers.rules.permits import SHANGHAI
from storage import erasure, registers, requests
from storage.held import held
from storage.records import Act, Request

WHY = "持有人已离开"


async def handle(event: Tick) -> Reply:
    """Those who left, whoever said so: nothing of what they registered stays but numbers and hashes."""
    today = event.at.astimezone(SHANGHAI).date()
    private = [kind for kind, process in PROCESSES.items() if process.private]
    numbers = [one for kind in private for one in await registers.left_behind(kind, today)]
    drafts = [draft for one in numbers for draft in await erasure.drafts_of(one)]
    await held(draft=drafts, request=numbers)
    for number in numbers:
        if request := await requests.by_id(number):
            await _gone(request, event.at)
    await signing.forget(event.at)
    return Reply()


async def _gone(request: Request, at: datetime) -> None:
    by, op = record.By("", at), Withdraw(WHY)
    after = await casework.operated(request, op, by, Law())
    if not isinstance(after, Request):
        return
    article = PROCESSES[request.kind].form.article
    after = await casework.recorded(request, after, op, Act.WITHDRAW.value, by, article=article, note=WHY)
    await requests.save(after)
    await progress.settle(await erasing.erased(after, at), at)
