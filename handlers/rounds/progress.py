"""How far a round is: which units have reported, which are filling in, which are late."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import rounds as cards
from cards.card import Card
from handlers.people import whose
from handlers.rules.deadlines import SHANGHAI
from storage import people, rounds
from storage.records import State
from storage.rounds import Return


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """The card of a round, for those of the centre."""
    number = int(args["round"])
    found, person = await rounds.get(number), await people.get(reader)
    if found is None or person is None or not await whose.of_centre(person, at):
        return None
    names = {unit.code: unit.name for unit in await people.all_units()}
    counted: dict[str, list[str]] = {word: [] for word in cards.STAGES}
    for one in await rounds.returns(number):
        counted[stage(one)].append(names.get(one.unit, one.unit))
    late = at.astimezone(SHANGHAI).date() > found.due_on
    return cards.progress(found.name, found.due_on, counted, late=late)


def stage(one: Return) -> str:
    """Where one return stands, in a word."""
    if one.state == State.RECORDED:
        return cards.REPORTED
    if not one.request:
        return cards.COMING
    return cards.SIGNING if one.step == "report" else cards.FILLING
