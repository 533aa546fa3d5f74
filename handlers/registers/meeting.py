"""A training as a reader sees it: what is known of it at this moment, and what they may do."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cards import notices
from cards import training as cards
from cards.card import Card
from cards.processes.training import called
from cards.training import Meeting
from handlers.ledger.systems import acts_for
from handlers.letters import views
from handlers.letters.may_read import may_see
from handlers.rules import quiz
from handlers.rules import training as rules
from handlers.rules.permits import SHANGHAI
from storage import people, requests, trainings
from storage.records import Person, Request, State
from storage.trainings import Attendance

FEW = 3
"""Of fewer than these the average would tell what somebody answered."""


async def organises(person: Person, request: Request, at: datetime) -> bool:
    """Whether somebody holds a training, or may for its unit."""
    return person.id == request.applicant or await acts_for(person, request.unit, at)


async def of(request: Request, person: Person, at: datetime) -> Meeting:
    form, there = request.form, await trainings.of_request(request.id)
    mine = next((one for one in there if one.person == person.id), None)
    asked, unit = questions(request), await people.unit(request.unit)
    holds, on_record = await organises(person, request, at), request.state is State.RECORDED
    opens, closes = rules.window(form) if form else (at, at)
    over = "" if on_record else "培训已取消" if request.state is State.WITHDRAWN else "已停止"
    return Meeting(
        number=request.number,
        called=called(form),
        unit=unit.name if unit else request.unit,
        when=f"{form.get('held_on', '')} {form.get('starts', '')}".strip(),
        place=str(form.get("place") or ""),
        hours=str(form.get("hours") or ""),
        signed=len(there),
        mine=signed(mine) if mine else "",
        questions=len(asked),
        answered=len(mine.answers) if mine else 0,
        right=quiz.right(asked, mine.answers) if mine else 0,
        material=bool(form.get("files") or form.get("materials")),
        runs=holds and on_record and opens <= at < closes,
        holds=holds,
        quizzed=quizzed(asked, there),
        over=over,
        by_unit=await _by_unit(there),
    )


def questions(request: Request) -> list[quiz.Question]:
    return quiz.read(str(request.form.get("quiz") or ""))[0]


def signed(one: Attendance) -> str:
    """12-03 14:05; 补签 where its organiser entered it."""
    return f"{one.at.astimezone(SHANGHAI):%m-%d %H:%M}{' 补签' if one.entered_by else ''}"


def quizzed(asked: Sequence[quiz.Question], there: Sequence[Attendance]) -> str:
    """12 人答完，平均答对 80%: counted and not named, and no average of few."""
    done = [one for one in there if asked and len(one.answers) >= len(asked)]
    if not asked:
        return ""
    if len(done) < FEW:
        return f"{len(done)} 人答完"
    share = sum(quiz.right(list(asked), one.answers) for one in done) / (len(done) * len(asked))
    return f"{len(done)} 人答完，平均答对 {share:.0%}"


async def _by_unit(there: Sequence[Attendance]) -> tuple[str, ...]:
    names = {unit.code: unit.name for unit in await people.all_units()}
    counted = Counter(one.unit for one in there)
    return tuple(f"{names.get(unit, unit)} {count} 人" for unit, count in counted.most_common())


async def card(args: Mapping[str, Any], reader: str, at: datetime) -> Card | None:
    """The page of a training, for those who may see that it takes place."""
    request, person = await requests.by_id(int(args["request"])), await people.get(reader)
    if request is None or person is None:
        return None
    if refusal := await may_see(person, await views.load(request, reader, at)):
        return notices.refused(str(refusal))
    return cards.page(await of(request, person, at))
