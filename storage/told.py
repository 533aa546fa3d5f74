"""Who was reminded of a duty, at which rung and when; and who asked to be reminded later."""

from dataclasses import dataclass
from datetime import datetime

from storage import db


@dataclass(frozen=True, slots=True)
class Told:
    """One person at one rung; reminded again there, `at` is the later time."""

    person: str
    rung: int
    at: datetime


async def enter(duty: int, person: str, rung: int, at: datetime) -> bool:
    """This person hears this rung now; False where they already did."""
    sql = (
        "INSERT INTO told (duty, person, rung, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (duty, person, rung) DO NOTHING RETURNING id"
    )
    return await db.one(sql, duty, person, rung, db.to_ms(at)) is not None


async def again(duty: int, person: str, rung: int, at: datetime) -> None:
    """This person is reminded once more at the same rung: their putting off has ended."""
    sql = (
        "INSERT INTO told (duty, person, rung, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (duty, person, rung) DO UPDATE SET at = excluded.at"
    )
    await db.run(sql, duty, person, rung, db.to_ms(at))


async def of(duty: int) -> list[Told]:
    """Everybody who was reminded of a duty, the first first."""
    found = await db.rows("SELECT person, rung, at FROM told WHERE duty = ? ORDER BY at, id", duty)
    return [Told(row["person"], row["rung"], db.from_ms(row["at"])) for row in found]


async def heard(duty: int, person: str) -> bool:
    """Whether this person was ever reminded of a duty."""
    sql = "SELECT 1 AS one FROM told WHERE duty = ? AND person = ? LIMIT 1"
    return await db.one(sql, duty, person) is not None


async def put_off(duty: int, person: str, until: datetime) -> None:
    """This person is not reminded of this duty before `until`."""
    sql = (
        "INSERT INTO snoozes (duty, person, until_at) VALUES (?, ?, ?)"
        " ON CONFLICT (duty, person) DO UPDATE SET until_at = excluded.until_at"
    )
    await db.run(sql, duty, person, db.to_ms(until))


async def put_off_by(duty: int) -> dict[str, datetime]:
    """Who put a duty off, and until when."""
    found = await db.rows("SELECT person, until_at FROM snoozes WHERE duty = ?", duty)
    return {row["person"]: db.from_ms(row["until_at"]) for row in found}


async def wake(duty: int, at: datetime) -> list[str]:
    """Whose putting off has ended; each is returned once."""
    sql = "DELETE FROM snoozes WHERE duty = ? AND until_at <= ? RETURNING person"
    return sorted(row["person"] for row in await db.rows(sql, duty, db.to_ms(at)))
