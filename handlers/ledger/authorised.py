"""Whether somebody was authorised to use a name, from the register of authorisations (Article 11)."""

from dataclasses import dataclass, replace
from datetime import date

from cards.form_authorisation import AUTHORISE
from cards.processes.authorisation import ENDED
from handlers.rules.text import skeleton
from storage import people, registers


@dataclass(frozen=True, slots=True)
class Authorised:
    """A name that a unit may use on a platform through `until`; `number` is that of its authorisation,
    `ended` the day from which it is not, where that ended before its time."""

    name: str
    platform: str
    unit: str
    until: date
    number: str
    ended: date | None = None


async def authorised(name: str, day: date) -> list[Authorised]:
    """The authorisations of that name which are in force on a day, or would be had they not ended early; the
    newest first."""
    wanted, units = skeleton(name), {unit.code: unit.name for unit in await people.all_units()}
    found = []
    for one in await registers.all_of(AUTHORISE.kind):
        form = one.form
        first, last = (date.fromisoformat(str(form[key])) for key in ("valid_from", "until"))
        if skeleton(str(form["title"])) == wanted and first <= day <= last:
            unit = units.get(one.unit, one.unit)
            early = one.outcome.get(ENDED)
            ended = date.fromisoformat(early["on"]) if early else None
            known = Authorised(str(form["title"]), str(form["platform"]), unit, last, one.number, ended)
            found.append(known if ended is None or ended <= day else replace(known, ended=None))
    return found
