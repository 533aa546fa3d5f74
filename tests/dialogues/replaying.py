"""Replaying the trail of every request gives the state it is in (invariant 3): asked after each dialogue."""

from handlers.chain.replay import replay
from handlers.chain.step import case_of
from handlers.processes.all import PROCESSES
from storage import db, requests, trail


async def faults() -> list[str]:
    """What replaying a request's trail does not lead to, one line a request."""
    found = []
    for row in await db.rows("SELECT number FROM requests ORDER BY id"):
        request = await requests.get(row["number"])
        assert request is not None
        case = case_of(request, PROCESSES[request.kind].ends)
        if (replayed := replay(await trail.of(request.number))) != case:
            found.append(f"{request.number}: {replayed} is not {case}")
    return found
