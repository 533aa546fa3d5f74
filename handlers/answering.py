"""What somebody is answered: by a letter to whoever wrote, by words where a press has no toast."""

from handlers.events import Click, Message, Reply
from handlers.letters import notify
from storage import outbox
from storage.letters import Letter, LetterKind
from storage.records import Person, Platform


async def answer(event: Message, person: Person | None, reply: Reply) -> None:
    """A message is answered by a letter to its sender; in a group one line says so."""
    if reply.template:
        await notify.answer(event, person, reply.template, reply.args)
    elif reply.toast:
        template = "say" if reply.ok else "refused"
        await notify.answer(event, person, template, _told(reply))
    else:
        return
    if reply.also:
        await notify.answer(event, person, "refused", {"text": reply.also})
    if event.chat:
        await outbox.put([_group_line(event, person)])


async def speak(event: Click, person: Person, reply: Reply) -> None:
    """Where no toast can be shown, what a click was answered is said."""
    if event.platform is Platform.WECOM and reply.toast:
        template = "say" if reply.ok else "refused"
        await notify.answer(event, person, template, _told(reply))


def _told(reply: Reply) -> dict[str, str]:
    return {"text": reply.toast} | ({"title": reply.title} if reply.title else {})


def _group_line(event: Message, person: Person | None) -> Letter:
    return Letter(
        id=outbox.new_id(event.at),
        kind=LetterKind.GROUP,
        platform=event.platform,
        person=person.id if person else "",
        account=event.chat,
        template="say",
        args={"text": "已在与您的单独对话中回复。", "message": event.message},
        created_at=event.at,
    )
