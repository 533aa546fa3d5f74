"""/变更: a change that has happened is filed within five working days (Article 6(2))."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cards import changing as cards
from cards.draft import Choices, media_options
from cards.form_media import CHANGE, ITEMS
from handlers import own_media, people_named, whose, workyear
from handlers.fields import Mistake
from handlers.filing import upload_json
from handlers.process import Process
from handlers.rules.articles import ART_6_2, RULE_VERSION
from handlers.rules.chain import ledger_chain
from handlers.rules.deadlines import duty_due_change
from handlers.rules.permits import SHANGHAI, may_apply
from handlers.rules.platform_types import usual
from handlers.rules.workdays import Calendar
from storage import duties, ledger, media
from storage.records import (
    Draft,
    Kind,
    Medium,
    MediumChange,
    Person,
    Platform,
    Request,
    State,
    Upload,
    Urgency,
    Verb,
)
from storage.rows import dump


async def take(person: Person, values: dict[str, Any], at: datetime) -> tuple[dict[str, Any], list[Mistake]]:
    """The medium by name becomes its 备案号, people their 工号; the day cannot be still to come."""
    taken, wrong = dict(values), list[Mistake]()
    if "media" in values:
        taken["media"], more = await own_media.find_own(person, values["media"])
        wrong += more
        if len(taken["media"]) > 1:
            wrong.append(_mistake("media", "", "一次只填一个媒体，其余的请另发 /变更"))
    if (day := taken.get("changed_on")) and date.fromisoformat(day) > _today(at):
        wrong.append(_mistake("changed_on", day, "变更日期不能晚于今天：变更发生后再备案"))
    for item in ("operator", "admins"):
        if values.get(f"after_{item}"):
            field = CHANGE.field(f"after_{item}")
            taken[field.name], more = await people_named.find(field, values[field.name], at)
            wrong += more
    if values.get("after_platform_type"):
        taken["after_platform_type"] = usual(values["after_platform_type"])
    return taken, wrong


def _mistake(name: str, typed: str, reason: str) -> Mistake:
    field = CHANGE.field(name)
    return Mistake(name, field.title, typed, reason, field.example)


def _today(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def missing(form: Mapping[str, Any], uploads: Sequence[Upload]) -> list[str]:
    """What the filing still lacks; one that starts late says why."""
    lacking = [name for name in ("media", "changed_on") if not form.get(name)]
    if not form.get("after"):
        lacking.append("after_name")
    if form.get("_late") and not form.get("late_reason"):
        lacking.append("late_reason")
    return lacking


def asked_on(name: str, platform: Platform) -> str:
    return name


async def choices(person: Person) -> Choices:
    """The media of the applicant's unit, whatever their state: a medium in rest changes too."""
    unit = await whose.managing_unit(person.unit)
    return {"media": media_options(await own_media.own_media(unit))}


def timeliness(changed_on: date, at: datetime, calendar: Calendar) -> dict[str, Any]:
    """The facts of the term: its last day, the delay in working days, the calendar they rest on."""
    due = duty_due_change(changed_on, calendar)
    delay = calendar.count(due.day, _today(at)) if _today(at) > due.day else 0
    return {
        "due_on": due.day.isoformat(),
        "delay": delay,
        "provisional": due.provisional,
        "calendar": calendar.version,
    }


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now; `before` is what the ledger says."""
    form = {k: v for k, v in draft.form.items() if not k.startswith("_") and v not in (None, "", [], {})}
    medium = next(iter(await media.several(form.get("media") or [])), None)
    after = form.get("after") or {}
    form["before"] = {item: ledger.current(medium, item) for item in after} if medium else {}
    form |= timeliness(date.fromisoformat(form["changed_on"]), at, await workyear.current())
    form["files"] = [upload_json(upload) for upload in uploads if upload.file]
    host = medium.unit if medium else person.unit
    own = await whose.responsible_for(host, at) == person.id
    return Request(
        id=0,
        number="",
        kind=Kind.CHANGE,
        state=State.IN_REVIEW,
        applicant=person.id,
        unit=await whose.managing_unit(host),
        title=f"{medium.name if medium else ''} {'、'.join(ITEMS[item] for item in after)}变更",
        form=form,
        digest="",
        chain=ledger_chain(host, ART_6_2, Verb.RECORD, applicant_is_responsible=own),
        step=0,
        version=1,
        urgency=Urgency.NORMAL,
        submitted_at=at,
        step_since=at,
    )


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """A new name must be free on the platform."""
    name = (draft.form.get("after") or {}).get("name")
    medium = next(iter(await media.several(draft.form["media"])), None)
    if not name or medium is None:
        return ""
    taken = [m for m in await media.called(name) if m.platform_type == medium.platform_type]
    return f"台账里已有同名的{medium.platform_type}（{taken[0].no}）。" if taken else ""


def declares(request: Request) -> tuple[str, str]:
    form = request.form
    delay = f"，逾期 {form['delay']} 个工作日" if form["delay"] else ""
    return f"{RULE_VERSION}；{form['changed_on']} 变更，应于 {form['due_on']} 前发起{delay}", ART_6_2


async def submitted(request: Request, at: datetime) -> None:
    """The ledger shows the change from its actual day, unconfirmed; what was owed for it is done."""
    form = request.form
    medium = (await media.several(form["media"]))[0]
    await ledger.forget(request.id)
    await ledger.enter(changes_of(request, medium, at))
    for item, value in form["after"].items():
        await ledger.change(medium.no, item, value)
    await duties.close_medium(medium.no)


def changes_of(request: Request, medium: Medium, at: datetime) -> list[MediumChange]:
    """The history's entries of a change, one an item."""
    before = request.form["before"]
    return [
        MediumChange(
            medium=medium.no,
            item=item,
            before=_kept(item, before.get(item)),
            after=_kept(item, value),
            effective_on=date.fromisoformat(request.form["changed_on"]),
            entered_at=at,
            request=request.id,
        )
        for item, value in request.form["after"].items()
    ]


def _kept(item: str, value: Any) -> str:
    return dump(list(value or ())) if item == "admins" else str(value or "")


async def concluded(request: Request, at: datetime) -> Request:
    """Recorded by the centre: the change is confirmed."""
    await ledger.confirm(request.id, at)
    return request


async def withdrawn(request: Request) -> None:
    """The filing was a mistake: the ledger says again what it said before."""
    medium = (await media.several(request.form["media"]))[0]
    for item, value in request.form["before"].items():
        await ledger.change(medium.no, item, value)
    await ledger.forget(request.id)


async def lateness(form: Mapping[str, Any], at: datetime) -> bool:
    """Whether a draft with this day would start after its term."""
    day = form.get("changed_on")
    return bool(day and timeliness(date.fromisoformat(day), at, await workyear.current())["delay"])


PROCESS = Process(
    kind=Kind.CHANGE,
    form=CHANGE,
    guided=(),
    feishu_pages=frozenset(),
    may_apply=may_apply,
    take=take,
    missing=missing,
    asked_on=asked_on,
    choices=choices,
    plan=plan,
    preview=cards.preview,
    check=check,
    declares=declares,
    submitted=submitted,
    concluded=concluded,
)
