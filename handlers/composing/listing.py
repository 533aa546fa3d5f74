"""/待办 and /我的: what waits for a person, and what became of what they sent."""

from datetime import datetime

from cards import duties as cards
from cards import mine as mine_cards
from cards.card import Card
from cards.duties import Item
from handlers.duties.matter import Reading
from handlers.kinds.process import FILLINGS, PROCESSES
from handlers.letters import views
from handlers.people import rostered, standing_in
from handlers.reminders import kinds
from handlers.reminders.bundle import FAR
from handlers.reminders.deciding import decision_item
from storage import drafts, duties, people, requests
from storage.duty_records import Duty, DutyKind
from storage.records import Act, Request
from storage.steps import Verb


async def inbox(person: str, page: int, at: datetime) -> Card:
    """What this person may decide or owes, oldest due first, a page at a time; on a page by kind."""
    given = await standing_in.proxies_of(person, at)
    found = await requests.waiting_for(person, given, page * cards.PAGE)
    owed = await _owed(person, at)
    lines: list[tuple[datetime, Request | Item]] = [(request.due_at or FAR, request) for request in found]
    lines += [(duty.due_at or FAR, item) for duty, item in owed]
    shown = sorted(lines, key=lambda line: line[0])[(page - 1) * cards.PAGE : page * cards.PAGE]
    order = list(dict.fromkeys(_kind(line) for _, line in shown))
    shown.sort(key=lambda line: order.index(_kind(line[1])))
    items = [
        line if isinstance(line, Item) else decision_item(await views.load(line, person, at))
        for _, line in shown
    ]
    together = [line.id for _, line in shown if isinstance(line, Request) and _passes(line)]
    counted = await requests.waiting_by_kind(person, given)
    groups = {FILLINGS[kind].form.command: n for kind, n in counted.items()} | (
        {"提醒": len(owed)} if owed else {}
    )
    return cards.inbox(items, groups, page, together, await _turns(person, at))


_FINDINGS = (Verb.VERIFY, Verb.ACCEPT_CASE, Verb.INSPECT)
"""What finds something of somebody is looked at one by one: nobody agrees to 立案 or 属实 in passing."""


def _passes(line: Request) -> bool:
    """Whether its step is passed by a press; what asks for answers is filled in one by one."""
    finds = line.current is not None and line.current.verb in _FINDINGS
    return not finds and Act.APPROVE in PROCESSES[line.kind].acts.get(line.step, ())


def _kind(line: Request | Item) -> str:
    """What a line is of: a request's kind, or something owed."""
    return line.kind if isinstance(line, Request) else ""


async def _turns(person: str, at: datetime) -> list[str]:
    """Who is on duty now, of those who take steps of this person's, and whether they are themselves."""
    turns = await rostered.concerning(person, at)
    known = await people.several([turn.person for turn in turns])
    units = {unit.code: unit.name for unit in await people.all_units()} if turns else {}
    return [
        cards.on_duty(
            known[turn.person].name if turn.person != person else "", units[turn.unit], turn.ends_at, at
        )
        for turn in turns
        if turn.unit in units
    ]


async def _owed(person: str, at: datetime) -> list[tuple[Duty, Item]]:
    """The duties of which this person was told and which are still theirs."""
    found = []
    told = await duties.told_to(person)
    back = {duty.request for duty in told if duty.kind is DutyKind.REVISE and duty.person == person}
    for duty in told:
        if duty.kind is DutyKind.CHANGE and duty.request in back:
            continue  # its filing came back: the revision is listed
        matter = await kinds.MATTERS[duty.kind].load(duty, at)
        item = await matter.item(Reading(person, at)) if matter and matter.LISTED else None
        if item:
            found.append((duty, item))
    return found


async def mine(person: str, page: int, at: datetime) -> Card:
    """What this person asked for, newest first, a page at a time."""
    found = await requests.sent_by(person, mine_cards.PAGE, (page - 1) * mine_cards.PAGE)
    shown = [await views.load(request, person, at) for request in found]
    waiting = [FILLINGS[draft.kind].form for draft in await drafts.open_of(person)]
    return mine_cards.mine(shown, await requests.count_sent_by(person), page, waiting)
