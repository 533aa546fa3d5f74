"""What the centre does to a campaign that is out: 追加媒体, 延期, 收回, 解除静默."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from cards.processes import dispatch as cards
from cards.times import deadline
from handlers.cases import acting, casework, progress, record
from handlers.cases.acting import Asked, Operation
from handlers.chain.operate import End, Law, Refusal
from handlers.commands import Line, numbers_in
from handlers.events import Click, Message, Reply
from handlers.people import whose
from handlers.processes import dispatch
from handlers.rules import targets
from handlers.rules.articles import ART_5_1
from handlers.rules.deadlines import SHANGHAI
from handlers.typed.fields import SEPARATORS
from handlers.typed.moments import Wrong, moment
from storage import campaigns, requests, silences
from storage.records import Act, MediumState, Person, Request, State

END_OF_DAY = time(23, 59)


async def _not_theirs(asked: Asked, *, silent: bool | None = False) -> Reply | None:
    request = asked.request
    if request.kind != dispatch.PROCESS.kind:
        return Reply(f"{request.number} 不是统一调动。", ok=False)
    if not await whose.of_centre(asked.person, asked.event.at):
        return Reply(f"统一调动由全媒体中心办理（{ART_5_1}）。", ok=False)
    if request.state is not State.RECORDED:
        return Reply(f"{request.number} 已提前结束。", ok=False)
    if silent is not None and cards.silent(request) is not silent:
        return Reply(f"{request.number} 是静默，只能解除：/解除静默 {request.number}", ok=False)
    return None


async def _widen(asked: Asked) -> Reply:
    """More media are asked for the same, each once."""
    if refusal := await _not_theirs(asked):
        return refusal
    known, words = await dispatch.books(), [one for one in SEPARATORS.split(asked.words) if one]
    meant = targets.read(words, known)
    if meant.wrong:
        return Reply("\n".join(meant.wrong.values()), ok=False)
    there = {call.medium for call in await campaigns.of(asked.request.id)}
    active = [m for m in targets.aimed(meant.words, known) if m.state is MediumState.ACTIVE]
    new = [medium for medium in active if medium.no not in there]
    if not new:
        return Reply("这些媒体都已在这次调动里，或不在用。", ok=False)
    note = f"{len(new)} 个：{'、'.join(m.name for m in new)}"[: record.LONGEST]
    after = await asked.kept(Act.WIDEN, ART_5_1, note)
    await requests.save(after)
    await campaigns.add(after.id, [medium.no for medium in new])
    return Reply(f"已追加 {len(new)} 个媒体（{targets.counted(new)}），调动会陆续发出。")


async def _extend(asked: Asked) -> Reply:
    """Another end: whoever has not answered gets a fresh card with it."""
    if refusal := await _not_theirs(asked):
        return refusal
    try:
        said = moment(asked.words, asked.event.at, END_OF_DAY)
    except Wrong as why:
        later = (asked.event.at + timedelta(days=1)).astimezone(SHANGHAI)
        return Reply(f"{why}。例：/延期 {asked.request.number} {later:%m-%d} 18:00", ok=False)
    if not said or datetime.fromisoformat(said) <= max(asked.event.at, dispatch.begins(asked.request)):
        return Reply("新的截止时间要晚于现在和开始时间。", ok=False)
    known = await asked.kept(Act.EXTEND, ART_5_1, said[:16].replace("T", " "))
    after = replace(known, outcome={**known.outcome, cards.UNTIL: said})
    await requests.conclude(after)
    await campaigns.again(after.id)
    await _settled(asked, after)
    until = deadline(dispatch.ends(after), asked.event.at)
    return Reply(f"{after.number} 已改到 {until}截止，没有回复的会收到新卡片。")


async def _end(asked: Asked) -> Reply:
    """Before its time: nobody owes an answer any more, or what was held may go out."""
    if refusal := await _not_theirs(asked, silent=None):
        return refusal
    request, at, words = asked.request, asked.event.at, asked.words.strip()
    op, by = End(words), record.By.event(asked.event, asked.person.id)
    after = await casework.operated(request, op, by, Law(centre=True))
    assert not isinstance(after, Refusal), after
    after = await casework.recorded(request, after, op, Act.END.value, by, article=ART_5_1, note=words)
    await requests.save(after)
    await dispatch.undone(request, at)
    await _settled(asked, after)
    if cards.silent(request):
        return Reply(f"{request.number} 已解除静默，有关的人会陆续收到通知。")
    return Reply(f"{request.number} 已收回，没有回复的媒体不用再办。")


async def _settled(asked: Asked, after: Request) -> None:
    """Whoever ordered it is told where another of the centre changed it."""
    other = asked.person.id != after.applicant
    await progress.settle(after, asked.event.at, shown=acting.shown_card(asked), tell=other)


async def lift(event: Message, person: Person, line: Line) -> Reply:
    """`/解除静默 [编号] [理由]`: without a number the only one that lasts."""
    if numbers_in(line.text)[0]:
        return await acting.command(event, person, line, LIFT)
    if not await whose.of_centre(person, event.at):
        return Reply(f"静默由全媒体中心解除（{ART_5_1}）。", ok=False)
    lasting = [one.number for one in await silences.lasting() if one.ends_at > event.at]
    if len(lasting) != 1:
        which = "、".join(lasting)
        return Reply(f"有几项静默：{which}。请写明编号。" if which else "现在没有静默。", ok=False)
    return await acting.command(event, person, Line(line.name, f"{lasting[0]} {line.words}", line.body), LIFT)


async def lifted(event: Click, person: Person) -> Reply:
    return await acting.click(event, person, LIFT)


WIDEN = Operation(
    Act.WIDEN, "追加媒体", "widen", "/追加媒体 编号 媒体", "统一调动：再调动这些媒体", "centre", _widen,
    "追加哪些媒体、平台或单位？（用顿号隔开）",
)  # fmt: skip
EXTEND = Operation(
    Act.EXTEND,
    "延期",
    "extend",
    "/延期 编号 时间",
    "统一调动：改截止时间",
    "centre",
    _extend,
    "改到什么时候截止？",
)
END = Operation(
    Act.END, "收回", "end", "/收回 编号 理由", "统一调动：提前结束", "centre", _end, "为什么收回？"
)
LIFT = Operation(Act.END, "解除静默", "unsilence", "/解除静默 编号", "解除静默", "centre", _end)
MANAGING = (WIDEN, EXTEND, END)
