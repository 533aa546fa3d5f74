"""Documents that are made when their letter leaves: of what is true then, for whoever may have them then."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from handlers.events import Click, Message
from handlers.rounds import results
from storage import outbox
from storage.letters import Letter, LetterKind
from storage.records import Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Maker = Callable[[Mapping[str, Any], str, datetime], Awaitable[bytes | None]]

DOCUMENTS: Mapping[str, Maker] = {"round": results.workbook}
"""How each is made, for a reader at an instant; None where they may not have it."""


async def send(
    event: Message | Click, person: Person, document: str, name: str, args: Mapping[str, Any]
) -> None:
    """Put a document on its way to whoever asks, where they asked."""
    told = {"document": document, "name": name, "type": XLSX, **args}
    letter = Letter(
        id=outbox.new_id(event.at),
        kind=LetterKind.FILE,
        platform=event.platform,
        person=person.id,
        account=person.account(event.platform) or event.accounts[0],
        template="attachment",
        args=told,
        created_at=event.at,
    )
    await outbox.put([letter])


async def made(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """The bytes of a document, or None."""
    return await DOCUMENTS[str(args["document"])](args, reader, at)
