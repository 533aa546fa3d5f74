"""What every act on a request leaves behind: decision, trail, duties, holders and letters, together."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers import notify, workyear
from handlers.events import Click, Message
from handlers.fields import planned
from handlers.rules import articles
from handlers.rules.deadlines import permitted, reached, step_rungs, upcoming
from handlers.rules.ladder import KEY
from storage import duties, requests, trail
from storage.promises import Duty, DutyKind
from storage.records import Act, Decision, Request, State, TrailEntry

RECEIPT_AFTER = timedelta(hours=24)
"""The receipt is expected a day after the planned time (form F3)."""


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, for whom, and through which message."""

    actor: str
    at: datetime
    platform: str = ""
    message: str = ""
    principal: str = ""

    @classmethod
    def event(cls, event: Message | Click, actor: str, principal: str = "") -> "By":
        return cls(actor, event.at, event.platform, event.message or event.key, principal)


async def record(
    request: Request,
    act: str,
    by: By,
    *,
    before: str,
    after: str,
    article: str,
    note: str = "",
    data: str = "",
) -> Request:
    """Append to the trail of the request; the request then carries the chain's new head."""
    entry = TrailEntry(
        matter=request.number,
        seq=request.trail_seq + 1,
        at=by.at,
        actor=by.actor,
        act=act,
        before=before,
        after=after,
        principal=by.principal,
        platform=by.platform,
        message=by.message,
        article=article,
        digest=request.digest,
        note=note,
        data=data,
    )
    sealed = trail.sealed(entry, request.trail_hash)
    await trail.append(sealed)
    return replace(request, trail_seq=sealed.seq, trail_hash=sealed.hash)


async def note_stop(by: By) -> None:
    """That somebody stopped because of secrecy; of the matter itself nothing is kept (Article 8)."""
    await trail.note(
        TrailEntry(
            matter=f"stop:{by.actor}",
            seq=0,
            at=by.at,
            actor=by.actor,
            act="stop",
            platform=by.platform,
            message=by.message,
            article=articles.ART_8,
        )
    )


def place(request: Request) -> str:
    """Where a request stands, for the trail: in_review/responsible v2."""
    step = f"/{request.step}" if request.state is State.IN_REVIEW else ""
    return f"{request.state.value}{step} v{request.version}"


async def decided(before: Request, act: Act, by: By, reason: str) -> None:
    """Keep a decision on the open step of `before`."""
    await requests.decide(
        Decision(
            request=before.id,
            version=before.version,
            step=before.step,
            act=act,
            actor=by.actor,
            at=by.at,
            digest=before.digest,
            reason=reason,
            principal=by.principal,
            platform=by.platform,
            message=by.message,
        )
    )


async def settle(request: Request, at: datetime, *, shown: str = "", tell: bool = False) -> None:
    """After the request was saved: owe what is owed now, ask who must decide, repaint what is shown.

    `tell` sends the applicant a fresh card; the older ones are left behind.
    """
    await duties.close_request(request.id, DutyKind.DECIDE)
    holders: dict[str, str] = {}
    if request.current is not None:
        await _owe_decision(request, at)
        holders = await notify.ask(request, at, once=f"ask:{request.id}:{request.trail_seq}")
    await requests.set_holders(request.id, holders)
    if request.state is State.AWAITING_PUBLISH:
        await _owe_receipt(request, at)
    else:
        await duties.close_request(request.id, DutyKind.RECEIPT)
    if tell:
        await notify.leave_behind(request, at)
        await notify.status(request, at)
    await notify.repaint(request, at, shown=shown)


async def _owe_decision(request: Request, at: datetime) -> None:
    """The ladder of reminders goes on where a step is handed over: it does not begin anew."""
    step = request.current
    assert step is not None
    ladder = (request.step_since, request.urgency, await workyear.current(), KEY)
    reminded = reached(step_rungs(*ladder), at)
    rung = reminded.index if reminded else 0
    await duties.owe(
        Duty(
            id=0,
            once=f"decide:{request.id}:{request.trail_seq}",
            kind=DutyKind.DECIDE,
            article=step.article,
            since=request.step_since,
            due_at=request.due_at,
            next_at=upcoming(step_rungs(*ladder), at, rung).at,
            rung=rung,
            request=request.id,
            step=request.step,
            version=request.version,
        )
    )


async def _owe_receipt(request: Request, at: datetime) -> None:
    due = max(at, planned(request.form) or at) + RECEIPT_AFTER
    await duties.owe(
        Duty(
            id=0,
            once=f"receipt:{request.id}:{request.version}",
            kind=DutyKind.RECEIPT,
            article=articles.ART_6_3,
            since=at,
            due_at=due,
            next_at=permitted(due, await workyear.current(), KEY),
            person=request.applicant,
            request=request.id,
        )
    )
