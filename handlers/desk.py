"""The front desk: who is behind an event, and which handler of the table it is for."""

from dataclasses import replace
from datetime import timedelta

from cards import replies
from handlers import answering, commands, official, shorthand
from handlers.applicants import applicant, receipt
from handlers.cases import decide, read_marks, undelivered
from handlers.commands import Line
from handlers.directory import changes
from handlers.drafts import drafting, leaving, lines, uploads
from handlers.events import (
    LONGEST_TEXT,
    Click,
    ContactHint,
    DirectoryChange,
    DirectoryRead,
    Enter,
    Event,
    Fetched,
    Message,
    Reply,
    Seen,
    Tick,
    Undelivered,
)
from handlers.letters import notify
from handlers.rules.permits import in_service
from handlers.table import BY_NAME, CLICKS, FORMS, MEANT, NAMES, NUMBERED, PROMPTED, TICKS
from storage import drafts, outbox, people, response_codes
from storage.records import Act, Person, Platform

GREET_EVERY = timedelta(days=1)
_TOO_LONG = (
    f"一条消息最多 {LONGEST_TEXT} 字，这条有 {{count}} 字，没有收下，已填的内容没有变化。"
    "请把正文作为文件发来，或分开发。"
)


async def handle(event: Event) -> Reply:
    """Find the person behind the event and the handler for it; what is returned is the click's answer."""
    if isinstance(event, Tick):
        return await TICKS[event.what](event)
    if isinstance(event, Fetched):
        return await uploads.fetched(event)
    if isinstance(event, Undelivered):
        return await undelivered.given_up(event)
    if isinstance(event, ContactHint):
        return await changes.hinted(event)
    if isinstance(event, DirectoryChange):
        return await changes.changed(event)
    if isinstance(event, DirectoryRead):
        return await changes.read(event)
    if isinstance(event, Seen):
        return await read_marks.reported(event)
    person = await people.by_account(event.platform, event.accounts)
    if person is None:
        return await _unknown_person(event)
    await people.used_platform(person, event.platform)
    if not in_service(person, event.at):
        return await _left(event, person)
    if isinstance(event, Enter):
        return await _greet(event, person)
    if isinstance(event, Click):
        return await _clicked(event, person)
    await answering.answer(event, person, await _said(event, person))
    return Reply()


async def _unknown_person(event: Message | Click | Enter) -> Reply:
    """Told how to be bound; whether an account is official may be asked by anybody."""
    if isinstance(event, Message):
        line = commands.parse(event.text) if len(event.text) <= LONGEST_TEXT else None
        if line and (asked := official.asked(line)):
            await answering.answer(event, None, await official.command(event, None, asked))
        else:
            unbound = Reply(template="unbound", args={"account": event.accounts[0]})
            await answering.answer(event, None, unbound)
    return Reply("您的账号还没有登记，请联系系统管理员。", ok=False)


async def _left(event: Message | Click | Enter, person: Person) -> Reply:
    """Whoever left may do nothing and see nothing any more, on old cards either."""
    refused = Reply("您的离职信息已登记，不能再使用。如有误，请联系系统管理员。", ok=False)
    if isinstance(event, Message):
        await answering.answer(event, person, refused)
    if isinstance(event, Click):
        await answering.speak(event, person, refused)
    return refused


async def _greet(event: Enter, person: Person) -> Reply:
    """Once a day at most: the platforms report every opening of the conversation."""
    if await people.greeted(person, event.at, event.at - GREET_EVERY):
        await notify.tell([person], "greeting", {}, event.at, urgent=True)
    return Reply()


