"""The ledger as one reader may see it: lists, a medium on any day, its history, what needs attention."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from cards import ledger as cards
from cards import notices
from cards import readiness as readiness_cards
from cards.card import Card
from cards.form_media import AGAIN
from handlers.ledger import standing
from handlers.people import readiness
from handlers.rules import attention as rules
from handlers.rules.articles import ART_4
from handlers.rules.permits import FREE, SHANGHAI, Refusal, is_auditor, is_center, managed_by, serves
from storage import appointments, ledger, ledger_facts, media, media_search, people, requests, silences
from storage.media_search import Word
from storage.records import Identity, Medium, MediumChange, MediumState, OwedChange, Person, Post, Unit

_COUNTED = {
    rules.Concern.NOBODY: "没有在职教职工",
    rules.Concern.OVERDUE: "变更备案逾期",
    rules.Concern.LONG_QUIET: "长期没有发布登记",
    rules.Concern.QUIET: "近期没有发布登记",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may read the ledger, of which units: `within` is None for the whole school."""

    person: Person
    units: Mapping[str, Unit]
    within: tuple[str, ...] | None

    def sees(self, medium: Medium) -> bool:
        return self.within is None or medium.unit in self.within

    def manages(self, medium: Medium) -> bool:
        """Whether it is a medium of the reader's own unit."""
        own = managed_by(self.person.unit, self.units)
        return managed_by(medium.unit, self.units) == own


async def reader(person_id: str) -> Reader | Refusal:
    """The reader, or why they may not: staff see their own unit's media, centre and auditor all.

    > 属地管理、分级负责（第四条）
    """
    person = await people.get(person_id)
    if person is None or person.identity is not Identity.STAFF:
        return Refusal("台账由教职工查看本单位的媒体。需要了解请联系本单位媒体的运营负责人。", ART_4)
    units = {unit.code: unit for unit in await people.all_units()}
    if is_center(person) or is_auditor(person):
        return Reader(person, units, None)
    own = managed_by(person.unit, units)
    return Reader(person, units, tuple(code for code in units if managed_by(code, units) == own))


