"""/调动: the centre asks media of the school for the same, or to keep silence (form F12, Article 5(1))."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from cards.form import Form
from cards.form_dispatch import DISPATCH, NO, SCHOOL, SILENCE
from cards.processes import dispatch as cards
from cards.view import Sight
from handlers.kinds.filling import Values, given
from handlers.kinds.owes import Owes, Standing
from handlers.kinds.process import Process
from handlers.people import whose
from handlers.people.operators import answers_for
from handlers.rules import targets
from handlers.rules.articles import ART_5_1
from handlers.rules.calling import list_ladder
from handlers.rules.deadlines import SHANGHAI
from handlers.rules.permits import Refusal, is_auditor, may_register
from handlers.rules.rungs import Hears
from handlers.rules.targets import Books
from handlers.typed import people_named
from handlers.typed.answers import Answer, Mistake, Read
from handlers.typed.reading import named
from storage import campaigns, duties, media, people, requests, silences
from storage.duty_records import DutyKind
from storage.records import Draft, MediumState, Person, Request, State, UnitKind, Upload
from storage.silences import Silence

QUIET = {"campaign": "统一静默", "instruction": "静默期间不发布新内容，已批准的稿件暂缓发布。"}
"""What a silence says where nothing else was written."""


async def of_centre(person: Person, at: datetime) -> Refusal | None:
    """> 对学校重大新闻宣传报道，可统一调动校内全媒体资源，统筹安排相关信息发布。（第五条（一））"""
    if await whose.of_centre(person, at):
        return None
    return Refusal(
        "统一调动由全媒体中心发起。收到调动的请发：/收到 编号、/完成 编号 链接、/不能完成 编号 理由。",
        ART_5_1,
    )


async def behind(form: Form, raw: Mapping[str, str], words: str) -> dict[str, str]:
    """`/调动 静默 起 止 [范围]`: whole days, one where no last is said; other words are the theme."""
    first, *rest = [*words.split(maxsplit=3), "", "", ""][:4]
    if first != SILENCE:
        return {form.named_by: words, **raw} if words else dict(raw)
    begins, ends, scope = rest
    days = {"starts": begins, "until": ends or begins} if begins else {}
    return {**QUIET, "action": SILENCE, **days, "targets": scope or SCHOOL, **raw}


async def books() -> Books:
    """The ledger and the tree of units, as targets are read against them."""
    return Books(await media.ledger(), {unit.code: unit for unit in await people.all_units()})


async def _targets(answer: Answer) -> Read:
    found, field = targets.read(answer.value, await books()), answer.field
    wrong = [Mistake(field.name, field.title, word, why, field.example) for word, why in found.wrong.items()]
    return Read({field.name: list(found.words)}, wrong)


async def _spared(answer: Answer) -> Read:
    """Media that go on during a silence: the centre's own, for what it must announce itself."""
    field, known = answer.field, await books()
    own = {unit.code for unit in known.units.values() if unit.kind is UnitKind.MEDIA_CENTER}
    found = targets.read(answer.value, known)
    wrong = [Mistake(field.name, field.title, word, why, field.example) for word, why in found.wrong.items()]
    good = []
    for word in found.words:
        foreign = [m for m in targets.aimed([word], known) if await whose.managing_unit(m.unit) not in own]
        why = "只有全媒体中心自己的媒体可以例外"
        if foreign:
            wrong.append(Mistake(field.name, field.title, word, why, field.example))
        else:
            good.append(word)
    return Read({field.name: good}, wrong)


async def _contact(answer: Answer) -> Read:
    """Whoever sends it, unless somebody else is named."""
    if answer.value in (DISPATCH.field("person").default, "本人"):
        return answer.good(answer.by.id)
    return await named(people_named.find)(answer)


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """What it will be: its media are those in use at this moment."""
    form = {"must_reply": DISPATCH.field("must_reply").default, "person": person.id}
    form |= {k: v for k, v in given(draft, uploads).items() if v}
    form["files"] = given(draft, uploads)["files"]
    known = await books()
    meant = targets.aimed(form.get("targets") or (), known)
    active = [medium for medium in meant if medium.state is MediumState.ACTIVE]
    names = {m.no: f"{m.name}（{m.platform_type}，{m.no}）" for m in meant}
    facts: dict[str, Any] = {
        "media": [medium.no for medium in active],
        "counted": targets.counted(active),
        "names": [names[medium.no] for medium in active],
        "resting": [names[medium.no] for medium in meant if medium not in active],
        "spared": [medium.no for medium in targets.aimed(form.get("spared") or (), known)],
    }
    if form.get("action") == SILENCE:
        quiet = [medium.no for medium in meant if medium.no not in facts["spared"]]
        facts["posts"] = len(await requests.open_posts(quiet))
    unit = await whose.managing_unit(person.unit)
    return PROCESS.request(at, person.id, unit, str(form.get("campaign", "")), form, (), facts)


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """A window that lies ahead, and somebody to ask."""
    form, known = draft.form, await books()
    begins = datetime.fromisoformat(form["starts"]) if form.get("starts") else at
    ends = datetime.fromisoformat(form["until"])
    if ends <= at or ends <= begins:
        return "截止时间要晚于现在和开始时间，请改写“截止”。"
    active = [m for m in targets.aimed(form["targets"], known) if m.state is MediumState.ACTIVE]
    if not active and form["action"] != SILENCE:
        return "这些里没有在用的媒体，请改写“媒体”。"
    return ""


