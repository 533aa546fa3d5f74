"""/发布: a post that goes out under the name of a unit (Article 6(3)1, 8, 9)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cards.draft import media_options
from cards.form import PUBLISH, SECRECY_QUESTIONS, Choices, Form
from cards.processes import publish
from handlers.kinds.process import Process, kept_files
from handlers.ledger import licences, own_media, standing
from handlers.people import whose
from handlers.processes import commenting, hinting
from handlers.rules import necessity
from handlers.rules.articles import ART_8
from handlers.rules.chain import CENTRE, RESPONSIBLE, REVIEW, publication_chain
from handlers.rules.permits import SHANGHAI, may_publish
from handlers.typed import authors
from handlers.typed.answers import Answer, Mistake, Read
from handlers.typed.fields import SEPARATORS
from storage import media, requests
from storage.records import Act, Draft, Medium, MediumState, Person, Platform, Request, State, Upload, Urgency

TEXTS = ("title", "summary", "body")
"""What is looked through for hints."""

GUIDED = ("basics", "involves")
_NAME_WORDS = 3
"""Words of a medium's name that are looked for behind the command."""

ASSETS_PAGE = {Platform.FEISHU: "assets", Platform.WECOM: "assets1"}
"""The copyright questions: WeCom shows three selectors at a time."""


async def behind(form: Form, raw: Mapping[str, str], words: str) -> dict[str, str]:
    """`/发布 机电之声 实验室开放日`: a medium and the title, or either of them; what stands below on lines
    of its own is the text."""
    first, _, below = words.partition("\n")
    found = await _first(form, raw, first)
    if form.named_by not in found:
        title, _, below = below.strip().partition("\n")
        found |= {form.named_by: title} if title else {}
    if not below.strip() or form.named_by in raw:
        return found
    if raw.keys() & {"body", "link"}:
        return {**found, form.named_by: f"{found[form.named_by]} {' '.join(below.split())}"}
    return {**found, "body": below.strip()}


async def _first(form: Form, raw: Mapping[str, str], words: str) -> dict[str, str]:
    parts = words.split(maxsplit=_NAME_WORDS)
    for count in range(len(parts) if "media" not in raw else 0, 0, -1):
        names = SEPARATORS.split(" ".join(parts[:count])) if count == 1 else [" ".join(parts[:count])]
        if all([await own_media.called(name) for name in names]):
            title = {"title": " ".join(parts[count:])} if parts[count:] else {}
            return {"media": "、".join(names), **title, **raw}
    return {form.named_by: words, **raw} if words else dict(raw)


async def _media(answer: Answer) -> Read:
    """Media by name become their 备案号; one that is named twice is one, and that is said."""
    named, wrong = await own_media.find_media(
        answer.by, answer.value, answer.at, revised=answer.of is not None
    )
    numbers = list(dict.fromkeys(named))
    twice = await media.several([no for no in numbers if named.count(no) > 1])
    told = "、".join(f"“{medium.name}”" for medium in twice)
    return Read({"media": numbers}, wrong, {"media": f"{told}写了不止一次，只算一个。"} if told else {})


async def _author(answer: Answer) -> Read:
    """An author who may be one of several is asked for."""
    unclear = await _unclear(answer.value, answer.by, answer.at)
    return Read({}, unclear) if unclear else answer.good(answer.value)


async def _unclear(typed: str, person: Person, at: datetime) -> list[Mistake]:
    return await authors.mistakes(await authors.read(typed, person, at))


def missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """The names of what a post still lacks, in the order it is asked for."""
    form = draft.form
    lacking = [name for name in ("media", "title") if not form.get(name)]
    # A picture joins the text: that there is none is said, in words or on a form that was left empty.
    if not (form.get("body") or form.get("link") or (uploads and "body" in draft.talk.asked)):
        lacking.append("body")
    if form.get("source_kind", "原创") != "原创" and not form.get("source_name"):
        lacking.append("source_name")
    if form.get("urgency", "普通") != "普通" and not form.get("urgent_reason"):
        lacking.append("urgent_reason")
    if form.get("source_kind") == "校外转载" and not (form.get("copyright") or {}).get("text"):
        lacking.append("copyright_text")
    return lacking


def asked_on(name: str, platform: Platform) -> str:
    return ASSETS_PAGE[platform] if name == "copyright_text" else name


async def choices(person: Person, _: Draft) -> Choices:
    """The media this author may publish on."""
    unit = await whose.managing_unit(person.unit)
    found = [m for m in await own_media.own_media(unit) if m.state is MediumState.ACTIVE]
    return {"media": media_options(found)}


