"""/值班: who takes the urgent steps of a unit at nights and on days off."""

from datetime import datetime

from cards.times import deadline, when
from handlers.cases import record
from handlers.commands import Line
from handlers.events import Message, Reply
from handlers.letters import notify
from handlers.people import arranging, rostered
from handlers.people.naming_one import the_one
from handlers.rules.articles import ART_5_2
from handlers.rules.names import name_first
from handlers.typed.moments import Wrong
from handlers.typed.spans import bounds
from storage import on_call, people
from storage.held import held
from storage.on_call import OnCall
from storage.records import Person, Unit

FORM = "请这样写：/值班 单位 姓名或工号 12-01 12-07；取消发：/值班 单位 取消；看安排发：/值班 单位"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/值班 单位 人 起 止`, `/值班 单位 取消`, `/值班 单位`."""
    place, rest = name_first(line.words)
    units = await people.all_units()
    unit = next((one for one in units if place in (one.code, one.name)), None)
    if unit is None:
        if not place:
            return Reply(FORM, ok=False, title="还差内容")
        return Reply(f"没有找到单位“{place}”。请写单位全称或编号。", ok=False)
    if not await arranging.may_roster(person, unit.code, event.at):
        return Reply(f"{unit.name} 的值班由其第一责任人或内勤安排（{ART_5_2}）。", ok=False)
    if not rest:
        return Reply(await _roster(unit, event.at))
    if rest == "取消":
        return await _cancelled(event, person, unit)
    name, days = name_first(rest)
    found = await the_one(name, event.at, f"值班 {unit.code}", days)
    if isinstance(found, Reply):
        return found
    first, last = [*days.split(), "", ""][:2]
    if not last:
        return Reply(FORM, ok=False, title="还差内容")
    try:
        starts, ends = bounds(first, last, event.at, "值班")
    except Wrong as why:
        return Reply(f"{why}。例：/值班 {unit.name} {found.name} 12-01 12-07", ok=False)
    return await _entered(event, person, unit, found, OnCall(unit.code, found.id, starts, ends))


async def _entered(event: Message, person: Person, unit: Unit, found: Person, turn: OnCall) -> Reply:
    fit = await rostered.fit(unit.code, event.at)
    if found.id not in fit:
        known = await people.several(fit)
        able = "、".join(known[one].name for one in fit if one in known)
        named = f"可排：{able}。" if able else ""
        return Reply(f"{found.name} 不能办理 {unit.name} 的审批，不能值班（{ART_5_2}）。{named}", ok=False)
    await held(person=found.id)
    await on_call.add(turn)
    days = _days(turn, event.at)
    note = f"{found.id}，{turn.starts_at.isoformat()} 至 {turn.ends_at.isoformat()}"
    await _note(event, person, unit, "on_call", note)
    if found.id != person.id:
        text = (
            f"{person.name} 请您在 {days} 为 {unit.name} 值班：下班后和休息日的紧急、特急申请由您办理，"
            "记录会写明值班，第一责任人会收到告知。"
        )
        await notify.tell([found], "say", {"title": "值班", "text": text}, event.at)
    return Reply(f"已排值班：{unit.name}，{found.name}，{days}。只办下班后和休息日的紧急、特急申请。")


async def _cancelled(event: Message, person: Person, unit: Unit) -> Reply:
    turns = await on_call.upcoming(unit.code, event.at)
    if not turns:
        return Reply(f"{unit.name} 没有排值班。", ok=False)
    await on_call.cancel(unit.code, event.at)
    await _note(event, person, unit, "on_call_end", "")
    known = await people.several([one.person for one in turns if one.person != person.id])
    text = f"{person.name} 已取消您为 {unit.name} 的值班。"
    await notify.tell(known.values(), "say", {"title": "值班", "text": text}, event.at)
    return Reply(f"已取消 {unit.name} 的值班。")


async def _roster(unit: Unit, at: datetime) -> str:
    turns = await on_call.upcoming(unit.code, at)
    known = await people.several([one.person for one in turns])
    lines = [f"{known[one.person].name}：{_days(one, at)}" for one in turns if one.person in known]
    return "\n".join([f"{unit.name} 的值班：", *lines]) if lines else f"{unit.name} 没有排值班。{FORM}"


def _days(turn: OnCall, now: datetime) -> str:
    return f"{when(turn.starts_at, now)} 至 {deadline(turn.ends_at, now)}"


async def _note(event: Message, person: Person, unit: Unit, act: str, note: str) -> None:
    await record.noted(f"on_call:{unit.code}", act, record.By.event(event, person.id), ART_5_2, note)
