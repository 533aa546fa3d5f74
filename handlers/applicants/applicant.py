"""What the applicant may do to their own request: 撤回, 修改, 催办, 回执."""

from cards import replies
from cards.withdrawal import KEEP, SURE
from handlers.applicants.acting import act_on, hold
from handlers.applicants.doing import about, status_of
from handlers.applicants.not_now import WORDS
from handlers.cases import casework, guard
from handlers.commands import Line, gives_up, numbers_in
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.people import behalf
from handlers.rules.links import says_out
from storage import drafts, outbox, requests
from storage.drafts import Prompt
from storage.letters import Letter
from storage.records import Act, Person, Request


async def command(event: Message, person: Person, line: Line, act: Act) -> Reply:
    numbers, rest = numbers_in(line.text)
    if not numbers:
        tail = " https://…" if act is Act.RECEIPT else ""
        lacking = f"请写明编号，例如：/{WORDS[act]} FB-2026-0001{tail}。发 /我的 看编号。"
        return Reply(lacking, ok=False, title="还差编号")
    if numbers[1:]:
        return Reply(replies.which_one(WORDS[act], numbers), ok=False, title=replies.WHICH)
    if act is Act.REVISE and not numbers_in(line.words)[1]:
        rest = f"\n{rest}"  # nothing stands on the command's own line
    return await act_on(event, person, numbers[0], act, rest)


async def click(event: Click, person: Person) -> Reply:
    """A button of the applicant's card: an outdated one shows where the request stands and does nothing;
    taking back what may go out already is asked once more."""
    act = _act_of(event)
    request = await hold(event.ref, person, act)
    if request is None or await behalf.principal(request, person, event.at) is None:
        return await act_on(event, person, event.ref, act, "")
    card = await outbox.get(event.card) if event.card else None
    if _outdated(await guard.drawn_for(event, request), card, request):
        return await _as_it_stands(event, person, card, request)
    if event.act == KEEP:
        return status_of(f"{request.number} 没有撤回。", request)
    reason = str(card.args.get("reason", "")) if card and event.act == SURE else ""
    return await act_on(event, person, event.ref, act, reason)


async def prompted(event: Message, person: Person, prompt: Prompt) -> Reply:
    """The line with a link after 登记回执, or the word that leaves it."""
    if gives_up(event.text):
        await drafts.expect_no_more(person.id, prompt.number)
        return Reply(f"已取消，{prompt.number} 还没有登记回执。")
    return await act_on(event, person, prompt.number, Act.RECEIPT, event.text)


async def said_out(event: Message, person: Person, prompt: Prompt | None) -> Reply | None:
    """发好了 on a line of its own: what its receipt lacks, or what it says of it; None where nothing of
    this person's waits for one."""
    if prompt and prompt.act is Act.RECEIPT and event.at <= prompt.expires_at:
        return await act_on(event, person, prompt.number, Act.RECEIPT, event.text)
    numbers = await requests.may_go_out(person.id) if says_out(event.text) else []
    if numbers[1:]:
        return Reply(replies.which_one("回执", numbers), ok=False, title=replies.WHICH)
    return await act_on(event, person, numbers[0], Act.RECEIPT, event.text) if numbers else None


def _act_of(event: Click) -> Act:
    return Act.WITHDRAW if event.act in (SURE, KEEP) else Act(event.act)


def _outdated(drawn: casework.Shown, card: Letter | None, request: Request) -> bool:
    """Whether the request has moved on since the pressed card was painted."""
    left_behind = card is not None and (card.closed or card.template == notify.LEFT_BEHIND)
    return left_behind or drawn != (request.step, request.version)


async def _as_it_stands(event: Click, person: Person, card: Letter | None, request: Request) -> Reply:
    """On the pressed card, or on a new one where that one points to a newer."""
    told = replies.outdated(request, PROCESSES[request.kind].face, WORDS[_act_of(event)])
    if card is None or card.template == notify.LEFT_BEHIND:
        await notify.answer(event, person, "status", about(request))
        return Reply(told, ok=False)
    return Reply(told, ok=False, template="status", args=about(request))