def filled(form: Mapping[str, Any], author: str, uploads: Sequence[Upload]) -> dict[str, Any]:
    """The form as it is submitted: every default written out."""
    defaults = {f.name: f.default for f in PUBLISH.fields if f.default and f.name in _DEFAULTED}
    result = defaults | {key: value for key, value in form.items() if value not in (None, "", [])}
    result.setdefault("author", author)
    result["involves"] = list(form.get("involves") or [])
    pictures = any(upload.kind == "image" for upload in uploads)
    own = result["source_kind"] == "原创"
    answers = {
        "text": "原创" if own else "已授权",
        "image": "原创" if pictures else "不涉及",
        "font": "不涉及",
        "video": "原创" if any(upload.kind == "video" for upload in uploads) else "不涉及",
        "music": "不涉及",
    }
    result["copyright"] = answers | dict(form.get("copyright") or {})
    result["files"] = kept_files(uploads)
    return result


_DEFAULTED = ("source_kind", "urgency", "info_kind", "portrait")


async def plan(draft: Draft, person: Person, uploads: Sequence[Upload], at: datetime) -> Request:
    """The request this draft would become if it were submitted now."""
    form = filled(draft.form, person.name, uploads)
    found = await media.several(form["media"])
    managing = await whose.managing_unit(found[0].unit if found else person.unit)
    hosts = {medium.unit for medium in found}
    unit = hosts.pop() if len(hosts) == 1 else managing
    fired = necessity.necessary(
        necessity.Post(tuple(form["involves"]), tuple([m.name for m in found if await _fresh(m, at)]))
    )
    wrote = await authors.read(str(draft.form.get("author") or ""), person, at)
    applicant = whose.Applicant(draft.person, wrote.all)
    steps = publication_chain(await whose.facts(unit, applicant, fired, at))
    facts: dict[str, Any] = {"authors": list(wrote.all), "outside_authors": list(wrote.outside)}
    form, facts = await commenting.kept(form, facts, draft.person, at)
    if said := await licences.said(form, managing, at):
        facts["licences"] = said
    facts |= await hinting.noted(form, TEXTS, at)
    title, urgency = form.get("title", ""), Urgency(form["urgency"])
    return PROCESS.request(at, draft.person, managing, title, form, steps, facts, urgency)


async def _fresh(medium: Medium, at: datetime) -> bool:
    """Filed less than 30 days ago and nothing published yet."""
    filed = medium.filed_on
    if filed is None or (at.astimezone(SHANGHAI).date() - filed).days >= necessity.FRESH_DAYS:
        return False
    return not await media.has_posted(medium.no)


async def check(person: Person, draft: Draft, at: datetime) -> str:
    """The media and the authors once more, as they stand at this moment."""
    _, wrong = await own_media.find_media(person, draft.form["media"], at, revised=draft.revises is not None)
    wrong += await _unclear(str(draft.form.get("author") or ""), person, at)
    wrong += await commenting.unknown(draft.form, at)
    return wrong[0].reason if wrong else ""


def declares(request: Request) -> tuple[str, str]:
    """What pressing 确认提交 declared, and under which article."""
    answers = "、".join(f"{asset}:{answer}" for asset, answer in request.form["copyright"].items())
    secrecy = f"保密 {len(SECRECY_QUESTIONS)} 项均不涉及"
    return f"声明：{secrecy}；版权 {answers}", ART_8


async def submitted(request: Request, at: datetime) -> None:
    await requests.set_media(request.id, request.form["media"])


PROCESS = Process(
    face=publish.FACE,
    alias="publish",
    help="提交稿件审批",
    ends=State.AWAITING_PUBLISH,
    acts={
        REVIEW: (Act.APPROVE, Act.RETURN, Act.REJECT),
        RESPONSIBLE: (Act.APPROVE, Act.ESCALATE, Act.RETURN, Act.REJECT),
        CENTRE: (Act.APPROVE, Act.RETURN, Act.REJECT),
    },
    guided=GUIDED,
    feishu_pages=frozenset({"assets"}),
    may_apply=may_publish,
    readers={"media": _media, "author": _author, **commenting.READERS},
    behind=behind,
    missing=missing,
    asked_on=asked_on,
    choices=choices,
    plan=plan,
    preview=publish.preview,
    check=check,
    declares=declares,
    submitted=submitted,
    obstacle=standing.obstacle,
    rests=True,
    owes=(commenting.KEEPING,),
)
