"""Documents put on their way: made when their letter leaves, of what is true then."""

from collections.abc import Mapping
from typing import Any

from handlers.events import Click, Message
from storage import outbox
from storage.letters import Letter, LetterKind
from storage.records import Person

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
