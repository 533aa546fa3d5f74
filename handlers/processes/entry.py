"""What every register has in common: a line of it is its form, and nobody has to decide it."""

from collections.abc import Sequence
from datetime import datetime

from handlers.kinds.filling import given
from handlers.kinds.process import PROCESSES
from handlers.people import whose
from handlers.processes.supplements import Plan
from storage.records import Draft, Person, Request, Upload


def entry(kind: str) -> Plan:
    """The line a draft would become on the register of the sender's unit, called by its title."""

    async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
        form = given(draft, uploads)
        unit = await whose.managing_unit(person.unit)
        return PROCESSES[kind].request(at, person.id, unit, str(form.get("title", "")), form, ())

    return plan
