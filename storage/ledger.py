"""The ledger written: media hold what is recorded, their history also what was filed and still waits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from storage import db, holds
from storage.holds import Row
from storage.records import Medium, MediumChange, MediumState
from storage.rows import dump, load, marks

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
    """Bring what is recorded of items to new values (item -> text as `text` gives it), all at once;
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
    """What is recorded of an item, as `text` gives it; empty for items the ledger does not keep."""
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


async def recorded_by_request() -> list[tuple[MediumChange, str]]:
    """The recorded history of each item that a request has changed, with the numbers of the requests."""
    sql = (
        "SELECT c.*, r.number FROM media_changes c LEFT JOIN requests r ON r.id = c.request"
        " WHERE c.recorded_at IS NOT NULL AND EXISTS (SELECT 1 FROM media_changes w WHERE w.medium = c.medium"
        " AND w.item = c.item AND w.request IS NOT NULL AND w.recorded_at IS NOT NULL)"
        " ORDER BY c.medium, c.item, c.effective_on, c.id"
    )
    return [(_change(row), str(row["number"] or "")) for row in await db.rows(sql)]


async def waiting(numbers: Sequence[str]) -> dict[str, list[MediumChange]]:
    """The histories of those items of these media of which a change waits for the record."""
    if not numbers:
        return {}
    sql = (
        f"SELECT * FROM media_changes c WHERE c.medium IN ({marks(len(numbers))}) AND EXISTS (SELECT 1"
        " FROM media_changes w WHERE w.medium = c.medium AND w.item = c.item AND w.recorded_at IS NULL)"
        " ORDER BY c.effective_on, c.id"
    )
    found: dict[str, list[MediumChange]] = {}
    for row in await db.rows(sql, *numbers):
        found.setdefault(row["medium"], []).append(_change(row))
    return found


def shown(medium: Medium, changes: Sequence[MediumChange]) -> Medium:
    """The medium as the ledger shows it: changes that wait for the record laid over what is recorded.

    `changes` are its history, by their actual day. What is shown gives nobody any authority.
    """
    last = {entry.item: entry for entry in changes if entry.item in _SETTERS}
    laid = {_SETTERS[c.item]: _value(c.item, c.after) for c in last.values() if c.recorded_at is None}
    return replace(medium, **laid)


def recorded_on(medium: Medium, item: str, changes: Sequence[MediumChange], day: date) -> str:
    """What is recorded of an item for the end of that day, as `text` gives it: this gave authority."""
    strand = [entry for entry in changes if entry.item == item]
    known = [entry for entry in strand if entry.recorded_at]
    if not known or known[-1].effective_on <= day:
        return current(medium, item)
    until = [entry for entry in known if entry.effective_on <= day]
    return until[-1].after if until else strand[0].before


def as_of(medium: Medium, changes: Sequence[MediumChange], day: date) -> Medium:
    """The medium as it is shown for the end of that day: later changes are taken back, the last first.

    `changes` are its history, by their actual day.
    """
    medium = shown(medium, changes)
    for entry in reversed(changes):
        if entry.effective_on > day and entry.item in _SETTERS:
            medium = replace(medium, **{_SETTERS[entry.item]: _value(entry.item, entry.before)})
    return medium


def _value(item: str, kept: str) -> Any:
    """A value of the history as the record holds it."""
    if item == "admins":
        return tuple(load(kept or "[]"))
    return MediumState(kept) if item == "state" else kept


async def homes() -> dict[str, list[str]]:
    """By 备案号 the addresses that filings gave, of those that were recorded."""
    sql = "SELECT form, outcome FROM requests WHERE kind = 'BA' AND state = 'recorded' ORDER BY id"
    found: dict[str, list[str]] = {}
    for row in await db.rows(sql):
        home, no = load(row["form"]).get("home_url"), load(row["outcome"]).get("medium_no")
        if home and no:
            found.setdefault(no, []).append(home)
    return found
