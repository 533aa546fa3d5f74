"""What follows a card that can no longer be repainted: a fresh message of what it would have shown, once."""

from dataclasses import replace
from datetime import datetime

from handlers.letters.notify import APPLICANTS
from storage import coats, outbox, requests, trail
from storage.letters import Letter, LetterKind

INSTEAD = {"approval": "outcome", "consult": "consult"} | dict.fromkeys(APPLICANTS, "status")
"""By the template of a card that stays as it is, the message that says where the matter stands."""


async def instead(letter: Letter, at: datetime) -> list[Letter]:
    """The message in the place of the failed repaint `letter`; none where its reader has lost nothing.

    Whoever was asked hears when nothing is to be done any more, or nothing by them, the applicant of each new
    state that was somebody else's doing and that no other letter tells.
    """
    target = await outbox.get(letter.target)
    if target is None or letter.template not in INSTEAD or letter.request is None:
        return []
    occasion = await (_new_state if letter.template in APPLICANTS else _ended)(letter)
    once = f"outcome:{letter.request}:{letter.person}:{letter.platform}:{occasion}"
    return [fresh(letter, at, once=once)] if occasion else []


def fresh(letter: Letter, at: datetime, *, once: str) -> Letter:
    """The message itself: composed, as every other, of what is true when it leaves."""
    return replace(
        letter, id=outbox.new_id(at), kind=LetterKind.SEND, template=INSTEAD[letter.template], target="",
        created_at=at, next_at=at, error="", attempts=0, once=once,
    )  # fmt: skip


async def _ended(letter: Letter) -> str:
    """What is asked on the card no more, or asked of a step that goes on without them; however many cards of
    it they have."""
    step = f"{letter.args['step']}:{letter.args['version']}" if "step" in letter.args else letter.target
    card = await outbox.get(letter.target)
    if card is None or card.closed:
        return step if card else ""
    gone = card.person not in await requests.holders(card.request or 0)
    return step if letter.template == "approval" and gone and await coats.still_asks(card) else ""


async def _new_state(letter: Letter) -> str:
    """The number in the trail of the last new state, where the letter's reader does not know of it."""
    request = await requests.by_id(letter.request or 0)
    moved = await trail.last_moved(request.number) if request else None
    if request is None or moved is None or moved.actor == letter.person:
        return ""
    return "" if await outbox.told_since(letter.person, request.id, moved.at) else str(moved.seq)
