"""Rows of the outbox to letters; one that cannot be read stands in no other's way."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from storage import db
from storage.letters import Lane, Letter, LetterKind, LetterState, Unreadable
from storage.records import Platform
from storage.rows import load

UNREADABLE = "unreadable"
"""The error of a letter whose row cannot be read."""

NO_TIME = datetime.fromtimestamp(0, UTC)


def readable(rows: Iterable[db.Row]) -> list[Letter]:
    """The letters that can be read."""
    found = []
    for row in rows:
        with suppress(Unreadable):
            found.append(_letter(row))
    return found


def named(row: db.Row) -> Letter:
    """A letter that is dead, for a list; what can be said of it where its row cannot be read."""
    with suppress(Unreadable):
        return _letter(row)
    return Letter(
        id=str(row["id"]),
        kind=LetterKind.SEND,
        platform=row["platform"],
        person=str(row["person"]),
        account=str(row["account"]),
        template=str(row["template"]),
        args={},
        created_at=_created(row),
        state=LetterState.DEAD,
        error=UNREADABLE,
    )


def _created(row: db.Row) -> datetime:
    try:
        return db.from_ms(row["created_at"])
    except (ValueError, TypeError, OverflowError, OSError):
        return NO_TIME


def _letter(row: db.Row) -> Letter:
    """Raises Unreadable where a column holds what none is written with."""
    try:
        letter = _read(row)
    except (ValueError, TypeError, AttributeError, OverflowError, OSError):
        raise Unreadable(row["id"]) from None
    if not isinstance(letter.args, Mapping):
        raise Unreadable(row["id"])
    return letter


def _read(row: db.Row) -> Letter:
    return Letter(
        id=row["id"],
        kind=LetterKind(row["kind"]),
        platform=Platform(row["platform"]),
        person=row["person"],
        account=row["account"],
        template=row["template"],
        args=load(row["args"]),
        created_at=db.from_ms(row["created_at"]),
        lane=Lane(row["lane"]),
        once=row["once"],
        request=row["request"],
        target=row["target"],
        urgent=bool(row["urgent"]),
        state=LetterState(row["state"]),
        attempts=row["attempts"],
        next_at=db.from_ms(row["next_at"]),
        message_id=row["message_id"],
        response_codes=tuple(row["response_codes"].split()),
        closed=bool(row["closed"]),
        sent_at=db.maybe_at(row["sent_at"]),
        read_at=db.maybe_at(row["read_at"]),
        error=row["error"],
    )
