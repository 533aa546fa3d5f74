"""/附截图: the picture that goes with what a medium has done for a campaign (form F12, Article 5(1))."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from cards.form_dispatch import DISPATCH, SHOT
from cards.processes import dispatch as campaign
from cards.processes import dispatch_shot as cards
from handlers.kinds.filling import given, lacking
from handlers.kinds.process import Supplement
from handlers.people.operators import answers_for, head, operators
from handlers.processes.supplements import added_to
from handlers.typed.answers import Answer, Read
from storage import campaigns, media, people, requests
from storage.records import Draft, Medium, Person, Request, State, Upload


async def _media(request: Request) -> list[Medium]:
    return await media.several([call.medium for call in await campaigns.of(request.id)])


async def _mine(request: Request, person: Person, at: datetime) -> dict[str, str]:
    """The media of a campaign that somebody answers for: 备案号 -> name."""
    return {one.no: one.name for one in await _media(request) if await answers_for(person, one, at)}


async def _heard(request: Request, at: datetime) -> Collection[str]:
    """Whoever answers for a medium that was asked, until the campaign is taken back."""
    if request.state is not State.RECORDED or campaign.silent(request):
        return ()
    return {
        one.id
        for medium in await _media(request)
        for one in (*await operators(medium, at), *await head(medium, at))
    }


async def _medium(answer: Answer) -> Read:
    request = await requests.by_id(answer.of or 0)
    known = await _mine(request, answer.by, answer.at) if request else {}
    meant = [no for no, name in known.items() if str(answer.value).strip() in (no, name)]
    if len(meant) != 1:
        return answer.wrong(f"您在这次调动里的媒体是：{'、'.join(known.values())}", known.values())
    return answer.good(meant[0])


async def _notes(draft: Draft, at: datetime) -> Mapping[str, Any]:
    person = await people.get(draft.person)
    return {"mine": await _mine(await added_to(draft), person, at) if person else {}}


def _missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """Of whom one medium alone was asked, it is that."""
    one = len(draft.notes.get("mine") or ()) == 1
    return [name for name in lacking(SHOT, draft, uploads) if not (one and name == "medium")]


async def _plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """Of a medium the newest counts; the version before keeps what it had."""
    request = await added_to(draft)
    mine = await _mine(request, person, at)
    no = draft.form.get("medium") or next(iter(mine), "")
    shot = {**given(draft, uploads), "medium": no, "name": mine.get(no, no), "person": person.id}
    others = [one for one in request.form.get(campaign.SHOTS) or () if one["medium"] != no]
    return replace(request, form={**request.form, campaign.SHOTS: [*others, shot]})


SHOT_GIVEN = Supplement(
    face=cards.FACE,
    alias="screenshot",
    help="给统一调动的完成情况附上截图（第五条（一））",
    of=DISPATCH.kind,
    key=campaign.SHOTS,
    word="shot",
    after=True,
    heard=_heard,
    readers={"medium": _medium},
    missing=_missing,
    notes=_notes,
    plan=_plan,
    preview=cards.preview,
)
