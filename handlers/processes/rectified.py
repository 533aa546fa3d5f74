"""What follows a rectification: who is told of it, what is owed besides its step, and the second look."""

from collections.abc import Iterable
from datetime import datetime

from cards.notice_number import notice_number
from cards.processes import rectify as cards
from handlers.kinds.owes import Owes, Standing
from handlers.letters import notify
from handlers.people import whose
from handlers.rules.articles import ART_15
from handlers.rules.ladder import look_ladder, revision_ladder
from handlers.rules.rungs import Hears
from storage import media, people, requests
from storage.duty_records import DutyKind
from storage.records import Act, Request, State

CC = "cc"
PASSED, LOOKED, RECEIVED = "passed_at", "looked", "received"
"""Of what came of a notice: when it passed, what the second look found, and who said 收到 when."""


def _unheard(standing: Standing) -> bool:
    """The unit has the notice, and has neither said so nor replied."""
    request = standing.request
    told = request.outcome.get(RECEIVED) or request.form.get(cards.KEY)
    return request.current is not None and request.step == "rectify" and not told


def _unseen(standing: Standing) -> bool:
    """It has passed, and nobody of the centre has looked once more."""
    request = standing.request
    return request.state is State.RECORDED and PASSED in request.outcome and LOOKED not in request.outcome


def _passed_at(standing: Standing) -> datetime:
    return datetime.fromisoformat(str(standing.request.outcome[PASSED]))


OWES: tuple[Owes[Standing], ...] = (
    Owes(
        DutyKind.RECEIVE, _unheard, lambda _: ART_15, Hears.HOLDERS, (),
        lambda duty, _, calendar: revision_ladder(duty.since, calendar),
        since=lambda standing: standing.request.submitted_at,
    ),
    Owes(
        DutyKind.LOOK_AGAIN, _unseen, lambda _: ART_15, Hears.CENTRE, (),
        lambda duty, _, calendar: look_ladder(duty.since, calendar),
        since=_passed_at,
    ),
)  # fmt: skip


async def tell_operators(request: Request, at: datetime) -> None:
    """A copy of the notice for those who run the media."""
    copied = await people.several(list(request.outcome.get(CC) or ()))
    args = {"request": request.id, "number": request.number, "by": request.applicant}
    await notify.tell(copied.values(), "cc", args, at, request=request)


async def tell_passed(request: Request, at: datetime) -> None:
    what = f"{notice_number(request.number)}（{request.number}）《{request.title}》{cards.passed(request)}"
    await notify.words(
        await _concerned(request, at), "整改已通过", f"{what}（第十五条）。", at, request=request
    )


async def tell_escalated(request: Request, at: datetime) -> None:
    """升级: the unit is told, and whoever may go on is told how; nothing begins by itself."""
    last = (await requests.decisions(request.id))[-1]
    names = "、".join(one.name for one in await media.several(list(request.form.get("media") or ())))
    head = f"{notice_number(request.number)}（{request.number}）已升级：{last.reason}"
    own = [request.applicant, last.actor]
    await notify.words(own, "整改已升级", f"{head}\n{cards.escalated(request, names)}", at, request=request)
    others = [one for one in await _concerned(request, at) if one not in own]
    text = f"{head}\n下一步由全媒体中心另行决定，会再通知您（第十五条）。"
    await notify.words(others, "整改已升级", text, at, request=request)


async def _concerned(request: Request, at: datetime) -> Iterable[str]:
    """The first-responsible person, whoever replied, and those who run the media."""
    replied = [
        one
        for d in await requests.decisions(request.id)
        if d.act is Act.SUPPLY
        for one in (d.actor, d.principal)
        if one
    ]
    head = await whose.responsible_for(request.unit, at)
    return [one for one in dict.fromkeys((head, *replied, *(request.outcome.get(CC) or ()))) if one]
