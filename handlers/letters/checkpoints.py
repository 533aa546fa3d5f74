"""The signed head of the trail, told where whoever runs this cannot take it back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cards.card import Card
from handlers.letters import notify
from handlers.rules import checkpoints as rules
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.permits import serves
from storage import checkpoints, db, order, people, published, trail
from storage.checkpoints import Checkpoint
from storage.letters import Lane, Letter
from storage.notes import Signer
from storage.published import Made
from storage.records import Person, Role, TrailEntry

TEMPLATE = "checkpoint"


async def make(signer: Signer, now: datetime) -> bool:
    """Sign and tell the head where one is due; whether that was done. Runs in a transaction."""
    last = await published.last()
    new, _ = await published.uncovered(last.size if last else 0)
    if not rules.due(new, last.at if last else None, now):
        return False
    made = checkpoints.made(await order.tree(), signer)
    if not made.size or not await published.keep(made, now):
        return False
    await _note_key(signer, now)
    await tell(await readers(now), made, str(signer.verifier), now)
    return True


async def _note_key(signer: Signer, now: datetime) -> None:
    key = str(signer.verifier)
    known = await trail.last(published.KEYS, "key")
    if known is None or known.note != key:
        await trail.note(TrailEntry(published.KEYS, 0, now, "", "key", note=key))


async def tell(
    to: Iterable[Person], made: Checkpoint | Made, key: str, now: datetime, at: datetime | None = None
) -> None:
    """To each of them once, on every platform they are on; it was made now, or `at`."""
    args = {"size": made.size, "note": made.note, "key": key, "at": db.to_ms(at or now)}
    once = f"{TEMPLATE}:{made.size}"
    await notify.tell(to, TEMPLATE, args, now, lane=Lane.DECISION, once=once)


async def beside_digest(to: Iterable[Person], now: datetime) -> None:
    """The last one, to those who get the digest of a week and have not had it."""
    last, keys = await published.last(), await published.keys()
    if last and keys:
        have_account = [person for person in to if person.accounts()]
        await tell(have_account, last, str(keys[-1]), now, last.at)


async def readers(now: datetime) -> list[Person]:
    """Every auditor, the centre and one administrator; more administrators where that is less than three."""
    auditors = [one for one in await people.with_role(Role.AUDITOR) if serves(one, now)]
    admins = await notify.administrators(now)
    found = {one.id: one for one in [*auditors, *await notify.center(now), *admins[:1]]}
    for one in admins:
        if len(found) < rules.READERS:
            found[one.id] = one
    return [one for one in found.values() if one.accounts()]


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """Plain text: a card could be repainted for 14 days."""
    when = (db.from_ms(args["at"]) if "at" in args else at).astimezone(SHANGHAI)
    text = (
        f"截至 {when:%Y-%m-%d %H:%M}，共 {args['size']} 条留痕。请留存这条消息，不必回复：日后用它可以查出"
        f"此前的留痕有没有被改动、删去。\n\n{args['note']}\n公钥 {args['key']}"
    )
    return Card("留痕检查点", text=text, bare=True)


async def posted(letter: Letter, message: str, now: datetime) -> None:
    """It is on a screen: the platform's message and the time are an entry of the trail themselves."""
    size = int(letter.args["size"])
    [made] = checkpoints.within(str(letter.args["note"]))
    await published.post(size, now)
    entry = TrailEntry(
        f"{published.OWN}{size}", 0, now, "", "posted", after=letter.person, platform=letter.platform,
        message=message, digest=made.root.hex(),
    )  # fmt: skip
    await trail.note(entry)


async def oldest_uncovered() -> datetime | None:
    """Since when there is something that no posted checkpoint covers."""
    last = await published.last_posted()
    _, since = await published.uncovered(last.size if last else 0)
    return since
