"""/摸底: one's own return, and for the centre the round itself."""

from handlers.commands import Line
from handlers.drafts import supplying
from handlers.events import Message, Reply
from handlers.letters import documents
from handlers.people import whose
from handlers.processes import inventory
from handlers.rounds import beginning, opening
from storage import departures, requests, rounds
from storage.records import Person, Request

BEGIN, PROGRESS, RESULT = "开始", "进度", "结果"


async def command(event: Message, person: Person, line: Line) -> Reply:
    """`/摸底`, with fields behind it one's own return; `开始 起 止 [范围]`, `进度`, `结果` the centre's."""
    word, _, rest = line.words.partition(" ")
    if word == BEGIN:
        return await beginning.shown(event, person, opening.ROUND, rest)
    centre = await whose.of_centre(person, event.at)
    own = await _own(person)
    if word == RESULT:
        return await _result(event, person, centre=centre)
    if word == PROGRESS or (own is None and centre):
        return await _progress(centre=centre)
    if own is None:
        return Reply("现在没有需要本单位填报的摸底。", ok=False)
    step = own.current
    if step is None or step.name != inventory.FILL:
        return Reply(template="show", args={"request": own.id, "number": own.number})
    return await supplying.begin(event, person, own, inventory.FILLING, line.text)


async def _progress(*, centre: bool) -> Reply:
    if not centre:
        return Reply("进度由全媒体中心查看。看本单位的请发：/摸底", ok=False)
    latest = await rounds.latest()
    if latest is None:
        return Reply(f"还没有发起过摸底。{opening.USAGE}", ok=False)
    return Reply(template="round", args={"round": latest.id})


async def _result(event: Message, person: Person, *, centre: bool) -> Reply:
    """The workbook comes as a file of its own."""
    latest = await rounds.latest()
    if not centre or latest is None:
        return await _progress(centre=centre)
    await documents.send(event, person, "round", f"{latest.name}.xlsx", {"round": latest.id})
    return Reply(f"{latest.name}的结果表正在发给您，含截至此刻的各单位和媒体情况。")


async def _own(person: Person) -> Request | None:
    """The return that waits for this person, of whatever round; else their unit's open one, or its last."""
    kind, unit = inventory.PROCESS.kind, await whose.managing_unit(person.unit)
    waiting = [one for one in await departures.steps_of(person.id) if one.startswith(f"{kind}-")]
    if waiting:
        return await requests.get(waiting[0])
    if open_ones := [one for one in await requests.open_of_kind(kind) if one.unit == unit]:
        return open_ones[0]
    latest = await rounds.latest()
    if latest is None:
        return None
    mine = [one for one in await rounds.returns(latest.id) if one.unit == unit and one.request]
    return await requests.by_id(mine[0].request or 0) if mine else None
