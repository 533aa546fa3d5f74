"""Where somebody is reached now, and who hears nothing of the step that waits."""

from collections.abc import Iterable
from datetime import datetime

from handlers.rules.permits import in_service
from storage import outbox, people
from storage.letters import Letter, LetterState
from storage.records import Person, Platform, Request

TO_LEAVERS = "refused"
"""The template of the one letter that whoever has left still gets: that they may do nothing any more."""

UNDER_WAY = (LetterState.QUEUED, LetterState.SENDING)


async def address(letter: Letter, at: datetime) -> str | None:
    """The account a letter goes to now, empty where there is none; None where its person has left."""
    if not letter.person:
        return letter.account
    person = await people.get(letter.person)
    if person is None:
        return ""
    may_read = in_service(person, at) or letter.template == TO_LEAVERS
    return person.account(letter.platform) if may_read else None


async def still_theirs(card: Letter) -> bool:
    """Whether the account on which a card stands is that of whom it was sent to."""
    person = await people.get(card.person) if card.person else None
    return person is None or same(card.platform, person.account(card.platform), card.account)


def same(platform: Platform, one: str, other: str) -> bool:
    """Whether two names are one account: WeCom's ignore case."""
    return one.lower() == other.lower() if platform is Platform.WECOM else one == other


async def asked(request: Request, person: str = "") -> list[Letter]:
    """The letters that asked for a decision on the step that waits, those to one person or all."""
    place = (request.step, request.version)
    return [
        letter
        for letter in await outbox.asked(request.id)
        if (letter.args.get("step"), letter.args.get("version")) == place and person in ("", letter.person)
    ]


async def unreached(request: Request, persons: Iterable[str]) -> frozenset[str]:
    """Who of these hears nothing of the step that waits: on no platform, or nothing sent to them arrived."""
    letters = await asked(request)
    found = set()
    for person in (await people.several(list(persons))).values():
        theirs = [letter for letter in letters if letter.person == person.id]
        dead = any(letter.state is LetterState.DEAD for letter in theirs)
        hears = any(_may_arrive(letter, person) for letter in theirs)
        if not person.accounts() or (dead and not hears):
            found.add(person.id)
    return frozenset(found)


def _may_arrive(letter: Letter, person: Person) -> bool:
    """Whether a letter is on its way, or arrived where its person still is."""
    if letter.state in UNDER_WAY:
        return True
    there = same(letter.platform, person.account(letter.platform), letter.account)
    return letter.state is LetterState.SENT and there
