"""The files behind a text: sent after it, to whoever may read that text when they leave."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cards import attachment
from cards.card import Card
from handlers.events import Click, Message
from handlers.letters import documents, showing
from handlers.processes.process import kept_files
from storage import drafts, outbox, people, requests
from storage.letters import Letter, LetterKind
from storage.records import Draft, Person, Request

TEMPLATE = "attachment"


async def of_request(event: Message | Click, person: Person, request: Request) -> None:
    """Send what a request would publish or file, and what steps supplied, to whoever asks where they did."""
    supplied = [part for part in request.form.values() if isinstance(part, Mapping)]
    files = [file for part in (request.form, *supplied) for file in part.get("files") or ()]
    await _put(event, person, [{**file, "request": request.id} for file in files])


async def of_draft(event: Message | Click, person: Person, draft: Draft) -> None:
    """Send the author what was received for a draft so far."""
    kept = kept_files(await drafts.uploads(draft.id))
    await _put(event, person, [{**file, "draft": draft.id} for file in kept])


async def _put(event: Message | Click, person: Person, files: Iterable[Mapping[str, Any]]) -> None:
    """One letter for each file. They are not urgent, so the text goes first and no card waits for them."""
    letters = [
        Letter(
            id=outbox.new_id(event.at),
            kind=LetterKind.FILE,
            platform=event.platform,
            person=person.id,
            account=person.account(event.platform) or event.accounts[0],
            template=TEMPLATE,
            args=file,
            created_at=event.at,
            request=file.get("request"),
        )
        for file in files
    ]
    await outbox.put(letters)


async def content(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """The bytes of the file, None where the reader may not have it any more or it was erased."""
    if "document" in args:
        return await documents.made(args, reader, at)
    may = await (showing.may_read if "request" in args else _writes)(args, reader, at)
    return await drafts.content(str(args["sha256"])) if may and "sha256" in args else None


async def unsent(args: Mapping[str, Any], reader: str) -> Card | None:
    """What the reader is told where the platform did not take the file, None where it was erased."""
    if "document" in args:
        return attachment.unsent(str(args["name"]), 0, "", large=bool(args["large"]))
    if "sha256" not in args:
        return None
    request = await requests.by_id(int(args.get("request", 0)))
    applicant = await people.get(request.applicant) if request and request.applicant != reader else None
    name = applicant.name if applicant else ""
    return attachment.unsent(str(args["name"]), int(args["size"]), name, large=bool(args["large"]))


async def _writes(args: Mapping[str, Any], reader: str, at: datetime) -> bool:
    """Whether this is a draft of theirs, and was not stopped."""
    draft = await drafts.get(int(args["draft"]))
    return draft is not None and draft.person == reader and draft.state != "stopped"
