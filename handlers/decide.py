"""A decision on the open step: 同意, 审查通过, 同意并报中心, 退回, 不同意, 不宜公开."""

from datetime import datetime, timedelta

from cards import phrases, replies
from cards.times import when
from cards.wecom import UNCHOSEN
from handlers import holding, notify, progress, whose, workyear
from handlers.commands import Line, gives_up, number_in
from handlers.events import Click, Message, Reply
from handlers.processes import PROCESSES
from handlers.rules import lifecycle
from handlers.rules.articles import ART_6_2, ART_6_3
from storage import drafts, people, requests
from storage.promises import Prompt
from storage.records import Act, Draft, Kind, Person, Request

PROMPT_LASTS = timedelta(minutes=10)
TOO_LATE = timedelta(hours=1)
"""How long after that a line may still have been meant as the reason."""

REASON_LIMIT = 500
_PASSING = (Act.APPROVE, Act.ESCALATE)
"""Decisions that let a request go on, which must still be possible then."""

_WORDS = {Act.APPROVE: "同意", Act.RETURN: "退回", Act.REJECT: "不同意", Act.ESCALATE: "报中心"}


async def command(event: Message, person: Person, line: Line, act: Act) -> Reply:
    """`/同意 编号 [意见]` and its like: the same as the button, whatever the step calls it."""
    number, reason = number_in(line.text)
    if not number:
        example = "" if act is Act.APPROVE else " 理由"
        return Reply(
            f"请写明编号，例如：/{_WORDS[act]} FB-2026-0001{example}。发 /待办 看编号。",
            ok=False,
            title="还差编号",
        )
    request = await requests.hold(number)
    if request is None:
        return Reply(f"没有 {number} 这件申请。发 /待办 看您要办的事项。", ok=False)
    return await _decide(event, person, request, act, reason)


async def click(event: Click, person: Person) -> Reply:
    """A decision button: the card must show the step and version that wait now."""
    request = await requests.hold(event.ref)
    if request is None:
        return Reply("没有这件申请。", ok=False)
    if (event.step, event.version) != (request.step, request.version) or request.current is None:
        return Reply(await _true_state(request, event.step, event.version, person, event), ok=False)
    return await _decide(event, person, request, Act(event.act), reason_of(event, request.kind))


async def prompted(event: Message, person: Person, prompt: Prompt) -> Reply:
    """The plain line after a button that needed a reason: the reason, a change of mind, or too late."""
    await drafts.expect_no_more(person.id, prompt.number)
    request = await requests.hold(prompt.number)
    if request is None:
        return Reply("没有这件申请。", ok=False)
    if (prompt.step, prompt.version) != (request.step, request.version):
        return Reply(await _true_state(request, prompt.step, prompt.version, person, event), ok=False)
    typed, word = event.text.strip(), _WORDS[prompt.act]
    if gives_up(typed):
        return Reply(replies.reason_given_up(word, request.number))
    if prompt.expires_at < event.at:
        return Reply(replies.reason_too_late(word, request.number, typed), ok=False)
    return await _decide(event, person, request, prompt.act, typed)


def is_over(prompt: Prompt, draft: Draft, at: datetime) -> bool:
    """Whether a line is meant for the draft: touched since the reason was asked for, and that is past."""
    return prompt.expires_at < at and draft.updated_at > prompt.expires_at - PROMPT_LASTS


def reason_of(event: Click, kind: Kind) -> str:
    """What was typed, or the reason that was chosen on a card without an input."""
    given = event.fields.get("reason", "")
    text = given if isinstance(given, str) else "".join(given)
    choices = {f"r{n}": reason for n, reason in enumerate(phrases.RETURN_REASONS[kind], 1)}
    if text in choices or text == UNCHOSEN:
        needed = Act(event.act) in lifecycle.NEED_REASON
        return choices.get(text, "") if needed else ""
    return text.strip()


async def _true_state(
    request: Request, step: int, version: int, person: Person, event: Message | Click
) -> str:
    """What became of the step somebody wanted to decide."""
    for decision in reversed(await requests.decisions(request.id)):
        if (decision.step, decision.version) == (step, version):
            actor = await people.get(decision.actor)
            who = "您" if decision.actor == person.id else actor.name if actor else decision.actor
            chain = await requests.chain_of(request.id, version)
            word = phrases.done(decision.act, chain[step] if step < len(chain) else None)
            return f"{who}已于{when(decision.at, event.at)}{word}，不需要再办。"
    if version != request.version:
        return "申请人已修改重报，请看新的卡片。"
    return f"{request.number} {phrases.STATES[request.state]}，不需要再办。"


async def _decide(event: Message | Click, person: Person, request: Request, act: Act, reason: str) -> Reply:
    step = request.current
    if step is None:
        return Reply(await _true_state(request, request.step - 1, request.version, person, event), ok=False)
    holders = await whose.holders(step, whose.applicant_of(request), event.at)
    if refusal := await holding.refusal(person, request, holders, event.at):
        return Reply(refusal, ok=False)
    if not lifecycle.allows(request, act):
        return Reply(_not_at_this_step(request, act), ok=False)
    if len(reason) > REASON_LIMIT:
        return Reply(f"理由最多 {REASON_LIMIT} 字，现在 {len(reason)} 字。", ok=False)
    if act in lifecycle.NEED_REASON and not reason:
        return await _ask_reason(event, person, request, act)
    return await _carry_out(event, person, request, act, reason, holders[person.id])


def _not_at_this_step(request: Request, act: Act) -> str:
    if act is Act.REJECT:
        return f"变更已经发生，不能“不同意”；需要改正请 /退回 {request.number} 理由（{ART_6_2}）。"
    if request.kind is not Kind.PUBLISH:
        return f"{request.number} 本来就要报全媒体中心，请直接 /同意 {request.number}。"
    return f"只有第一责任人能“报中心”（{ART_6_3}）。"


async def _ask_reason(event: Message | Click, person: Person, request: Request, act: Act) -> Reply:
    await drafts.expect(
        Prompt(person.id, act, request.number, request.step, request.version, event.at + PROMPT_LASTS)
    )
    return Reply(replies.need_reason(_WORDS[act], request.number), ok=False, title="还差理由")


async def _carry_out(
    event: Message | Click, person: Person, request: Request, act: Act, reason: str, principal: str
) -> Reply:
    after = lifecycle.advance(request, act, event.at, await workyear.current(), reason)
    if act in _PASSING and (why := await PROCESSES[after.kind].obstacle(request, event.at)):
        return Reply(why, ok=False)
    passes = after.state is lifecycle.FINAL[after.kind]
    await drafts.expect_no_more(person.id, request.number)
    by = progress.By.event(event, person.id, principal)
    after = await progress.decided(request, after, act, by, reason)
    if passes:
        after = await PROCESSES[after.kind].concluded(after, event.at)
        await requests.amend(after)
    else:
        await requests.save(after)
    shown = event.card if isinstance(event, Click) else ""
    await progress.settle(after, event.at, shown=shown, tell=True)
    word = phrases.done(act, request.current)
    told = f"{person.name} 已代您{word} {request.number}《{request.title}》。"
    await notify.principal(principal, told, request, event.at)
    if isinstance(event, Message):
        return Reply(replies.decided(act, request.current, request.number, reason))
    args = {"request": request.id, "number": request.number, "step": request.step, "version": request.version}
    return Reply(f"已{word} {request.number}", template="approval", args=args)
