"""/版权 and the like: what a unit has on a register, for its staff; of all units, for the centre."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from cards import notices
from cards import registers as cards
from cards.card import Card
from cards.form_authorisation import AUTHORISE
from cards.form_licence import LICENCE
from cards.processes import authorisation, licence
from cards.registers import PAGE, SCHOOL
from handlers.commands import Line
from handlers.events import Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.people import whose
from handlers.registers.paging import asked
from handlers.rules.permits import SHANGHAI, serves
from storage import people, registers
from storage.records import Person, Request

TEMPLATE = "register"
LINES: Mapping[str, Callable[[Request, date], str]] = {
    LICENCE.kind: licence.line,
    AUTHORISE.kind: authorisation.line,
}
"""How an entry reads among others, by the kind of the register."""


async def command(event: Message, person: Person, line: Line, kind: str) -> Reply | None:
    """Alone, what one's unit has there, if anything; 全校 or the name of a unit, what they have; None where
    something is to be put there."""
    if line.body or not serves(person, event.at):
        return None
    words, page = asked(line.words)
    if words and words != SCHOOL and not await people.units_called(words):
        return None
    own = await whose.managing_unit(person.unit)
    if not words and not await registers.of_units(kind, [own]):
        return None
    return Reply(template=TEMPLATE, args={"kind": kind, "words": words, "page": page})


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card:
    """Made from what stands there when it is read."""
    kind, words, page = str(args["kind"]), str(args["words"]), int(args.get("page", 1))
    form, person = PROCESSES[kind].form, await people.get(reader)
    if person is None or not serves(person, at):
        return notices.refused(f"{form.title}由教职工查看（{form.article}）。")
    units = [await whose.managing_unit(person.unit)]
    if words:
        named = await people.all_units() if words == SCHOOL else await people.units_called(words)
        wanted = [unit.code for unit in named]
        if not await whose.of_centre(person, at) and wanted != units:
            return notices.refused(f"其他单位的{form.title}由全媒体中心查看（{form.article}）。")
        units = wanted
    found = await registers.of_units(kind, units)
    names = {unit.code: unit.name for unit in await people.all_units()}
    today = at.astimezone(SHANGHAI).date()
    lines = [
        f"{one.number} {f'{names[one.unit]} ' if words else ''}{LINES[kind](one, today)}"
        for one in found[(page - 1) * PAGE : page * PAGE]
    ]
    title, command = f"{words or '本单位'}的{form.title}", f"/{form.command} {words}".strip()
    return cards.listed(title, command, lines, len(found), page, new=kind)
