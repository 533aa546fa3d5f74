"""The ledger: media on the books, as they are recorded; `ledger.shown` lays over it what waits."""

from collections.abc import Sequence
from datetime import date

from storage import db, holds
from storage import ledger_tables as tables
from storage.holds import Row
from storage.records import Medium, MediumState
from storage.rows import load, marks


def medium(row: db.Row) -> Medium:
    return Medium(
        no=row["no"],
        name=row["name"],
        platform_type=row["platform_type"],
        unit=row["unit"],
        operator=row["operator"],
        admins=tuple(load(row["admins"])),
        account=row["account"],
        filed_on=date.fromisoformat(row["filed_on"]) if row["filed_on"] else None,
        filed_here_at=db.maybe_at(row["filed_here_at"]),
        state=MediumState(row["state"]),
    )


CALLED = (
    "SELECT * FROM media WHERE no = ? OR name = ? OR no IN (SELECT medium FROM media_changes"
    " WHERE recorded_at IS NULL AND item = 'name' AND after = ?)"
    " ORDER BY CASE WHEN no = ? OR name = ? THEN 0 ELSE 1 END, no"
)


async def called(name_or_no: str) -> list[Medium]:
    """Media with that name (on any platform) or that 备案号; after them those that wait for that name."""
    no = name_or_no.upper()
    return [medium(row) for row in await db.rows(CALLED, no, name_or_no, name_or_no, no, name_or_no)]


async def several(numbers: Sequence[str]) -> list[Medium]:
    """Those of the 备案号 that are on the books, in the order asked for."""
    return [*await _several(tuple(numbers))] if numbers else []


@db.kept
async def _several(numbers: tuple[str, ...]) -> tuple[Medium, ...]:
    sql = f"SELECT * FROM media WHERE no IN ({marks(len(numbers))})"
    found = {row["no"]: medium(row) for row in await db.rows(sql, *numbers)}
    return tuple(found[no] for no in numbers if no in found)


async def hold(numbers: Sequence[str]) -> list[Medium]:
    """Lines of the ledger, locked until the transaction ends; `held` is the way to this."""
    if not numbers:
        return []
    holds.take(Row.MEDIUM, *numbers)
    sql = f"SELECT * FROM media WHERE no IN ({marks(len(numbers))}) ORDER BY no{db.locked()}"
    return [medium(row) for row in await db.rows(sql, *numbers)]


async def of_units(codes: Sequence[str]) -> list[Medium]:
    """The media that these units host, by name."""
    hosted = tables.Medium.filter(unit__in=codes).order_by("name", "no")
    return [medium(row) for row in await hosted.values()] if codes else []


async def ledger() -> list[Medium]:
    """Every medium on the books, by 备案号."""
    return [medium(row) for row in await tables.Medium.all().order_by("no").values()]


async def has_posted(no: str) -> bool:
    """Whether a post of this medium has gone out through this system."""
    sql = "SELECT 1 AS one FROM post_media WHERE medium = ? AND published_at IS NOT NULL LIMIT 1"
    return await db.one(sql, no) is not None
