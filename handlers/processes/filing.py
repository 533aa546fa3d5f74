"""/备案: a medium is put on the books before it may publish (Article 6(1)); late filing is marked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cards.card import Option
from cards.form import Choices
from cards.form_media import AGAIN, FILING, LATE, OTHER, platform
from cards.processes import filing as cards
from handlers.cases import leads
from handlers.kinds.process import Process, kept_files
from handlers.ledger import change_ledger, naming, own_media, standing
from handlers.people import whose
from handlers.rules import clauses
from handlers.rules.articles import ART_6_1, ART_11, ART_15
from handlers.rules.chain import CENTRE, RESPONSIBLE, ledger_chain
from handlers.rules.editions import EDITIONS
from handlers.rules.permits import SHANGHAI, may_file
from handlers.rules.platform_types import media_class, near
from handlers.typed import people_named
from handlers.typed.answers import Answer, Read, Readers
from handlers.typed.own_unit import own_unit
from handlers.typed.reading import checked, named
from storage import ledger, media, people, requests
from storage.records import Act, Draft, Medium, MediumChange, MediumState, Person, Request, State, Upload
from storage.steps import Verb
from storage.vocabulary import PLATFORM_TYPES

SERIES = "QM"
_DEFAULTED = tuple(field.name for field in FILING.fields if field.default and field.name != "opened_on")


def _name(value: str) -> str:
    return "要 2–40 个字" if len(value) < 2 else ""


def _purpose(value: str) -> str:
    return f"至少 10 个字，现在 {len(value)} 个" if len(value) < 10 else ""


def _partner(value: str) -> str:
    forbidden = f"不得与校外单位以“协办”等形式注册运行媒体（{ART_11}），不能备案"
    return forbidden if value == "是" else ""


def _phone(value: str) -> str:
    digits = sum(map(str.isdigit, value))
    good = 4 <= digits <= 20 and set(value) <= set("0123456789+-—()（）转 ")
    return "" if good else "请填手机号、座机或分机号"


async def _platform(answer: Answer) -> Read:
    """The platform's usual name; one that is written out has a field of its own."""
    usual, other, why = naming.platform_typed(answer.value)
    written = {"platform_other": other} if other else {}
    return answer.wrong(why, near(answer.value)) if why else Read({"platform_type": usual, **written})


_READERS: Readers = {
    "account_name": checked(_name),
    "purpose": checked(_purpose),
    "partner": checked(_partner),
    "phone": checked(_phone),
    "platform_type": _platform,
    "operator": named(people_named.find),
    "phone_owner": named(people_named.find),
    "leader": named(people_named.find),
    "admins": named(people_named.admins),
    "host_unit": own_unit("只能为本单位备案"),
}
"""Names become 工号 and codes, the platform its usual name; what Article 11 forbids is refused."""


def missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """What the filing still lacks; a medium that already runs must say since when and why so late."""
    form = draft.form
    lacking = [field.name for field in FILING.fields if field.required and not form.get(field.name)]
    if form.get("platform_type") == OTHER and not form.get("platform_other"):
        lacking.append("platform_other")
    if form.get("filing_kind") == LATE:
        lacking += [name for name in ("opened_on", "late_reason") if not form.get(name)]
    if draft.notes.get("same_platform") and not form.get("same_platform"):
        lacking.append("same_platform")
    return lacking


async def notes(draft: Draft, at: datetime) -> dict[str, Any]:
    """The other media of the unit on this platform: one more needs its reason."""
    host = await _host(draft)
    on = platform(draft.form)
    rest = [m for m in await own_media.own_media(await whose.managing_unit(host)) if m.platform_type == on]
    used = [m for m in rest if m.state is not MediumState.DEREGISTERED]
    return {"same_platform": [m.name for m in used if m.name != draft.form.get("account_name")]}


async def _host(draft: Draft) -> str:
    """The unit that will host: the one given, else the managing unit of whoever files."""
    return str(draft.form.get("host_unit") or await whose.managing_unit(await whose.unit_of(draft.person)))


async def choices(person: Person, _: Draft) -> Choices:
    return {"platform_type": tuple(Option(name, name) for name in PLATFORM_TYPES)}


