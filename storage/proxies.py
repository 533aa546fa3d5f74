"""外出代理: who may decide for whom, between two instants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import db, holds
from storage.holds import Row
from storage.rows import marks

LONGEST = 200
"""Characters of a reason, as its column has them."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """外出代理: `delegate` may decide for `principal` between two instants (form F15); `scope` are the
    kinds of requests that it is for, none where it is for all."""

    id: int
    principal: str
    delegate: str
    starts_at: datetime
    ends_at: datetime
    scope: tuple[str, ...] = ()
    reason: str = ""
    cancelled_at: datetime | None = None

    def covers(self, kind: str) -> bool:
        """Whether it is for requests of this kind."""
        return not self.scope or kind in self.scope


def _proxy(row: db.Row) -> Proxy:
    return Proxy(
        id=row["id"],
        principal=row["principal"],
        delegate=row["delegate"],
        starts_at=db.from_ms(row["starts_at"]),
        ends_at=db.from_ms(row["ends_at"]),
        scope=tuple(row["scope"].split()),
        reason=row["reason"],
        cancelled_at=db.maybe_at(row["cancelled_at"]),
    )


async def add(
    principal: str,
    delegate: str,
    starts: datetime,
    ends: datetime,
    reason: str,
    scope: Sequence[str] = (),
) -> Proxy:
    """Enter who stands in for whom, for requests of the kinds in `scope` or for all."""
    holds.must(Row.PERSON, principal)
    sql = (
        "INSERT INTO proxies (principal, delegate, starts_at, ends_at, scope, reason)"
        " VALUES (?, ?, ?, ?, ?, ?) RETURNING *"
    )
    row = await db.one(sql, principal, delegate, db.to_ms(starts), db.to_ms(ends), " ".join(scope), reason)
    assert row is not None
    return _proxy(row)


async def get(proxy: int) -> Proxy | None:
    row = await db.one("SELECT * FROM proxies WHERE id = ?", proxy)
    return _proxy(row) if row else None


async def active(principals: Sequence[str], at: datetime) -> list[Proxy]:
    """Who stands in for any of these people at that instant."""
    given = await _given_by(tuple(principals)) if principals else ()
    return [proxy for proxy in given if proxy.starts_at <= at < proxy.ends_at]


@db.kept
async def _given_by(principals: tuple[str, ...]) -> tuple[Proxy, ...]:
    """Of any time, but not cancelled."""
    sql = (
        f"SELECT * FROM proxies WHERE principal IN ({marks(len(principals))}) AND cancelled_at IS NULL"
        " ORDER BY id"
    )
    return tuple(_proxy(row) for row in await db.rows(sql, *principals))


async def given_to(delegate: str, at: datetime) -> list[Proxy]:
    """By which this person stands in for others at that instant."""
    sql = (
        "SELECT * FROM proxies WHERE delegate = ? AND cancelled_at IS NULL"
        " AND starts_at <= ? AND ends_at > ? ORDER BY id"
    )
    now = db.to_ms(at)
    return [_proxy(row) for row in await db.rows(sql, delegate, now, now)]


async def upcoming(principal: str, at: datetime) -> list[Proxy]:
    """This person's proxies that have not ended or been cancelled."""
    sql = (
        "SELECT * FROM proxies WHERE principal = ? AND cancelled_at IS NULL AND ends_at > ?"
        " ORDER BY starts_at"
    )
    return [_proxy(row) for row in await db.rows(sql, principal, db.to_ms(at))]


async def standing(at: datetime) -> list[Proxy]:
    """Everybody's proxies that have not ended or been cancelled, those to come included."""
    sql = "SELECT * FROM proxies WHERE cancelled_at IS NULL AND ends_at > ? ORDER BY id"
    return [_proxy(row) for row in await db.rows(sql, db.to_ms(at))]


async def end(proxy: int, at: datetime) -> bool:
    """Cancel one; False where it had been cancelled already."""
    sql = "UPDATE proxies SET cancelled_at = ? WHERE id = ? AND cancelled_at IS NULL RETURNING id"
    return await db.one(sql, db.to_ms(at), proxy) is not None


async def end_of(person: str, at: datetime) -> list[Proxy]:
    """Cancel what this person gave or was given to stand in for; which they were."""
    sql = (
        "UPDATE proxies SET cancelled_at = ? WHERE (principal = ? OR delegate = ?)"
        " AND cancelled_at IS NULL AND ends_at > ? RETURNING *"
    )
    now = db.to_ms(at)
    return [_proxy(row) for row in await db.rows(sql, now, person, person, now)]


async def cancel(principal: str, at: datetime) -> int:
    """Cancel all of this person's proxies; how many there were."""
    holds.must(Row.PERSON, principal)
    sql = (
        "UPDATE proxies SET cancelled_at = ? WHERE principal = ? AND cancelled_at IS NULL"
        " AND ends_at > ? RETURNING id"
    )
    now = db.to_ms(at)
    return len(await db.rows(sql, now, principal, now))
