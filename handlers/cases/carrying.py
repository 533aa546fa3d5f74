"""What follows an act that was carried out: it is saved, others are asked and told, cards are repainted."""

from datetime import datetime

from handlers.cases import casework, halting, progress, rerouting
from handlers.kinds.process import PROCESSES
from storage import requests
from storage.records import Act, Request, State


async def on(before: Request, after: Request, act: Act, at: datetime, *, shown: str = "") -> Request:
    """Save a request as it is after an act on the step that waited, and see to what comes of it; `shown` is
    the letter that is answered inline. Returns it with what its end brought."""
    process = PROCESSES[after.kind]
    ended = after.state is process.ends
    if ended:
        after = await process.concluded(after, at)
    elif after.current and after.step != before.step:
        after = await casework.timed(before, await process.entered(after, at), at)
    await (requests.save if after.outcome == before.outcome else requests.conclude)(after)
    if after.current and (after.step, after.version) == (before.step, before.version):
        await progress.joined(before, after, at, shown=shown)
    else:
        await progress.settle(after, at, shown=shown, tell=True)
    if ended:
        await _follow(after, at)
    if act is Act.REJECT and after.state is State.REJECTED:
        await process.refused(after, at)
    return after


async def _follow(passed: Request, at: datetime) -> None:
    """What a request's passing changes for other open ones: their media, and who decides them."""
    await halting.media_changed(PROCESSES[passed.kind].moves(passed), at, passed.number)
    if appointed := passed.outcome.get("appointed"):
        await rerouting.all_open(f"{passed.number}: {appointed}", at)
