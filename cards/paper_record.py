"""A request as an official paper: what was asked, who decided what and when, and how it is checked."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from cards import acts, phrases
from cards.card import Panel
from cards.paper import Check, Heading, Paper, Part, Table, Text, day
from cards.times import SHANGHAI, when
from cards.view import View
from storage.records import OPEN, SENT_AGAIN, Decision, State, TrailEntry
from storage.steps import StepRole

SCHOOL = "哈尔滨工业大学"
CENTRE = f"{SCHOOL}全媒体中心"
_LATER = datetime(2999, 1, 1, tzinfo=UTC)
"""Stands for the present in a paper: it is read in any year, so each day names its own, and it says the same
however late it is asked for."""

_CELL = 300
"""Characters of an answer from which it is a text of its own and not a cell."""

_SENTENCE = re.compile("[^。；]+[。；]?")
_COMMAND = re.compile(r"(?:^|[\s：、])/[一-鿿]")
_ISO = re.compile(r"(?<![\d-])[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])")
_NUMERALS = "一二三四五六七八九"
_TITLES = {
    "FB": "信息发布审批记录",
    "BA": "媒体备案表",
    "BG": "平台信息变更备案表",
    "XT": "出版物审查记录",
    "ZX": "媒体注销、停更审批表",
    "ZG": "整改办理记录",
    "WG": "案件办理记录",
    "SQ": "校名使用授权审批表",
}


def timeless(view: View) -> View:
    """The view from which papers are made."""
    return replace(view, now=_LATER, before=None)


def _state(view: View) -> str:
    """As the last entry left it: what has lapsed since by its day alone reads as it did."""
    return phrases.state(replace(view, now=view.request.submitted_at))


def title(view: View) -> str:
    """What the record of such a request is called."""
    return _TITLES.get(view.request.kind, f"{view.face.form.title}办理记录")


def record(view: View, entries: Sequence[TrailEntry], basis: str) -> Paper:
    """Everything about a request, as of its last entry; `basis` is the edition it was submitted under."""
    last = (entries[-1].at if entries else view.request.submitted_at).astimezone(SHANGHAI)
    parts: list[Part] = [Table(_rows(view, basis), widths=(1, 4))]
    blocks = [*_answers(view), ("审批", [_decisions(view)]), ("办理经过", [_course(view, entries)])]
    for place, (name, block) in enumerate(block for block in blocks if block[1] != [Text("")]):
        parts += [Heading(f"{_numeral(place + 1)}、{name}"), *block]
    return Paper(
        issuer=_issuer(view),
        title=title(view),
        number=f"编号：{view.request.number}",
        mark=mark(view, last),
        parts=tuple(parts),
        on=last.date(),
        check=check(view),
    )


def _issuer(view: View) -> str:
    """The centre where it has a step, else the unit: 哈尔滨工业大学机电学院党委."""
    if any(step.role is StepRole.MEDIA_CENTER for step in view.request.chain):
        return CENTRE
    return view.unit if view.unit.startswith(SCHOOL) else f"{SCHOOL}{view.unit.removeprefix('学校')}"


def mark(view: View, last: datetime) -> str:
    """What is said below the title of a matter that has not come to its end, or to another one."""
    request, state = view.request, _state(view)
    if request.state in OPEN and request.state is not State.AWAITING_PUBLISH:
        return f"未办结：{state}，截至{when(last, _LATER)}"
    return state if request.state in SENT_AGAIN and request.state is not State.PUBLISHED else ""


def check(view: View) -> Check:
    """The number and digest that a copy is compared with; the address of the page is not ours to print."""
    request = view.request
    place, ask = f"{request.number} {phrases.edition(request)}", f"/查询 {request.number}"
    return Check(
        f"全媒 {place} 指纹 {request.digest} 核对：{ask}",
        (
            f"编号：{place}",
            f"内容指纹（前16位）：{request.digest[:16]}",
            f"核对：在“全媒”里发“{ask}”，编号、版次、指纹一致的，内容与系统记录一致。",
            "本件由系统按办理记录生成，未加盖印章。",
        ),
    )


def _numeral(number: int) -> str:
    """一, 九, 十, 十一 … of the headings."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens - 1]}十"
    return ten + (_NUMERALS[ones - 1] if ones else "")


