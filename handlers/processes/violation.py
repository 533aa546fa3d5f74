"""/违规: a lead is a question; the centre accepts it or not, hears those concerned, decides (F10, 13, 14)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cards.card import Option
from cards.form import Choices
from cards.form_violation import PERSON, VIOLATION
from cards.processes import violation as cards
from cards.times import deadline
from cards.view import Sight
from handlers import workyear
from handlers.cases import leads
from handlers.cases.leads import lead
from handlers.kinds.filling import Values, anybody, given, lacking
from handlers.kinds.owes import Owes, Standing
from handlers.kinds.process import Appeals, Process
from handlers.ledger import own_media
from handlers.letters import notify
from handlers.people import whose
from handlers.rules import clauses
from handlers.rules.hearing import ACCEPT, APPEAL, DISPOSE, Hearing, hearing, media_of
from handlers.rules.ladder import hearing_ladder
from handlers.rules.rungs import Hears
from handlers.typed import people_named
from handlers.typed.answers import Answer, Read
from handlers.typed.reading import named
from storage import people
from storage.duty_records import DutyKind
from storage.records import Act, Draft, Person, Request, State, Upload
from storage.steps import Step, StepRole, Verb

__all__ = ["PROCESS", "lead"]


def missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """What is always needed, and whom or what it is about."""
    form, needed = draft.form, lacking(VIOLATION, draft, uploads)
    if form.get("subject") == PERSON:
        return needed if form.get("person") else [*needed, "person"]
    about = any(form.get(name) for name in ("media", "host_unit", "person"))
    return needed if about or not form.get("subject") else [*needed, "host_unit"]


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The lead this draft would become if it were submitted now."""
    return await leads.planned(given(draft, uploads), person, at)


async def obstacle(request: Request, at: datetime) -> str:
    """Nobody is judged unheard: there must be somebody to hear, and they have their time."""
    if request.step == ACCEPT:
        there = await leads.concerned(request.form, request.unit, at)
        return "" if there else "本单位暂缺第一责任人，没有可以听取意见的人，补上后才能立案。"
    heard = Hearing.of(request.outcome)
    if request.step != DISPOSE or heard is None or not heard.open(request.form, at):
        return ""
    return f"申辩期到 {deadline(heard.ends, at)}，期满或有关的人都申辩后才能处理。"


async def entered(request: Request, at: datetime) -> Request:
    """立案: those concerned are told what is alleged, and their time begins."""
    if request.step != DISPOSE:
        return request
    told = await leads.concerned(request.form, request.unit, at)
    begun = hearing(told, at, await workyear.current())
    after = replace(request, outcome={**request.outcome, "hearing": begun.kept()})
    receivers = (await people.several(told)).values()
    args = {"request": request.id, "number": request.number}
    await notify.tell(receivers, "allegation", args, at, request=after, urgent=True)
    return after


def opens(request: Request) -> datetime | None:
    """When silence no longer keeps anybody from deciding."""
    heard = Hearing.of(request.outcome)
    waits = heard and request.step == DISPOSE and heard.silent(request.form)
    return heard.ends if heard and waits else None


async def refused(request: Request, at: datetime) -> None:
    """不立案: nobody is told, but for those who had been when it was accepted first and taken back."""
    if heard := Hearing.of(request.outcome):
        text = f"{request.number}《{request.title}》不再立案，不计入任何记录。"
        await notify.words(heard.concerned, "不再立案", text, at, request=request)


async def conceals(request: Request, reader: Person) -> frozenset[str]:
    """Who reported it is told to the centre alone."""
    own = reader.id in ("", request.applicant) or not request.applicant
    return frozenset() if own or await _of_centre(request, reader) else frozenset({request.applicant})


async def _of_centre(request: Request, reader: Person) -> bool:
    concerned = whose.applicant_of(request).concerned
    return reader.id not in concerned and await whose.of_centre(reader, request.step_since)


