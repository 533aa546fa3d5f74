"""/培训: somebody of a unit or of the centre holds a training; a register (form F13, Articles 7 to 9).

> 开展政策宣讲和警示教育等，确保导向正确、引领有力。（第七条）
"""

from datetime import datetime

from cards.form_training import TRAINING
from cards.processes import training as cards
from cards.view import Sight
from handlers.kinds.filling import Values
from handlers.kinds.process import Process
from handlers.ledger.lessons import cited
from handlers.ledger.systems import acts_for
from handlers.letters import notify
from handlers.people import whose
from handlers.people.concerned import ids_of
from handlers.processes.entry import entry
from handlers.rules import quiz
from handlers.rules import training as rules
from handlers.rules.articles import ART_7
from handlers.rules.permits import SHANGHAI, is_auditor, is_center, of_staff
from handlers.typed import people_named
from handlers.typed.answers import Answer, Mistake, Read
from handlers.typed.fields import SEPARATORS
from storage import people, requests, trainings
from storage.records import Draft, Person, Request, State, UnitKind

TEMPLATE = "training"
"""The card of a training: when and where, who signed in, and what its reader may do."""

MOST_NAMED = 50

TOLD = ("kind", "title", "held_on", "starts", "place")
"""What those who are asked to come must know."""


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """What was answered cannot be asked otherwise; who is counted was there."""
    old = draft.revises and await _answered(draft.revises)
    if old and (await _quiz_of(draft.revises or 0)) != str(draft.form.get("quiz") or ""):
        return "已经有人答过测验，题目不能再改。"
    ahead = rules.day(draft.form) > at.astimezone(SHANGHAI).date()
    if ahead and rules.many(str(draft.form.get("people") or "")):
        return "还没有办的培训，参加人数以签到为准；“参加人”请写姓名或不写：发“参加人：无”。"
    return ""


async def _answered(request: int) -> bool:
    return any(one.answers for one in await trainings.of_request(request))


async def _quiz_of(request: int) -> str:
    old = await requests.by_id(request)
    return str(old.form.get("quiz") or "") if old else ""


async def _starts(answer: Answer) -> Read:
    clock = rules.clock(str(answer.value))
    return answer.good(clock) if clock else answer.wrong("看不出是几点")


async def _hours(answer: Answer) -> Read:
    value = rules.hours(str(answer.value))
    return answer.good(f"{value:g}") if value else answer.wrong("请写学时数，如 2 或 1.5")


async def _people(answer: Answer) -> Read:
    """How many were there, or who is asked to come."""
    typed = str(answer.value).strip()
    if typed in ("无", "没有"):
        return answer.good("")
    named = list(dict.fromkeys(filter(None, SEPARATORS.split(typed))))
    if len(named) == 1 and (count := rules.many(typed)) and not await people.get(typed):
        return answer.good(f"{count} 人")
    if len(named) > MOST_NAMED:
        return answer.wrong(f"最多写 {MOST_NAMED} 人，更多的请发会议通知")
    ids: list[str] = []
    wrong: list[Mistake] = []
    for name in named:
        found, mistakes = await people_named.anybody(answer.field, name, answer.at)
        ids += [found] if found else []
        wrong += mistakes
    return Read({answer.field.name: list(dict.fromkeys(ids))}, wrong)


async def _quiz(answer: Answer) -> Read:
    if str(answer.value).strip() in ("无", "没有"):
        return answer.good("")
    found, wrong = quiz.read(str(answer.value))
    return answer.wrong("；".join(wrong)) if wrong else answer.good("\n".join(one.line() for one in found))


async def _case(answer: Answer) -> Read:
    """案例 1 is told as the list tells it now: whose it was is not in it."""
    typed = str(answer.value)
    if not typed.startswith("案例"):
        return answer.good(typed)
    found = await cited(typed, answer.at)
    return answer.good(found) if found else answer.wrong("没有这个案例，发 /培训 案例 看有哪些")


async def submitted(request: Request, at: datetime) -> None:
    """Those who are asked to come are told; again where it takes place otherwise than they were told."""
    named = request.form.get("people")
    if isinstance(named, str) or rules.window(request.form)[1] <= at:
        return
    old = await requests.form_of(request.id, request.version - 1) or {}
    same = all(old.get(name) == request.form.get(name) for name in TOLD)
    known_before = ids_of(old.get("people")) if same and not isinstance(old.get("people"), str) else []
    known = await people.several([one for one in ids_of(named) if one not in known_before])
    args = {"request": request.id}
    once = f"training:{request.id}:{request.version}"
    await notify.tell(known.values(), TEMPLATE, args, at, request=request, once=once)


async def undone(request: Request, at: datetime) -> None:
    """Those who were asked to come, or had come, hear that it was called off."""
    named = request.form.get("people")
    asked = [] if isinstance(named, str) else ids_of(named)
    there = [one.person for one in await trainings.of_request(request.id)]
    text = f"{rules.day(request.form)} 的{request.form['kind']}（{request.number}）已取消。"
    await notify.words((*asked, *there), "培训已取消", text, at, request=request, but=request.applicant)


async def sight(request: Request, reader: Person) -> Sight:
    """Its organiser, the centre, the auditor and who was there may have the material; others of the unit, and
    everybody where the centre holds it, see that it takes place."""
    if reader.id == request.applicant or is_center(reader) or is_auditor(reader):
        return Sight.FILES
    there = await trainings.get(request.id, reader.id)
    if there or await acts_for(reader, request.unit, request.submitted_at):
        return Sight.FILES
    unit = await people.unit(request.unit)
    school = unit is not None and unit.kind is UnitKind.MEDIA_CENTER
    own = await whose.managing_unit(reader.unit) == request.unit
    asked = reader.id in ids_of(request.form.get("people"))
    return Sight.STANDING if school or own or asked else Sight.NOTHING


async def typed(draft: Draft) -> Values:
    """Who is asked to come by name."""
    shown = await people_named.typed(draft.form)
    named = shown.get("people")
    return shown | ({"people": "、".join(named)} if isinstance(named, list) else {})


def declares(_: Request) -> tuple[str, str]:
    return "登记培训", ART_7


PROCESS = Process(
    face=cards.FACE,
    alias="training",
    help="发起、查看培训和签到（第七条）",
    ends=State.RECORDED,
    acts={},
    may_apply=of_staff("培训由教职工发起。看您自己的请发 /培训 我的。", ART_7),
    plan=entry(TRAINING.kind),
    preview=cards.preview,
    declares=declares,
    readers={"starts": _starts, "hours": _hours, "people": _people, "quiz": _quiz, "case_used": _case},
    check=check,
    typed=typed,
    submitted=submitted,
    undone=undone,
    sight=sight,
)
