"""The files of a yearly account, made of what is true when they leave, for whoever may read it then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cards import inspection_book, inspection_paper
from cards.paper_docx import docx
from cards.processes.inspection import said
from cards.view import Sight, View
from cards.workbook import book
from handlers.letters import views
from handlers.processes import inspection
from handlers.rounds.account import stage_of
from storage import people, requests, rounds


async def _view(args: Mapping[str, Any], reader: str, at: datetime) -> View | None:
    request, person = await requests.by_id(int(args["request"])), await people.get(reader)
    if request is None or person is None or await inspection.sight(request, person) < Sight.FILES:
        return None
    return await views.load(request, reader, at)


async def of_unit(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """The workbook of one unit; None for whom it is not."""
    view = await _view(args, reader, at)
    return book(inspection_book.of_unit(view.request.title, view.request.form, said(view))) if view else None


async def paper(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """The paper of one unit; None for whom it is not."""
    view = await _view(args, reader, at)
    return docx(inspection_paper.paper(view)) if view else None


async def of_school(args: Mapping[str, Any], reader: str, at: datetime) -> bytes | None:
    """The workbook of the whole account; None for whom it is not."""
    found, person = await rounds.get(int(args["round"])), await people.get(reader)
    if found is None or person is None or not await inspection.may_open(person, at):
        return None
    names = {unit.code: unit.name for unit in await people.all_units()}
    units = []
    for one in await rounds.returns(found.id):
        request = await requests.by_id(one.request) if one.request else None
        form = request.form if request else None
        units.append((names.get(one.unit, one.unit), one.number, stage_of(one), form))
    return book(inspection_book.of_school(found.name, units))
