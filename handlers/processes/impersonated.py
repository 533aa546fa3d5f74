"""The unit whose name an account uses: who speaks for it, what it is told, and the statement it may make."""

from collections.abc import Collection
from datetime import datetime

from cards import statement as cards
from cards.form_impersonation import IMPERSONATION, SCHOOL
from cards.processes.impersonation import CLOSING, account
from handlers.commands import Line, number_in
from handlers.events import Message, Reply
from handlers.ledger import own_media
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.articles import ART_11
from handlers.rules.joined import reporters
from handlers.rules.permits import SHANGHAI
from storage import people, requests
from storage.records import MediumState, Person, Request, State
from storage.steps import Step, StepRole, Verb


async def speakers(request: Request, at: datetime) -> Collection[str]:
    """The first-responsible person of the unit, or who stands in; nobody where the school itself is meant,
    and nobody who reported it."""
    unit = str(request.form.get("unit") or "")
    if not unit or request.form.get("target") == SCHOOL:
        return ()
    step = Step("unit", StepRole.FIRST_RESPONSIBLE, Verb.VERIFY, ART_11, unit=unit)
    found = await whose.owners(step, whose.applicant_of(request), at)
    return [one for one in found if one not in reporters(request.applicant, request.form)]


async def tell_unit(request: Request, what: str, at: datetime) -> None:
    """What became of it, to whoever speaks for the unit."""
    text = f"{request.number} {account(request.form)}：{what}（{ART_11}）。"
    await notify.words(await speakers(request, at), "冒用上报", text, at, request=request)


async def upheld(request: Request, at: datetime) -> Request:
    """Found true: the unit is told, and the centre has the draft of a statement."""
    await tell_unit(request, "经全媒体中心核实属实，正在处置", at)
    step = request.current
    assert step is not None, "an upheld report waits to be closed"
    holders = await whose.holders(step, whose.applicant_of(request), at)
    await notify.words(holders, "声明草稿", await statement(request, at), at, request=request)
    return request


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/声明 编号`: the draft of a statement on an account that was found to be no official one."""
    number, _ = number_in(line.text)
    request = await requests.get(number) if number else None
    if request is None or request.kind != IMPERSONATION.kind:
        return Reply("请写明冒用上报的编号，例如：/声明 MY-2026-0001", ok=False, title="还差编号")
    if not await whose.of_centre(person, event.at):
        return Reply(f"声明草稿由全媒体中心取用（{ART_11}）。", ok=False)
    if request.step != CLOSING and request.state is not State.RECORDED:
        return Reply(f"{number} 还没有核实属实，没有声明草稿。", ok=False)
    args = {"title": "声明草稿", "text": await statement(request, event.at)}
    return Reply(template="say", args=args)


async def statement(request: Request, at: datetime) -> str:
    """A draft as plain text, with the accounts that the unit has on the books."""
    unit = await people.unit(request.unit)
    known = await own_media.own_media(request.unit)
    running = [medium for medium in known if medium.state in (MediumState.ACTIVE, MediumState.PAUSED)]
    name = "哈尔滨工业大学" if request.form.get("target") == SCHOOL or unit is None else unit.name
    text = cards.draft(request.form, name, running, at.astimezone(SHANGHAI).date())
    return cards.told(request.number, text)