async def sight(request: Request, reader: Person) -> Sight:
    """The centre sees all; those concerned, once it is a case, all but the reporter and the files, which may
    show who reported; 学校党委 the text of a case; whoever reported it where it stands; others nothing."""
    heard = Hearing.of(request.outcome)
    if heard and reader.id in heard.concerned:
        return Sight.TEXT
    if await _of_centre(request, reader):
        return Sight.FILES
    if reader.id == request.applicant:
        return Sight.STANDING
    asked = reader.id in {seat.person for step in request.chain for seat in step.seats}
    concerned = reader.id in whose.applicant_of(request).concerned
    return (
        Sight.TEXT if not concerned and (asked or (heard and await whose.of_party(reader))) else Sight.NOTHING
    )


def appeals(request: Request) -> Appeals | None:
    """Those concerned may, within five working days, and once."""
    heard, until = Hearing.of(request.outcome), request.outcome.get("appeal_until")
    if heard is None or not until or request.state is not State.RECORDED:
        return None
    step = Step(APPEAL, StepRole.MEDIA_CENTER, Verb.REVIEW_AGAIN, request.chain[0].article)
    return Appeals(step, heard.concerned, datetime.fromisoformat(until))


async def writes(form: Values) -> Sequence[str]:
    """The media that a decision, and a review of it, is about."""
    return list(dict.fromkeys([*media_of(form, "disposal"), *media_of(form, "review")]))


async def _media(answer: Answer) -> Read:
    """Media of any unit: what is reported need not be one's own."""
    numbers, wrong = await own_media.find_any(answer.value, answer.field)
    return Read({answer.field.name: numbers}, wrong)


async def _clause(answer: Answer) -> Read:
    read = {typed: clauses.code_of(typed) for typed in answer.value}
    strange = [typed for typed, code in read.items() if not code]
    if strange:
        return answer.wrong(f"没有“{strange[0]}”这一条款，可填：{'、'.join(clauses.CLAUSES)}")
    return answer.good(list(dict.fromkeys(clauses.name_of(code) for code in read.values())))


async def choices(person: Person, _: Draft) -> Choices:
    return {"clause": tuple(Option(name, f"{name}{gist}") for name, gist in clauses.CLAUSES.values())}


def declares(request: Request) -> tuple[str, str]:
    return "声明：所反映的情况真实，内容不涉密", request.chain[0].article


def _hears(standing: Standing) -> bool:
    request, heard = standing.request, Hearing.of(standing.request.outcome)
    waits = request.current is not None and request.step == DISPOSE
    return bool(waits and heard and heard.silent(request.form))


def _since(standing: Standing) -> datetime:
    heard = Hearing.of(standing.request.outcome)
    return heard.since if heard else standing.request.step_since


def _ends(standing: Standing, at: datetime) -> datetime:
    heard = Hearing.of(standing.request.outcome)
    return heard.ends if heard else at


HEARING: Owes[Standing] = Owes(
    DutyKind.HEARING, _hears, lambda s: s.request.chain[0].article, Hears.CONCERNED, (Hears.CENTRE,),
    lambda duty, _, calendar: hearing_ladder(duty.since, duty.due_at or duty.since, calendar),
    since=_since, due=_ends,
)  # fmt: skip

PROCESS = Process(
    face=cards.FACE,
    alias="violation",
    help="向全媒体中心反映情况（第十三、十四条）",
    audience="all",
    ends=State.RECORDED,
    acts={ACCEPT: (Act.APPROVE, Act.REJECT), DISPOSE: (Act.SUPPLY,), APPEAL: (Act.SUPPLY,)},
    missing=missing,
    may_apply=anybody,
    plan=plan,
    preview=cards.preview,
    declares=declares,
    readers={
        "media": _media,
        "clause": _clause,
        "person": named(people_named.anybody),
        "host_unit": named(people_named.unit),
    },
    choices=choices,
    obstacle=obstacle,
    writes=writes,
    entered=entered,
    opens=opens,
    refused=refused,
    owes=(HEARING,),
    seen_by_unit=False,
    conceals=conceals,
    sight=sight,
    appeals=appeals,
)
