"""/整改: the centre's notice, the unit's reply, and what the centre finds (form F10, Article 15)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards.form_rectify import CLOSE, RECTIFY, RECTIFY_BY, STOP
from cards.processes import rectify as cards
from handlers import workyear
from handlers.cases import opening, orders, record
from handlers.kinds.filling import Values, given
from handlers.kinds.process import Process, Supplement
from handlers.people import whose
from handlers.processes import deregister, noticing
from handlers.processes import rectified as after
from handlers.processes.supplements import into
from handlers.rules import due_days
from handlers.rules.articles import ART_15
from handlers.rules.deadlines import SHANGHAI, ends
from handlers.rules.permits import may_register
from handlers.typed.moments import days_named
from handlers.typed.reading import not_ahead
from storage import media, people
from storage.records import Act, Draft, MediumState, Person, Request, State, Upload
from storage.steps import Step, StepRole, Verb

REPLYING, INSPECTING = cards.REPLYING, "inspect"


def chain(unit: str) -> tuple[Step, ...]:
    """The first-responsible person replies, and the centre looks at it; whoever issued it may too.

    > 学校有权责令其停止运行、进行整改，直至责令其注销账号。（第十五条）
    """
    return (
        Step(REPLYING, StepRole.FIRST_RESPONSIBLE, Verb.RECTIFY, ART_15, unit=unit),
        Step(INSPECTING, StepRole.MEDIA_CENTER, Verb.INSPECT, ART_15, own=True),
    )


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now."""
    return await _planned(given(draft, uploads), person.id, at)


async def _planned(form: Values, issuer: str, at: datetime) -> Request:
    """The notice as it goes out: every default written out; those who run the media may read it."""
    on = await media.several(list(form.get("media") or ()))
    host = on[0].unit if on else str(form.get("host_unit", ""))
    unit = await whose.managing_unit(host)
    today = at.astimezone(SHANGHAI).date()
    due = form.get("due_on") or due_days.usual(today, await workyear.current()).isoformat()
    written = {**form, "host_unit": unit, "measure": form.get("measure") or RECTIFY_BY, "due_on": due}
    known = await people.unit(unit)
    about = "、".join(one.name for one in on) or (known.name if known else unit)
    title = f"{about} {written['measure']}"
    request = PROCESS.request(at, issuer, unit, title, written, chain(host))
    head = await whose.responsible_for(host, at)
    copied = {one.operator: "" for one in on if one.operator not in (head, issuer)}
    return replace(request, outcome={after.CC: copied} if copied else {})


async def writes(form: Values) -> list[str]:
    return list(form.get("media") or ())


def declares(request: Request) -> tuple[str, str]:
    """Never what people wrote: the trail is for ever."""
    form = request.form
    return f"{form['measure']}；限期 {form['due_on']}", ART_15


async def obstacle(request: Request, at: datetime) -> str:
    """What was ordered to end has not passed before it has ended."""
    if request.form["measure"] != CLOSE or request.step != INSPECTING:
        return ""
    on = await media.several(request.form["media"])
    names = "、".join(one.name for one in on if one.state is not MediumState.DEREGISTERED)
    return f"“{names}”还没有凭证明办结注销，办结后才能通过（{ART_15}）。" if names else ""


def term(request: Request) -> datetime | None:
    """The unit replies by the last day, until its end."""
    waits = request.step == REPLYING
    return ends(cards.due_on(request)) if waits else None


async def submitted(request: Request, at: datetime) -> None:
    """At that second the media stand still or begin to end, where that is ordered; who runs them is told."""
    by = record.By(request.applicant, at)
    if request.form["measure"] == STOP:
        await orders.stop(request.form["media"], by, request.number)
    if request.form["measure"] == CLOSE:
        for no in request.form["media"]:
            await deregister.ordered(no, by, request.number)
    await after.tell_operators(request, at)


async def sent_back(request: Request, reason: str, at: datetime) -> Request:
    """继续整改: another last day, as the words say."""
    today = at.astimezone(SHANGHAI).date()
    due = due_days.next_due(days_named(reason, at), today, await workyear.current())
    return replace(request, outcome={**request.outcome, cards.DUE: due.isoformat()})


async def concluded(request: Request, at: datetime) -> Request:
    """通过: what was stopped by this notice runs again, and the second look begins to count."""
    await after.tell_passed(request, at)
    on = list(request.form.get("media") or ())
    await orders.release(on, record.By(request.applicant, at), request.number, and_what_ended=True)
    return replace(request, outcome={**request.outcome, after.PASSED: at.isoformat()})


async def issue(form: Mapping[str, Any], unit: str, by: record.By, case: str) -> Request:
    """A notice that follows from a case, in the name of whoever decided it: a ZG request, open, its media
    stopped where that is the measure.

    `form` holds answers as the form `RECTIFY` has them (media as 备案号, `due_on` as ISO day or left out);
    `unit` is the code of the unit, `case` the number of the case.
    """
    known = {field.name for field in RECTIFY.fields}
    answers = {name: value for name, value in form.items() if name in known and value}
    planned = await _planned({**answers, "host_unit": unit, "basis": case, "files": []}, by.actor, by.at)
    note, article = declares(planned)
    return await opening.opened(planned, by, article=article, note=f"{note}；依据 {case}")


PROCESS = Process(
    face=cards.FACE,
    alias="rectify",
    help="发整改通知、责令停止运行（第十五条）",
    audience="centre",
    ends=State.RECORDED,
    acts={REPLYING: (Act.SUPPLY,), INSPECTING: (Act.APPROVE, Act.RETURN, Act.REJECT)},
    may_apply=may_register,
    only=noticing.of_centre,
    readers=noticing.READERS,
    missing=noticing.missing,
    plan=plan,
    preview=cards.preview,
    check=noticing.check,
    declares=declares,
    obstacle=obstacle,
    writes=writes,
    submitted=submitted,
    term=term,
    returns={INSPECTING: REPLYING},
    sent_back=sent_back,
    received=frozenset({REPLYING}),
    concluded=concluded,
    refused=after.tell_escalated,
    unanswered=frozenset({REPLYING}),
    owes=after.OWES,
    seen_by_unit=False,
)

REPLY_GIVEN = Supplement(
    face=cards.REPLY_FACE,
    alias="rectified",
    help="回复整改通知（第十五条）",
    audience="responsible",
    of=RECTIFY.kind,
    key=cards.KEY,
    step=REPLYING,
    readers={"done_on": not_ahead("这一天还没有到，请在完成后回复")},
    plan=into(cards.KEY),
    preview=cards.preview_reply,
)
