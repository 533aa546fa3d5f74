"""填报年检: whoever runs a unit's media says how each did, for the head who speaks for the unit (form F7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from cards.form_inspection import INSPECTION, SELF_SCORES
from cards.processes import inspection as cards
from handlers.kinds.filling import Values
from handlers.kinds.process import Supplement
from handlers.people import whose
from handlers.processes.inspection import OPINION, operators
from handlers.processes.supplements import added_to
from handlers.rules import inspection_part as rules
from handlers.typed.answers import Answer, Mistake, Read
from storage import requests
from storage.records import Draft, Person, Request, Upload


async def _heard(request: Request, at: datetime) -> Collection[str]:
    """Those who run the media and their head, until the unit has spoken."""
    if request.step != OPINION or request.current is None:
        return ()
    head = await whose.responsible_for(request.unit, at)
    return [*await operators(request, at), *([head] if head else [])]


async def _rows(answer: Answer) -> Read:
    """A line for each medium; one that cannot stand is said, the others are kept."""
    request, field = await requests.by_id(answer.of or 0), answer.field
    listed = cards.media_of(request.form) if request else {}
    known = {name: no for no, names in listed.items() for name in (no, names)}
    found, wrong = rules.rows(str(answer.value), known, SELF_SCORES)
    named = [{**row, "name": listed[row["medium"]]} for row in found]
    mistakes = [Mistake(field.name, field.title, "", why, field.example) for why in wrong]
    return Read({field.name: named or None}, mistakes)


async def _typed(draft: Draft) -> Values:
    """The rows as lines of text again."""
    rows: Sequence[Mapping[str, str]] = draft.form.get("rows") or ()
    return {**draft.form, "rows": "\n".join(map(cards.row_line, rows))} if rows else draft.form


async def _plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """What others said of other media stays."""
    request = await added_to(draft)
    told = rules.merged(request.form.get(cards.PART) or (), draft.form.get("rows") or ())
    return replace(request, form={**request.form, cards.PART: told})


MEDIA_TOLD = Supplement(
    face=cards.PART_FACE,
    alias="account",
    help="填报本单位各媒体的年度自评和总结（第十二条）",
    of=INSPECTION.kind,
    key=cards.PART,
    word="media_part",
    heard=_heard,
    plan=_plan,
    preview=cards.preview_part,
    readers={"rows": _rows},
    typed=_typed,
)
