"""The ledger: media on the books."""

from collections.abc import Sequence
from datetime import date

from storage import db
from storage.records import Medium, MediumState
from storage.rows import load, marks


def _medium(row: db.Row) -> Medium:
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


async def called(name_or_no: str) -> list[Medium]:
    """Media with that name (on any platform) or that 备案号."""
    sql = "SELECT * FROM media WHERE no = ? OR name = ? ORDER BY no"
    return [_medium(row) for row in await db.rows(sql, name_or_no.upper(), name_or_no)]


async def several(numbers: Sequence[str]) -> list[Medium]:
    """Those of the 备案号 that are on the books, in the order asked for."""
    if not numbers:
        return []
    sql = f"SELECT * FROM media WHERE no IN ({marks(len(numbers))})"
    found = {row["no"]: _medium(row) for row in await db.rows(sql, *numbers)}
    return [found[no] for no in numbers if no in found]


async def of_units(codes: Sequence[str]) -> list[Medium]:
    """The media that these units host, by name."""
    if not codes:
        return []
    sql = f"SELECT * FROM media WHERE unit IN ({marks(len(codes))}) ORDER BY name, no"
    return [_medium(row) for row in await db.rows(sql, *codes)]


async def ledger() -> list[Medium]:
    """Every medium on the books, by 备案号."""
    return [_medium(row) for row in await db.rows("SELECT * FROM media ORDER BY no")]


async def has_posted(no: str) -> bool:
    """Whether a post of this medium has gone out through this system."""
    sql = "SELECT 1 AS one FROM post_media WHERE medium = ? AND published_at IS NOT NULL LIMIT 1"
    return await db.one(sql, no) is not None
