"""What must hold whatever people did: every state that is not final has an open duty, no other has."""

from storage import db
from storage.records import OPEN, UNDECIDED
from tests.dialogues import telling

OWED = {
    "in_review": {"decide", "term"},
    "returned": {"revise"},
    "awaiting_publish": {"receipt"},
    "paused": {"resume"},
}
"""Of what each state that is not final owes, one and only one."""
BESIDE = {"in_review": {"vacancy"}, "awaiting_publish": {"lapse"}}
"""What may be owed besides; what a process adds of its own may be owed in any state."""
GENERAL = set().union(*OWED.values(), *BESIDE.values())
assert OWED.keys() == set(OPEN)


async def unowed() -> list[str]:
    """Requests whose state and open duties do not fit; empty where all do."""
    found = []
    for request in await db.rows("SELECT id, number, state FROM requests ORDER BY id"):
        kinds = await _open_kinds(request["id"])
        owed, beside = OWED.get(request["state"], set()), BESIDE.get(request["state"], set())
        main = [kind for kind in kinds if kind in owed]
        strange = set(kinds) & GENERAL - owed - beside
        if len(main) != bool(owed) or strange:
            found.append(f"{request['number']} {request['state']}: {kinds}")
    return found


async def _open_kinds(request: int) -> list[str]:
    """The kinds of what is owed for a request itself; a medium's change stands for its own."""
    sql = "SELECT kind FROM duties WHERE request = ? AND kind <> 'change' AND \"open\" = ? ORDER BY kind"
    return [row["kind"] for row in await db.rows(sql, request, True)]


async def unheld() -> list[str]:
    """Requests in review that nobody may decide and for which nobody is looked for."""
    sql = (
        "SELECT number FROM requests r WHERE state = 'in_review' AND NOT EXISTS"
        " (SELECT 1 FROM holders h WHERE h.request = r.id) AND NOT EXISTS"
        " (SELECT 1 FROM duties d WHERE d.request = r.id AND d.kind = 'vacancy' AND d.\"open\" = ?)"
    )
    return [row["number"] for row in await db.rows(sql, True)]


async def unrested() -> list[str]:
    """Changes that are reminded of while their filing is undecided, and those that are not while it is not;
    and those still owed though they are recorded."""
    sql = (
        "SELECT d.id, d.next_at, r.state FROM duties d LEFT JOIN requests r ON r.id = d.request"
        " WHERE d.kind = 'change' AND d.\"open\" = ?"
    )
    found = []
    for row in await db.rows(sql, True):
        rests, reviewed = not row["next_at"], row["state"] in UNDECIDED
        if rests != reviewed or row["state"] == "recorded":
            found.append(f"{row['id']} {row['state']}: next at {row['next_at']}")
    return found


async def forgotten_drafts() -> list[str]:
    """Drafts that are reminded of although they are done with, or twice."""
    sql = (
        "SELECT f.id, f.state, count(d.id) AS n FROM drafts f LEFT JOIN duties d ON d.draft = f.id"
        ' AND d."open" = ? GROUP BY f.id, f.state ORDER BY f.id'
    )
    rows = await db.rows(sql, True)
    return [f"{row['id']} {row['state']}: {row['n']}" for row in rows if row["n"] > (row["state"] == "open")]


async def faults() -> list[str]:
    """Everything of the above, and letters that nobody knows did not arrive."""
    return [
        *await unowed(),
        *await unheld(),
        *await unrested(),
        *await forgotten_drafts(),
        *await telling.untold(),
    ]
