"""A medium that another unit hosts now, by a recorded change, an import or a merger: both units are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cards import moving as cards
from handlers.letters import notify
from handlers.people import whose
from storage import db, ledger, ledger_facts, media, people, requests
from storage.records import Medium, MediumChange

_ITEM = "host_unit"


async def tell(numbers: Sequence[str], at: datetime, *, merged: str | None = None) -> None:
    """Tell whose these media are since `at`, and whose they were, what they owe now; each person one letter
    for all of theirs. What stays with the same managing unit is nobody's news.

    `merged` is who was first responsible of a unit that went into another whole.
    """
    said: dict[tuple[str, str], list[str]] = {}
    for medium in await media.several(numbers):
        for person, title, text in await _letters(medium, at, merged):
            said.setdefault((person, title), []).append(text)
    known = await people.several([person for person, _ in said])
    for (person, title), texts in said.items():
        if receiver := known.get(person):
            once = f"moved:{db.to_ms(at)}:{title}"
            args = {"title": title, "text": "\n".join(texts)}
            await notify.tell([receiver], "say", args, at, once=once, urgent=True)


async def _letters(medium: Medium, at: datetime, merged: str | None) -> list[tuple[str, str, str]]:
    """Person, title and words."""
    history = await ledger.history(medium.no)
    now = {change.item: change for change in history if _recorded(change, at)}
    host = now.get(_ITEM)
    if host is None or host.after != medium.unit:
        return []
    own, other = await whose.managing_unit(host.before), await whose.managing_unit(host.after)
    if own == other and merged is None:
        return []
    new = await whose.responsible_for(host.after, at)
    old = await whose.responsible_for(host.before, at) if merged is None else merged
    ran = now["operator"].before if "operator" in now else ""
    move = replace(await _move(medium, host, new, at), merged=merged is not None)
    letters = dict.fromkeys((ran, old), (cards.NOT_YOURS, cards.to_old(move, at)))
    letters[medium.operator] = (cards.NOW_YOURS, cards.to_operator(move, at))
    letters[new] = (cards.NOW_YOURS, cards.to_head(move, at))
    return [(person, title, text) for person, (title, text) in letters.items() if person]


def _recorded(change: MediumChange, at: datetime) -> bool:
    return change.recorded_at is not None and db.to_ms(change.recorded_at) == db.to_ms(at)


async def _move(medium: Medium, host: MediumChange, head: str, at: datetime) -> cards.Move:
    names = {unit.code: unit.name for unit in await people.all_units()}
    known = await people.several([medium.operator, head])
    owed = await ledger_facts.changes_owed([medium.no])
    posts = [one for no in await requests.open_posts([medium.no]) if (one := await requests.get(no))]
    own = await whose.managing_unit(host.after)
    return cards.Move(
        medium=medium.name,
        since=host.effective_on,
        before=names.get(host.before, host.before),
        after=names.get(host.after, host.after),
        operator=known[medium.operator].name if medium.operator in known else "（暂缺）",
        head=known[head].name if head in known else "",
        owed=[(one.item, one.due_at) for one in owed],
        posts=[one.number for one in posts if await whose.managing_unit(one.unit) != own],
    )
