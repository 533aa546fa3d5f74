"""A decision on the open step: 同意, 审查通过, 同意并报中心, 退回, 不同意, 不宜公开."""

from dataclasses import replace
from datetime import datetime, timedelta

from cards import operations as cards
from cards import phrases, replies
from cards.times import deadline
from cards.wecom import UNCHOSEN
from handlers.cases import carrying, casework, guard, late, record
from handlers.chain.operate import Decide, Op, Refusal, Unanswered, Why
from handlers.chain.quorum import added
from handlers.commands import Line, gives_up, numbers_in
from handlers.events import Click, Message, Reply
from handlers.kinds.process import PROCESSES, supplement_at
from handlers.letters import notify
from handlers.people import whose
from handlers.rules import lifecycle
from handlers.rules.articles import ART_6_2, ART_6_3
from handlers.rules.chain import CENTRE
from handlers.rules.returning import returning
from storage import drafts
from storage.drafts import PROMPT_LASTS, Prompt
from storage.held import held
from storage.records import PASSING, Act, Draft, Person, Request
from storage.steps import Place

TOO_LATE = timedelta(hours=1)
"""How long after that a line may still have been meant as the reason."""

_WORDS = {Act.APPROVE: "同意", Act.RETURN: "退回", Act.REJECT: "不同意", Act.ESCALATE: "报中心"}


async def command(event: Message, person: Person, line: Line, act: Act) -> Reply:
    """`/同意 编号 [意见]` and its like: the same as the button, whatever the step calls it; `/立案 编号`
    where the step calls it that.

    It counts for the step and version that its sender was last shown. Several numbers are passed each by
    itself (`batch.py`); what needs a reason of its own is asked which one it is for.
    """
    numbers, reason = numbers_in(line.text)
    if not numbers:
        example = "" if act is Act.APPROVE else " 理由"
        return Reply(
            f"请写明编号，例如：/{_WORDS[act]} FB-2026-0001{example}。发 /待办 看编号。",
            ok=False,
            title="还差编号",
        )
    if numbers[1:]:
        return Reply(replies.which_one(_WORDS[act], numbers), ok=False, title=replies.WHICH)
    request = (await held(request=numbers[0])).request
    if request is None:
        return Reply(f"没有 {numbers[0]} 这件申请。发 /待办 看您要办的事项。", ok=False)
    if other := await called_otherwise(event, person, request, line.name):
        return other
    op = sent_back(request, person, reason) if act is Act.RETURN else Decide(act, reason)
    shown = await guard.last_shown(event, person, request)
    return op if isinstance(op, Reply) else await decided(event, person, request, op, shown)


async def called_otherwise(event: Message, person: Person, request: Request, word: str) -> Reply | None:
    """That the step that waits has no decision of that name: 不立案 is no word for a return of a reply."""
    if request.current is None or phrases.calls(request.current, word):
        return None
    if person.id not in await whose.turns(request, event.at):
        return await guard.nothing_to_do(event, person, request, word)
    return Reply(_only(request, word), ok=False)


def _only(request: Request, word: str) -> str:
    acts = PROCESSES[request.kind].acts.get(request.step, ())
    can = "或".join(phrases.act(one, request.current) for one in acts)
    return f"{request.number} 的这一步请{can}，不能“{word}”。"


def sent_back(request: Request, person: Person, words: str) -> Decide | Reply:
    """A return as it was typed: to the applicant, or `到` a step that was decided before. Whoever was added
    returns it to the holder, unless they were asked after them."""
    kept = {step.name: step.name for step in request.chain}
    read = {name: step.name for step in request.chain for name in phrases.names_of(step)}
    wish = returning(words, {**read, **kept})
    if (to := PROCESSES[request.kind].returns.get(request.step)) and not wish.to:
        if request.named(to) is None:
            return Reply(f"{request.number} 前面没有要别人办的环节，不能退回。", ok=False)
        addition = added(request.current, person.id) if request.current else None
        before = addition is not None and addition.place is not Place.AFTER
        return Decide(Act.RETURN, wish.reason, "" if before else to)
    if wish.strange:
        return Reply(_no_step(request, wish.strange), ok=False)
    if wish.to and not wish.reason:
        return Reply(cards.return_needs_reason(request.number, words.strip()), ok=False, title="还差理由")
    return Decide(Act.RETURN, wish.reason, wish.to, wish.direct)


