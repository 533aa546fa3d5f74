"""/官方吗: whether an account is the school's or a unit's, asked by anybody (Article 11)."""

from cards import official as cards
from cards.form_impersonation import IMPERSONATION
from handlers.commands import Line
from handlers.composing.official import TEMPLATE
from handlers.drafts import begin
from handlers.events import Click, Message, Reply
from handlers.ledger import strangers
from handlers.letters import notify
from handlers.rules.links import links_in
from handlers.rules.text import label
from storage.records import Person

COMMAND = "官方吗"
ALIAS = TEMPLATE
LONGEST = 300
"""Characters of a name or address that are looked at."""


def asked(line: Line) -> Line | None:
    """The line where it asks this, also with the blank behind the name forgotten: /官方吗机电之声."""
    if line.name == ALIAS:
        return line
    rest = line.name.removeprefix(COMMAND)
    if rest == line.name:
        return None
    glue = ":" if rest in ("http", "https") and line.words.startswith("//") else " "
    return Line(COMMAND, f"{rest}{glue}{line.words}".strip(), line.body)


async def command(event: Message, person: Person | None, line: Line) -> Reply:
    """`/官方吗 名称或链接`; whoever is not on the books may ask so often and no more."""
    asked = label(line.text)[:LONGEST]
    if len(asked) < 2:
        return Reply(cards.ASK, ok=False, title="还差名称")
    if person is None and (refused := await strangers.too_often(event)):
        return Reply(refused, ok=False)
    return Reply(template=TEMPLATE, args={"asked": asked})


async def report(event: Click, person: Person) -> Reply:
    """上报冒用: the form of a report, with what was asked for in it."""
    links = links_in(event.ref)
    body = f"链接：{links[0]}" if links else f"账号名称：{event.ref}"
    message = Message(
        key=event.key, platform=event.platform, accounts=event.accounts, at=event.at, said_at=event.said_at,
        message=event.message,
    )  # fmt: skip
    reply = await begin.command(message, person, Line("冒用", body=body), IMPERSONATION.kind)
    if not reply.template:
        return reply
    await notify.answer(event, person, reply.template, reply.args)
    return Reply("请在新消息里填写。")
