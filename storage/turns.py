"""Turns: of two who would each begin what there must be one of, the second sees what the first did."""

from storage import db


async def take(name: str) -> None:
    """Whoever takes the same turn (a name of at most 20 characters) after this does so when the transaction
    has ended, and sees what it did. Taken before the rows that `held` takes once a draft is held."""
    sql = (
        "INSERT INTO counters (name, value) VALUES (?, 1)"
        " ON CONFLICT (name) DO UPDATE SET value = counters.value + 1"
    )
    await db.run(sql, name)
