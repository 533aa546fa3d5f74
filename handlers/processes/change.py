"""/变更: a change that has happened is filed within five working days (Article 6(2))."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cards.draft import media_options
from cards.form import Choices
from cards.form_media import HANDED_OVER, ITEMS, PERSON_ITEMS
from cards.processes import change as cards
from handlers import workyear
from handlers.cases import leads
from handlers.kinds.process import Process, kept_files
from handlers.ledger import appointing, change_ledger, naming, own_media, standing
from handlers.people import whose
from handlers.rules import clauses
from handlers.rules.articles import ART_5_2, ART_6_1, ART_6_2, ART_15
from handlers.rules.chain import CENTRE, RESPONSIBLE, ledger_chain
from handlers.rules.deadlines import duty_due_change
from handlers.rules.history import covers
from handlers.rules.permits import SHANGHAI, in_service, may_file
from handlers.rules.platform_types import near
from handlers.rules.workdays import Calendar
from handlers.typed import people_named
from handlers.typed.answers import Answer, Read, Readers
from handlers.typed.reading import checked, named
from storage import duties, media, people, requests
from storage.records import Act, Draft, Medium, MediumState, Person, Request, State, Upload
from storage.steps import Verb

_ITEM_OF = {title: item for item, title in ITEMS.items()}


async def _media(answer: Answer) -> Read:
    """One medium of the person's own unit by name or 备案号; with several each has its own filing."""
    typed = answer.value
    found, wrong = await own_media.find_own(answer.by, [typed])
    if wrong and len(names := [name for name in typed.replace("，", "、").split("、") if name]) > 1:
        return answer.wrong(f"一次填一个媒体，这里有 {len(names)} 个，其余的请另发 /变更")
    return Read({"media": found}, wrong)


async def _day(answer: Answer) -> Read:
    """The day cannot be still to come."""
    if date.fromisoformat(answer.value) > _today(answer.at):
        return answer.wrong("变更日期不能晚于今天，变更发生后再备案")
    return answer.good(answer.value)


async def _platform(answer: Answer) -> Read:
    usual, other, why = naming.platform_typed(answer.value)
    return answer.wrong(why, near(answer.value)) if why else answer.good(other or usual)


_READERS: Readers = {
    "media": _media,
    "changed_on": _day,
    "after_name": checked(lambda value: "要 2–40 个字" if len(value) < 2 else ""),
    "after_platform_type": _platform,
    "after_host_unit": named(people_named.unit),
    **{f"after_{item}": named(people_named.find) for item in PERSON_ITEMS},
    "after_admins": named(people_named.admins),
}
"""The medium by name becomes its 备案号, people their 工号, units their code."""


