"""What somebody owes by when; the reminder that is due is found by an index on every tick."""

from datetime import datetime

from storage import db
from storage.promises import Duty, DutyKind
from storage.rows import dump, load


def _duty(row: db.Row) -> Duty:
    return Duty(
        id=row["id"],
        once=row["once"],
        kind=DutyKind(row["kind"]),
        article=row["article"],
        since=db.from_ms(row["since_at"]),
        due_at=db.maybe_at(row["due_at"]),
        next_at=db.maybe_at(row["next_at"]),
        rung=row["rung"],
        person=row["person"],
        request=row["request"],
        draft=row["draft"],
        step=row["step"],
        version=row["version"],
        medium=row["medium"] or "",
        detail=load(row["detail"]) if row["detail"] else None,
        open=bool(row["open"]),
    )


async def owe(duty: Duty) -> None:
    """Enter a duty (its `id` is ignored) unless one of that name was entered before."""
    await db.run(
        "INSERT INTO duties (once, kind, person, article, request, draft, step, version, since_at, due_at,"
        ' next_at, rung, medium, detail, "open") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
        " ON CONFLICT (once) DO NOTHING",
        duty.once,
        duty.kind.value,
        duty.person,
        duty.article,
        duty.request,
        duty.draft,
        duty.step,
        duty.version,
        db.to_ms(duty.since),
        db.maybe_ms(duty.due_at),
        db.maybe_ms(duty.next_at),
        duty.rung,
        duty.medium or None,
        dump(duty.detail) if duty.detail else None,
        True,
    )


async def due_by(at: datetime, limit: int = 200) -> list[Duty]:
    """Open duties whose next reminder is due, the longest overdue first."""
    sql = "SELECT * FROM duties WHERE next_at <= ? ORDER BY next_at LIMIT ?"
    return [_duty(row) for row in await db.rows(sql, db.to_ms(at), limit)]


async def next_due() -> datetime | None:
    """When the next reminder of all is due."""
    row = await db.one("SELECT min(next_at) AS at FROM duties")
    return db.maybe_at(row["at"]) if row else None


async def remind_next(duty: int, rung: int, at: datetime | None) -> None:
    """The reminder went; the next is `rung` at `at` (none where `at` is None)."""
    await db.run("UPDATE duties SET rung = ?, next_at = ? WHERE id = ?", rung, db.maybe_ms(at), duty)


async def close_request(request: int, kind: DutyKind) -> None:
    sql = 'UPDATE duties SET "open" = ?, next_at = NULL WHERE request = ? AND kind = ? AND "open" = ?'
    await db.run(sql, False, request, kind.value, True)


async def close_draft(draft: int) -> None:
    await db.run('UPDATE duties SET "open" = ?, next_at = NULL WHERE draft = ?', False, draft)


async def close_medium(medium: str) -> list[Duty]:
    """The change of a medium is being filed: what was owed for it is done; returns those duties."""
    sql = (
        'UPDATE duties SET "open" = ?, next_at = NULL WHERE medium = ? AND kind = ? AND "open" = ?'
        " RETURNING *"
    )
    found = await db.rows(sql, False, medium, DutyKind.CHANGE.value, True)
    return [_duty(row) for row in found]


async def get(duty: int) -> Duty | None:
    row = await db.one("SELECT * FROM duties WHERE id = ?", duty)
    return _duty(row) if row else None


async def open_for(request: int, kind: DutyKind) -> Duty | None:
    sql = 'SELECT * FROM duties WHERE request = ? AND kind = ? AND "open" = ? ORDER BY id DESC LIMIT 1'
    row = await db.one(sql, request, kind.value, True)
    return _duty(row) if row else None
