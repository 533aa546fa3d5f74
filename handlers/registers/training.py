"""/培训: trainings of one's unit and of the centre, one's own record, a year, or a new one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import notices
from cards import training as cards
from cards.card import Card
from cards.form_training import TRAINING
from handlers.commands import Line, number_in
from handlers.events import Message, Reply
from handlers.ledger import systems as systems_of
from handlers.ledger.lessons import lessons
from handlers.people import whose
from handlers.processes.training import TEMPLATE
from handlers.registers import meeting, systems
from handlers.registers.paging import asked
from handlers.rules import quiz
from handlers.rules import training as rules
from handlers.rules.permits import serves
from storage import people, registers, requests, trainings
from storage.records import Person, Request, State, UnitKind

LIST = "trainings"
MINE, CASES = "我的", "案例"


async def command(event: Message, person: Person, line: Line) -> Reply | None:
    """`/培训` those of one's unit and of the centre, `我的` one's own record, `案例` lessons of closed
    cases, `编号` one, `年` a year's account; None where one is to be held."""
    if line.body:
        return None
    number, rest = number_in(line.words)
    found = await requests.get(number) if number and not rest else None
    if found and found.kind == TRAINING.kind:
        return Reply(template=TEMPLATE, args={"request": found.id})
    if number and not rest:
        return Reply(f"没有 {number} 这项培训。看本单位和中心的请发 /培训", ok=False)
    words, page = asked(line.words)
    if words.removesuffix("年").isdigit() and len(words.removesuffix("年")) == 4:
        return await systems.command(event, person, line)
    if words not in ("", MINE, CASES):
        return None
    if not words and not await _near(person) and serves(person, event.at):
        return None
    return Reply(template=LIST, args={"words": words, "page": page})


async def _near(person: Person) -> list[Request]:
    """Those of one's unit and of the centre, the latest first."""
    centres = [unit.code for unit in await people.units_of(UnitKind.MEDIA_CENTER)]
    units = {await whose.managing_unit(person.unit), *centres}
    found = await registers.of_units(TRAINING.kind, units)
    return sorted(found, key=lambda one: (one.form["held_on"], one.id), reverse=True)


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card:
    person = await people.get(reader)
    if person is None:
        return notices.refused("没有您的登记。")
    words, page = str(args["words"]), int(args.get("page", 1))
    if words == MINE:
        return await _own(person, page)
    if words == CASES:
        return await _lessons(person, page, at)
    known = await trainings.counted()
    lines = []
    for one in await _near(person):
        there = sum(count for (request, _), count in known.items() if request == one.id)
        lines.append(f"{_line(one)}（签到 {there} 人）")
    new = TRAINING.kind if serves(person, at) else ""
    note = f"看一项发 /培训 编号，自己的发 /培训 {MINE}。"
    return cards.listed("培训", "/培训", lines, page, new=new, note=note)


async def _own(person: Person, page: int) -> Card:
    """One's own record of this and earlier years, which nobody else sees."""
    lines, long = [], 0.0
    for one in await trainings.of_person(person.id):
        request = await requests.by_id(one.request)
        if request is None or request.state is not State.RECORDED:
            continue
        questions = meeting.questions(request)
        done = questions and len(one.answers) >= len(questions)
        score = f"，测验 {quiz.right(questions, one.answers)}/{len(questions)}" if done else ""
        lines.append(f"{_line(request)}，{meeting.signed(one)} 签到{score}")
        long += rules.long(request.form)
    note = f"共 {long:g} 学时。只有您自己看到。"
    return cards.listed("我参加的培训", f"/培训 {MINE}", lines, page, new="", note=note)


async def _lessons(person: Person, page: int, at: datetime) -> Card:
    """For those who hold trainings: of closed cases what can be told of nobody."""
    if not await systems_of.keeps(person, await whose.managing_unit(person.unit), at):
        return notices.refused("案例由第一责任人、媒体运营负责人、内勤和全媒体中心查看（第七条）。")
    known = [f"案例 {place}：{said}" for place, said in enumerate(await lessons(at), 1)]
    return cards.lessons(known, page)


def _line(request: Request) -> str:
    """ZD-2026-0003 2026-12-03 14:00 警示教育 新媒体运营"""
    form = request.form
    when = f"{form.get('held_on', '')} {form.get('starts') or ''}".strip()
    return f"{request.number} {when} {form.get('kind', '')} {form.get('title', '')}"
