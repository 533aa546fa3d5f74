"""Which act an applicant asks for, of which request, whether it can be done, and what does it."""

from collections.abc import Awaitable, Callable

from handlers.applicants import receipt, relinking
from handlers.applicants.doing import Acting, Event
from handlers.applicants.not_now import DOES, not_now
from handlers.applicants.urging import urge
from handlers.applicants.withdrawing import withdraw
from handlers.drafts import revising
from handlers.events import Reply
from handlers.kinds.process import PROCESSES
from handlers.people import behalf
from handlers.rules import lifecycle
from handlers.rules.links import links_in
from storage import drafts, erasure, requests
from storage.held import held
from storage.records import Act, Person, Request, State

Doing = Callable[[Event, Acting, Request, str], Awaitable[Reply]]


async def hold(number: str, person: Person, act: Act) -> Request | None:
    """The request, with the draft in which it is being revised already, or all whose words would go."""
    known = await requests.get(number)
    begun = await drafts.revising(known.id) if known and act is Act.REVISE else []
    mine = [draft.id for draft in begun if draft.person == person.id]
    if known and act is Act.WITHDRAW and PROCESSES[known.kind].private:
        mine = await erasure.drafts_of(known.id)
    return (await held(draft=mine, request=number)).request


async def act_on(event: Event, person: Person, number: str, act: Act, rest: str) -> Reply:
    """The act done, or why it is not; `rest` is what was written behind the number."""
    request = await hold(number, person, act)
    if request is None:
        return Reply(f"没有 {number} 这件申请。发 /我的 看您提交的申请。", ok=False)
    stands_for = await behalf.principal(request, person, event.at)
    if stands_for is None:
        return Reply(await behalf.others_only(request, DOES[act], event.at), ok=False)
    if act not in PROCESSES[request.kind].face.applicants:
        return Reply(f"{PROCESSES[request.kind].form.title}不能{DOES[act]}。", ok=False)
    if act is Act.RECEIPT and request.state is State.PUBLISHED and links_in(rest):
        return await relinking.correct(event, person, request, rest, stands_for)
    if act not in lifecycle.can_follow(request):
        return Reply(not_now(request, act), ok=False)
    return await _DOING[act](event, Acting(person, stands_for), request, rest)


async def revise(event: Event, acting: Acting, request: Request, rest: str) -> Reply:
    return await revising.revision(event, acting.person, request, rest)


async def file_receipt(event: Event, acting: Acting, request: Request, rest: str) -> Reply:
    return await receipt.file(event, acting.person, request, rest, acting.stands_for)


_DOING: dict[Act, Doing] = {
    Act.WITHDRAW: withdraw,
    Act.REVISE: revise,
    Act.URGE: urge,
    Act.RECEIPT: file_receipt,
}
