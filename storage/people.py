"""People and units as the directory knows them, and who holds which role where."""

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from functools import reduce

from storage import db, holds, tables
from storage.holds import Row
from storage.records import Identity, Person, Platform, Role, Unit, UnitKind
from storage.rows import load, marks

_GAPS = " 　·•・"
"""What names have between their characters: 王 磊, 买买提·艾力."""
_BARE_NAME = reduce(lambda name, gap: f"REPLACE({name}, '{gap}', '')", _GAPS, "LOWER(name)")

_UP = """
WITH RECURSIVE up (code, depth) AS (
    SELECT CAST(code AS TEXT), 0 FROM units WHERE code = ?
    UNION ALL
    SELECT CAST(COALESCE(m.after, u.parent) AS TEXT), up.depth + 1
    FROM up JOIN units u ON u.code = up.code
    LEFT JOIN unit_changes m ON m.unit = u.code AND m.kind = 'merged'
    WHERE COALESCE(m.after, u.parent) <> '' AND up.depth < 20
)
SELECT u.* FROM up JOIN units u ON u.code = up.code
WHERE NOT EXISTS (SELECT 1 FROM unit_changes m WHERE m.unit = u.code AND m.kind = 'merged')
ORDER BY up.depth
"""
"""A unit that was merged leads to the one it became part of, and does not count itself."""


def _person(row: db.Row) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        unit=row["unit"],
        identity=Identity(row["identity"]),
        title=row["title"],
        roles=frozenset(Role(name) for name in row["roles"].split(";") if name),
        wecom=row["wecom"],
        feishu=row["feishu"] or "",
        mobile=row["mobile"],
        email=row["email"],
        left_on=date.fromisoformat(row["left_on"]) if row["left_on"] else None,
        last_platform=Platform(row["last_platform"]) if row["last_platform"] else None,
    )


def _unit(row: db.Row) -> Unit:
    return Unit(
        code=row["code"],
        name=row["name"],
        kind=UnitKind(row["kind"]),
        parent=row["parent"],
        first_responsible=row["first_responsible"],
        deputies=tuple(load(row["deputies"])),
    )


async def by_account(platform: Platform, accounts: Sequence[str]) -> Person | None:
    """The person to whom one of these chat accounts is bound (WeCom's ignore case)."""
    return await _by_account(platform, tuple(accounts))


@db.kept
async def _by_account(platform: Platform, accounts: tuple[str, ...]) -> Person | None:
    if platform is Platform.WECOM:
        column, keys = "wecom_key", [account.lower() for account in accounts]
    else:
        column, keys = "feishu", list(accounts)
    keys = [key for key in keys if key]
    if not keys:
        return None
    row = await db.one(f"SELECT * FROM people WHERE {column} IN ({marks(len(keys))})", *keys)
    return _person(row) if row else None


@db.kept
async def get(person: str) -> Person | None:
    row = await db.one("SELECT * FROM people WHERE id = ?", person)
    return _person(row) if row else None


async def hold(ids: Sequence[str]) -> list[Person]:
    """People whose rows are locked until the transaction ends; `held` is the way to this."""
    if not ids:
        return []
    holds.take(Row.PERSON, *ids)
    sql = f"SELECT * FROM people WHERE id IN ({marks(len(ids))}) ORDER BY id{db.locked()}"
    return [_person(row) for row in await db.rows(sql, *ids)]


async def several(ids: Sequence[str]) -> dict[str, Person]:
    """Those of the ids that the directory knows."""
    wanted = tuple(sorted(set(filter(None, ids))))
    return {person.id: person for person in await _several(wanted)} if wanted else {}


@db.kept
async def _several(ids: tuple[str, ...]) -> tuple[Person, ...]:
    found = await db.rows(f"SELECT * FROM people WHERE id IN ({marks(len(ids))})", *ids)
    return tuple(_person(row) for row in found)


