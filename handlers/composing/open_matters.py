"""/待办 全校, /待办 本单位, /待办 with a unit: what is open, by unit, for the centre and first-responsible
persons."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import notices, phrases
from cards import open_matters as cards
from cards.card import Card
from cards.duties import item_name
from cards.open_matters import OWN, SCHOOL
from cards.view import Sight
from handlers.kinds.process import PROCESSES
from handlers.letters import views
from handlers.people import whose
from handlers.reminders.change import doers
from handlers.rules.permits import Refusal, is_center
from storage import duties, media, overview, people, requests
from storage.duty_records import Duty, DutyKind
from storage.records import Medium, Person


@dataclass(frozen=True, slots=True)
class _Open:
    """A request by its number, or a duty of a change with its medium."""

    unit: str
    due_at: datetime | None
    key: int
    number: str = ""
    change: tuple[Duty, Medium] | None = None


async def card(words: str, page: int, reader: str, at: datetime) -> Card:
    """A page of what is open in the units that `words` name, which the reader may see all of."""
    found = [one for one in await _everything() if await _may_see(one, reader)]
    names = {unit.code: unit.name for unit in await people.all_units()}
    seen = await _seen(words, reader, {one.unit for one in found}, names, at)
    if isinstance(seen, Card):
        return seen
    listed = sorted(
        (one for one in found if one.unit in seen),
        key=lambda one: (names.get(one.unit, one.unit), one.due_at or at, one.key),
    )
    page = min(page, -(-len(listed) // cards.PAGE) or 1)
    shown = listed[(page - 1) * cards.PAGE : page * cards.PAGE]
    matters = [await _line(one, names.get(one.unit, one.unit), reader, at) for one in shown]
    late = sum(one.due_at is not None and one.due_at <= at for one in listed)
    return cards.card(words, f"/待办 {words}", matters, len(listed), late, page)


async def _seen(
    words: str, reader: str, units: Iterable[str], names: Mapping[str, str], at: datetime
) -> Collection[str] | Card:
    """The codes of the units that are meant; a card where there are none, or they are not for this reader."""
    if words == OWN:
        own = {unit for unit in units if await whose.responsible_for(unit, at) == reader}
        if own or await people.is_first_responsible(reader):
            return own
        return notices.refused(str(Refusal("本单位的在办由第一责任人查看。", "第六条（一）")))
    person = await people.get(reader)
    if person is None or not is_center(person):
        told = f"全校的在办由全媒体中心查看；第一责任人请发 /待办 {OWN}。"
        return notices.refused(str(Refusal(told, "第五条（一）")))
    meant = {code for code, name in names.items() if words == SCHOOL or words in name}
    return meant or notices.refused(f"没有叫“{words}”的单位。看全校请发 /待办 {SCHOOL}。")


async def _may_see(one: _Open, reader: str) -> bool:
    """Whether this reader is told of a request of a kind that is not its unit's to see."""
    kind = one.number.partition("-")[0]
    if not one.number or PROCESSES[kind].seen_by_unit:
        return True
    request, person = await requests.get(one.number), await people.get(reader)
    assert request is not None, "a request never goes"
    sight = await PROCESSES[kind].sight(request, person) if person else None
    return sight is not None and sight >= Sight.STANDING


async def _everything() -> list[_Open]:
    asked = [_Open(one.unit, one.due_at, one.id, number=one.number) for one in await overview.unfinished()]
    owed = [duty for duty in await duties.standing(DutyKind.CHANGE) if duty.reminded]
    known = {medium.no: medium for medium in await media.several(sorted({duty.medium for duty in owed}))}
    return [*asked, *[await _owed(duty, known[duty.medium]) for duty in owed if duty.medium in known]]


async def _owed(duty: Duty, medium: Medium) -> _Open:
    return _Open(await whose.managing_unit(medium.unit), duty.due_at, duty.id, change=(duty, medium))


async def _line(one: _Open, unit: str, reader: str, at: datetime) -> cards.Matter:
    if one.change:
        return await _of_change(one.change, unit, at)
    request = await requests.get(one.number)
    assert request is not None, "a request never goes"
    view = await views.load(request, reader, at)
    what = phrases.hurried(f"{request.number} {phrases.excerpt(request.title, 24)}", request)
    return cards.Matter(unit, what, cards.standing(view))


async def _of_change(change: tuple[Duty, Medium], unit: str, at: datetime) -> cards.Matter:
    duty, medium = change
    item = item_name(str((duty.detail or {}).get("item", "")))
    who = _names(await doers(medium, at))
    due = phrases.briefly(duty.due_at, at) if duty.due_at else ""
    return cards.Matter(unit, f"{medium.no} {medium.name} {item}变更待备案", cards.awaits(who, due))


def _names(persons: Sequence[Person]) -> str:
    return "、".join(person.name for person in persons) or "（暂缺）"
