"""/提醒 and the buttons of a duty's card: open it, start what it asks, put it off, see who was told."""

from datetime import datetime

from cards import duties as cards
from cards.times import when
from handlers import workyear
from handlers.commands import Line
from handlers.digits import whole_number
from handlers.drafts import revising
from handlers.drafts.change_draft import open_change_draft
from handlers.events import Click, Message, Reply
from handlers.letters import notify
from handlers.reminders.change import Change
from handlers.reminders.kinds import CARDED, MATTERS
from handlers.rules import ladder
from handlers.rules.permits import in_service
from storage import duties, people, requests, told
from storage.duty_records import Duty, DutyKind
from storage.records import Person, Request, State

USAGE = "请写明编号，例如：/提醒 12，/提醒 12 办，/提醒 12 推迟，/提醒 12 谁。编号在提醒卡片上。"
NONE = "没有这项提醒，或它与您无关。发 /待办 看您的事项。"
DONE = "这项已经办结，不再提醒。"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/提醒 编号 [办、推迟、谁]`."""
    words = line.split()
    if not words or whole_number(words[0]) is None:
        return Reply(USAGE, ok=False)
    duty = await _of(words[0], person)
    if duty is None:
        return Reply(NONE, ok=False)
    match words[1:2]:
        case ["办"]:
            return await _start(event, person, duty)
        case ["推迟"]:
            return await _put_off(person, duty, event.at)
        case ["谁"]:
            return Reply(await _who(duty, event.at))
        case []:
            return await _whole(person, duty, event.at)
        case _:
            return Reply(USAGE, ok=False)


async def opened(event: Click, person: Person) -> Reply:
    """办, 看 in a digest or in /待办: the whole card, fresh."""
    duty = await _of(event.ref, person)
    if duty is None:
        return Reply(NONE, ok=False)
    reply = await _whole(person, duty, event.at)
    if not reply.template:
        return reply
    of = {"of": event.step} if event.step else {}
    await notify.answer(event, person, reply.template, {**reply.args, **of})
    return Reply("已打开，请看新卡片。")


async def start_change(event: Click, person: Person) -> Reply:
    """发起变更: the filing's draft, filled in, as a message of its own."""
    duty = await _of(event.ref, person)
    if duty is None:
        return Reply(NONE, ok=False)
    reply = await _start(event, person, duty)
    if not reply.ok or not reply.template:
        return reply
    await notify.answer(event, person, reply.template, reply.args)
    return Reply("变更备案已打开，请看新卡片。")


async def snooze(event: Click, person: Person) -> Reply:
    """明天再提醒: the others are reminded all the same."""
    duty = await _of(event.ref, person)
    return await _put_off(person, duty, event.at) if duty else Reply(NONE, ok=False)


async def who_told(event: Click, person: Person) -> Reply:
    """还通知了谁: names and times, as a message of its own."""
    duty = await _of(event.ref, person)
    if duty is None:
        return Reply(NONE, ok=False)
    args = {"title": "还通知了谁", "text": await _who(duty, event.at)}
    await notify.answer(event, person, "say", args)
    return Reply("名单已发到对话里。")


async def _of(number: str, person: Person) -> Duty | None:
    """The duty of that number, if this person owes it or was told of it."""
    key = whole_number(number)
    duty = await duties.get(key) if key is not None else None
    if duty is None or not (duty.person == person.id or await told.heard(duty.id, person.id)):
        return None
    return duty


_WHOLE = {DutyKind.RECEIPT: "receipt_due", DutyKind.REVISE: "status"}
"""What an applicant is shown of what they owe."""


async def _whole(person: Person, duty: Duty, at: datetime) -> Reply:
    if not duty.open:
        return Reply(DONE)
    if duty.kind in CARDED:
        return Reply(template="duty", args={"duty": duty.id})
    matter = await MATTERS[duty.kind].load(duty, at)
    if matter is None or matter.request is None:
        return Reply(DONE) if matter is None else Reply(template="unfinished", args={"reminder": True})
    args = {"request": matter.request.id, "number": matter.request.number}
    own = duty.person == person.id
    return Reply(template=_WHOLE.get(duty.kind, "show") if own else "show", args=args)


async def _start(event: Message | Click, person: Person, duty: Duty) -> Reply:
    if duty.kind is DutyKind.REVISE and duty.person == person.id:
        return await _revise(event, person, duty.request)
    if duty.kind is not DutyKind.CHANGE:
        return Reply("这项提醒没有要发起的流程。", ok=False)
    matter = await Change.shown(duty)
    if matter is None or not duty.open:
        return Reply(DONE, ok=False)
    if matter.filing and (matter.rests or await _revised_by_its_own(matter.filing, event.at)):
        return await _filed(event, person, matter.filing)
    if person.id not in await matter.starters(event.at):
        names = "、".join((await _names(await matter.starters(event.at))).values())
        return Reply(f"请由 {names or '本单位'} 发起（第六条（二））。", ok=False)
    detail = duty.detail or {}
    return await open_change_draft(
        person, duty.medium, str(detail["item"]), duty.changed_on, event, leaver=str(detail["person"])
    )


async def _filed(event: Message | Click, person: Person, filing: Request) -> Reply:
    """What is being filed is not begun a second time: it is revised where it came back."""
    if filing.state is not State.RETURNED:
        return Reply(f"已发起备案 {filing.number}，正在审批。看进度请发：/查询 {filing.number}", ok=False)
    if filing.applicant == person.id:
        return await _revise(event, person, filing.id)
    known = await people.get(filing.applicant)
    who = known.name if known else filing.applicant
    return Reply(f"备案 {filing.number} 已被退回，请由 {who} 修改后重报（第六条（二））。", ok=False)


async def _revised_by_its_own(filing: Request, at: datetime) -> bool:
    """Whether a filing came back to somebody in service; a leaver's is begun anew by another."""
    applicant = await people.get(filing.applicant)
    return filing.state is State.RETURNED and applicant is not None and in_service(applicant, at)


async def _revise(event: Message | Click, person: Person, request: int | None) -> Reply:
    found = await requests.by_id(request or 0)
    return await revising.revision(event, person, found) if found else Reply(NONE, ok=False)


async def _put_off(person: Person, duty: Duty, at: datetime) -> Reply:
    if not duty.open:
        return Reply(DONE, ok=False)
    matter = await Change.shown(duty) if duty.kind is DutyKind.CHANGE else None
    if matter and matter.filing and matter.rests:
        return Reply(f"已发起备案 {matter.filing.number}，审批期间不再提醒，不用推迟。", ok=False)
    until = ladder.put_off(at, await workyear.current())
    await told.put_off(duty.id, person.id, until)
    await duties.sooner(duty.id, until)
    return Reply(f"好的，{when(until, at)} 再提醒您；其他人的提醒不变。")


async def _who(duty: Duty, at: datetime) -> str:
    listed = await told.of(duty.id)
    names = await _names({one.person for one in listed})
    return cards.who_was_told([(names.get(one.person, one.person), one.at) for one in listed], at)


async def _names(ids: set[str]) -> dict[str, str]:
    return {person.id: person.name for person in (await people.several(sorted(ids))).values()}
