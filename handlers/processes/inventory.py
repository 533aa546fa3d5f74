"""/摸底: one return a unit, filled in by whoever runs its media, signed by its head (form F6, Article 11)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cards.card import Option
from cards.draft import media_options
from cards.form import Choices
from cards.form_inventory import ALL, PROBLEMS, USED
from cards.processes import inventory as cards
from handlers.kinds.filling import Values
from handlers.kinds.process import Process, Supplement
from handlers.ledger import own_media
from handlers.processes import consequences
from handlers.processes.supplements import into
from handlers.rules import inventory as rules
from handlers.rules.articles import ART_11
from handlers.rules.deadlines import ends
from handlers.rules.permits import Refusal
from handlers.typed.answers import Answer, Mistake, Read
from storage import media, requests
from storage.records import Act, Draft, Person, Request, State, Upload
from storage.steps import Step, StepRole, Verb

FILL, REPORT = "fill", "report"


def chain(unit: str, *, zero: bool) -> tuple[Step, ...]:
    """Whoever runs the media answers, the first-responsible person signs; without media only the latter.

    > 各单位要定期对所负责的全媒体进行摸底调查（第十一条）
    """
    fill = Step(FILL, StepRole.OPERATORS, Verb.FILL, ART_11, unit=unit, own=True)
    report = Step(REPORT, StepRole.FIRST_RESPONSIBLE, Verb.REPORT, ART_11, unit=unit)
    return (report,) if zero else (fill, report)


def planned(
    name: str, number: int, unit: str, due_on: date, listed: Sequence[Mapping[str, Any]], at: datetime
) -> Request:
    """The return that a round asks of a unit; `listed` is what the ledger has of its media."""
    facts = {"round": number, "listed": list(listed)}
    form = {"round": name, "due_on": due_on.isoformat()}
    return PROCESS.request(at, "", unit, name, form, chain(unit, zero=not listed), facts)


def _not_begun(person: Person, at: datetime) -> Refusal | None:
    return Refusal("摸底由全媒体中心发起，请发 /摸底 看本单位的。", ART_11)


def term(request: Request) -> datetime | None:
    """Both steps are due at the end of the round's last day."""
    return ends(date.fromisoformat(due)) if (due := request.form.get("due_on")) else None


async def notes(draft: Draft, at: datetime) -> Values:
    """The media asked for, and a word on those that nothing was said of yet."""
    request = await requests.by_id(draft.revises or 0)
    listed = list((request.facts if request else {}).get("listed") or ())
    left = _left(draft, [one["no"] for one in listed])
    names = "、".join(one["name"] for one in listed if one["no"] in left)
    begun = bool(draft.form.get("unchanged") or draft.form.get("rows"))
    told = [f"· 还没有填到：{names}"] if begun and left else []
    return {"listed": [one["no"] for one in listed], "told": told}


def _left(draft: Draft, listed: Sequence[str]) -> list[str]:
    rows = draft.form.get("rows") or ()
    return rules.unanswered(listed, draft.form.get("unchanged") or (), [row["medium"] for row in rows])


def missing(draft: Draft, uploads: Sequence[Upload]) -> list[str]:
    """Every medium needs an answer: first which are unchanged, then a line for each of the others."""
    listed = draft.notes.get("listed") or ()
    asked = draft.form.get("unchanged") or "unchanged" in draft.talk.asked
    if listed and not asked and not draft.form.get("rows"):
        return ["unchanged"]
    return ["rows"] if _left(draft, listed) else []


async def _listed(of: int | None) -> dict[str, str]:
    """The media of a return, by name and 备案号: whatever became of them since, the return asks for them."""
    request = await requests.by_id(of or 0)
    listed = list((request.facts if request else {}).get("listed") or ())
    now = {medium.name: medium.no for medium in await media.several([one["no"] for one in listed])}
    return now | {name: one["no"] for one in listed for name in (one["name"], one["no"])}


async def _unchanged(answer: Answer) -> Read:
    """全部, or media by name or 备案号."""
    typed = [answer.value] if isinstance(answer.value, str) else list(answer.value)
    listed, field = await _listed(answer.of), answer.field
    if ALL in typed:
        return answer.good(list(dict.fromkeys(listed.values())))
    found = {name: await _meant(name, listed) for name in typed}
    wrong = [
        Mistake(field.name, field.title, name, "不在这张摸底表里", field.example)
        for name, no in found.items()
        if not no
    ]
    return Read({field.name: list(dict.fromkeys(filter(None, found.values())))}, wrong)


async def _meant(name: str, listed: Mapping[str, str]) -> str:
    """The 备案号 of the medium of the return called so, however it is written; empty where none is."""
    if name in listed:
        return listed[name]
    alike = [one.no for one in await own_media.called(name) if one.no in listed.values()]
    return alike[0] if len(alike) == 1 else ""


async def _rows(answer: Answer) -> Read:
    """A line for each medium; one that cannot stand is said, the others are kept."""
    found, wrong = rules.rows(str(answer.value), await _listed(answer.of), USED, PROBLEMS)
    field = answer.field
    mistakes = [Mistake(field.name, field.title, "", why, field.example) for why in wrong]
    return Read({field.name: [row.kept() for row in found]}, mistakes)


async def typed(draft: Draft) -> Values:
    """The rows as lines of text again."""
    if not (rows := draft.form.get("rows")):
        return draft.form
    lines = ["；".join(filter(None, (r["used"], "、".join(r["problems"]), r["note"]))) for r in rows]
    told = "\n".join(f"{row['medium']}：{line}" for row, line in zip(rows, lines, strict=True))
    return {**draft.form, "rows": told}


async def choices(_: Person, draft: Draft) -> Choices:
    """The media of the return, all of them first: one tap says that nothing changed."""
    asked = await media.several(sorted(set((await _listed(draft.revises)).values())))
    return {"unchanged": (Option(ALL, f"{ALL}无变化"), *media_options(asked))}


async def concluded(request: Request, at: datetime) -> Request:
    """What came to light is taken up by whoever runs the media, each in its own process."""
    decided = [one.actor for one in await requests.decisions(request.id) if one.step == FILL]
    await consequences.follow(request, decided[-1] if decided else "", at)
    return request


def declares(request: Request) -> tuple[str, str]:
    return str(request.form["round"]), ART_11


PROCESS = Process(
    face=cards.FACE,
    alias="inventory",
    help="媒体摸底（第十一条）",
    starts=False,
    ends=State.RECORDED,
    acts={FILL: (Act.SUPPLY,), REPORT: (Act.APPROVE, Act.RETURN)},
    returns={REPORT: FILL},
    may_apply=_not_begun,
    declares=declares,
    term=term,
    concluded=concluded,
)

FILLING = Supplement(
    face=cards.FILLED_FACE,
    alias="fill",
    help="填报本单位的摸底表",
    of=PROCESS.kind,
    key=cards.KEY,
    step=FILL,
    missing=missing,
    plan=into(cards.KEY),
    preview=cards.preview,
    readers={"unchanged": _unchanged, "rows": _rows},
    choices=choices,
    typed=typed,
    notes=notes,
)
