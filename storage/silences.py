"""静默: from when to when nothing goes out, on which media (Article 5(1)); few lines, read whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import db
from storage.records import OPEN
from storage.rows import among, dump, load


@dataclass(frozen=True, slots=True)
class Silence:
    """By order of the request `number`, from `starts_at` to `ends_at`: on `media`, on those of the whole
    school where none are named, but never on those `spared`."""

    request: int
    number: str
    starts_at: datetime
    ends_at: datetime
    media: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()
    begun: bool = False

    def covers(self, medium: str, at: datetime) -> bool:
        """Whether that medium keeps silence at that moment."""
        meant = not self.media or medium in self.media
        return meant and medium not in self.spared and self.starts_at <= at < self.ends_at


def _silence(row: db.Row) -> Silence:
    return Silence(
        request=row["request"],
        number=row["number"],
        starts_at=db.from_ms(row["starts_at"]),
        ends_at=db.from_ms(row["ends_at"]),
        media=frozenset(load(row["media"])),
        spared=frozenset(load(row["spared"])),
        begun=row["begun_at"] is not None,
    )


async def add(one: Silence) -> None:
    await db.run(
        "INSERT INTO silences (request, number, starts_at, ends_at, media, spared) VALUES (?, ?, ?, ?, ?, ?)",
        one.request,
        one.number,
        db.to_ms(one.starts_at),
        db.to_ms(one.ends_at),
        dump(sorted(one.media)),
        dump(sorted(one.spared)),
    )


@db.kept
async def lasting() -> tuple[Silence, ...]:
    """Those whose end nobody was told of yet, the oldest first: coming, in force, or just over."""
    sql = "SELECT * FROM silences WHERE over_at IS NULL ORDER BY id"
    return tuple(_silence(row) for row in await db.rows(sql))


async def over(medium: str, at: datetime) -> Silence | None:
    """The silence that a medium keeps at that moment; of several the one that ends last."""
    found = [one for one in await lasting() if one.covers(medium, at)]
    return max(found, key=lambda one: one.ends_at, default=None)


async def of(request: int) -> Silence | None:
    row = await db.one("SELECT * FROM silences WHERE request = ?", request)
    return _silence(row) if row else None


async def until(request: int, at: datetime) -> None:
    """It ends at another moment than was ordered."""
    await db.run("UPDATE silences SET ends_at = ? WHERE request = ?", db.to_ms(at), request)


async def told_begun(request: int, at: datetime) -> None:
    """All who are concerned know that it has begun."""
    await db.run("UPDATE silences SET begun_at = ? WHERE request = ?", db.to_ms(at), request)


async def told_over(request: int, at: datetime) -> None:
    """All who are concerned know that it is over."""
    await db.run("UPDATE silences SET over_at = ? WHERE request = ?", db.to_ms(at), request)


async def open_posts(after: int, limit: int) -> Sequence[tuple[int, str]]:
    """Id and number of the posts that are on their way, behind that id, in its order."""
    sql = (
        f"SELECT r.id, r.number FROM requests r WHERE r.id > ? AND r.state {among(OPEN)}"
        " AND EXISTS (SELECT 1 FROM post_media p WHERE p.request = r.id) ORDER BY r.id LIMIT ?"
    )
    return [(row["id"], row["number"]) for row in await db.rows(sql, after, limit)]