async def _said(event: Message, person: Person) -> Reply:
    if len(event.text) > LONGEST_TEXT:
        return Reply(_TOO_LONG.format(count=len(event.text)), ok=False)
    if event.files and not event.chat:
        return await uploads.received(event, person)
    line = commands.parse(event.text)
    if line is None:
        return Reply() if event.chat and not event.text.strip() else await _plain(event, person)
    name = NAMES.get(line.name)
    if name is None and (asked := official.asked(line)):
        name, line = official.COMMAND, asked
    if name is None and (glued := _glued(line)):
        name, line = glued
    if name is None:
        nearest = MEANT.get(line.name) or commands.nearest(line.name, NAMES)
        if form := _form_behind(line, nearest):
            return await BY_NAME[form].handle(event, person, line)
        return Reply(template="unknown", args={"typed": line.name[:20], "nearest": nearest})
    if name in NUMBERED:
        full = await shorthand.in_full(line, person, event.at)
        if isinstance(full, Reply):
            return full
        line = full
    if name in (*FORMS, "修改", "帮助"):  # what stands behind is theirs, whatever it begins with
        return await BY_NAME[name].handle(event, person, line)
    line, further = commands.one_of_several(line, NAMES)
    reply = await BY_NAME[name].handle(event, person, line)
    not_done = replies.commands_not_done(further) if further else ""
    return replace(reply, also="\n".join(filter(None, (reply.also, not_done))))


def _form_behind(line: Line, nearest: str) -> str:
    """The command whose form stands behind one that is unknown, if any: nothing typed is lost, and
    nothing is submitted before its preview was confirmed."""
    filled = {name: len(commands.fields_of(line, form.titles())[0]) for name, form in FORMS.items()}
    likely = max(filled, key=lambda name: (filled[name], name == nearest))
    return likely if filled[likely] > 1 or (filled[likely] and likely == nearest) else ""


def _glued(line: Line) -> tuple[str, Line] | None:
    """/查询FB-2026-0001 and /条款6: the blank after the name forgotten."""
    for known, name in sorted(NAMES.items(), key=lambda pair: -len(pair[0])):
        rest = line.name.removeprefix(known)
        if rest != line.name and (rest[0].isdigit() or rest[0] == "第" or commands.number_in(rest)[0]):
            return name, Line(known, f"{rest} {line.words}".strip(), line.body)
    return None


async def _plain(event: Message, person: Person) -> Reply:
    """A line without a slash: a reason that was asked for, a draft's answer, or a short help."""
    if event.chat:
        return Reply(template="hint")
    if leaving.asks_back(event.text):
        return await leaving.restore(event, person, Line("恢复"))
    draft = next(iter(await drafts.open_of(person.id)), None)
    prompt = await drafts.expected(person.id, event.at - decide.TOO_LATE)
    if prompt and prompt.act in PROMPTED:
        if prompt.act is not Act.RECEIPT or receipt.takes(prompt, event):
            return await PROMPTED[prompt.act](event, person, prompt)
    elif prompt and not (draft and decide.is_over(prompt, draft, event.at)):
        return await decide.prompted(event, person, prompt)
    draft = next(iter(await drafting.open_drafts(person.id)), None)
    if draft and (reply := await lines.read(event, person, draft)):
        return reply
    if reply := await applicant.said_out(event, person, prompt):
        return reply
    return lines.unclear(event, draft) if draft else Reply(template="hint")


async def _clicked(event: Click, person: Person) -> Reply:
    """Carry the click out, then see that the clicked card tells the truth."""
    handler = CLICKS.get(event.act)
    reply = await handler(event, person) if handler else Reply("这个按钮已不再使用。", ok=False)
    card = await outbox.get(event.card) if event.card else None
    own = card is not None and card.person == person.id
    if card is None or not own:
        await answering.speak(event, person, reply)
        return Reply(reply.toast, reply.ok)
    if event.code:
        await response_codes.add(card.id, event.code)
    template, args = (reply.template, reply.args) if reply.template else (card.template, card.args)
    if reply.template:
        request = args.get("request", card.request)
        await outbox.retitle(card.id, template, args, request)
    if event.platform is Platform.WECOM:
        await outbox.put([notify.update_of(card, event.at, template, args)])
        if not reply.ok:
            await answering.speak(event, person, reply)
    return Reply(reply.toast, reply.ok, template, args)
