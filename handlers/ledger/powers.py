"""What units say of the four powers of Article 10, year by year, and which units are asked."""

from dataclasses import dataclass
from datetime import datetime

from cards.form_powers import POWERS
from cards.processes import powers as cards
from handlers.people import whose
from handlers.rules.permits import is_auditor, managed_by, serves
from handlers.rules.platform_types import media_class
from storage import media, people, requests, rounds
from storage.records import MediumState, Person, Request, Role, State

PUBLICATIONS = "出版物"


@dataclass(frozen=True, slots=True)
class Powers:
    """What a unit says of one year: `held` and `lacking` name powers, both empty while it has said nothing;
    `request` is None until it was asked."""

    unit: str
    year: int
    request: Request | None = None
    held: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    reason: str = ""

    @property
    def number(self) -> str:
        return self.request.number if self.request else ""

    @property
    def said(self) -> bool:
        """Whether the unit has answered."""
        return bool(self.held or self.lacking)


async def powers(unit: str, year: int) -> Powers | None:
    """What a managing unit says of a year; None where nothing is asked of it in that year."""
    return next((one for one in await of_year(year) if one.unit == unit), None)


async def of_year(year: int) -> list[Powers]:
    """What each unit says that was asked in a year, by unit."""
    asked = await rounds.of_year(year, rounds.POWERS)
    found = await rounds.returns(asked.id) if asked else []
    return [
        _read(one.unit, year, await requests.by_id(one.request) if one.request else None) for one in found
    ]


def _read(unit: str, year: int, request: Request | None) -> Powers:
    said = (request.form.get(cards.KEY) if request and request.state is State.RECORDED else None) or {}
    lacking = tuple(cards.lacking(request)) if request and said else ()
    held = tuple(title for title in POWERS.values() if said and title not in lacking)
    return Powers(unit, year, request, held, lacking, str(said.get("reason", "")))


async def publishers() -> dict[str, list[str]]:
    """The managing units that run a publication which has not ended, with its 备案号."""
    units = {unit.code: unit for unit in await people.all_units()}
    found: dict[str, list[str]] = {}
    for medium in await media.ledger():
        ended = medium.state is MediumState.DEREGISTERED
        if not ended and media_class(medium.platform_type) == PUBLICATIONS:
            found.setdefault(managed_by(medium.unit, units), []).append(medium.no)
    return {unit: numbers for unit, numbers in sorted(found.items()) if unit}


async def sees_all(person: Person, at: datetime) -> bool:
    """The propaganda department, which examines publications, the centre, and the auditor."""
    examines = serves(person, at) and Role.PROPAGANDA_REVIEWER in person.roles
    return examines or is_auditor(person) or await whose.of_centre(person, at)
