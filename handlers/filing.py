"""/备案: a medium is put on the books before it may publish (Article 6(1)); late filing is marked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cards import filing as cards
from cards.draft import Choices
from cards.form_media import FILING
from handlers import people_named, whose
from handlers.fields import Mistake
from handlers.process import Process
from handlers.rules.articles import ART_4, ART_6_1, ART_11, RULE_VERSION
from handlers.rules.chain import ledger_chain
from handlers.rules.permits import SHANGHAI, may_apply
from handlers.rules.platform_types import usual
from storage import ledger, media, people, requests
from storage.records import (
    Draft,
    Identity,
    Kind,
    Medium,
    Person,
    Platform,
    Request,
    State,
    Upload,
    Urgency,
    Verb,
)

MOST_ADMINS = 5
_DEFAULTED = tuple(field.name for field in FILING.fields if field.default and field.name != "opened_on")


async def take(person: Person, values: dict[str, Any], at: datetime) -> tuple[dict[str, Any], list[Mistake]]:
    """People by name become their 工号, the platform its usual name; what Article 11 forbids is refused."""
    wrong: list[Mistake] = []
    taken = dict(values)
    if values.get("platform_type"):
        taken["platform_type"] = usual(values["platform_type"])
    for name in ("operator", "admins"):
        if name in values:
            taken[name], more = await people_named.find(FILING.field(name), values[name], at)
            wrong += more
    wrong += [m for name, check in _CHECKS.items() if name in taken and (m := check(taken[name], at))]
    if taken.get("admins") and not await _any_staff(taken["admins"]):
        wrong.append(_mistake("admins", "、".join(taken["admins"]), "至少一名管理员须是教职工"))
    if values.get("host_unit"):
        wrong += await _unit(person, taken)
    return taken, wrong


def _mistake(name: str, typed: str, reason: str) -> Mistake:
    field = FILING.field(name)
    return Mistake(name, field.title, typed, reason, field.example)


def _name(value: str, at: datetime) -> Mistake | None:
    return _mistake("account_name", value, "要 2–40 个字") if value and len(value) < 2 else None


def _purpose(value: str, at: datetime) -> Mistake | None:
    short = value and len(value) < 10
    return _mistake("purpose", value, f"至少 10 个字，现在 {len(value)} 个") if short else None


def _partner(value: str, at: datetime) -> Mistake | None:
    reason = f"不得与校外单位以“协办”等形式注册运行媒体（{ART_11}），不能备案"
    return _mistake("partner", "", reason) if value == "是" else None


def _admins(value: Sequence[str], at: datetime) -> Mistake | None:
    many = len(value) > MOST_ADMINS
    return _mistake("admins", "", f"最多 {MOST_ADMINS} 人，现在 {len(value)} 人") if many else None


_CHECKS = {"account_name": _name, "purpose": _purpose, "partner": _partner, "admins": _admins}


async def _any_staff(ids: Sequence[str]) -> bool:
    found = await people.several(list(ids))
    return any(person.identity is Identity.STAFF for person in found.values())


async def _unit(person: Person, taken: dict[str, Any]) -> list[Mistake]:
    """The hosting unit by name or code: the applicant's own, or one below the same managing unit."""
    own = await whose.managing_unit(person.unit)
    for unit in await people.all_units():
        if taken["host_unit"] in (unit.code, unit.name):
            if await whose.managing_unit(unit.code) == own:
                taken["host_unit"] = unit.code
                return []
            return [_mistake("host_unit", taken["host_unit"], f"只能为本单位备案（{ART_4}）")]
    return [_mistake("host_unit", taken["host_unit"], "没有这个单位，请写全称或单位代码")]