def _today(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """What the filing still lacks: the new value of each chosen item; one that starts late says why."""
    form = draft.form
    lacking = [name for name in ("media", "changed_on") if not form.get(name)]
    after = form.get("after") or {}
    chosen = [_ITEM_OF[title] for title in form.get("items") or ()]
    lacking += [f"after_{item}" for item in chosen if item not in after]
    if not after and not chosen:
        lacking.append("items")
    if draft.notes.get("late") and not form.get("late_reason"):
        lacking.append("late_reason")
    return lacking


async def notes(draft: Draft, at: datetime) -> dict[str, Any]:
    """Whether the filing started after its term, if it were submitted at that instant."""
    day = draft.form.get("changed_on")
    if not day:
        return {"late": False}
    facts = timeliness(date.fromisoformat(day), await _started(draft, at), await workyear.current())
    return {"late": facts["late"]}


async def _started(draft: Draft, at: datetime) -> datetime:
    """When the filing was started: a revision was when it was submitted for the first time."""
    revised = await requests.by_id(draft.revises) if draft.revises is not None else None
    return revised.submitted_at if revised else at


async def writes(form: Mapping[str, Any]) -> list[str]:
    """The medium that changes."""
    return list(form.get("media") or ())


async def choices(person: Person, _: Draft) -> Choices:
    """The media of the applicant's unit, whatever their state: a medium in rest changes too."""
    unit = await whose.managing_unit(person.unit)
    return {"media": media_options(await own_media.own_media(unit))}


async def typed(draft: Draft) -> dict[str, Any]:
    """People and units of the new values by name."""
    return {**draft.form, "after": await people_named.typed(draft.form.get("after") or {})}


def timeliness(changed_on: date, started: datetime, calendar: Calendar) -> dict[str, Any]:
    """The facts of the term: its last day, the delay in whole working days, the calendar they rest on.

    > 各单位变更平台信息后，须在5个工作日内……发起……流程。（第六条（二））
    """
    due = duty_due_change(changed_on, calendar)
    return {
        "due_on": due.day.isoformat(),
        "late": _today(started) > due.day,
        "delay": calendar.count(due.day, _today(started)),
        "provisional": due.provisional,
        "calendar": calendar.version,
    }


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now; `before` is what the ledger shows.

    Whoever hosts the medium as it is recorded decides, also where a move to another unit is filed.
    """
    medium = next(iter(await media.several(draft.form.get("media") or [])), None)
    facts = await _facts(draft, medium, at)
    form = _filled(draft, uploads, late=bool(facts.get("late")))
    before, after = facts.get("before") or {}, form.get("after") or {}
    name = before.get("name") or (medium.name if medium else "")
    host = medium.unit if medium else person.unit
    responsible = await whose.responsible_for(host, at)
    steps = ledger_chain(host, ART_6_2, Verb.RECORD, applicant_is_responsible=responsible == person.id)
    unit, title = await whose.managing_unit(host), f"{name} {cards.items(after)}变更"
    return PROCESS.request(at, person.id, unit, title, form, steps, {**facts, "medium_name": name})


async def _facts(draft: Draft, medium: Medium | None, at: datetime) -> dict[str, Any]:
    """What the ledger said before, and the facts of the term."""
    if medium is None or not draft.form.get("changed_on"):
        return {}
    day, after = date.fromisoformat(draft.form["changed_on"]), draft.form.get("after") or {}
    before = await change_ledger.before(medium, after, day, draft.revises)
    also = await _of_the_unit(medium, after)
    return {"before": before, **also, **timeliness(day, await _started(draft, at), await workyear.current())}


async def _of_the_unit(medium: Medium, after: Mapping[str, Any]) -> dict[str, Any]:
    """The unit's other media, which a change of its first-responsible person concerns as well."""
    if appointing.ITEM not in after:
        return {}
    media_of = await own_media.own_media(await appointing.concerned(medium, after))
    return {"unit_media": [other.no for other in media_of if other.no != medium.no]}


def _filled(draft: Draft, uploads: Sequence[Upload], *, late: bool) -> dict[str, Any]:
    """What was answered."""
    form = {k: v for k, v in draft.form.items() if v not in (None, "", [], {})}
    form.pop("items", None)
    form["files"] = kept_files(uploads)
    if not late:
        form.pop("late_reason", None)
    return form


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """Something must differ, the name must be free, and what was ordered is not undone by a filing."""
    medium = (await media.several(draft.form["media"]))[0]
    after, revises = draft.form["after"], draft.revises
    day = date.fromisoformat(draft.form["changed_on"])
    before = await change_ledger.before(medium, after, day, revises)
    if same := [ITEMS[item] for item in after if _same(item, before[item], after[item])]:
        return f"{'、'.join(same)}与台账记载的一样，没有变更，请改正或去掉这一项。"
    if "state" in after and (why := await _state_fixed(medium)):
        return why
    if "name" in after or "platform_type" in after:
        name, on = after.get("name", medium.name), after.get("platform_type", medium.platform_type)
        if why := await naming.taken(name, on, at, besides=medium.no):
            return why
    return ""


def _same(item: str, before: Any, after: Any) -> bool:
    return sorted(before) == sorted(after) if item == "admins" else bool(before == after)


async def _state_fixed(medium: Medium) -> str:
    if medium.state is MediumState.SUSPENDED:
        by = await standing.ordered(medium)
        return f"“{medium.name}”已被{by}责令停止运行，不能由单位自行改变状态（{ART_15}）。"
    if medium.state is MediumState.DEREGISTERED:
        return f"“{medium.name}”已注销，恢复使用请重新 /备案（{ART_6_1}）。"
    return ""


def declares(request: Request) -> tuple[str, str]:
    """The facts of the term, and the hand-over where passwords and rights changed hands.

    Never what people wrote: the trail is for ever, and words must be able to go (Article 8).
    """
    form, facts = request.form, request.facts
    said = [f"{form['changed_on']} 变更，应于 {facts['due_on']} 前发起"]
    if facts["late"]:
        said.append(f"逾期 {facts['delay']} 个工作日发起")
    said.append(f"工作日历 {facts['calendar']}")
    if any(item in form["after"] for item in HANDED_OVER):
        said.append(f"声明：{cards.HANDED}")
    return "；".join(said), ART_6_2


async def submitted(request: Request, at: datetime) -> None:
    """The ledger shows the change from its actual day, unconfirmed."""
    earlier = await requests.form_of(request.id, request.version - 1)
    if earlier:
        await change_ledger.undo(request, earlier)
    await change_ledger.enter(request, at)
    if request.version == 1 and request.facts["late"]:
        await _late(request, at)


async def _late(request: Request, at: datetime) -> None:
    """That it was begun too late is a fact, and whether anything follows from it a question."""
    form, facts = request.form, request.facts
    owed = await duties.changes(form["media"], request.id)
    keys = [clauses.late_key(no, date.fromisoformat(form["changed_on"])) for no in form["media"]]
    keys += [
        clauses.late_key(one.medium, one.changed_on)
        for one in owed
        if answers(request, one.medium, one.detail or {})
    ]
    if await leads.known(keys):
        return
    # No words of people's: what the filing says must be able to go (Article 8).
    said = (
        f"“{facts['medium_name']}”于 {form['changed_on']} 变更，应于 {facts['due_on']} 前发起备案；"
        f"{_today(at).isoformat()} 发起（{request.number}），晚 {facts['delay']} 个工作日。"
        f"逾期说明见 {request.number}。"
    )
    fact = clauses.Fact(keys[0], said, request.unit, clauses.LATE, tuple(form["media"]))
    await leads.found(fact, at)


def answers(request: Request, medium: str, owed: Mapping[str, Any]) -> bool:
    """Whether the filing is that of a change owed for this medium.

    Who is first responsible is one fact of all media of a unit: one filing answers for them all.
    """
    after = request.form["after"]
    if medium not in request.form["media"]:
        after = {item: value for item, value in after.items() if item == appointing.ITEM}
    return covers(after, owed)


async def obstacle(request: Request, at: datetime) -> str:
    """The name may have been taken, and whoever is to be responsible may have left, since it was filed."""
    medium = (await media.several(request.form["media"]))[0]
    after = request.form["after"]
    if "name" in after or "platform_type" in after:
        name, on = after.get("name", medium.name), after.get("platform_type", medium.platform_type)
        if why := await naming.on_the_books(name, on, at, besides=medium.no):
            return f"{why}请退回申请人改正。"
    if "state" in after and await standing.ordered_by(medium, date.fromisoformat(request.form["changed_on"])):
        return await _state_fixed(medium)
    person = await people.get(after.get(appointing.ITEM, ""))
    if person and not in_service(person, at):
        return f"{person.name} 已离职，不能任第一责任人（{ART_5_2}），请退回申请人改正。"
    return ""


async def concluded(request: Request, at: datetime) -> Request:
    """Recorded by the centre: what it says is in force from its day."""
    outcome = await change_ledger.record(request, at)
    return replace(request, outcome={**request.outcome, **outcome})


def moves(request: Request) -> Sequence[str]:
    """Another state or unit: what may be published on the medium is looked at again."""
    return request.form["media"] if {"state", "host_unit"} & request.form["after"].keys() else ()


def reseats(request: Request) -> bool:
    """Another first-responsible person decides what is open."""
    return appointing.ITEM in request.form["after"]


async def undone(request: Request, at: datetime) -> None:
    """The filing was a mistake: the ledger shows again what it did before."""
    await change_ledger.undo(request, request.form)


PROCESS = Process(
    face=cards.FACE,
    alias="change",
    help="名称、管理员等变更（第六条（二））",
    ends=State.RECORDED,
    acts={
        RESPONSIBLE: (Act.APPROVE, Act.RETURN),
        CENTRE: (Act.APPROVE, Act.RETURN),
    },
    may_apply=may_file,
    readers=_READERS,
    missing=missing,
    choices=choices,
    plan=plan,
    preview=cards.preview,
    check=check,
    declares=declares,
    submitted=submitted,
    concluded=concluded,
    moves=moves,
    reseats=reseats,
    notes=notes,
    typed=typed,
    writes=writes,
    obstacle=obstacle,
    answers=answers,
    undone=undone,
)
