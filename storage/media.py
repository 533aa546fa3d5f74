"""The ledger: media on the books, as they are recorded; `ledger.shown` lays over it what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage import db
from storage.records import Medium, MediumState
from storage.rows import load, marks

_HITS = (
    "lower(m.no) LIKE ? ESCAPE '!' OR lower(m.name) LIKE ? ESCAPE '!'"
    " OR lower(m.platform_type) LIKE ? ESCAPE '!' OR lower(m.account) LIKE ? ESCAPE '!'"
    " OR lower(p.name) LIKE ? ESCAPE '!' OR m.operator = ? OR m.state = ?"
    " OR EXISTS (SELECT 1 FROM people a WHERE (a.name = ? OR a.id = ?)"
    " AND m.admins LIKE '%\"' || a.id || '\"%')"
    " OR m.no IN (SELECT c.medium FROM media_changes c LEFT JOIN people q ON q.id = c.after"
    " WHERE c.recorded_at IS NULL AND ((c.item IN ('name', 'platform_type', 'account')"
    " AND lower(c.after) LIKE ? ESCAPE '!') OR (c.item = 'operator' AND lower(q.name) LIKE ? ESCAPE '!')"
    " OR (c.item IN ('operator', 'state') AND c.after = ?)))"
)
"""A word in number, name, platform or account, in the operator's name; a 工号, a state, an administrator.
What waits for the record is found under both."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word to look for, and the codes of the units whose names hold it."""

    text: str
    units: tuple[str, ...] = ()


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


CALLED = (
    "SELECT * FROM media WHERE no = ? OR name = ? OR no IN (SELECT medium FROM media_changes"
    " WHERE recorded_at IS NULL AND item = 'name' AND after = ?)"
    " ORDER BY CASE WHEN no = ? OR name = ? THEN 0 ELSE 1 END, no"
)


async def called(name_or_no: str) -> list[Medium]:
    """Media with that name (on any platform) or that 备案号; after them those that wait for that name."""
    no = name_or_no.upper()
    return [_medium(row) for row in await db.rows(CALLED, no, name_or_no, name_or_no, no, name_or_no)]


async def hold(no: str) -> Medium:
    """A medium that is on the books, locked until the transaction ends."""
    lock = " FOR UPDATE" if db.is_postgres() else ""
    row = await db.one(f"SELECT * FROM media WHERE no = ?{lock}", no)
    assert row is not None, no
    return _medium(row)


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


async def search(
    words: Sequence[Word], within: Sequence[str] | None, limit: int, offset: int
) -> tuple[list[Medium], int]:
    """One page of the media in which every word is found, by 备案号, and how many there are in all.

    `within` are the hosting units looked at, None for every one.
    """
    clauses, args = ["1 = 1"], []
    for word in words:
        clause, values = _found(word)
        clauses.append(clause)
        args += values
    if within is not None:
        clauses.append(f"m.unit IN ({marks(len(within))})" if within else "1 = 0")
        args += within
    source = f"FROM media m LEFT JOIN people p ON p.id = m.operator WHERE {' AND '.join(clauses)}"
    total = await db.one(f"SELECT count(*) AS n {source}", *args)
    page = f"SELECT m.* {source} ORDER BY length(m.no), m.no LIMIT ? OFFSET ?"
    return [_medium(row) for row in await db.rows(page, *args, limit, offset)], total["n"] if total else 0


def _found(word: Word) -> tuple[str, list[str]]:
    """The condition that a medium has this word, and its values."""
    escaped = word.text.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    like = f"%{escaped}%"
    values = [like] * 5 + [word.text] * 4 + [like] * 2 + [word.text]
    if not word.units:
        return f"({_HITS})", values
    return f"({_HITS} OR m.unit IN ({marks(len(word.units))}))", [*values, *word.units]
