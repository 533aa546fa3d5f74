"""A draft that outlives what it is about ends with it, and its cards say what became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from cards import phrases
from handlers.kinds.process import FILLINGS, PROCESSES, SUPPLEMENTS
from handlers.letters import notify
from handlers.rules.lifecycle import can_follow
from storage import drafts, outbox
from storage.records import UNDECIDED, Act, Draft, Platform, Request, State

SHOWN = ("draft", "preview", "form", "options")
"""Templates of the cards on which a draft is filled in or sent."""

REPAINTED_WITHIN = timedelta(days=14)
"""How long Feishu repaints a card (open platform page im-v1/message/patch); WeCom does so for three days."""


def outlived(kind: str, request: Request) -> bool:
    """Whether a draft of this kind, a revision or answers to be added, can be part of the request no more:
    that is decided or taken back, or the step that asked for them is passed; what is added to the record
    (`after`) counts while that stands."""
    added = SUPPLEMENTS.get(kind)
    if added is None:
        return Act.REVISE not in can_follow(request)
    if added.after:
        return request.state is not State.RECORDED
    if request.state not in UNDECIDED:
        return True
    names = [step.name for step in request.chain]
    return added.step in names and names.index(added.step) < names.index(request.step)


def why(kind: str, request: Request) -> str:
    """What became of it, in words that repeat nothing of the request."""
    now = phrases.standing(request.state, PROCESSES[request.kind].face)
    stands = "已进入下一步" if request.current else f"现在是“{now}”"
    return f"{request.number} {stands}，您没有提交的“{FILLINGS[kind].form.title}”不再需要，已放弃。"


async def end(request: Request, at: datetime) -> Sequence[Draft]:
    """End the answers that a saved request takes no more; their authors are told. What somebody writes now
    is left alone: they hold it, and read the truth when they submit it. So is a revision, whose
    有涉密情形 erases the request as well."""
    begun = [one for one in await drafts.revising(request.id) if one.kind in SUPPLEMENTS]
    begun = [one for one in begun if outlived(one.kind, request)]
    gone = await drafts.end_free([one.id for one in begun], at) if begun else ()
    left = [replace(one, state="discarded") for one in begun if one.id in gone]
    for draft in left:
        await repaint(draft, at)
        await notify.words([draft.person], "草稿不再需要", why(draft.kind, request), at, request=request)
    return left


async def repaint(draft: Draft, at: datetime, pressed: str = "") -> None:
    """The cards of a draft that has ended; `pressed` is answered inline."""
    recent = await outbox.shown_to(draft.person, SHOWN, at - REPAINTED_WITHIN)
    own = [card for card in recent if card.args.get("draft") == draft.id and card.id != pressed]
    # What WeCom sent as text, and what was pressed there already, has no code and stays as it is.
    live = [card for card in own if card.platform is Platform.FEISHU or card.response_codes]
    await outbox.put([notify.update_of(card, at, "preview") for card in live])
