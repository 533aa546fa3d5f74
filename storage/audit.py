"""The trail checked from its first entry to its last, and told as JSON Lines."""

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from storage import checkpoints, db, order, published, trail
from storage.checkpoints import Checkpoint
from storage.notes import Verifier
from storage.places import ORDER, Break, Places
from storage.records import TrailEntry
from storage.requests import SCHEME
from storage.rows import dump, load

_NUMBER = re.compile(r"[A-Z]{2}-\d{4}-\d{4,}")


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry that a request says its trail has."""

    seq: int = 0
    hash: str = ""


async def verify(
    seen: Callable[[int], Any] = lambda _: None,
    told: Sequence[Checkpoint] = (),
    keys: Sequence[Verifier] = (),
) -> Break | None:
    """Recompute every hash, link and place; None where all is whole. `seen` gets a running count; `told` are
    checkpoints that somebody has kept, signed by one of `keys` or of those that the trail names.

    All is read as it is at one moment, so it may run beside a working bot.
    """
    try:
        async with db.reading():
            return await _verified(seen, told, keys)
    except trail.Unreadable as entry:
        return Break(entry.matter, entry.seq, "内容无法读取")


async def _verified(
    seen: Callable[[int], Any], told: Sequence[Checkpoint], keys: Sequence[Verifier]
) -> Break | None:
    heads = await _heads()
    places = Places(await trail.count())
    last: TrailEntry | None = None
    count = 0
    async for entry in trail.every():
        if last and last.matter != entry.matter:
            if broken := _broken_end(last, heads.pop(last.matter, None)):
                return broken
            last = None
        if broken := _broken(entry, last, heads.get(entry.matter, Head())) or places.took(entry):
            return broken
        last, count = entry, count + 1
        seen(count)
    if last and (broken := _broken_end(last, heads.pop(last.matter, None))):
        return broken
    lost = next((_lost(number, 1) for number, head in heads.items() if head.seq), None)
    return lost or places.missing() or await _unlike(places, told, keys)


async def _unlike(places: Places, told: Sequence[Checkpoint], keys: Sequence[Verifier]) -> Break | None:
    """What of the order is not as checkpoints say it, and the tree from which they are made."""
    own = [checkpoint for made in await published.every() for checkpoint in checkpoints.within(made.note)]
    known = [*keys, *await published.keys()]
    if unsigned := next((one for one in [*told, *own] if not checkpoints.signed_by(one, known)), None):
        return Break(ORDER, 0, f"{unsigned.size} 条时的检查点不是用已知的密钥签名的")
    if broken := places.broken([*told, *own]):
        return broken
    same = await order.tree() == places.tree()
    return None if same else Break(ORDER, 0, "与记下的树不一致")


async def _heads() -> dict[str, Head]:
    found = await db.rows("SELECT number, trail_seq, trail_hash FROM requests ORDER BY number")
    return {row["number"]: Head(row["trail_seq"], row["trail_hash"]) for row in found}


def _lost(matter: str, seq: int) -> Break:
    return Break(matter, seq, "这一条不见了")


def _broken(entry: TrailEntry, before: TrailEntry | None, head: Head) -> Break | None:
    seq, prev = (before.seq + 1, before.hash) if before else (1, "")
    if entry.seq != seq:
        return _lost(entry.matter, seq)
    if entry.prev != prev:
        return Break(entry.matter, seq, "与上一条接不上")
    if trail.sealed(entry, prev).hash != entry.hash:
        return Break(entry.matter, seq, "内容被改动过")
    if seq == head.seq and entry.hash != head.hash:
        return Break(entry.matter, seq, "与申请里记下的不一致")
    if before and before.idx is not None and entry.idx is not None and entry.idx < before.idx:
        return Break(entry.matter, seq, "先后与总序不一致")
    return None


def _broken_end(last: TrailEntry, head: Head | None) -> Break | None:
    """Whether a matter ends where its request says."""
    if head is None or head.seq == last.seq:
        return None
    if last.seq < head.seq:
        return _lost(last.matter, last.seq + 1)
    return Break(last.matter, head.seq + 1, "申请里没有记下这一条")


@dataclass(frozen=True, slots=True)
class Version:
    """A version as it is kept; `sealed` where its digest is over every answer, as it is made today."""

    form: Mapping[str, Any]
    digest: str
    sealed: bool


async def versions(request: int) -> list[Version]:
    """Every version of a request, in order."""
    sql = "SELECT form, digest, scheme FROM versions WHERE request = ? ORDER BY version"
    found = await db.rows(sql, request)
    return [Version(load(row["form"]), row["digest"], row["scheme"] == SCHEME) for row in found]


async def missing_number() -> Break | None:
    """The first number of a request that was given and is no more, or that only the trail knows."""
    found = await db.rows("SELECT number FROM requests ORDER BY number")
    numbers = {row["number"] for row in found}
    told = await db.rows("SELECT DISTINCT matter FROM trail ORDER BY matter")
    orphans = [row["matter"] for row in told if _NUMBER.fullmatch(row["matter"])]
    gone = next((number for number in orphans if number not in numbers), "")
    if gone:
        return Break(gone, 0, "留痕还在，申请不见了")
    given = await db.rows("SELECT name, value FROM counters ORDER BY name")
    series = {row["name"]: row["value"] for row in given if _NUMBER.fullmatch(f"{row['name']}-0001")}
    every = (f"{name}-{n:04d}" for name, last in series.items() for n in range(1, last + 1))
    missed = next((number for number in every if number not in numbers), "")
    return Break(missed, 0, "这个编号不见了") if missed else None


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
