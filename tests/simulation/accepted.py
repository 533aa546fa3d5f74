"""Nothing that was acknowledged is lost, and nothing is done twice."""

from collections import Counter
from datetime import datetime, timedelta

from storage import db, inbox
from tests.simulation.town import Town

TICK = "tick:"
"""What begins the key of a tick, whose slices are events of one key."""

SAME = timedelta(minutes=25)
"""Within which a platform knows a repetition by its key, and whoever reads would take it for one."""


def faults(town: Town) -> list[str]:
    return [
        *_lost(town),
        *_unclaimed(town),
        *_missing(town),
        *_twice(town),
        *_shown_twice(town),
        *town.doubled,
    ]


def _lost(town: Town) -> list[str]:
    """Events that a platform was told are taken, and that no transaction has."""
    handled = town.store.journal.handlings()
    return [f"acknowledged and not done: {key}" for key in town.acknowledged if not handled[key]]


def _unclaimed(town: Town) -> list[str]:
    """Events that were taken and whose key is not kept as long as they may come again."""
    claims = {row["key"] for row in town.store.look("SELECT key FROM claims")}
    since = town.clock() - inbox.KEPT
    return [
        f"acknowledged and not claimed: {key}"
        for key, at in town.acknowledged.items()
        if at > since and key[:120] not in claims
    ]


def _missing(town: Town) -> list[str]:
    """Entries of the trail that were committed and are not in the file, by matter, number, actor and act."""
    kept = {
        (row["matter"], row["seq"], row["actor"], row["act"])
        for row in town.store.look("SELECT matter, seq, actor, act FROM trail")
    }
    rows = [dict(one.row) for one in town.store.journal.done if one.table == "trail"]
    written = Counter((row["matter"], row["seq"], row["actor"], row["act"]) for row in rows)
    lost = [f"committed and not in the trail: {entry}" for entry in written if entry not in kept]
    return [*lost, *(f"in the trail twice: {entry}" for entry, often in written.items() if often > 1)]


def _twice(town: Town) -> list[str]:
    """Events that two transactions have carried out."""
    often = town.store.journal.handlings()
    return [f"done {n} times: {key}" for key, n in often.items() if n > 1 and not key.startswith(TICK)]


def _shown_twice(town: Town) -> list[str]:
    """Letters of which somebody has the same message twice."""
    seen, found = dict[tuple[str, str, str], datetime](), []
    for one in town.shown:
        key = (one.letter, one.message.account, one.came)
        if one.letter and key in seen and one.at - seen[key] < SAME:
            found.append(f"shown twice to {one.message.account}: {one.came[:80]}")
        seen[key] = one.at
    return [*found, *_told_twice(town)]


def _told_twice(town: Town) -> list[str]:
    """Reminders that were written twice for one occasion."""
    sql = (
        "SELECT person, platform, template, args, created_at, count(*) AS n FROM letters WHERE kind = 'send'"
        " AND state <> 'skipped' AND template IN ('duty', 'digest', 'outcome')"
        " GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1"
    )
    return [f"told twice at {db.from_ms(row['created_at'])}: {row}" for row in town.store.look(sql)]
