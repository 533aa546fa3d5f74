"""The one guard at the moment of deciding: is this what was shown, and what is true where it is not."""

from cards import deciders, phrases, replies, status
from cards.times import when
from cards.view import View
from handlers.cases import record, rerouting
from handlers.cases.casework import Shown
from handlers.chain.operate import Why
from handlers.digits import whole_number
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import may_read, notify, views
from handlers.people import whose
from handlers.rules.articles import ART_5_4
from handlers.rules.permits import Refusal
from storage import outbox, requests
from storage.records import Decision, Person, Request, State
from storage.steps import READERS


def too_long(words: str, most: int = record.LONGEST) -> Reply | None:
    """That what somebody wrote with an act is longer than is kept: nothing is cut, and nothing done."""
    return Reply(replies.too_long(len(words), most), ok=False, title="太长") if len(words) > most else None


async def drawn_for(event: Click, request: Request) -> Shown:
    """The step and version that the pressed card was drawn for."""
    place = whole_number(event.step)
    if place is None:
        return event.step, event.version
    # Cards of before steps had names carry the step's place in the chain.
    chain = request.chain
    if event.version != request.version:
        chain = await requests.chain_of(request.id, event.version)
    return (chain[place].name if place < len(chain) else ""), event.version


async def last_shown(event: Message, person: Person, request: Request) -> Shown:
    """The step and version that whoever writes was last shown when they wrote."""
    return await outbox.last_shown(person.id, request.id, event.said_at)


async def refused(event: Message | Click, person: Person, request: Request, why: Why, shown: Shown) -> Reply:
    """Why somebody may not act on the step that waits, in words that tell nobody what is not theirs."""
    if why is Why.OWN:
        article = PROCESSES[request.kind].form.article
        return Reply(str(Refusal("这是您自己提交的申请，不能由本人审批。", article)), ok=False)
    if why is Why.NOT_YOURS and person.id in whose.applicant_of(request).joined:
        return Reply(f"{request.number} 您也上报过，请由全媒体中心其他人办理。", ok=False)
    if why is Why.NOT_YOURS and person.id in await requests.holders(request.id):
        # They were asked, and may no more: the step goes to those whom it is for now.
        await rerouting.one(request.number, f"{person.id} may not decide it any more", event.at)
    if why is Why.NOT_YOURS and (read := _read_before(event, person, request, shown)):
        return read
    return await moved_on(event, person, request, shown)


def _read_before(event: Message | Click, person: Person, request: Request, shown: Shown) -> Reply | None:
    """That whoever read it for the press once does not do so again, to whom it is for by another role."""
    step = request.current
    here = isinstance(event, Message) or (shown is not None and shown[0] == request.step)
    if step is None or step.role not in READERS or not here:
        return None
    if not whose.applicant_of(request).has_read(person.id, step):
        return None
    text = f"您已办过{request.number} 的另一审，出版社三审由三个不同的人办理"
    return Reply(str(Refusal(text, ART_5_4)), ok=False)


async def moved_on(event: Message | Click, person: Person, request: Request, shown: Shown) -> Reply:
    """What is true of a step that somebody wanted to act on: rights first."""
    view = await views.load(request, person.id, event.at)
    if await may_read.may_see(person, view):
        return Reply(f"{request.number} 不由您办理。", ok=False)
    if shown and (decision := view.decision_at(*shown)):
        return await _after(event, person, view, _decided(view, decision))
    if shown and shown[1] != request.version:
        return await _newer(event, person, view)
    if request.state is State.PAUSED:
        return Reply(f"{request.number} 已暂停，恢复前不能办理。", ok=False)
    if request.current is None:
        return Reply(f"{request.number} {phrases.state(view)}，不需要再办。", ok=False)
    if person.id in view.holders:
        return await _newer(event, person, view)
    return Reply(f"{request.number} 不由您办理，{status.onward(view)}", ok=False)


async def nothing_to_do(
    event: Message | Click, person: Person, request: Request, word: str, *, yet: bool = False
) -> Reply:
    """That `word` is not this person's to do, or not `yet`, and where the request stands."""
    view = await views.load(request, person.id, event.at)
    if await may_read.may_see(person, view):
        return Reply(f"{request.number} 没有“{word}”要您办。", ok=False)
    told = f"还没有到“{word}”这一步" if yet else f"没有“{word}”要您办"
    return Reply(f"{request.number} {told}，{status.onward(view)}", ok=False)


def _decided(view: View, decision: Decision) -> str:
    """王书记已于11月23日（周一）10:02同意"""
    word = phrases.done(decision.act, view.decided_step(decision))
    return f"{deciders.whoever(view, decision)}已于{when(decision.at, view.now)}{word}"


async def _after(event: Message | Click, person: Person, view: View, decided: str) -> Reply:
    """What was shown has been decided; what waits by now may be theirs as well, and they are shown it."""
    if person.id not in view.holders:
        return Reply(f"{decided}，不需要再办。", ok=False)
    await _show(event, person, view.request)
    return Reply(f"{decided}；{view.request.number} 现在又等您办理，请看新的卡片。", ok=False)


async def _newer(event: Message | Click, person: Person, view: View) -> Reply:
    """Somebody who may decide has not seen what waits now: they are shown it."""
    told = "申请人已修改重报，请看新的卡片。"
    if person.id in view.holders and isinstance(event, Message):
        told = f"{view.request.number} 现在的内容您还没有看过，没有办理。请看新的卡片。"
        await _show(event, person, view.request)
    return Reply(told, ok=False)


async def _show(event: Message | Click, person: Person, request: Request) -> None:
    """The card that waits, again to whoever wrote; whoever pressed has it on their screen."""
    if isinstance(event, Message):
        await notify.answer(event, person, "approval", notify.asking(request))
