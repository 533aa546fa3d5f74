"""Documents put on their way: made when their letter leaves, of what is true then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.events import Click, Message
from storage import outbox
from storage.letters import Letter, LetterKind
from storage.records import Person, Platform

_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {"xlsx": f"{_OFFICE}.spreadsheetml.sheet", "docx": f"{_OFFICE}.wordprocessingml.document"}


async def send(
    event: Message | Click, person: Person, document: str, name: str, args: Mapping[str, Any]
) -> None:
    """Put a document on its way to whoever asks, where they asked; its name ends in xlsx or docx."""
    account = person.account(event.platform) or event.accounts[0]
    await outbox.put([_letter(person, event.platform, account, document, name, args, event.at)])


async def follow(
    person: Person, on: str, document: str, name: str, args: Mapping[str, Any], at: datetime
) -> None:
    """Put a document on its way to whom it follows for, `on` the platform where they acted or theirs."""
    accounts = sorted(person.accounts(), key=lambda one: one[0] != on)
    await outbox.put([_letter(person, *one, document, name, args, at) for one in accounts[:1]])


def _letter(
    person: Person, platform: Platform, account: str, document: str, name: str,
    args: Mapping[str, Any], at: datetime,
) -> Letter:  # fmt: skip
    told = {"document": document, "name": name, "type": _TYPES[name.rpartition(".")[2]], **args}
    return Letter(
        id=outbox.new_id(at),
        kind=LetterKind.FILE,
        platform=platform,
        person=person.id,
        account=account,
        template="attachment",
        args=told,
        created_at=at,
    )