def missing(form: Mapping[str, Any], uploads: Sequence[Upload]) -> list[str]:
    """What the filing still lacks; a medium that already runs must say since when and why so late."""
    lacking = [field.name for field in FILING.fields if field.required and not form.get(field.name)]
    if form.get("filing_kind") == "补备案":
        lacking += [name for name in ("opened_on", "late_reason") if not form.get(name)]
    if form.get("_same_platform") and not form.get("same_platform"):
        lacking.append("same_platform")
    return lacking


def asked_on(name: str, platform: Platform) -> str:
    return name


async def choices(person: Person) -> Choices:
    return {}


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now."""
    given = {k: v for k, v in draft.form.items() if not k.startswith("_") and v not in (None, "", [])}
    form = {name: FILING.field(name).default for name in _DEFAULTED} | given
    form.setdefault("host_unit", await whose.managing_unit(person.unit))
    form.setdefault("content", form.get("purpose", ""))
    form["files"] = [upload_json(upload) for upload in uploads if upload.file]
    managing = await whose.managing_unit(form["host_unit"])
    own = await whose.responsible_for(form["host_unit"], at) == person.id
    return Request(
        id=0,
        number="",
        kind=Kind.FILING,
        state=State.IN_REVIEW,
        applicant=person.id,
        unit=managing,
        title=f"{form.get('account_name', '')}（{form.get('platform_type', '')}）",
        form=form,
        digest="",
        chain=ledger_chain(form["host_unit"], ART_6_1, Verb.APPROVE, applicant_is_responsible=own),
        step=0,
        version=1,
        urgency=Urgency.NORMAL,
        submitted_at=at,
        step_since=at,
    )


def upload_json(upload: Upload) -> dict[str, Any]:
    assert upload.file is not None
    file = upload.file
    return {"sha256": file.sha256, "name": file.name, "size": file.size, "type": file.media_type}


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """The name must be free on its platform, and filed by nobody else just now."""
    form = draft.form
    for known in await media.called(form["account_name"]):
        if known.platform_type == form["platform_type"]:
            return f"台账里已有同名的{known.platform_type}（{known.no}），名称在同一平台不能重复。"
    for other in await requests.open_of_kind(Kind.FILING):
        same = all(other.form.get(name) == form[name] for name in ("account_name", "platform_type"))
        if same and other.id != draft.revises:
            return f"同名的备案申请 {other.number} 正在审批。"
    opened = form.get("opened_on")
    if form.get("filing_kind") != "补备案" and opened and date.fromisoformat(opened) < _today(at):
        return "开通日期已过去：已在运行的媒体请改为“备案类型：补备案”，并说明原因。"
    return ""


def _today(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def declares(request: Request) -> tuple[str, str]:
    late = f"；补备案，{request.form['opened_on']} 已开通" if request.form["filing_kind"] == "补备案" else ""
    return f"{RULE_VERSION}；承诺：谁开设谁主管、谁应用谁负责{late}", ART_6_1


async def submitted(request: Request, at: datetime) -> None:
    """Nothing else: the medium is not on the books before the centre has passed it."""


async def concluded(request: Request, at: datetime) -> Request:
    """Passed by both: the medium enters the ledger with a number that is never given again."""
    form = request.form
    serial = await requests.next_number("QM")
    medium = Medium(
        no=f"QM-{serial:04d}",
        name=form["account_name"],
        platform_type=form["platform_type"],
        unit=form["host_unit"],
        operator=form["operator"],
        admins=tuple(form["admins"]),
        account=form.get("account", ""),
        filed_on=_today(at),
        filed_here_at=at,
    )
    await ledger.put(medium)
    return replace(request, form={**form, "medium_no": medium.no})


PROCESS = Process(
    kind=Kind.FILING,
    form=FILING,
    guided=("basics", "running", "rules"),
    feishu_pages=frozenset(),
    may_apply=may_apply,
    take=take,
    missing=missing,
    asked_on=asked_on,
    choices=choices,
    plan=plan,
    preview=cards.preview,
    check=check,
    declares=declares,
    submitted=submitted,
    concluded=concluded,
)
