"""Who is told what: letters into the outbox, addressed by person, lane and platform."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from handlers.events import Click, Message
from handlers.people import whose
from handlers.rules import lifecycle
from handlers.rules.permits import serves
from storage import drafts, outbox, people
from storage.letters import Lane, Letter, LetterKind
from storage.records import Person, Platform, Request, Role, Urgency

RECALLED_WITHIN = timedelta(hours=24)
"""How far back WeCom recalls a message (page 94867)."""

NOT_RECALLED = {
    "title": "请删除消息",
    "text": "有内容已从系统中删除，但平台没有撤回已发给您的消息。请在本对话中找到并删除，不要留存、转发。",
}
"""Asks whoever has on their screen what could not be taken back."""

APPLICANTS = ("status", "preview", "withdraw")
"""Templates of the cards that the applicant holds."""

LEFT_BEHIND = "superseded"
"""The template of an older card of the applicant's that a newer one follows."""

VOID = "void"
"""The template of a card on an account that is somebody else's now."""

ASKED = "asked"
"""The template of the card that asks somebody beside the step that waits."""

HEARD = ("allegation", "disposed")
"""Templates of the letters to those concerned by a case."""

REPAINTED = (*APPLICANTS, "approval", "consult", ASKED, *HEARD)
"""Templates that follow what happens; the others say what was true when they were sent."""


async def tell(
    receivers: Iterable[Person],
    template: str,
    args: Mapping[str, Any],
    at: datetime,
    *,
    lane: Lane = Lane.NOTICE,
    request: Request | None = None,
    once: str | None = None,
    urgent: bool = False,
) -> None:
    """Queue a letter for each person: on every platform they are on for a decision, else on one.

    Where somebody who must decide is on none, the letter has no account: it is given up as soon as it
    leaves, and that is told like any other that cannot arrive.
    """
    letters = []
    for person in receivers:
        accounts = person.accounts() or (((Platform.WECOM, ""),) if lane is Lane.DECISION else ())
        for platform, account in accounts if lane is Lane.DECISION else accounts[:1]:
            letters.append(
                Letter(
                    id=outbox.new_id(at),
                    kind=LetterKind.SEND,
                    platform=platform,
                    person=person.id,
                    account=account,
                    template=template,
                    args=args,
                    created_at=at,
                    lane=lane,
                    once=f"{once}:{person.id}:{platform}" if once else None,
                    request=request.id if request else None,
                    urgent=urgent or bool(request and request.urgency is not Urgency.NORMAL),
                )
            )
    await outbox.put(letters)


async def words(
    persons: Iterable[str], title: str, text: str, at: datetime, *, request: Request, but: str = ""
) -> None:
    """Say to these people, each once, what became of a request; `but` is who did it and knows."""
    known = await people.several([one for one in dict.fromkeys(persons) if one != but])
    args = {"title": title, "text": text}
    await tell(known.values(), "say", args, at, request=request, urgent=True)


async def answer(
    event: Message | Click, person: Person | None, template: str, args: Mapping[str, Any]
) -> None:
    """Answer where the person wrote, in private, even when they wrote in a group."""
    await outbox.put(
        [
            Letter(
                id=outbox.new_id(event.at),
                kind=LetterKind.SEND,
                platform=event.platform,
                person=person.id if person else "",
                account=(person.account(event.platform) if person else "") or event.accounts[0],
                template=template,
                args=args,
                created_at=event.at,
                request=args.get("request") if isinstance(args.get("request"), int) else None,
                urgent=True,
            )
        ]
    )


async def ask(request: Request, at: datetime, *, once: str, urged: bool = False) -> dict[str, str]:
    """Ask whoever may decide the open step; where nobody may, tell the centre and the administrators.

    `once` names the occasion: asked twice for it, people get one letter. `urged` says that the applicant
    asks for it.
    """
    if request.current is None:
        return {}
    holders = await whose.turns(request, at)
    if not holders:
        await tell(
            await stewards(at, request), "vacancy", _about(request), at, request=request,
            once=f"vacancy:{once}", urgent=True,
        )  # fmt: skip
        return {}
    known = await people.several(list(holders))
    args = asking(request) | ({"urged": True} if urged else {})
    await tell(known.values(), "approval", args, at, lane=Lane.DECISION, request=request, once=once)
    return holders


async def ask_newcomers(
    request: Request, known: Collection[str], at: datetime, *, once: str
) -> dict[str, str]:
    """Ask those whose turn it is at the open step and was not before; returns all whose turn it is."""
    holders = await whose.turns(request, at)
    if not holders:
        return await ask(request, at, once=once)
    new = await people.several([one for one in holders if one not in known])
    await tell(new.values(), "approval", asking(request), at, lane=Lane.DECISION, request=request, once=once)
    return holders


def asking(request: Request) -> dict[str, Any]:
    """The arguments of the card that asks for a decision on the step that waits."""
    return {**_about(request), "step": request.step, "version": request.version, "rung": 0}


async def principal(person: str, text: str, request: Request, at: datetime) -> None:
    """Whoever is stood in for is told of each act: the duty stays theirs."""
    absent = await people.get(person) if person else None
    if absent:
        await tell([absent], "proxy", {"text": text}, at, request=request)


