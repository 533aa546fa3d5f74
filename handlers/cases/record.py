"""What the trail and the decisions keep of an act: who, for whom, when, and where the request stood."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.events import Click, Message
from handlers.rules import articles
from storage import requests, trail
from storage.records import Act, Decision, Request, State, TrailEntry

LONGEST = 500
"""Characters of a reason, a question or an opinion."""


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


async def keep(
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
        prev=request.trail_hash,
        salt=trail.salt(),
    )
    sealed = trail.sealed(entry)
    await trail.append(sealed)
    return replace(request, trail_seq=sealed.seq, trail_hash=sealed.hash)


async def kept_in_place(request: Request, act: str, by: By, article: str, note: str = "") -> Request:
    """Append an act that leaves the request where it stands."""
    stands = place(request)
    return await keep(request, act, by, before=stands, after=stands, article=article, note=note)


async def noted(matter: str, act: str, by: By, article: str, note: str = "") -> None:
    """An act on no request, in a trail that carries no head: 代理, 值班, 交接, a stop."""
    entry = TrailEntry(
        matter, 0, by.at, by.actor, act, principal=by.principal, platform=by.platform, message=by.message,
        article=article, note=note,
    )  # fmt: skip
    await trail.note(entry)


async def note_stop(by: By) -> None:
    """That somebody stopped because of secrecy; of the matter itself nothing is kept (Article 8)."""
    await noted(f"stop:{by.actor}", "stop", by, articles.ART_8)


def place(request: Request) -> str:
    """Where a request stands, for the trail: in_review/responsible v2."""
    step = f"/{request.step}" if request.state is State.IN_REVIEW else ""
    return f"{request.state.value}{step} v{request.version}"


async def decided(before: Request, act: Act, by: By, reason: str, *, step: str = "") -> None:
    """Keep a decision on the open step of `before`, or on the `step` that was open."""
    await requests.decide(
        Decision(
            request=before.id,
            version=before.version,
            step=step or before.step,
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
