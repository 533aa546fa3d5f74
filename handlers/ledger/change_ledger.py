"""What filing a change does to the ledger: shown from its actual day, in force once it is recorded."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cards.form_media import ITEMS
from handlers.ledger import appointing
from handlers.rules.history import Strand
from storage import ledger, requests
from storage.held import held
from storage.records import Medium, MediumChange, Request

FIRST_RESPONSIBLE = appointing.ITEM


async def before(medium: Medium, items: Mapping[str, Any], day: date, besides: int | None) -> dict[str, Any]:
    """What stood there before a change of that day, by item; `besides` is the request it corrects."""
    history = await ledger.history(medium.no)
    strands = {item: await _strand(medium, item, history, items, day) for item in items}
    return {item: ledger.value(item, strand.without(besides).before(day)) for item, strand in strands.items()}


async def _medium(form: Mapping[str, Any]) -> Medium:
    """The medium that a change is about, held: its history is laid anew."""
    medium = (await held(medium=form["media"][0])).medium
    assert medium is not None, "a medium on the books stays on them"
    return medium


async def _strand(
    medium: Medium, item: str, history: Sequence[MediumChange], after: Mapping[str, Any], day: date
) -> Strand:
    """The item's changes, over what is recorded of it: in the ledger, of the unit, or in the history."""
    changes = tuple(change for change in history if change.item == item)
    if ledger.kept(item):
        return Strand(ledger.current(medium, item), changes)
    if item == FIRST_RESPONSIBLE:
        return Strand(await appointing.on(await appointing.concerned(medium, after), day), changes)
    recorded = [change.after for change in changes if change.recorded_at]
    return Strand(recorded[-1] if recorded else await _filed(item, history), changes)


async def _filed(item: str, history: Sequence[MediumChange]) -> str:
    """What the medium's own filing said of an item."""
    filings = [change.request for change in history if change.item == "filing" and change.request]
    request = await requests.by_id(filings[-1]) if filings else None
    return ledger.text(item, request.form.get(item)) if request else ""


async def enter(request: Request, at: datetime) -> None:
    """The ledger shows the change from its actual day, unconfirmed; what is recorded stays as it is."""
    medium = await _medium(request.form)
    history = await ledger.history(medium.no)
    after, day = request.form["after"], date.fromisoformat(request.form["changed_on"])
    for item, value in after.items():
        entry = MediumChange(
            medium=medium.no,
            item=item,
            before="",
            after=ledger.text(item, value),
            effective_on=day,
            entered_at=at,
            request=request.id,
        )
        strand = await _strand(medium, item, history, after, day)
        await ledger.rewrite(medium.no, item, strand.entered(entry).changes)


async def undo(request: Request, form: Mapping[str, Any]) -> None:
    """A version of this request is as if it had never been filed."""
    medium = await _medium(form)
    history = await ledger.history(medium.no)
    day = date.fromisoformat(form["changed_on"])
    for item in form["after"]:
        strand = await _strand(medium, item, history, form["after"], day)
        await ledger.rewrite(medium.no, item, strand.without(request.id).changes)


async def record(request: Request, at: datetime) -> dict[str, Any]:
    """The centre has recorded the change: the ledger is brought to it, the unit's appointment too.

    A change of an earlier day leaves what was recorded of a later one. Returns what came of it beside
    the ledger, as `appointing.take_effect` does.
    """
    medium = await _medium(request.form)
    history = await ledger.history(medium.no)
    after, day = request.form["after"], date.fromisoformat(request.form["changed_on"])
    now, outcome = {}, dict[str, Any]()
    for item in after:
        strand = await _strand(medium, item, history, after, day)
        recorded = strand.confirmed(request.id, at)
        await ledger.rewrite(medium.no, item, recorded.changes)
        now[item] = recorded.recorded
        if item == FIRST_RESPONSIBLE:
            outcome = await appointing.take_effect(request, medium, strand, at)
    await ledger.change(medium.no, now)
    return outcome


def differences(old: Medium, new: Medium, day: date, at: datetime, source: str) -> list[MediumChange]:
    """What is different of a line of the ledger, recorded at once: whoever writes it may."""
    values = {item: (ledger.current(old, item), ledger.current(new, item)) for item in ITEMS}
    return [
        recorded(new.no, item, was, now, day, at, source) for item, (was, now) in values.items() if was != now
    ]


def recorded(
    no: str, item: str, was: str, now: str, day: date, at: datetime, source: str, request: int | None = None
) -> MediumChange:
    """An entry of the history that waits for nobody."""
    return MediumChange(no, item, was, now, day, at, recorded_at=at, request=request, source=source)


async def lay_in(medium: Medium, changes: Sequence[MediumChange]) -> None:
    """Enter what somebody else recorded of a medium, each at its day; `medium` is as it was before."""
    history = await ledger.history(medium.no)
    for change in changes:
        strand = await _strand(medium, change.item, history, {}, change.effective_on)
        await ledger.rewrite(medium.no, change.item, strand.entered(change).changes)
