"""先行停止 from the side of those who run the media: that they stand still, and that they run again."""

from collections.abc import Sequence
from datetime import datetime

from handlers.cases import orders, record
from handlers.letters import notify
from handlers.people.operators import operators
from handlers.rules.articles import ART_15
from handlers.rules.hearing import Hearing
from storage import media
from storage.records import Medium, MediumState, Request


async def release(request: Request, numbers: Sequence[str], by: record.By) -> None:
    """What was stopped for the time of a case runs again, unless something else stops it; they are told."""
    await orders.release(numbers, by, request.number)
    again = [one for one in await media.several(list(numbers)) if one.state is MediumState.ACTIVE]
    if again:
        names = "、".join(f"“{one.name}”" for one in again)
        text = f"{names}的先行停止已解除，可以照常发布（{ART_15}）。"
        await tell_operators(request, again, "解除先行停止", text, by.at)


async def tell_operators(
    request: Request, stopped: Sequence[Medium], title: str, text: str, at: datetime
) -> None:
    """Whoever runs them and is no party to the case learns how they stand, and nothing of the case."""
    heard = Hearing.of(request.outcome)
    parties = heard.concerned if heard else ()
    known = [person.id for medium in stopped for person in await operators(medium, at)]
    others = [one for one in dict.fromkeys(known) if one not in parties]
    await notify.words(others, title, text, at, request=request)
