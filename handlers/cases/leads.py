"""A lead as it comes into being: from what somebody reports, or from a fact that the system found."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cards.form_violation import PERSON, UNIT, VIOLATION
from handlers.cases import opening, record
from handlers.kinds.filling import Values
from handlers.kinds.process import PROCESSES
from handlers.people import whose
from handlers.rules import clauses
from handlers.rules.clauses import Fact
from handlers.rules.hearing import ACCEPT, DISPOSE, repeated
from handlers.rules.permits import SHANGHAI, in_service
from storage import cases, media, people, requests
from storage.records import Person, Request
from storage.steps import Step, StepRole, Verb

SYSTEM = "系统自动"


def chain(article: str) -> tuple[Step, ...]:
    """The centre decides whether it is a case, and decides the case; appealed to, another of it again."""
    return (
        Step(ACCEPT, StepRole.MEDIA_CENTER, Verb.ACCEPT_CASE, article),
        Step(DISPOSE, StepRole.MEDIA_CENTER, Verb.DISPOSE, article),
    )


async def planned(form: Values, by: Person | None, at: datetime, **more: Any) -> Request:
    """The lead as it would be submitted now; `more` is noted of it."""
    on = await media.several(list(form.get("media") or []))
    person = await people.get(form.get("person") or "")
    home = person.unit if person else by.unit if by else ""
    host = on[0].unit if on else form.get("host_unit") or home
    unit = await whose.managing_unit(host)
    names = [*(f"“{medium.name}”" for medium in on), *([person.name] if person else [])]
    known_unit = await people.unit(unit)
    about = "、".join(names) or (known_unit.name if known_unit else unit)
    facts = {**more, **await _facts(form, unit, by, at)}
    title = f"关于{about}的情况"
    article = clauses.basis(form.get("clause", ()))
    process, who = PROCESSES[VIOLATION.kind], by.id if by else ""
    return process.request(at, who, unit, title, form, chain(article), facts)


async def _facts(form: Values, unit: str, by: Person | None, at: datetime) -> dict[str, Any]:
    """What the system knows: whom it concerns, upheld cases of twelve months, whether a link was approved."""
    home = await people.unit(await whose.managing_unit(by.unit)) if by else None
    link, on = form.get("link"), list(form.get("media") or [])
    closed = [case.closed_on for case in await cases.upheld(unit)]
    return {
        "concerned": await concerned(form, unit, at),
        "reporter_unit": home.name if home else "",
        "upheld": repeated(closed, at.astimezone(SHANGHAI).date()),
        "unapproved": bool(link and on and not await cases.approved(link, on)),
    }


async def concerned(form: Values, unit: str, at: datetime) -> list[str]:
    """The person named, as long as they are there, and the unit's first-responsible person."""
    person = await people.get(form.get("person") or "")
    named_one = [person.id] if person and in_service(person, at) else []
    head = await whose.responsible_for(unit, at)
    return list(dict.fromkeys([*named_one, *([head] if head else [])]))


async def lead(facts: Mapping[str, Any], unit: str, at: datetime, *, clause: str, source: str) -> Request:
    """A lead that the system found, once for each fact.

    `facts` carry a `key` that names the fact, its words under `facts`, and what it is about under `media`
    (备案号), `person` (工号) or `link`; `clause` is a code of `clauses.CLAUSES`.
    """
    key = str(facts["key"])
    if not await cases.claim(key, at):
        before = await requests.get(await cases.lead_of(key))
        assert before is not None, "a fact that was claimed has its lead"
        return before
    about = {name: facts[name] for name in ("media", "person", "link") if facts.get(name)}
    form = {
        "subject": PERSON if facts.get("person") else UNIT,
        "host_unit": await whose.managing_unit(unit),
        "clause": [clauses.name_of(clause)],
        "facts": str(facts["facts"])[:500],
        "found_on": at.astimezone(SHANGHAI).date().isoformat(),
        "evidence": "系统记录",
        "source": source,
        "files": [],
        **about,
    }
    asked = await planned(form, None, at, key=key)
    opened = await opening.opened(asked, record.By("", at), article=asked.chain[0].article, note=SYSTEM)
    await cases.led_to(key, opened.number, at)
    return opened


async def found(fact: Fact, at: datetime) -> Request:
    """The lead that a fact is, or was before."""
    facts = {"key": fact.key, "facts": fact.said, "media": list(fact.media)}
    return await lead(facts, fact.unit, at, clause=fact.clause, source=SYSTEM)


async def known(keys: Iterable[str]) -> bool:
    """Whether one of these facts led to something before."""
    return any([await cases.lead_of(key) for key in keys])
