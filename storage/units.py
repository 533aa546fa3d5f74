"""How units changed: renamed, moved, merged, split; a unit that is no more stays on the books."""

from datetime import date, datetime

from storage import db
from storage.ledger_tables import UnitChange
from storage.records import OPEN, UnitKind
from storage.rows import among

RENAMED, MOVED, MERGED, SPLIT = "renamed", "moved", "merged", "split"


async def note(unit: str, kind: str, before: str, after: str, on: date, at: datetime) -> None:
    """Enter one change: of a merger `after` is the successor's code, of a split those of the parts."""
    await db.run(
        "INSERT INTO unit_changes (unit, kind, before, after, effective_on, entered_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        unit,
        kind,
        before,
        after,
        on.isoformat(),
        db.to_ms(at),
    )


async def merged() -> dict[str, str]:
    """Unit that is no more -> the unit it was merged into."""
    found = UnitChange.filter(kind=MERGED).order_by("id")
    return {row["unit"]: row["after"] for row in await found.values("unit", "after")}


async def rename(code: str, name: str) -> None:
    await db.run("UPDATE units SET name = ? WHERE code = ?", name, code)


async def put_into(code: str, into: str, at: datetime) -> None:
    """Everything that is a unit's goes to another: people, media, units below, open requests.

    The unit stays on the books as an inner office of the other, where nobody is first responsible.
    """
    await db.run("UPDATE people SET unit = ? WHERE unit = ?", into, code)
    await db.run("UPDATE media SET unit = ? WHERE unit = ?", into, code)
    await db.run("UPDATE units SET parent = ? WHERE parent = ? AND code <> ?", into, code, into)
    await db.run(
        "UPDATE units SET parent = (SELECT parent FROM units WHERE code = ?) WHERE code = ? AND parent = ?",
        code,
        into,
        code,
    )
    await db.run(
        "UPDATE units SET parent = ?, kind = ?, first_responsible = '', deputies = '[]' WHERE code = ?",
        into,
        UnitKind.INNER.value,
        code,
    )
    await db.run(f"UPDATE requests SET unit = ? WHERE unit = ? AND state {among(OPEN)}", into, code)
    await db.run(
        "UPDATE appointments SET until_at = ? WHERE unit = ? AND until_at IS NULL", db.to_ms(at), code
    )


async def open_requests(code: str) -> list[str]:
    """Numbers of a unit's requests that nobody has ended."""
    sql = f"SELECT number FROM requests WHERE unit = ? AND state {among(OPEN)} ORDER BY id"
    return [row["number"] for row in await db.rows(sql, code)]
