"""What stands on a register: requests on record that nobody had to decide, or that name what is allowed."""

from collections.abc import Collection
from datetime import date

from storage import db, requests
from storage.records import Request, State
from storage.rows import marks


async def of_applicant(kind: str, person: str) -> list[Request]:
    """What this person has on a register, newest first."""
    sql = "SELECT id FROM requests WHERE kind = ? AND applicant = ? AND state = ? ORDER BY id DESC"
    return await _found(sql, kind, person, State.RECORDED.value)


async def of_people_in(kind: str, units: Collection[str]) -> list[Request]:
    """What people of these units have on a register, wherever they were when they put it there."""
    if not units:
        return []
    sql = (
        "SELECT r.id FROM requests r JOIN people p ON p.id = r.applicant WHERE r.kind = ? AND r.state = ?"
        f" AND p.unit IN ({marks(len(units))}) ORDER BY r.id DESC"
    )
    return await _found(sql, kind, State.RECORDED.value, *units)


async def of_units(kind: str, units: Collection[str]) -> list[Request]:
    """What these units have on a register, newest first."""
    if not units:
        return []
    theirs = f"unit IN ({marks(len(units))})"
    sql = f"SELECT id FROM requests WHERE kind = ? AND state = ? AND {theirs} ORDER BY id DESC"
    return await _found(sql, kind, State.RECORDED.value, *units)


async def all_of(kind: str) -> list[Request]:
    """Everything on a register, newest first."""
    sql = "SELECT id FROM requests WHERE kind = ? AND state = ? ORDER BY id DESC"
    return await _found(sql, kind, State.RECORDED.value)


async def left_behind(kind: str, today: date) -> list[int]:
    """Requests on a register whose applicant has left."""
    sql = (
        "SELECT r.id FROM requests r JOIN people p ON p.id = r.applicant WHERE r.kind = ? AND r.state = ?"
        " AND p.left_on <> '' AND p.left_on <= ? ORDER BY r.id"
    )
    found = await db.rows(sql, kind, State.RECORDED.value, today.isoformat())
    return [row["id"] for row in found]


async def _found(sql: str, *args: str) -> list[Request]:
    found = [await requests.by_id(row["id"]) for row in await db.rows(sql, *args)]
    return [one for one in found if one]
