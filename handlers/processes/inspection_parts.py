"""What is added to a unit's yearly account: its 意见, more of it, figures counted anew, 定稿 (form F7)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from cards.form_inspection import INSPECTION, SETTLED
from cards.processes import inspection as cards
from handlers.kinds.filling import given, lacking
from handlers.kinds.process import Supplement
from handlers.letters import notify
from handlers.people import whose
from handlers.processes.inspection import OPINION, SETTLE, counted_now
from handlers.processes.supplements import added_to
from handlers.rules.inspection_score import FULL
from handlers.typed.reading import checked
from storage.records import Draft, Person, Request, Upload


async def _spoken(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    request = await added_to(draft)
    said = {"person": person.id, "text": str(draft.form.get("opinion", ""))}
    return replace(request, form={**request.form, cards.SAYS: said})


async def _more(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """What was said before stays beside it."""
    request = await added_to(draft)
    said = {"person": person.id, "text": str(draft.form.get("more", ""))}
    return replace(request, form={**request.form, cards.MORES: [*request.form.get(cards.MORES, ()), said]})


async def _recounted(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The same time, from the records as they are by now; the version before stays as it was."""
    request = await added_to(draft)
    since, until = (datetime.fromisoformat(request.form[name]) for name in ("since", "until"))
    counted = await counted_now(request.unit, int(request.form["year"]), since, until)
    why = {"person": person.id, "reason": str(draft.form.get("reason", ""))}
    return replace(
        request,
        form={**request.form, **counted, cards.RECOUNTS: [*request.form.get(cards.RECOUNTS, ()), why]},
    )


async def _settled(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    request = await added_to(draft)
    answers: dict[str, Any] = {
        name: value for name, value in given(draft, uploads).items() if name != "files"
    }
    return replace(request, form={**request.form, cards.END: answers})


async def _heads(request: Request, at: datetime) -> Collection[str]:
    """Whoever answers for the unit, until it is settled."""
    head = await whose.responsible_for(request.unit, at)
    return [head] if head and request.step == SETTLE and request.current else ()


async def _centre(request: Request, at: datetime) -> Collection[str]:
    """Those who could settle it, whichever step waits."""
    step = request.named(SETTLE)
    return await whose.owners(step, whose.applicant_of(request), at) if step and request.current else ()


async def _notes(draft: Draft, at: datetime) -> dict[str, Any]:
    return {"proposed": (await added_to(draft)).form["score"]}


def _missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """Another score than the proposed one says why."""
    other = draft.form.get("score") and int(draft.form["score"]) != draft.notes.get("proposed")
    why = ["reason"] if other and not draft.form.get("reason") else []
    return [*lacking(SETTLED, draft, uploads), *why]


async def _tell_unit(request: Request, at: datetime) -> None:
    """Other figures are told to whoever has spoken about the old ones; who has not is asked with the new."""
    if request.step == SETTLE:
        head = await whose.responsible_for(request.unit, at)
        why = request.form[cards.RECOUNTS][-1]["reason"]
        text = (
            f"{request.title}已按现在的记录重新核算，{cards.score(request.form)}。理由：{why}\n"
            f"看新的数据请发：/查询 {request.number} 全文；有意见请发：/补充意见 {request.number}"
        )
        await notify.words([head], "督查数据已重新核算", text, at, request=request)


def _points(value: str) -> str:
    """Why what was typed is no score."""
    return "" if value.isascii() and value.isdigit() and int(value) <= FULL else "请填 0 到 100 的整数"


_of = partial(Supplement, of=INSPECTION.kind)

SPOKEN = _of(
    face=cards.OPINION_FACE,
    alias="speak",
    help="对本单位的年度督查提意见（第十二条）",
    audience="responsible",
    key=cards.SAYS,
    step=OPINION,
    plan=_spoken,
    preview=cards.preview_opinion,
)
MORE = _of(
    face=cards.MORE_FACE,
    alias="add_opinion",
    help="定稿前补充意见（第十二条）",
    audience="responsible",
    key=cards.MORES,
    word="opine",
    heard=_heads,
    plan=_more,
    preview=cards.preview_more,
)
RECOUNTED = _of(
    face=cards.RECOUNT_FACE,
    alias="recount",
    help="按现在的记录重新核算年度督查",
    audience="centre",
    key=cards.RECOUNTS,
    word="recount",
    heard=_centre,
    plan=_recounted,
    added=_tell_unit,
    preview=cards.preview_recount,
)
SETTLED_NOW = _of(
    face=cards.SETTLED_FACE,
    alias="settle",
    help="年度督查定稿（第十二条）",
    audience="centre",
    key=cards.END,
    step=SETTLE,
    readers={"score": checked(_points)},
    missing=_missing,
    notes=_notes,
    plan=_settled,
    preview=cards.preview_settled,
)
