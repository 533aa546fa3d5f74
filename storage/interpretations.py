"""What the centre has interpreted (Article 16): few lines, read whole."""

from dataclasses import dataclass
from datetime import datetime

from storage import db


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A signed answer: the clause it is of (第六条（三）1), its gist, who signed it and when.

    `draft` is the number of the draft it was made from, 0 where there was none; `replaced` what took
    its place.
    """

    number: str
    clause: str
    brief: str
    signed_by: str
    at: datetime
    draft: int = 0
    replaced: str = ""


async def add(one: Interpretation) -> None:
    await db.run(
        "INSERT INTO interpretations (number, clause, brief, signed_by, at, draft, replaced)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        one.number,
        one.clause,
        one.brief,
        one.signed_by,
        db.to_ms(one.at),
        one.draft,
        one.replaced,
    )


async def replace(old: str, new: str) -> None:
    """That another took its place."""
    await db.run("UPDATE interpretations SET replaced = ? WHERE number = ?", new, old)


async def drop(number: str) -> None:
    """It was taken back: what it had replaced is valid again."""
    await db.run("DELETE FROM interpretations WHERE number = ?", number)
    await db.run("UPDATE interpretations SET replaced = '' WHERE replaced = ?", number)


@db.kept
async def valid() -> tuple[Interpretation, ...]:
    """Those that nothing has replaced, the newest first."""
    sql = "SELECT * FROM interpretations WHERE replaced = '' ORDER BY at DESC, id DESC"
    return tuple(_interpretation(row) for row in await db.rows(sql))


async def get(number: str) -> Interpretation | None:
    row = await db.one("SELECT * FROM interpretations WHERE number = ?", number)
    return _interpretation(row) if row else None


def _interpretation(row: db.Row) -> Interpretation:
    return Interpretation(
        number=row["number"],
        clause=row["clause"],
        brief=row["brief"],
        signed_by=row["signed_by"],
        at=db.from_ms(row["at"]),
        draft=row["draft"],
        replaced=row["replaced"],
    )
