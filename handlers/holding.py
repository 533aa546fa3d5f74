"""Why somebody may not decide a step, and who has it, for those who may know."""

from collections.abc import Mapping
from datetime import datetime

from cards import status
from handlers import showing, views
from handlers.rules.permits import in_service, may_decide
from storage.records import Person, Request, State


async def refusal(person: Person, request: Request, holders: Mapping[str, str], at: datetime) -> str:
    """Empty where this person may decide the open step; `holders` are those of this very moment."""
    refused = may_decide(person, request, holders, at)
    if refused is None:
        return ""
    waits = request.state is State.IN_REVIEW and person.id != request.applicant
    return await elsewhere(person, request, at) if waits and in_service(person, at) else str(refused)


async def elsewhere(person: Person, request: Request, at: datetime) -> str:
    """That the step is not theirs; whose it is is for those who may see where the request stands."""
    view = await views.load(request, person.id, at)
    if await showing.may_see(person, view):
        return f"{request.number} 现在不由您办理。"
    return f"{request.number} 不由您办理，{status.onward(view)}"
