"""What somebody owes by when; the reminder that is due is found by an index on every tick."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from storage import db
from storage.duty_records import Duty, DutyKind
from storage.records import State
from storage.rows import among, dump, load, marks


def _duty(row: db.Row) -> Duty:
    return Duty(
        id=row["id"],
        name=row["name"],
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


async def begin(duty: Duty) -> None:
    """Enter a duty (its `id` is ignored) unless one of that name is open; what was done before is kept."""
    await db.run(
        "INSERT INTO duties (name, kind, person, article, request, draft, step, version, since_at, due_at,"
        ' next_at, rung, medium, detail, "open") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
        ' ON CONFLICT (name) WHERE "open" DO NOTHING',
        duty.name,
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


DUE = "SELECT * FROM duties WHERE next_at <= ? AND (next_at, id) > (?, ?) ORDER BY next_at, id LIMIT ?"


async def due_by(at: datetime, after: tuple[int, int], limit: int) -> list[Duty]:
    """Duties whose next reminder is due, the longest overdue first, behind that reminder (ms) and id; those
    just closed come as well, so that their cards can say so."""
    return [_duty(row) for row in await db.rows(DUE, db.to_ms(at), *after, limit)]


def place(duty: Duty) -> tuple[int, int]:
    """Where a duty that is due stands among the others: its reminder (ms) and id."""
    assert duty.next_at is not None, "only what is reminded of is due"
    return db.to_ms(duty.next_at), duty.id


async def next_due() -> datetime | None:
    """When the next reminder of all is due; looking for somebody who can decide is none."""
    row = await db.one(
        'SELECT min(next_at) AS at FROM duties WHERE "open" = ? AND (kind <> ? OR request IS NULL)',
        True,
        DutyKind.VACANCY.value,
    )
    return db.maybe_at(row["at"]) if row else None


async def remind_next(duty: int, rung: int, at: datetime | None) -> None:
    """The reminder went; the next is `rung` at `at` (none where `at` is None)."""
    await db.run("UPDATE duties SET rung = ?, next_at = ? WHERE id = ?", rung, db.maybe_ms(at), duty)


async def sooner(duty: int, at: datetime) -> None:
    """Look at a duty again at `at`, unless that is planned for earlier."""
    moment = db.to_ms(at)
    sql = "UPDATE duties SET next_at = ? WHERE id = ? AND (next_at IS NULL OR next_at > ?)"
    await db.run(sql, moment, duty, moment)


async def move(duty: int, due_at: datetime | None, next_at: datetime | None) -> None:
    """Another arrangement of working days: due and reminded of at other times."""
    sql = "UPDATE duties SET due_at = ?, next_at = ? WHERE id = ?"
    await db.run(sql, db.maybe_ms(due_at), db.maybe_ms(next_at), duty)


async def over(duty: int) -> None:
    """It has ended by itself; the next tick repaints its cards."""
    await db.run('UPDATE duties SET "open" = ?, next_at = 0 WHERE id = ?', False, duty)


async def finish(duty: int) -> None:
    """Nothing is owed any more."""
    await db.run('UPDATE duties SET "open" = ?, next_at = NULL WHERE id = ?', False, duty)


async def several(ids: Sequence[int]) -> dict[int, Duty]:
    """The duties of these ids, as far as there are any."""
    if not ids:
        return {}
    found = await db.rows(f"SELECT * FROM duties WHERE id IN ({marks(len(ids))})", *ids)
    return {row["id"]: _duty(row) for row in found}


async def dues(ids: Sequence[int]) -> dict[int, tuple[DutyKind, int | None, datetime | None]]:
    """Of the duties of these ids the kind, the request and by when: what thousands are put in order by."""
    if not ids:
        return {}
    sql = f"SELECT id, kind, request, due_at FROM duties WHERE id IN ({marks(len(ids))})"
    return {
        row["id"]: (DutyKind(row["kind"]), row["request"], db.maybe_at(row["due_at"]))
        for row in await db.rows(sql, *ids)
    }


async def get(duty: int) -> Duty | None:
    row = await db.one("SELECT * FROM duties WHERE id = ?", duty)
    return _duty(row) if row else None


async def open_for(request: int, kind: DutyKind) -> Duty | None:
    sql = 'SELECT * FROM duties WHERE request = ? AND kind = ? AND "open" = ? ORDER BY id DESC LIMIT 1'
    row = await db.one(sql, request, kind.value, True)
    return _duty(row) if row else None


async def of_request(request: int) -> list[Duty]:
    """What is owed for a request itself; a medium's change that it files stands for its own."""
    sql = 'SELECT * FROM duties WHERE request = ? AND "open" = ? AND kind <> ? ORDER BY id'
    return [_duty(row) for row in await db.rows(sql, request, True, DutyKind.CHANGE.value)]


