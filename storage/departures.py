"""What somebody holds when they leave or move: open steps, requests, media, posts and proxies."""

from collections.abc import Iterable
from datetime import date, datetime

from storage import db, holds, media
from storage.holds import Row
from storage.records import OPEN, Medium, MediumState, Person, Post
from storage.rows import among, load


async def steps_of(person: str) -> list[str]:
    """Numbers of the requests whose open step this person may decide, for themselves or another."""
    sql = (
        "SELECT DISTINCT r.number FROM holders h JOIN requests r ON r.id = h.request"
        " WHERE (h.person = ? OR h.principal = ?) AND r.state = 'in_review' ORDER BY r.number"
    )
    return [row["number"] for row in await db.rows(sql, person, person)]


async def concerned(person: str) -> list[str]:
    """Numbers of the requests whose open step may go to others if this person leaves: their own, and
    those of whoever they stand in for or is stood in for by."""
    sql = (
        "SELECT principal, delegate FROM proxies WHERE (principal = ? OR delegate = ?)"
        " AND cancelled_at IS NULL"
    )
    found = await db.rows(sql, person, person)
    others = {person} | {row[who] for row in found for who in ("principal", "delegate")}
    return sorted({number for one in others for number in await steps_of(one)})


async def open_steps() -> list[str]:
    """Numbers of all requests that wait for a decision."""
    sql = "SELECT number FROM requests WHERE state = 'in_review' ORDER BY id"
    return [row["number"] for row in await db.rows(sql)]


async def open_requests(applicant: str) -> list[tuple[str, str, str]]:
    """Number, title and unit of what this person asked for and nobody has ended."""
    sql = f"SELECT number, title, unit FROM requests WHERE applicant = ? AND state {among(OPEN)} ORDER BY id"
    return [(row["number"], row["title"], row["unit"]) for row in await db.rows(sql, applicant)]


async def media_of(person: str) -> list[Medium]:
    """The media this person runs or administers, those that were deregistered left out."""
    sql = "SELECT no, operator, admins FROM media WHERE (operator = ? OR admins LIKE ?) AND state <> ?"
    found = await db.rows(sql, person, f'%"{person}"%', MediumState.DEREGISTERED.value)
    held = [row["no"] for row in found if person == row["operator"] or person in load(row["admins"])]
    return await media.several(sorted(held))


async def end_posts(person: str, at: datetime) -> None:
    """The history of posts says until when this person held theirs."""
    sql = "UPDATE appointments SET until_at = ? WHERE person = ? AND until_at IS NULL"
    await db.run(sql, db.to_ms(at), person)


async def resume_posts(person: str, posts: Iterable[tuple[str, Post]], at: datetime) -> None:
    """The history of posts says since when this person holds them again."""
    sql = "INSERT INTO appointments (unit, post, person, since_at) VALUES (?, ?, ?, ?)"
    await db.many(sql, [(unit, post.value, person, db.to_ms(at)) for unit, post in posts])


_LEFT = (
    "SELECT 1 FROM trail t WHERE t.matter = 'person:' || p.id AND t.act = 'leave' AND t.after = p.left_on"
    " AND NOT EXISTS (SELECT 1 FROM trail r WHERE r.matter = t.matter AND r.act = 'return' AND r.seq > t.seq)"
)
"""That the trail says of a person's leaving, and of no return since."""


async def left_by(source: str) -> frozenset[str]:
    """工号 of those of whom `source`, a platform, said that they left."""
    sql = f"SELECT p.id FROM people p WHERE p.left_on <> '' AND EXISTS ({_LEFT} AND t.note = ?)"
    return frozenset(row["id"] for row in await db.rows(sql, told_by(source)))


def told_by(source: str) -> str:
    """How the trail names who said that somebody left."""
    return f"source: {source}"


async def not_carried_out(today: date) -> list[str]:
    """工号 of those whose leaving date has come and of whose leaving the trail says nothing yet."""
    sql = (
        f"SELECT p.id FROM people p WHERE p.left_on <> '' AND p.left_on <= ? AND NOT EXISTS ({_LEFT})"
        " ORDER BY p.id"
    )
    return [row["id"] for row in await db.rows(sql, today.isoformat())]


async def amend(person: Person) -> None:
    """Write what a directory may change: accounts, unit, title, leaving."""
    holds.must(Row.PERSON, person.id)
    await db.run(
        "UPDATE people SET unit = ?, title = ?, wecom = ?, wecom_key = ?, feishu = ?, left_on = ?"
        " WHERE id = ?",
        person.unit,
        person.title,
        person.wecom,
        person.wecom.lower() or None,
        person.feishu or None,
        person.left_on.isoformat() if person.left_on else "",
        person.id,
    )
