"""/代理: who decides while an approver is away (form F15)."""

from datetime import UTC, date, datetime, time, timedelta

from cards.times import SHANGHAI, deadline, when
from handlers.cases import standing_in
from handlers.cases.naming_one import the_one
from handlers.commands import Line
from handlers.directory import namesakes
from handlers.drafts.moments import Wrong, calendar_day
from handlers.duties import begin
from handlers.events import Message, Reply
from handlers.letters import notify
from handlers.rules.permits import APPROVING, serves
from storage import people, proxies, requests, trail
from storage.held import held
from storage.records import Person, TrailEntry

ART_5_2 = "第五条（二）"
LONGEST = timedelta(days=90)
MANY = 100
"""Open cards of a stand-in that are closed at once; an older one answers for itself when pressed."""


async def proxy(event: Message, person: Person, line: Line) -> Reply:
    """`/代理 姓名或工号 起 止 [原因]`, `/代理 取消`: who decides while an approver is away."""
    if not line.words:
        return await _shown(event, person)
    name, rest = namesakes.name_first(line.words)
    words = [name, *rest.split()]
    await held(person=person.id)
    if words[0] == "取消":
        return await _cancel(event, person)
    if len(words) < 3:
        return Reply("请这样写：/代理 姓名或工号 12-01 12-05 出差。取消发：/代理 取消", ok=False)
    if not await _approves(person, event.at):
        return Reply("只有审批人（第一责任人、保密审查人、中心审批人）可以设代理。", ok=False)
    delegate = await the_one(name, event.at, "代理", rest)
    if isinstance(delegate, Reply):
        return delegate
    try:
        starts, ends = _bounds(words[1], words[2], event.at)
    except Wrong as why:
        return Reply(f"{why}。例：/代理 {delegate.name} 12-01 12-05 出差", ok=False)
    if delegate.id == person.id or not serves(delegate, event.at):
        return Reply("代理人须是在职的另一位教职工。", ok=False)
    if unfit := await _unfit(person, delegate, starts, ends, event.at):
        return Reply(unfit, ok=False)
    given = await proxies.add(person.id, delegate.id, starts, ends, " ".join(words[3:])[:200])
    await begin.absence_began(given, event.at)
    return await _announce(event, person, delegate, starts, ends)


async def _unfit(person: Person, delegate: Person, starts: datetime, ends: datetime, now: datetime) -> str:
    """Why this person may not be stood in for by that one in those days; empty where they may."""
    for one in await proxies.upcoming(person.id, now):
        if one.starts_at < ends and starts < one.ends_at:
            known = await people.get(one.delegate)
            span = f"{when(one.starts_at, now)} 至 {deadline(one.ends_at, now)}"
            return (
                f"{span} 已由 {known.name if known else one.delegate} 代理，与这次重叠，没有另设。"
                "要换人或改日期，请先发 /代理 取消。"
            )
    return await standing_in.refusal(person, delegate, now)


def _bounds(first: str, last: str, now: datetime) -> tuple[datetime, datetime]:
    """From the beginning of the first day (or now) to the end of the last."""

    def begins(day: str, later: int = 0) -> datetime:
        chosen = date.fromisoformat(calendar_day(day, now)) + timedelta(days=later)
        return datetime.combine(chosen, time(), SHANGHAI).astimezone(UTC)

    starts, ends = max(begins(first), now), begins(last, 1)
    if begins(last) < begins(first):
        raise Wrong("止日不能早于起日")
    if ends <= now:
        raise Wrong("这几天已经过去了")
    if starts > now + LONGEST:
        raise Wrong("起日只能在 90 天以内")
    if ends - starts > LONGEST:
        raise Wrong("代理最长 90 天")
    return starts, ends


async def _approves(person: Person, at: datetime) -> bool:
    posted = bool(person.roles & APPROVING) or await people.is_first_responsible(person.id)
    return posted and serves(person, at)


async def _announce(
    event: Message, person: Person, delegate: Person, starts: datetime, ends: datetime
) -> Reply:
    span = f"{when(starts, event.at)} 至 {deadline(ends, event.at)}"
    note = f"代理 {delegate.id}，{starts.isoformat()} 至 {ends.isoformat()}"
    await _trail(event, person, "proxy", note)
    text = f"{person.name} 请您在 {span} 代为审批。记录会写明“您代 {person.name}”，责任仍由委托人承担。"
    waiting = await requests.count_waiting(person.id, ())
    if waiting and starts <= event.at:
        text += f"现有 {waiting} 件，发 /待办 办理。"
    await notify.tell([delegate], "proxy", {"text": text}, event.at)
    return Reply(f"已设代理：{delegate.name}，{span}。取消发 /代理 取消。责任仍由您承担（{ART_5_2}）。")


async def _cancel(event: Message, person: Person) -> Reply:
    delegates = await people.several([one.delegate for one in await proxies.upcoming(person.id, event.at)])
    if not await proxies.cancel(person.id, event.at):
        return Reply("您没有正在生效或将要生效的代理。", ok=False)
    await _trail(event, person, "proxy_cancel", "")
    text = f"{person.name} 已取消外出代理，不再需要您代为审批。"
    await notify.tell(delegates.values(), "proxy", {"text": text}, event.at)
    for request in await requests.waiting_for(person.id, (), MANY):
        await notify.repaint(request, event.at, of=delegates)
    return Reply("代理已取消，审批恢复由您办理。")


async def _shown(event: Message, person: Person) -> Reply:
    listed = await proxies.upcoming(person.id, event.at)
    if not listed:
        return Reply("您没有设代理。要设请发：/代理 姓名或工号 起 止 原因，例：/代理 张老师 12-01 12-05 出差")
    names = await people.several([one.delegate for one in listed])
    lines = [
        f"{names[one.delegate].name}：{when(one.starts_at, event.at)} 至 {deadline(one.ends_at, event.at)}"
        for one in listed
    ]
    return Reply("现有代理：\n" + "\n".join(lines) + "\n取消发 /代理 取消。")


async def _trail(event: Message, person: Person, act: str, note: str) -> None:
    await trail.note(
        TrailEntry(
            matter=f"proxy:{person.id}",
            seq=0,
            at=event.at,
            actor=person.id,
            act=act,
            platform=event.platform,
            message=event.message or event.key,
            article=ART_5_2,
            note=note,
        )
    )