async def lacking(lasting: Mapping[State, DutyKind]) -> list[int]:
    """Requests in one of these states for which nothing of its kind is open."""
    kinds = " ".join(f"WHEN '{state.value}' THEN '{kind.value}'" for state, kind in lasting.items())
    sql = (
        f"SELECT id FROM requests r WHERE state {among(lasting)} AND NOT EXISTS (SELECT 1 FROM duties d"
        f' WHERE d.request = r.id AND d."open" = ? AND d.kind = CASE r.state {kinds} END) ORDER BY id'
    )
    return [row["id"] for row in await db.rows(sql, True)]


async def of_draft(draft: int) -> list[Duty]:
    sql = 'SELECT * FROM duties WHERE draft = ? AND "open" = ? ORDER BY id'
    return [_duty(row) for row in await db.rows(sql, draft, True)]


async def changes(media: Sequence[str], filing: int) -> list[Duty]:
    """What is owed for changes of these media, and what a filing answers of any other."""
    sql = (
        f"SELECT * FROM duties WHERE (medium IN ({marks(len(media))}) OR request = ?)"
        ' AND kind = ? AND "open" = ? ORDER BY id'
    )
    return [_duty(row) for row in await db.rows(sql, *media, filing, DutyKind.CHANGE.value, True)]


async def rest(duty: int, filing: int) -> None:
    """It is being filed: not reminded of meanwhile; the next tick repaints its cards."""
    await db.run("UPDATE duties SET next_at = 0, request = ? WHERE id = ?", filing, duty)


async def stand(duty: int, filing: int | None, due_at: datetime | None, next_at: datetime | None) -> None:
    """It is owed as before, where its filing was taken back or returned (`filing`)."""
    sql = "UPDATE duties SET request = ?, due_at = ?, next_at = ? WHERE id = ?"
    await db.run(sql, filing, db.maybe_ms(due_at), db.maybe_ms(next_at), duty)


async def recorded(duty: int, filing: int) -> None:
    """It is filed and on the books; the next tick repaints its cards."""
    sql = 'UPDATE duties SET "open" = ?, next_at = 0, request = ? WHERE id = ?'
    await db.run(sql, False, filing, duty)


async def drop(duty: int) -> None:
    """It is owed no more, though nobody did it; the next tick repaints its cards."""
    await db.run('UPDATE duties SET "open" = ?, next_at = 0, request = NULL WHERE id = ?', False, duty)


async def changes_by(person: str) -> list[Duty]:
    """What is owed for changes of media that are because of this person."""
    sql = 'SELECT * FROM duties WHERE kind = ? AND "open" = ? ORDER BY id'
    found = [_duty(row) for row in await db.rows(sql, DutyKind.CHANGE.value, True)]
    return [duty for duty in found if (duty.detail or {}).get("person") == person]


async def standing(*kinds: DutyKind) -> list[Duty]:
    """Open duties of these kinds that are still reminded of, by the time of their next reminder."""
    sql = (
        f'SELECT * FROM duties WHERE next_at IS NOT NULL AND kind IN ({marks(len(kinds))}) AND "open" = ?'
        " ORDER BY next_at, id"
    )
    return [_duty(row) for row in await db.rows(sql, *(kind.value for kind in kinds), True)]


async def told_to(person: str) -> list[Duty]:
    """Open duties of which this person was reminded, but for decisions and drafts; oldest due first."""
    sql = (  # not IS NOT NULL: SQLite has no use of the index for that, and reads every duty there ever was
        'SELECT * FROM duties d WHERE d.next_at > 0 AND d."open" = ? AND d.kind NOT IN (?, ?)'
        " AND EXISTS (SELECT 1 FROM told t WHERE t.duty = d.id AND t.person = ?) ORDER BY d.due_at, d.id"
    )
    left_out = (DutyKind.DECIDE.value, DutyKind.DRAFT.value)
    return [_duty(row) for row in await db.rows(sql, True, *left_out, person)]


async def of_medium(request: int, medium: str) -> list[Duty]:
    """Every duty there ever was for one medium of a request, the last one last."""
    sql = "SELECT * FROM duties WHERE request = ? AND medium = ? ORDER BY id"
    return [_duty(row) for row in await db.rows(sql, request, medium)]
