"""撤回, 注销登记: a request is taken back, and those who let it pass hear that it must not go out."""

from datetime import datetime

from cards import replies
from cards.withdrawal import SURE
from handlers.applicants.doing import Acting, Event, about, done, pressed, status_of
from handlers.cases import erasing, guard, progress
from handlers.chain.operate import Withdraw
from handlers.events import Click, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from storage import people, requests
from storage.held import held
from storage.records import Act, Person, Request, State


async def withdraw(event: Event, acting: Acting, request: Request, rest: str) -> Reply:
    if too_long := guard.too_long(rest):
        return too_long
    passed, register = request.state is State.AWAITING_PUBLISH, request.register
    if (passed or register) and not (isinstance(event, Click) and event.act == SURE):
        return Reply(template="withdraw", args=about(request) | ({"reason": rest} if rest else {}))
    await held(medium=await PROCESSES[request.kind].writes(request.form))
    after = await done(event, acting, request, Withdraw(rest), Act.WITHDRAW, note=rest)
    await requests.save(after)
    if PROCESSES[request.kind].private:
        after = await erasing.erased(after, event.at, shown=pressed(event))
    await PROCESSES[request.kind].undone(request, event.at)
    await progress.settle(after, event.at, shown=pressed(event))
    if register:
        return status_of(f"已{PROCESSES[request.kind].face.off} {request.number}", after)
    if not passed:
        return status_of(f"已撤回 {request.number}", after)
    await _tell_approvers(acting.person, request, event.at)
    return status_of(f"已撤回 {request.number}，不得再发布。", after)


async def _tell_approvers(person: Person, request: Request, at: datetime) -> None:
    """Those who let this version pass are told that it must not go out any more."""
    passed = [d.actor for d in await requests.decisions(request.id) if d.version == request.version]
    args = {"text": replies.approval_lapsed(person.name, request), "title": "已撤回"}
    await notify.tell((await people.several(passed)).values(), "say", args, at, request=request)
