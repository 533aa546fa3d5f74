"""/代理: who decides while an approver is away (form F15), set by them or by the 内勤 of their unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cards import proxies as cards
from handlers.cases import guard, proxy_ends, proxy_words, record
from handlers.commands import Line
from handlers.duties import begin
from handlers.events import Message, Reply
from handlers.kinds.process import PROCESSES
from handlers.letters import notify
from handlers.people import arranging, standing_in
from handlers.people.naming_one import the_one
from handlers.rules.articles import ART_5_2
from handlers.rules.permits import serves
from handlers.typed.moments import Wrong
from handlers.typed.spans import bounds
from storage import people, proxies, requests
from storage.held import held
from storage.proxies import Proxy
from storage.records import Person, Role

MANY = 100
"""Open cards of a stand-in that are closed at once; an older one answers for itself when pressed."""


@dataclass(frozen=True, slots=True)
class _Span:
    starts: datetime
    ends: datetime
    scope: tuple[str, ...]

    def words(self, now: datetime) -> str:
        return cards.span(self.starts, self.ends, now)


async def proxy(event: Message, person: Person, line: Line) -> Reply:
    """`/代理 人 起 止 [范围] [原因]`, `/代理 人 替 谁 起 止 …`, `/代理 取消`."""
    if not line.words:
        return await _shown(event, person)
    cancelled = proxy_words.cancelled_for(line.words)
    if cancelled is not None:
        return await _cancel(event, person, cancelled)
    wish = proxy_words.read(line.words, _kinds())
    if wish is None:
        return Reply(cards.FORM, ok=False)
    before = f"代理 {wish.delegate} 替"
    principal = await _principal(event, person, wish.principal, before, wish.behind)
    if isinstance(principal, Reply):
        return principal
    after = f"替 {principal.id} {wish.behind}" if wish.principal else wish.behind
    delegate = await the_one(wish.delegate, event.at, "代理", after)
    if isinstance(delegate, Reply):
        return delegate
    if too_long := guard.too_long(wish.reason, proxies.LONGEST):
        return too_long
    await held(person=principal.id)
    try:
        starts, ends = bounds(wish.first, wish.last, event.at, "代理")
    except Wrong as why:
        return Reply(f"{why}。例：/代理 {delegate.name} 12-01 12-05 出差", ok=False)
    if delegate.id == principal.id or not serves(delegate, event.at):
        return Reply("代理人须是在职的另一位教职工。", ok=False)
    span = _Span(starts, ends, wish.scope)
    if unfit := await _unfit(principal, delegate, span, event.at):
        return Reply(unfit, ok=False)
    given = await proxies.add(principal.id, delegate.id, starts, ends, wish.reason, wish.scope)
    await begin.absence_began(given, event.at)
    return await _announce(event, person, principal, delegate, span)


def _kinds() -> dict[str, str]:
    """The kind of requests by the word that names their process."""
    return {process.form.command: kind for kind, process in PROCESSES.items()}


def scope_words(scope: Sequence[str]) -> str:
    """发布、备案; empty where a proxy is for all."""
    return "、".join(PROCESSES[kind].form.command for kind in scope if kind in PROCESSES)


async def _principal(event: Message, person: Person, name: str, before: str, after: str) -> Person | Reply:
    """For whom somebody arranges it: for themselves, or as 内勤 for an approver of their unit."""
    if not name:
        if await standing_in.approves(person, event.at):
            return person
        clerk = serves(person, event.at) and Role.CLERK in person.roles
        return Reply(cards.FOR_WHOM if clerk else cards.APPROVERS_ONLY, ok=False)
    found = await the_one(name, event.at, before, after)
    if isinstance(found, Reply):
        return found
    if found.id != person.id and not await arranging.clerk_for(person, found, event.at):
        return Reply(cards.clerks_only(found.name), ok=False)
    if not await standing_in.approves(found, event.at):
        return Reply(cards.no_approver(found.name), ok=False)
    return found


async def _unfit(person: Person, delegate: Person, span: _Span, now: datetime) -> str:
    """Why this person may not be stood in for by that one in those days; empty where they may."""
    for one in await proxies.upcoming(person.id, now):
        if one.starts_at < span.ends and span.starts < one.ends_at and _overlap(one.scope, span.scope):
            known = await people.get(one.delegate)
            return cards.overlaps(
                _Span(one.starts_at, one.ends_at, one.scope).words(now),
                known.name if known else one.delegate,
            )
    return await standing_in.refusal(person, delegate, now)


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two scopes have a process in common; none named is all."""
    return not one or not other or bool(set(one) & set(other))


