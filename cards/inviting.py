"""Cards beside the decision: an opinion that is asked for, a copy to read, and what else may be done."""

from cards import phrases
from cards.card import Button, Card, Row, Style, Tone
from cards.view import View
from storage.records import Act, State
from storage.steps import How, SeatState

_SHOWN = 80
_OF_HOLDER = (
    ("转办", Act.TRANSFER),
    ("加签", Act.ADD),
    ("委派", Act.CONSULT),
    ("提问", Act.ASK),
    ("抄送", Act.CC),
    ("评论", Act.COMMENT),
)
_APART = (
    "转办：这一件交给对方决定。\n委派：对方提意见，您决定。\n代理：您外出期间对方代您决定（/代理）。\n"
    "加签：再请人一起把关。"
)
"""Four that are mixed up, told apart."""

_DROP = (("减签", Act.DROP),)
"""Before what WeCom, which shows six buttons, leaves to its command."""


def consult(view: View, question: str, by: str) -> Card:
    """Asks for an opinion: no decision, the holder decides with it or without."""
    request = view.request
    # What was said stays said: the step may have been decided since.
    seats = [seat for step in request.chain for seat in step.seats]
    mine = [s for s in seats if s.person == view.reader and s.how is How.CONSULTED and s.by == by]
    if any(s.state is SeatState.DECIDED for s in mine):
        return Card(
            title=phrases.heading("已提意见", request), tone=Tone.DONE, tag="已提意见",
            lead=f"您的意见已记在 {request.number} 上，并告诉了 {view.name(by)}。", closed="已提意见",
        )  # fmt: skip
    here = request.current.seats if request.current else ()
    if not any(s.state is SeatState.OPEN and s in here for s in mine):
        return Card(
            title=phrases.heading("已不需办理", request), tone=Tone.CLOSED, tag="意见",
            lead=f"{request.number} 不再需要您的意见。", closed="不再需要",
        )  # fmt: skip
    mark = "" if question.endswith(("？", "?", "。")) else "。"
    asked = f"想问：{question}{mark}" if question else ""
    return Card(
        title=phrases.heading("请您提意见", request),
        tone=Tone.WAITING,
        tag="意见",
        lead=f"{view.name(by)} 请您提意见：{phrases.wish(view)}。{asked}您的意见供其参考，仍由其决定。",
        rows=(Row("请于", phrases.due(view)), *view.face.facts(view)),
        text=phrases.excerpt(view.face.excerpt(view), _SHOWN),
        note=f"也可发：/意见 {request.number} 内容。办理人先决定的，不再需要您的意见。",
        buttons=(_button(view, "意见", Act.OPINION, Style.PRIMARY), _button(view, "查看", "view")),
        shows=phrases.shows(view),
    )


def copied(view: View, by: str) -> Card:
    """May be read; nothing is asked."""
    return Card(
        title=phrases.heading("抄送", view.request),
        tag="抄送",
        lead=f"{view.name(by)} 抄送给您，供了解，不用办理：{phrases.wish(view)}。"
        f"现在：{phrases.state(view)}。",
        rows=tuple(view.face.facts(view)),
        buttons=(_button(view, "查看", "view", Style.PRIMARY),),
    )


def more(view: View) -> Card:
    """What this reader may do besides deciding."""
    request = view.request
    buttons = []
    if view.reader in view.holders and not view.added:
        acts = [*_OF_HOLDER[:2], *_DROP, *_OF_HOLDER[2:]] if _added_by(view) else _OF_HOLDER
        buttons = [_button(view, text, act) for text, act in acts]
    elif view.reader in view.holders:
        buttons = [_button(view, "评论", Act.COMMENT)]
    elif request.applicant == view.reader and request.state is State.IN_REVIEW:
        buttons = [_button(view, "抄送", Act.CC), _button(view, "评论", Act.COMMENT)]
    elif _decided_last(view):
        buttons = [_button(view, "拿回", Act.TAKE_BACK), _button(view, "评论", Act.COMMENT)]
    if not buttons:
        return Card(title=phrases.heading("更多", request), lead="这件申请现在没有您能做的其他操作。")
    decides = any(button.act == Act.TRANSFER for button in buttons)
    return Card(
        title=phrases.heading("更多", request),
        lead="按下后直接回复所需内容；也可以发命令，见 /帮助。",
        text=_APART if decides else "",
        buttons=tuple(buttons),
    )


def _added_by(view: View) -> bool:
    """Whether this reader added people who have not acted."""
    seats = view.request.current.seats if view.request.current else ()
    return any(s.by == view.reader and s.group and s.state is SeatState.OPEN for s in seats)


def _decided_last(view: View) -> bool:
    return bool(view.decisions) and view.decisions[-1].actor == view.reader


def _button(view: View, text: str, act: str, style: Style = Style.DEFAULT) -> Button:
    return Button(text, act, view.request.number, view.request.step, view.request.version, style)