async def called(name_or_id: str) -> list[Person]:
    """Everybody with that name or 工号, those who left last; what pads a name does not matter."""
    typed = "".join(unicodedata.normalize("NFKC", name_or_id).split())
    name = "".join(char for char in typed.lower() if char not in _GAPS)
    sql = f"SELECT * FROM people WHERE id = ? OR {_BARE_NAME} = ? ORDER BY left_on, id"
    return [_person(row) for row in await db.rows(sql, typed, name)]


async def mentioned(line: str) -> list[Person]:
    """Everybody whose name or 工号 stands in the line, which has small letters and no gaps in names."""
    within = "STRPOS" if db.is_postgres() else "INSTR"
    sql = (
        f"SELECT * FROM people WHERE {within}(?, {_BARE_NAME}) > 0 OR {within}(?, LOWER(id)) > 0 ORDER BY id"
    )
    return [_person(row) for row in await db.rows(sql, line, line)]


@db.kept
async def with_role(role: Role, unit: str = "") -> tuple[Person, ...]:
    """Everybody with a role, in one unit or in the whole school; those who left included."""
    sql = "SELECT p.* FROM person_roles r JOIN people p ON p.id = r.person WHERE r.role = ?"
    args = [role.value]
    if unit:
        sql, args = sql + " AND p.unit = ?", [role.value, unit]
    return tuple(_person(row) for row in await db.rows(sql + " ORDER BY p.id", *args))


@db.kept
async def units_upwards(unit: str) -> tuple[Unit, ...]:
    """The unit (or what it was merged into), its parent, its parent's parent …; empty where unknown."""
    return tuple(_unit(row) for row in await db.rows(_UP, unit))


@db.kept
async def unit(code: str) -> Unit | None:
    row = await db.one("SELECT * FROM units WHERE code = ?", code)
    return _unit(row) if row else None


@db.kept
async def all_units() -> tuple[Unit, ...]:
    return tuple(_unit(row) for row in await db.rows("SELECT * FROM units ORDER BY code"))


async def units_of(kind: UnitKind) -> list[Unit]:
    """The units of a kind: of 全媒体中心 and 学校党委 there is one in most schools."""
    return [unit for unit in await all_units() if unit.kind is kind]


async def units_called(name: str) -> list[Unit]:
    """The units of exactly that name."""
    return [_unit(row) for row in await db.rows("SELECT * FROM units WHERE name = ? ORDER BY code", name)]


async def everybody() -> list[Person]:
    """The whole directory, those who left included."""
    return [_person(row) for row in await tables.Person.all().order_by("id").values()]


@db.kept
async def titled(ranks: Sequence[str], day: date) -> list[tuple[str, str]]:
    """Name and title of those in service on a day whose title has one of these ranks in it, by 工号."""
    any_of = " OR ".join("title LIKE ?" for _ in ranks)
    sql = f"SELECT name, title FROM people WHERE ({any_of}) AND (left_on = '' OR left_on > ?) ORDER BY id"
    found = await db.rows(sql, *(f"%{rank}%" for rank in ranks), day.isoformat())
    return [(row["name"], row["title"]) for row in found]


async def is_first_responsible(person: str) -> bool:
    row = await db.one("SELECT code FROM units WHERE first_responsible = ? LIMIT 1", person)
    return row is not None


async def used_platform(person: Person, platform: Platform) -> None:
    """Remember where this person was last seen."""
    if person.last_platform is not platform:
        await db.run("UPDATE people SET last_platform = ? WHERE id = ?", platform.value, person.id)


async def greeted(person: Person, now: datetime, since: datetime) -> bool:
    """Mark a greeting; False where one was sent after `since` already."""
    sql = "UPDATE people SET greeted_at = ? WHERE id = ? AND greeted_at < ? RETURNING id"
    return await db.one(sql, db.to_ms(now), person.id, db.to_ms(since)) is not None


async def unreachable() -> list[Person]:
    """People in service who are on no platform."""
    found = tables.Person.filter(wecom_key=None, feishu=None, left_on="").order_by("id")
    return [_person(row) for row in await found.values()]
