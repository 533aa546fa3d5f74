"""The ledger written: a medium put on the books, its changes from their actual day, its history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from storage import db, holds
from storage.holds import Row
from storage.records import Medium, MediumChange, MediumState
from storage.rows import dump, load

_SETTERS: Mapping[str, str] = {
    "name": "name",
    "account": "account",
    "operator": "operator",
    "admins": "admins",
    "host_unit": "unit",
    "platform_type": "platform_type",
    "state": "state",
}
"""Item of a change -> column of the ledger; other items are history only."""


async def put(medium: Medium) -> None:
    """A new line of the ledger; raises `Taken` where name and platform are."""
    await db.run(
        "INSERT INTO media (no, name, platform_type, account, unit, operator, admins, filed_on,"
        " filed_here_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        medium.no,
        medium.name,
        medium.platform_type,
        medium.account,
        medium.unit,
        medium.operator,
        dump(list(medium.admins)),
        medium.filed_on.isoformat() if medium.filed_on else "",
        db.maybe_ms(medium.filed_here_at),
        medium.state.value,
    )
    holds.made(Row.MEDIUM, medium.no)


async def renew(medium: Medium) -> None:
    """A line of the ledger filed anew: everything but its number is as given."""
    holds.must(Row.MEDIUM, medium.no)
    await db.run(
        "UPDATE media SET name = ?, platform_type = ?, account = ?, unit = ?, operator = ?, admins = ?,"
        " filed_on = ?, filed_here_at = ?, state = ? WHERE no = ?",
        medium.name,
        medium.platform_type,
        medium.account,
        medium.unit,
        medium.operator,
        dump(list(medium.admins)),
        medium.filed_on.isoformat() if medium.filed_on else "",
        db.maybe_ms(medium.filed_here_at),
        medium.state.value,
        medium.no,
    )


async def change(no: str, values: Mapping[str, str]) -> None:
    """Bring items (item -> text as `text` gives it) to their new values, those of the ledger at once;
    raises `Taken` where name and platform are."""
    holds.must(Row.MEDIUM, no)
    columns = {_SETTERS[item]: text for item, text in values.items() if item in _SETTERS}
    if columns:
        settings = ", ".join(f"{column} = ?" for column in columns)
        await db.run(f"UPDATE media SET {settings} WHERE no = ?", *columns.values(), no)


def kept(item: str) -> bool:
    """Whether the ledger has a column for an item; the others live in the history alone."""
    return item in _SETTERS


def current(medium: Medium, item: str) -> str:
    """What the ledger says of an item now, as `text` gives it; empty for items it does not keep."""
    values = {
        "name": medium.name,
        "account": medium.account,
        "operator": medium.operator,
        "admins": text("admins", medium.admins),
        "host_unit": medium.unit,
        "platform_type": medium.platform_type,
        "state": medium.state.value,
    }
    return values.get(item, "")


def text(item: str, value: Any) -> str:
    """A value as the history keeps it: administrators as JSON, all else as it is."""
    return dump(list(value or ())) if item == "admins" else str(value or "")


def value(item: str, text: str) -> Any:
    """The value that `text` made a text of."""
    return (load(text) if text else []) if item == "admins" else text


async def enter(changes: Sequence[MediumChange]) -> None:
    """Add to the history."""
    await db.many(
        "INSERT INTO media_changes (medium, item, before, after, effective_on, entered_at, recorded_at,"
        " request, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                c.medium, c.item, c.before, c.after, c.effective_on.isoformat(), db.to_ms(c.entered_at),
                db.maybe_ms(c.recorded_at), c.request, c.source,
            )
            for c in changes
        ],
    )  # fmt: skip


async def confirm(request: int, at: datetime) -> None:
    """The centre recorded the change: it is no longer 待确认."""
    holds.must(Row.REQUEST, request)
    sql = "UPDATE media_changes SET recorded_at = ? WHERE request = ? AND recorded_at IS NULL"
    await db.run(sql, db.to_ms(at), request)


async def rewrite(no: str, item: str, changes: Sequence[MediumChange]) -> None:
    """Keep one item's history anew: a change laid in or taken out moves what stood before the next."""
    holds.must(Row.MEDIUM, no)
    await db.run("DELETE FROM media_changes WHERE medium = ? AND item = ?", no, item)
    await enter(changes)


def _change(row: db.Row) -> MediumChange:
    return MediumChange(
        medium=row["medium"],
        item=row["item"],
        before=row["before"],
        after=row["after"],
        effective_on=date.fromisoformat(row["effective_on"]),
        entered_at=db.from_ms(row["entered_at"]),
        recorded_at=db.maybe_at(row["recorded_at"]),
        request=row["request"],
        source=row["source"],
    )


async def history(no: str) -> list[MediumChange]:
    """Everything that changed of a medium, by its actual day."""
    sql = "SELECT * FROM media_changes WHERE medium = ? ORDER BY effective_on, id"
    return [_change(row) for row in await db.rows(sql, no)]


def as_of(medium: Medium, changes: Sequence[MediumChange], day: date) -> Medium:
    """The medium as it was at the end of that day: later changes are taken back, the last first.

    `changes` are its history, by their actual day.
    """
    for entry in reversed(changes):
        if entry.effective_on > day and entry.item in _SETTERS:
            medium = replace(medium, **{_SETTERS[entry.item]: _value(entry)})
    return medium


def _value(entry: MediumChange) -> Any:
    """What stood before a change, as the record holds it."""
    if entry.item == "admins":
        return tuple(load(entry.before))
    return MediumState(entry.before) if entry.item == "state" else entry.before