def _rows(view: View, basis: str) -> tuple[tuple[str, str], ...]:
    request = view.request
    articles = "、".join(dict.fromkeys(step.article for step in request.chain)) or view.face.form.article
    media = "、".join(f"{one.name}（{one.platform_type}，{one.no}）" for one in view.media)
    rows = [
        ("事项", f"{view.face.form.title}：{request.title}"),
        _from(view),
        ("媒体", media or phrases.media(view)),
        ("提交", f"{when(request.submitted_at, view.now)}，{phrases.edition(request)}"),
        ("状态", _state(view)),
        ("依据", f"《{SCHOOL}全媒体管理办法》（{basis}）{articles}"),
    ]
    for row in (*view.face.marks(view), *view.face.facts(view)):
        if row.label not in {label for label, _ in rows}:
            rows.append((row.label, row.value))
    told = "结果" in dict(rows) or request.state is not State.RECORDED
    result = "" if told else without_commands(view.face.recorded(view)).removeprefix("结果：")
    rows += [("发布", str(request.outcome.get("published_url") or "")), ("结果", dated(result))]
    return tuple((label, _dated_alone(value)) for label, value in rows if value)


def without_commands(text: str) -> str:
    """A text without its sentences that say what to send in the chat: on paper nobody can."""
    return "".join(one for one in _SENTENCE.findall(text) if not _COMMAND.search(one))


def dated(text: str) -> str:
    """Days as papers write them: 2026年1月1日 for 2026-01-01."""
    return _ISO.sub(lambda found: day(date.fromisoformat(found[0])), text)


def _dated_alone(line: str) -> str:
    """As `dated`, where a line says nothing but a day: what people wrote stays as they wrote it."""
    label, colon, value = line.rpartition("：")
    return f"{label}{colon}{dated(value)}" if _ISO.fullmatch(value) else line


def _from(view: View) -> tuple[str, str]:
    """Who asked, of which unit; what nobody applied for was begun by somebody of the centre."""
    if view.face.opening and not view.face.asker_unit:
        return "发起", view.name(view.request.applicant)
    return view.face.asker, phrases.asker(view)


def _answers(view: View) -> list[tuple[str, list[Part]]]:
    """What was filled in: short answers together, a long one below a heading of its own."""
    if not view.request.form:
        return []
    short, long = list[tuple[str, str]](), list[Panel]()
    shown = {f"{row.label}：{row.value}" for row in view.face.facts(view)}
    for panel in view.face.details(view):
        if shown.issuperset(panel.lines):
            continue
        told = "\n".join(map(_dated_alone, panel.lines))
        if len(told) > _CELL:
            long.append(panel)
        else:
            short.append((panel.title, told))
    first: list[tuple[str, list[Part]]] = (
        [("填报内容", [Table(tuple(short), widths=(1, 4))])] if short else []
    )
    texts: list[tuple[str, list[Part]]] = [(one.title, [Text("\n".join(one.lines))]) for one in long]
    return [*first, *texts]


def _decisions(view: View) -> Part:
    """Who decided what at each step of this version, when and with which words: 三审 by name."""
    rows: list[tuple[str, ...]] = [
        (phrases.role(step), "—", "—", "—", step.passed_by_rule)
        for step in view.request.chain
        if step.passed_by_rule
    ]
    rows += [_decision(view, one) for one in view.decisions if view.present(one.version)]
    if not rows:
        return Text("")
    return Table(tuple(rows), ("环节", "姓名", "结论", "时间", "意见"), (4, 4, 4, 5, 5))


def _decision(view: View, one: Decision) -> tuple[str, ...]:
    step = view.decided_step(one)
    struck = "" if view.counts(one) else "（不再计入）"
    done = phrases.act(one.act, step) + struck
    role = phrases.role(step) if step else one.step
    return (role, phrases.decider(view, one), done, _moment(one.at), one.reason)


def _moment(at: datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return f"{day(local.date())} {local:%H:%M}"


def _course(view: View, entries: Sequence[TrailEntry]) -> Part:
    """Every act in order, as its record tells it."""
    return Table(tuple((acts.told(view, entry),) for entry in entries if acts.shown(entry)), ("依时间先后",))
