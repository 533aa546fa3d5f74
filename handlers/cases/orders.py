"""责令停止运行 and its end (Article 15): the ledger says so from that second, and whoever waits is told."""

from collections.abc import Sequence
from datetime import datetime

from handlers.cases import halting, record
from handlers.ledger import change_ledger
from handlers.rules.permits import SHANGHAI
from storage import ledger, media, orders, requests
from storage.held import held
from storage.records import OPEN, Medium, MediumState, Request

SOURCE = "order"


async def stop(numbers: Sequence[str], by: record.By, number: str) -> None:
    """These media stop at once, by order of the request `number`; what has ended stays ended.

    > 学校有权责令其停止运行、进行整改，直至责令其注销账号。（第十五条）
    """
    request = await requests.get(number)
    standing = await orders.standing(numbers)
    for medium in await _held(numbers):
        if medium.state is MediumState.DEREGISTERED or number in standing.get(medium.no, ()):
            continue
        await orders.give(medium.no, number, request.id if request else None, by.at)
        await _bring(medium, MediumState.SUSPENDED, request, by.at)
    await halting.media_changed(numbers, by.at, number)


async def release(
    numbers: Sequence[str], by: record.By, number: str, *, and_what_ended: bool = False
) -> None:
    """The order of the request `number` is lifted, `and_what_ended` those of requests that have ended without
    lifting theirs; media that nothing else stops are what they were before."""
    request = await requests.get(number)
    standing = await orders.standing(numbers)
    for medium in await _held(numbers):
        own = standing.get(medium.no, ())
        lifted = [one for one in own if one == number or (and_what_ended and not await _open(one))]
        for one in lifted:
            await orders.lift(medium.no, one, request.id if request else None, by.at)
        if own and len(lifted) == len(own) and medium.state is MediumState.SUSPENDED:
            await _bring(medium, await _before(medium), request, by.at)
    await halting.media_changed(numbers, by.at, number)


async def _held(numbers: Sequence[str]) -> list[Medium]:
    """The media as they are now, and the open posts on them, held."""
    await held(request=await requests.open_posts(numbers), medium=numbers)
    return await media.several(list(numbers))


async def _open(number: str) -> bool:
    """Whether a request may still lift its own order."""
    request = await requests.get(number)
    return request is None or request.state in OPEN


async def _bring(medium: Medium, state: MediumState, request: Request | None, at: datetime) -> None:
    was, day = medium.state, at.astimezone(SHANGHAI).date()
    if was is state:
        return
    entry = change_ledger.recorded(
        medium.no, "state", was.value, state.value, day, at, SOURCE, request.id if request else None
    )
    await change_ledger.lay_in(medium, [entry])
    await ledger.change(medium.no, {"state": state.value})


async def _before(medium: Medium) -> MediumState:
    """In use, unless the unit had paused it before the first order."""
    found = [
        c
        for c in await ledger.history(medium.no)
        if (c.item, c.source, c.after) == ("state", SOURCE, "停止运行")
    ]
    paused = bool(found) and found[-1].before == MediumState.PAUSED.value
    return MediumState.PAUSED if paused else MediumState.ACTIVE