def declares(request: Request) -> tuple[str, str]:
    """Never what people wrote: the trail is for ever."""
    form = request.form
    begins = str(form.get("starts") or "即刻")[:16]
    return f"{form['action']}；{cards.aim(request)}；{begins} 至 {str(form['until'])[:16]}", ART_5_1


def begins(request: Request) -> datetime:
    """Of a silence the beginning of its first day; where none is said the moment of its order."""
    text = request.form.get("starts")
    at = datetime.fromisoformat(str(text)) if text else request.submitted_at
    if text and cards.silent(request):
        at = datetime.combine(at.astimezone(SHANGHAI).date(), time(), SHANGHAI)
    return max(at, request.submitted_at)


def ends(request: Request) -> datetime:
    """The first moment after it; a silence lasts to the end of its last day."""
    at = cards.until(request)
    if not cards.silent(request):
        return at
    last = (at - timedelta.resolution).astimezone(SHANGHAI).date()
    return datetime.combine(last + timedelta(days=1), time(), SHANGHAI)


async def submitted(request: Request, at: datetime) -> None:
    """From that second on media keep silence; what they are asked for goes out in slices."""
    spared = frozenset(request.facts["spared"] if cards.silent(request) else ())
    await campaigns.add(request.id, [no for no in request.facts["media"] if no not in spared])
    if not cards.silent(request):
        return
    school = SCHOOL in request.form["targets"]
    on = frozenset[str]() if school else frozenset(request.facts["media"])
    await silences.add(Silence(request.id, request.number, begins(request), ends(request), on, spared))


async def undone(request: Request, at: datetime) -> None:
    """It ends before its time: nobody owes an answer any more, and what was held may go out."""
    if cards.silent(request):
        await campaigns.again(request.id)  # whoever was told of it is told that it is over
    else:
        await campaigns.drop(request.id, "", at)
    for duty in await duties.of_request(request.id):
        if duty.kind is DutyKind.CALL:
            await duties.recorded(duty.id, request.id)
    kept = await silences.of(request.id)
    if kept and kept.ends_at > at:
        await silences.until(request.id, at)


async def sight(request: Request, reader: Person) -> Sight | None:
    """The centre and whoever is asked see all of it, the auditor where it stands; a silence everybody."""
    at = request.submitted_at
    if await whose.of_centre(reader, at) or reader.id in (request.applicant, request.form.get("person")):
        return Sight.FILES
    if cards.silent(request):
        return Sight.TEXT
    for medium in await media.several([call.medium for call in await campaigns.of(request.id)]):
        if await answers_for(reader, medium, at):
            return Sight.FILES
    return Sight.STANDING if is_auditor(reader) else Sight.NOTHING


def _asks(standing: Standing) -> bool:
    """Whether the centre is told what was not answered."""
    request = standing.request
    quiet = cards.silent(request) or request.form.get("must_reply") == NO
    return request.state is State.RECORDED and not quiet


PROCESS = Process(
    face=cards.FACE,
    alias="dispatch",
    help="统一调动、静默；/调动 进度（第五条）",
    audience="centre",
    ends=State.RECORDED,
    acts={},
    may_apply=may_register,
    only=of_centre,
    behind=behind,
    readers={"targets": _targets, "spared": _spared, "person": _contact},
    plan=plan,
    preview=cards.preview,
    check=check,
    declares=declares,
    submitted=submitted,
    undone=undone,
    sight=sight,
    seen_by_unit=False,
    revisable=lambda _: False,
    owes=(
        Owes(
            DutyKind.CAMPAIGN, _asks, lambda _: ART_5_1, Hears.CENTRE, (),
            lambda duty, _, calendar: list_ladder(duty.due_at or duty.since, calendar),
            since=lambda standing: ends(standing.request), due=lambda standing, _: ends(standing.request),
        ),
    ),
)  # fmt: skip


def asks_nothing(values: Values) -> bool:
    """Whether media are told, and need not answer."""
    return values.get("must_reply") == NO
