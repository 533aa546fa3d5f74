"""/调动 进度, 结果: how far a campaign is, for the centre; everything else begins one."""

from handlers.campaigns import managing
from handlers.cases import acting
from handlers.commands import Line, number_in
from handlers.events import Click, Message, Reply
from handlers.letters import documents
from handlers.people import whose
from handlers.processes import dispatch
from handlers.rules.articles import ART_5_1
from storage import campaigns, requests
from storage.records import Person, Request

PROGRESS, RESULT = "进度", "结果"
FURTHER = {one.command: one for one in managing.MANAGING}


async def command(event: Message, person: Person, line: Line) -> Reply | None:
    """`/调动 进度 [编号]`, `结果 [编号]`, and what is done to one that is out; None for a new one."""
    word, _, rest = line.words.partition(" ")
    if word == managing.LIFT.command:
        return await managing.lift(event, person, Line(word, rest, line.body))
    if word in FURTHER:
        return await acting.command(event, person, Line(word, rest, line.body), FURTHER[word])
    if word not in (PROGRESS, RESULT):
        return None
    if not await whose.of_centre(person, event.at):
        return Reply(f"进度由全媒体中心查看（{ART_5_1}）。您的媒体要办的，发 /待办 看。", ok=False)
    found = await _meant(rest)
    if found is None:
        return Reply("没有这件调动。发起请发：/调动", ok=False)
    return await (_result(event, person, found) if word == RESULT else _progress(found))


async def _meant(words: str) -> Request | None:
    """The campaign of that number, else the latest."""
    number = number_in(words)[0]
    if number:
        found = await requests.get(number)
        return found if found and found.kind == dispatch.PROCESS.kind else None
    latest = await campaigns.latest()
    return await requests.by_id(latest) if latest else None


async def _progress(found: Request) -> Reply:
    return Reply(template="campaign", args={"request": found.id, "number": found.number})


async def _result(event: Message | Click, person: Person, found: Request) -> Reply:
    """The workbook comes as a file of its own."""
    await documents.send(
        event, person, "campaign", f"{found.number} {found.title}.xlsx", {"campaign": found.id}
    )
    return Reply(f"{found.number} 的结果表正在发给您，含截至此刻的回复。")


async def again(event: Click, person: Person) -> Reply:
    """刷新."""
    found = await _theirs(event, person)
    return await _progress(found) if found else Reply("没有这件调动。", ok=False)


async def result(event: Click, person: Person) -> Reply:
    """结果表."""
    found = await _theirs(event, person)
    return await _result(event, person, found) if found else Reply("没有这件调动。", ok=False)


async def _theirs(event: Click, person: Person) -> Request | None:
    return await _meant(event.ref) if await whose.of_centre(person, event.at) else None
