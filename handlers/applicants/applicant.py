"""What the applicant may do to their own request: 撤回, 修改, 催办, 回执."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cards import phrases, replies
from cards.times import span
from cards.withdrawal import KEEP, SURE
from handlers.applicants import receipt, relinking
from handlers.cases import casework, guard, progress, record
from handlers.chain.operate import Op, Urge, Withdraw
from handlers.commands import Line, gives_up, numbers_in
from handlers.drafts import revising
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.people import behalf
from handlers.rules import lifecycle
from handlers.rules.articles import ART_6_3
from handlers.rules.links import links_in, says_out
from storage import drafts, outbox, people, requests, trail
from storage.drafts import Prompt
from storage.held import held
from storage.letters import Letter
from storage.records import Act, Person, Platform, Request, State

URGE_EVERY = timedelta(hours=1)
Event = Message | Click


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts as the applicant, and for whom where that one has left."""

    person: Person
    stands_for: str = ""


Doing = Callable[[Event, Acting, Request, str], Awaitable[Reply]]
_WORDS = {Act.WITHDRAW: "撤回", Act.REVISE: "修改", Act.URGE: "催办", Act.RECEIPT: "回执"}
_DOES = {**_WORDS, Act.RECEIPT: "登记回执"}
_DONE = {(Act.WITHDRAW, State.WITHDRAWN)}
"""Acts asked for a second time."""


async def command(event: Message, person: Person, line: Line, act: Act) -> Reply:
    numbers, rest = numbers_in(line.text)
    if not numbers:
        tail = " https://…" if act is Act.RECEIPT else ""
        lacking = f"请写明编号，例如：/{_WORDS[act]} FB-2026-0001{tail}。发 /我的 看编号。"
        return Reply(lacking, ok=False, title="还差编号")
    if numbers[1:]:
        return Reply(replies.which_one(_WORDS[act], numbers), ok=False, title=replies.WHICH)
    if act is Act.REVISE and not numbers_in(line.words)[1]:
        rest = f"\n{rest}"  # nothing stands on the command's own line
    return await _act(event, person, numbers[0], act, rest)


async def click(event: Click, person: Person) -> Reply:
    """A button of the applicant's card: an outdated one shows where the request stands and does nothing;
    taking back what may go out already is asked once more."""
    act = _act_of(event)
    request = await _hold(event.ref, person, act)
    if request is None or await behalf.principal(request, person, event.at) is None:
        return await _act(event, person, event.ref, act, "")
    card = await outbox.get(event.card) if event.card else None
    if _outdated(await guard.drawn_for(event, request), card, request):
        return await _as_it_stands(event, person, card, request)
    if event.act == KEEP:
        return _status(f"{request.number} 没有撤回。", request)
    reason = str(card.args.get("reason", "")) if card and event.act == SURE else ""
    return await _act(event, person, event.ref, act, reason)


async def prompted(event: Message, person: Person, prompt: Prompt) -> Reply:
    """The line with a link after 登记回执, or the word that leaves it."""
    if gives_up(event.text):
        await drafts.expect_no_more(person.id, prompt.number)
        return Reply(f"已取消，{prompt.number} 还没有登记回执。")
    return await _act(event, person, prompt.number, Act.RECEIPT, event.text)


async def said_out(event: Message, person: Person, prompt: Prompt | None) -> Reply | None:
    """发好了 on a line of its own: what its receipt lacks, or what it says of it; None where nothing of
    this person's waits for one."""
    if prompt and prompt.act is Act.RECEIPT and event.at <= prompt.expires_at:
        return await _act(event, person, prompt.number, Act.RECEIPT, event.text)
    numbers = await requests.may_go_out(person.id) if says_out(event.text) else []
    if numbers[1:]:
        return Reply(replies.which_one("回执", numbers), ok=False, title=replies.WHICH)
    return await _act(event, person, numbers[0], Act.RECEIPT, event.text) if numbers else None


async def _hold(number: str, person: Person, act: Act) -> Request | None:
    """The request, with the draft in which it is being revised already."""
    known = await requests.get(number) if act is Act.REVISE else None
    begun = await drafts.revising(known.id) if known else []
    mine = [draft.id for draft in begun if draft.person == person.id]
    return (await held(draft=mine, request=number)).request


def _act_of(event: Click) -> Act:
    return Act.WITHDRAW if event.act in (SURE, KEEP) else Act(event.act)


def _outdated(drawn: casework.Shown, card: Letter | None, request: Request) -> bool:
    """Whether the request has moved on since the pressed card was painted."""
    left_behind = card is not None and (card.closed or card.template == notify.LEFT_BEHIND)
    return left_behind or drawn != (request.step, request.version)


async def _as_it_stands(event: Click, person: Person, card: Letter | None, request: Request) -> Reply:
    """On the pressed card, or on a new one where that one points to a newer."""
    told = replies.outdated(request, PROCESSES[request.kind].face, _WORDS[_act_of(event)])
    if card is None or card.template == notify.LEFT_BEHIND:
        await notify.answer(event, person, "status", _about(request))
        return Reply(told, ok=False)
    return Reply(told, ok=False, template="status", args=_about(request))


