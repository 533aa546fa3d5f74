"""What is read of cases besides the requests they are: known leads, upheld cases, posts with a link."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage import db, marks
from storage.rows import load
from storage.rows import marks as placeholders


def _name(key: str) -> str:
    return f"lead:{hashlib.sha256(key.encode()).hexdigest()[:48]}"


async def claim(key: str, at: datetime) -> bool:
    """Whether a fact leads to something for the first time; who else comes with it waits, and is told no."""
    sql = "INSERT INTO marks (name, value, at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING RETURNING name"
    return await db.one(sql, _name(key), '""', db.to_ms(at)) is not None


async def led_to(key: str, number: str, at: datetime) -> None:
    """The number of the lead that a fact became."""
    await marks.put(_name(key), number, at)


async def lead_of(key: str) -> str:
    """The number of the lead that a fact became; empty where there is none."""
    mark = await marks.get(_name(key))
    return str(mark.value) if mark else ""


@dataclass(frozen=True, slots=True)
class Upheld:
    """A closed case in which something was found."""

    number: str
    closed_on: date
    clauses: tuple[str, ...]


async def upheld(unit: str) -> list[Upheld]:
    """The closed and upheld cases of a unit, oldest first; none that is being appealed against."""
    sql = (
        "SELECT number, form, outcome FROM requests WHERE unit = ? AND kind = 'WG' AND state = 'recorded'"
        " ORDER BY id"
    )
    found = []
    for row in await db.rows(sql, unit):
        outcome = load(row["outcome"])
        if outcome.get("upheld"):
            day = date.fromisoformat(outcome["closed_on"])
            found.append(Upheld(row["number"], day, tuple(load(row["form"]).get("clause", ()))))
    return found


async def decided() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Form and outcome of every closed case, the newest first."""
    sql = "SELECT form, outcome FROM requests WHERE kind = 'WG' AND state = 'recorded' ORDER BY id DESC"
    return [(load(row["form"]), load(row["outcome"])) for row in await db.rows(sql)]


async def approved(link: str, media: Sequence[str]) -> bool:
    """Whether a post that passed is registered with this link on one of these media."""
    escaped = link.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    sql = (
        f"SELECT 1 AS one FROM post_media p JOIN requests r ON r.id = p.request WHERE p.medium IN"
        f" ({placeholders(len(media))}) AND r.outcome LIKE ? ESCAPE '\\' LIMIT 1"
    )
    return bool(media) and await db.one(sql, *media, f"%{escaped}%") is not None