async def typed(draft: Draft) -> dict[str, Any]:
    """People and units by name; where nothing was typed yet, whoever files and their unit."""
    person = await people.get(draft.person)
    known = {
        "operator": draft.person,
        "admins": [draft.person],
        "host_unit": await _host(draft),
        "phone": person.mobile if person else "",
    }
    return await people_named.typed(known | dict(draft.form))


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now."""
    form = await _filled(draft, person, uploads)
    host = form["host_unit"]
    responsible = await whose.responsible_for(host, at)
    late = f"{LATE} " if form["filing_kind"] == LATE else ""
    facts = {
        "media_class": media_class(form.get("platform_type", "")),
        "same_platform_media": list(draft.notes.get("same_platform") or ()),
    }
    title = f"{late}{form.get('account_name', '')}（{platform(form)}）"
    steps = ledger_chain(host, ART_6_1, Verb.APPROVE, applicant_is_responsible=responsible == person.id)
    unit = await whose.managing_unit(host)
    return PROCESS.request(at, person.id, unit, title, form, steps, facts)


async def _filled(draft: Draft, person: Person, uploads: Sequence[Upload]) -> dict[str, Any]:
    """The form as it is submitted: every default written out."""
    given = {k: v for k, v in draft.form.items() if v not in (None, "", [])}
    form = {name: FILING.field(name).default for name in _DEFAULTED} | given
    form.setdefault("host_unit", await _host(draft))
    form.setdefault("content", form.get("purpose", ""))
    form.setdefault("phone_owner", form.get("operator", ""))
    if person.mobile:
        form.setdefault("phone", person.mobile)
    if form["filing_kind"] != LATE:
        form.pop("late_reason", None)
    form["files"] = kept_files(uploads)
    return form


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """The name must be free on its platform, and a medium that runs already says so."""
    form = draft.form
    name, on = form["account_name"], platform(form)
    again = await _filed_again(form, await _host(draft))
    besides = again.no if again else ""
    if why := await naming.taken(name, on, at, besides=besides, filing=draft.revises):
        return why
    if form.get("filing_kind") == AGAIN and again is None:
        return f"台账里没有本单位已注销的“{name}”（{on}），不能重新备案；新媒体请填“备案类型：新建”。"
    opened = date.fromisoformat(form["opened_on"]) if form.get("opened_on") else None
    if opened and form.get("filing_kind") == LATE and opened > _today(at):
        return "补备案的开通日期不能晚于今天；还没有开通的请填“备案类型：新建”。"
    if opened and form.get("filing_kind") != LATE and opened < _today(at):
        return "开通日期已过去：已在运行的媒体请填“备案类型：补备案”，并说明原因。"
    return ""


async def _filed_again(form: Mapping[str, Any], host: str) -> Medium | None:
    """The unit's own deregistered medium that a 重新备案 brings back."""
    if form.get("filing_kind") != AGAIN:
        return None
    for known in await media.called(form["account_name"]):
        same = (known.name, known.platform_type) == (form["account_name"], platform(form))
        if same and known.state is MediumState.DEREGISTERED:
            own = await whose.managing_unit(known.unit) == await whose.managing_unit(host)
            return known if own else None
    return None


async def writes(form: Mapping[str, Any]) -> list[str]:
    """The deregistered medium that a 重新备案 brings back, or that gives up its name."""
    known = [m for m in await media.called(form.get("account_name", "")) if m.platform_type == platform(form)]
    return [one.no for one in known if one.state is MediumState.DEREGISTERED]


