"""What an import writes; the caller holds one transaction around reading and writing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from storage import db, units
from storage.records import Medium, Person, Post, Role, Unit
from storage.rows import dump

SHANGHAI = ZoneInfo("Asia/Shanghai")
SERIES = "QM"
"""The counter of 备案号."""


async def last_number(*, hold: bool) -> int:
    """The last 备案号 given.

    `hold` locks it until the transaction ends: whoever else gives numbers or imports waits.
    """
    if hold:
        sql = "INSERT INTO counters (name, value) VALUES (?, 0) ON CONFLICT (name) DO NOTHING"
        await db.run(sql, SERIES)
    lock = " FOR UPDATE" if hold and db.is_postgres() else ""
    row = await db.one(f"SELECT value FROM counters WHERE name = ?{lock}", SERIES)
    return int(row["value"]) if row else 0


async def write_units(units: Sequence[Unit], at: datetime) -> None:
    """Insert or replace units; who holds a post in them changes at `at`, and what they were is kept."""
    await _note_changes(units, at)
    await db.many(
        "INSERT INTO units (code, name, kind, parent, first_responsible, deputies)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
        " kind = excluded.kind, parent = excluded.parent,"
        " first_responsible = excluded.first_responsible, deputies = excluded.deputies",
        [
            (unit.code, unit.name, unit.kind.value, unit.parent, unit.first_responsible, dump(unit.deputies))
            for unit in units
        ],
    )
    await _appoint(units, at)


async def _note_changes(new: Sequence[Unit], at: datetime) -> None:
    """The history of units: what they were called, and what they belonged to."""
    rows = await db.rows("SELECT code, name, parent FROM units")
    known = {row["code"]: row for row in rows}
    day = at.astimezone(SHANGHAI).date()
    for unit in new:
        old = known.get(unit.code)
        if old and old["name"] != unit.name:
            await units.note(unit.code, units.RENAMED, old["name"], unit.name, day, at)
        if old and old["parent"] != unit.parent:
            await units.note(unit.code, units.MOVED, old["parent"], unit.parent, day, at)


def _posts(unit: Unit) -> Iterable[tuple[str, str, str]]:
    if unit.first_responsible:
        yield unit.code, Post.FIRST_RESPONSIBLE.value, unit.first_responsible
    for person in unit.deputies:
        yield unit.code, Post.DEPUTY.value, person


async def _appoint(units: Sequence[Unit], at: datetime) -> None:
    """Close the appointments that are over and open the new ones."""
    found = await db.rows("SELECT id, unit, post, person FROM appointments WHERE until_at IS NULL")
    codes = {unit.code for unit in units}
    held = {(row["unit"], row["post"], row["person"]): row["id"] for row in found if row["unit"] in codes}
    wanted = [post for unit in units for post in _posts(unit)]
    over = [appointment for post, appointment in held.items() if post not in wanted]
    stamp = db.to_ms(at)
    await db.many("UPDATE appointments SET until_at = ? WHERE id = ?", [(stamp, one) for one in over])
    await db.many(
        "INSERT INTO appointments (unit, post, person, since_at) VALUES (?, ?, ?, ?)",
        [(*post, stamp) for post in wanted if post not in held],
    )


async def write_people(people: Sequence[Person]) -> None:
    """Insert or update people; what the chat has taught us of them stays."""
    ids = [(person.id,) for person in people]
    # An account may pass from one to another within the import: it is free before it is taken.
    await db.many("UPDATE people SET wecom_key = NULL, feishu = NULL WHERE id = ?", ids)
    await db.many(
        "INSERT INTO people (id, name, unit, identity, title, roles, wecom, wecom_key, feishu, mobile,"
        " email, left_on, last_platform, greeted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0)"
        " ON CONFLICT (id) DO UPDATE SET name = excluded.name, unit = excluded.unit,"
        " identity = excluded.identity, title = excluded.title, roles = excluded.roles,"
        " wecom = excluded.wecom, wecom_key = excluded.wecom_key, feishu = excluded.feishu,"
        " mobile = excluded.mobile, email = excluded.email, left_on = excluded.left_on",
        [_person_row(person) for person in people],
    )
    await db.many("DELETE FROM person_roles WHERE person = ?", ids)
    await db.many(
        "INSERT INTO person_roles (person, role) VALUES (?, ?)",
        [(person.id, role) for person in people for role in _roles(person)],
    )


def _roles(person: Person) -> list[str]:
    return [role.value for role in Role if role in person.roles]


def _person_row(person: Person) -> tuple[str | None, ...]:
    return (
        person.id,
        person.name,
        person.unit,
        person.identity.value,
        person.title,
        ";".join(_roles(person)),
        person.wecom,
        person.wecom.lower() or None,
        person.feishu or None,
        person.mobile,
        person.email,
        person.left_on.isoformat() if person.left_on else "",
    )


async def write_media(media: Sequence[Medium], last: int, at: datetime) -> None:
    """Insert or update lines of the ledger, new ones as of `at`; the next 备案号 given will be `last` + 1."""
    # A name may pass from one to another within the import; no real name has a line end.
    await db.many("UPDATE media SET name = ? WHERE no = ?", [(f"\n{one.no}", one.no) for one in media])
    await db.many(
        "INSERT INTO media (no, name, platform_type, account, unit, operator, admins, filed_on,"
        " filed_here_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (no) DO UPDATE SET name = excluded.name, platform_type = excluded.platform_type,"
        " account = excluded.account, unit = excluded.unit, operator = excluded.operator,"
        " admins = excluded.admins, filed_on = excluded.filed_on, state = excluded.state",
        [_medium_row(medium, at) for medium in media],
    )
    await db.run("UPDATE counters SET value = ? WHERE name = ? AND value < ?", last, SERIES, last)


def _medium_row(medium: Medium, at: datetime) -> tuple[str | int | None, ...]:
    return (
        medium.no,
        medium.name,
        medium.platform_type,
        medium.account,
        medium.unit,
        medium.operator,
        dump(medium.admins),
        medium.filed_on.isoformat() if medium.filed_on else "",
        db.to_ms(medium.filed_here_at or at),
        medium.state.value,
    )
