"""The files behind a text: put on their way after it, for whoever asked."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cards.view import Sight
from handlers.events import Click, Message
from handlers.kinds.process import PROCESSES, kept_files
from storage import drafts, outbox
from storage.letters import Letter, LetterKind
from storage.records import Draft, Person, Request

TEMPLATE = "attachment"


async def of_request(event: Message | Click, person: Person, request: Request) -> None:
    """Send what a request would publish or file, or was proved with, to whoever asks, where they asked."""
    sight = await PROCESSES[request.kind].sight(request, person)
    if sight is None or sight >= Sight.FILES:
        await _put(event, person, [{**file, "request": request.id} for file in _files(request.form)])


def _files(answers: Any) -> Iterator[Mapping[str, Any]]:
    """The files of a form, and those that its steps supplied."""
    if isinstance(answers, Mapping):
        yield from answers.get("files") or ()
        parts = [part for name, part in answers.items() if name != "files"]
    else:
        parts = answers if isinstance(answers, list) else []
    for part in parts:
        yield from _files(part)


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
