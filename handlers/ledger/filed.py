"""What recorded changes (变更) have made of the books: no import of an older table undoes it unsaid."""

from datetime import datetime
from itertools import groupby
from typing import Any

from handlers.ledger import appointing
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.import_undoes import Filed, Recorded
from storage import appointments, ledger, trail
from storage.records import MediumChange, MediumState, Post

_FIELDS = {"host_unit": "unit"}
"""Item of a change -> field of the record, where they differ."""


async def fields() -> dict[tuple[str, str], Filed]:
    """By 单位代码 or 备案号, and field: of media from their history, of units from the appointments."""
    found = await ledger.recorded_by_request()
    media = {
        (no, _FIELDS.get(item, item)): _filed(list(entries))
        for (no, item), entries in groupby(found, key=lambda one: (one[0].medium, one[0].item))
        if ledger.kept(item)
    }
    return media | await _appointed()


def _filed(entries: list[tuple[MediumChange, str]]) -> Filed:
    """`entries` are all recorded changes of an item in their order, with the numbers of those filed."""
    changes = [
        Recorded(number, _day(entry.recorded_at or entry.entered_at), _value(entry.item, entry.before))
        for entry, number in entries
        if number
    ]
    last = max(place for place, (_, number) in enumerate(entries) if number)
    former = {_value(entry.item, entry.before): None for entry, _ in entries[: last + 1]}
    return Filed(_value(entries[last][0].item, entries[last][0].after), tuple(changes), tuple(former))


async def _appointed() -> dict[tuple[str, str], Filed]:
    """First-responsible persons of units whom a recorded change has appointed."""
    entries = await trail.acts(appointing.APPOINTED)
    ever = await appointments.ever_appointed(Post.FIRST_RESPONSIBLE)
    found = {}
    for matter, some in groupby(entries, key=lambda one: one.matter):
        several, unit = list(some), matter.partition(":")[2]
        changes = [Recorded(one.note.partition(":")[0], _day(one.at), one.before) for one in several]
        former = dict.fromkeys((*(one.before for one in several), *ever.get(unit, ())))
        found[unit, appointing.ITEM] = Filed(several[-1].after, tuple(changes), tuple(former))
    return found


def _day(at: datetime) -> Any:
    return at.astimezone(SHANGHAI).date()


def _value(item: str, text: str) -> Any:
    """As the record of a medium holds it."""
    if item == "admins":
        return tuple(ledger.value(item, text))
    return MediumState(text) if item == "state" and text else text
