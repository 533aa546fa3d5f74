"""A request comes into being: its number, its digest, the first entry of its trail."""

from dataclasses import replace

from handlers.cases import casework, progress, record
from handlers.chain.digest import digest
from handlers.kinds.process import PROCESSES
from handlers.rules import editions
from handlers.rules.permits import SHANGHAI
from storage import requests
from storage.records import Act, Request


async def begun(
    planned: Request, by: record.By, *, article: str, note: str = "", draft: int | None = None
) -> Request:
    """The request that was planned, stored with its number and what was declared. Raises `Taken` where the
    draft has become one before."""
    year = by.at.astimezone(SHANGHAI).year
    series = f"{PROCESSES[planned.kind].form.series or planned.kind}-{year}"
    number = f"{series}-{await requests.next_number(series):04d}"
    numbered = replace(planned, number=number, digest=digest(planned.kind, planned.form))
    request, data = await casework.submitted(numbered, by)
    act, place = Act.SUBMIT.value, record.place(request)
    kept = await record.keep(
        request, act, by, before="draft", after=place, article=article, note=note, data=data
    )
    return await requests.add(kept, draft)


async def opened(planned: Request, by: record.By, *, article: str, note: str = "") -> Request:
    """A request that nobody filled in: a lead that the system found, a return that a round asks for, a
    notice that follows from a decision. Who must act is asked."""
    request = await begun(planned, by, article=article, note=editions.noted(by.at, note))
    await PROCESSES[request.kind].submitted(request, by.at)
    await progress.settle(request, by.at)
    return request