def _no_step(request: Request, named: str) -> str:
    return cards.no_step(request.number, named, [phrases.role(step) for step in request.chain])


async def click(event: Click, person: Person) -> Reply:
    """A decision button: the card must show the step and version that wait now."""
    request = (await held(request=event.ref)).request
    if request is None:
        return Reply("没有这件申请。", ok=False)
    shown = await guard.drawn_for(event, request)
    if reason := _chosen_against(event, request.kind):
        return Reply(replies.reason_unused(_WORDS[Act(event.act)], request.number, reason), ok=False)
    act, reason = Act(event.act), reason_of(event, request.kind)
    op = sent_back(request, person, reason) if act is Act.RETURN else Decide(act, reason)
    if isinstance(op, Reply):
        return op
    return await decided(event, person, request, op, shown)


async def prompted(event: Message, person: Person, prompt: Prompt) -> Reply:
    """The plain line after a button that needed a reason: the reason, a change of mind, or too late.

    Numbers alone are no reason: it is asked for again.
    """
    numbers, said = numbers_in(event.text)
    if numbers and not said and event.at <= prompt.expires_at:
        return Reply(replies.need_reason(_WORDS[prompt.act], prompt.number), ok=False, title="还差理由")
    typed, word = event.text.strip(), _WORDS[prompt.act]
    if not guard.too_long(typed):  # else the next line is still meant
        await drafts.expect_no_more(person.id, prompt.number)
    request = (await held(request=prompt.number)).request
    if request is None:
        return Reply("没有这件申请。", ok=False)
    shown = (prompt.step, prompt.version)
    if shown != (request.step, request.version):
        return await guard.moved_on(event, person, request, shown)
    if gives_up(typed):
        return Reply(replies.reason_given_up(word, request.number))
    if prompt.expires_at < event.at:
        return Reply(replies.reason_too_late(word, request.number, typed), ok=False)
    op = sent_back(request, person, typed) if prompt.act is Act.RETURN else Decide(prompt.act, typed)
    return op if isinstance(op, Reply) else await decided(event, person, request, op, shown)


def is_over(prompt: Prompt, draft: Draft, at: datetime) -> bool:
    """Whether a line is meant for the draft: touched since the reason was asked for, and that is past."""
    return prompt.expires_at < at and draft.updated_at > prompt.expires_at - PROMPT_LASTS


def reason_of(event: Click, kind: str) -> str:
    """What was typed, or the reason that was chosen on a card without an input."""
    text = _reason_field(event)
    return "" if text == UNCHOSEN else _choices(kind).get(text, text)


def _chosen_against(event: Click, kind: str) -> str:
    """The reason for a return that was chosen before 同意 was pressed: one of the two was not meant."""
    return "" if Act(event.act) in lifecycle.NEED_REASON else _choices(kind).get(_reason_field(event), "")


def _reason_field(event: Click) -> str:
    given = event.fields.get("reason", "")
    return (given if isinstance(given, str) else "".join(given)).strip()


def _choices(kind: str) -> dict[str, str]:
    return {f"r{n}": reason for n, reason in enumerate(PROCESSES[kind].face.reasons, 1)}


async def decided(
    event: Message | Click, person: Person, request: Request, op: Decide, shown: casework.Shown
) -> Reply:
    if op.act in lifecycle.NEED_REASON and not any(map(str.isalpha, op.reason)):
        op = replace(op, reason="")  # digits and marks alone say nothing
    if too_long := guard.too_long(op.reason):
        return too_long
    passing = op.act in PASSING
    law = await casework.law(request, event.at, shown=shown, passing=passing)
    by = record.By.event(event, person.id, law.holders.get(person.id, ""))
    worded = await PROCESSES[request.kind].sent_back(request, op.reason, event.at) if op.to else request
    on: Op = op
    if op.act is Act.REJECT and await late.theirs_to_end(request, person, event.at):
        on = Unanswered(op.reason)
        law = replace(law, centre=True, elapsed=late.over(request, event.at))
    after = await casework.operated(worded, on, by, law)
    if isinstance(after, Refusal):
        if isinstance(on, Unanswered) and after.why is Why.WAITS and request.due_at:
            ends = deadline(request.due_at, event.at)
            return Reply(f"{request.number} 的限期到{ends}，期满没有答复，才能升级。", ok=False)
        return await _refused(event, person, request, op, after, shown)
    return await _carry_out(event, person, request, after, op, by, on)


