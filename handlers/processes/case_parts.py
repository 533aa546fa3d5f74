"""What is added to a case: 申辩 of those concerned, 处理 and 复核 of the centre (form F10)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from cards.form import Form
from cards.form_violation import DISPOSAL, REVIEW, VIOLATION
from cards.processes import case_parts as cards
from cards.processes.violation import DISPOSED, REVIEWED
from handlers.kinds.filling import given, lacking
from handlers.kinds.process import Supplement
from handlers.ledger import own_media
from handlers.processes import noticing
from handlers.processes.supplements import added_to, into
from handlers.rules.hearing import APPEAL, DISPOSE, Hearing
from handlers.typed.answers import Answer, Read
from storage.records import Draft, Person, Request, Upload
from storage.vocabulary import CHANGED, CLOSE, RECTIFY, STOP, UNFOUNDED


async def _with_plea(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """What was said before stays beside it."""
    request = await added_to(draft)
    plea = {"person": person.id, **given(draft, uploads)}
    return replace(request, form={**request.form, "pleas": [*request.form.get("pleas", ()), plea]})


async def _heard(request: Request, at: datetime) -> Collection[str]:
    """Those concerned, until it is decided: also late, for silence decides nothing."""
    heard = Hearing.of(request.outcome)
    return heard.concerned if heard and request.step == DISPOSE else ()


def _lacking(form: Form, draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """What goes with the measures: a finding without any needs none."""
    needed, values = lacking(form, draft, uploads), draft.form
    if not _orders(values):
        return needed
    wanted = set(values.get("measures") or ())
    needed += [name for name in ("severity", "measures") if not values.get(name)]
    if wanted & {RECTIFY, STOP}:
        needed += [name for name in ("problem", "requirement") if not values.get(name)]
    return needed


def _orders(values: Mapping[str, Any]) -> bool:
    """Whether what is being filled in orders anything."""
    if "result" in values:
        return bool(values["result"] == CHANGED)
    return bool(values.get("finding")) and values["finding"] != UNFOUNDED


async def _check(person: Person, draft: Draft, at: datetime) -> str:
    """What finds nothing orders nothing; an order about media says which."""
    values = draft.form
    wanted = set(values.get("measures") or ())
    if wanted and not _orders(values):
        word = values.get("finding") or values.get("result")
        return f"“{word}”不附任何措施，请去掉“措施”：发“措施：无”。"
    if wanted & {STOP, CLOSE}:
        case = await added_to(draft)
        if not (values.get("on_media") or case.form.get("media")):
            return "责令停止运行、注销须写明媒体，请补一行“涉及媒体：…”。"
    return ""


async def _media(answer: Answer) -> Read:
    numbers, wrong = await own_media.find_any(answer.value, answer.field)
    return Read({answer.field.name: numbers}, wrong)


PLEADED = Supplement(
    face=cards.PLEA_FACE,
    alias="plead",
    help="就反映您的情况作说明",
    audience="all",
    of=VIOLATION.kind,
    key="pleas",
    word="plead",
    heard=_heard,
    plan=_with_plea,
    preview=cards.preview_plea,
)

DISPOSED_OF = Supplement(
    face=cards.DISPOSAL_FACE,
    alias="dispose",
    help="听取意见后对案件作出处理",
    audience="centre",
    of=VIOLATION.kind,
    key=DISPOSED,
    step=DISPOSE,
    missing=partial(_lacking, DISPOSAL),
    plan=into(DISPOSED),
    preview=cards.preview_disposal,
    readers={"on_media": _media, "due_on": noticing.READERS["due_on"]},
    check=_check,
)

REVIEWED_AGAIN = Supplement(
    face=cards.REVIEW_FACE,
    alias="review",
    help="复核被申诉的处理决定",
    audience="centre",
    of=VIOLATION.kind,
    key=REVIEWED,
    step=APPEAL,
    missing=partial(_lacking, REVIEW),
    plan=into(REVIEWED),
    preview=cards.preview_review,
    readers={"on_media": _media, "due_on": noticing.READERS["due_on"]},
    check=_check,
)
