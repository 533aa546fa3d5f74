"""What filing a change does to the ledger: seen from its actual day, replaced by a correction, undone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from handlers import naming
from handlers.rules.history import Strand
from storage import ledger, media, requests
from storage.records import Medium, MediumChange, Request


async def before(medium: Medium, items: Mapping[str, Any], day: date, besides: int | None) -> dict[str, Any]:
    """What stood there before a change of that day, by item; `besides` is the request it corrects."""
    history = await ledger.history(medium.no)
    strands = {item: await _strand(medium, item, history) for item in items}
    return {item: ledger.value(item, strand.without(besides).before(day)) for item, strand in strands.items()}


async def _strand(medium: Medium, item: str, history: list[MediumChange]) -> Strand:
    """The item's changes; what the ledger does not keep is what was filed last."""
    changes = tuple(change for change in history if change.item == item)
    if ledger.kept(item):
        return Strand(ledger.current(medium, item), changes)
    return Strand(changes[-1].after if changes else await _filed(item, history), changes)


async def _filed(item: str, history: list[MediumChange]) -> str:
    """What the medium's own filing said of an item."""
    filings = [change.request for change in history if change.item == "filing" and change.request]
    request = await requests.by_id(filings[-1]) if filings else None
    return ledger.text(item, request.form.get(item)) if request else ""


async def enter(request: Request, at: datetime) -> None:
    """The ledger shows the change from its actual day, unconfirmed until the centre has recorded it."""
    medium = (await media.several(request.form["media"]))[0]
    history = await ledger.history(medium.no)
    now = {}
    for item, value in request.form["after"].items():
        strand = (await _strand(medium, item, history)).entered(_entry(request, medium, item, value, at))
        await ledger.rewrite(medium.no, item, strand.changes)
        now[item] = strand.now
    await ledger.change(medium.no, now)


def _entry(request: Request, medium: Medium, item: str, value: Any, at: datetime) -> MediumChange:
    return MediumChange(
        medium=medium.no,
        item=item,
        before="",
        after=ledger.text(item, value),
        effective_on=date.fromisoformat(request.form["changed_on"]),
        entered_at=at,
        request=request.id,
    )


async def undo(request: Request, form: Mapping[str, Any]) -> None:
    """The ledger says again what it said before a version of this request was filed."""
    medium = (await media.several(form["media"]))[0]
    history = await ledger.history(medium.no)
    now = {}
    for item in form["after"]:
        strand = (await _strand(medium, item, history)).without(request.id)
        await ledger.rewrite(medium.no, item, strand.changes)
        now[item] = strand.now
    await ledger.change(medium.no, now)


async def stuck(request: Request) -> str:
    """Why the change cannot be undone: its old name has been given to another; empty where it can."""
    medium = (await media.several(request.form["media"]))[0]
    history = await ledger.history(medium.no)
    old = {item: ledger.current(medium, item) for item in ("name", "platform_type")}
    for item in old:
        if item in request.form["after"]:
            old[item] = (await _strand(medium, item, history)).without(request.id).now
    why = await naming.on_the_books(old["name"], old["platform_type"], besides=medium.no)
    return f"不能恢复原来的名称：{why}如有改动请另发 /变更。" if why else ""
