"""A training on a card: for those who come, for who holds it; the code, the signing, the quiz, the lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.card import Button, Card, Panel, Row, Style, Tone
from cards.registers import NEW, PAGE

OPEN, SIGN, CODE, QUIZ = "training", "sign", "sign_code", "quiz"
"""Acts of its buttons: its page, 签到, a code, an answer."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One training as its reader sees it.

    `when` is its day and time, `mine` when the reader signed in, `signed` how many have; `questions` of its
    quiz, of which the reader answered `answered` and `right`; `runs` whether they may show a code now,
    `holds` whether they are its organiser; `quizzed` what is known of the quiz of all; `over` why it is none.
    """

    number: str
    called: str
    unit: str
    when: str
    place: str = ""
    hours: str = ""
    signed: int = 0
    mine: str = ""
    questions: int = 0
    answered: int = 0
    right: int = 0
    material: bool = False
    runs: bool = False
    holds: bool = False
    quizzed: str = ""
    over: str = ""
    by_unit: tuple[str, ...] = ()


def page(one: Meeting) -> Card:
    """What it is, how it stands with the reader, and what they may do."""
    known = {"时间": one.when, "地点": one.place, "学时": one.hours, "已签到": f"{one.signed} 人"}
    known |= {"我的签到": one.mine or ("" if one.over else "还没有")} | (
        {"我的测验": _score(one)} if one.questions and one.mine else {}
    )
    known |= {"测验": one.quizzed} if one.quizzed and one.holds else {}
    how = f"会后补签请发：/补签 {one.number} 姓名 理由；取消请发：/取消培训 {one.number}"
    return Card(
        title=f"培训 {one.number} {one.called}",
        tone=Tone.CLOSED if one.over else Tone.INFO,
        tag=one.over or "培训",
        lead=one.over or f"{one.unit}举办（第七条）。签到：看会场的签到码，发“/签到 码”，再按一下。",
        rows=tuple(Row(label, value) for label, value in known.items() if value),
        panels=(Panel("各单位签到", one.by_unit),) if one.holds and one.by_unit else (),
        note=how if one.holds and not one.over else "",
        buttons=() if one.over else _buttons(one),
        closed=one.over,
    )


def _score(one: Meeting) -> str:
    if one.answered < one.questions:
        return f"{one.questions} 题，还没有答完"
    return f"答对 {one.right}/{one.questions}"


def _buttons(one: Meeting) -> tuple[Button, ...]:
    code = (Button("显示签到码", CODE, one.number, style=Style.PRIMARY),)
    return (*(code if one.runs else ()), *_of_who_came(one))


def _of_who_came(one: Meeting) -> tuple[Button, ...]:
    shown = []
    if one.mine and one.answered < one.questions:
        shown.append(Button("答题", QUIZ, one.number, style=Style.PRIMARY))
    if one.material and (one.mine or one.holds):
        shown.append(Button("看材料", "view", one.number))
    return tuple(shown)


def code(one: Meeting, digits: str, until: str) -> Card:
    """What is shown in the meeting; empty `digits` where none is good any more."""
    again = (Button("换签到码" if digits else "显示签到码", CODE, one.number, style=Style.PRIMARY),)
    buttons = (*(again if one.runs else ()), Button("看签到", OPEN, one.number))
    if not digits:
        return Card(
            title=f"签到码已过时 {one.number}",
            tone=Tone.CLOSED,
            lead="这个签到码不能再用。",
            buttons=buttons,
        )
    return Card(
        title=f"签到码 {digits}",
        tone=Tone.WAITING,
        tag=f"{until}前有效",
        lead=f"{one.called}：请发“/签到 {digits}”，再按“签到”。",
        rows=(Row("已签到", f"{one.signed} 人"), Row("有效至", until)),
        note="请投到会场屏幕，不要转发。换码后旧码立即失效。",
        buttons=buttons,
    )


def signing(one: Meeting, name: str, digits: str) -> Card:
    """One tap; afterwards that it was done."""
    rows = (Row("签到人", name), Row("时间", one.when), *((Row("地点", one.place),) if one.place else ()))
    if one.mine:
        return Card(
            title=f"已签到 {one.number} {one.called}",
            tone=Tone.DONE,
            tag="已签到",
            lead=f"您已签到：{one.mine}。",
            rows=rows,
            buttons=_of_who_came(one),
            closed="" if _of_who_came(one) else "已签到",
        )
    return Card(
        title=f"签到 {one.called}",
        tone=Tone.WAITING,
        tag="待签到",
        lead=f"请确认您本人正在{one.unit}的培训会场。",
        rows=rows,
        note="只能为自己签到。",
        buttons=(Button("签到", SIGN, one.number, digits, style=Style.PRIMARY),),
    )


def question(number: str, place: int, total: int, text: str, options: Sequence[str]) -> Card:
    """One question; each option is a button by its letter."""
    return Card(
        title=f"测验 {place}/{total}",
        tone=Tone.WAITING,
        tag=number,
        lead=text,
        text="\n".join(f"{letter}. {option}" for letter, option in zip("ABCD", options, strict=False)),
        note="每题只能答一次。",
        buttons=tuple(Button(letter, QUIZ, number, f"{place}{letter}") for letter in "ABCD"[: len(options)]),
        whole=True,
    )


def result(number: str, right: int, total: int, wrong: Sequence[str]) -> Card:
    told = "\n".join(wrong)
    return Card(
        title=f"测验完成：答对 {right}/{total}",
        tone=Tone.DONE,
        tag=number,
        lead="得分只有您自己看到，组织者只看到人数和平均分。",
        text=told,
        closed=f"答对 {right}/{total}",
        whole=True,
    )


def lessons(lines: Sequence[str], page: int) -> Card:
    """Closed cases for warning education, without whoever and wherever it was."""
    left = len(lines) - page * PAGE
    more = f"还有 {left} 个：/培训 案例 {page + 1}。" if left > 0 else ""
    return Card(
        title=f"警示教育案例 {len(lines)} 个",
        lead="已办结属实、过了申诉期的，隐去姓名、单位和编号，新的在前。" if lines else "还没有可用的案例。",
        text="\n".join(lines[(page - 1) * PAGE : page * PAGE]),
        note=f"{more}办培训时写“引用案例：案例 1”即可引用（第七条）。" if lines else "",
    )


def listed(title: str, command: str, lines: Sequence[str], page: int, *, new: str, note: str) -> Card:
    """A page of trainings, the latest first; `new` is the kind where the reader may hold one."""
    left = len(lines) - page * PAGE
    more = f"还有 {left} 项：{command} {page + 1}。" if left > 0 else ""
    return Card(
        title=f"{title} {len(lines)} 项",
        text="\n".join(lines[(page - 1) * PAGE : page * PAGE]),
        lead="日期近的在前。" if lines else "还没有培训。",
        note=f"{more}{note}",
        buttons=(Button("发起培训", NEW, new),) if new else (),
        whole=True,
    )
