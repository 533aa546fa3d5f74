"""How units changed: renamed, merged into another, split; a unit that is no more stays on the books."""

from datetime import date, datetime

from storage import db

RENAMED, MERGED, SPLIT = "renamed", "merged", "split"


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
    found = await db.rows("SELECT unit, after FROM unit_changes WHERE kind = ? ORDER BY id", MERGED)
    return {row["unit"]: row["after"] for row in found}
