"""/签到 and /补签: a code in the meeting, one tap, for oneself; afterwards its organiser, with a reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cards import training as cards
from cards.card import Card
from cards.form_training import TRAINING
from handlers.cases import record
from handlers.commands import Line, number_in
from handlers.events import Click, Message, Reply
from handlers.letters import notify
from handlers.people import whose
from handlers.people.naming_one import first_named
from handlers.processes.training import TEMPLATE
from handlers.registers import meeting
from handlers.rules import training as rules
from handlers.rules.articles import ART_7
from handlers.rules.permits import SHANGHAI
from handlers.rules.text import plain
from storage import marks, people, requests, trainings
from storage.records import Person, Request, State
from storage.trainings import DIGITS, Attendance

CODE, SIGNING = "sign_code", "signing"
"""Templates of the code and of the card that asks for the tap."""

LATE_USAGE = "/补签 编号 姓名 理由"
TRIES, WITHIN = 5, timedelta(minutes=10)
"""Wrong codes that somebody may send so soon: codes are read in the meeting, and not guessed."""

_MARK = "signing:"
_GONE = "没有这个签到码，或者它已经换了。请看会场上最新的码。"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/签到 码`: what one is about to sign, with the button that does it."""
    digits = "".join(plain(line.words).split())
    if not (digits.isascii() and digits.isdigit()):
        return Reply(f"请发会场上显示的 {DIGITS} 位签到码，例如：/签到 123456", ok=False, title="还差签到码")
    tried = await _tried(person, event.at)
    if len(tried) >= TRIES:
        return Reply("签到码错得太多了，请 10 分钟后再试，或请组织者补签。", ok=False)
    found = await trainings.by_code(digits, event.at)
    if found is None:
        await marks.put(_MARK + person.id, [one.timestamp() for one in (*tried, event.at)], event.at)
        return Reply(_GONE, ok=False)
    return Reply(template=SIGNING, args={"request": found.request, "code": digits})


async def _tried(person: Person, at: datetime) -> list[datetime]:
    known = await marks.get(_MARK + person.id)
    tried = [datetime.fromtimestamp(one, UTC) for one in known.value] if known else []
    return [one for one in tried if at - one < WITHIN]


async def forget(at: datetime) -> None:
    """Who sent wrong codes is forgotten."""
    for mark in await marks.named(_MARK):
        if at - mark.at >= WITHIN:
            await marks.drop(mark)


async def sign(event: Click, person: Person) -> Reply:
    """签到: the code is looked at again at this moment."""
    request = await requests.get(event.ref)
    if request is None or request.kind != TRAINING.kind:
        return Reply("没有这个培训。", ok=False)
    args = {"request": request.id, "code": event.step}
    if await trainings.get(request.id, person.id):
        return Reply("您已签到。", template=SIGNING, args=args)
    found = await trainings.by_code(event.step, event.at)
    if found is None or found.request != request.id or request.state is not State.RECORDED:
        return Reply(_GONE, ok=False)
    await trainings.sign(await _there(request, person, event.at))
    return Reply("签到成功。", template=SIGNING, args=args)


async def _there(request: Request, person: Person, at: datetime) -> Attendance:
    return Attendance(request.id, person.id, await whose.managing_unit(person.unit), at)


async def show(event: Click, person: Person) -> Reply:
    """显示签到码, 换签到码: a fresh one, no longer good than the meeting."""
    request = await requests.get(event.ref)
    if request is None or request.kind != TRAINING.kind:
        return Reply("没有这个培训。", ok=False)
    if not (await meeting.of(request, person, event.at)).runs:
        opens, closes = (one.astimezone(SHANGHAI) for one in rules.window(request.form))
        return Reply(f"签到码由组织者在 {opens:%m-%d %H:%M} 到 {closes:%m-%d %H:%M} 之间显示。", ok=False)
    until = min(event.at + rules.CODE_LASTS, rules.window(request.form)[1])
    await trainings.show_code(request.id, until, event.at)
    return Reply(template=CODE, args={"request": request.id})


async def opened(event: Click, person: Person) -> Reply:
    """看签到: the page of the training in the card's place."""
    request = await requests.get(event.ref)
    return (
        Reply(template=TEMPLATE, args={"request": request.id})
        if request
        else Reply("没有这个培训。", ok=False)
    )


async def code_card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """The code that is good at this moment, for who holds the training."""
    request, person = await requests.by_id(int(args["request"])), await people.get(reader)
    if request is None or person is None or not await meeting.organises(person, request, at):
        return None
    shown, found = await meeting.of(request, person, at), await trainings.code_of(request.id)
    if found is None or found.until <= at:
        return cards.code(shown, "", "")
    return cards.code(shown, found.code, f"{found.until.astimezone(SHANGHAI):%H:%M}")


async def signing_card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    request, person = await requests.by_id(int(args["request"])), await people.get(reader)
    if request is None or person is None:
        return None
    return cards.signing(await meeting.of(request, person, at), person.name, str(args["code"]))


async def late(event: Message, person: Person, line: Line) -> Reply:
    """`/补签 编号 姓名 理由`: its organiser enters who was there; they are told, and the trail says so."""
    number, rest = number_in(line.words)
    request = await requests.get(number) if number else None
    if request is None or request.kind != TRAINING.kind:
        return Reply(f"请这样写：{LATE_USAGE}", ok=False, title="还差编号")
    if not await meeting.organises(person, request, event.at) or request.state is not State.RECORDED:
        return Reply("补签由培训的组织者办理。", ok=False)
    if not rules.window(request.form)[0] <= event.at < rules.late_until(request.form):
        return Reply(f"培训开始后、结束后 {rules.LATE.days} 天内可以补签。", ok=False)
    who, reason = await first_named(rest, event.at, f"补签 {number}")
    if isinstance(who, Reply):
        return who
    if not reason.strip():
        return Reply(f"请写明理由：/补签 {number} {who.name} 理由", ok=False, title="还差理由")
    return await _entered(event, person, request, who, reason.strip()[: record.LONGEST])


async def _entered(event: Message, person: Person, request: Request, who: Person, reason: str) -> Reply:
    there = replace(await _there(request, who, event.at), entered_by=person.id)
    if not await trainings.sign(there):
        return Reply(f"{who.name} 已经签到，不用补签。", ok=False)
    by = record.By.event(event, person.id)
    await record.noted(
        f"training:{request.number}", "signed_late", by, ART_7, note=f"补签 {who.id}：{reason}"
    )
    told = f"{person.name} 为您补签了 {request.number}《{request.title}》：{reason.rstrip('。')}。"
    text = f"{told}您没有参加的，请告诉组织者或全媒体中心。"
    await notify.words((who.id,), "已补签", text, event.at, request=request, but=person.id)
    return Reply(f"已为 {who.name} 补签，并告诉了本人。")
