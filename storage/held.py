"""The rows a handler will write, taken together in one order and read as they are then."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from storage import db, drafts, media, memo, people, requests
from storage.records import Draft, Medium, Person, Request

T = TypeVar("T")
Key = TypeVar("Key", int, str, int | str)


@dataclass(frozen=True, slots=True)
class Held:
    """What was asked for, fresh: the first of each kind, None where there is none, and all drafts."""

    draft: Draft | None
    request: Request | None
    medium: Medium | None
    person: Person | None
    drafts: Sequence[Draft]


async def held(
    *,
    draft: int | Sequence[int] = (),
    request: int | str | Sequence[int | str] = (),
    medium: str | Sequence[str] = (),
    person: str | Sequence[str] = (),
) -> Held:
    """Lock these rows until the transaction ends: drafts, requests (by id or number), media, people.

    On SQLite the transaction holds everything from its beginning. What is asked for later must not
    stand before what is held already: in tests that raises `NotHeld`. Where a lock may have been waited for,
    what was read before is forgotten: somebody may have written it meanwhile.
    """
    drafted = await drafts.hold(_several(draft))
    asked = await requests.hold(_several(request))
    booked = await media.hold(_several(medium))
    known = await people.hold(_several(person))
    if db.is_postgres():
        memo.forget()
    return Held(_first(drafted), _first(asked), _first(booked), _first(known), drafted)


def _first(found: Sequence[T]) -> T | None:
    return found[0] if found else None


def _several(keys: Key | Sequence[Key]) -> Sequence[Key]:
    """One key is a row of one."""
    return (keys,) if isinstance(keys, (int, str)) else keys