async def center(at: datetime, about: Request | None = None) -> list[Person]:
    """Those of the centre who approve; of a request `about` some of them, the others."""
    concerned = whose.applicant_of(about).concerned if about else ()
    found = await people.with_role(Role.CENTER_APPROVER)
    return [person for person in found if serves(person, at) and person.id not in concerned]


async def stewards(at: datetime, about: Request | None = None) -> list[Person]:
    """The centre and the administrators: who must know where somebody is missing; none whom it is `about`."""
    concerned = whose.applicant_of(about).concerned if about else ()
    both = (*await center(at, about), *await administrators(at))
    return list({person.id: person for person in both if person.id not in concerned}.values())


async def administrators(at: datetime) -> list[Person]:
    """The 系统管理员 in service."""
    return [person for person in await people.with_role(Role.ADMIN) if serves(person, at)]


async def repaint(
    request: Request,
    at: datetime,
    *,
    shown: str = "",
    of: Collection[str] | None = None,
    spare: bool = False,
    by: str = "",
    cards: Sequence[Letter] | None = None,
) -> None:
    """Bring every card about this request up to date, or those of some people; `shown` is the letter
    already answered inline, `spare` that nothing is otherwise for who only looks on, but for `by`.
    `cards` are those `on_screens`, where somebody has read them already.

    A card whose step is over gets its last coat; one of a step that waits again is a card
    like any other again: its last coat may have come, or be on its way with what is true by then.
    """
    over, again, letters = [], [], []
    for copy in await on_screens(request) if cards is None else cards:
        if copy.template not in REPAINTED or (of is not None and copy.person not in of):
            continue
        if _over(request, copy):
            if copy.closed:
                continue
            over.append(copy.id)
        elif copy.closed:
            again.append(copy.id)
        # WeCom repaints a card once (page 94888): not for nothing.
        looks_on = copy.template in (*APPLICANTS, *HEARD) and copy.person != by
        if copy.id != shown and not (spare and looks_on and copy.platform is Platform.WECOM):
            letters.append(update_of(copy, at))
    await outbox.put(letters)
    await outbox.close(over)
    await outbox.close(again, last=False)


async def on_screens(request: Request) -> list[Letter]:
    """The cards that may be repainted: while a step waits, also those that had their last coat."""
    return await outbox.copies(request.id, closed=request.current is not None)


def _over(request: Request, card: Letter) -> bool:
    """Whether nothing will change any more on this card."""
    if card.template in APPLICANTS:
        return not lifecycle.can_follow(request)
    if card.template in HEARD:
        return request.current is None
    if card.template == ASKED:
        return request.current is None or card.args.get("key") in request.form
    return request.current is None or (card.args.get("step"), card.args.get("version")) != (
        request.step,
        request.version,
    )


async def take_back(person: Person, draft: int, templates: Sequence[str], event: Message | Click) -> None:
    """Recall what showed a draft to this person, but the card just pressed, and forget the files that
    were asked for or shown: words that may be secret do not stay."""
    pressed = event.card if isinstance(event, Click) else ""
    recent = await outbox.shown_to(person.id, templates, event.at - RECALLED_WITHIN)
    files = {upload.id for upload in await drafts.uploads(draft)}
    own = [c for c in recent if c.args.get("draft") == draft or c.args.get("upload") in files]
    shown = [card for card in own if card.id != pressed]
    await outbox.forget_files(person.id, draft)
    about = {"draft": draft}
    letters = [replace(update_of(card, event.at, args=about), kind=LetterKind.RECALL) for card in shown]
    await outbox.put(letters)
    await outbox.close([card.id for card in shown])


def update_of(
    card: Letter, at: datetime, template: str = "", args: Mapping[str, Any] | None = None
) -> Letter:
    """A letter that repaints a sent card, as another template where one is given."""
    return Letter(
        id=outbox.new_id(at),
        kind=LetterKind.UPDATE,
        platform=card.platform,
        person=card.person,
        account=card.account,
        template=template or card.template,
        args=card.args if args is None else args,
        created_at=at,
        request=card.request,
        target=card.id,
        urgent=True,
    )


async def leave_behind(request: Request, at: datetime, cards: Sequence[Letter]) -> list[Letter]:
    """The applicant's older ones of these cards say that a newer one follows; returns the others."""
    old = [card for card in cards if card.template in APPLICANTS and not card.closed]
    await outbox.follow_up([card.id for card in old], LEFT_BEHIND, _about(request), request.id)
    await outbox.put([update_of(card, at, LEFT_BEHIND, _about(request)) for card in old])
    return [card for card in cards if card not in old]


async def status(request: Request, at: datetime, also: Collection[str] = ()) -> None:
    """Send the applicant, and who is told `also`, a fresh card of where the request stands, instead of one
    that still waits."""
    await outbox.drop_waiting(request.id, "status")
    known = await people.several(list(dict.fromkeys((request.applicant, *also))))
    key = f"status:{request.id}:{request.trail_seq}"
    await tell(known.values(), "status", _about(request), at, request=request, once=key)


def _about(request: Request) -> dict[str, Any]:
    return {"request": request.id, "number": request.number}
