"""/四权: one's own, all of a year, and that units are asked now (Article 10)."""

from cards.times import day
from handlers.commands import Line
from handlers.digits import whole_number
from handlers.drafts import supplying
from handlers.events import Click, Message, Reply
from handlers.ledger import powers as ledger
from handlers.people import whose
from handlers.processes import powers as processes
from handlers.rounds import beginning, powers
from handlers.rounds.beginning import Event, Plan
from handlers.rules.articles import ART_10
from handlers.rules.permits import SHANGHAI, is_auditor, serves
from storage import requests
from storage.records import Person, Request
from storage.rounds import POWERS

BEGIN = "发起"
TEMPLATE = "powers"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/四权` one's own; `/四权 年` all of a year, and `发起`, for the department and the centre."""
    today = event.at.astimezone(SHANGHAI).date()
    wide = await ledger.sees_all(person, event.at)
    if line.words == BEGIN:
        return await beginning.shown(event, person, ROUND, "")
    year = whole_number(line.words.strip(" 年")) or 0
    own = None if year else await _own(person, today.year)
    if own is None:
        if not wide:
            return Reply("今年没有要本单位确认的四权（主办出版物的单位每年确认一次）。", ok=False)
        return Reply(template=TEMPLATE, args={"year": year or today.year, "page": 1})
    step = own.current
    if step and person.id in await whose.owners(step, whose.applicant_of(own), event.at):
        return await supplying.begin(event, person, own, processes.CONFIRMED, line.body)
    return Reply(template="show", args={"request": own.id, "number": own.number})


async def _planned(event: Event, person: Person, _: str) -> Plan | Reply:
    """What the department or the centre may ask now, of the units that are not asked this year yet."""
    today = event.at.astimezone(SHANGHAI).date()
    wide = await ledger.sees_all(person, event.at)
    if not (wide and serves(person, event.at)) or is_auditor(person):
        return Reply(f"由党委宣传部或全媒体中心发起（{ART_10}）。", ok=False)
    plan = await powers.planned(today, person.id, event.at)
    if plan is None:
        return Reply(f"主办出版物的单位今年都已发过。看结果请发：/四权 {today.year}", ok=False)
    of, units = plan
    what = "发给主办出版物的单位，由第一责任人逐项确认四项权力"
    return Plan(of, units, what, ART_10, f"{day(of.due_on, event.at)}前确认", "")


async def _begun(event: Click, person: Person, plan: Plan) -> str:
    today = event.at.astimezone(SHANGHAI).date()
    count = await powers.begun(today, person.id, event.at, event.message or event.key)
    return f"正在发给 {count} 个单位。看结果请发：/四权 {today.year}"


ROUND = beginning.Kind(POWERS, _planned, _begun)


async def _own(person: Person, year: int) -> Request | None:
    """What waits for this person, of last year too; else what is asked of their unit this year."""
    asked = [one.request for of in (year, year - 1) for one in await ledger.of_year(of) if one.request]
    waits = [one for one in asked if one.current and person.id in await requests.holders(one.id)]
    unit = await whose.managing_unit(person.unit)
    mine = [one for one in asked if (one.unit, one.form["year"]) == (unit, str(year))]
    return next(iter((*waits, *mine)), None)