async def _act(event: Event, person: Person, number: str, act: Act, rest: str) -> Reply:
    request = await _hold(number, person, act)
    if request is None:
        return Reply(f"没有 {number} 这件申请。发 /我的 看您提交的申请。", ok=False)
    stands_for = await behalf.principal(request, person, event.at)
    if stands_for is None:
        return Reply(await behalf.others_only(request, _DOES[act], event.at), ok=False)
    if act not in PROCESSES[request.kind].face.applicants:
        return Reply(f"{PROCESSES[request.kind].form.title}不能{_DOES[act]}。", ok=False)
    if act is Act.RECEIPT and request.state is State.PUBLISHED and links_in(rest):
        return await relinking.correct(event, person, request, rest, stands_for)
    if act not in lifecycle.NEXT[request.state]:
        return Reply(_not_now(request, act), ok=False)
    return await _DOING[act](event, Acting(person, stands_for), request, rest)


def _not_now(request: Request, act: Act) -> str:
    states = {
        State.IN_REVIEW: "还在审批中",
        State.RETURNED: "已被退回，请先 /修改",
        State.REJECTED: "没有通过",
        State.WITHDRAWN: "已撤回",
        State.AWAITING_PUBLISH: "已通过审批",
        State.PUBLISHED: "已登记发布",
        State.RECORDED: phrases.standing(State.RECORDED, PROCESSES[request.kind].face),
        State.STOPPED: "因可能涉密已停止",
        State.PAUSED: "已由管理员暂停",
        State.VOIDED: "已作废",
    }
    if (act, request.state) == (Act.RECEIPT, State.PUBLISHED):
        again = f"链接写错了请发：/回执 {request.number} 媒体 链接"
        return f"{request.number} {states[request.state]}，不用再办。{again}"
    if (act, request.state) in _DONE:
        return f"{request.number} {states[request.state]}，不用再办。"
    text = f"{request.number} {states[request.state]}，不能{_DOES[act]}。"
    if act is Act.RECEIPT and PROCESSES[request.kind].ends is not State.AWAITING_PUBLISH:
        return f"{request.number} 不是信息发布，没有回执。"
    if act is Act.RECEIPT and request.state is State.IN_REVIEW:
        text += f"通过后方可正式发布（{ART_6_3}）。"
    return text


async def _withdraw(event: Event, acting: Acting, request: Request, rest: str) -> Reply:
    if too_long := guard.too_long(rest):
        return too_long
    passed = request.state is State.AWAITING_PUBLISH
    if passed and not (isinstance(event, Click) and event.act == SURE):
        return Reply(template="withdraw", args=_about(request) | ({"reason": rest} if rest else {}))
    await held(medium=await PROCESSES[request.kind].writes(request.form))
    after = await _done(event, acting, request, Withdraw(rest), Act.WITHDRAW, note=rest)
    await requests.save(after)
    await PROCESSES[request.kind].undone(request, event.at)
    await progress.settle(after, event.at, shown=_shown(event))
    if not passed:
        return _status(f"已撤回 {request.number}", after)
    await _tell_approvers(acting.person, request, event.at)
    return _status(f"已撤回 {request.number}，不得再发布。", after)


async def _tell_approvers(person: Person, request: Request, at: datetime) -> None:
    """Those who let this version pass are told that it must not go out any more."""
    passed = [d.actor for d in await requests.decisions(request.id) if d.version == request.version]
    args = {"text": replies.approval_lapsed(person.name, request), "title": "已撤回"}
    await notify.tell((await people.several(passed)).values(), "say", args, at, request=request)


async def _revise(event: Event, acting: Acting, request: Request, rest: str) -> Reply:
    return await revising.revision(event, acting.person, request, rest)


async def _urge(event: Event, acting: Acting, request: Request, rest: str) -> Reply:
    """Ask those who hold it once more, at most once an hour."""
    last = await trail.last(request.number, Act.URGE)
    if last and event.at - last.at < URGE_EVERY:
        wait = span(last.at + URGE_EVERY - event.at)
        return Reply(f"一小时内已催办过，请 {wait}后再催。", ok=False)
    after = await _done(event, acting, request, Urge(), Act.URGE)
    await requests.save(after)
    holders = await notify.ask(after, event.at, once=f"urge:{request.id}:{after.trail_seq}", urged=True)
    await progress.held_by(after, holders, event.at)
    if not holders:
        return Reply("这一步暂缺办理人，已再次告知全媒体中心和系统管理员。", ok=False)
    text = f"已催办 {request.number}，请{await _names(holders)}尽快办理。"
    if isinstance(event, Click) and event.platform is Platform.WECOM:
        await notify.answer(event, acting.person, "say", {"text": text})
    return Reply(text)


async def _names(persons: Iterable[str]) -> str:
    known = await people.several(list(persons))
    return "、".join(person.name for person in known.values())


async def _receipt(event: Event, acting: Acting, request: Request, rest: str) -> Reply:
    return await receipt.file(event, acting.person, request, rest, acting.stands_for)


async def _done(
    event: Event, acting: Acting, request: Request, op: Op, act: Act, *, note: str = ""
) -> Request:
    """The request after an act of its applicant that the table allows now, in its trail already."""
    by = record.By.event(event, acting.person.id, acting.stands_for)
    after = await casework.operated(request, op, by, behalf.law(by.actor, by.principal))
    assert isinstance(after, Request), after
    article = PROCESSES[request.kind].form.article
    return await casework.recorded(request, after, op, act.value, by, article=article, note=note)


def _shown(event: Message | Click) -> str:
    return event.card if isinstance(event, Click) else ""


def _about(request: Request) -> dict[str, Any]:
    return {"request": request.id, "number": request.number}


def _status(toast: str, request: Request) -> Reply:
    return Reply(toast, template="status", args=_about(request))


_DOING: dict[Act, Doing] = {
    Act.WITHDRAW: _withdraw,
    Act.REVISE: _revise,
    Act.URGE: _urge,
    Act.RECEIPT: _receipt,
}