def _today(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def declares(request: Request) -> tuple[str, str]:
    """The pledge of Article 4, and that a filing comes late; never what people wrote: the trail is for
    ever, and words must be able to go (Article 8)."""
    form = request.form
    late = f"；{LATE}：{form['opened_on']} 已开通" if form["filing_kind"] == LATE else ""
    return f"承诺：谁开设谁主管、谁应用谁负责，不与校外单位合办{late}", ART_6_1


async def submitted(request: Request, at: datetime) -> None:
    """That a medium ran before it was on the books is a fact, and whether anything follows a question; what
    was opened before the Measures were issued is late of nothing (Article 17)."""
    form = request.form
    if (
        form["filing_kind"] != LATE
        or request.version > 1
        or form["opened_on"] < EDITIONS[0].since.isoformat()
    ):
        return
    # No words of people's: what the filing says must be able to go (Article 8).
    said = (
        f"{request.number} 补备案的媒体于 {form['opened_on']} 开通，{_today(at).isoformat()} 补备案。"
        f"名称和说明见 {request.number}。"
    )
    key = f"{clauses.LATE}:{request.number}"
    await leads.found(clauses.Fact(key, said, request.unit, clauses.LATE), at)


async def obstacle(request: Request, at: datetime) -> str:
    """The name may have been taken since the filing was submitted."""
    form = request.form
    again = await _filed_again(form, form["host_unit"])
    if again and (by := await standing.still_ordered(again)):
        return f"“{again.name}”已被{by}责令停止运行，整改通过后才能重新备案（{ART_15}）。"
    besides = again.no if again else ""
    why = await naming.on_the_books(form["account_name"], platform(form), at, besides=besides)
    return f"{why}请退回申请人改名。" if why else ""


async def concluded(request: Request, at: datetime) -> Request:
    """Passed by both: the medium enters the ledger with a number that is never given again."""
    form = request.form
    again = await _filed_again(form, form["host_unit"])
    medium = Medium(
        no=again.no if again else await _next_no(),
        name=form["account_name"],
        platform_type=platform(form),
        unit=form["host_unit"],
        operator=form["operator"],
        admins=tuple(form["admins"]),
        account=form.get("account", ""),
        filed_on=_today(at),
        filed_here_at=at,
    )
    if again:
        await _renew(again, medium, request, at)
    else:
        await naming.make_room(medium.name, medium.platform_type, at)
        await ledger.put(medium)
    await ledger.enter([_entry(request, medium.no, at)])
    return replace(request, outcome={**request.outcome, "medium_no": medium.no})


def moves(request: Request) -> Sequence[str]:
    """A medium that was deregistered is in use again."""
    return (request.outcome["medium_no"],)


async def _renew(old: Medium, new: Medium, request: Request, at: datetime) -> None:
    """Everything is as it is filed now; what waited for the record is overtaken from today on."""
    history = await ledger.history(old.no)
    shown = change_ledger.differences(ledger.shown(old, history), new, _today(at), at, "filing")
    changed = {c.item: c for c in (*shown, *change_ledger.differences(old, new, _today(at), at, "filing"))}
    await change_ledger.lay_in(old, [replace(one, request=request.id) for one in changed.values()])
    await ledger.renew(new)


async def _next_no() -> str:
    """The next 备案号 that no medium has; numbers an import brought are passed over."""
    while True:
        no = f"{SERIES}-{await requests.next_number(SERIES):04d}"
        if not await media.several([no]):
            return no


def _entry(request: Request, no: str, at: datetime) -> MediumChange:
    """The first line of a medium's history; a late filing says so there too."""
    form = request.form
    said = form["filing_kind"]
    if said == LATE:
        said = f"{LATE}：{form['opened_on']} 已开通，{form['late_reason']}"
    return MediumChange(
        medium=no,
        item="filing",
        before="",
        after=said,
        effective_on=_today(at),
        entered_at=at,
        recorded_at=at,
        request=request.id,
        source="filing",
    )


PROCESS = Process(
    face=cards.FACE,
    alias="file",
    help="新媒体上台账（第六条（一））",
    ends=State.RECORDED,
    acts={
        RESPONSIBLE: (Act.APPROVE, Act.RETURN, Act.REJECT),
        CENTRE: (Act.APPROVE, Act.RETURN, Act.REJECT),
    },
    guided=("basics", "running", "rules"),
    feishu_pages=frozenset({"details"}),
    may_apply=may_file,
    readers=_READERS,
    missing=missing,
    choices=choices,
    plan=plan,
    preview=cards.preview,
    check=check,
    declares=declares,
    concluded=concluded,
    moves=moves,
    notes=notes,
    typed=typed,
    obstacle=obstacle,
    submitted=submitted,
    writes=writes,
)
