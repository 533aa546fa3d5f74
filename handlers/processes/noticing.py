"""What a notice of rectification must say before it goes out: whom it is for, by when, and whose it is."""

from collections.abc import Sequence
from datetime import date, datetime

from cards.form_rectify import CLOSE, RECTIFY, STOP
from handlers import workyear
from handlers.kinds.filling import lacking
from handlers.ledger import own_media
from handlers.people import whose
from handlers.rules import due_days
from handlers.rules.articles import ART_15
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.permits import Refusal
from handlers.typed import people_named
from handlers.typed.answers import Answer, Read, Readers
from handlers.typed.reading import named
from storage import media, requests
from storage.records import Draft, MediumState, Person, Upload


async def of_centre(person: Person, at: datetime) -> Refusal | None:
    """Notices are the centre's alone."""
    if await whose.of_centre(person, at):
        return None
    return Refusal("整改通知由全媒体中心发出。收到通知请发：/回复整改 编号。", ART_15)


async def _media(answer: Answer) -> Read:
    """Media of any unit, by name or 备案号; where a unit is named in their place, that is meant."""
    if len(answer.value) == 1 and not await own_media.called(answer.value[0]):
        code, _ = await people_named.unit(answer.field, answer.value[0], answer.at)
        if code:
            return Read({"host_unit": code})
    numbers, wrong = await own_media.find_any(answer.value)
    return Read({answer.field.name: numbers}, wrong)


async def _due(answer: Answer) -> Read:
    """A last day is a working day that is still to come; any other is asked about."""
    day, today = date.fromisoformat(answer.value), answer.at.astimezone(SHANGHAI).date()
    calendar = await workyear.current()
    why = due_days.unfit(day, today, calendar)
    near = due_days.near(day, today, calendar)
    return answer.wrong(f"{why}，可填 {near}", [near.isoformat()]) if why else answer.good(answer.value)


READERS: Readers = {"media": _media, "host_unit": named(people_named.unit), "due_on": _due}
"""Any unit's media and any unit; a day on which something can be due."""


def missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """Somebody must be meant: media or a unit."""
    unit = draft.form.get("host_unit")
    return [name for name in lacking(RECTIFY, draft, uploads) if not (unit and name == "media")]


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """One unit, which is not led by whoever notifies it; what is stopped is named, and runs."""
    form = draft.form
    on = await media.several(list(form.get("media") or ()))
    units = {await whose.managing_unit(one.unit) for one in on}
    units |= {await whose.managing_unit(form["host_unit"])} if form.get("host_unit") else set()
    if len(units) > 1:
        return "一份通知只发给一个单位，涉及几个单位的请分别发出。"
    if form.get("measure") in (STOP, CLOSE) and not on:
        return f"{form['measure']}须写明是哪个媒体。"
    if gone := [one.name for one in on if one.state is MediumState.DEREGISTERED]:
        return f"“{'、'.join(gone)}”已注销，不能再通知整改。"
    if stopped := await _left_out(draft):
        return f"“{stopped}”已由这份通知责令停止运行，通过前仍须列明，措施不变（{ART_15}）。"
    today = at.astimezone(SHANGHAI).date()
    if form.get("due_on") and date.fromisoformat(form["due_on"]) < today:
        return "限期已经过去，请改写限期。"
    head = await whose.responsible_for(next(iter(units), ""), at)
    return "您是该单位第一责任人，请由全媒体中心其他人发出。" if head == person.id else ""


async def _left_out(draft: Draft) -> str:
    """Names of the media that a notice has stopped and that it would stop no more, once it is revised: an
    order ends with 通过 alone."""
    old = await requests.by_id(draft.revises or 0)
    if old is None or old.form["measure"] != STOP:
        return ""
    still = draft.form.get("media") or () if draft.form.get("measure") == STOP else ()
    out = [no for no in old.form["media"] if no not in still]
    return "、".join(one.name for one in await media.several(out))
