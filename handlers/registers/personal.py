"""/个人账号: one's own accounts, those of one's unit for its first-responsible person, all for the centre."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from cards import notices
from cards import registers as cards
from cards.card import Card
from cards.form_personal import PERSONAL
from cards.processes.personal import SEEN
from cards.registers import OWN, PAGE, SCHOOL
from handlers.commands import Line
from handlers.events import Message, Reply
from handlers.people import whose
from handlers.registers.paging import asked
from handlers.rules.articles import ART_5_2
from handlers.rules.permits import Refusal
from handlers.rules.posts import led_by
from storage import people, registers
from storage.records import Person, Unit

TEMPLATE = "personal"


async def command(event: Message, person: Person, line: Line) -> Reply | None:
    """`/个人账号` lists one's own where there are some, `本单位` and `全校` those of others; None where an
    account is to be registered."""
    if line.body:
        return None
    words, page = asked(line.words)
    if words in (OWN, SCHOOL) or (words and await _units(words)):
        return Reply(template=TEMPLATE, args={"words": words, "page": page})
    mine = not words and await registers.of_applicant(PERSONAL.kind, person.id)
    return Reply(template=TEMPLATE, args={"words": ""}) if mine else None


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card:
    """Made from what stands there when it is read, for those alone who may see it."""
    words, page = str(args["words"]), int(args.get("page", 1))
    if not words:
        return cards.own(PERSONAL, await registers.of_applicant(PERSONAL.kind, reader), f"{SEEN}。")
    person = await people.get(reader)
    if words == OWN:
        units: Collection[str] = led_by(reader, await people.all_units())
        refused = "本单位的个人账号由第一责任人查看。" if not units else ""
    else:
        units = [unit.code for unit in await _units(words)]
        centre = person is not None and await whose.of_centre(person, at)
        refused = "" if centre else "全校的个人账号由全媒体中心查看。"
    if refused:
        return notices.refused(str(Refusal(refused, ART_5_2)))
    found = await registers.of_people_in(PERSONAL.kind, units)
    shown = found[(page - 1) * PAGE : page * PAGE]
    known = await people.several([one.applicant for one in shown])
    lines = [
        f"{one.number} {known[one.applicant].name} {one.title}（粉丝 {one.form.get('fans', '')}）"
        for one in shown
    ]
    return cards.listed(f"{words}的个人账号", f"/个人账号 {words}", lines, len(found), page)


async def _units(words: str) -> Sequence[Unit]:
    """The units that are meant: all, or the one of that name."""
    return await people.all_units() if words == SCHOOL else await people.units_called(words)
