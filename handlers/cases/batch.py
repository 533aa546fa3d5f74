"""Several requests passed at once: each by itself, on what its decider was shown, with its own outcome."""

from collections.abc import Sequence
from typing import Any

from cards import phrases
from cards.batch import ASK, BETWEEN
from handlers.cases import casework, decide
from handlers.chain.operate import Decide
from handlers.commands import Line, numbers_in
from handlers.digits import whole_number
from handlers.events import Click, Message, Reply
from storage import outbox, requests
from storage.held import held
from storage.records import Act, Person, Request
from storage.steps import StepRole

MOST = 20


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/同意 编号、编号…`; one number, or words behind it, is a decision like any other."""
    numbers, words = numbers_in(line.text)
    if len(numbers) < 2:
        return await decide.command(event, person, line, Act.APPROVE)
    if words:
        return Reply("几件一起办时不能写意见：意见请分开写在各件上。没有办理。", ok=False)
    if len(numbers) > MOST:
        return Reply(f"一次最多 {MOST} 件，现在是 {len(numbers)} 件，都没有办理。请分开发。", ok=False)
    return Reply(
        template="say", args={"title": "一起办理", "text": await _passed(event, person, numbers, line.name)}
    )


async def asked(event: Click, person: Person) -> Reply:
    """The button under a list: what would be passed is named, and asked once."""
    ids = [one for typed in event.ref.split(BETWEEN) if (one := whole_number(typed)) is not None][:MOST]
    return Reply(template=ASK, args={"ids": ids})


async def keep(event: Click, person: Person) -> Reply:
    """Asked, and not confirmed."""
    card = await outbox.get(event.card) if event.card else None
    args = card.args if card and card.person == person.id else {}
    return Reply("没有办理。", template=ASK, args={**args, "ids": [], "said": "没有办理。"})


async def sure(event: Click, person: Person) -> Reply:
    """Asked and confirmed: the list that was shown, and nothing else."""
    card = await outbox.get(event.card) if event.card else None
    if card is None or card.person != person.id or card.template != ASK:
        return Reply("没有办理：这张卡片已不能再用。请重新发 /待办。", ok=False)
    found = [await requests.by_id(one) for one in card.args["ids"]]
    text = await _passed(event, person, [one.number for one in found if one])
    args: dict[str, Any] = {**card.args, "said": text}
    return Reply("已办理，请看结果。", template=ASK, args=args)


async def _passed(event: Message | Click, person: Person, numbers: Sequence[str], word: str = "") -> str:
    """What became of each; everything that their passing writes is held before the first is passed. `word` is
    what whoever wrote called it."""
    known = [one for number in numbers if (one := await requests.get(number))]
    await held(request=[one.id for one in known])
    await casework.hold_for_passing(known)
    lines = [await _one(event, person, number, word) for number in numbers]
    return "\n".join(lines)


async def _one(event: Message | Click, person: Person, number: str, word: str) -> str:
    request = (await held(request=number)).request
    if request is None:
        return f"{number}：没有这件申请"
    if isinstance(event, Message) and (other := await decide.called_otherwise(event, person, request, word)):
        return _said(number, other)
    shown = await outbox.last_shown(person.id, request.id, event.said_at)
    mine = person.id in await requests.holders(request.id)
    if mine and (why := await _unread(request, person)):
        return f"{number}：{why}"
    return _said(number, await decide.decided(event, person, request, Decide(Act.APPROVE), shown))


def _said(number: str, reply: Reply) -> str:
    said = reply.toast.rstrip("。").removeprefix(number).removesuffix(number).strip()
    return f"{number}：{said}"


async def _unread(request: Request, person: Person) -> str:
    """A secrecy review is not passed with others unless its text was opened."""
    step = request.current
    if step is None or not (step.role is StepRole.SECRECY_REVIEWER or step.carries_review):
        return ""
    if await outbox.was_sent(person.id, request.id, "full", request.step_since):
        return ""
    return f"{phrases.role(step)}须先看正文（按“查看”），没有办理"
