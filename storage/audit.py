"""The trail checked from its first entry to its last, and told as JSON Lines."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from storage import checkpoints, db, order, published, trail
from storage.checkpoints import Checkpoint
from storage.notes import Verifier
from storage.places import ORDER, Break, Places
from storage.rows import dump, marks
from storage.trail import Matter


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry that a request says its trail has."""

    seq: int = 0
    hash: str = ""


async def _nothing_more(_: Sequence[Matter]) -> Break | None:
    return None


async def verify(
    seen: Callable[[int], Any] = lambda _: None,
    told: Sequence[Checkpoint] = (),
    keys: Sequence[Verifier] = (),
    also: Callable[[Sequence[Matter]], Awaitable[Break | None]] = _nothing_more,
) -> Break | None:
    """Recompute every hash, link and place; None where all is whole. `seen` gets a running count; `told` are
    checkpoints that somebody has kept, signed by one of `keys` or of those that the trail names; `also` is
    asked about the matters of each page, whose own entries are whole.

    All is read as it is at one moment, so it may run beside a working bot, and once: in memory are a page
    and the hashes.
    """
    try:
        async with db.reading():
            return await _walked(seen, told, keys, also)
    except trail.Unreadable as entry:
        return Break(entry.matter, entry.seq, "内容无法读取")


async def _walked(
    seen: Callable[[int], Any],
    told: Sequence[Checkpoint],
    keys: Sequence[Verifier],
    also: Callable[[Sequence[Matter]], Awaitable[Break | None]],
) -> Break | None:
    places, count = Places(await trail.count()), 0
    async for matters in trail.matters():
        heads = await _heads([entries[0].matter for entries in matters])
        for entries in matters:
            head = heads.get(entries[0].matter)
            if broken := _broken_matter(entries, head) or _broken_place(entries, places):
                return broken
            count += len(entries)
        if broken := await also(matters):
            return broken
        seen(count)
    return await _gone() or places.missing() or await _unlike(places, told, keys)


async def _heads(matters: Sequence[str]) -> dict[str, Head]:
    sql = f"SELECT number, trail_seq, trail_hash FROM requests WHERE number IN ({marks(len(matters))})"
    found = await db.rows(sql, *matters)
    return {row["number"]: Head(row["trail_seq"], row["trail_hash"]) for row in found}


def _broken_matter(entries: Matter, head: Head | None) -> Break | None:
    """The first entry that does not follow the one before, or where the matter does not end as its request
    says; one without a request has no end of its own."""
    prev, idx = "", -1
    for seq, entry in enumerate(entries, 1):
        if entry.seq != seq:
            return _lost(entry.matter, seq)
        if entry.prev != prev:
            return Break(entry.matter, seq, "与上一条接不上")
        if trail.hash_of(entry) != entry.hash:
            return Break(entry.matter, seq, "内容被改动过")
        if head and seq == head.seq and entry.hash != head.hash:
            return Break(entry.matter, seq, "与申请里记下的不一致")
        if entry.idx is not None and entry.idx < idx:
            return Break(entry.matter, seq, "先后与总序不一致")
        prev, idx = entry.hash, idx if entry.idx is None else entry.idx
    last = entries[-1]
    if head is None or head.seq == last.seq:
        return None
    if last.seq < head.seq:
        return _lost(last.matter, last.seq + 1)
    return Break(last.matter, head.seq + 1, "申请里没有记下这一条")


def _lost(matter: str, seq: int) -> Break:
    return Break(matter, seq, "这一条不见了")


def _broken_place(entries: Matter, places: Places) -> Break | None:
    return next((broken for entry in entries if (broken := places.took(entry))), None)


async def _gone() -> Break | None:
    """A request that says it has entries, and has none."""
    row = await db.one(
        "SELECT number FROM requests WHERE trail_seq > 0 AND NOT EXISTS"
        " (SELECT 1 FROM trail WHERE matter = number) ORDER BY number LIMIT 1"
    )
    return _lost(row["number"], 1) if row else None


async def _unlike(places: Places, told: Sequence[Checkpoint], keys: Sequence[Verifier]) -> Break | None:
    """What of the order is not as checkpoints say it, and the tree from which they are made."""
    own = [checkpoint for made in await published.every() for checkpoint in checkpoints.within(made.note)]
    known = [*keys, *await published.keys()]
    if unsigned := next((one for one in [*told, *own] if not checkpoints.signed_by(one, known)), None):
        return Break(ORDER, 0, f"{unsigned.size} 条时的检查点不是用已知的密钥签名的")
    return places.broken([*told, *own], await order.tree())


async def lines() -> AsyncIterator[str]:
    """Each entry as JSON with its own hash and the one before.

    Its hash is the SHA-256 over the 16 bytes of `salt` (none in entries of before there was one) and its
    line without `hash`, `salt`, `idx` and `time`: keys sorted, no blanks, UTF-8; `at` is in milliseconds.
    """
    async for entry in trail.every():
        told = asdict(entry) | {"at": db.to_ms(entry.at), "time": entry.at.isoformat()}
        if not entry.data:
            del told["data"]
        yield dump(told)