async def _announce(
    event: Message, person: Person, principal: Person, delegate: Person, span: _Span
) -> Reply:
    """Both are told; the delegate also how much of it is waiting already."""
    days, scope = span.words(event.at), scope_words(span.scope)
    note = f"代理 {delegate.id}，{span.starts.isoformat()} 至 {span.ends.isoformat()}"
    await _trail(event, person, principal, "proxy", note + (f"，只代 {scope}" if scope else ""))
    by = "" if person.id == principal.id else person.name
    waiting = await _added(delegate, principal, event.at) if span.starts <= event.at else 0
    text = cards.asked(principal.name, days, scope, waiting, by)
    await notify.tell([delegate], "proxy", {"text": text}, event.at)
    if by:
        text = cards.arranged(by, delegate.name, days, scope)
        await notify.tell([principal], "proxy", {"text": text}, event.at)
    return Reply(cards.given(delegate.name, days, scope, principal.name if by else ""))


async def _added(delegate: Person, principal: Person, at: datetime) -> int:
    """How many open steps a proxy brings its delegate at once."""
    given = await standing_in.proxies_of(delegate.id, at)
    before = [one for one in given if one.principal != principal.id]
    now = await requests.count_waiting(delegate.id, given)
    return now - await requests.count_waiting(delegate.id, before)


async def _cancel(event: Message, person: Person, name: str) -> Reply:
    principal = await _principal(event, person, name, "代理 取消", "") if name else person
    if isinstance(principal, Reply):
        return principal
    await held(person=principal.id)
    given = await proxies.upcoming(principal.id, event.at)
    delegates = await people.several([one.delegate for one in given])
    if not await proxies.cancel(principal.id, event.at):
        whose = "您" if principal.id == person.id else f"{principal.name} "
        return Reply(f"{whose}没有正在生效或将要生效的代理。", ok=False)
    await _trail(event, person, principal, "proxy_cancel", "")
    why = cards.cancelled(person.name, own=principal.id == person.id)
    for one in given:
        await proxy_ends.told(one, why, event.at, but=person.id)
    for request in await requests.waiting_for(principal.id, (), MANY):
        await notify.repaint(request, event.at, of=delegates)
    return Reply(
        f"代理已取消，审批恢复由{'您' if principal.id == person.id else f' {principal.name} '}办理。"
    )


async def _shown(event: Message, person: Person) -> Reply:
    listed = await proxies.upcoming(person.id, event.at)
    if not listed:
        return Reply("您没有设代理。要设请发：/代理 姓名或工号 起 止 原因，例：/代理 张老师 12-01 12-05 出差")
    names = await people.several([one.delegate for one in listed])
    lines = [_line(one, names[one.delegate].name, event.at) for one in listed]
    return Reply("现有代理：\n" + "\n".join(lines) + "\n取消发 /代理 取消。")


def _line(one: Proxy, name: str, now: datetime) -> str:
    scope = scope_words(one.scope)
    days = _Span(one.starts_at, one.ends_at, one.scope).words(now)
    return f"{name}：{days}" + (f"，只代 {scope}" if scope else "")


async def _trail(event: Message, person: Person, principal: Person, act: str, note: str) -> None:
    by = record.By.event(event, person.id, principal.id if principal.id != person.id else "")
    await record.noted(f"proxy:{principal.id}", act, by, ART_5_2, note)