async def _refused(
    event: Message | Click,
    person: Person,
    request: Request,
    op: Decide,
    refusal: Refusal,
    shown: casework.Shown,
) -> Reply:
    if refusal.why is Why.REASON:
        return await _ask_reason(event, person, request, op.act)
    if refusal.why is Why.NOT_HERE:
        return Reply(_not_at_this_step(request, person, op.act), ok=False)
    if refusal.why is Why.IMPOSSIBLE:
        return Reply(refusal.text, ok=False)
    if refusal.why is Why.NO_STEP:
        step = request.named(op.to)
        return Reply(_no_step(request, phrases.role(step) if step else op.to), ok=False)
    if refusal.why is Why.WAITS:
        return Reply(cards.REFUSED[Why.WAITS].format(number=request.number), ok=False)
    return await guard.refused(event, person, request, refusal.why, shown)


def _not_at_this_step(request: Request, person: Person, act: Act) -> str:
    number, process = request.number, PROCESSES[request.kind]
    escalates = any(Act.ESCALATE in acts for acts in process.acts.values())
    if act is not Act.ESCALATE and request.current and added(request.current, person.id):
        return f"您是加签，请发：/同意 {number}，或 /退回 {number} 理由"
    if asked := supplement_at(request.kind, request.step):
        return f"这一步请按“{asked.form.command}”填写，或发：/{asked.form.command} {number}"
    if act is Act.REJECT and process.answers:
        return f"变更已经发生，不能“不同意”；需要改正请 /退回 {number} 理由（{ART_6_2}）。"
    if act is Act.REJECT or (not escalates and request.named(CENTRE) is None):
        return _only(request, _WORDS[act])
    if not escalates:
        return f"{number} 本来就要报全媒体中心，请直接 /同意 {number}。"
    return f"只有第一责任人能“报中心”（{ART_6_3}）。"


async def _ask_reason(event: Message | Click, person: Person, request: Request, act: Act) -> Reply:
    await drafts.expect(
        Prompt(person.id, act, request.number, request.step, request.version, event.at + PROMPT_LASTS)
    )
    called = phrases.act(act, request.current)
    return Reply(replies.need_reason(_WORDS[act], request.number, called), ok=False, title="还差理由")


async def _carry_out(
    event: Message | Click,
    person: Person,
    request: Request,
    after: Request,
    op: Decide,
    by: record.By,
    on: Op,
) -> Reply:
    """`on` is the operation that the decision was: its trail keeps it."""
    step = request.current
    assert step is not None
    await drafts.expect_no_more(person.id, request.number)
    duty = await whose.acts_on_duty(request, by.actor, by.principal, by.at)
    note = f"{cards.ON_DUTY}{op.reason}" if duty else op.reason
    await record.decided(request, op.act, by, op.reason)
    after = await casework.recorded(request, after, on, op.act.value, by, article=step.article, note=note)
    shown = event.card if isinstance(event, Click) else ""
    after = await carrying.on(request, after, op.act, event.at, shown=shown)
    word = phrases.done(op.act, step)
    told = f"{person.name} 已代您{word} {request.number}《{request.title}》。"
    await notify.principal(by.principal, told, request, event.at)
    by_when = _by_when(after, event.at) if op.to else ""
    if isinstance(event, Message):
        to = after.named(op.to) if op.to and not by_when else None
        if to:
            return Reply(cards.sent_back(request.number, phrases.role(to), op.direct, op.reason))
        more = cards.together(after.current) if after.step == request.step and after.current else ""
        return Reply(replies.decided(op.act, step, request.number, op.reason, by_when) + more)
    args = {"request": request.id, "number": request.number, "step": request.step, "version": request.version}
    return Reply(f"已{word} {request.number}{by_when}", template="approval", args=args)


def _by_when(after: Request, at: datetime) -> str:
    """By when the step is due to which it was returned, where a form or the words said so."""
    term = PROCESSES[after.kind].term(after)
    return f"，新的限期是{deadline(term, at)}前" if term else ""