async def books(args: Mapping[str, Any], reader_id: str, at: datetime) -> Card:
    """`/台账 [词]`: the list; where the words mean one medium, its page."""
    who = await reader(reader_id)
    if isinstance(who, Refusal):
        return notices.refused(str(who))
    words = str(args.get("words", ""))
    named = await media.called(words) if words else []
    seen = [medium for medium in named if who.sees(medium)]
    if len(seen) == 1:
        return await _page(seen[0], args, who, at)
    page = int(args.get("page", 1))
    found, total = await _search(who, words, page)
    if total and not found:
        page = -(-total // cards.PAGE)
        found, total = await _search(who, words, page)
    if total == 1 and words:
        return await _page(found[0], args, who, at)
    if named and not total:
        return notices.refused(str(_elsewhere(named[0])))
    waiting = await ledger.waiting([medium.no for medium in found])
    shown = [ledger.shown(medium, waiting.get(medium.no, ())) for medium in found]
    used = [one.no for one in shown if one.state is MediumState.ACTIVE]
    silent = [no for no in used if await silences.over(no, at)]
    return cards.books(shown, total, page, words, frozenset(waiting), silent)


def _elsewhere(medium: Medium) -> Refusal:
    return Refusal(f"“{medium.name}”不是本单位的媒体，台账由其主办单位和全媒体中心查看。", ART_4)


async def _search(who: Reader, words: str, page: int) -> tuple[list[Medium], int]:
    wanted = [Word(word, _units_called(word, who.units)) for word in words.split()]
    return await media_search.search(wanted, who.within, cards.PAGE, (page - 1) * cards.PAGE)


def _units_called(word: str, units: Mapping[str, Unit]) -> tuple[str, ...]:
    """Units with the word in their name, and the inner offices that they manage."""
    named = {code for code, unit in units.items() if word in unit.name or word == code}
    return tuple(code for code in units if code in named or managed_by(code, units) in named) if named else ()


async def medium(args: Mapping[str, Any], reader_id: str, at: datetime) -> Card | None:
    """One medium by its 备案号."""
    who = await reader(reader_id)
    if isinstance(who, Refusal):
        return notices.refused(str(who))
    found = await media.several([str(args["medium"])])
    if not found:
        return None
    if not who.sees(found[0]):
        return notices.refused(str(_elsewhere(found[0])))
    return await _page(found[0], args, who, at)


async def _page(medium: Medium, args: Mapping[str, Any], who: Reader, at: datetime) -> Card:
    """The medium's page, its history, or what it was on a day, as the arguments ask."""
    today = at.astimezone(SHANGHAI).date()
    on = date.fromisoformat(args["on"]) if args.get("on") else today
    if on > today:
        return notices.refused(f"{on} 还没有到，请写已经过去的日期。")
    if on < today and await _not_yet(medium, on):
        return cards.not_yet(medium, on)
    view = await view_of(medium, on, who, at)
    if on < today:
        return cards.as_of(view)
    return cards.history(view, int(args["history"])) if args.get("history") else cards.medium(view)


async def _not_yet(medium: Medium, on: date) -> bool:
    """Whether the medium came on the books after that day; one filed again had been on them before."""
    if medium.filed_on is None or on >= medium.filed_on:
        return False
    known = await ledger.history(medium.no)
    return not any(c.effective_on <= on or (c.item == cards.FILING and c.after == AGAIN) for c in known)


async def view_of(medium: Medium, on: date, who: Reader, at: datetime) -> cards.MediumView:
    """All there is to say of a medium as it was at the end of that day (today: as it is)."""
    past = on < at.astimezone(SHANGHAI).date()
    moment = _end(on) if past else at
    everything = await ledger.history(medium.no)
    then = ledger.as_of(medium, everything, on)
    changes = tuple(change for change in everything if change.effective_on <= on)
    host = ledger.recorded_on(medium, "host_unit", everything, on)
    responsible = await _responsible(host, who.units, moment, past=past)
    ids = [then.operator, *then.admins, responsible]
    known = await people.several([*ids, *(person for c in changes for person in cards.named(c))])
    posts = await ledger_facts.last_posts([medium.no], moment)
    owed = [] if past else await ledger_facts.changes_owed([medium.no])
    last = posts.get(medium.no)
    kept = FREE if past else await standing.hold(medium, at)
    found = () if past else rules.facts(then, known, last, owed, at)
    return cards.MediumView(
        medium=then,
        on=on,
        past=past,
        people=known,
        units={code: unit.name for code, unit in who.units.items()},
        responsible=responsible,
        changes=changes,
        numbers=await _numbers(changes),
        last_post=last,
        facts=tuple(said(fact) for fact in found),
        may_change=not past and who.manages(medium),
        ordered=kept.ordered,
        silence=kept.silence if then.state is MediumState.ACTIVE else "",
    )


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


async def _responsible(unit: str, units: Mapping[str, Unit], moment: datetime, *, past: bool) -> str:
    """Who was first responsible for a unit's media until that moment: the nearest upwards, in service."""
    upwards = _upwards(unit, units)
    last = moment - timedelta(milliseconds=1)
    if past:
        held = await appointments.appointed(upwards, Post.FIRST_RESPONSIBLE, last)
    else:
        held = {code: units[code].first_responsible for code in upwards}
    known = await people.several(list(held.values()))
    for code in upwards:
        person = known.get(held.get(code, ""))
        if person and serves(person, last):
            return person.id
    return ""


def _upwards(unit: str, units: Mapping[str, Unit]) -> list[str]:
    found: list[str] = []
    while unit in units and unit not in found:
        found.append(unit)
        unit = units[unit].parent
    return found


async def _numbers(changes: Iterable[MediumChange]) -> dict[int, str]:
    """The numbers of the requests behind a history."""
    ids = {change.request for change in changes if change.request}
    found = [await requests.by_id(one) for one in sorted(ids)]
    return {request.id: request.number for request in found if request}


def said(fact: rules.Fact) -> str:
    """A fact in the words of cards."""
    if fact.concern is rules.Concern.NOBODY:
        return cards.nobody()
    if fact.concern is rules.Concern.OVERDUE and fact.since:
        return cards.overdue(fact.item, fact.since)
    return cards.quiet(fact.since, fact.days)


async def attention(args: Mapping[str, Any], reader_id: str, at: datetime) -> Card:
    """`/台账 关注`: media that need attention, of the reader's unit or of the whole school."""
    who = await reader(reader_id)
    if isinstance(who, Refusal):
        return notices.refused(str(who))
    found = await concerns(await _media(who), at)
    page = min(int(args.get("page", 1)), max(1, -(-len(found) // cards.PAGE)))
    shown = found[(page - 1) * cards.PAGE : page * cards.PAGE]
    counted = Counter(concern for _, facts in found for concern in {fact.concern for fact in facts})
    return cards.attention(
        [cards.Noticed(one, tuple(said(fact) for fact in facts)) for one, facts in shown],
        {_COUNTED[concern]: counted[concern] for concern in sorted(counted)},
        len(found),
        page,
    )


async def ready(_: Mapping[str, Any], reader_id: str, at: datetime) -> Card:
    """Who would get a post of each unit today, of the reader's unit or of the whole school."""
    who = await reader(reader_id)
    if isinstance(who, Refusal):
        return notices.refused(str(who))
    return readiness_cards.card(await readiness.of_units(await _media(who), at))


async def _media(who: Reader) -> list[Medium]:
    return await media.ledger() if who.within is None else await media.of_units(who.within)


async def concerns(recorded: Sequence[Medium], at: datetime) -> list[tuple[Medium, tuple[rules.Fact, ...]]]:
    """Those of the media that need attention as they are shown, the most pressing first."""
    numbers = [medium.no for medium in recorded]
    waiting = await ledger.waiting(numbers)
    found = [ledger.shown(medium, waiting.get(medium.no, ())) for medium in recorded]
    posts = await ledger_facts.last_posts(numbers, at)
    known = await people.several([person for m in found for person in (m.operator, *m.admins)])
    owed: dict[str, list[OwedChange]] = {}
    for change in await ledger_facts.changes_owed(numbers):
        owed.setdefault(change.medium, []).append(change)
    noticed = [(m, rules.facts(m, known, posts.get(m.no), owed.get(m.no, ()), at)) for m in found]
    return sorted((pair for pair in noticed if pair[1]), key=lambda pair: (pair[1][0].concern, pair[0].no))
