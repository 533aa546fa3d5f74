"""Where the letters to somebody are, as people know it."""

from collections.abc import Iterable

from cards import troubles
from cards.delivery import Delivered, Where
from handlers.letters import reach
from storage.letters import Letter, LetterState
from storage.records import Platform, Request

ARRIVES = (*reach.UNDER_WAY, LetterState.SENT)


async def of_step(request: Request) -> tuple[Delivered, ...]:
    """The cards that ask for a decision on the step that waits, those apart that had nothing left to say."""
    asked = await reach.asked(request)
    return tuple(of(one for one in asked if one.state is not LetterState.SKIPPED or one.error))


def of(letters: Iterable[Letter]) -> list[Delivered]:
    """The newest letter to each person on each platform; refused on one, they may have it on the other."""
    newest = {(one.person, one.platform): one for one in letters}
    return [_state(one, _elsewhere(one, newest.values())) for one in newest.values()]


def _elsewhere(letter: Letter, newest: Iterable[Letter]) -> Platform | None:
    others = [one for one in newest if one.person == letter.person and one.platform is not letter.platform]
    return next((one.platform for one in others if one.state in ARRIVES), None)


def _state(letter: Letter, to: Platform | None) -> Delivered:
    """One letter; `to` is the platform on which its person has the same."""
    person, platform, why = letter.person, letter.platform, troubles.why(letter.error)
    if letter.state is LetterState.SENT:
        where = Where.READ if letter.read_at else Where.SENT
        return Delivered(person, platform, where, letter.sent_at, letter.read_at)
    if letter.state in reach.UNDER_WAY:
        return Delivered(person, platform, Where.WAITING, why=why)
    return Delivered(person, platform, Where.PASSED if to else Where.REFUSED, why=why, to=to)
