"""Who may act on a request as its applicant: they themselves, and for one who left, somebody of the unit."""

from datetime import datetime

from handlers.chain.operate import Law
from handlers.people import whose
from handlers.rules.articles import ART_5_2
from handlers.rules.permits import in_service, serves
from storage import media, people
from storage.records import Person, Request


async def principal(request: Request, person: Person, at: datetime) -> str | None:
    """For whom somebody acts: nobody ("") where the request is their own, the applicant where that one has
    left and this is who operates its medium or is first responsible for its unit; None for all others."""
    if person.id == request.applicant:
        return ""
    applicant = await people.get(request.applicant)
    if applicant is None or in_service(applicant, at) or not serves(person, at):
        return None
    if "concerned" in request.facts:
        return None  # what is about somebody is nobody's to go on with but whoever reported it
    return request.applicant if person.id in await _heirs(request, at) else None


async def others_only(request: Request, does: str, at: datetime) -> str:
    """Why somebody may not, and who may."""
    applicant = await people.get(request.applicant)
    if applicant and not in_service(applicant, at):
        who = "媒体的运营负责人或本单位第一责任人"
        return f"{request.number} 的申请人已离职，请由{who}{does}（{ART_5_2}）。"
    return f"{request.number} 不是您提交的，只有申请人能{does}。"


async def _heirs(request: Request, at: datetime) -> set[str]:
    operators = {medium.operator for medium in await media.several(request.form.get("media") or [])}
    filed = {str(request.form.get("operator") or "")}
    return operators | filed | {await whose.responsible_for(request.unit, at)}


def law(person: str, stands_for: str) -> Law:
    """What the chain knows of whoever acts as the applicant."""
    return Law(heirs=(person,) if stands_for else ())
