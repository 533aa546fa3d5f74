"""值班 at this moment: who could take a unit's steps, who does, and whose steps those are."""

from datetime import datetime

from handlers.people import whose
from handlers.rules.articles import ART_5_2
from storage import on_call, people
from storage.on_call import OnCall
from storage.records import Person, UnitKind
from storage.steps import Step, StepRole, Verb

_ANYBODY = whose.Applicant("")


async def fit(unit: str, at: datetime) -> list[str]:
    """Who could hold a step of the unit: only they may be on duty for it."""
    found = [person for step in _steps(unit) for person in await whose.peers(step, _ANYBODY, at)]
    return list(dict.fromkeys(found))


async def concerning(reader: str, at: datetime) -> list[OnCall]:
    """The turns of this moment that are the reader's, or that take steps of theirs; none of somebody who
    could hold no such step by now."""
    return [turn for turn in await on_call.current(at) if await _concerns(turn, reader, at)]


async def of_centre(at: datetime) -> list[Person]:
    """Whose turn it is for the centre at that instant."""
    centres = [unit.code for unit in await people.units_of(UnitKind.MEDIA_CENTER)]
    return list((await people.several(await on_call.at(centres, at))).values())


async def _concerns(turn: OnCall, reader: str, at: datetime) -> bool:
    for step in _steps(turn.unit):
        if turn.person in await whose.peers(step, _ANYBODY, at):
            owners = await whose.owners(step, _ANYBODY, at)
            if reader == turn.person or reader in owners:
                return True
    return False


def _steps(unit: str) -> tuple[Step, ...]:
    """Steps as a unit has them."""
    return (
        Step("duty", StepRole.FIRST_RESPONSIBLE, Verb.APPROVE, ART_5_2, unit=unit),
        Step("duty", StepRole.SECRECY_REVIEWER, Verb.EXAMINE, ART_5_2, unit=unit),
    )
