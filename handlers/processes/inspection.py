"""/督查 年: figures from the records, the unit's 意见, then the centre settles it (form F7, Article 12)."""

from dataclasses import replace
from datetime import date, datetime

from cards.processes import inspection as cards
from cards.times import day
from cards.view import Sight
from handlers import workyear
from handlers.kinds.process import Process
from handlers.letters import documents, notify
from handlers.people import whose
from handlers.processes import inspected
from handlers.rules.articles import ART_12
from handlers.rules.deadlines import SHANGHAI, days_after, ends
from handlers.rules.inspection import figures, stretch
from handlers.rules.inspection_score import proposed
from handlers.rules.permits import Refusal, is_auditor, serves
from storage import inspections, media, people, requests
from storage.records import Act, Person, Request, State
from storage.steps import Step, StepRole, Verb

OPINION, SETTLE = "opinion", "settle"
OPINION_DAYS = 10
"""Working days within which the unit says what it thinks of its figures."""

SILENT = "期满没有收到意见"


def chain(unit: str) -> tuple[Step, ...]:
    """The first-responsible person speaks, the centre settles; who spoke for the unit does not.

    > 学校党委将全媒体建设与管理情况纳入年度全面从严治党检查……（第十二条）
    """
    return (
        Step(OPINION, StepRole.FIRST_RESPONSIBLE, Verb.SPEAK, ART_12, unit=unit),
        Step(SETTLE, StepRole.MEDIA_CENTER, Verb.SETTLE, ART_12),
    )


async def planned(year: int, unit: str, number: int, at: datetime) -> Request:
    """The pack that the account of a year opens for a unit: what was counted is in its digest."""
    before = await inspections.last(unit, PROCESS.kind)
    last = datetime.fromisoformat(before.form["until"]) if before else None
    since, until = stretch(year, at, last)
    due = days_after(at.astimezone(SHANGHAI).date(), OPINION_DAYS, await workyear.current()).day
    counted = await counted_now(unit, year, since, until)
    known = await people.unit(unit)
    form = {"year": str(year), "due_on": due.isoformat(), **counted}
    title = f"{year} 年度督查 {known.name if known else unit}"
    return PROCESS.request(at, "", unit, title, form, chain(unit), {"round": number})


async def counted_now(unit: str, year: int, since: datetime, until: datetime) -> dict[str, object]:
    """Figures, score and deductions of that time, as the form of a pack keeps them."""
    found = await inspected.found(unit, year, since, until)
    score, taken = proposed(found)
    days = [one.astimezone(SHANGHAI).date() for one in (since, until)]
    return {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "span": f"{days[0].isoformat()} 至 {days[1].isoformat()}",
        cards.FIGURES: [one.kept() for one in figures(found)],
        "score": score,
        "deductions": [one.kept() for one in taken],
    }


def _not_begun(person: Person, at: datetime) -> Refusal | None:
    return Refusal("年度督查由全媒体中心或学校党委发起：/督查 年。", ART_12)


def term(request: Request) -> datetime | None:
    """The unit speaks by the end of the tenth working day."""
    return ends(date.fromisoformat(request.form["due_on"])) if request.step == OPINION else None


async def submitted(request: Request, at: datetime) -> None:
    """Whoever runs the media is asked for their part; their head speaks for the unit."""
    running = await operators(request, at)
    until = day(date.fromisoformat(request.form["due_on"]), at)
    text = (
        f"请在{until}前填报您运营媒体的自评和运行总结，供第一责任人提意见时参考。"
        f"请发：/填报年检 {request.number}"
    )
    await notify.words(running, f"{request.title}：填报各媒体情况", text, at, request=request)


async def operators(request: Request, at: datetime) -> list[str]:
    """Those who run the unit's media, but for its head, who is asked anyway."""
    head = await whose.responsible_for(request.unit, at)
    known = await media.several(list(cards.media_of(request.form)))
    return [one for one in dict.fromkeys(medium.operator for medium in known) if one and one != head]


async def entered(request: Request, at: datetime) -> Request:
    """Where nobody spoke in time, the unit may still do so until it is settled."""
    if request.step == SETTLE and not request.form.get(cards.SAYS):
        head = await whose.responsible_for(request.unit, at)
        text = f"{request.title}{SILENT}，已转全媒体中心。定稿前仍可发：/补充意见 {request.number}"
        await notify.words([head], "意见期已满", text, at, request=request)
    return request


async def concluded(request: Request, at: datetime) -> Request:
    """The unit is told what came of it; what is rated is the centre's word, and nothing follows by itself."""
    end = request.form[cards.END]
    head = await whose.responsible_for(request.unit, at)
    text = (
        f"{request.title}已定稿：{end['result']}，{cards.score(request.form)}。"
        f"看全文请发：/查询 {request.number} 全文"
    )
    await notify.words([head], "年度督查已定稿", text, at, request=request)
    last = (await requests.decisions(request.id))[-1]
    if settler := await people.get(last.actor):
        for document, name in files(request):
            await documents.follow(settler, last.platform, document, name, {"request": request.id}, at)
    return replace(request, outcome={**request.outcome, "result": end["result"]})


def files(request: Request) -> tuple[tuple[str, str], ...]:
    """The documents of a pack: how each is made, and its name."""
    return ("account_book", f"{request.title}.xlsx"), ("account_paper", f"{request.title}.docx")


async def sight(request: Request, reader: Person) -> Sight:
    """The centre, the people of 学校党委 and whoever answers for the unit read all of it; who runs its media
    and the auditor see where it stands."""
    at = request.step_since
    if await whose.of_centre(reader, at) or await whose.of_party(reader):
        return Sight.FILES
    seats = {seat.person for step in request.chain for seat in step.seats}
    if reader.id in seats or reader.id == await whose.responsible_for(request.unit, at):
        return Sight.FILES
    runs = is_auditor(reader) or reader.id in await operators(request, at)
    return Sight.STANDING if runs else Sight.NOTHING


async def may_open(person: Person, at: datetime) -> bool:
    """Whether somebody is of the centre or of 学校党委, who open the account of a year and see all of it."""
    return await whose.of_centre(person, at) or (serves(person, at) and await whose.of_party(person))


PROCESS = Process(
    face=cards.FACE,
    alias="inspection",
    help="年度督查（第十二条）",
    starts=False,
    ends=State.RECORDED,
    acts={OPINION: (Act.SUPPLY,), SETTLE: (Act.SUPPLY,)},
    may_apply=_not_begun,
    declares=lambda request: (request.title, ART_12),
    term=term,
    submitted=submitted,
    entered=entered,
    concluded=concluded,
    elapses={OPINION: SILENT},
    sight=sight,
    seen_by_unit=False,
)
