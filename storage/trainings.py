"""Who was at a training, what they answered in its quiz, and the code by which they sign in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage import db

DIGITS = 6


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody of a unit was there; `entered_by` who signed for them afterwards, empty where they did
    themselves; `answers` the letters they chose in the quiz so far."""

    request: int
    person: str
    unit: str
    at: datetime
    entered_by: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    request: int
    code: str
    until: datetime


def _attendance(row: db.Row) -> Attendance:
    names = ("request", "person", "unit", "entered_by", "answers")
    return Attendance(**{name: row[name] for name in names}, at=db.from_ms(row["at"]))


async def sign(one: Attendance) -> bool:
    """Enter that somebody was there; False where that is known already."""
    sql = (
        "INSERT INTO attendances (request, person, unit, at, entered_by) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (request, person) DO NOTHING RETURNING id"
    )
    row = await db.one(sql, one.request, one.person, one.unit, db.to_ms(one.at), one.entered_by)
    return row is not None


async def get(request: int, person: str) -> Attendance | None:
    row = await db.one("SELECT * FROM attendances WHERE request = ? AND person = ?", request, person)
    return _attendance(row) if row else None


async def of_request(request: int) -> list[Attendance]:
    sql = "SELECT * FROM attendances WHERE request = ? ORDER BY id"
    return [_attendance(row) for row in await db.rows(sql, request)]


async def of_person(person: str) -> list[Attendance]:
    """What somebody took part in, the latest first."""
    sql = "SELECT * FROM attendances WHERE person = ? ORDER BY at DESC, id DESC"
    return [_attendance(row) for row in await db.rows(sql, person)]


async def counted() -> Mapping[tuple[int, str], int]:
    """How many of each unit were at each training."""
    sql = "SELECT request, unit, count(*) AS there FROM attendances GROUP BY request, unit"
    return {(row["request"], row["unit"]): row["there"] for row in await db.rows(sql)}


async def answer(one: Attendance, letter: str) -> bool:
    """Add the answer to the next question; False where somebody else has added one meanwhile."""
    sql = "UPDATE attendances SET answers = ? WHERE request = ? AND person = ? AND answers = ? RETURNING id"
    given = one.answers + letter
    return await db.one(sql, given, one.request, one.person, one.answers) is not None


async def show_code(request: int, until: datetime, at: datetime) -> Code:
    """A fresh code for a training, which no other has at that instant; the one before ends."""
    taken = {
        row["code"]
        for row in await db.rows("SELECT code FROM signing_codes WHERE until_at > ?", db.to_ms(at))
    }
    code = next(one for one in iter(_drawn, "") if one not in taken)
    sql = (
        "INSERT INTO signing_codes (request, code, until_at) VALUES (?, ?, ?)"
        " ON CONFLICT (request) DO UPDATE SET code = excluded.code, until_at = excluded.until_at"
    )
    await db.run(sql, request, code, db.to_ms(until))
    return Code(request, code, until)


def _drawn() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


async def code_of(request: int) -> Code | None:
    """The code that was shown last, over or not."""
    return _code(await db.one("SELECT * FROM signing_codes WHERE request = ?", request))


async def by_code(code: str, at: datetime) -> Code | None:
    """The training that has this code at that instant."""
    sql = "SELECT * FROM signing_codes WHERE code = ? AND until_at > ? ORDER BY id DESC LIMIT 1"
    return _code(await db.one(sql, code, db.to_ms(at)))


def _code(row: db.Row | None) -> Code | None:
    return Code(row["request"], row["code"], db.from_ms(row["until_at"])) if row else None
